import type {JobRecord, PipelineRecord, WorkflowRecord} from './records.ts'
import type {User} from './user.ts'
import {isTerminal, workflowNow} from './workflow.ts'
import {type World, behaviourOf} from './world.ts'

/** Approves a job; a second approval changes nothing. */
export function approveJob(world: World, job: JobRecord, user: User): void {
  job.approvedAt ??= world.now()
  job.approvedBy ??= user.id
}

/**
 * Asks for a workflow to be cancelled and says whether that will change anything. CircleCI answers at once and stops
 * the jobs a moment later.
 */
export function cancelWorkflow(world: World, workflow: WorkflowRecord, user: User): boolean {
  if (isTerminal(workflowNow(world, workflow).status)) return false
  workflow.canceledAt ??= world.now() + world.ms(behaviourOf(world).cancelDelay)
  workflow.canceledBy ??= user.id
  return true
}

/** Asks for one job to be cancelled and says whether that will change anything. */
export function cancelJob(
  world: World,
  workflow: WorkflowRecord,
  job: JobRecord,
  user: User
): boolean {
  const now = workflowNow(world, workflow).jobs.find(other => other.job === job)
  if (now === undefined || now.plan.stop <= world.now()) return false
  job.canceledAt ??= world.now() + world.ms(behaviourOf(world).cancelDelay)
  job.canceledBy ??= user.id
  return true
}

/** Continues a pipeline out of its setup phase. */
export function continuePipeline(world: World, pipeline: PipelineRecord): void {
  pipeline.continuedAt = world.now()
}
