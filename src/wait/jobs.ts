import type {Job} from '../circleci/model.ts'

/** Statuses of a job that has ended. https://circleci.com/docs/api/v2/#operation/listWorkflowJobs */
const ENDED = new Set([
  'success',
  'failed',
  'canceled',
  'unauthorized',
  'not_run',
  'infrastructure_fail',
  'timedout',
  'terminated-unknown',
  'retried'
])

/**
 * The jobs of a workflow after one more listing: a job that the listing lacks stays as it was, of two rows of one id the
 * less finished counts, and an ended job stays ended.
 */
export function learnJobs(known: readonly Job[], listed: readonly Job[]): readonly Job[] {
  const rows = new Map<string, Job>()
  for (const job of listed) {
    const other = rows.get(job.id)
    if (other === undefined || liveliness(job) > liveliness(other)) rows.set(job.id, job)
  }
  const jobs = new Map(known.map(job => [job.id, job]))
  for (const [id, job] of rows) {
    const before = jobs.get(id)
    if (before === undefined || liveliness(before) > 0) jobs.set(id, job)
  }
  return [...jobs.values()]
}

function liveliness({status}: Job): number {
  if (ENDED.has(status)) return 0
  return ['on_hold', 'blocked'].indexOf(status) + 1 || 3
}

/** Whether a job waits for a person to approve it. */
export function isHeld(job: Job): boolean {
  return job.type === 'approval' && job.status === 'on_hold'
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
      if (job.status === 'blocked') return !isReady(job)
      return ENDED.has(job.status) || job.status === 'on_hold'
    })
  )
}
