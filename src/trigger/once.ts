import {backoffMs, pause} from '../circleci/retry.ts'
import type {CircleCI} from '../circleci/client.ts'
import type {TriggerReply, TriggerRequest} from '../circleci/trigger-request.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline, TriggeredPipeline} from '../circleci/model.ts'
import {CLOUD, formatSlug, linksFor, type Slug} from '../circleci/slug.ts'
import type {ActionError} from '../base/errors.ts'
import {Outage} from '../base/log.ts'
import {intentOf, type Intent} from './intent.ts'
import type {Baseline, SearchContext} from './first-read.ts'
import type {SearchResult} from './search.ts'

/** What triggering needs from outside. */
export interface TriggerContext extends SearchContext {
  readonly circleci: SearchContext['circleci'] & Pick<CircleCI, 'trigger' | 'pipeline'>
  readonly signal: AbortSignal
  readonly baseline: Baseline
  /** The id that stands for `{request-id}` in the request; `undefined` when it has none. */
  readonly requestId: string | undefined
  /**
   * Keeps the intent where the post step finds it, before each request leaves; `undefined`: nothing is in flight, the
   * post step has nothing to look for. After `created` and `adopted` the intent stands until the caller has saved the
   * pipeline's id.
   */
  readonly saveIntent: (intent: Intent | undefined) => void
  /** Keeps the id of a pipeline that is surely ours for the post step, before anything else is looked for. */
  readonly savePipeline: (pipeline: TriggeredPipeline) => void
}

/** How a trigger ended, errors apart. */
export type TriggerOutcome =
  | {readonly kind: 'created'; readonly pipeline: TriggeredPipeline}
  /** The answer was lost, the pipeline found. */
  | {readonly kind: 'adopted'; readonly pipeline: Pipeline}
  /** The run endpoint made none, and said why. */
  | {readonly kind: 'no-pipeline'; readonly message: string}

/** How long a trigger is tried again, from the first request, in milliseconds. */
const BUDGET_MS = 5 * 60_000
/** The same while a host set by hand does not resolve: a typo does not heal. */
const UNRESOLVED_BUDGET_MS = 60_000
/** How long after the answer to a second request the first one's pipeline is looked for once more, in milliseconds. */
const SECOND_LOOK_MS = 2_000
/** How long CircleCI may take to show the number of a pipeline it made, in milliseconds. */
const NUMBER_WITHIN_MS = 60_000

/** What every part of one trigger needs. */
interface Trigger extends TriggerContext {
  readonly request: TriggerRequest
  readonly slug: Slug
  /** The slug as text. */
  readonly project: string
  readonly outage: Outage
  readonly startedAt: number
}

/** A request whose answer was lost. */
export interface Loss {
  readonly intent: Intent
  readonly fault: UnavailableError
  /** How many requests were lost by now. */
  readonly count: number
  /** Before this, by the clock, nothing is to be sent: CircleCI asked for a pause. */
  readonly restUntil: number
  /** How CircleCI said that a second request made none. */
  readonly refusal?: string
}

/**
 * Triggers exactly one pipeline, or says that it may not have. What was there before is read first. A request that was
 * certainly not acted upon is sent again, with pauses, for five minutes. One whose answer was lost is searched for first:
 * found, its pipeline is adopted; not found by several healthy searches, the request is sent once more. When that one
 * makes none, the first one's is searched for again.
 *
 * Rejects with an `ActionError` (`api-unavailable`: surely nothing was started; `trigger-ambiguous`: a pipeline may be
 * running), with CircleCI's own `RefusedError`, or with an `AbortedError`; whatever may be in flight then is in the
 * saved intent.
 */
export async function triggerOnce(
  request: TriggerRequest,
  context: TriggerContext
): Promise<TriggerOutcome> {
  const {circleci, clock, random, requestId, saveIntent, baseline} = context
  const {slug} = request
  const project = formatSlug(slug)
  const outage = new Outage(`The trigger of ${project}`, context)
  const after = await baseline.read(slug, outage, context)
  const trigger: Trigger = {...context, request, slug, project, outage, startedAt: clock.now()}
  let loss: Loss | undefined
  for (let attempts = 1; ; attempts += 1) {
    if (context.signal.aborted) throw new AbortedError('The trigger')
    if (loss !== undefined) {
      const pipeline = await findLost(trigger, loss)
      if (pipeline !== undefined) return {kind: 'adopted', pipeline}
    }
    const now = {since: circleci.serverNow(), sentAt: clock.now()}
    const intent = loss?.intent ?? intentOf(request, {requestId, after, ...now}, random)
    saveIntent(intent)
    const answer = await send(trigger, loss)
    if (!(answer instanceof UnavailableError)) {
      outage.over()
      const refusal = refusalIn(answer)
      if (loss === undefined || refusal === undefined) return accept(trigger, answer, loss)
      loss = {...loss, refusal}
      context.log.warning(
        `Sent once more, the trigger of ${project} created no pipeline (${refusal}). The first one may have: looking for it again.`
      )
    } else if (answer.processed === 'unknown') {
      const restUntil = clock.now() + (answer.retryAfterMs ?? 0)
      loss = {intent, fault: answer, count: (loss?.count ?? 0) + 1, restUntil}
      context.log.warning(
        `CircleCI's answer to the trigger of ${project} was lost (${answer.message}). A pipeline may have been created: looking for it before anything is sent again.`
      )
    } else {
      if (loss === undefined) saveIntent(undefined)
      await pauseOrGiveUp(trigger, answer, attempts, loss)
    }
  }
}

/** Sends the request once. Resolves with the answer, which may be a refusal, or with the fault that came instead. */
async function send(
  {request, circleci, signal, saveIntent}: Trigger,
  loss: Loss | undefined
): Promise<TriggerReply | RefusedError | UnavailableError> {
  try {
    return await circleci.trigger(request, {signal})
  } catch (error) {
    if (error instanceof RefusedError || error instanceof UnavailableError) return error
    // What never left must not be looked for: the post step might take another's pipeline for it, and cancel that.
    if (error instanceof AbortedError && !error.sent && loss === undefined) saveIntent(undefined)
    throw error
  }
}

/** How CircleCI said that a request made no pipeline; `undefined` when it made one. */
function refusalIn(answer: TriggerReply | RefusedError): string | undefined {
  if (answer instanceof RefusedError) return answer.message
  return answer.kind === 'created' ? undefined : answer.message || 'CircleCI did not say why'
}

/** Looks for the pipeline of a lost request. Returns it; or `undefined` when the request may be sent again. */
async function findLost(trigger: Trigger, loss: Loss): Promise<Pipeline | undefined> {
  const {slug, project, log, host, clock, startedAt} = trigger
  const {intent, count, fault, restUntil, refusal} = loss
  const deadline = startedAt + BUDGET_MS
  const mayResend = count === 1 && refusal === undefined && !fault.final && restUntil < deadline
  const {findIntended} = await import(/* webpackChunkName: "later" */ './search.ts')
  const result = await findIntended(intent, trigger, mayResend ? restUntil : 0)
  if (result.kind === 'found' && count === 1) {
    const {number} = result.pipeline
    const url = linksFor(host).pipeline(slug, number)
    log.notice(`Found: pipeline #${number} is the one that was triggered. ${url}`)
    return result.pipeline
  }
  if (result.kind !== 'none' || !mayResend || clock.now() >= deadline) {
    throw await giveUp(trigger, loss, result)
  }
  log.warning(
    `No pipeline of this trigger was found in ${project}: sending it once more. If the first one appears after all, there are two: ${linksFor(host).project(slug)}`
  )
  return undefined
}

/** Handles the last answer. When the pipeline of a first request has turned up besides, the log says that there are two. */
async function accept(
  trigger: Trigger,
  reply: TriggerReply | RefusedError,
  loss: Loss | undefined
): Promise<TriggerOutcome> {
  const {slug, project, saveIntent, savePipeline, log, host, clock, signal} = trigger
  if (reply instanceof RefusedError || reply.kind === 'no-pipeline') saveIntent(undefined)
  if (reply instanceof RefusedError) throw reply
  if (reply.kind === 'no-pipeline') return reply
  const pipeline = await withNumber(trigger, reply.pipeline)
  if (loss === undefined) return {kind: 'created', pipeline}
  savePipeline(pipeline)
  await clock.sleep(SECOND_LOOK_MS, signal)
  const {findOthers} = await import(/* webpackChunkName: "later" */ './search.ts')
  const others = await findOthers(loss.intent, pipeline.id, trigger)
  if (others.length > 0) {
    const name = ({number}: {readonly number: number}): string =>
      `#${number} ${linksFor(host).pipeline(slug, number)}`
    const made = others.every(({sure}) => sure) ? 'has created' : 'may have created'
    log.warning(
      `The trigger of ${project} ${made} two pipelines. The first request, whose answer was lost: ${others.map(name).join(', ')}. The second, which this step continues with: ${name(pipeline)}. Neither was cancelled: cancel the one you do not want.`
    )
  }
  return {kind: 'created', pipeline}
}

/**
 * Completes an answer that has an id and no number: the pipeline is ours, so it is asked for by its id. Throws
 * `trigger-ambiguous` when that does not help for a minute.
 */
async function withNumber(
  trigger: Trigger,
  {number, ...made}: Extract<TriggerReply, {kind: 'created'}>['pipeline']
): Promise<TriggeredPipeline> {
  if (number !== undefined) return {...made, number}
  const {circleci, clock, signal, saveIntent} = trigger
  const deadline = clock.now() + NUMBER_WITHIN_MS
  for (;;) {
    try {
      const pipeline = await circleci.pipeline(made.id, {signal, patienceMs: 0})
      return {...made, number: pipeline.number}
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof UnavailableError)) throw error
      if (clock.now() >= deadline) {
        // The error asks a person to look.
        saveIntent(undefined)
        const {numberless} = await import(/* webpackChunkName: "later" */ './failure.ts')
        throw numberless(trigger, made.id, error)
      }
    }
    await pause('Asking for the number of the pipeline', 5_000, {clock, signal})
  }
}

/** Waits before the next request, or throws when another would be pointless or too late. */
async function pauseOrGiveUp(
  trigger: Trigger,
  fault: UnavailableError,
  attempts: number,
  loss: Loss | undefined
): Promise<void> {
  const {clock, random, signal, host, outage, startedAt} = trigger
  const isTypo = fault.unresolved && host !== CLOUD
  const deadline = startedAt + (isTypo ? UNRESOLVED_BUDGET_MS : BUDGET_MS)
  const pauseMs = backoffMs(attempts, random, fault.retryAfterMs)
  if (fault.final || clock.now() + pauseMs > deadline) {
    if (loss !== undefined) throw await giveUp(trigger, loss, {kind: 'none'})
    const {unreachable} = await import(/* webpackChunkName: "later" */ './failure.ts')
    throw unreachable({...trigger, fault, attempts})
  }
  outage.failed(fault, pauseMs, deadline - clock.now())
  await clock.sleep(pauseMs, signal)
}

async function giveUp(trigger: Trigger, loss: Loss, doubt: SearchResult): Promise<ActionError> {
  // The error asks a person to look; the post step must not cancel what may be another's.
  trigger.saveIntent(undefined)
  const {ambiguous} = await import(/* webpackChunkName: "later" */ './failure.ts')
  return ambiguous(trigger, loss, doubt)
}
