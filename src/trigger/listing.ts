import type {CallOptions, CircleCI, PipelineQuery} from '../circleci/client.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Slug} from '../circleci/slug.ts'

/** Most pages read of one listing; 20 pipelines a page were observed. */
export const MAX_PAGES = 10

/** Reads pipelines, newest first, until a page ends with one that `isPast` says is old enough, or there are no more. */
export async function listPipelines(
  circleci: CircleCI,
  slug: Slug,
  query: PipelineQuery,
  isPast: (pipeline: Pipeline) => boolean,
  options: CallOptions
): Promise<{pipelines: readonly Pipeline[]; complete: boolean}> {
  const pipelines: Pipeline[] = []
  let pageToken: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await circleci.pipelinePage(
      slug,
      pageToken === undefined ? query : {...query, pageToken},
      options
    )
    pipelines.push(...page.items)
    pageToken = page.next
    const last = page.items.at(-1)
    if (pageToken === undefined || (last !== undefined && isPast(last))) {
      return {pipelines, complete: true}
    }
  }
  return {pipelines, complete: false}
}

/** A listing that names only pipelines of the token's user. */
export interface OwnListing {
  readonly pipelines: readonly Pipeline[]
  /** False when there were more pages than are read. */
  readonly complete: boolean
}

/**
 * Lists what the token's user started, newest first: `pipeline/mine`, and where that is denied or `isEnough` finds it
 * wanting, the project's list, of which only the pipelines whose actor has the login of `GET /me` are kept.
 * Rejects with the `RefusedError` of `pipeline/mine` when neither may be read.
 */
export async function listOwnPipelines(
  circleci: CircleCI,
  slug: Slug,
  isPast: (pipeline: Pipeline) => boolean,
  isEnough: (pipelines: readonly Pipeline[]) => boolean,
  options: CallOptions
): Promise<OwnListing> {
  const mine = await unlessRefused(listPipelines(circleci, slug, {mine: true}, isPast, options))
  if (!(mine instanceof RefusedError) && isEnough(mine.pipelines)) return mine
  const project = await unlessRefused(listByLogin(circleci, slug, isPast, options))
  if (!(project instanceof RefusedError)) return project
  if (mine instanceof RefusedError) throw mine
  return mine
}

async function listByLogin(
  circleci: CircleCI,
  slug: Slug,
  isPast: (pipeline: Pipeline) => boolean,
  options: CallOptions
): Promise<OwnListing> {
  const {login} = await circleci.me(options)
  const listing = await listPipelines(circleci, slug, {}, isPast, options)
  return {...listing, pipelines: listing.pipelines.filter(({actorLogin}) => actorLogin === login)}
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
