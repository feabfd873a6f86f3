import type {CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {retry} from '../circleci/retry.ts'
import type {Slug} from '../circleci/slug.ts'
import {timeLimit, type Clock} from '../base/clock.ts'
import {ShapeError} from '../base/json.ts'
import type {Log, Outage} from '../base/log.ts'

/** What asking CircleCI again and again needs from outside. */
export interface AskContext {
  /** Origin of CircleCI. */
  readonly host: string
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** The part of CircleCI's API it takes to find a pipeline again. */
type Reads = 'me' | 'project' | 'definitions' | 'pipelines' | 'pipelineValues' | 'pipelineConfig'

/** What finding a pipeline needs from outside. */
export interface SearchContext extends AskContext {
  readonly circleci: Pick<CircleCI, Reads | 'serverNow'>
}

/** How long the baseline may take, in milliseconds: it must not hold up a trigger. */
const LIMIT_MS = 3_000
/** How long something else may answer in CircleCI's place, in milliseconds. */
const FOREIGN_PATIENCE_MS = 60_000

/** What was there in a project before the first trigger of a step: none of it is what a trigger made. */
export class Baseline {
  #after: number | undefined
  #isRead = false

  /**
   * The highest number that `pipeline/mine` listed before the first trigger, whatever clocks say; 0 when it listed none,
   * `undefined` when it could not be read. Read once: without an answer, or with a fault or a refusal, the trigger goes
   * ahead. When something else answers in CircleCI's place, it is asked again for a minute, then nothing is triggered:
   * rejects with an `ActionError` (`api-unavailable`); with an `AbortedError` when the signal ended it.
   */
  async read(slug: Slug, outage: Outage, context: SearchContext): Promise<number | undefined> {
    if (!this.#isRead) this.made((await readPatiently(slug, outage, context)) ?? -1)
    this.#isRead = true
    return this.#after
  }

  /** The step made this one itself: no later trigger of its did. */
  made(number: number): void {
    if (number > (this.#after ?? -1)) this.#after = number
  }
}

async function readPatiently(
  slug: Slug,
  outage: Outage,
  context: SearchContext
): Promise<number | undefined> {
  const {clock, signal} = context
  const deadline = clock.now() + FOREIGN_PATIENCE_MS
  if (signal?.aborted === true) throw new AbortedError('The trigger')
  try {
    const newest = await retry('The trigger', () => readNewest(slug, context), {
      ...context,
      leftMs: () => deadline - clock.now(),
      onRetry: (fault, pauseMs, leftMs) => {
        outage.failed(fault, pauseMs, leftMs)
      }
    })
    outage.over()
    return newest
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    const {notCircleCI} = await import(/* webpackChunkName: "later" */ './failure.ts')
    throw notCircleCI({slug, host: context.host}, error)
  }
}

/** Reads it once. Rejects with an `UnavailableError` only when something else answered in CircleCI's place. */
async function readNewest(
  slug: Slug,
  {circleci, clock, signal}: SearchContext
): Promise<number | undefined> {
  const limit = timeLimit(clock, LIMIT_MS, signal)
  try {
    const options = {signal: limit.signal, patienceMs: 0}
    const page = await circleci.pipelines(slug, {mine: true}, options).next()
    const newest = page.done === true ? [] : page.value
    return Math.max(0, ...newest.map(({number}) => number))
  } catch (error) {
    const passes =
      error instanceof RefusedError ||
      (error instanceof UnavailableError && !isForeign(error)) ||
      (error instanceof AbortedError && signal?.aborted !== true)
    if (!passes) throw error
    return undefined
  } finally {
    limit.end()
  }
}

/** JSON that is no list of pipelines is no answer of CircleCI's either: before a trigger, that is enough to hold it back. */
function isForeign({foreign, cause}: UnavailableError): boolean {
  return foreign || cause instanceof ShapeError
}
