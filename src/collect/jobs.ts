import {distinct, isFailed, jobStatus} from '../circleci/statuses.ts'
import type {Job} from '../circleci/model.ts'
import {linksFor} from '../circleci/slug.ts'
import type {JobRun, WorkflowAttempt} from '../record/result.ts'
import {mapBounded} from '../base/concurrency.ts'
import {SideChannel, type CollectContext} from './side-channel.ts'

/** Listing requests in flight at once. */
const REQUESTS_AT_ONCE = 4
/** Attempts beyond this many are reported without their jobs. */
const MAX_ATTEMPTS = 200

/** Whose jobs are to be read. */
export interface JobsRequest {
  readonly workflows: readonly WorkflowAttempt[]
  readonly host: string
  /** Whether a job of a workflow that decides is one that decides; `undefined`: all of them are. */
  readonly decides?: ((job: Job) => boolean) | undefined
}

/** What `collectJobs` found. */
export interface Jobs {
  /** In the order of the attempts. */
  readonly jobs: readonly JobRun[]
  /** Names of the workflows whose latest attempt's jobs are not there. */
  readonly unread: readonly string[]
  readonly omissions: readonly string[]
}

/**
 * The jobs of every attempt of every workflow, latest attempts first in line. One request an attempt (more for many
 * jobs). An attempt whose jobs cannot be read becomes an omission and one warning; rejects only with an
 * `AbortedError`.
 */
export async function collectJobs(
  {workflows, host, decides}: JobsRequest,
  context: CollectContext
): Promise<Jobs> {
  const {circleci, slug} = context
  const links = linksFor(host)
  const channel = new SideChannel('Some jobs', context)
  const read = workflows.toSorted((a, b) => Number(b.latest) - Number(a.latest))
  const unread: string[] = []
  const lists = await mapBounded(read.slice(0, MAX_ATTEMPTS), REQUESTS_AT_ONCE, async workflow => {
    const {id, name, attempt, latest, deciding, pipelineNumber} = workflow
    const jobs = await channel.attempt(`the jobs of workflow "${name}"`, options =>
      circleci.jobs(id, options)
    )
    if (jobs === undefined && latest) unread.push(name)
    return [...distinct('job', jobs ?? []).values()].map((job): JobRun => {
      // An approval may have a number too, but no page.
      const number = job.type === 'approval' ? undefined : job.number
      return {
        ...job,
        workflow: name,
        workflowId: id,
        attempt,
        latest,
        deciding: deciding && decides?.(job) !== false,
        url: number === undefined ? undefined : links.job(slug, pipelineNumber, id, number)
      }
    })
  })
  const omissions = [...channel.finish()]
  if (read.length > MAX_ATTEMPTS) {
    omissions.push(`The jobs of ${read.length - MAX_ATTEMPTS} earlier attempts were left out.`)
  }
  return {jobs: lists.flat(), unread, omissions}
}

/** A job CircleCI ran on a machine: only these have logs, tests and artifacts. */
export type BuildJob = JobRun & {readonly number: number}

/** The failed build jobs of the latest attempts, in the order given. */
export function failedBuildJobs(jobs: readonly JobRun[]): readonly BuildJob[] {
  return finishedBuildJobs(jobs).filter(({status}) => isFailed(status))
}

/** The build jobs of the latest attempts that ran and came to an end, in the order given. */
export function finishedBuildJobs(jobs: readonly JobRun[]): readonly BuildJob[] {
  return jobs.filter((job): job is BuildJob => {
    const {started, ended} = jobStatus(job.status)
    return job.type === 'build' && job.number !== undefined && job.latest && started && ended
  })
}
