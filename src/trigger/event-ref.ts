import type {Ref} from '../circleci/model.ts'
import {
  isSameRepository,
  type ClosedPullRequest,
  type GitHubEvent,
  type WorkflowRunPayload
} from './event.ts'

/** The ref an event is about, or why it has none. */
export type EventRef =
  | {
      readonly kind: 'ref'
      readonly ref: Ref
      /** For the log: "the branch that was pushed". */
      readonly source: string
    }
  | {
      readonly kind: 'none'
      /** Ends the sentence "Input "branch" is needed: ...", and says what to set. */
      readonly why: string
    }

type Rule = (event: GitHubEvent) => EventRef

/**
 * Finds the branch or tag that GitHub's event is about, never guessing one. What GITHUB_REF and the payload hold for
 * each event: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 *
 * Events that are not listed (repository_dispatch, check_run, issues, ...) run with GITHUB_REF naming the default
 * branch whatever they are about, so that would be a guess: they have no ref.
 */
export function refOfEvent(event: GitHubEvent): EventRef {
  if (event.own !== undefined) return event.own
  const rule = RULES.get(event.eventName)
  if (rule !== undefined) return rule(event)
  if (event.eventName === '') return none(event, 'GITHUB_EVENT_NAME is not set')
  return none(event, `the ${event.eventName} event has no branch or tag of its own`)
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['push', pushed],
  ['create', created],
  ['delete', event => none(event, 'a delete event is about a branch or tag that no longer exists')],
  ['release', released],
  ['workflow_dispatch', event => ranOn(event, 'the workflow was dispatched on')],
  ['schedule', event => ranOn(event, 'the schedule ran on')],
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

function pushed(event: GitHubEvent): EventRef {
  // After a deletion GITHUB_REF is the default branch, which nobody pushed.
  if (event.payload.deleted) {
    return none(event, `this push deleted ${event.payload.ref ?? 'the branch or tag'}`)
  }
  const ref = branchOrTag(event.ref ?? event.payload.ref)
  return ref === undefined ? withoutRef(event) : found(ref, `the ${kindOf(ref)} that was pushed`)
}

function created(event: GitHubEvent): EventRef {
  const {ref: name, refType} = event.payload
  const ref =
    name !== undefined && refType === 'branch'
      ? {branch: name}
      : name !== undefined && refType === 'tag'
        ? {tag: name}
        : branchOrTag(event.ref)
  return ref === undefined ? withoutRef(event) : found(ref, `the ${kindOf(ref)} that was created`)
}

function released(event: GitHubEvent): EventRef {
  const tag = event.payload.releaseTag
  if (tag !== undefined) return found({tag}, 'the tag of the release')
  const ref = branchOrTag(event.ref)
  if (ref !== undefined && 'tag' in ref) return found(ref, 'the tag of the release')
  return none(event, 'the release event names no tag')
}

function ranOn(event: GitHubEvent, how: string): EventRef {
  const ref = branchOrTag(event.ref)
  return ref === undefined ? withoutRef(event) : found(ref, `the ${kindOf(ref)} ${how}`)
}

function queued(event: GitHubEvent): EventRef {
  const ref = branchOrTag(event.payload.mergeGroup?.ref ?? event.ref)
  return ref === undefined ? withoutRef(event) : found(ref, 'the branch of the merge group')
}

function pullRequested(event: GitHubEvent): EventRef {
  const pull = event.payload.pullRequest
  const number = pull?.number ?? pullNumber(event.ref)
  if (number === undefined) return none(event, `the ${event.eventName} event names no pull request`)
  if (pull?.closed !== undefined) return closed(event, number, pull.closed)
  if (pull?.headRef !== undefined && isSameRepository(pull.headRepository, event.repository)) {
    return found({branch: pull.headRef}, `the head branch of pull request #${number}`)
  }
  const elsewhere =
    typeof pull?.headRepository === 'string' ? `, which lives in ${pull.headRepository}` : ''
  return found(pullHead(number), `the head of pull request #${number}${elsewhere}`)
}

/** Its own branch may be gone, and what was merged is on the base branch. */
function closed(event: GitHubEvent, number: number, how: ClosedPullRequest): EventRef {
  if (!how.merged) {
    return none(event, `pull request #${number} was closed without being merged`)
  }
  if (how.baseRef === undefined) {
    return none(
      event,
      `the event does not say which branch pull request #${number} was merged into`
    )
  }
  return found({branch: how.baseRef}, `the branch that pull request #${number} was merged into`)
}

function commented(event: GitHubEvent): EventRef {
  const {issue, pullRequest} = event.payload
  if (pullRequest !== undefined) return pullRequested(event)
  if (issue === undefined) return none(event, 'the issue_comment event names no pull request')
  if (!issue.isPullRequest) {
    return none(event, `the comment is on issue #${issue.number}, which has no branch`)
  }
  return found(pullHead(issue.number), `the head of pull request #${issue.number}, commented on`)
}

function followed(event: GitHubEvent): EventRef {
  const run = event.payload.workflowRun
  if (run?.headBranch === undefined) {
    return none(event, 'the workflow_run event names no head branch')
  }
  // The head branch of a fork's run is a name in that fork: this repository may have another branch of that name.
  if (run.headRepository !== undefined && !isSameRepository(run.headRepository, event.repository)) {
    return followedPull(
      event,
      run,
      `a branch of ${run.headRepository ?? 'a repository that is gone'}`
    )
  }
  // Such a run is one of the default branch on behalf of a pull request.
  if (run.event === 'pull_request_target') return followedPull(event, run, 'a pull request')
  // GitHub gives the tag's name as the head branch of a run that a release started.
  if (run.event === 'release') {
    return found({tag: run.headBranch}, 'the tag of the release whose run this follows')
  }
  return found({branch: run.headBranch}, 'the head branch of the run this follows')
}

function followedPull(event: GitHubEvent, run: WorkflowRunPayload, what: string): EventRef {
  const [pull, ...others] = run.pullRequests
  if (pull === undefined || others.length > 0) {
    return none(
      event,
      `the run this follows was for ${what}, and GitHub does not say for which pull request`
    )
  }
  const source = `pull request #${pull.number}, whose run this follows`
  if (pull.headRef !== undefined && isSameRepository(run.headRepository, event.repository)) {
    return found({branch: pull.headRef}, `the head branch of ${source}`)
  }
  return found(pullHead(pull.number), `the head of ${source}`)
}

function deployed(event: GitHubEvent): EventRef {
  const name = event.payload.deployment?.ref
  const ran = branchOrTag(event.ref)
  if (name === undefined) {
    return ran === undefined ? withoutRef(event) : found(ran, 'the ref of the deployment')
  }
  if (isCommit(name, event.payload.deployment?.sha)) {
    return none(event, `the deployment is of commit ${name}, not of a branch or tag`)
  }
  if (/^refs\/|^pull\/\d+\/merge$/.test(name)) {
    const ref = branchOrTag(name)
    return ref === undefined
      ? none(event, `the deployment is of ${name}, which is neither a branch nor a tag`)
      : found(ref, 'the ref of the deployment')
  }
  // The payload gives a bare name; only GITHUB_REF tells a tag from a branch.
  const isTag = ran !== undefined && 'tag' in ran && ran.tag === name
  return found(isTag ? {tag: name} : {branch: name}, 'the ref of the deployment')
}

function found(ref: Ref, source: string): EventRef {
  return {kind: 'ref', ref, source}
}

function none(event: GitHubEvent, problem: string): EventRef {
  const unread = event.payloadProblem === undefined ? '' : ` (${event.payloadProblem})`
  return {
    kind: 'none',
    why: `${problem}${unread}. Set "branch" or "tag" to say what to build.`
  }
}

function withoutRef(event: GitHubEvent): EventRef {
  return none(
    event,
    event.ref === undefined
      ? `the ${event.eventName} event names none and GITHUB_REF is not set`
      : `GITHUB_REF of the ${event.eventName} event is ${event.ref}`
  )
}

/** The branch or tag a full ref name (`refs/heads/...`, `refs/tags/...`) stands for; `undefined` for any other. */
function branchOrTag(ref: string | undefined): Ref | undefined {
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

/** "tag" or "branch". */
function kindOf(ref: Ref): string {
  return 'tag' in ref ? 'tag' : 'branch'
}

/** Whether a name is a commit's: a full hash, or the beginning of `sha`. */
function isCommit(name: string, sha: string | undefined): boolean {
  return (
    /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name) ||
    (/^[0-9a-f]{7,}$/i.test(name) && sha?.startsWith(name.toLowerCase()) === true)
  )
}
