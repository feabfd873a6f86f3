import type {Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {GitHub} from '../github/client.ts'
import {keepComment, type CommentKey} from '../github/comment.ts'
import {CommitStatuses} from '../github/commit-status.ts'
import {limitTime, type AttemptOptions} from '../github/fault.ts'
import type {GitHubContext} from '../runner/context.ts'
import type {Inputs} from '../runner/inputs.ts'
import type {Log} from '../base/log.ts'
import type {Mask} from '../base/mask.ts'
import {USER_AGENT} from '../base/version.ts'

/** How long GitHub's API may delay the end of a step, in milliseconds, and once the step has been cancelled. */
const LAST_WORDS_MS = {usual: 15_000, hurried: 1_000}

/** What a step tells GitHub beside its log, as its inputs ask for it. */
export interface SideChannels {
  /** `undefined` when none is wanted, and for a step without a verdict, where nothing would end a pending status. */
  readonly statuses: CommitStatuses | undefined
  /** Brings the comment that is kept for a project up to date; `undefined` when none is wanted. */
  readonly comment: ((project: string, body: string) => Promise<void>) | undefined
  /** Says the last words. Whatever is under way after 15 seconds, or one when the step is cancelled, is given up. */
  readonly end: (say: () => Promise<unknown>) => Promise<void>
}

/** What side channels need besides inputs and event. */
export interface SideChannelOptions {
  readonly log: Log
  /** Hides the tokens in whatever is said. */
  readonly mask: Mask
  readonly clock: Clock
  /** Aborts when GitHub cancels the step. */
  readonly cancelled?: AbortSignal
  /** Told on which commit statuses are pending from now on. */
  readonly onPending?: (sha: string) => void
}

/** Opens the side channels that the inputs ask for. Never throws; sends nothing yet. */
export function openSideChannels(
  inputs: Inputs,
  context: GitHubContext,
  options: SideChannelOptions
): SideChannels {
  const {log} = options
  const closing = new AbortController()
  const end: SideChannels['end'] = say => withinLimit(say, closing, options)
  const none = {statuses: undefined, comment: undefined, end}
  const wantsStatus = inputs.wait && !inputs.dryRun && inputs.commitStatuses.length > 0
  if (!wantsStatus && inputs.comment === false) return none
  const pullRequest = context.pullRequest?.number
  try {
    const github = connect(inputs, context, {...options, closed: closing.signal})
    return {
      end,
      statuses: wantsStatus
        ? new CommitStatuses({
            github,
            lines: inputs.commitStatuses,
            sha: context.headSha,
            pullRequest,
            log,
            ...(options.onPending === undefined ? {} : {onPending: options.onPending})
          })
        : undefined,
      comment:
        inputs.comment === false
          ? undefined
          : (project, body) => {
              const key = commentKey(inputs, context, project)
              return keepComment({github, pullRequest, key, log}, body)
            }
    }
  } catch (error) {
    log.warning(
      `The commit status and the comment cannot be kept up to date: ${errorMessage(error)}.`
    )
    return none
  }
}

async function withinLimit(
  say: () => Promise<unknown>,
  closing: AbortController,
  {clock, cancelled}: SideChannelOptions
): Promise<void> {
  const stop = limitTime(clock, cancelled, LAST_WORDS_MS, ms => {
    const which = ms === LAST_WORDS_MS.usual ? 'finished' : 'cancelled'
    closing.abort(new Error(`no answer within the ${ms / 1000} s that a ${which} step waits`))
  })
  try {
    await say()
  } finally {
    stop()
  }
}

/** Of several pipelines it is one comment, whatever their projects and definitions are. */
function commentKey(
  {comment, definition, pipelines}: Inputs,
  {workflow, job}: GitHubContext,
  project: string
): CommentKey {
  const own = pipelines === undefined ? {project, name: definition} : {project: '', name: undefined}
  return {workflow, job, ...own, ...(typeof comment === 'string' ? {name: comment} : {})}
}

function connect(
  {githubToken}: Inputs,
  {repository, apiUrl}: GitHubContext,
  options: AttemptOptions & {readonly mask: Mask}
): GitHub | undefined {
  if (githubToken === undefined || repository === undefined) return undefined
  return new GitHub({token: githubToken, apiUrl, repository, userAgent: USER_AGENT, ...options})
}
