import type {ParameterValue, PipelineRecord, Ref, WorkflowRecord} from './records.ts'
import {pipelineState} from './pipeline.ts'
import {reconcile} from './reconcile.ts'
import {isTerminal, workflowNow} from './workflow.ts'
import {type World, pipelinesNow} from './world.ts'

/** A job as a test sees it. */
export interface JobSnapshot {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly status: string
}

/** A workflow as a test sees it. */
export interface WorkflowSnapshot {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly finished: boolean
  /** 1 for the first run of this name in the pipeline. */
  readonly attempt: number
  readonly pipelineId: string
  readonly jobs: readonly JobSnapshot[]
}

/** A pipeline as a test sees it. */
export interface PipelineSnapshot {
  readonly id: string
  readonly number: number
  readonly state: string
  readonly ref: Ref
  readonly revision: string
  readonly trigger: string
  /** Login of who started it. */
  readonly actor: string
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly definitionId: string | null
  readonly createdAt: number
  readonly continuationKey: string
  readonly workflows: readonly WorkflowSnapshot[]
}

/** Returns every pipeline as it is now, oldest first. */
export function snapshotPipelines(world: World): PipelineSnapshot[] {
  reconcile(world)
  return pipelinesNow(world).map(pipeline => snapshotPipeline(world, pipeline))
}

/** Returns one pipeline as it is now. */
export function snapshotPipeline(world: World, pipeline: PipelineRecord): PipelineSnapshot {
  return {
    id: pipeline.id,
    number: pipeline.number,
    state: pipelineState(world, pipeline),
    ref: pipeline.ref,
    revision: pipeline.revision,
    trigger: pipeline.trigger,
    actor: pipeline.actor.login,
    parameters: pipeline.parameters,
    definitionId: pipeline.definitionId ?? null,
    createdAt: pipeline.createdAt,
    continuationKey: pipeline.continuationKey,
    workflows: pipeline.workflows.map(workflow => snapshotWorkflow(world, workflow))
  }
}

function snapshotWorkflow(world: World, workflow: WorkflowRecord): WorkflowSnapshot {
  const {status, jobs} = workflowNow(world, workflow)
  return {
    id: workflow.id,
    name: workflow.spec.name,
    status,
    finished: isTerminal(status),
    attempt: workflow.attempt,
    pipelineId: workflow.pipeline.id,
    jobs: jobs.map(({job: {id, number, spec}, status}) => ({id, number, name: spec.name, status}))
  }
}
