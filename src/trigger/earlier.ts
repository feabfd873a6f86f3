import type {TriggerRequest} from '../circleci/trigger-request.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {formatSlug, linksFor} from '../circleci/slug.ts'
import {errorMessage} from '../base/errors.ts'
import type {SearchContext} from './first-read.ts'
import {earlierIds, intentOf, refOfRequest, type RunAttempt} from './intent.ts'
import {OwnPipelines, type Listed, type Listing} from './listing.ts'
import type {Finding} from './match.ts'
import {describeRef} from './ref.ts'

/** Which pipeline is looked for. */
interface Sought {
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
 * such a request, or the only one that fits it at the same commit. Reads `MAX_PAGES` pages at most. Where there is
 * none, or a doubt, it resolves with the reason, a clause to embed; rejects only with an `AbortedError`.
 */
export async function findEarlier(
  sought: Sought,
  context: SearchContext
): Promise<Pipeline | string> {
  const {random, host, signal} = context
  const {request, revision, run} = sought
  const {slug} = request
  const intent = intentOf(request, {sentAt: 0}, random)
  const own = new OwnPipelines(intent, context, {signal}, earlierIds(request, run))
  try {
    const listing = await own.list(() => false)
    const possible = new Map<string, Possible>()
    for (const row of listing.rows) {
      const {pipeline} = row
      const finding = await examine(row, revision, own)
      if (finding.match !== 'no') possible.set(pipeline.id, {...finding, pipeline})
    }
    if (possible.size === 0) return describeMiss(sought, listing)
    return judge([...possible.values()], number => linksFor(host).pipeline(slug, number))
  } catch (error) {
    if (error instanceof AbortedError) throw error
    return `the pipelines of ${formatSlug(slug)} could not be searched: ${errorMessage(error)}`
  }
}

/** Every pipeline is newer. */
const WHENEVER = 0

/** Compares a pipeline with the request, and the commit it built; where the listing lacks that it is among the values. */
async function examine(row: Listed, revision: string, own: OwnPipelines): Promise<Finding> {
  const {pipeline} = row
  const other: Finding = {match: 'no', why: 'it was built from another commit', proven: false}
  if (pipeline.revision !== undefined && pipeline.revision !== revision) return other
  const finding = await own.examine(row, WHENEVER)
  if (finding.match === 'no' || pipeline.revision !== undefined) return finding
  const built = (await own.readValues(pipeline))?.['pipeline.git.revision'] ?? ''
  if (built === revision || finding.proven) return finding
  return built === ''
    ? {match: 'unsure', why: 'CircleCI does not say from which commit it was built', proven: false}
    : other
}

/** What is certain of the pipelines it could be, of which there is one at least. */
function judge(possible: readonly Possible[], link: (number: number) => string): Pipeline | string {
  const proven = possible.filter(one => one.proven)
  const left = proven.length > 0 ? proven : possible
  const list = left.map(({pipeline: {number}}) => `#${number} ${link(number)}`).join(', ')
  const [only] = left
  if (only === undefined || left.length > 1) {
    return `it is not certain which of these belongs to the earlier attempt: ${list}`
  }
  if (only.match === 'yes') return only.pipeline
  return `it is not certain that ${list} belongs to the earlier attempt (${only.why})`
}

function describeMiss({request, revision}: Sought, {rows, complete}: Listing): string {
  const slug = formatSlug(request.slug)
  const count = rows.length
  if (count === 0) return `you have no pipelines in ${slug}`
  const which =
    count === 1
      ? `your only pipeline in ${slug} was not`
      : `none of your ${complete ? '' : 'newest '}${count} pipelines in ${slug} was`
  const ref = refOfRequest(request)
  const what = ref === undefined ? 'the default branch' : describeRef(ref)
  return `${which} triggered by the API for ${what} at ${revision.slice(0, 7)} with these parameters`
}
