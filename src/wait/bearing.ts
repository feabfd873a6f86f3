import type {CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {timeLimit, type Clock} from '../base/clock.ts'
import {formatDuration} from '../base/duration.ts'
import {ActionError} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {Outage} from '../base/outage.ts'
import {ASK_AGAIN_MS} from './refusal.ts'
import {PATIENCE_MS, Tolerance} from './tolerance.ts'
import type {Patience} from './watch.ts'

/** How long `GET /me` may take to tell whether the token is still valid, in milliseconds. */
const TOKEN_CHECK_MS = 5_000

/** What bearing needs from outside, and which pipeline is read. */
export interface BearingContext {
  readonly circleci: Pick<CircleCI, 'me'>
  readonly clock: Clock
  readonly log: Log
  /** Origin of CircleCI, for people. */
  readonly host: string
  readonly pipeline: {readonly number: number; readonly url: string}
}

/** Reads a pipeline that CircleCI has told about before, through its bad days. */
export class Bearing {
  private readonly context: BearingContext
  private readonly tolerance = new Tolerance()
  private readonly outage: Outage

  constructor(context: BearingContext) {
    this.context = context
    this.outage = new Outage(`Reading pipeline #${context.pipeline.number}`, context)
  }

  /**
   * Asks again for as long as errors and refusals can be borne. Rejects with a `RefusedError` when CircleCI says no and
   * goes on saying no (401, 403, 404), with `api-unavailable` after five minutes of nothing but errors.
   */
  async untilAnswered<T>(ask: (patience: Patience) => Promise<T>, signal: AbortSignal): Promise<T> {
    const {tolerance, outage} = this
    const {clock} = this.context
    for (;;) {
      try {
        const patienceMs = tolerance.leftMs(clock.now())
        const onRetry: Patience['onRetry'] = (fault, pauseMs, leftMs) => {
          tolerance.failed(clock.now())
          outage.failed(fault, pauseMs, leftMs)
        }
        const answer = await ask({patienceMs, onRetry})
        tolerance.answered()
        outage.over()
        return answer
      } catch (error) {
        if (error instanceof UnavailableError) throw this.unavailable(error)
        if (!(error instanceof RefusedError)) throw error
        const lasts = tolerance.refused(clock.now())
        outage.failed(error, ASK_AGAIN_MS, tolerance.refusalLeftMs(clock.now()))
        if (lasts || (await this.isTokenRefused(signal))) throw error
        if (tolerance.leftMs(clock.now()) === 0) throw this.unavailable(error)
      }
      await clock.sleep(ASK_AGAIN_MS, signal)
      if (signal.aborted) throw new AbortedError('Waiting for the pipeline')
    }
  }

  private async isTokenRefused(signal: AbortSignal): Promise<boolean> {
    const {circleci, clock} = this.context
    const limit = timeLimit(clock, TOKEN_CHECK_MS, signal)
    const isRefused = await circleci.me({signal: limit.signal, patienceMs: 0}).then(
      () => false,
      (error: unknown) => error instanceof RefusedError && error.status === 401
    )
    limit.end()
    return this.tolerance.askedForUser(isRefused, clock.now())
  }

  private unavailable(error: UnavailableError | RefusedError): ActionError {
    const {host, pipeline} = this.context
    return new ActionError(
      'api-unavailable',
      `CircleCI's API at ${host} gave nothing but errors for ${formatDuration(PATIENCE_MS)}: ${error.message}. Pipeline #${pipeline.number} goes on without this step: ${pipeline.url}`,
      {cause: error}
    )
  }
}
