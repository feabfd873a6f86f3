import {errorMessage} from '../base/errors.ts'
import {isObject} from '../base/json.ts'
import {
  decodePayload,
  EMPTY_PAYLOAD,
  isSameRepository,
  type EventPayload,
  type GitHubEvent,
  type PullRequestPayload
} from '../trigger/event.ts'

/** Where, for what and by whom this step runs, from the runner's environment and the event payload. */
export interface GitHubContext extends GitHubEvent {
  /**
   * The commit the event is about: of a pull request its head, of a workflow_run the commit that run built.
   * `undefined` for a comment on a pull request, whose payload does not say, until `withPullRequest` does.
   */
  readonly headSha: string | undefined
  readonly pullRequest: PullRequest | undefined
  /** Who or what started the run, also when somebody else re-runs it: a login. */
  readonly actor: string | undefined
  /** Name of the workflow, or the path of its file when it has none. */
  readonly workflow: string | undefined
  /** Id of the job in its workflow's file: the same in every leg of a matrix. */
  readonly job: string | undefined
  /** Of this run, the same in each of its attempts: digits. `undefined` outside of GitHub. */
  readonly runId: string | undefined
  /** 1, or more on "Re-run jobs". */
  readonly runAttempt: number
  /** Id of the pipeline that this itself runs in. https://circleci.com/docs/guides/toolkit/how-to-find-ids/ */
  readonly ownPipeline: string | undefined
  readonly workspace: string | undefined
  readonly runnerTemp: string | undefined
  /** Without a slash at the end. */
  readonly apiUrl: string
}

/** The pull request an event belongs to. */
interface PullRequest {
  readonly number: number
  /** Whether it comes from another repository, and so without secrets; `undefined` when the payload does not say. */
  readonly fork: boolean | undefined
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the context from the runner's environment and the event payload, a file that `readFile` returns the text of.
 * Never throws: what is missing or broken is `undefined`, and `payloadProblem` says why.
 * Variables: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function readContext(
  environment: Environment,
  readFile: (path: string) => string
): GitHubContext {
  const get = (name: string): string | undefined => {
    const value = environment[name]?.trim()
    return value === '' ? undefined : value
  }
  const eventName = get('GITHUB_EVENT_NAME') ?? ''
  const {payload, problem} = readPayload(
    get('GITHUB_EVENT_PATH'),
    get('GITHUB_REPOSITORY'),
    readFile
  )
  const repository = get('GITHUB_REPOSITORY') ?? payload.repository
  return {
    eventName,
    repository,
    ref: get('GITHUB_REF'),
    payload,
    payloadProblem: problem,
    headSha: headShaOf(eventName, payload, get('GITHUB_SHA')),
    pullRequest: pullRequestOf(payload, repository),
    actor: get('GITHUB_ACTOR'),
    workflow: get('GITHUB_WORKFLOW'),
    job: get('GITHUB_JOB'),
    runId: /^\d{1,20}$/.exec(get('GITHUB_RUN_ID') ?? '')?.[0],
    runAttempt: attemptOf(get('GITHUB_RUN_ATTEMPT')),
    ownPipeline: get('CIRCLE_PIPELINE_ID'),
    workspace: get('GITHUB_WORKSPACE'),
    runnerTemp: get('RUNNER_TEMP'),
    apiUrl: apiUrlOf(get('GITHUB_API_URL'))
  }
}

/** The context of a comment on a pull request, once that pull request was read from GitHub. */
export function withPullRequest(
  context: GitHubContext,
  pullRequest: PullRequestPayload
): GitHubContext {
  const payload = {...context.payload, pullRequest}
  return {
    ...context,
    payload,
    headSha: pullRequest.headSha,
    pullRequest: pullRequestOf(payload, context.repository)
  }
}

function readPayload(
  path: string | undefined,
  repository: string | undefined,
  readFile: (path: string) => string
): {payload: EventPayload; problem: string | undefined} {
  if (path === undefined) return {payload: EMPTY_PAYLOAD, problem: 'GITHUB_EVENT_PATH is not set'}
  try {
    const text = readFile(path)
    if (text.trim() === '') return unreadable(path, 'it is empty')
    const json: unknown = JSON.parse(text)
    if (!isObject(json)) return unreadable(path, 'it does not contain a JSON object')
    return {payload: decodePayload(json, repository), problem: undefined}
  } catch (error) {
    return unreadable(path, errorMessage(error))
  }
}

function unreadable(path: string, why: string): {payload: EventPayload; problem: string} {
  const problem = `the event payload, ${path} (GITHUB_EVENT_PATH), could not be read: ${why}`
  return {payload: EMPTY_PAYLOAD, problem}
}

function headShaOf(
  eventName: string,
  payload: EventPayload,
  sha: string | undefined
): string | undefined {
  switch (eventName) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return payload.pullRequest?.closed?.merged === true
        ? payload.pullRequest.closed.mergeSha
        : payload.pullRequest?.headSha
    case 'issue_comment':
      return payload.issue?.isPullRequest === true ? undefined : sha
    case 'workflow_run':
      return payload.workflowRun?.headSha
    case 'merge_group':
      return payload.mergeGroup?.sha ?? sha
    case 'deployment':
    case 'deployment_status':
      return payload.deployment?.sha ?? sha
    case 'check_run':
    case 'check_suite':
    case 'status':
      return payload.checkedSha ?? sha
    default:
      return sha
  }
}

function pullRequestOf(
  {pullRequest, issue, workflowRun}: EventPayload,
  repository: string | undefined
): PullRequest | undefined {
  const isFork = (head: string | null | undefined): boolean | undefined =>
    head === undefined ? undefined : !isSameRepository(head, repository)
  if (pullRequest !== undefined) {
    return {number: pullRequest.number, fork: isFork(pullRequest.headRepository)}
  }
  if (issue?.isPullRequest === true) return {number: issue.number, fork: undefined}
  const [pull, ...others] = workflowRun?.pullRequests ?? []
  if (workflowRun === undefined || pull === undefined || others.length > 0) return undefined
  return {number: pull.number, fork: isFork(workflowRun.headRepository)}
}

function attemptOf(text: string | undefined): number {
  return /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 1
}

/** The address of GitHub's API as the variable GITHUB_API_URL gives it, without a slash at the end. */
export function apiUrlOf(variable = 'https://api.github.com'): string {
  return variable.replace(/\/+$/, '')
}
