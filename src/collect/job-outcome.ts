import {isFailed, jobStatus} from '../circleci/statuses.ts'
import type {JobRun} from '../record/result.ts'

/** A job CircleCI ran on a machine: only these have logs, tests and artifacts. */
export type BuildJob = JobRun & {readonly number: number}

/** The failed build jobs of the latest attempts, in the order given. */
export function failedBuildJobs(jobs: readonly JobRun[]): readonly BuildJob[] {
  return finishedBuildJobs(jobs).filter(({status}) => isFailed(status))
}

/** The build jobs of the latest attempts that ran and came to an end, in the order given. */
export function finishedBuildJobs(jobs: readonly JobRun[]): readonly BuildJob[] {
  return jobs.filter(isBuildJob).filter(({latest, status}) => {
    const {started, ended} = jobStatus(status)
    return latest && started && ended
  })
}

function isBuildJob(job: JobRun): job is BuildJob {
  return job.type === 'build' && job.number !== undefined
}
