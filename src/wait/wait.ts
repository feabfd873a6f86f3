import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {timeLimit} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import type {Verdict} from '../record/result.ts'
import {Patience} from './patience.ts'
import type {WaitContext} from './context.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {Watch} from './watch.ts'

const SIGN_OF_LIFE_MS = 30_000
/** How long the last look, at the deadline, may take, in milliseconds. */
const LAST_LOOK_MS = 10_000
/** The shortest pause between two requests of the last look, in milliseconds. */
const LAST_PAUSE_MS = 250

/**
 * Resolves with the pipeline's verdict; with `timed_out` when it has none at the deadline, nor within the ten seconds
 * of one last look. Rejects with an `AbortedError` when GitHub cancels the step, with a `RefusedError` when CircleCI
 * says no and goes on saying no (401, 403, 404), and with `api-unavailable` after five minutes of nothing but errors.
 */
export async function waitForVerdict(context: WaitContext, watch: Watch): Promise<Verdict> {
  const {clock, signal, deadline, onProgress} = context
  const limit = timeLimit(clock, deadline - clock.now(), signal)
  const patience = new Patience(context)
  try {
    for (;;) {
      const look = await patience.ask(options => watch.look(limit.signal, options), limit.signal)
      onProgress(watch.progress())
      if (look.decision.kind === 'verdict') return look.decision.verdict
      const pause = watch.nextLookInMs(look.decision)
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
    log.debug(`The last poll failed: ${errorMessage(error)}`)
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
  const lines = watch.rollup.unmatched.map(line => `"${line}"`).join(', ')
  const unmatched = lines === '' ? '' : ` Input "workflows": ${lines} matched no workflow so far.`
  const advice = watch.waitsForPerson()
    ? `It waits for a person to approve: ${pipeline.url}. Input "on-hold" can end the step at a hold instead.`
    : 'Increase "timeout" if it needs longer.'
  return {
    conclusion: 'timed_out',
    reason: 'timeout',
    passes: false,
    message: `The pipeline had no verdict within ${timeoutText}.${left}${unmatched} ${advice}`
  }
}

/** `"build" (running)`, `"release" (on hold: "hold-production")`. */
function openName({name, status}: Attempt, holds: readonly string[]): string {
  const words = holds.length > 0 ? `on hold: ${holds.map(job => `"${job}"`).join(', ')}` : status
  return `"${name}" (${words})`
}
