import type {CallOptions, CircleCI, PipelineQuery} from '../circleci/client.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Slug} from '../circleci/slug.ts'
import type {Clock} from '../base/clock.ts'
import type {Log} from '../base/log.ts'
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
 * Lists what the token's user started: `pipeline/mine`, and where that is denied or wanting, the project's list, of which
 * the pipelines are kept whose actor has the login of `GET /me` or that `pipeline/mine` shows, or none.
 */
export class OwnPipelines {
  private readonly slug: Slug
  private readonly circleci: PipelineReader
  private readonly options: CallOptions
  private login: string | undefined

  constructor(slug: Slug, circleci: PipelineReader, options: CallOptions) {
    this.slug = slug
    this.circleci = circleci
    this.options = options
  }

  /**
   * Lists until a page ends with a pipeline that `isPast` says is old enough. `isEnough` says whether `pipeline/mine`
   * will do. Rejects with a `RefusedError` when neither list can be relied upon.
   */
  async list(
    isPast: (pipeline: Pipeline) => boolean,
    isEnough: (pipelines: readonly Pipeline[]) => boolean
  ): Promise<Listing> {
    const mine = await unlessRefused(this.readPages({mine: true}, isPast))
    if (!(mine instanceof RefusedError) && isEnough(mine.pipelines)) return ofMine(mine)
    const own = mine instanceof RefusedError ? [] : mine.pipelines
    const project = await unlessRefused(this.listByLogin(isPast, own))
    if (mine instanceof RefusedError) {
      if (project instanceof RefusedError) throw mine
      return project
    }
    // A list without a single entry may be one that is not kept for this user: it proves nothing.
    const isKept = mine.pipelines.length > 0
    if (project instanceof RefusedError) {
      if (isKept) return ofMine(mine)
      throw project
    }
    if (!isKept) return project
    const {rows, complete} = ofMine(mine)
    return {rows: [...rows, ...project.rows], complete: complete && project.complete}
  }

  /**
   * Nothing says that an actor's login is that of `GET /me` (GitHub App projects, users without a GitHub account): until
   * one of ours is seen, another's may be ours. `own` are surely.
   */
  private async listByLogin(
    isPast: (pipeline: Pipeline) => boolean,
    own: readonly Pipeline[]
  ): Promise<Listing> {
    this.login ??= (await this.circleci.me(this.options)).login.toLowerCase()
    const {pipelines, complete} = await this.readPages({}, isPast)
    const logins = new Set([this.login, ...own.map(loginOf)])
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

  private async readPages(
    query: PipelineQuery,
    isPast: (pipeline: Pipeline) => boolean
  ): Promise<Pages> {
    const {circleci, slug, options} = this
    const pipelines: Pipeline[] = []
    let pages = 0
    for await (const page of circleci.pipelines(slug, query, options)) {
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

interface Pages {
  readonly pipelines: readonly Pipeline[]
  readonly complete: boolean
}

function ofMine({pipelines, complete}: Pages): Listing {
  return {rows: pipelines.map(pipeline => ({pipeline, user: 'yes', mine: true})), complete}
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
