import type {Artifact, JobRun, WorkflowAttempt} from '../record/result.ts'
import {mapBounded} from './concurrency.ts'
import type {CollectContext} from './context.ts'
import {finishedBuildJobs, type BuildJob} from './job-outcome.ts'
import {readPages} from './pages.ts'
import {SIDE_PATIENCE_MS, sideChannel} from './side-channel.ts'

/** Listing requests in flight at once. CircleCI's limits are per user, and others use the same token. */
const LISTINGS_AT_ONCE = 8
/** A guard, not a limit: pages hold 20 items or more, so this is at least 200,000 artifacts of one job. */
const MAX_PAGES = 10_000

/** A job whose artifacts were listed. */
export interface ArtifactJob {
  readonly workflow: string
  readonly job: string
  readonly jobNumber: number
  /** Whether artifacts of more than one node, or of a node other than the first, were seen. */
  readonly parallel: boolean
}

/** What `listArtifacts` found. */
export interface ArtifactListing {
  /** Ordered by workflow, job, node and path. */
  readonly artifacts: readonly Artifact[]
  /** Every job that was looked at, with artifacts or without. */
  readonly jobs: readonly ArtifactJob[]
  /** What could not be listed, as `job "test"`: a download of "all" would be incomplete. */
  readonly unlisted: readonly string[]
  /** What could not be read, in sentences. */
  readonly omissions: readonly string[]
}

/**
 * Lists the artifacts of all finished build jobs (failed ones too) of the deciding workflows' latest attempts: all
 * pages, a bounded number of requests in flight. A job that cannot be listed becomes an omission and one warning;
 * rejects only with an `AbortedError`.
 */
export async function listArtifacts(
  run: {readonly workflows: readonly WorkflowAttempt[]; readonly jobs: readonly JobRun[]},
  context: CollectContext
): Promise<ArtifactListing> {
  const deciding = new Set(
    run.workflows.filter(workflow => workflow.deciding && workflow.latest).map(({id}) => id)
  )
  const jobs = finishedBuildJobs(run.jobs).filter(job => deciding.has(job.workflowId))
  const channel = sideChannel('Some artifact listings', context)
  const unlisted: string[] = []
  const found = await mapBounded(jobs, LISTINGS_AT_ONCE, async job => {
    const artifacts: Artifact[] = []
    const complete = await channel.attempt(`the artifact list of job "${job.name}"`, () =>
      readArtifacts(job, artifacts, context)
    )
    if (complete === undefined) unlisted.push(`job "${job.name}"`)
    return artifacts
  })
  return {
    artifacts: sortArtifacts(found.flat()),
    jobs: jobs.map((job, index) => describeJob(job, found[index] ?? [])),
    unlisted: unlisted.sort(),
    omissions: channel.finish()
  }
}

async function readArtifacts(
  job: BuildJob,
  into: Artifact[],
  {circleci, slug, signal}: CollectContext
): Promise<true> {
  const seen = new Set<string>()
  const complete = await readPages(
    token => circleci.artifactPage(slug, job.number, token, {signal, patienceMs: SIDE_PATIENCE_MS}),
    MAX_PAGES,
    items => {
      for (const {path, nodeIndex, url} of items) {
        // Pages can overlap when something is uploaded in between.
        const key = JSON.stringify([nodeIndex, path, url])
        if (seen.has(key)) continue
        seen.add(key)
        const {workflow, name, number} = job
        into.push({workflow, job: name, jobNumber: number, nodeIndex, path, url})
      }
    }
  )
  if (!complete) throw new Error('its pages do not end')
  return true
}

function describeJob(job: BuildJob, artifacts: readonly Artifact[]): ArtifactJob {
  return {
    workflow: job.workflow,
    job: job.name,
    jobNumber: job.number,
    parallel: artifacts.some(({nodeIndex}) => nodeIndex > 0)
  }
}

/** Orders artifacts by workflow, job, node and path, by code units: the same on every machine and in every locale. */
export function sortArtifacts(artifacts: readonly Artifact[]): readonly Artifact[] {
  return [...artifacts].sort(
    (a, b) =>
      compare(a.workflow, b.workflow) ||
      compare(a.job, b.job) ||
      a.jobNumber - b.jobNumber ||
      a.nodeIndex - b.nodeIndex ||
      compare(a.path, b.path) ||
      compare(a.url, b.url)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
