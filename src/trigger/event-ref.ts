import type {Ref} from '../circleci/model.ts'
import {isSameRepository, type GitHubEvent, type WorkflowRunPayload} from './event.ts'

/**
 * The ref an event is about and where it is from ("the branch that was pushed"); or a clause that says why it has none.
 */
export type EventRef = readonly [ref: Ref, reason: string] | string

type Rule = (event: GitHubEvent) => EventRef

/**
 * Finds the branch or tag that GitHub's event is about, never guessing one. What GITHUB_REF and the payload hold for
 * each event: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 *
 * Events that are not listed (repository_dispatch, check_run, issues, ...) run with GITHUB_REF naming the default
 * branch whatever they are about, so that would be a guess: they have no ref.
 */
export function refOfEvent(event: GitHubEvent): EventRef {
  return event.own ?? (RULES.get(event.eventName) ?? unlisted)(event)
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['push', pushed],
  ['create', created],
  ['delete', () => 'a delete event is about a branch or tag that no longer exists'],
  ['release', released],
  ['workflow_dispatch', event => named(event, event.ref, 'the workflow was dispatched on')],
  ['schedule', event => named(event, event.ref, 'the schedule ran on')],
  ['workflow_run', followed],
  ['merge_group', queued],
  ['deployment', deployed],
  ['deployment_status', deployed],
  ['pull_request', pullRequested],
  ['pull_request_target', pullRequested],
  ['pull_request_review', pullRequested],
  ['pull_request_review_comment', pullRequested],
  ['issue_comment', commented]
])

function unlisted({eventName}: GitHubEvent): EventRef {
  if (eventName === '') return 'GITHUB_EVENT_NAME is not set'
  return `the ${eventName} event has no branch or tag of its own`
}

/** The branch or tag of a full ref name; `how` completes "the branch ...". */
function named(event: GitHubEvent, name: string | undefined, how: string): EventRef {
  const ref = branchOrTag(name)
  if (ref !== undefined) return [ref, `the ${'tag' in ref ? 'tag' : 'branch'} ${how}`]
  return event.ref === undefined
    ? `the ${event.eventName} event names none and GITHUB_REF is not set`
    : `GITHUB_REF of the ${event.eventName} event is ${event.ref}`
}

function pushed(event: GitHubEvent): EventRef {
  const {deleted, ref} = event.payload
  // After a deletion GITHUB_REF is the default branch, which nobody pushed.
  if (deleted) return `this push deleted ${ref ?? 'the branch or tag'}`
  return named(event, event.ref ?? ref, 'that was pushed')
}

function created(event: GitHubEvent): EventRef {
  const {ref, refType} = event.payload
  const isTold = ref !== undefined && (refType === 'branch' || refType === 'tag')
  const full = isTold ? `refs/${refType === 'tag' ? 'tags' : 'heads'}/${ref}` : event.ref
  return named(event, full, 'that was created')
}

function released({payload, ref}: GitHubEvent): EventRef {
  const own = branchOrTag(ref)
  const tag = payload.releaseTag ?? (own !== undefined && 'tag' in own ? own.tag : undefined)
  return tag === undefined ? 'the release event names no tag' : [{tag}, 'the tag of the release']
}

function queued(event: GitHubEvent): EventRef {
  return named(event, event.payload.mergeGroup?.ref ?? event.ref, 'of the merge group')
}

function pullRequested({eventName, payload, ref, repository}: GitHubEvent): EventRef {
  const pull = payload.pullRequest
  const number = pull?.number ?? pullNumber(ref)
  if (number === undefined) return `the ${eventName} event names no pull request`
  const name = `pull request #${number}`
  if (pull?.closed !== undefined) {
    // Its own branch may be gone, and what was merged is on the base branch.
    const {merged, baseRef} = pull.closed
    if (!merged) return `${name} was closed without being merged`
    if (baseRef === undefined) return `the event does not say which branch ${name} was merged into`
    return [{branch: baseRef}, `the branch that ${name} was merged into`]
  }
  if (pull?.headRef !== undefined && isSameRepository(pull.headRepository, repository)) {
    return [{branch: pull.headRef}, `the head branch of ${name}`]
  }
  const head = pull?.headRepository
  const elsewhere = typeof head === 'string' ? `, which lives in ${head}` : ''
  return [pullHead(number), `the head of ${name}${elsewhere}`]
}

function commented(event: GitHubEvent): EventRef {
  const {issue, pullRequest} = event.payload
  if (pullRequest !== undefined) return pullRequested(event)
  if (issue === undefined) return 'the issue_comment event names no pull request'
  if (!issue.isPullRequest) return `the comment is on issue #${issue.number}, which has no branch`
  return [pullHead(issue.number), `the head of pull request #${issue.number}, commented on`]
}

function followed({payload: {workflowRun: run}, repository}: GitHubEvent): EventRef {
  if (run?.headBranch === undefined) return 'the workflow_run event names no head branch'
  const {headBranch, headRepository} = run
  const isOurs = isSameRepository(headRepository, repository)
  // The head branch of a fork's run is a name in that fork: this repository may have another branch of that name.
  if (headRepository !== undefined && !isOurs) {
    return followedPull(run, isOurs, `a branch of ${headRepository ?? 'a repository that is gone'}`)
  }
  // Such a run is one of the default branch on behalf of a pull request.
  if (run.event === 'pull_request_target') return followedPull(run, isOurs, 'a pull request')
  // GitHub gives the tag's name as the head branch of a run that a release started.
  if (run.event === 'release') {
    return [{tag: headBranch}, 'the tag of the release whose run this follows']
  }
  return [{branch: headBranch}, 'the head branch of the run this follows']
}

function followedPull(run: WorkflowRunPayload, isOurs: boolean, what: string): EventRef {
  const [pull, ...others] = run.pullRequests
  if (pull === undefined || others.length > 0) {
    return `the run this follows was for ${what}, and GitHub does not say for which pull request`
  }
  const source = `pull request #${pull.number}, whose run this follows`
  return pull.headRef !== undefined && isOurs
    ? [{branch: pull.headRef}, `the head branch of ${source}`]
    : [pullHead(pull.number), `the head of ${source}`]
}

function deployed(event: GitHubEvent): EventRef {
  const {ref: name, sha} = event.payload.deployment ?? {}
  const source = 'the ref of the deployment'
  const ran = branchOrTag(event.ref)
  if (name === undefined) return ran === undefined ? named(event, undefined, '') : [ran, source]
  if (isCommit(name, sha)) return `the deployment is of commit ${name}, not of a branch or tag`
  if (/^refs\/|^pull\/\d+\/merge$/.test(name)) {
    const ref = branchOrTag(name)
    if (ref !== undefined) return [ref, source]
    return `the deployment is of ${name}, which is neither a branch nor a tag`
  }
  // The payload gives a bare name; only GITHUB_REF distinguishes a tag from a branch.
  const isTag = ran !== undefined && 'tag' in ran && ran.tag === name
  return [isTag ? {tag: name} : {branch: name}, source]
}

/** The branch or tag a full ref name (`refs/heads/...`, `refs/tags/...`) stands for; `undefined` for any other. */
export function branchOrTag(ref: string | undefined): Ref | undefined {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref ?? '') ?? []
  if (name === undefined) return undefined
  return kind === 'tags' ? {tag: name} : {branch: name}
}

/** The number in `refs/pull/<n>/...`; `undefined` for any other ref. */
function pullNumber(ref: string | undefined): number | undefined {
  const digits = /^refs\/pull\/(\d{1,15})\//.exec(ref ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * The head of a pull request as CircleCI calls it, which works for forks too: `branch` may be `pull/<n>/head` in
 * projects on GitHub (`POST /project/{slug}/pipeline` in CircleCI's API reference).
 */
function pullHead(number: number): Ref {
  return {branch: `pull/${number}/head`}
}

/** Whether a name is a commit's: a full hash, or the beginning of `sha`. */
function isCommit(name: string, sha: string | undefined): boolean {
  return (
    /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name) ||
    (/^[0-9a-f]{7,}$/i.test(name) && sha?.startsWith(name.toLowerCase()) === true)
  )
}
