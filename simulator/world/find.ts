import type {JobRecord, PipelineRecord, WorkflowRecord} from './records.ts'
import {type World, allWorkflows, pipelinesNow} from './world.ts'

/** Returns the pipeline with this id. */
export function findPipeline(world: World, id: string): PipelineRecord | undefined {
  return pipelinesNow(world).find(pipeline => pipeline.id === id)
}

/** Returns the workflow with this id. */
export function findWorkflow(world: World, id: string): WorkflowRecord | undefined {
  return allWorkflows(world).find(workflow => workflow.id === id)
}

/** A job and the newest workflow it is part of; reruns from failed share jobs. */
export interface PlacedJob {
  readonly job: JobRecord
  readonly workflow: WorkflowRecord
}

/** Returns the newest placement of the job that a test of its record picks out. */
export function findJob(world: World, pick: (job: JobRecord) => boolean): PlacedJob | undefined {
  const workflow = allWorkflows(world).findLast(({jobs}) => jobs.some(pick))
  const job = workflow?.jobs.find(pick)
  return workflow === undefined || job === undefined ? undefined : {job, workflow}
}
