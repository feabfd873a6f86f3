import type {CallOptions, CircleCI} from '../circleci/client.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Slug} from '../circleci/slug.ts'

/** How far the clocks of CircleCI's own machines may be apart here, in milliseconds. */
const CLOCK_MARGIN_MS = 2_000

/** Pages read at most: this is a courtesy, not a search. */
const MAX_PAGES = 2

/**
 * Finds the pipeline that explains why another was canceled: with "auto-cancel redundant workflows" the next pipeline
 * on the same branch cancels the unfinished ones before it. Returns the first newer one that was there when the cancel
 * came (https://circleci.com/docs/skip-build/#auto-cancel). `undefined` for tags, when there is none, and when it cannot
 * be looked up. Rejects only with an `AbortedError`.
 */
export async function findSuperseding(
  pipeline: {readonly number: number; readonly branch: string | undefined},
  facts: {
    readonly slug: Slug
    /** When the canceled workflow stopped (ISO 8601); `undefined`: any newer pipeline counts. */
    readonly canceledAt: string | undefined
  },
  context: {
    readonly circleci: Pick<CircleCI, 'pipelines'>
    readonly signal?: AbortSignal | undefined
  }
): Promise<Pipeline | undefined> {
  const {branch} = pipeline
  if (branch === undefined) return undefined
  try {
    const newer = await listNewer(pipeline.number, facts.slug, branch, context)
    return newer
      .filter(other => wasThere(other, facts.canceledAt))
      .sort((a, b) => a.number - b.number)[0]
  } catch (error) {
    if (error instanceof AbortedError) throw error
    return undefined
  }
}

async function listNewer(
  number: number,
  slug: Slug,
  branch: string,
  {circleci, signal}: {circleci: Pick<CircleCI, 'pipelines'>; signal?: AbortSignal | undefined}
): Promise<readonly Pipeline[]> {
  const options: CallOptions = {signal, patienceMs: 5_000}
  const newer: Pipeline[] = []
  let pages = 0
  for await (const page of circleci.pipelines(slug, {branch}, options)) {
    newer.push(...page.filter(other => other.number > number && other.branch === branch))
    pages += 1
    if (pages === MAX_PAGES || page.some(other => other.number <= number)) break
  }
  return newer
}

function wasThere(other: Pipeline, canceledAt: string | undefined): boolean {
  if (canceledAt === undefined) return true
  const late = Date.parse(other.createdAt) - Date.parse(canceledAt)
  return !(late > CLOCK_MARGIN_MS)
}
