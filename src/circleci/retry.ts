import type {Clock} from '../base/clock.ts'
import {AbortedError, UnavailableError} from './faults.ts'

/** How long nothing but errors of CircleCI's API is outlasted, refusals among them, in milliseconds. */
export const PATIENCE_MS = 5 * 60_000
/** Longest pause between two attempts, in milliseconds, when the server asks for none. */
export const BACKOFF_CAP_MS = 20_000
const BACKOFF_BASE_MS = 500

/**
 * Full-jitter exponential back-off: a uniformly random pause between 0 and a ceiling that doubles with each attempt
 * up to the cap. What the server asked for (`Retry-After`) is a lower bound.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempt: number, random: () => number, retryAfterMs = 0): number {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 30))
  // Some jitter on top of what the server asked for, so that many clients do not come back in the same instant.
  if (retryAfterMs > 0) return retryAfterMs + random() * Math.min(ceiling, 1000)
  return random() * ceiling
}

/** How something is retried. */
export interface RetryOptions {
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly signal?: AbortSignal | undefined
  /** For how much longer a fault is worth another attempt, in milliseconds; the last one is made when that is over. */
  readonly leftMs: (fault: UnavailableError) => number
  /** Whether the attempt that failed got further than those before: then the pauses begin anew. */
  readonly advanced?: () => boolean
  /** Called before each pause: what went wrong, the pause, and what `leftMs` said. */
  readonly onRetry: (fault: UnavailableError, pauseMs: number, leftMs: number) => void
}

/**
 * Makes attempts, with back-off, until one does not reject with an `UnavailableError` or no time is left for another.
 * Rejects with what the last one did, and with an `AbortedError` that names `what` when the signal ends a pause.
 */
export async function retry<T>(
  what: string,
  attempt: () => Promise<T>,
  {clock, random, signal, leftMs, onRetry, advanced}: RetryOptions
): Promise<T> {
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await attempt()
    } catch (error) {
      const left = error instanceof UnavailableError ? leftMs(error) : 0
      if (!(error instanceof UnavailableError) || left <= 0) throw error
      if (advanced?.() === true) attempts = 0
      const pauseMs = Math.min(backoffMs(attempts, random, error.retryAfterMs), left)
      onRetry(error, pauseMs, left)
      await pause(what, pauseMs, {clock, signal})
    }
  }
}

/** Waits. Rejects with an `AbortedError` that names `what` when the signal is aborted by the end. */
export async function pause(
  what: string,
  ms: number,
  {clock, signal}: Pick<RetryOptions, 'clock' | 'signal'>
): Promise<void> {
  await clock.sleep(ms, signal)
  if (signal?.aborted === true) throw new AbortedError(what)
}
