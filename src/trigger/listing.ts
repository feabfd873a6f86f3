import type {CallOptions, CircleCI, PipelineQuery} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {retry} from '../circleci/retry.ts'
import type {Slug} from '../circleci/slug.ts'
import {timeLimit, type Clock} from '../base/clock.ts'
import {ShapeError} from '../base/json.ts'
import type {Log, Outage} from '../base/log.ts'
import type {Match} from './match.ts'

/** The part of CircleCI's API it takes to find a pipeline again. */
export type PipelineReader = Pick<
  CircleCI,
  'me' | 'project' | 'definitions' | 'pipelines' | 'pipelineValues' | 'pipelineConfig' | 'serverNow'
>

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

/** Most pages read of one listing; 20 pipelines a page were observed. */
export const MAX_PAGES = 10

/** How long the baseline may take, in milliseconds: it must not hold up a trigger. */
const BASELINE_LIMIT_MS = 3_000
/** How long something else may answer in CircleCI's place, in milliseconds. */
const FOREIGN_PATIENCE_MS = 60_000

/** One row of a listing. */
export interface Listed {
  readonly pipeline: Pipeline
  /** Whether the token's user started it; never `no`. */
  readonly user: Match
  /** Whether `pipeline/mine` lists it. */
  readonly mine: boolean
}

/** Pipelines of the token's user, as CircleCI listed them: in no certain order, and one perhaps twice. */
export interface Listing {
  readonly rows: readonly Listed[]
  /** False when there were more pages than are read. */
  readonly complete: boolean
}

/**
 * Lists what the token's user started: `pipeline/mine`, and where that is denied or holds nothing new, the project's list,
 * of which the pipelines are kept whose actor has the login of `GET /me` or that `pipeline/mine` shows, or none.
 */
export class OwnPipelines {
  readonly #slug: Slug
  readonly #circleci: PipelineReader
  readonly #options: CallOptions
  #login: string | undefined

  constructor(slug: Slug, circleci: PipelineReader, options: CallOptions) {
    this.#slug = slug
    this.#circleci = circleci
    this.#options = options
  }

  /**
   * Lists until a page ends with a pipeline that `isPast` says is old enough. Rejects with a `RefusedError` when neither
   * list can be relied upon.
   */
  async list(isPast: (pipeline: Pipeline) => boolean): Promise<Listing> {
    const mine = await unlessRefused(this.#readPages({mine: true}, isPast))
    const own = mine instanceof RefusedError ? [] : mine.pipelines
    const listed: Listing = {
      rows: own.map(pipeline => ({pipeline, user: 'yes', mine: true})),
      complete: !(mine instanceof RefusedError) && mine.complete
    }
    if (own.some(pipeline => !isPast(pipeline))) return listed
    const project = await unlessRefused(this.#listByLogin(isPast, own))
    // A list without a single entry may be one that is not kept for this user: it proves nothing.
    const isKept = own.length > 0
    if (project instanceof RefusedError) {
      if (isKept) return listed
      throw mine instanceof RefusedError ? mine : project
    }
    if (!isKept) return project
    return {
      rows: [...listed.rows, ...project.rows],
      complete: listed.complete && project.complete
    }
  }

  /**
   * Nothing says that an actor's login is that of `GET /me` (GitHub App projects, users without a GitHub account): until
   * one of ours is seen, another's may be ours. `own` are surely.
   */
  async #listByLogin(
    isPast: (pipeline: Pipeline) => boolean,
    own: readonly Pipeline[]
  ): Promise<Listing> {
    this.#login ??= (await this.#circleci.me(this.#options)).login.toLowerCase()
    const {pipelines, complete} = await this.#readPages({}, isPast)
    const logins = new Set([this.#login, ...own.map(loginOf)])
    const ids = new Set(own.map(({id}) => id))
    const isOurs = (pipeline: Pipeline): boolean => {
      const login = loginOf(pipeline)
      return ids.has(pipeline.id) || (login !== undefined && logins.has(login))
    }
    const known = [...own, ...pipelines].some(one => isOurs(one) && loginOf(one) !== undefined)
    const rows = pipelines.flatMap((pipeline): Listed[] => {
      if (isOurs(pipeline)) return [{pipeline, user: 'yes', mine: ids.has(pipeline.id)}]
      const isAnothers = known && loginOf(pipeline) !== undefined
      return isAnothers ? [] : [{pipeline, user: 'unsure', mine: false}]
    })
    return {rows, complete}
  }

  async #readPages(
    query: PipelineQuery,
    isPast: (pipeline: Pipeline) => boolean
  ): Promise<{readonly pipelines: readonly Pipeline[]; readonly complete: boolean}> {
    const pipelines: Pipeline[] = []
    let pages = 0
    for await (const page of this.#circleci.pipelines(this.#slug, query, this.#options)) {
      if (pages === MAX_PAGES) return {pipelines, complete: false}
      pages += 1
      pipelines.push(...page)
      if (endsInPast(page, isPast)) break
    }
    return {pipelines, complete: true}
  }
}

function loginOf({actorLogin}: Pipeline): string | undefined {
  return actorLogin === '' ? undefined : actorLogin?.toLowerCase()
}

/** Whether nothing new can follow a page: its last entry is past, and it is in order (nothing promises that). */
function endsInPast(
  pipelines: readonly Pipeline[],
  isPast: (pipeline: Pipeline) => boolean
): boolean {
  const last = pipelines.at(-1)
  const inOrder = pipelines.every(
    ({number}, index) => number <= (pipelines[index - 1]?.number ?? Infinity)
  )
  return last !== undefined && inOrder && isPast(last)
}

/** What was asked for, or CircleCI's no. Rejects with any other error. */
export async function unlessRefused<T>(promise: Promise<T>): Promise<T | RefusedError> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof RefusedError) return error
    throw error
  }
}

/** The error of a listing that has more pages than are read. */
export function incomplete(slug: string): UnavailableError {
  return broken(slug, `has more than ${MAX_PAGES} pages since the trigger`)
}

/** The error of a listing that lacks what was listed before the trigger. */
export function outdated(slug: string): UnavailableError {
  return broken(slug, 'is older than the trigger')
}

function broken(slug: string, problem: string): UnavailableError {
  return new UnavailableError(`The list of pipelines of ${slug}`, problem, {processed: 'no'})
}

/**
 * Reads `pipeline/mine` once before the first trigger in a project: what it lists was not made by that trigger, whatever
 * clocks say. Returns the highest number, 0 when it lists none, `undefined` when it could not be read. Without an answer, or with one that is a fault or a refusal, the trigger goes ahead. When something else
 * answers in CircleCI's place, it is asked again for a minute, then nothing is triggered: rejects with an `ActionError`
 * (`api-unavailable`); with an `AbortedError` when the signal ended it.
 */
export async function readBaseline(
  slug: Slug,
  outage: Outage,
  context: SearchContext
): Promise<number | undefined> {
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
    if (!(error instanceof UnavailableError)) throw error
    const {notCircleCI} = await import(/* webpackChunkName: "later" */ './failure.ts')
    throw notCircleCI(slug, error, context.host)
  }
}

/** Reads it once. Rejects with an `UnavailableError` only when something else answered in CircleCI's place. */
async function readOnce(
  slug: Slug,
  {circleci, clock, signal}: SearchContext
): Promise<number | undefined> {
  const limit = timeLimit(clock, BASELINE_LIMIT_MS, signal)
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
