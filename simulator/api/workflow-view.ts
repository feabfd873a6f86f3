import type {JobNow, WorkflowNow} from '../world/workflow.ts'
import type {JobRecord, WorkflowRecord} from '../world/records.ts'
import {createUser} from '../world/user.ts'
import type {World} from '../world/world.ts'
import {pastTimestamp, timestamp} from './timestamp.ts'

/** Returns a workflow as CircleCI lists it. There is no field that says which workflow it is a rerun of. */
export function workflowView(world: World, workflow: WorkflowRecord, now: WorkflowNow): object {
  const {spec, pipeline, autoRerunNumber} = workflow
  const canceledBy = now.status === 'canceled' ? cancelerOf(world, workflow) : undefined
  return {
    pipeline_id: pipeline.id,
    ...(canceledBy === undefined ? {} : {canceled_by: canceledBy}),
    id: workflow.id,
    ...(autoRerunNumber > 0 ? {auto_rerun_number: autoRerunNumber} : {}),
    name: spec.name,
    project_slug: world.scenario.project.slug,
    ...(now.status === 'error' ? {errored_by: workflow.startedBy.id} : {}),
    ...(workflow.setup ? {tag: 'setup'} : {}),
    status: now.status,
    started_by: workflow.startedBy.id,
    ...(spec.maxAutoReruns === undefined ? {} : {max_auto_reruns: spec.maxAutoReruns}),
    pipeline_number: pipeline.number,
    created_at: pastTimestamp(workflow.createdAt),
    stopped_at: timestamp(now.stoppedAt)
  }
}

/** Returns a job as `GET /workflow/{id}/job` lists it, beside the other jobs of its workflow. */
export function workflowJobView(world: World, now: JobNow, siblings: readonly JobNow[]): object {
  const {job, plan, status} = now
  const {name, type = 'build'} = job.spec
  const moment = world.now()
  const startedAt = timestamp(startOf(world, now))
  const requires = requirements(now, siblings)
  const approvedBy =
    type === 'approval' && status === 'success' ? approverOf(world, job) : undefined
  return {
    dependencies: Object.keys(requires),
    ...(hasNumber(now) ? {job_number: job.number} : {}),
    id: job.id,
    ...(startedAt === null ? {} : {started_at: startedAt}),
    name,
    project_slug: world.scenario.project.slug,
    status,
    type,
    requires,
    stopped_at: plan.stop <= moment ? timestamp(plan.stop) : null,
    ...(status === 'canceled' && job.canceledBy !== undefined ? {canceled_by: job.canceledBy} : {}),
    ...(type === 'approval' ? {approval_request_id: job.id} : {}),
    ...(approvedBy === undefined ? {} : {approved_by: approvedBy})
  }
}

/**
 * The document calls `started_at` required, but a job that has not started has none. An approval job has one although
 * nothing ran (Kesin11/CIAnalyzer#1125): taken to be its workflow's.
 */
function startOf(world: World, {job, plan}: JobNow): number | null {
  if (job.spec.type === 'approval') return job.workflow.createdAt
  return plan.start <= world.now() && plan.start < plan.stop ? plan.start : null
}

/** Nobody in particular cancels a workflow that a newer pipeline makes redundant. */
function cancelerOf({seed}: World, {canceledBy, spec}: WorkflowRecord): string | undefined {
  if (canceledBy !== undefined || spec.canceled === undefined) return canceledBy
  return createUser(seed, {login: spec.canceled.by ?? 'octo-dev'}).id
}

function approverOf({seed}: World, {approvedBy, spec}: JobRecord): string {
  return approvedBy ?? createUser(seed, {login: spec.approved?.by ?? 'octo-dev'}).id
}

/** A job gets its number when it leaves `blocked`; most approval jobs never do. */
function hasNumber({job, plan, status}: JobNow): boolean {
  const {type = 'build', numbered = type === 'build'} = job.spec
  return numbered && status !== 'blocked' && plan.ready !== Infinity
}

function requirements(
  {job}: JobNow,
  siblings: readonly JobNow[]
): Record<string, readonly string[]> {
  const entries = (job.spec.requires ?? []).flatMap(entry => {
    const {job: name, statuses} =
      typeof entry === 'string' ? {job: entry, statuses: ['success']} : entry
    const required = siblings.find(other => other.job.spec.name === name)
    return required === undefined ? [] : [[required.job.id, statuses] as const]
  })
  return Object.fromEntries(entries)
}
