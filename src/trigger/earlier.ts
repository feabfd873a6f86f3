import type {CallOptions, TriggerRequest} from '../circleci/client.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline, Ref} from '../circleci/model.ts'
import {formatSlug} from '../circleci/slug.ts'
import {errorMessage} from '../errors.ts'
import {Examiner} from './examiner.ts'
import {intentOf, refOfRequest} from './intent.ts'
import {OwnPipelines, type Listing, type PipelineReader} from './listing.ts'

/** The pipeline an earlier attempt made, or why there is none to speak of. */
export type EarlierResult =
  | {readonly kind: 'found'; readonly pipeline: Pipeline}
  /** `reason` is a clause to embed: `none of your 12 newest pipelines …`. */
  | {readonly kind: 'none'; readonly reason: string}

/**
 * Finds the pipeline that an earlier attempt of the same GitHub run triggered: the newest that the token's user started
 * by the API on the same ref, at the same commit (`revision`), with the same parameters. Reads `MAX_PAGES` pages at
 * most. Whatever keeps it from finding one is told as a reason; rejects only with an `AbortedError`.
 */
export async function findEarlier(
  request: TriggerRequest,
  revision: string,
  context: {
    readonly circleci: PipelineReader
    readonly random: () => number
    readonly signal?: AbortSignal | undefined
  }
): Promise<EarlierResult> {
  const {circleci, random} = context
  const options: CallOptions = {signal: context.signal}
  const examiner = new Examiner(intentOf(request, 0, random), circleci, options)
  try {
    const own = new OwnPipelines(request.slug, circleci, options)
    const listing = await own.list(
      () => false,
      pipelines => pipelines.length > 0
    )
    for (const pipeline of listing.pipelines) {
      if (pipeline.revision !== undefined && pipeline.revision !== revision) continue
      if ((await examiner.examine(pipeline, undefined)) !== 'yes') continue
      if ((await builtRevision(pipeline, examiner)) === revision) return {kind: 'found', pipeline}
    }
    return {kind: 'none', reason: describeMiss(request, revision, listing)}
  } catch (error) {
    if (error instanceof AbortedError) throw error
    return {
      kind: 'none',
      reason: `the pipelines of ${formatSlug(request.slug)} could not be searched: ${errorMessage(error)}`
    }
  }
}

/** The commit a pipeline built; where the listing lacks it (GitHub App) it is among the values. */
async function builtRevision(pipeline: Pipeline, examiner: Examiner): Promise<unknown> {
  return pipeline.revision ?? (await examiner.readValues(pipeline))?.['pipeline.git.revision']
}

function describeMiss(request: TriggerRequest, revision: string, listing: Listing): string {
  const slug = formatSlug(request.slug)
  const count = listing.pipelines.length
  if (count === 0) return `you have no pipelines in ${slug}`
  const none =
    count === 1
      ? 'your only pipeline'
      : `none of your ${listing.complete ? '' : 'newest '}${count} pipelines`
  return `${none} in ${slug} was ${count === 1 ? 'not ' : ''}triggered by the API for ${describeRef(refOfRequest(request))} at ${revision.slice(0, 7)} with these parameters`
}

function describeRef(ref: Ref | undefined): string {
  if (ref === undefined) return 'the default branch'
  return 'tag' in ref ? `tag ${ref.tag}` : `branch ${ref.branch}`
}
