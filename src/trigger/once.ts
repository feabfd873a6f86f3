import {backoffMs} from '../circleci/backoff.ts'
import type {CircleCI, TriggerReply, TriggerRequest} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline, TriggeredPipeline} from '../circleci/model.ts'
import {formatSlug} from '../circleci/slug.ts'
import {CLOUD, linksFor} from '../circleci/urls.ts'
import type {ActionError} from '../base/errors.ts'
import {Outage} from '../base/outage.ts'
import {readBaseline} from './baseline.ts'
import {ambiguous, unreachable} from './failure.ts'
import {intentOf, type Intent} from './intent.ts'
import {withNumber} from './number.ts'
import {findIntended, type SearchContext, type SearchResult} from './search.ts'
import {lookForOthers} from './second-look.ts'

/** What triggering needs from outside. */
export interface TriggerContext extends SearchContext {
  readonly circleci: SearchContext['circleci'] & Pick<CircleCI, 'trigger' | 'pipeline'>
  readonly signal: AbortSignal
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
export const TRIGGER_BUDGET_MS = 5 * 60_000
/** The same while a host given by hand has no address: a typo does not heal. */
const UNRESOLVED_BUDGET_MS = 60_000

/** A request whose answer was lost. */
interface Loss {
  readonly intent: Intent
  readonly fault: UnavailableError
  /** How many requests were lost by now. */
  readonly count: number
  /** Before this, by the clock, nothing is to be sent: CircleCI asked to be left alone. */
  readonly restUntil: number
  /** How CircleCI said that a second request made none. */
  readonly refusal?: string
}

/**
 * Triggers exactly one pipeline, or says that it may not have. What was there before is read first. A request that was
 * certainly not acted upon is sent again, with pauses, for `TRIGGER_BUDGET_MS`. One whose answer was lost is searched for
 * first: found, its pipeline is adopted; not found by several healthy searches, the request is sent once more. When
 * that one makes none, the first one's is searched for again.
 *
 * Rejects with an `ActionError` (`api-unavailable`: surely nothing was started; `trigger-ambiguous`: a pipeline may be
 * running), with CircleCI's own `RefusedError`, or with an `AbortedError`; whatever may be in flight then is in the
 * saved intent.
 */
export async function triggerOnce(
  request: TriggerRequest,
  context: TriggerContext
): Promise<TriggerOutcome> {
  const {circleci, clock, signal, random, saveIntent, requestId} = context
  const outage = new Outage(`The trigger of ${formatSlug(request.slug)}`, context)
  const {after} = await readBaseline(request.slug, outage, context)
  const startedAt = clock.now()
  let loss: Loss | undefined
  for (let attempts = 1; ; attempts += 1) {
    if (signal.aborted) throw new AbortedError('The trigger')
    if (loss !== undefined) {
      const pipeline = await findLost(request, loss, startedAt + TRIGGER_BUDGET_MS, context)
      if (pipeline !== undefined) return {kind: 'adopted', pipeline}
    }
    const now = {since: circleci.serverNow(), sentAt: clock.now()}
    const intent = loss?.intent ?? intentOf(request, {requestId, after, ...now}, random)
    saveIntent(intent)
    const answer = await send(request, loss, context)
    if (!(answer instanceof UnavailableError)) {
      outage.over()
      const refusal = refusalIn(answer)
      if (loss === undefined || refusal === undefined) return accept(request, answer, loss, context)
      loss = {...loss, refusal}
      reportRefusal(request, refusal, context)
    } else if (answer.processed === 'unknown') {
      const restUntil = clock.now() + (answer.retryAfterMs ?? 0)
      loss = {intent, fault: answer, count: (loss?.count ?? 0) + 1, restUntil}
      reportLoss(request, loss, context)
    } else {
      if (loss === undefined) saveIntent(undefined)
      await pauseOrGiveUp(request, {fault: answer, attempts, startedAt, loss, outage}, context)
    }
  }
}

/** Sends the request once. Resolves with the answer, a refusal too, or with the fault that kept it away. */
async function send(
  request: TriggerRequest,
  loss: Loss | undefined,
  {circleci, signal, saveIntent}: TriggerContext
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

function reportRefusal(request: TriggerRequest, refusal: string, {log}: TriggerContext): void {
  log.warning(
    `Sent once more, the trigger of ${formatSlug(request.slug)} made no pipeline (${refusal}). The first one may have: looking for it again.`
  )
}

function reportLoss(request: TriggerRequest, {fault}: Loss, {log}: TriggerContext): void {
  log.warning(
    `CircleCI's answer to the trigger of ${formatSlug(request.slug)} was lost (${fault.message}). A pipeline may have been created: looking for it before anything is sent again.`
  )
}

/** Looks for the pipeline of a lost request. Returns it; or `undefined` when the request may be sent again. */
async function findLost(
  request: TriggerRequest,
  loss: Loss,
  deadline: number,
  context: TriggerContext
): Promise<Pipeline | undefined> {
  const {log, host, clock} = context
  const {intent, count, fault, restUntil, refusal} = loss
  const mayResend = count === 1 && refusal === undefined && !fault.final && restUntil < deadline
  const result = await findIntended(intent, context, mayResend ? restUntil : 0)
  if (result.kind === 'found' && count === 1) {
    const {pipeline} = result
    const url = linksFor(host).pipeline(request.slug, pipeline.number)
    log.notice(`Found: pipeline #${pipeline.number} is the one that was triggered. ${url}`)
    return pipeline
  }
  if (result.kind !== 'none' || !mayResend || clock.now() >= deadline) {
    throw giveUp(request, loss, result, context)
  }
  log.warning(
    `No pipeline of this trigger was found in ${formatSlug(request.slug)}: sending it once more. Should the first one turn up after all, there are two: ${linksFor(host).project(request.slug)}`
  )
  return undefined
}

/** Takes in the last answer. When the pipeline of a first request has turned up besides, there are two, and the log says so. */
async function accept(
  request: TriggerRequest,
  reply: TriggerReply | RefusedError,
  loss: Loss | undefined,
  context: TriggerContext
): Promise<TriggerOutcome> {
  const {saveIntent, savePipeline, log, host} = context
  if (reply instanceof RefusedError || reply.kind === 'no-pipeline') saveIntent(undefined)
  if (reply instanceof RefusedError) throw reply
  if (reply.kind === 'no-pipeline') return reply
  const pipeline = await withNumber(reply.pipeline, request.slug, context)
  if (loss === undefined) return {kind: 'created', pipeline}
  const {number} = pipeline
  savePipeline(pipeline)
  const others = await lookForOthers(pipeline, loss.intent, context)
  if (others.length > 0) {
    const name = (one: number): string => `#${one} ${linksFor(host).pipeline(request.slug, one)}`
    const made = others.every(({sure}) => sure) ? 'has made' : 'may have made'
    log.warning(
      `The trigger of ${formatSlug(request.slug)} ${made} two pipelines. The first request, whose answer was lost: ${others.map(other => name(other.number)).join(', ')}. The second, which this step goes on with: ${name(number)}. Neither is cancelled for that: cancel what is not wanted.`
    )
  }
  return {kind: 'created', pipeline}
}

/** Waits before the next request, or throws when there is no sense or no time for one. */
async function pauseOrGiveUp(
  request: TriggerRequest,
  state: {
    readonly fault: UnavailableError
    readonly attempts: number
    readonly startedAt: number
    readonly loss: Loss | undefined
    readonly outage: Outage
  },
  context: TriggerContext
): Promise<void> {
  const {fault, attempts, startedAt, loss, outage} = state
  const {clock, random, signal, host} = context
  const isTypo = fault.unresolved && host !== CLOUD
  const deadline = startedAt + (isTypo ? UNRESOLVED_BUDGET_MS : TRIGGER_BUDGET_MS)
  const pause = backoffMs(attempts, random, fault.retryAfterMs)
  if (fault.final || clock.now() + pause > deadline) {
    if (loss !== undefined) throw giveUp(request, loss, {kind: 'none'}, context)
    throw unreachable({host, slug: request.slug, fault, attempts})
  }
  outage.failed(fault, pause, deadline - clock.now())
  await clock.sleep(pause, signal)
}

function giveUp(
  request: TriggerRequest,
  lost: Loss,
  doubt: SearchResult,
  {host, saveIntent}: TriggerContext
): ActionError {
  // A person is sent to look; the post step must not cancel what may be another's.
  saveIntent(undefined)
  return ambiguous({host, slug: request.slug, lost, doubt})
}
