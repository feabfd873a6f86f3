import type {Clock} from '../clock.ts'
import {GitHubFault, toFault} from './fault.ts'

/** How long one request may take, and how long once the step has been cancelled. */
const TIMEOUT_MS = 10_000
const HURRIED_TIMEOUT_MS = 2_000

/** What is waited before the second and the third attempt, unless GitHub asks for more. */
const RETRY_DELAYS_MS: readonly number[] = [1_000, 3_000]

/** More patience than this is not worth a side channel. */
const MAX_RETRY_AFTER_MS = 10_000

/** What limits a call to GitHub. */
export interface AttemptOptions {
  readonly clock: Clock
  /** Once aborted there is no time left: one attempt each, of two seconds. */
  readonly cancelled?: AbortSignal | undefined
}

/**
 * Makes a call until it is answered, three times at most and once when `once` is set; each attempt gets a signal
 * that aborts it after ten seconds. Rejects with a `GitHubFault`.
 */
export async function attempt<T>(
  options: AttemptOptions,
  once: boolean,
  call: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  for (const delay of once ? [] : RETRY_DELAYS_MS) {
    const outcome = await attemptOnce(options, call)
    if ('value' in outcome) return outcome.value
    const {fault} = outcome
    const wait = Math.max(delay, fault.retryAfterMs ?? 0)
    if (fault.kind !== 'unavailable' || wait > MAX_RETRY_AFTER_MS) throw fault
    if (options.cancelled?.aborted === true) throw fault
    await options.clock.sleep(wait, options.cancelled)
  }
  const last = await attemptOnce(options, call)
  if ('value' in last) return last.value
  throw last.fault
}

async function attemptOnce<T>(
  {clock, cancelled}: AttemptOptions,
  call: (signal: AbortSignal) => Promise<T>
): Promise<{value: T} | {fault: GitHubFault}> {
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
  limit(cancelled?.aborted === true ? HURRIED_TIMEOUT_MS : TIMEOUT_MS)
  cancelled?.addEventListener('abort', hurry, {once: true})
  try {
    return {value: await call(controller.signal)}
  } catch (error) {
    return {fault: toFault(error)}
  } finally {
    cancelled?.removeEventListener('abort', hurry)
    for (const stop of stops) stop()
  }
}
