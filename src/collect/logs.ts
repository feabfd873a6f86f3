import {countOf, withoutTerminalCodes} from '../base/text.ts'
import type {CallOptions} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {StepAction} from '../circleci/steps.ts'
import {isFailed} from '../circleci/statuses.ts'
import type {JobRun, LogTail} from '../record/result.ts'
import {mapBounded} from '../base/concurrency.ts'
import {failedBuildJobs, type BuildJob} from './jobs.ts'
import {SideChannel, type CollectContext} from './side-channel.ts'

/** Failed jobs whose logs are read; the first to fail explain the rest more often than not. */
const MAX_JOBS = 10
/** Failed steps a job may show: with parallel runs the same step fails on many nodes for the same reason. */
const MAX_STEPS = 4
const REQUESTS_AT_ONCE = 4
/** Most that is read of one log, in bytes, however large it is. */
export const MAX_LOG_BYTES = 256 * 1024

/** What `collectLogTails` found. */
interface LogTails {
  /** In the order of the jobs, then of node and step. */
  readonly logTails: readonly LogTail[]
  /** What was left out or could not be read, in sentences. */
  readonly omissions: readonly string[]
}

/**
 * The last `logLines` lines of each failed step of the failed build jobs (latest attempts), from the v1.1 build page
 * and the step's presigned output, or from API v3 where that page is gone. Bounded in jobs, steps, bytes and requests in
 * flight; what is left out is said. With 0 lines nothing is requested. Rejects only with an `AbortedError`.
 */
export async function collectLogTails(
  jobs: readonly JobRun[],
  logLines: number,
  context: CollectContext
): Promise<LogTails> {
  const failed = failedBuildJobs(jobs)
  if (logLines <= 0 || failed.length === 0) return {logTails: [], omissions: []}
  const channel = new SideChannel('Some logs', context)
  const read = failed.slice(0, MAX_JOBS)
  const omissions: string[] = []
  const tails = await mapBounded(read, REQUESTS_AT_ONCE, async job => {
    const actions = await failedActions(job, channel, context)
    if (actions.length > MAX_STEPS) omissions.push(moreSteps(job, actions.length - MAX_STEPS))
    return mapBounded(actions.slice(0, MAX_STEPS), MAX_STEPS, action =>
      tailOfAction(job, action, logLines, channel, context)
    )
  })
  if (failed.length > read.length) omissions.push(moreJobs(failed.length - read.length))
  return {logTails: tails.flat(), omissions: [...omissions, ...channel.finish()]}
}

async function failedActions(
  job: BuildJob,
  channel: SideChannel,
  context: CollectContext
): Promise<readonly StepAction[]> {
  const what = `the log of job "${job.name}"`
  const actions = await channel.attempt(what, options => stepsOf(job, context, options))
  return (actions ?? [])
    .filter(action => action.failed ?? isFailed(action.status))
    .toSorted((a, b) => a.nodeIndex - b.nodeIndex)
}

/** The steps of a job from its v1.1 page, or from v3 where that page is gone; of two errors the page's is reported. */
async function stepsOf(
  job: BuildJob,
  {circleci, slug}: CollectContext,
  options: CallOptions
): Promise<readonly StepAction[]> {
  try {
    return await circleci.stepActions(slug, job.number, options)
  } catch (error) {
    const answered = error instanceof RefusedError || error instanceof UnavailableError
    const gone = answered && (error.status === 404 || error.status === 410)
    if (!gone || !circleci.hasV3()) throw error
    return await circleci.jobSteps(job.id, options).catch((other: unknown) => {
      throw other instanceof AbortedError ? other : error
    })
  }
}

async function tailOfAction(
  job: BuildJob,
  action: StepAction,
  logLines: number,
  channel: SideChannel,
  {circleci}: CollectContext
): Promise<LogTail> {
  const {stepName: step, nodeIndex, command, exitCode, outputUrl, streams, hasOutput} = action
  const {workflow, name, number: jobNumber} = job
  const output =
    !hasOutput || (outputUrl === undefined && streams === undefined)
      ? undefined
      : await channel.attempt(`the output of step "${step}" of job "${name}"`, options =>
          outputUrl === undefined
            ? circleci.stepLog(streams ?? [], MAX_LOG_BYTES, options)
            : circleci.stepOutput(outputUrl, MAX_LOG_BYTES, options)
        )
  const tail = tailOf(output?.text ?? '', logLines, output?.cut)
  return {workflow, job: name, jobNumber, nodeIndex, step, command, exitCode, ...tail}
}

function moreSteps({name}: BuildJob, count: number): string {
  const one = `more failed step's log of job "${name}" was`
  return `${countOf(count, one, `more failed steps' logs of job "${name}" were`)} left out.`
}

function moreJobs(count: number): string {
  return `${countOf(count, "more failed job's log was", "more failed jobs' logs were")} left out.`
}

/** Longest line that is shown, in UTF-16 units: enough for a stack frame or an assertion. */
const MAX_LINE = 1000

/** Wherever somebody who shows the log begins a line, but for the carriage return, which writes over its own. */
const LINE_BREAK = /[\n\v\f\u0085\u2028\u2029]/
/** What is left of C0 and DEL once line breaks and tabs are set apart; they have no place in a log for people. */
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f]/g

/** The end of a log, ready to be shown. */
interface Tail {
  readonly lines: readonly string[]
  /** Whether earlier lines were left out. */
  readonly cut: boolean
}

/**
 * The last `count` lines of a terminal's output as plain text: escape sequences removed, lines that a progress bar
 * wrote over again and again reduced to what was visible last, very long lines cut, blank lines at the end dropped.
 * With `headless` the text lacks its beginning: its first line is likely half of one and is left out.
 */
export function tailOf(text: string, count: number, headless = false): Tail {
  const lines = withoutTerminalCodes(text)
    .split(LINE_BREAK)
    .map(line => cutLine(visible(line).replace(CONTROLS, '')))
  if (headless && lines.length > 1) lines.shift()
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  return {
    lines: count <= 0 ? [] : lines.slice(-count),
    cut: lines.length > Math.max(0, count) || headless
  }
}

/** What a line shows after its carriage returns: the last text written that is not blank. */
function visible(line: string): string {
  if (!line.includes('\r')) return line
  const segments = line.split('\r')
  return segments.findLast(segment => segment.trim() !== '') ?? ''
}

function cutLine(line: string): string {
  if (line.length <= MAX_LINE) return line
  // Never between the halves of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(line.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE
  return `${line.slice(0, end)}\u2026 (${line.length - end} more characters)`
}
