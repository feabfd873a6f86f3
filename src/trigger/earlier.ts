import type {CallOptions} from '../circleci/client.ts'
import type {TriggerRequest} from '../circleci/trigger-request.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline, Ref} from '../circleci/model.ts'
import {formatSlug, linksFor} from '../circleci/slug.ts'
import {errorMessage} from '../base/errors.ts'
import {Evidence} from './evidence.ts'
import {intentOf, refOfRequest} from './intent.ts'
import {OwnPipelines, type Listed, type Listing, type SearchContext} from './listing.ts'
import type {Finding} from './match.ts'
import {earlierIds, type RunAttempt} from './request-id.ts'

/** The pipeline an earlier attempt made, or why there is none to speak of. */
export type EarlierResult =
  | {readonly kind: 'found'; readonly pipeline: Pipeline}
  /** `reason` is a clause to embed: `none of your 12 newest pipelines ...`. */
  | {readonly kind: 'none'; readonly reason: string}

/** Which pipeline is looked for. */
export interface Sought {
  /** As it was before its `{request-id}` was replaced. */
  readonly request: TriggerRequest
  /** The commit that was to be built. */
  readonly revision: string
  readonly run: RunAttempt
}

/** A pipeline that is, or could be, the one. */
interface Possible extends Finding {
  readonly pipeline: Pipeline
}

/**
 * Finds for certain the pipeline that an earlier attempt of the same GitHub run triggered: the one that holds the id of
 * such a request, or the only one that fits it at the same commit. Reads `MAX_PAGES` pages at most. Whatever keeps it
 * from being certain is told as a reason; rejects only with an `AbortedError`.
 */
export async function findEarlier(sought: Sought, context: SearchContext): Promise<EarlierResult> {
  const {circleci, random, host} = context
  const {request, revision, run} = sought
  const options: CallOptions = {signal: context.signal}
  const intent = intentOf(request, {sentAt: 0}, random)
  const evidence = new Evidence(intent, context, options, earlierIds(request, run))
  try {
    const own = new OwnPipelines(request.slug, circleci, options)
    const listing = await own.list(() => false)
    const possible = new Map<string, Possible>()
    for (const row of listing.rows) {
      const {match, why, proven} = await examine(row, revision, evidence)
      if (match !== 'no')
        possible.set(row.pipeline.id, {pipeline: row.pipeline, match, why, proven})
    }
    return (
      judge([...possible.values()], number => linksFor(host).pipeline(request.slug, number)) ?? {
        kind: 'none',
        reason: describeMiss(request, revision, listing)
      }
    )
  } catch (error) {
    if (error instanceof AbortedError) throw error
    return {
      kind: 'none',
      reason: `the pipelines of ${formatSlug(request.slug)} could not be searched: ${errorMessage(error)}`
    }
  }
}

/** Every pipeline is newer. */
const WHENEVER = 0

/** Compares a pipeline with the request, and the commit it built; where the listing lacks that it is among the values. */
async function examine(row: Listed, revision: string, evidence: Evidence): Promise<Finding> {
  const {pipeline} = row
  const other: Finding = {match: 'no', why: 'it was built from another commit', proven: false}
  if (pipeline.revision !== undefined && pipeline.revision !== revision) return other
  const finding = await evidence.examine(row, WHENEVER)
  if (finding.match === 'no' || pipeline.revision !== undefined) return finding
  const told = (await evidence.readValues(pipeline))?.['pipeline.git.revision']
  if (told === revision || finding.proven) return finding
  const isTold = told !== undefined && told !== ''
  return isTold
    ? other
    : {match: 'unsure', why: 'CircleCI does not say from which commit it was built', proven: false}
}

/** What is certain of the pipelines it could be; `undefined` when there are none. */
function judge(
  possible: readonly Possible[],
  link: (number: number) => string
): EarlierResult | undefined {
  const proven = possible.filter(one => one.proven)
  const [only, ...others] = proven.length > 0 ? proven : possible
  if (only === undefined) return undefined
  const {number} = only.pipeline
  if (others.length > 0) {
    const list = [only, ...others].map(
      one => `#${one.pipeline.number} ${link(one.pipeline.number)}`
    )
    return {
      kind: 'none',
      reason: `it is not certain which of these belongs to the earlier attempt: ${list.join(', ')}`
    }
  }
  if (only.match === 'yes') return {kind: 'found', pipeline: only.pipeline}
  return {
    kind: 'none',
    reason: `it is not certain that #${number} ${link(number)} belongs to the earlier attempt (${only.why})`
  }
}

function describeMiss(request: TriggerRequest, revision: string, listing: Listing): string {
  const slug = formatSlug(request.slug)
  const count = listing.rows.length
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
