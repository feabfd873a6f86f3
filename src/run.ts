import {AbortedError} from './circleci/faults.ts'
import type {Slug} from './circleci/slug.ts'
import {phaseOf} from './circleci/statuses.ts'
import {linksFor} from './circleci/urls.ts'
import {timeLimit} from './base/clock.ts'
import {collectAll} from './collect/collect.ts'
import {collectHistory} from './wait/history.ts'
import {formatDuration} from './base/duration.ts'
import {conclude, endOwned} from './ending.ts'
import {ActionError, errorMessage, unexpected} from './base/errors.ts'
import {Findings} from './record/findings.ts'
import type {Inputs} from './runner/inputs.ts'
import {obtainPipeline} from './obtain.ts'
import {otherCommit, type PipelineInfo, type Result, type Verdict} from './record/result.ts'
import type {RunContext} from './run-context.ts'
import {findSuperseding} from './wait/superseding.ts'
import {Bearing} from './wait/bearing.ts'
import type {WaitContext, WaitSettings} from './wait/context.ts'
import {waitForVerdict} from './wait/wait.ts'
import {Watch} from './wait/watch.ts'

/**
 * The whole story: obtain a pipeline (trigger one, attach to one, or rerun an earlier one), wait for its verdict, collect
 * what a developer needs. Always resolves: what goes wrong is a verdict with a reason, and whatever was found by then
 * is in the result.
 */
export async function run(context: RunContext, slug: Slug): Promise<Result> {
  const {inputs, clock} = context
  const findings = new Findings(slug, inputs.host, clock.now())
  const deadline = clock.now() + inputs.timeoutSeconds * 1000
  const limit = timeLimit(clock, inputs.timeoutSeconds * 1000, context.signal)
  const bounded = {...context, signal: limit.signal}
  try {
    const pipeline = await obtainPipeline(bounded, findings, deadline)
    if (pipeline !== undefined && context.signal.aborted) throw new AbortedError('The step')
    if (pipeline !== undefined && inputs.wait && !inputs.dryRun) {
      findings.verdict = await awaitVerdict(context, findings, pipeline, deadline)
      await readCommit(context, findings, pipeline)
      await collectFor(context, findings)
    } else if (pipeline !== undefined && findings.attached) {
      await look(bounded, findings, pipeline)
    }
  } catch (error) {
    findings.verdict = await conclude(error, context, findings, limit.signal)
  } finally {
    limit.end()
  }
  const result = findings.result(clock.now())
  const other = otherCommit(result)
  if (other !== undefined) context.log.warning(other)
  return result
}

async function awaitVerdict(
  context: RunContext,
  findings: Findings,
  pipeline: PipelineInfo,
  deadline: number
): Promise<Verdict> {
  const {clock, signal} = context
  // What is asked for beside the wait ends with it.
  const beside = timeLimit(clock, deadline - clock.now(), signal)
  const waiting = waitContext(context, findings, pipeline, deadline, beside.signal)
  const watch = new Watch(waiting)
  try {
    const verdict = await waitForVerdict(waiting, watch)
    findings.takePipeline(watch.pipeline)
    findings.takeAttempts(watch.rollup.attempts)
    if (verdict.reason === 'canceled') return await explainCancel(verdict, context, findings, watch)
    if (verdict.reason === 'timeout') {
      await endOwned(context, findings, 'onTimeout', watch.waitsForPerson())
    }
    return verdict
  } finally {
    beside.end()
    findings.takePipeline(watch.pipeline)
    findings.takeAttempts(watch.rollup.attempts)
    findings.history = [...watch.histories.values()]
  }
}

/** Which commit was built only the pipeline tells, and a wait that ends with a failure may not have read it. */
async function readCommit(
  {circleci, clock, log, signal}: RunContext,
  findings: Findings,
  {id}: PipelineInfo
): Promise<void> {
  if (findings.pipeline?.revision !== undefined || findings.verdict?.reason === 'timeout') return
  const limit = timeLimit(clock, 5_000, signal)
  try {
    findings.takePipeline(await circleci.pipeline(id, {signal: limit.signal, patienceMs: 2_000}))
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
async function collectFor(context: RunContext, findings: Findings): Promise<void> {
  const {inputs, circleci, clock, log, random, signal, downloadFolder, fileExists} = context
  const {slug, workflows, verdict} = findings
  const {host, logLines, artifacts} = inputs
  const request = {host, workflows, logLines, artifacts, folder: downloadFolder, fileExists}
  try {
    await collectAll(request, findings, {circleci, clock, log, random, signal, slug})
  } catch (error) {
    if (signal.aborted || (verdict?.passes === true && downloadFolder !== undefined)) throw error
    // GitHub shows ten errors a step: those of the verdict come first.
    if (error instanceof ActionError) log.warning(error.message)
    else log.warning(`The report is incomplete: ${unexpected(error)}`)
  }
}

function waitContext(
  context: RunContext,
  findings: Findings,
  pipeline: PipelineInfo,
  deadline: number,
  beside: AbortSignal
): WaitContext {
  const {inputs, circleci, clock, log, random, signal, listener} = context
  const {slug} = findings
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
      isNew: findings.triggered,
      id: pipeline.id,
      number: pipeline.number,
      url: pipeline.url,
      createdAt: pipeline.createdAt,
      workflowUrl: id => links.workflow(slug, pipeline.number, id)
    },
    settings: waitSettings(inputs, findings.rerunsAsked),
    historyOf: workflow =>
      collectHistory(workflow, pipeline.branch, {circleci, slug, log, signal: beside}),
    onProgress: progress => {
      listener.progress(progress, findings.pipeline ?? pipeline)
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

/** Without `wait`, an attached pipeline's outputs tell what is there now. */
async function look(
  context: RunContext,
  findings: Findings,
  pipeline: PipelineInfo
): Promise<void> {
  const {clock, signal} = context
  const waiting = waitContext(context, findings, pipeline, clock.now(), signal)
  const watch = new Watch({
    ...waiting,
    historyOf: () => Promise.resolve(undefined),
    settings: {...waiting.settings, approve: [], rerunFailed: 0}
  })
  await new Bearing(waiting).untilAnswered(patience => watch.look(signal, patience, false), signal)
  findings.takePipeline(watch.pipeline)
  findings.takeAttempts(watch.rollup.attempts)
}

/** Auto-cancelled by a newer pipeline on the branch, or by somebody? */
async function explainCancel(
  verdict: Verdict,
  context: RunContext,
  findings: Findings,
  watch: Watch
): Promise<Verdict> {
  const {circleci, signal, inputs} = context
  const {pipeline, slug} = findings
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
