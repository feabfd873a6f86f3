import {backoffMs} from '../circleci/backoff.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import type {Outage} from '../base/outage.ts'
import {DiskError} from './disk-error.ts'

/** Attempts in a row that may bring nothing new before a file is given up. */
const FRUITLESS_ATTEMPTS = 5
/** Attempts in all: a host that hands out a few bytes at a time is no host. */
const MAX_ATTEMPTS = 40
/** Longest pause a host may ask for, in milliseconds. */
const MAX_PAUSE_MS = 60_000

/** An error after which trying again cannot help; `cause` is what is to be told. */
export class FinalFault extends Error {
  override readonly name = 'FinalFault'

  constructor(cause: unknown) {
    super(errorMessage(cause), {cause})
  }
}

/** What persisting needs. */
export interface PersistenceContext {
  readonly clock: Clock
  readonly random: () => number
  /** Hears of every attempt that failed, and that one went through. */
  readonly outage: Outage
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes attempts until one resolves, with growing random pauses (at least what the host asks for). Rejects with the
 * last fault when several in a row brought nothing new, as `reached` (bytes) tells, and at once when trying again
 * cannot help.
 */
export async function persist(
  attempt: () => Promise<void>,
  reached: () => number,
  {clock, random, outage, signal}: PersistenceContext
): Promise<void> {
  let best = reached()
  let fruitless = 0
  for (let count = 1; ; count += 1) {
    try {
      await attempt()
      outage.over()
      return
    } catch (error) {
      fruitless = reached() > best ? 1 : fruitless + 1
      best = Math.max(best, reached())
      if (isFinal(error) || fruitless >= FRUITLESS_ATTEMPTS || count >= MAX_ATTEMPTS) throw error
      const asked = error instanceof UnavailableError ? error.retryAfterMs : undefined
      const pause = backoffMs(fruitless, random, Math.min(asked ?? 0, MAX_PAUSE_MS))
      outage.failed(error, pause)
      await clock.sleep(pause, signal)
    }
  }
}

function isFinal(error: unknown): boolean {
  if (error instanceof UnavailableError) return error.final
  return (
    error instanceof AbortedError ||
    error instanceof RefusedError ||
    error instanceof DiskError ||
    error instanceof FinalFault
  )
}
