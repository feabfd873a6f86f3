import type {CallOptions} from '../circleci/client.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import {PATIENCE_MS, pause} from '../circleci/retry.ts'
import {timeLimit, type Clock} from '../base/clock.ts'
import {formatDuration} from '../base/text.ts'
import {ActionError} from '../base/errors.ts'
import {Outage} from '../base/log.ts'
import type {WaitContext} from './context.ts'

/** How long after a refusal the same request is sent again, in milliseconds, whatever the poll interval. */
export const ASK_AGAIN_MS = 10_000
/** How long a refusal must last before it is believed, in milliseconds, and ... */
export const REFUSED_FOR_MS = 60_000
/** ... how often it must have come. */
const LEAST_REFUSALS = 4
/** How far apart two 401 of `GET /me` must be to mean that the token is no longer valid, in milliseconds. */
const TOKEN_REFUSED_FOR_MS = 10_000
/** How long `GET /me` may take to show whether the token is still valid, in milliseconds. */
const TOKEN_CHECK_MS = 5_000

/** The refusals of one request in a row. */
export class Refusals {
  private readonly clock: Clock
  private readonly since: number
  private lastAt: number
  private times = 0

  constructor(clock: Clock) {
    this.clock = clock
    this.since = clock.now()
    this.lastAt = this.since
  }

  /** One more. Returns whether they have lasted for so long that they will go on. */
  add(): boolean {
    this.times += 1
    this.lastAt = this.clock.now()
    return this.lastAt - this.since >= REFUSED_FOR_MS && this.times >= LEAST_REFUSALS
  }

  /** Milliseconds until the request is sent again. */
  get askAgainInMs(): number {
    return Math.max(0, this.lastAt + ASK_AGAIN_MS - this.clock.now())
  }

  /** Milliseconds after which they have lasted. */
  get leftMs(): number {
    return Math.max(0, this.since + REFUSED_FOR_MS - this.clock.now())
  }
}

/** How one request behaves while it fails. */
export type RetryOptions = Required<Pick<CallOptions, 'patienceMs' | 'onRetry'>> &
  Pick<CallOptions, 'urgent'>

/** Reads a pipeline that CircleCI has shown before, through the API's bad days. */
export class Patience {
  private readonly context: Pick<WaitContext, 'circleci' | 'clock' | 'log' | 'host' | 'pipeline'>
  private readonly outage: Outage
  private troubleSince: number | undefined
  private tokenRefusedSince: number | undefined
  private refusals: Refusals | undefined

  constructor(context: Patience['context']) {
    this.context = context
    this.outage = new Outage(`Reading pipeline #${context.pipeline.number}`, context)
  }

  /**
   * Asks until there is an answer. Rejects with a `RefusedError` when CircleCI says no and goes on saying no (401, 403,
   * 404), with `api-unavailable` after five minutes of nothing but errors, and with an `AbortedError`.
   */
  async ask<T>(request: (options: RetryOptions) => Promise<T>, signal: AbortSignal): Promise<T> {
    const {clock} = this.context
    for (;;) {
      try {
        const answer = await request({patienceMs: this.leftMs(), onRetry: this.onRetry})
        this.troubleSince = undefined
        this.tokenRefusedSince = undefined
        this.refusals = undefined
        this.outage.over()
        return answer
      } catch (error) {
        if (error instanceof UnavailableError) throw this.unavailable(error)
        if (!(error instanceof RefusedError)) throw error
        const lasts = this.refused(error)
        if (lasts || (await this.isTokenRefused(signal))) throw error
        if (this.leftMs() === 0) throw this.unavailable(error)
      }
      await pause('Waiting for the pipeline', ASK_AGAIN_MS, {clock, signal})
    }
  }

  /** Refusals before and after an error are not one refusal that lasts. */
  private readonly onRetry: RetryOptions['onRetry'] = (fault, pauseMs, leftMs) => {
    this.troubleSince ??= this.context.clock.now()
    this.refusals = undefined
    this.outage.failed(fault, pauseMs, leftMs)
  }

  private refused(error: RefusedError): boolean {
    const {clock} = this.context
    this.troubleSince ??= clock.now()
    this.refusals ??= new Refusals(clock)
    const lasts = this.refusals.add()
    this.outage.failed(error, ASK_AGAIN_MS, Math.min(this.refusals.leftMs, this.leftMs()))
    return lasts
  }

  /** Milliseconds that trouble of any kind may still last. */
  private leftMs(): number {
    const now = this.context.clock.now()
    return Math.max(0, PATIENCE_MS - (now - (this.troubleSince ?? now)))
  }

  private async isTokenRefused(signal: AbortSignal): Promise<boolean> {
    const {circleci, clock} = this.context
    const limit = timeLimit(clock, TOKEN_CHECK_MS, signal)
    const isRefused = await circleci.me({signal: limit.signal, patienceMs: 0}).then(
      () => false,
      (error: unknown) => error instanceof RefusedError && error.status === 401
    )
    limit.end()
    this.tokenRefusedSince = isRefused ? (this.tokenRefusedSince ?? clock.now()) : undefined
    return isRefused && clock.now() - (this.tokenRefusedSince ?? NaN) >= TOKEN_REFUSED_FOR_MS
  }

  private unavailable(error: UnavailableError | RefusedError): ActionError {
    const {host, pipeline} = this.context
    return new ActionError(
      'api-unavailable',
      `CircleCI's API at ${host} returned nothing but errors for ${formatDuration(PATIENCE_MS)}: ${error.message}. Pipeline #${pipeline.number} continues without this step: ${pipeline.url}`,
      {cause: error}
    )
  }
}
