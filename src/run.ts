import {AbortedError, RefusedError, UnavailableError} from './circleci/faults.ts'
import {formatSlug, type Slug} from './circleci/slug.ts'
import {linksFor} from './circleci/urls.ts'
import {collectAll} from './collect/collect.ts'
import {collectHistory} from './collect/history.ts'
import {formatDuration} from './duration.ts'
import {ActionError, errorMessage} from './errors.ts'
import {Findings} from './findings.ts'
import {obtainPipeline} from './obtain.ts'
import type {PipelineInfo, Result, Verdict} from './result.ts'
import type {RunContext} from './run-context.ts'
import {explainRefusal} from './trigger/refusal.ts'
import {findSuperseding} from './trigger/superseding.ts'
import {cancelWorkflows} from './wait/cancel.ts'
import type {WaitContext} from './wait/context.ts'
import {waitForVerdict} from './wait/wait.ts'
import {Watch} from './wait/watch.ts'

/** How long the cancel requests of a cancelled step may take together: the runner kills after 10 s. */
const CANCEL_BUDGET_MS = 3_000
/** The same after a timeout, where nobody is in a hurry. */
const TIMEOUT_CANCEL_BUDGET_MS = 20_000

/**
 * The whole story: obtain a pipeline (trigger one, attach to one, or rerun an earlier one), wait for its verdict, collect
 * what a developer needs. Always resolves: what goes wrong is a verdict with a reason, and whatever was found by then
 * is in the result.
 */
export async function run(context: RunContext, slug: Slug): Promise<Result> {
  const {inputs, clock} = context
  const findings = new Findings(slug, inputs.host, clock.now())
  const deadline = clock.now() + inputs.timeoutSeconds * 1000
  try {
    const pipeline = await obtainPipeline(context, findings, deadline)
    if (pipeline !== undefined && inputs.wait && !inputs.dryRun) {
      findings.verdict = await awaitVerdict(context, findings, pipeline, deadline)
      await collectFor(context, findings)
    } else if (pipeline !== undefined && findings.attached) {
      await look(context, findings, pipeline)
    }
  } catch (error) {
    findings.verdict = await conclude(error, context, findings)
  }
  return findings.result(clock.now())
}

async function awaitVerdict(
  context: RunContext,
  findings: Findings,
  pipeline: PipelineInfo,
  deadline: number
): Promise<Verdict> {
  const waiting = waitContext(context, findings, pipeline, deadline)
  const watch = new Watch(waiting)
  try {
    const {verdict} = await waitForVerdict(waiting, watch)
    findings.takePipeline(watch.pipeline)
    if (verdict.reason === 'canceled') return await explainCancel(verdict, context, findings, watch)
    if (verdict.reason === 'timeout') await endOwned(context, findings, 'onTimeout')
    return verdict
  } finally {
    findings.takePipeline(watch.pipeline)
    findings.takeAttempts(watch.rollup.attempts)
    findings.history = [...watch.histories.values()]
  }
}

/** A file that was asked for and did not come makes a good verdict bad, and a bad one no better. */
async function collectFor(context: RunContext, findings: Findings): Promise<void> {
  const {inputs, circleci, clock, log, random, signal, downloadFolder, fileExists} = context
  const {slug, workflows, verdict} = findings
  const {host, logLines, artifacts} = inputs
  const request = {host, workflows, logLines, artifacts, folder: downloadFolder, fileExists}
  try {
    await collectAll(request, findings, {circleci, clock, log, random, signal, slug})
  } catch (error) {
    if (!(error instanceof ActionError) || verdict?.passes === true) throw error
    log.error(error.message)
  }
}

function waitContext(
  context: RunContext,
  findings: Findings,
  pipeline: PipelineInfo,
  deadline: number
): WaitContext {
  const {inputs, circleci, clock, log, random, signal, listener} = context
  const {slug} = findings
  const links = linksFor(inputs.host)
  return {
    circleci,
    clock,
    log,
    random,
    signal,
    deadline,
    timeoutText: formatDuration(inputs.timeoutSeconds * 1000),
    pipeline: {
      id: pipeline.id,
      number: pipeline.number,
      url: pipeline.url,
      createdAt: pipeline.createdAt,
      workflowUrl: id => links.workflow(slug, pipeline.number, id)
    },
    settings: {
      policies: {
        failFast: inputs.failFast,
        onHold: inputs.onHold,
        onNoWorkflows: inputs.onNoWorkflows
      },
      workflows: inputs.workflows,
      approve: inputs.approve,
      rerunFailed: inputs.rerunFailed,
      rerunsAsked: findings.rerunsAsked,
      pollIntervalMs:
        inputs.pollIntervalSeconds === undefined ? undefined : inputs.pollIntervalSeconds * 1000
    },
    historyOf: workflow => collectHistory(workflow, pipeline.branch, {circleci, slug, log, signal}),
    onProgress: progress => {
      listener.progress(progress, findings.pipeline ?? pipeline)
    }
  }
}

/** Without `wait`, an attached pipeline's outputs tell what is there now. */
async function look(
  context: RunContext,
  findings: Findings,
  pipeline: PipelineInfo
): Promise<void> {
  const waiting = waitContext(context, findings, pipeline, context.clock.now())
  const watch = new Watch({
    ...waiting,
    settings: {...waiting.settings, approve: [], rerunFailed: 0}
  })
  await watch.look(context.signal, {patienceMs: 30_000, onRetry: () => undefined})
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
  const canceled = watch.rollup.deciding.find(({status}) => status === 'canceled')
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

/** Turns whatever ended the run into a verdict. */
async function conclude(error: unknown, context: RunContext, findings: Findings): Promise<Verdict> {
  const {signal, inputs, circleci} = context
  if (signal.aborted) return cancelled(context, findings)
  if (error instanceof RefusedError) {
    const {slug} = findings
    const purpose =
      findings.pipeline === undefined
        ? `start a pipeline of ${formatSlug(slug)}`
        : `tell about pipeline #${findings.pipeline.number} of ${formatSlug(slug)}`
    const facts = {
      slug,
      host: inputs.host,
      purpose,
      signal,
      classicTrigger: inputs.definition === undefined && findings.pipeline === undefined
    }
    return failure(await explainRefusal(error, facts, circleci))
  }
  if (error instanceof UnavailableError) {
    return failure(
      new ActionError(
        'api-unavailable',
        `CircleCI could not be reached: ${error.message}. Check that this runner can reach ${inputs.host} (status of CircleCI Cloud: https://status.circleci.com), then run the job again.`,
        {cause: error}
      )
    )
  }
  if (error instanceof ActionError) return failure(error)
  throw error instanceof AbortedError ? new Error(errorMessage(error), {cause: error}) : error
}

function failure(error: ActionError): Verdict {
  return {
    conclusion: error.conclusion,
    reason: error.reason,
    passes: false,
    message: error.message
  }
}

async function cancelled(context: RunContext, findings: Findings): Promise<Verdict> {
  const {pipeline} = findings
  if (pipeline === undefined) {
    context.log.info('GitHub cancelled the step before there was a pipeline.')
  } else {
    await endOwned(context, findings, 'onCancel')
  }
  return {
    conclusion: 'cancelled',
    reason: 'github-cancelled',
    passes: false,
    message: `GitHub cancelled the step${pipeline === undefined ? '' : ` while it waited for pipeline #${pipeline.number}`}.`
  }
}

/** Cancels the pipeline if this step answers for it and the user did not want it left; says which, with its address. */
async function endOwned(
  context: RunContext,
  findings: Findings,
  policy: 'onCancel' | 'onTimeout'
): Promise<void> {
  const {inputs, log, clock, circleci, listener} = context
  const {pipeline, owned} = findings
  if (pipeline === undefined) return
  const name = `Pipeline #${pipeline.number}`
  if (!owned || inputs[policy] === 'leave') {
    const why = owned
      ? `"${policy === 'onCancel' ? 'on-cancel' : 'on-timeout'}" is "leave"`
      : 'this step did not start it'
    log.notice(`${name} is left running, because ${why}: ${pipeline.url}`)
    return
  }
  listener.cancelled()
  const budget = policy === 'onCancel' ? CANCEL_BUDGET_MS : TIMEOUT_CANCEL_BUDGET_MS
  const ended = new AbortController()
  const disarm = clock.alarm(budget, () => {
    ended.abort()
  })
  try {
    const report = await cancelWorkflows(circleci, pipeline.id, ended.signal)
    const names = report.cancelled.map(({name: workflow}) => `"${workflow}"`).join(', ')
    if (names !== '') log.notice(`${name}: cancelled ${names}: ${pipeline.url}`)
    for (const {workflow, why} of report.failed) {
      log.warning(
        `${name}: workflow "${workflow.name}" could not be cancelled and may be running: ${why}. ${pipeline.url}`
      )
    }
    if (report.open.length === 0) log.info(`${name} has no running workflows. ${pipeline.url}`)
  } catch (error) {
    log.warning(
      `${name} could not be cancelled and may be running: ${errorMessage(error)}. ${pipeline.url}`
    )
  } finally {
    disarm()
  }
}
