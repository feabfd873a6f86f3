import type {CallOptions, CircleCI, PipelineQuery} from '../circleci/client.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Slug} from '../circleci/slug.ts'

/** The part of CircleCI's API it takes to find a pipeline again. */
export type PipelineReader = Pick<
  CircleCI,
  'me' | 'pipelinePage' | 'pipelineValues' | 'pipelineConfig' | 'serverNow'
>

/** Most pages read of one listing; 20 pipelines a page were observed. */
export const MAX_PAGES = 10

/** Pipelines, newest first. */
export interface Listing {
  readonly pipelines: readonly Pipeline[]
  /** False when there were more pages than are read. */
  readonly complete: boolean
}

/**
 * Lists what the token's user started, newest first: `pipeline/mine`, and where that is denied or wanting, the
 * project's list, of which only the pipelines whose actor has the login of `GET /me` are kept.
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
    if (!(mine instanceof RefusedError) && isEnough(mine.pipelines)) return mine
    const project = await unlessRefused(this.listByLogin(isPast))
    if (!(project instanceof RefusedError)) return project
    if (mine instanceof RefusedError) throw mine
    // A list without a single entry may be one that is not kept for this user: it proves nothing.
    if (mine.pipelines.length === 0) throw project
    return mine
  }

  private async listByLogin(isPast: (pipeline: Pipeline) => boolean): Promise<Listing> {
    this.login ??= (await this.circleci.me(this.options)).login
    const {pipelines, complete} = await this.readPages({}, isPast)
    return {pipelines: pipelines.filter(({actorLogin}) => actorLogin === this.login), complete}
  }

  private async readPages(
    query: PipelineQuery,
    isPast: (pipeline: Pipeline) => boolean
  ): Promise<Listing> {
    const {circleci, slug, options} = this
    const pipelines: Pipeline[] = []
    let token: string | undefined
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await circleci.pipelinePage(
        slug,
        token === undefined ? query : {...query, pageToken: token},
        options
      )
      pipelines.push(...page.items)
      token = page.next
      const last = page.items.at(-1)
      if (token === undefined || (last !== undefined && isPast(last))) {
        return {pipelines, complete: true}
      }
    }
    return {pipelines, complete: false}
  }
}

async function unlessRefused<T>(promise: Promise<T>): Promise<T | RefusedError> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof RefusedError) return error
    throw error
  }
}

/** The error of a listing that has more pages than are read. */
export function incomplete(slug: string): UnavailableError {
  return new UnavailableError(
    `The list of pipelines of ${slug}`,
    `has more than ${MAX_PAGES} pages since the trigger`,
    {processed: 'no'}
  )
}
