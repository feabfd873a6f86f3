import type {WorkflowSpec} from '../scenario.ts'
import type {ParameterValue, PipelineRecord} from './records.ts'
import {workflowNow} from './workflow.ts'
import type {World} from './world.ts'

/** The states a pipeline goes through: https://circleci.com/docs/guides/orchestrate/pipelines/ */
export type PipelineState = 'created' | 'errored' | 'setup-pending' | 'setup' | 'pending'

const never = Infinity

/**
 * Returns a pipeline's state at a time. Every pipeline is `created` for a moment first, before it is pending, so that
 * `created` right after the trigger proves nothing.
 */
export function pipelineState(
  world: World,
  pipeline: PipelineRecord,
  now = world.now()
): PipelineState {
  const {created, pending} = durations(world, pipeline)
  const first = pipeline.createdAt + created
  if (now < first) return 'created'
  if (now < first + pending) return pipeline.spec.setup === undefined ? 'pending' : 'setup-pending'
  if (pipeline.errors.length > 0) return 'errored'
  if (pipeline.spec.setup === undefined) return 'created'
  const continued = continuedAt(world, pipeline)
  if (now < continued) return 'setup'
  return now < continued + pending ? 'pending' : 'created'
}

/** Returns when the setup workflow, if any, is due. */
export function setupReadyAt(world: World, pipeline: PipelineRecord): number {
  const {created, pending} = durations(world, pipeline)
  return pipeline.createdAt + created + pending
}

/** Returns when the pipeline is ready to make its (non-setup) workflows, or `Infinity` while that is open. */
export function workflowsReadyAt(world: World, pipeline: PipelineRecord): number {
  if (pipeline.errors.length > 0) return never
  if (pipeline.spec.setup === undefined) return setupReadyAt(world, pipeline)
  return continuedAt(world, pipeline) + durations(world, pipeline).pending
}

/** Returns the workflows whose conditions the pipeline's parameters meet. */
export function selectedWorkflows(
  pipeline: PipelineRecord,
  values: Readonly<Record<string, ParameterValue>>
): WorkflowSpec[] {
  return pipeline.spec.workflows.filter(
    ({when}) => when === undefined || values[when.parameter] === when.equals
  )
}

function continuedAt(world: World, pipeline: PipelineRecord): number {
  const {setup} = pipeline.spec
  if (setup === undefined) return never
  if (pipeline.continuedAt !== undefined) return pipeline.continuedAt
  if ((setup.continuation ?? 'auto') !== 'auto') return never
  const successes = pipeline.workflows
    .filter(workflow => workflow.setup)
    .map(workflow => workflowNow(world, workflow))
    .map(({status, stoppedAt}) => (status === 'success' ? (stoppedAt ?? never) : never))
  return Math.min(...successes) + world.ms(setup.after ?? 0.2)
}

function durations(world: World, {spec}: PipelineRecord): {created: number; pending: number} {
  return {created: world.ms(spec.created ?? 0.1), pending: world.ms(spec.pending ?? 0.3)}
}
