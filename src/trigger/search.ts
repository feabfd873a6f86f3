import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {backoffMs, pause} from '../circleci/retry.ts'
import type {Pipeline} from '../circleci/model.ts'
import {Outage} from '../base/log.ts'
import type {SearchContext} from './first-read.ts'
import type {Intent} from './intent.ts'
import {MAX_PAGES, OwnPipelines, type Listed} from './listing.ts'
import {matchAge, type Finding} from './match.ts'

/** A pipeline that is, or could be, the one looked for. */
export interface Candidate extends Pipeline, Omit<Finding, 'match'> {
  readonly sure: boolean
  /** When the search began that saw it first, by our clock. */
  readonly seenAt: number
}

/** How a search ended. */
export type SearchResult =
  | {readonly kind: 'found'; readonly pipeline: Pipeline}
  /** Several healthy searches saw nothing that could be it. */
  | {readonly kind: 'none'}
  /** Several could be it, or one of which that is not certain. */
  | {readonly kind: 'several'; readonly pipelines: readonly Candidate[]}
  /** The search was denied from the start, or none was healthy for `PATIENCE_MS`. */
  | {readonly kind: 'failed'; readonly cause: RefusedError | UnavailableError}

/** A pipeline counts as absent only when a healthy search began this long after the first, in milliseconds. */
const WINDOW_MS = 15_000
/** Pauses between healthy searches; together they make the window. */
const GAPS_MS = [1_000, 2_000, 4_000, 8_000]
/** Fewer healthy searches than this prove nothing. */
const HEALTHY_SEARCHES = 3
/** How long a pipeline must have been the only one before it is taken: a second one may be late in the listing. */
const SETTLE_MS = 2_000
/** How long an uncertain pipeline is watched before that is final, in milliseconds. */
const CLEARING_UP_MS = 8_000
/** Longest time of nothing but failed searches, in milliseconds; refusals among them, of what was readable before. */
const PATIENCE_MS = 60_000
/** Pause after a search that was refused, in milliseconds. */
const REFUSED_PAUSE_MS = 10_000
/** How long one search retries its own faults, in milliseconds; another search follows. */
const SEARCH_PATIENCE_MS = 4_000

/**
 * Searches for the pipeline of an intent, several times with growing gaps, because listings lag behind, forget and come
 * in any order. The trigger uses it before it sends a request again, the post step to find what a killed step had in
 * flight. That there is none is not said before `until` (by the clock). Rejects only with an `AbortedError`.
 */
export async function findIntended(
  intent: Intent,
  context: SearchContext,
  until = 0
): Promise<SearchResult> {
  const {clock, random} = context
  const search = new Search(intent, context)
  const outage = new Outage(`The search for the pipeline in ${intent.slug}`, context)
  const window = {from: clock.now(), until: Math.max(until, clock.now() + WINDOW_MS)}
  let healthy = 0
  let failures = 0
  let failingSince: number | undefined
  for (;;) {
    const began = clock.now()
    let pauseMs: number
    try {
      const candidates = await search.look()
      outage.over()
      healthy += 1
      failures = 0
      failingSince = undefined
      const result = judge(candidates, {healthy, began, window})
      if (result !== undefined) return result
      const last = candidates.length > 0 ? SETTLE_MS : 8_000
      pauseMs = (GAPS_MS[healthy - 1] ?? last) * (1 + 0.1 * random())
    } catch (error) {
      const isRefused = error instanceof RefusedError
      if (!isRefused && !(error instanceof UnavailableError)) throw error
      failures += 1
      failingSince ??= began
      const leftMs = failingSince + PATIENCE_MS - clock.now()
      const wasReadable = intent.after !== undefined || healthy > 0
      if (leftMs <= 0 || (isRefused && !wasReadable)) return {kind: 'failed', cause: error}
      const wishedMs = isRefused
        ? REFUSED_PAUSE_MS
        : 500 + backoffMs(failures, random, error.retryAfterMs)
      pauseMs = Math.min(leftMs, wishedMs)
      outage.failed(error, pauseMs, leftMs)
    }
    await pause('The search for the pipeline', pauseMs, context)
  }
}

/**
 * What may be the pipeline of an intent's first request, after its second made the pipeline `id`: one search. That
 * pipeline is surely ours, so a fault here, or the end of the job, takes nothing away: it resolves with none.
 */
export async function findOthers(
  intent: Intent,
  id: string,
  context: SearchContext
): Promise<readonly Candidate[]> {
  try {
    const candidates = await new Search(intent, context).look()
    return candidates.filter(candidate => candidate.id !== id)
  } catch (error) {
    if (error instanceof AbortedError) return []
    if (!(error instanceof RefusedError || error instanceof UnavailableError)) throw error
    context.log.warning(
      `It is not known whether the first request created a pipeline, too: ${error.message}`
    )
    return []
  }
}

/** How far the searches have come by the latest healthy one, which began at `began`. */
interface Progress {
  readonly healthy: number
  readonly began: number
  /** Without a candidate it lasts until `until`, at least as long as one with candidates. */
  readonly window: {readonly from: number; readonly until: number}
}

/** The result; `undefined` while another search may show more. */
function judge(candidates: readonly Candidate[], progress: Progress): SearchResult | undefined {
  const proven = candidates.filter(candidate => candidate.proven)
  const [only, ...others] = proven.length > 0 ? proven : candidates
  if (only?.sure === true && others.length === 0) {
    const isSettled = progress.began - only.seenAt >= SETTLE_MS
    return isSettled ? {kind: 'found', pipeline: only} : undefined
  }
  if (!isEnough(candidates, progress)) return undefined
  return only === undefined ? {kind: 'none'} : {kind: 'several', pipelines: candidates}
}

/** CircleCI may soon show more of a pipeline that has only just turned up. */
function isEnough(candidates: readonly Candidate[], {healthy, began, window}: Progress): boolean {
  const until = candidates.length === 0 ? window.until : window.from + WINDOW_MS
  if (healthy < HEALTHY_SEARCHES || began < until) return false
  const clearsUp = candidates.some(({sure, seenAt}) => !sure && began - seenAt < CLEARING_UP_MS)
  return !clearsUp || began >= window.from + 2 * WINDOW_MS
}

/** Searches for the pipeline of one intent, once at a time, and forgets nothing it saw. */
class Search {
  readonly #intent: Intent
  readonly #context: SearchContext
  readonly #own: OwnPipelines
  readonly #seen = new Map<string, {row: Listed; sure: boolean; at: number}>()

  constructor(intent: Intent, context: SearchContext) {
    this.#intent = intent
    this.#context = context
    // A cancel may be waiting for what is found.
    const options = {signal: context.signal, patienceMs: SEARCH_PATIENCE_MS, urgent: true}
    this.#own = new OwnPipelines(intent, context, options)
  }

  /**
   * Searches once: what it sees, and what it saw before. Rejects with `RefusedError` when the listings are denied,
   * `UnavailableError` when they cannot be read to the end, `AbortedError` when the signal ended it.
   */
  async look(): Promise<readonly Candidate[]> {
    const at = this.#context.clock.now()
    const rows = await this.#list()
    // Remembered before more is read of them: when that fails, the next listing may lack them.
    for (const row of rows) {
      const {id} = row.pipeline
      if (!this.#seen.has(id)) this.#seen.set(id, {row, sure: false, at})
    }
    const candidates: Candidate[] = []
    for (const [id, seen] of this.#seen) {
      const listed = rows.filter(({pipeline}) => pipeline.id === id)
      const findings: Finding[] = []
      for (const row of listed.length > 0 ? listed : [seen.row])
        findings.push(await this.#own.examine(row, this.#since()))
      const {match, why, proven} = agreed(findings, seen.sure)
      if (match === 'no') {
        this.#seen.delete(id)
        continue
      }
      const sure = match === 'yes'
      seen.row = listed[0] ?? seen.row
      seen.sure ||= sure
      candidates.push({...seen.row.pipeline, sure, why, proven, seenAt: seen.at})
    }
    return candidates.sort((a, b) => b.number - a.number)
  }

  async #list(): Promise<readonly Listed[]> {
    const {slug, after = 0} = this.#intent
    const isPast = (pipeline: Pipeline): boolean =>
      matchAge({pipeline, since: this.#since(), mine: false}, this.#intent).match === 'no'
    const {rows, complete} = await this.#own.list(isPast)
    const isOutdated = after > 0 && rows.every(({pipeline}) => pipeline.number < after)
    if (complete && !isOutdated) return rows
    const problem = complete
      ? 'is older than the trigger'
      : `has more than ${MAX_PAGES} pages since the trigger`
    throw new UnavailableError(`The list of pipelines of ${slug}`, problem, {processed: 'no'})
  }

  /** When the request left by CircleCI's clock: as the intent has it, or computed from a `Date` that came later. */
  #since(): number | undefined {
    const {circleci, clock} = this.#context
    const {since, sentAt} = this.#intent
    const now = circleci.serverNow()
    return since ?? (now === undefined ? undefined : now - (clock.now() - sentAt))
  }
}

/** What the rows of one pipeline say together. One that was sure once is never ruled out again. */
function agreed(findings: readonly Finding[], wasSure: boolean): Finding {
  const [first = NO, ...others] = findings
  const proof = findings.find(({proven}) => proven)
  if (proof !== undefined) return proof
  const isOne = others.every(({match}) => match === first.match)
  if (isOne && (first.match === 'yes' || !wasSure)) return first
  return {match: 'unsure', why: 'the lists contradict each other about it', proven: false}
}

const NO: Finding = {match: 'no', why: '', proven: false}
