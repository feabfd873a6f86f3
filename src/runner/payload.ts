import {
  isSameRepository,
  type CommitPayload,
  type EventPayload,
  type PullRequestPayload,
  type WorkflowRunPayload
} from '../trigger/event.ts'

type Fields = Readonly<Record<string, unknown>>

/** The payload of an event whose file is missing or broken: nothing is known. */
export const EMPTY_PAYLOAD: EventPayload = decodePayload({}, undefined)

/**
 * Picks the pieces this project uses out of an event payload. The payload is untrusted: a field that is missing or
 * of another type is `undefined` in the result, and nothing throws. `repository` is GITHUB_REPOSITORY.
 * Shapes: https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function decodePayload(json: unknown, repository: string | undefined): EventPayload {
  const payload = fields(json) ?? {}
  const here = repository ?? text(fields(payload['repository'])?.['full_name'])
  const release = fields(payload['release'])
  return {
    repository: text(fields(payload['repository'])?.['full_name']),
    ref: text(payload['ref']),
    refType: text(payload['ref_type']),
    deleted: payload['deleted'] === true,
    releaseTag: text(release?.['tag_name']),
    pullRequest: decodePullRequest(payload['pull_request'], payload['action'] === 'closed'),
    issue: decodeIssue(payload['issue']),
    workflowRun: decodeWorkflowRun(payload['workflow_run'], here, fields(payload['repository'])),
    mergeGroup: decodeCommit(payload['merge_group'], 'head_ref', 'head_sha'),
    deployment: decodeCommit(payload['deployment'], 'ref', 'sha'),
    checkedSha:
      commit(fields(payload['check_run'])?.['head_sha']) ??
      commit(fields(payload['check_suite'])?.['head_sha']) ??
      commit(payload['sha'])
  }
}

function decodePullRequest(json: unknown, isClosed: boolean): PullRequestPayload | undefined {
  const pull = fields(json)
  const number = positive(pull?.['number'])
  if (number === undefined) return undefined
  const head = fields(pull?.['head'])
  return {
    number,
    headRef: text(head?.['ref']),
    headSha: commit(head?.['sha']),
    headRepository: repositoryName(head?.['repo']),
    closed: isClosed
      ? {
          merged: pull?.['merged'] === true,
          baseRef: text(fields(pull?.['base'])?.['ref']),
          mergeSha: commit(pull?.['merge_commit_sha'])
        }
      : undefined
  }
}

function decodeIssue(json: unknown): EventPayload['issue'] {
  const issue = fields(json)
  const number = positive(issue?.['number'])
  if (number === undefined) return undefined
  return {number, isPullRequest: fields(issue?.['pull_request']) !== undefined}
}

function decodeWorkflowRun(
  json: unknown,
  here: string | undefined,
  repository: Fields | undefined
): WorkflowRunPayload | undefined {
  const run = fields(json)
  if (run === undefined) return undefined
  const event = text(run['event'])
  // After pull_request_target, head_sha is the default branch's: see actions/checkout, which guards against that.
  const head = fields(run['head_commit'])
  const headSha = commit(event === 'pull_request_target' ? head?.['id'] : run['head_sha'])
  const pulls = Array.isArray(run['pull_requests']) ? run['pull_requests'].map(fields) : []
  return {
    event,
    headBranch: text(run['head_branch']),
    headSha,
    headRepository: repositoryName(run['head_repository']),
    pullRequests: pulls.flatMap(pull => {
      const number = positive(pull?.['number'])
      const pullHead = fields(pull?.['head'])
      const isOurs =
        pull !== undefined &&
        headSha !== undefined &&
        targets(pull, here, repository) &&
        commit(pullHead?.['sha']) === headSha
      return number !== undefined && isOurs ? [{number, headRef: text(pullHead?.['ref'])}] : []
    })
  }
}

/** Whether a listed pull request is into this repository: GitHub also lists a fork's pull requests upstream. */
function targets(pull: Fields, here: string | undefined, repository: Fields | undefined): boolean {
  const base = fields(fields(pull['base'])?.['repo'])
  const id = base?.['id']
  if (typeof id === 'number' && repository?.['id'] !== undefined) return id === repository['id']
  const path = /\/repos\/([^/]+\/[^/]+)$/.exec(text(base?.['url']) ?? '')?.[1]
  return isSameRepository(path, here)
}

function decodeCommit(json: unknown, refKey: string, shaKey: string): CommitPayload | undefined {
  const object = fields(json)
  if (object === undefined) return undefined
  return {ref: text(object[refKey]), sha: commit(object[shaKey])}
}

function repositoryName(json: unknown): string | null | undefined {
  if (json === null) return null
  return text(fields(json)?.['full_name'])
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A full commit hash (SHA-1 or SHA-256); anything else could end up in a request's path. */
function commit(value: unknown): string | undefined {
  return typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)
    ? value
    : undefined
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}
