import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {timeLimit} from '../clock.ts'
import {formatDuration} from '../duration.ts'
import {ActionError, errorMessage} from '../errors.ts'
import {Outage} from '../outage.ts'
import type {Verdict} from '../result.ts'
import type {WaitContext} from './context.ts'
import {pauseBeforeNextPoll} from './pause.ts'
import {ASK_AGAIN_MS} from './refusal.ts'
import {isUnfinished, type Attempt} from './rollup.ts'
import {PATIENCE_MS, Tolerance} from './tolerance.ts'
import type {Look, Patience, Watch} from './watch.ts'

const SIGN_OF_LIFE_MS = 30_000
/** How long the last look, at the deadline, may take, in milliseconds. */
const LAST_LOOK_MS = 10_000
/** The shortest pause between two requests of the last look, in milliseconds. */
const LAST_PAUSE_MS = 250
/** How long `GET /me` may take to tell whether the token is still valid, in milliseconds. */
const TOKEN_CHECK_MS = 5_000

/**
 * Resolves with the pipeline's verdict; with `timed_out` when it has none at the deadline, nor within the ten seconds
 * of one last look. Rejects with an `AbortedError` when GitHub cancels the step, with a `RefusedError` when CircleCI
 * says no and goes on saying no (401, 403, 404), and with `api-unavailable` after five minutes of nothing but errors.
 */
export async function waitForVerdict(context: WaitContext, watch: Watch): Promise<Verdict> {
  const {clock, signal, deadline, onProgress} = context
  const limit = timeLimit(clock, deadline - clock.now(), signal)
  const bearing = {
    tolerance: new Tolerance(),
    outage: new Outage(`Reading pipeline #${context.pipeline.number}`, context)
  }
  try {
    for (;;) {
      const look = await lookUntilAnswered(context, watch, bearing, limit.signal)
      onProgress(watch.progress())
      if (look.decision.kind === 'verdict') return look.decision.verdict
      const pause = pauseBeforeNextPoll(context, watch, look)
      await rest(context, pause, limit.signal, () => {
        onProgress(watch.progress())
      })
      if (limit.signal.aborted) throw new AbortedError('Waiting for the pipeline')
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof AbortedError)) throw error
    return await lastLook(context, watch)
  } finally {
    limit.end()
  }
}

/** What a wait bears, and how it tells of it. */
interface Bearing {
  readonly tolerance: Tolerance
  readonly outage: Outage
}

/** Looks again for as long as errors and refusals can be borne. */
async function lookUntilAnswered(
  context: WaitContext,
  watch: Watch,
  {tolerance, outage}: Bearing,
  signal: AbortSignal
): Promise<Look> {
  const {clock} = context
  for (;;) {
    try {
      const patienceMs = tolerance.leftMs(clock.now())
      const onRetry: Patience['onRetry'] = (fault, pauseMs, leftMs) => {
        tolerance.failed(clock.now())
        outage.failed(fault, pauseMs, leftMs)
      }
      const look = await watch.look(signal, {patienceMs, onRetry})
      tolerance.answered()
      outage.over()
      return look
    } catch (error) {
      if (error instanceof UnavailableError) throw unavailable(context, error)
      if (!(error instanceof RefusedError)) throw error
      const lasts = tolerance.refused(clock.now())
      outage.failed(error, ASK_AGAIN_MS, tolerance.refusalLeftMs(clock.now()))
      if (lasts || (await isTokenRefused(context, tolerance, signal))) throw error
      if (tolerance.leftMs(clock.now()) === 0) throw unavailable(context, error)
    }
    await clock.sleep(ASK_AGAIN_MS, signal)
    if (signal.aborted) throw new AbortedError('Waiting for the pipeline')
  }
}

async function isTokenRefused(
  {circleci, clock}: WaitContext,
  tolerance: Tolerance,
  signal: AbortSignal
): Promise<boolean> {
  const limit = timeLimit(clock, TOKEN_CHECK_MS, signal)
  const isRefused = await circleci.me({signal: limit.signal, patienceMs: 0}).then(
    () => false,
    (error: unknown) => error instanceof RefusedError && error.status === 401
  )
  limit.end()
  return tolerance.askedForUser(isRefused, clock.now())
}

/** What it proves is the verdict; no rule is lifted for it, and nothing more is approved or rerun. */
async function lastLook(context: WaitContext, watch: Watch): Promise<Verdict> {
  const {clock, signal, log, onProgress} = context
  const until = clock.now() + LAST_LOOK_MS
  const limit = timeLimit(clock, LAST_LOOK_MS, signal)
  const onRetry = ({message}: UnavailableError): void => {
    log.debug(`Trying again: ${message}`)
  }
  try {
    for (;;) {
      const patience = {patienceMs: until - clock.now(), onRetry, urgent: true}
      const {decision} = await watch.look(limit.signal, patience, false)
      onProgress(watch.progress())
      if (decision.kind === 'verdict') return decision.verdict
      const pauseMs = decision.unconfirmed === true ? 0 : (decision.withinMs ?? Infinity)
      if (clock.now() + pauseMs > until) break
      await clock.sleep(Math.max(LAST_PAUSE_MS, pauseMs), limit.signal)
    }
    await watch.lookForHolds(limit.signal)
  } catch (error) {
    if (signal.aborted || !isNoAnswer(error)) throw error
    log.debug(`The last look told nothing: ${errorMessage(error)}`)
  } finally {
    limit.end()
  }
  return timedOut(context, watch)
}

function isNoAnswer(error: unknown): boolean {
  return (
    error instanceof AbortedError ||
    error instanceof RefusedError ||
    error instanceof UnavailableError
  )
}

/** Sleeps, and in a long sleep gives a sign of life now and then. */
async function rest(
  {clock}: WaitContext,
  ms: number,
  signal: AbortSignal,
  sign: () => void
): Promise<void> {
  const until = clock.now() + ms
  for (;;) {
    await clock.sleep(Math.min(SIGN_OF_LIFE_MS, until - clock.now()), signal)
    if (clock.now() >= until || signal.aborted) return
    sign()
  }
}

function timedOut({timeoutText, pipeline}: WaitContext, watch: Watch): Verdict {
  const open = watch.rollup.attempts.filter(
    attempt => attempt.latest && isUnfinished(attempt.status)
  )
  const holds = open.map(attempt => watch.holdsOf(attempt.id))
  const names = open.slice(0, 5).map((attempt, index) => openName(attempt, holds[index] ?? []))
  if (open.length > names.length) names.push(`${open.length - names.length} more`)
  const left = names.length > 0 ? ` Not finished: ${names.join(', ')}.` : ''
  const advice = watch.waitsForPerson()
    ? `It waits for a person to approve: ${pipeline.url}. Input "on-hold" can end the step at a hold instead.`
    : 'Raise "timeout" when it needs longer.'
  return {
    conclusion: 'timed_out',
    reason: 'timeout',
    passes: false,
    message: `The pipeline had no verdict within ${timeoutText}.${left} ${advice}`
  }
}

/** `"build" (running)`, `"release" (on hold: "hold-production")`. */
function openName({name, status}: Attempt, holds: readonly string[]): string {
  const words = holds.length > 0 ? `on hold: ${holds.map(job => `"${job}"`).join(', ')}` : status
  return `"${name}" (${words})`
}

function unavailable(context: WaitContext, error: UnavailableError | RefusedError): ActionError {
  return new ActionError(
    'api-unavailable',
    `CircleCI's API at ${context.host} gave nothing but errors for ${formatDuration(PATIENCE_MS)}: ${error.message}. The pipeline goes on without this step: ${context.pipeline.url}`,
    {cause: error}
  )
}
