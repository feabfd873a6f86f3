import type {StepAction} from '../circleci/model.ts'
import {isFailed} from '../circleci/statuses.ts'
import type {JobRun, LogTail} from '../record/result.ts'
import {mapBounded} from './concurrency.ts'
import type {CollectContext} from './context.ts'
import {failedBuildJobs, type BuildJob} from './job-outcome.ts'
import {tailOf} from './log-text.ts'
import {countOf} from '../base/text.ts'
import {SIDE_PATIENCE_MS, sideChannel, type SideChannel} from './side-channel.ts'

/** Failed jobs whose logs are read; the first to fail explain the rest more often than not. */
const MAX_JOBS = 10
/** Failed steps a job may show: with parallel runs the same step fails on many nodes for the same reason. */
const MAX_STEPS = 4
const REQUESTS_AT_ONCE = 4
/** Most that is read of one log, in bytes, however large it is. */
export const MAX_LOG_BYTES = 256 * 1024

/** What `collectLogTails` found. */
export interface LogTails {
  /** In the order of the jobs, then of node and step. */
  readonly logTails: readonly LogTail[]
  /** What was left out or could not be read, in sentences. */
  readonly omissions: readonly string[]
}

/**
 * The last `logLines` lines of each failed step of the failed build jobs (latest attempts), from the v1.1 build page
 * and the step's presigned output. Bounded in jobs, steps, bytes and requests in flight; what is left out is said.
 * With 0 lines nothing is requested. Rejects only with an `AbortedError`.
 */
export async function collectLogTails(
  jobs: readonly JobRun[],
  logLines: number,
  context: CollectContext
): Promise<LogTails> {
  const failed = failedBuildJobs(jobs)
  if (logLines <= 0 || failed.length === 0) return {logTails: [], omissions: []}
  const channel = sideChannel('Some logs', context)
  const read = failed.slice(0, MAX_JOBS)
  const omissions: string[] = []
  const tails = await mapBounded(read, REQUESTS_AT_ONCE, async job => {
    const actions = await failedActions(job, channel, context)
    if (actions.length > MAX_STEPS) omissions.push(moreSteps(job, actions.length - MAX_STEPS))
    const shown: LogTail[] = []
    for (const action of actions.slice(0, MAX_STEPS)) {
      shown.push(await tailOfAction(job, action, logLines, channel, context))
    }
    return shown
  })
  if (failed.length > read.length) omissions.push(moreJobs(failed.length - read.length))
  return {logTails: tails.flat(), omissions: [...omissions, ...channel.finish()]}
}

async function failedActions(
  job: BuildJob,
  channel: SideChannel,
  {circleci, slug, signal}: CollectContext
): Promise<readonly StepAction[]> {
  const actions = await channel.attempt(`the log of job "${job.name}"`, () =>
    circleci.stepActions(slug, job.number, {signal, patienceMs: SIDE_PATIENCE_MS})
  )
  return (actions ?? [])
    .filter(action => action.failed ?? isFailed(action.status))
    .toSorted((a, b) => a.nodeIndex - b.nodeIndex)
}

async function tailOfAction(
  job: BuildJob,
  action: StepAction,
  logLines: number,
  channel: SideChannel,
  {circleci, signal}: CollectContext
): Promise<LogTail> {
  const {outputUrl} = action
  const output =
    outputUrl === undefined || !action.hasOutput
      ? undefined
      : await channel.attempt(`the output of step "${action.stepName}" of job "${job.name}"`, () =>
          circleci.stepOutput(outputUrl, MAX_LOG_BYTES, {signal, patienceMs: SIDE_PATIENCE_MS})
        )
  const tail = tailOf(output?.text ?? '', logLines, output?.cut)
  return {
    workflow: job.workflow,
    job: job.name,
    jobNumber: job.number,
    nodeIndex: action.nodeIndex,
    step: action.stepName,
    command: action.command,
    exitCode: action.exitCode,
    ...tail
  }
}

function moreSteps(job: BuildJob, count: number): string {
  return `${countOf(count, "more failed step's log", "more failed steps' logs")} of job "${job.name}" ${was(count)} left out.`
}

function moreJobs(count: number): string {
  return `${countOf(count, "more failed job's log", "more failed jobs' logs")} ${was(count)} left out.`
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were'
}
