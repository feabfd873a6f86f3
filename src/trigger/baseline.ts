import {retry} from '../circleci/retry.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {ShapeError} from '../base/json.ts'
import type {Slug} from '../circleci/slug.ts'
import {timeLimit} from '../base/clock.ts'
import type {Outage} from '../base/outage.ts'
import {notCircleCI} from './failure.ts'
import type {SearchContext} from './listing.ts'

/** How long the read may take, in milliseconds: it must not hold up a trigger. */
const LIMIT_MS = 3_000
/** How long something else may answer in CircleCI's place, in milliseconds. */
const FOREIGN_PATIENCE_MS = 60_000

/** What was there before a trigger. */
export interface Baseline {
  /** The highest number that `pipeline/mine` lists, 0 when it lists none; `undefined` when it could not be read. */
  readonly after: number | undefined
}

/**
 * Reads `pipeline/mine` once before the first trigger in a project: what it lists was not made by that trigger, whatever
 * clocks say. Without an answer, or with one that is a fault or a refusal, the trigger goes ahead. When something else
 * answers in CircleCI's place, it is asked again for a minute, then nothing is triggered: rejects with an `ActionError`
 * (`api-unavailable`); with an `AbortedError` when the signal ended it.
 */
export async function readBaseline(
  slug: Slug,
  outage: Outage,
  context: SearchContext
): Promise<Baseline> {
  const {clock, random, signal} = context
  const deadline = clock.now() + FOREIGN_PATIENCE_MS
  if (signal?.aborted === true) throw new AbortedError('The trigger')
  try {
    const baseline = await retry('The trigger', () => readOnce(slug, context), {
      clock,
      random,
      signal,
      leftMs: () => deadline - clock.now(),
      onRetry: (fault, pauseMs, leftMs) => {
        outage.failed(fault, pauseMs, leftMs)
      }
    })
    outage.over()
    return baseline
  } catch (error) {
    throw error instanceof UnavailableError ? notCircleCI(slug, error, context.host) : error
  }
}

/** Reads it once. Rejects with an `UnavailableError` only when something else answered in CircleCI's place. */
async function readOnce(slug: Slug, {circleci, clock, signal}: SearchContext): Promise<Baseline> {
  const limit = timeLimit(clock, LIMIT_MS, signal)
  try {
    const options = {signal: limit.signal, patienceMs: 0}
    const page = await circleci.pipelines(slug, {mine: true}, options).next()
    const newest = page.done === true ? [] : page.value
    return {after: Math.max(0, ...newest.map(({number}) => number))}
  } catch (error) {
    const passes =
      error instanceof RefusedError ||
      (error instanceof UnavailableError && !isForeign(error)) ||
      (error instanceof AbortedError && signal?.aborted !== true)
    if (!passes) throw error
    return {after: undefined}
  } finally {
    limit.end()
  }
}

/** JSON that is no list of pipelines is no answer of CircleCI's either: before a trigger, that is enough to hold it back. */
function isForeign({foreign, cause}: UnavailableError): boolean {
  return foreign || cause instanceof ShapeError
}
