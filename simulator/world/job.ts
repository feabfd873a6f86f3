import type {RequirementSpec} from '../scenario.ts'
import type {JobRecord, WorkflowRecord} from './records.ts'
import {type World, behaviourOf} from './world.ts'

/** When things happen to a job, in milliseconds since the epoch; `Infinity` is "not in sight". */
export interface JobPlan {
  /** Its requirements are met. */
  readonly ready: number
  /** A machine takes it; `Infinity` when none ever does. */
  readonly start: number
  readonly stop: number
  /** Its status from `stop` on. */
  readonly end: string
}

/** A job with its plan. */
export interface PlannedJob {
  readonly job: JobRecord
  readonly plan: JobPlan
}

const never = Infinity

/** Returns when each of a workflow's jobs is ready, starts and stops, as far as that is settled now. */
export function planJobs(world: World, workflow: WorkflowRecord): PlannedJob[] {
  const plans = new Map<JobRecord, JobPlan>()
  const planOf = (job: JobRecord): JobPlan => {
    const known = plans.get(job)
    if (known !== undefined) return known
    const siblings = job.workflow.jobs
    const plan = planJob(world, job, name => {
      const required = siblings.find(other => other.spec.name === name)
      return required === undefined ? undefined : planOf(required)
    })
    plans.set(job, plan)
    return plan
  }
  return workflow.jobs.map(job => ({job, plan: planOf(job)}))
}

/** Returns a job's status at a time. */
export function jobStatus(job: JobRecord, plan: JobPlan, now: number): string {
  if (now >= plan.stop) return plan.end
  if (now < plan.ready) return 'blocked'
  if (job.spec.type === 'approval') return 'on_hold'
  return now < plan.start ? (job.spec.waiting ?? 'queued') : 'running'
}

/** Returns when a workflow's first jobs may start: after the statuses a scenario puts before. */
export function jobsStartAt(world: World, {createdAt, spec}: WorkflowRecord): number {
  return createdAt + world.ms((spec.before ?? []).reduce((sum, {seconds}) => sum + seconds, 0))
}

type Lookup = (name: string) => JobPlan | undefined

function planJob(world: World, job: JobRecord, lookup: Lookup): JobPlan {
  return cutShort(
    job,
    cancelTime(world, job),
    plannedRun(world, job, readiness(world, job, lookup))
  )
}

function cancelTime(world: World, {canceledAt, workflow}: JobRecord): number {
  return Math.min(canceledAt ?? never, workflowCancelTime(world, workflow))
}

/** Returns when a cancel of the workflow takes effect: by request, by the scenario, or by a newer pipeline. */
export function workflowCancelTime(world: World, workflow: WorkflowRecord): number {
  const {spec, pipeline, createdAt, attempt} = workflow
  const canceled = attempt === 1 ? spec.canceled : undefined
  return Math.min(
    workflow.canceledAt ?? never,
    canceled === undefined ? never : createdAt + world.ms(canceled.after),
    // Reruns, by hand or not, are spared: https://circleci.com/docs/guides/orchestrate/skip-build/
    attempt > 1 ? never : Math.max(pipeline.supersededAt ?? never, createdAt)
  )
}

interface Readiness {
  readonly ready: number
  /** When it became certain that the requirements will never be met. */
  readonly unmetAt: number
}

function readiness(world: World, job: JobRecord, lookup: Lookup): Readiness {
  let ready = jobsStartAt(world, job.workflow)
  let unmetAt = never
  for (const requirement of (job.spec.requires ?? []).map(toRequirement)) {
    const plan = lookup(requirement.job)
    if (plan === undefined) continue
    ready = Math.max(ready, plan.stop)
    const refused = plan.stop !== never && !requirement.statuses.includes(plan.end)
    if (refused) unmetAt = Math.min(unmetAt, plan.stop)
  }
  return unmetAt === never ? {ready, unmetAt} : {ready: never, unmetAt}
}

function toRequirement(requirement: string | RequirementSpec): RequirementSpec {
  return typeof requirement === 'string' ? {job: requirement, statuses: ['success']} : requirement
}

function plannedRun(world: World, job: JobRecord, {ready, unmetAt}: Readiness): JobPlan {
  const {type, queue = 0.2, run = 1, outcome = 'success', approved} = job.spec
  if (unmetAt !== never) return {ready, start: never, stop: unmetAt, end: behaviourOf(world).unmet}
  if (type === 'approval') {
    const byScenario = approved === undefined ? never : ready + world.ms(approved.after)
    return {
      ready,
      start: ready,
      stop: Math.min(job.approvedAt ?? never, byScenario),
      end: 'success'
    }
  }
  const start = ready + world.ms(queue)
  if (outcome === 'unauthorized' || outcome === 'not_run') {
    return {ready, start: never, stop: start, end: outcome}
  }
  return {ready, start, stop: start + world.ms(run), end: outcome}
}

function cutShort(job: JobRecord, at: number, plan: JobPlan): JobPlan {
  if (at >= plan.stop) return plan
  const started = job.spec.type !== 'approval' && plan.start < at
  return {...plan, start: started ? plan.start : never, stop: at, end: 'canceled'}
}
