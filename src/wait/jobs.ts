import type {Job} from '../circleci/model.ts'
import {jobStatus, provesLess} from '../circleci/statuses.ts'

/**
 * The jobs of a workflow after one more listing: a job that the listing lacks stays as it was, of two rows of one id that
 * which proves less counts, and an ended job stays ended.
 */
export function learnJobs(known: readonly Job[], listed: readonly Job[]): readonly Job[] {
  const rows = new Map<string, Job>()
  for (const job of listed) {
    const other = rows.get(job.id)
    if (other === undefined || provesLess('job', job.status, other.status)) rows.set(job.id, job)
  }
  const jobs = new Map(known.map(job => [job.id, job]))
  for (const [id, job] of rows) {
    const before = jobs.get(id)
    if (before === undefined || !jobStatus(before.status).ended) jobs.set(id, job)
  }
  return [...jobs.values()]
}

/** Whether a job waits for a person to approve it. */
export function isHeld(job: Job): boolean {
  return job.type === 'approval' && jobStatus(job.status).phase === 'on-hold'
}

/**
 * Whether nothing but approvals is left of these jobs. A blocked job whose dependencies have ended as it requires is
 * about to run; one that names none waits for something that cannot be seen.
 */
export function onlyHeld(jobs: readonly Job[]): boolean {
  const ends = new Map(jobs.map(({id, status}) => [id, status]))
  const isReady = ({dependencies, requires}: Job): boolean =>
    dependencies.length > 0 &&
    dependencies.every(id => (requires?.[id] ?? ['success']).includes(ends.get(id) ?? ''))
  return (
    jobs.some(isHeld) &&
    jobs.every(job => {
      const {phase, ended} = jobStatus(job.status)
      return ended || phase === 'on-hold' || (phase === 'blocked' && !isReady(job))
    })
  )
}
