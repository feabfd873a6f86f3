import type {Clock} from '../base/clock.ts'
import {GitHubFault, toFault} from './fault.ts'

/** How long one request may take, and how long once the step has been cancelled. */
const TIMEOUT_MS = 10_000
const HURRIED_TIMEOUT_MS = 2_000

/** What is waited before the second and the third attempt, unless GitHub asks for more. */
const RETRY_DELAYS_MS: readonly number[] = [1_000, 3_000]

/** More patience than this is not worth a side channel. */
const MAX_RETRY_AFTER_MS = 10_000

/** What limits all calls to GitHub. */
export interface AttemptOptions {
  readonly clock: Clock
  /** Once aborted there is little time: one attempt each, of two seconds. */
  readonly cancelled?: AbortSignal | undefined
  /** Once aborted there is none: nothing is sent, and what is under way is given up for the signal's reason. */
  readonly closed?: AbortSignal | undefined
}

/** How often one call may be attempted. */
export interface Attempts {
  /** A single time: what it does may have been done though no answer came. */
  readonly once?: boolean
  /** Not again once aborted: something newer is to be said. */
  readonly superseded?: AbortSignal | undefined
}

/** Makes one call, as often as it takes. */
export type Attempt = <T>(
  call: (signal: AbortSignal) => Promise<T>,
  attempts: Attempts
) => Promise<T>

/**
 * Makes calls until they are answered, three times each at most; each attempt gets a signal that aborts it after ten
 * seconds. Rejects with a `GitHubFault`, at once when `closed` aborts. A limit longer than a call waits for holds for all:
 * until it ends nothing is sent, as GitHub bans who goes on.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function attempter(options: AttemptOptions): Attempt {
  const {clock} = options
  let limit = {until: -Infinity, fault: new GitHubFault('unavailable', '')}
  return async (call, attempts) => {
    if (clock.now() < limit.until) throw limit.fault
    try {
      return await attempt(options, attempts, call)
    } catch (error) {
      const fault = toFault(error)
      const {retryAfterMs = 0} = fault
      if (retryAfterMs > MAX_RETRY_AFTER_MS) limit = {until: clock.now() + retryAfterMs, fault}
      throw fault
    }
  }
}

async function attempt<T>(
  options: AttemptOptions,
  {once = false, superseded}: Attempts,
  call: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  const {clock, cancelled, closed} = options
  const isOver = (): boolean => superseded?.aborted === true || closed?.aborted === true
  for (const delay of once ? [] : RETRY_DELAYS_MS) {
    const outcome = await attemptOnce(options, call)
    if ('value' in outcome) return outcome.value
    const {fault} = outcome
    const wait = Math.max(delay, fault.retryAfterMs ?? 0)
    if (fault.kind !== 'unavailable' || wait > MAX_RETRY_AFTER_MS) throw fault
    if (cancelled?.aborted === true || isOver()) throw fault
    const ends = [cancelled, superseded, closed].filter(signal => signal !== undefined)
    await clock.sleep(wait, AbortSignal.any(ends))
    if (isOver()) throw fault
  }
  const last = await attemptOnce(options, call)
  if ('value' in last) return last.value
  throw last.fault
}

async function attemptOnce<T>(
  {clock, cancelled, closed}: AttemptOptions,
  call: (signal: AbortSignal) => Promise<T>
): Promise<{value: T} | {fault: GitHubFault}> {
  if (closed?.aborted === true) return {fault: toFault(closed.reason)}
  const controller = new AbortController()
  const stops: (() => void)[] = []
  const limit = (ms: number): void => {
    const expire = (): void => {
      controller.abort(new Error(`no answer within ${ms / 1000} s`))
    }
    stops.push(clock.alarm(ms, expire))
  }
  const hurry = (): void => {
    limit(HURRIED_TIMEOUT_MS)
  }
  const close = (): void => {
    controller.abort(closed?.reason)
  }
  limit(cancelled?.aborted === true ? HURRIED_TIMEOUT_MS : TIMEOUT_MS)
  cancelled?.addEventListener('abort', hurry, {once: true})
  closed?.addEventListener('abort', close, {once: true})
  try {
    return {value: await Promise.race([call(controller.signal), rejection(controller.signal)])}
  } catch (error) {
    return {fault: toFault(error)}
  } finally {
    cancelled?.removeEventListener('abort', hurry)
    closed?.removeEventListener('abort', close)
    for (const stop of stops) stop()
  }
}

/** Rejects when the signal aborts, whether or not what it was handed to listens to it. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', abort, {once: true})
  })
}
