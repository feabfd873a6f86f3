import {type JobPlan, jobStatus, jobsStartAt, planJobs, workflowCancelTime} from './job.ts'
import type {JobRecord, WorkflowRecord} from './records.ts'
import {type World, behaviourOf} from './world.ts'

/** A job as it is at one moment. */
export interface JobNow {
  readonly job: JobRecord
  readonly plan: JobPlan
  readonly status: string
}

/** A workflow as it is at one moment. */
export interface WorkflowNow {
  readonly status: string
  /** When it finished, in milliseconds since the epoch, or null. */
  readonly stoppedAt: number | null
  readonly jobs: readonly JobNow[]
}

/** Statuses after which a workflow never changes: https://circleci.com/docs/guides/orchestrate/workflows/ */
const terminal = new Set(['success', 'failed', 'error', 'canceled', 'unauthorized', 'not_run'])

/** Statuses of jobs that make their workflow `failed`. */
const failures = new Set(['failed', 'infrastructure_fail', 'timedout', 'terminated-unknown'])

/** Returns a workflow and its jobs at a time. */
export function workflowNow(
  world: World,
  workflow: WorkflowRecord,
  now = world.now()
): WorkflowNow {
  const jobs = planJobs(world, workflow).map(({job, plan}) => {
    return {job, plan, status: jobStatus(job, plan, now)}
  })
  const {forced} = workflow
  const {status, since} =
    forced !== undefined && forced.since <= now ? forced : settle(world, workflow, jobs, now)
  return {status, stoppedAt: terminal.has(status) ? since : null, jobs}
}

/** Says whether a workflow with this status is over. */
export function isTerminal(status: string): boolean {
  return terminal.has(status)
}

interface Settled {
  readonly status: string
  readonly since: number
}

function settle(
  world: World,
  workflow: WorkflowRecord,
  jobs: readonly JobNow[],
  now: number
): Settled {
  const base = jobsStartAt(world, workflow)
  const cancel = workflowCancelTime(world, workflow)
  const cutShort =
    cancel < base || jobs.some(({plan}) => plan.end === 'canceled' && plan.stop === cancel)
  if (cutShort && now >= cancel) return {status: 'canceled', since: cancel}
  if (now < base) return {status: statusBefore(world, workflow, now), since: workflow.createdAt}
  const finish = Math.max(base, ...jobs.map(({plan}) => plan.stop))
  if (now >= finish) return {status: workflow.spec.ends ?? verdict(jobs), since: finish}
  return {status: progress(jobs, now, behaviourOf(world).holdStatus), since: base}
}

function statusBefore(world: World, {createdAt, spec}: WorkflowRecord, now: number): string {
  let until = createdAt
  for (const {status, seconds} of spec.before ?? []) {
    until += world.ms(seconds)
    if (now < until) return status
  }
  return 'running'
}

function verdict(jobs: readonly JobNow[]): string {
  const ends = jobs.map(({plan}) => plan.end)
  if (ends.some(end => failures.has(end))) return 'failed'
  if (ends.includes('unauthorized')) return 'unauthorized'
  if (ends.includes('canceled')) return 'canceled'
  return ends.includes('success') ? 'success' : 'not_run'
}

/** A workflow is on hold only when nothing but approvals is left to happen. */
function progress(jobs: readonly JobNow[], now: number, holdStatus: string): string {
  const statuses = jobs.map(({status}) => status)
  if (statuses.some(status => failures.has(status))) return 'failing'
  const active = jobs.some(
    ({job, plan}) => job.spec.type !== 'approval' && plan.ready <= now && now < plan.stop
  )
  return !active && statuses.includes('on_hold') ? holdStatus : 'running'
}
