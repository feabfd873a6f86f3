import {AbortedError, UnavailableError} from '../circleci/faults.ts'
import {timeLimit} from '../clock.ts'
import {formatDuration} from '../duration.ts'
import {ActionError} from '../errors.ts'
import {Outage} from '../outage.ts'
import type {Verdict} from '../result.ts'
import {decide, LATE_WORKFLOW_MS} from '../verdict.ts'
import type {WaitContext} from './context.ts'
import {pauseBeforeNextPoll} from './pause.ts'
import {isUnfinished, type Attempt} from './rollup.ts'
import type {Look, Watch} from './watch.ts'

/** How long a wait bears nothing but errors from CircleCI's API, in milliseconds. */
export const PATIENCE_MS = 5 * 60_000
const SIGN_OF_LIFE_MS = 30_000

/**
 * Resolves with the pipeline's verdict, at the latest at the deadline (then `timed_out`). Rejects with an
 * `AbortedError` when GitHub cancels the step, with a `RefusedError` when CircleCI says no (401, 403, 404), and with
 * `api-unavailable` after five minutes of nothing but errors.
 */
export async function waitForVerdict(context: WaitContext, watch: Watch): Promise<Verdict> {
  const {clock, signal, deadline, onProgress} = context
  const limit = timeLimit(clock, deadline - clock.now(), signal)
  const outage = new Outage(`Reading pipeline #${context.pipeline.number}`, context)
  let last: Look | undefined
  try {
    for (;;) {
      last = await watch.look(limit.signal, outage.patience(PATIENCE_MS))
      outage.over()
      onProgress(watch.progress())
      if (last.decision.kind === 'verdict') return last.decision.verdict
      const look = last
      const pause = pauseBeforeNextPoll(context, watch, look)
      await rest(context, Math.min(pause, deadline - clock.now()), limit.signal, () => {
        onProgress(watch.progress())
      })
      if (signal.aborted) throw new AbortedError('Waiting for the pipeline')
      if (clock.now() >= deadline) {
        return allButSure(look) ?? timedOut(context, watch)
      }
    }
  } catch (error) {
    if (error instanceof AbortedError && !signal.aborted) {
      return timedOut(context, watch)
    }
    throw error instanceof UnavailableError ? unavailable(context, error) : error
  } finally {
    limit.end()
  }
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

/** A wait that at the deadline only made sure no workflow comes late has its answer; any other has not. */
function allButSure({situation}: Look): Verdict | undefined {
  const decision = decide({...situation, newestAgeMs: LATE_WORKFLOW_MS})
  if (decision.kind !== 'verdict' || decision.verdict.conclusion !== 'success') return undefined
  return decision.verdict
}

function timedOut({timeoutText, pipeline}: WaitContext, watch: Watch): Verdict {
  const open = watch.rollup.attempts.filter(
    attempt => attempt.latest && isUnfinished(attempt.status)
  )
  const holds = open.map(attempt => watch.holdsOf(attempt.id))
  const names = open.slice(0, 5).map((attempt, index) => openName(attempt, holds[index] ?? []))
  if (open.length > names.length) names.push(`${open.length - names.length} more`)
  const left = names.length > 0 ? ` Not finished: ${names.join(', ')}.` : ''
  const onlyHeld = open.length > 0 && holds.every(jobs => jobs.length > 0)
  const advice = onlyHeld
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

function unavailable(context: WaitContext, error: UnavailableError): ActionError {
  return new ActionError(
    'api-unavailable',
    `CircleCI's API gave nothing but errors for ${formatDuration(PATIENCE_MS)}: ${error.message}. The pipeline goes on without this step: ${context.pipeline.url}`,
    {cause: error}
  )
}
