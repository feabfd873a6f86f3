import {systemClock} from './clock.ts'
import {errorMessage} from './errors.ts'
import {connectGitHub, type GitHub} from './github/client.ts'
import {pullRequestComment, type CommentKey, type PullRequestComment} from './github/comment.ts'
import {commitStatuses, type CommitStatuses} from './github/commit-status.ts'
import type {GitHubContext} from './github/context.ts'
import type {Inputs} from './inputs.ts'
import type {Log} from './log.ts'
import {USER_AGENT} from './setup.ts'

/** What a step tells GitHub beside its log, as its inputs ask for it. */
export interface SideChannels {
  /** `undefined` when none is wanted, and for a step without a verdict, where nothing would end a pending status. */
  readonly statuses: CommitStatuses | undefined
  /** The comment that is kept for a project; `undefined` when none is wanted. */
  readonly comment: ((project: string) => PullRequestComment) | undefined
}

/** Opens the side channels that the inputs ask for. Never throws; sends nothing yet. `cancelled` leaves them no time. */
export function openSideChannels(
  inputs: Inputs,
  context: GitHubContext,
  {log, cancelled}: {readonly log: Log; readonly cancelled?: AbortSignal}
): SideChannels {
  const wantsStatus = inputs.wait && !inputs.dryRun && inputs.commitStatuses.length > 0
  if (!wantsStatus && inputs.comment === false) return {statuses: undefined, comment: undefined}
  const pullRequest = context.pullRequest?.number
  try {
    const github = connect(inputs, context, cancelled)
    return {
      statuses: wantsStatus
        ? commitStatuses({
            github,
            lines: inputs.commitStatuses,
            sha: context.headSha,
            pullRequest,
            log
          })
        : undefined,
      comment:
        inputs.comment === false
          ? undefined
          : project =>
              pullRequestComment({
                github,
                pullRequest,
                key: commentKey(inputs, context, project),
                log
              })
    }
  } catch (error) {
    log.warning(`GitHub cannot be told how this run goes: ${errorMessage(error)}.`)
    return {statuses: undefined, comment: undefined}
  }
}

function commentKey(
  {comment, definition}: Inputs,
  {workflow, job}: GitHubContext,
  project: string
): CommentKey {
  return {workflow, job, project, name: typeof comment === 'string' ? comment : definition}
}

function connect(
  {githubToken}: Inputs,
  {repository, apiUrl}: GitHubContext,
  cancelled: AbortSignal | undefined
): GitHub | undefined {
  if (githubToken === undefined || repository === undefined) return undefined
  const options = {token: githubToken, apiUrl, repository, userAgent: USER_AGENT}
  return connectGitHub({...options, clock: systemClock, cancelled})
}
