import {linksFor} from '../circleci/slug.ts'
import {timeLimit} from '../base/clock.ts'
import {collectAll} from '../collect/collect.ts'
import {collectJobs} from '../collect/jobs.ts'
import {historyFor} from '../wait/history.ts'
import {endOwned, explainCancel} from './ending.ts'
import {ActionError, errorMessage, unexpected} from '../base/errors.ts'
import {takeAttempts, takePipeline, type PipelineRecord} from '../record/record.ts'
import type {PipelineInfo, Verdict} from '../record/result.ts'
import type {RunContext} from './run.ts'
import {jobMatcher} from '../wait/jobs.ts'
import {Patience} from '../wait/patience.ts'
import type {WaitContext} from '../wait/context.ts'
import {waitForVerdict} from '../wait/wait.ts'
import {Watch} from '../wait/watch.ts'

/** Waits for a pipeline's verdict. Rejects like the wait; what is known of the pipeline by then is in the record. */
export async function awaitVerdict(
  context: RunContext,
  record: PipelineRecord,
  pipeline: PipelineInfo
): Promise<Verdict> {
  const {verdict, watch} = await watchToEnd(waitContext(context, record, pipeline), context, record)
  if (verdict.reason === 'timeout') {
    await endOwned(context, record, 'onTimeout', watch.rest().waitsForPerson)
  }
  return verdict
}

/**
 * Waits until everything that the input `approve` lists is approved. Then the pipeline goes on without a verdict; there is
 * one only when an approval can no longer come, or did not come in time. The pipeline is left as it is.
 */
export async function awaitApproval(
  context: RunContext,
  record: PipelineRecord,
  pipeline: PipelineInfo
): Promise<void> {
  const waiting = approvalContext(waitContext(context, record, pipeline))
  const {verdict} = await watchToEnd(waiting, context, record)
  if (verdict.passes) context.log.info(verdict.message)
  else record.verdict = verdict
  await collectApproved(context, record)
}

async function watchToEnd(
  waiting: WaitContext,
  context: RunContext,
  record: PipelineRecord
): Promise<{readonly verdict: Verdict; readonly watch: Watch}> {
  const watch = new Watch(waiting)
  const verdict = await waitForVerdict(waiting, watch).finally(() => {
    takeWatched(record, watch)
  })
  const isCanceled = verdict.reason === 'canceled'
  const explained = isCanceled && (await explainCancel(verdict, context, record, watch.rollup))
  return {verdict: explained || verdict, watch}
}

/** What it takes to wait until everything is approved, when that is all that is wanted of a pipeline. */
export function approvalContext(waiting: WaitContext): WaitContext {
  return {
    ...waiting,
    historyOf: () => Promise.resolve(undefined),
    settings: {...waiting.settings, goal: 'approval', jobs: [], rerunFailed: 0, failFast: false}
  }
}

/** Of a pipeline that was to be approved: the jobs as they are now, or all there is to say of what kept it from that. */
export async function collectApproved(context: RunContext, record: PipelineRecord): Promise<void> {
  const {workflows, slug, host, verdict} = record
  if (verdict !== undefined) await collectFor({...context, downloadFolder: undefined}, record)
  else record.jobs = (await collectJobs({workflows, host}, {...context, slug})).jobs
}

/** Only the pipeline says which commit was built, and a wait that ends with a failure may not have read it. */
async function readCommit(
  {circleci, clock, log, signal}: RunContext,
  record: PipelineRecord
): Promise<void> {
  const {pipeline, verdict} = record
  if (pipeline === undefined || pipeline.revision !== undefined) return
  if (verdict?.reason === 'timeout') return
  const {id} = pipeline
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
 * Collects what a developer needs. A file that was asked for and did not come makes a good verdict bad; nothing else that
 * goes wrong here changes a verdict.
 */
export async function collectFor(context: RunContext, record: PipelineRecord): Promise<void> {
  await readCommit(context, record)
  const {inputs, log, signal, downloadFolder, fileExists, written} = context
  const {name, slug, pipeline, workflows, verdict} = record
  const {host, logLines, artifacts} = inputs
  const decides = jobMatcher(inputs.jobs)?.decides
  const target = downloadFolder && {
    ...downloadFolder,
    subfolder: name,
    pipelineNumber: pipeline?.number,
    written
  }
  try {
    const request = {workflows, host, decides, logLines, artifacts, fileExists, target}
    await collectAll(request, record, {...context, slug})
  } catch (error) {
    if (signal.aborted || (verdict?.passes === true && downloadFolder !== undefined)) throw error
    // GitHub shows ten errors a step: those of the verdict come first.
    if (error instanceof ActionError) log.warning(error.message)
    else log.warning(`The report is incomplete: ${unexpected(error)}`)
  }
}

/** What it takes to wait for a pipeline. */
export function waitContext(
  context: RunContext,
  record: PipelineRecord,
  pipeline: PipelineInfo
): WaitContext {
  const {inputs, circleci, log, beside, histories: known, listener, step} = context
  const {slug, triggered, rerunsAsked} = record
  const links = linksFor(inputs.host)
  return {
    ...context,
    host: inputs.host,
    pipeline: {
      ...pipeline,
      isNew: triggered,
      workflowUrl: id => links.workflow(slug, pipeline.number, id)
    },
    settings: {...inputs, goal: 'verdict', rerunsAsked},
    historyOf: workflow =>
      historyFor(workflow, pipeline.branch, {circleci, slug, log, signal: beside, known}),
    waits: () => step.pipelines.filter(one => one.pipeline && !one.verdict).length,
    matchedElsewhere: () => false,
    onProgress: progress => {
      takeAttempts(record, progress.rollup.attempts)
      listener.progress(progress, record)
    }
  }
}

/** Takes what a watch knows of a pipeline. */
export function takeWatched(record: PipelineRecord, watch: Watch): void {
  if (watch.pipeline !== undefined) takePipeline(record, watch.pipeline)
  takeAttempts(record, watch.rollup.attempts)
  record.history = [...watch.histories.values()]
}

/** Without `wait`, an attached pipeline's outputs say what is there now. */
export async function look(
  context: RunContext,
  record: PipelineRecord,
  pipeline: PipelineInfo
): Promise<void> {
  const {clock, signal} = context
  const waiting = waitContext({...context, deadline: clock.now()}, record, pipeline)
  const watch = new Watch({
    ...waiting,
    historyOf: () => Promise.resolve(undefined),
    settings: {...waiting.settings, approve: [], rerunFailed: 0}
  })
  await new Patience(waiting).ask(options => watch.look(signal, options, false), signal)
  takeWatched(record, watch)
}
