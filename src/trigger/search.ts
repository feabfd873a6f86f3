import {backoffMs} from '../circleci/backoff.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Clock} from '../clock.ts'
import type {Log} from '../log.ts'
import {Outage} from '../outage.ts'
import type {Intent} from './intent.ts'
import type {PipelineReader} from './listing.ts'
import {Lookout, type Sighting} from './lookout.ts'

/** What a search needs from outside. */
export interface SearchContext {
  readonly circleci: PipelineReader
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** How a search ended. */
export type SearchResult =
  | {readonly kind: 'found'; readonly pipeline: Pipeline}
  /** Several healthy searches saw nothing that could be it. */
  | {readonly kind: 'none'}
  /** Several could be it, or one of which it cannot be told. */
  | {readonly kind: 'several'; readonly pipelines: readonly Pipeline[]}
  /** It could not be searched: denied, or no healthy search for `SEARCH_PATIENCE_MS`. */
  | {readonly kind: 'failed'; readonly cause: RefusedError | UnavailableError}

/** A pipeline counts as absent only when a healthy search began this long after the first, in milliseconds. */
export const SEARCH_WINDOW_MS = 15_000
/** Pauses between healthy searches; together they make the window. */
const GAPS_MS = [1_000, 2_000, 4_000, 8_000]
/** Fewer healthy searches than this prove nothing. */
const HEALTHY_SEARCHES = 3
/** How long a pipeline must have been the only one before it is taken: a second one may be late in the listing. */
const SETTLE_MS = 2_000
/** How long a pipeline of which it cannot be told is watched before that is final, in milliseconds. */
const CLEARING_UP_MS = 8_000
/** How long nothing but failing searches is borne, in milliseconds. */
export const SEARCH_PATIENCE_MS = 60_000

/**
 * Searches for the pipeline an intent speaks of, several times with growing gaps, because listings lag behind. The
 * trigger uses it before it sends a request again, the post step to find what a killed step had in flight. Rejects only
 * with an `AbortedError`.
 */
export async function findIntended(intent: Intent, context: SearchContext): Promise<SearchResult> {
  const {clock, random, signal} = context
  const lookout = new Lookout(intent, {...context, signal})
  const memory = new SearchMemory(clock.now())
  const outage = new Outage(`The search for the pipeline in ${intent.slug}`, context)
  for (;;) {
    const began = clock.now()
    let pause: number
    try {
      const sighting = await lookout.look()
      outage.over()
      const result = memory.judge(sighting, began)
      if (result !== undefined) return result
      pause = memory.nextGap() * (1 + 0.1 * random())
    } catch (error) {
      if (error instanceof RefusedError) return {kind: 'failed', cause: error}
      if (!(error instanceof UnavailableError)) throw error
      const left = memory.patienceLeft(began, clock.now())
      if (left <= 0) return {kind: 'failed', cause: error}
      pause = Math.min(left, 500 + backoffMs(memory.failures, random, error.retryAfterMs))
      outage.failed(error, pause, left)
    }
    await clock.sleep(pause, signal)
    if (signal?.aborted === true) throw new AbortedError('The search for the pipeline')
  }
}

/** Remembers what the searches so far saw, and judges the latest. */
class SearchMemory {
  private readonly startedAt: number
  private readonly firstSeen = new Map<string, number>()
  private healthy = 0
  private troubleSince: number | undefined
  failures = 0

  constructor(startedAt: number) {
    this.startedAt = startedAt
  }

  /** Takes in a healthy search that began at `began`; returns the result once there is one. */
  judge({sure, unsure}: Sighting, began: number): SearchResult | undefined {
    this.healthy += 1
    this.failures = 0
    this.troubleSince = undefined
    const candidates = [...sure, ...unsure]
    for (const {id} of candidates) this.firstSeen.set(id, this.firstSeen.get(id) ?? began)
    const [only, ...others] = candidates
    if (only !== undefined && others.length === 0 && sure.length === 1) {
      const settled = began - (this.firstSeen.get(only.id) ?? began) >= SETTLE_MS
      return settled ? {kind: 'found', pipeline: only} : undefined
    }
    if (!this.isEnough(began) || this.mayClearUp(unsure, began)) return undefined
    return only === undefined ? {kind: 'none'} : {kind: 'several', pipelines: candidates}
  }

  private isEnough(began: number): boolean {
    return this.healthy >= HEALTHY_SEARCHES && began - this.startedAt >= SEARCH_WINDOW_MS
  }

  /** Whether CircleCI may soon tell more of a pipeline that has only just turned up. */
  private mayClearUp(unsure: readonly Pipeline[], began: number): boolean {
    const isNew = unsure.some(({id}) => began - (this.firstSeen.get(id) ?? began) < CLEARING_UP_MS)
    return isNew && began - this.startedAt < 2 * SEARCH_WINDOW_MS
  }

  nextGap(): number {
    return GAPS_MS[this.healthy - 1] ?? SETTLE_MS
  }

  /** Takes in a search that failed; returns how many milliseconds of trouble will still be borne. */
  patienceLeft(began: number, now: number): number {
    this.failures += 1
    this.troubleSince ??= began
    return this.troubleSince + SEARCH_PATIENCE_MS - now
  }
}
