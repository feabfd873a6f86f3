import type {Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import type {Mask} from '../base/mask.ts'
import {GitHub} from '../github/client.ts'
import {keepComment, type CommentKey} from '../github/comment.ts'
import {CommitStatuses} from '../github/commit-status.ts'
import {limitTime} from '../github/fault.ts'
import type {GitHubContext} from '../runner/context.ts'
import type {Inputs} from '../runner/inputs.ts'

/** How long GitHub's API may delay the end of a step, in milliseconds, and once the step has been cancelled. */
const LAST_WORDS_MS = {usual: 15_000, hurried: 1_000}

/** What a step shows on GitHub beside its log, as its inputs ask for it. */
export interface GitHubReports {
  /** `undefined` when none is wanted, and for a step without a verdict, where nothing would end a pending status. */
  readonly statuses: CommitStatuses | undefined
  /** Brings the comment that is kept for a project up to date; `undefined` when none is wanted. */
  readonly comment: ((project: string, body: string) => Promise<void>) | undefined
  /** Says the last words. Whatever is under way after 15 seconds, or one when the step is cancelled, is given up. */
  readonly end: (say: () => Promise<unknown>) => Promise<void>
}

/** What reports on GitHub need besides inputs and event. */
interface GitHubReportOptions {
  readonly log: Log
  /** Hides the tokens in whatever is said. */
  readonly mask: Mask
  readonly clock: Clock
  /** Aborts when GitHub cancels the step. */
  readonly cancelled?: AbortSignal
  /** Called with the commit on which commit statuses are pending from now on. */
  readonly onPending?: (sha: string) => void
}

/** Opens the reports that the inputs ask for. Never throws; sends nothing yet. */
export function openGitHubReports(
  inputs: Inputs,
  context: GitHubContext,
  options: GitHubReportOptions
): GitHubReports {
  const closing = new AbortController()
  const end: GitHubReports['end'] = say => withinLimit(say, closing, options)
  try {
    return {end, ...reportsOf(inputs, context, {...options, closed: closing.signal})}
  } catch (error) {
    options.log.warning(
      `The commit status and the comment cannot be kept up to date: ${errorMessage(error)}.`
    )
    return {end, statuses: undefined, comment: undefined}
  }
}

function reportsOf(
  inputs: Inputs,
  context: GitHubContext,
  options: GitHubReportOptions & {readonly closed: AbortSignal}
): Omit<GitHubReports, 'end'> {
  const {log, onPending} = options
  const {repository, apiUrl, headSha: sha} = context
  const {wait, dryRun, githubToken: token, commitStatuses: lines} = inputs
  const wantsStatus = wait && !dryRun && lines.length > 0
  const wantsComment = inputs.comment !== false
  const isReachable = (wantsStatus || wantsComment) && token !== undefined
  const github =
    isReachable && repository !== undefined
      ? new GitHub({token, apiUrl, repository, ...options})
      : undefined
  const shared = {github, pullRequest: context.pullRequest?.number, log}
  return {
    statuses: wantsStatus ? new CommitStatuses({...shared, lines, sha, onPending}) : undefined,
    comment: wantsComment
      ? (project, body) => keepComment({...shared, key: commentKey(inputs, context, project)}, body)
      : undefined
  }
}

async function withinLimit(
  say: () => Promise<unknown>,
  closing: AbortController,
  {clock, cancelled}: GitHubReportOptions
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
