import {AbortedError} from './circleci/faults.ts'
import type {CircleCI} from './circleci/client.ts'
import {phaseOf} from './circleci/statuses.ts'
import {linksFor} from './circleci/urls.ts'
import {timeLimit, type Clock} from './base/clock.ts'
import {collectAll} from './collect/collect.ts'
import {collectHistory} from './wait/history.ts'
import type {FileExists} from './collect/test-path.ts'
import type {DownloadFolder} from './download/folder.ts'
import type {Log} from './base/log.ts'
import {formatDuration} from './base/duration.ts'
import {conclude, endOwned} from './ending.ts'
import {ActionError, errorMessage, unexpected} from './base/errors.ts'
import {takeAttempts, takePipeline, type PipelineRecord, type StepRecord} from './record/record.ts'
import type {Inputs} from './runner/inputs.ts'
import {obtainPipeline} from './obtain.ts'
import {otherCommit, type PipelineInfo, type Verdict} from './record/result.ts'
import type {StepListener} from './report/reporter.ts'
import type {GitHubEvent} from './trigger/event.ts'
import {findSuperseding} from './wait/superseding.ts'
import {Patience} from './wait/patience.ts'
import type {WaitContext, WaitSettings} from './wait/context.ts'
import {waitForVerdict} from './wait/wait.ts'
import {Watch} from './wait/watch.ts'

/** What the run needs to know of the event and of the GitHub run it is part of. */
export interface RunEvent extends GitHubEvent {
  /** The commit the event is about: of a pull request its head. */
  readonly headSha: string | undefined
  /** Of the GitHub run, the same in each of its attempts: digits. `undefined` outside of GitHub. */
  readonly runId: string | undefined
  /** More than 1 on "Re-run jobs". */
  readonly runAttempt: number
}

/** Everything the story of one pipeline is handed; it reads nothing else. */
export interface RunContext {
  readonly inputs: Inputs
  readonly event: RunEvent
  readonly circleci: CircleCI
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** Aborts when GitHub cancels the step. */
  readonly signal: AbortSignal
  /** Where `artifacts-path` leads, already checked. */
  readonly downloadFolder: DownloadFolder | undefined
  /** `undefined`: there is no checkout. */
  readonly fileExists: FileExists | undefined
  readonly listener: StepListener
  /** The whole step's record, of which this pipeline's is a part. */
  readonly step: StepRecord
  /** Epoch milliseconds at which the step's timeout is over, and the signal that aborts then or with `signal`. */
  readonly deadline: number
  readonly limit: AbortSignal
}

/**
 * The story of one pipeline: obtain it (trigger one, attach to one, or rerun an earlier one), wait for its verdict, collect
 * what a developer needs. Always resolves, and writes whatever it finds out into the record.
 */
export async function runPipeline(record: PipelineRecord, context: RunContext): Promise<void> {
  const {inputs, signal, limit, log, step} = context
  const bounded = {...context, signal: limit}
  try {
    const pipeline = await obtainPipeline(inputs, bounded, record)
    if (pipeline !== undefined && signal.aborted) throw new AbortedError('The step')
    if (pipeline !== undefined && inputs.wait && !inputs.dryRun) {
      record.verdict = await awaitVerdict(context, record, pipeline)
      await readCommit(context, record, pipeline)
      await collectFor(context, record)
    } else if (pipeline !== undefined && record.attached) {
      await look(bounded, record, pipeline)
    }
  } catch (error) {
    record.verdict = await conclude(error, context, record)
  }
  const other = otherCommit({...record, eventCommit: step.eventCommit})
  if (other !== undefined) log.warning(other)
}

async function awaitVerdict(
  context: RunContext,
  record: PipelineRecord,
  pipeline: PipelineInfo
): Promise<Verdict> {
  // What is asked for beside the wait ends with it.
  const ended = new AbortController()
  const beside = AbortSignal.any([context.limit, ended.signal])
  const waiting = waitContext(context, record, pipeline, beside)
  const watch = new Watch(waiting)
  try {
    const verdict = await waitForVerdict(waiting, watch)
    takeWatched(record, watch)
    if (verdict.reason === 'canceled') return await explainCancel(verdict, context, record, watch)
    if (verdict.reason === 'timeout') {
      await endOwned(context, record, 'onTimeout', watch.waitsForPerson())
    }
    return verdict
  } finally {
    ended.abort()
    takeWatched(record, watch)
    record.history = [...watch.histories.values()]
  }
}

/** Which commit was built only the pipeline tells, and a wait that ends with a failure may not have read it. */
async function readCommit(
  {circleci, clock, log, signal}: RunContext,
  record: PipelineRecord,
  {id}: PipelineInfo
): Promise<void> {
  if (record.pipeline?.revision !== undefined || record.verdict?.reason === 'timeout') return
  const limit = timeLimit(clock, 5_000, signal)
  try {
    takePipeline(record, await circleci.pipeline(id, {signal: limit.signal, patienceMs: 2_000}))
  } catch (error) {
    log.debug(`Which commit was built could not be read: ${errorMessage(error)}`)
  } finally {
    limit.end()
  }
}

/**
 * A file that was asked for and did not come makes a good verdict bad, and a bad one no better. Nothing else that goes
 * wrong here changes a verdict.
 */
async function collectFor(context: RunContext, record: PipelineRecord): Promise<void> {
  const {inputs, circleci, clock, log, random, signal, downloadFolder, fileExists} = context
  const {slug, workflows, verdict} = record
  const {host, logLines, artifacts} = inputs
  const request = {host, workflows, logLines, artifacts, folder: downloadFolder, fileExists}
  try {
    await collectAll(request, record, {circleci, clock, log, random, signal, slug})
  } catch (error) {
    if (signal.aborted || (verdict?.passes === true && downloadFolder !== undefined)) throw error
    // GitHub shows ten errors a step: those of the verdict come first.
    if (error instanceof ActionError) log.warning(error.message)
    else log.warning(`The report is incomplete: ${unexpected(error)}`)
  }
}

function waitContext(
  context: RunContext,
  record: PipelineRecord,
  pipeline: PipelineInfo,
  beside: AbortSignal
): WaitContext {
  const {inputs, circleci, clock, log, random, signal, deadline, listener} = context
  const {slug} = record
  const links = linksFor(inputs.host)
  return {
    circleci,
    host: inputs.host,
    clock,
    log,
    random,
    signal,
    deadline,
    timeoutText: formatDuration(inputs.timeoutSeconds * 1000),
    pipeline: {
      isNew: record.triggered,
      id: pipeline.id,
      number: pipeline.number,
      url: pipeline.url,
      createdAt: pipeline.createdAt,
      workflowUrl: id => links.workflow(slug, pipeline.number, id)
    },
    settings: waitSettings(inputs, record.rerunsAsked),
    historyOf: workflow =>
      collectHistory(workflow, pipeline.branch, {circleci, slug, log, signal: beside}),
    onProgress: progress => {
      takeAttempts(record, progress.rollup.attempts)
      listener.progress(progress, record)
    }
  }
}

function waitSettings(inputs: Inputs, rerunsAsked: readonly string[]): WaitSettings {
  const {failFast, onHold, onNoWorkflows, workflows, approve, rerunFailed} = inputs
  const {pollIntervalSeconds: seconds} = inputs
  return {
    policies: {failFast, onHold, onNoWorkflows},
    workflows,
    approve,
    rerunFailed,
    rerunsAsked,
    pollIntervalMs: seconds === undefined ? undefined : seconds * 1000
  }
}

function takeWatched(record: PipelineRecord, watch: Watch): void {
  if (watch.pipeline !== undefined) takePipeline(record, watch.pipeline)
  takeAttempts(record, watch.rollup.attempts)
}

/** Without `wait`, an attached pipeline's outputs tell what is there now. */
async function look(
  context: RunContext,
  record: PipelineRecord,
  pipeline: PipelineInfo
): Promise<void> {
  const {clock, signal} = context
  const waiting = waitContext({...context, deadline: clock.now()}, record, pipeline, signal)
  const watch = new Watch({
    ...waiting,
    historyOf: () => Promise.resolve(undefined),
    settings: {...waiting.settings, approve: [], rerunFailed: 0}
  })
  await new Patience(waiting).ask(options => watch.look(signal, options, false), signal)
  takeWatched(record, watch)
}

/** Auto-cancelled by a newer pipeline on the branch, or by somebody? */
async function explainCancel(
  verdict: Verdict,
  context: RunContext,
  record: PipelineRecord,
  watch: Watch
): Promise<Verdict> {
  const {circleci, signal, inputs} = context
  const {pipeline, slug} = record
  if (pipeline === undefined) return verdict
  const {deciding, setup} = watch.rollup
  const canceled = [...deciding, ...setup].find(({status}) => phaseOf(status) === 'canceled')
  const newer = await findSuperseding(
    pipeline,
    {slug, canceledAt: canceled?.stoppedAt},
    {circleci, signal}
  )
  if (newer === undefined) return verdict
  const url = linksFor(inputs.host).pipeline(slug, newer.number)
  return {
    ...verdict,
    reason: 'superseded',
    message: `${verdict.message} The newer pipeline #${newer.number} on ${pipeline.branch ?? 'its branch'} superseded it: ${url}`
  }
}
