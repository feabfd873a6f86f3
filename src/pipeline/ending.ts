import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {CircleCI} from '../circleci/client.ts'
import type {Pipeline} from '../circleci/model.ts'
import {formatSlug, linksFor, type Slug} from '../circleci/slug.ts'
import {timeLimit} from '../base/clock.ts'
import {formatDuration} from '../base/text.ts'
import {ActionError, unexpected} from '../base/errors.ts'
import type {PipelineRecord} from '../record/record.ts'
import {failed, type Verdict} from '../record/result.ts'
import type {RunContext} from './run.ts'
import {explainRefusal, howToReach, type RefusalFacts} from '../trigger/failure.ts'
import {cancelPipeline} from '../wait/cancel.ts'
import type {Rollup} from '../wait/rollup.ts'
import {isUnfinished, phaseOf} from '../circleci/statuses.ts'

/**
 * How long the cancel requests may take together, in milliseconds: the runner kills a cancelled step after 10 s, and a
 * timeout is a promise. What is not cancelled by then the post step cancels.
 */
const CANCEL_BUDGET_MS = {onCancel: 3_000, onTimeout: 2_000}

/** Turns whatever ended a pipeline's story early into a verdict; never rejects. */
export async function conclude(
  error: unknown,
  context: RunContext,
  record: PipelineRecord
): Promise<Verdict> {
  const {signal, limit, inputs, circleci, log} = context
  if (signal.aborted) return cancelled(context, record)
  if (error instanceof AbortedError && limit.aborted) return timedOut(context, record)
  if (error instanceof ActionError) return failed(error)
  if (error instanceof RefusedError) {
    return failed(await explainRefusal(error, factsOf(context, record), circleci))
  }
  if (error instanceof UnavailableError) {
    return failed(
      new ActionError(
        'api-unavailable',
        `CircleCI could not be reached: ${error.message}. ${howToReach(inputs.host, error)}`,
        {cause: error}
      )
    )
  }
  log.debug(error instanceof Error ? (error.stack ?? '') : String(error))
  return {conclusion: 'failure', reason: undefined, passes: false, message: unexpected(error)}
}

function factsOf({inputs, limit}: RunContext, record: PipelineRecord): RefusalFacts {
  const {slug, pipeline} = record
  const project = formatSlug(slug)
  const isTrigger = pipeline === undefined && inputs.pipeline.kind === 'new' && !inputs.dryRun
  return {
    slug,
    host: inputs.host,
    purpose:
      pipeline !== undefined
        ? `look up pipeline #${pipeline.number} of ${project}`
        : `${isTrigger ? 'start a pipeline of' : 'look up'} ${project}`,
    signal: limit,
    isTrigger,
    ref: record.ref,
    classic: inputs.definition === undefined,
    wasReadable: pipeline !== undefined
  }
}

/** The timeout came before there was a pipeline to wait for, or while one was read. */
async function timedOut(context: RunContext, record: PipelineRecord): Promise<Verdict> {
  const {inputs} = context
  const {pipeline, slug, intent} = record
  const within = `within ${formatDuration(inputs.timeoutSeconds * 1000)}`
  const what =
    pipeline === undefined
      ? `There was no pipeline of ${formatSlug(slug)} ${within}`
      : `Pipeline #${pipeline.number} could not be read ${within}`
  if (record.owned) await endOwned(context, record, 'onTimeout')
  else if (intent !== undefined && inputs.onTimeout === 'cancel') beginCancel([record], context)
  const flight =
    intent !== undefined
      ? ` One may be running all the same, because CircleCI has not answered yet: look at ${linksFor(inputs.host).project(slug)}.`
      : ''
  return {
    conclusion: 'timed_out',
    reason: 'timeout',
    passes: false,
    message: `${what}.${flight} Increase "timeout" if it needs longer.`
  }
}

async function cancelled(context: RunContext, record: PipelineRecord): Promise<Verdict> {
  const {pipeline, intent, verdict} = record
  const {inputs, signal} = context
  const who = whoCancelled(signal)
  if (pipeline !== undefined) await endOwned(context, record, 'onCancel')
  else if (intent !== undefined) {
    context.log.notice(
      `${who} before CircleCI had answered: the pipeline that may be running is looked for when the step has ended.`
    )
  } else context.log.info(`${who} before there was a pipeline.`)
  return {
    conclusion: 'cancelled',
    reason: 'github-cancelled',
    passes: false,
    message: `${who}${pipeline === undefined ? '' : whileIn(pipeline.number, verdict, inputs.wait)}.`
  }
}

/** "GitHub cancelled the step", or as whoever listens for signals puts it. */
function whoCancelled({reason}: AbortSignal): string {
  const isNamed = reason instanceof Error && reason.name !== 'AbortError'
  return isNamed ? reason.message : 'GitHub cancelled the step'
}

function whileIn(number: number, verdict: Verdict | undefined, waits: boolean): string {
  if (verdict !== undefined) {
    return ` while it collected the results of pipeline #${number}, which had ended as ${verdict.conclusion}`
  }
  return waits ? ` while it waited for pipeline #${number}` : ` once it had pipeline #${number}`
}

/**
 * Cancels the pipeline if this step answers for it and the user did not want it left; says which, with its address. At a
 * timeout one that only waits for a person is left to that person.
 */
export async function endOwned(
  context: RunContext,
  record: PipelineRecord,
  policy: 'onCancel' | 'onTimeout',
  waitsForPerson = false
): Promise<void> {
  const {inputs, log, clock, signal, step} = context
  const {pipeline, owned} = record
  if (pipeline === undefined) return
  const name = `Pipeline #${pipeline.number}`
  if (!owned || inputs[policy] === 'leave' || waitsForPerson) {
    const left = `"${policy === 'onCancel' ? 'on-cancel' : 'on-timeout'}" is "leave"`
    const held = waitsForPerson ? 'it only waits for a person to approve' : left
    const why = owned ? held : 'this step did not start it'
    log.notice(`${name} is left running, because ${why}: ${pipeline.url}`)
    return
  }
  // GitHub's cancel ends all that this step made, also what an early end of its own had left running.
  const ends = policy === 'onCancel' ? step.pipelines.filter(one => one.owned) : [record]
  beginCancel(ends, context)
  const limit = timeLimit(
    clock,
    CANCEL_BUDGET_MS[policy],
    policy === 'onTimeout' ? signal : undefined
  )
  try {
    const workflows = record.workflows.filter(({id, status}) => id !== '' && isUnfinished(status))
    await cancelPipeline({...pipeline, workflows}, context, limit.signal)
  } finally {
    limit.end()
  }
}

/** What appears from now on of these pipelines is the post step's to cancel. */
function beginCancel(records: readonly PipelineRecord[], {listener}: RunContext): void {
  for (const record of records) record.cancelling = true
  listener.save()
}

/** The verdict of what was canceled: by a newer pipeline on the branch, or by somebody? */
export async function explainCancel(
  verdict: Verdict,
  {circleci, signal}: RunContext,
  {pipeline, slug, host}: PipelineRecord,
  {deciding, setup}: Rollup
): Promise<Verdict> {
  const canceled = [...deciding, ...setup].find(({status}) => phaseOf(status) === 'canceled')
  // A newer pipeline cancels whole workflows.
  if (pipeline === undefined || canceled === undefined) return verdict
  const newer = await findSuperseding(pipeline, slug, canceled.stoppedAt, {circleci, signal})
  if (newer === undefined) return verdict
  const url = linksFor(host).pipeline(slug, newer.number)
  const message = `${verdict.message} The newer pipeline #${newer.number} on ${pipeline.branch ?? 'its branch'} superseded it: ${url}`
  return {...verdict, reason: 'superseded', message}
}

/** How far the clocks of CircleCI's own machines may be apart here, in milliseconds. */
const CLOCK_MARGIN_MS = 2_000
/** Pages read at most, and how long for, in milliseconds: this is a courtesy, not a search. */
const MAX_PAGES = 2
const PATIENCE_MS = 5_000

/**
 * Finds the pipeline that explains why another was canceled: with "auto-cancel redundant workflows" the next pipeline
 * on the same branch cancels the unfinished ones before it. Returns the first newer one that was there when the cancel
 * came (`canceledAt`, ISO 8601; `undefined`: any newer one counts). `undefined` for tags, when there is none, and when it
 * cannot be looked up. Rejects only with an `AbortedError`. https://circleci.com/docs/skip-build/#auto-cancel
 */
export async function findSuperseding(
  {number, branch}: {readonly number: number; readonly branch: string | undefined},
  slug: Slug,
  canceledAt: string | undefined,
  {
    circleci,
    signal
  }: {readonly circleci: Pick<CircleCI, 'pipelines'>; readonly signal?: AbortSignal}
): Promise<Pipeline | undefined> {
  if (branch === undefined) return undefined
  const isNewer = (other: Pipeline): boolean => other.number > number && other.branch === branch
  // What was made when is not known counts as there.
  const wasThere = ({createdAt}: Pipeline): boolean =>
    !(Date.parse(createdAt) - Date.parse(canceledAt ?? '') > CLOCK_MARGIN_MS)
  const newer: Pipeline[] = []
  let pages = 0
  try {
    const options = {signal, patienceMs: PATIENCE_MS}
    for await (const page of circleci.pipelines(slug, {branch}, options)) {
      newer.push(...page.filter(isNewer))
      pages += 1
      if (pages === MAX_PAGES || page.some(other => other.number <= number)) break
    }
  } catch (error) {
    if (error instanceof AbortedError) throw error
    return undefined
  }
  return newer.filter(wasThere).sort((a, b) => a.number - b.number)[0]
}
