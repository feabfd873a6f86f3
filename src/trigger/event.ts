import {Fields} from '../base/json.ts'
import type {EventRef} from './event-ref.ts'

/** What the event that started the workflow says about branches, tags and commits; `runner/context.ts` fills it in. */
export interface GitHubEvent {
  /** GITHUB_EVENT_NAME; '' when it is not set. */
  readonly eventName: string
  /** `owner/name` of the repository the workflow runs in. */
  readonly repository: string | undefined
  /** Where the repository lives, as a slug says it; `undefined`: on GitHub. */
  readonly provider?: 'gh' | 'bb' | undefined
  /** The event's own ref where it is known already, outside of GitHub. */
  readonly own?: EventRef | undefined
  /** GITHUB_REF: `refs/heads/...`, `refs/tags/...` or `refs/pull/...`. */
  readonly ref: string | undefined
  readonly payload: EventPayload
  /** Why the payload could not be read, for an error that needs it; `undefined` when it was. */
  readonly payloadProblem: string | undefined
}

/** The pieces of the event payload this project uses. */
export type EventPayload = Readonly<ReturnType<typeof decodePayload>>

/** A pull request, as an event's payload has it, or as GitHub's API returns one that was commented on. */
export type PullRequestPayload = Readonly<NonNullable<ReturnType<typeof decodePullRequest>>>

/** The run that a workflow_run event follows. */
export type WorkflowRunPayload = Readonly<NonNullable<EventPayload['workflowRun']>>

/** Whether two `owner/name` are one repository; GitHub's names ignore case. An unknown one equals no other. */
export function isSameRepository(
  one: string | null | undefined,
  other: string | null | undefined
): boolean {
  return (
    typeof one === 'string' &&
    typeof other === 'string' &&
    one.toLowerCase() === other.toLowerCase()
  )
}

/** The payload of an event whose file is missing or broken: nothing is known. */
export const EMPTY_PAYLOAD: EventPayload = decodePayload({}, undefined)

/**
 * Picks the pieces this project uses out of an event payload, a file that anybody can have written: a field that is
 * missing or of another type is `undefined` in the result, and nothing throws. `repository` is GITHUB_REPOSITORY.
 * Shapes: https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function decodePayload(json: object, repository: string | undefined) {
  const payload = new Fields(json, 'the event')
  const home = payload.object('repository')
  const isClosed = payload.string('action') === 'closed'
  return {
    /** `owner/name`. */
    repository: text(home, 'full_name'),
    /** Of push (full), create and delete (bare). */
    ref: text(payload, 'ref'),
    /** Of create and delete: `branch` or `tag`. */
    refType: text(payload, 'ref_type'),
    /** True for the push that deletes a branch or tag. */
    deleted: payload.boolean('deleted') === true,
    releaseTag: text(payload.object('release'), 'tag_name'),
    pullRequest: decodePullRequest(payload.object('pull_request'), isClosed),
    /** The commit that a reviewer looked at. */
    reviewedSha: commit(payload.object('review'), 'commit_id'),
    issue: decodeIssue(payload.object('issue')),
    workflowRun: decodeWorkflowRun(payload.object('workflow_run'), home, repository),
    mergeGroup: decodeCommit(payload.object('merge_group'), 'head_ref', 'head_sha'),
    deployment: decodeCommit(payload.object('deployment'), 'ref', 'sha'),
    /** The commit a check_run, check_suite or status event is about. */
    checkedSha:
      commit(payload.object('check_run'), 'head_sha') ??
      commit(payload.object('check_suite'), 'head_sha') ??
      commit(payload, 'sha')
  }
}

/** Reads a pull request of a payload or of GitHub's API, which have the same fields. `undefined` without a number. */
export function decodePullRequest(pull: Fields | undefined, isClosed = false) {
  const number = positive(pull, 'number')
  if (number === undefined) return undefined
  const head = pull?.object('head')
  const closed = {
    merged: pull?.boolean('merged') === true,
    /** The branch it was to be merged into. */
    baseRef: text(pull?.object('base'), 'ref'),
    /** The commit on the base branch, once it is merged. */
    mergeSha: commit(pull, 'merge_commit_sha')
  }
  return {
    number,
    headRef: text(head, 'ref'),
    headSha: commit(head, 'sha'),
    headRepository: repositoryName(head, 'repo'),
    /** Set when the event is that it was closed. */
    closed: isClosed ? closed : undefined
  }
}

function decodeIssue(issue: Fields | undefined) {
  const number = positive(issue, 'number')
  if (number === undefined) return undefined
  return {number, isPullRequest: issue?.object('pull_request') !== undefined}
}

function decodeWorkflowRun(
  run: Fields | undefined,
  home: Fields | undefined,
  repository: string | undefined
) {
  if (run === undefined) return undefined
  const event = text(run, 'event')
  // After pull_request_target, head_sha is the default branch's: see actions/checkout, which guards against that.
  const headSha =
    event === 'pull_request_target'
      ? commit(run.object('head_commit'), 'id')
      : commit(run, 'head_sha')
  return {
    /** The event that started that run. */
    event,
    headBranch: text(run, 'head_branch'),
    /** The commit it built; after pull_request_target the head of the pull request. */
    headSha,
    headRepository: repositoryName(run, 'head_repository'),
    /** This repository's pull requests with that head commit; GitHub lists none for a fork's. */
    pullRequests: run.objects('pull_requests').flatMap(pull => {
      const number = positive(pull, 'number')
      const head = pull.object('head')
      const isOurs =
        headSha !== undefined && targets(pull, home, repository) && commit(head, 'sha') === headSha
      return number !== undefined && isOurs ? [{number, headRef: text(head, 'ref')}] : []
    })
  }
}

/** Whether a listed pull request is into this repository: GitHub also lists a fork's pull requests upstream. */
function targets(
  pull: Fields,
  home: Fields | undefined,
  repository = text(home, 'full_name')
): boolean {
  const base = pull.object('base')?.object('repo')
  const [id, homeId] = [base?.number('id'), home?.number('id')]
  if (id !== undefined && homeId !== undefined) return id === homeId
  const path = /\/repos\/([^/]+\/[^/]+)$/.exec(text(base, 'url') ?? '')?.[1]
  return isSameRepository(path, repository)
}

function decodeCommit(object: Fields | undefined, ref: string, sha: string) {
  return object && {ref: text(object, ref), sha: commit(object, sha)}
}

/** `owner/name`; `null` when that repository is gone, `undefined` when the payload does not say. */
function repositoryName(object: Fields | undefined, name: string): string | null | undefined {
  return object?.isNull(name) === true ? null : text(object?.object(name), 'full_name')
}

/** A text that is not empty. */
function text(object: Fields | undefined, name: string): string | undefined {
  const value = object?.string(name)
  return value === '' ? undefined : value
}

/** A full commit hash (SHA-1 or SHA-256); anything else could end up in a request's path. */
function commit(object: Fields | undefined, name: string): string | undefined {
  const value = object?.string(name)
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value ?? '') ? value : undefined
}

/** A positive whole number, and not one that was sent as text. */
function positive(object: Fields | undefined, name: string): number | undefined {
  const value = object?.string(name) === undefined ? object?.number(name) : undefined
  return value !== undefined && Number.isSafeInteger(value) && value > 0 ? value : undefined
}
