import {backoffMs} from '../circleci/backoff.ts'
import type {CallOptions} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Clock} from '../base/clock.ts'
import type {Log} from '../base/log.ts'
import {Outage} from '../base/outage.ts'
import {Evidence} from './evidence.ts'
import {slugOfIntent, type Intent} from './intent.ts'
import {incomplete, outdated, OwnPipelines, type Listed, type PipelineReader} from './listing.ts'
import {matchAge, type Finding} from './match.ts'

/** What a search needs from outside. */
export interface SearchContext {
  readonly circleci: PipelineReader
  /** Origin of CircleCI. */
  readonly host: string
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** A pipeline that is, or could be, the one looked for. */
export interface Candidate extends Pipeline, Omit<Finding, 'match'> {
  readonly sure: boolean
}

/** How a search ended. */
export type SearchResult =
  | {readonly kind: 'found'; readonly pipeline: Pipeline}
  /** Several healthy searches saw nothing that could be it. */
  | {readonly kind: 'none'}
  /** Several could be it, or one of which it cannot be told. */
  | {readonly kind: 'several'; readonly pipelines: readonly Candidate[]}
  /** It could not be searched: denied from the first, or no healthy search for `SEARCH_PATIENCE_MS`. */
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
/** How long nothing but failing searches is borne, in milliseconds; refusals among them, of what was readable before. */
export const SEARCH_PATIENCE_MS = 60_000
/** Pause after a search that was refused, in milliseconds. */
const REFUSED_PAUSE_MS = 10_000
/** How long one search retries faults of its own, in milliseconds; whoever searches tries again afterwards. */
const LOOK_PATIENCE_MS = 4_000

/**
 * Searches for the pipeline an intent speaks of, several times with growing gaps, because listings lag behind, forget and
 * come in any order. The trigger uses it before it sends a request again, the post step to find what a killed step had in
 * flight. That there is none is not said before `until` (by the clock). Rejects only with an `AbortedError`.
 */
export async function findIntended(
  intent: Intent,
  context: SearchContext,
  until = 0
): Promise<SearchResult> {
  const {clock, random, signal} = context
  const lookout = new Lookout(intent, context)
  const memory = new SearchMemory(clock.now(), until)
  const outage = new Outage(`The search for the pipeline in ${intent.slug}`, context)
  for (;;) {
    const began = clock.now()
    let pause: number
    try {
      const candidates = await lookout.look()
      outage.over()
      const result = memory.judge(candidates, began)
      if (result !== undefined) return result
      pause = memory.nextGap() * (1 + 0.1 * random())
    } catch (error) {
      const isRefused = error instanceof RefusedError
      if (!isRefused && !(error instanceof UnavailableError)) throw error
      const wasReadable = intent.after !== undefined || memory.healthy > 0
      const leftMs = memory.patienceLeft(began, clock.now())
      if (leftMs <= 0 || (isRefused && !wasReadable)) return {kind: 'failed', cause: error}
      const wishedMs = isRefused
        ? REFUSED_PAUSE_MS
        : 500 + backoffMs(memory.failures, random, error.retryAfterMs)
      pause = Math.min(leftMs, wishedMs)
      outage.failed(error, pause, leftMs)
    }
    await clock.sleep(pause, signal)
    if (signal?.aborted === true) throw new AbortedError('The search for the pipeline')
  }
}

/** Looks for the pipeline of one intent, one search at a time, and forgets nothing it saw. */
export class Lookout {
  private readonly intent: Intent
  private readonly circleci: PipelineReader
  private readonly clock: Clock
  private readonly own: OwnPipelines
  private readonly evidence: Evidence
  private readonly seen = new Map<string, {readonly row: Listed; readonly sure: boolean}>()

  constructor(intent: Intent, context: SearchContext) {
    const {circleci, clock, signal} = context
    this.intent = intent
    this.circleci = circleci
    this.clock = clock
    // A cancel may be waiting for what is found.
    const options: CallOptions = {signal, patienceMs: LOOK_PATIENCE_MS, urgent: true}
    this.own = new OwnPipelines(slugOfIntent(intent), circleci, options)
    this.evidence = new Evidence(intent, context, options)
  }

  /**
   * Searches once: what it sees, and what it saw before. Rejects with `RefusedError` when the listings are denied,
   * `UnavailableError` when they cannot be read to the end, `AbortedError` when the signal ended it.
   */
  async look(): Promise<readonly Candidate[]> {
    const rows = new Map<string, readonly Listed[]>()
    for (const [id, {row}] of this.seen) rows.set(id, [row])
    for (const [id, listed] of byId(await this.list())) rows.set(id, listed)
    // Remembered before more is read of them: when that fails, the next listing may lack them.
    for (const [id, [row]] of rows) {
      if (row !== undefined && !this.seen.has(id)) this.seen.set(id, {row, sure: false})
    }
    const candidates: Candidate[] = []
    for (const [id, [row, ...twins]] of rows) {
      if (row === undefined) continue
      const findings: Finding[] = []
      for (const one of [row, ...twins])
        findings.push(await this.evidence.examine(one, this.since()))
      const wasSure = this.seen.get(id)?.sure === true
      const {match, why, proven} = agreed(findings, wasSure)
      if (match === 'no') {
        this.seen.delete(id)
        continue
      }
      const sure = match === 'yes'
      this.seen.set(id, {row, sure: sure || wasSure})
      candidates.push({...row.pipeline, sure, why, proven})
    }
    return candidates.sort((a, b) => b.number - a.number)
  }

  private async list(): Promise<readonly Listed[]> {
    const {slug, after = 0} = this.intent
    const isPast = (pipeline: Pipeline): boolean =>
      matchAge({pipeline, since: this.since(), mine: false}, this.intent).match === 'no'
    const isEnough = (pipelines: readonly Pipeline[]): boolean =>
      pipelines.some(pipeline => !isPast(pipeline))
    const {rows, complete} = await this.own.list(isPast, isEnough)
    if (!complete) throw incomplete(slug)
    if (after > 0 && rows.every(({pipeline}) => pipeline.number < after)) throw outdated(slug)
    return rows
  }

  /** When the request left by CircleCI's clock: told in the intent, or reckoned from a `Date` that came later. */
  private since(): number | undefined {
    const {since, sentAt} = this.intent
    const now = this.circleci.serverNow()
    return since ?? (now === undefined ? undefined : now - (this.clock.now() - sentAt))
  }
}

function byId(rows: readonly Listed[]): ReadonlyMap<string, readonly Listed[]> {
  const groups = new Map<string, Listed[]>()
  for (const row of rows) {
    groups.set(row.pipeline.id, [...(groups.get(row.pipeline.id) ?? []), row])
  }
  return groups
}

/** What the rows of one pipeline say together. Of one that was sure nothing makes a stranger any more. */
function agreed(findings: readonly Finding[], wasSure: boolean): Finding {
  const [first = NO, ...others] = findings
  const proof = findings.find(({proven}) => proven)
  if (proof !== undefined) return proof
  const isOne = others.every(({match}) => match === first.match)
  if (isOne && (first.match === 'yes' || !wasSure)) return first
  return {match: 'unsure', why: 'the lists say one thing and another of it', proven: false}
}

const NO: Finding = {match: 'no', why: '', proven: false}

/** Remembers what the searches so far saw, and judges the latest. */
class SearchMemory {
  private readonly startedAt: number
  private readonly until: number
  private readonly firstSeen = new Map<string, number>()
  /** How many searches were healthy. */
  healthy = 0
  private troubleSince: number | undefined
  failures = 0

  constructor(startedAt: number, until: number) {
    this.startedAt = startedAt
    this.until = Math.max(until, startedAt + SEARCH_WINDOW_MS)
  }

  /** Takes in a healthy search that began at `began`; returns the result once there is one. */
  judge(candidates: readonly Candidate[], began: number): SearchResult | undefined {
    this.healthy += 1
    this.failures = 0
    this.troubleSince = undefined
    for (const {id} of candidates) this.firstSeen.set(id, this.firstSeen.get(id) ?? began)
    const proven = candidates.filter(candidate => candidate.proven)
    const [only, ...others] = proven.length > 0 ? proven : candidates
    if (only?.sure === true && others.length === 0) {
      return this.ageOf(only, began) >= SETTLE_MS ? {kind: 'found', pipeline: only} : undefined
    }
    if (!this.isEnough(candidates, began)) return undefined
    return only === undefined ? {kind: 'none'} : {kind: 'several', pipelines: candidates}
  }

  /** Whether more searches would tell no more. CircleCI may soon tell more of a pipeline that has only just turned up. */
  private isEnough(candidates: readonly Candidate[], began: number): boolean {
    const lastMs = candidates.length === 0 ? this.until : this.startedAt + SEARCH_WINDOW_MS
    if (this.healthy < HEALTHY_SEARCHES || began < lastMs) return false
    const clearsUp = candidates.some(
      candidate => !candidate.sure && this.ageOf(candidate, began) < CLEARING_UP_MS
    )
    return !clearsUp || began - this.startedAt >= 2 * SEARCH_WINDOW_MS
  }

  private ageOf({id}: Candidate, began: number): number {
    return began - (this.firstSeen.get(id) ?? began)
  }

  nextGap(): number {
    const last = this.firstSeen.size > 0 ? SETTLE_MS : 8_000
    return GAPS_MS[this.healthy - 1] ?? last
  }

  /** Takes in a search that failed; returns how many milliseconds of trouble will still be borne. */
  patienceLeft(began: number, now: number): number {
    this.failures += 1
    this.troubleSince ??= began
    return this.troubleSince + SEARCH_PATIENCE_MS - now
  }
}
