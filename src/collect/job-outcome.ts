import type {JobRun} from '../record/result.ts'

/** A job CircleCI ran on a machine: only these have logs, tests and artifacts. */
export type BuildJob = JobRun & {readonly number: number}

/**
 * Statuses of a job that went wrong by itself. `canceled` is somebody's decision, and `unauthorized`, `not_run` and
 * `blocked` jobs never ran. Values: CircleCI's OpenAPI document, `GET /workflow/{id}/job`.
 */
const FAILED = new Set(['failed', 'timedout', 'infrastructure_fail', 'terminated-unknown'])
const FINISHED = new Set([...FAILED, 'success', 'canceled', 'retried'])

/** Whether a status of a job, step or action says that it failed. */
export function isFailed(status: string): boolean {
  return FAILED.has(status)
}

/** The failed build jobs of the latest attempts, in the order given. */
export function failedBuildJobs(jobs: readonly JobRun[]): readonly BuildJob[] {
  return jobs.filter(isBuildJob).filter(job => job.latest && isFailed(job.status))
}

/** The build jobs of the latest attempts that ran and came to an end, in the order given. */
export function finishedBuildJobs(jobs: readonly JobRun[]): readonly BuildJob[] {
  return jobs.filter(isBuildJob).filter(job => job.latest && FINISHED.has(job.status))
}

function isBuildJob(job: JobRun): job is BuildJob {
  return job.type === 'build' && job.number !== undefined
}
