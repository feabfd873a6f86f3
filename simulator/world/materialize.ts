import type {JobSpec, WorkflowSpec} from '../scenario.ts'
import type {JobRecord, PipelineRecord, WorkflowRecord} from './records.ts'
import type {User} from './user.ts'
import {type World, idOf} from './world.ts'

/** How a run of a workflow came about. */
export interface RunOrigin {
  readonly setup: boolean
  readonly createdAt: number
  readonly startedBy: User
  readonly autoRerunNumber: number
  readonly manualRerun: boolean
  /** Jobs of the run before that are not run again. */
  readonly carried: readonly JobRecord[]
}

/** Adds a run of a workflow to its pipeline: a new id, and new jobs but for those carried over from the run before. */
export function addWorkflow(
  world: World,
  pipeline: PipelineRecord,
  spec: WorkflowSpec,
  {carried, ...origin}: RunOrigin
): WorkflowRecord {
  const attempt = 1 + pipeline.workflows.filter(({spec: {name}}) => name === spec.name).length
  const jobs: JobRecord[] = []
  const workflow: WorkflowRecord = {
    ...origin,
    id: idOf(world, `pipeline ${pipeline.number} workflow ${spec.name} attempt ${attempt}`),
    spec,
    pipeline,
    attempt,
    jobs
  }
  for (const job of spec.jobs) {
    const kept = carried.find(other => other.spec.name === job.name)
    jobs.push(kept ?? newJob(world, workflow, job))
  }
  pipeline.workflows.push(workflow)
  return workflow
}

function newJob(world: World, workflow: WorkflowRecord, spec: JobSpec): JobRecord {
  const {pipeline, attempt} = workflow
  const later = attempt === 1 ? undefined : (spec.attempts?.[attempt - 2] ?? spec.attempts?.at(-1))
  const number = world.nextJobNumber
  world.nextJobNumber += 1
  return {
    id: idOf(world, `pipeline ${pipeline.number} job ${number}`),
    number,
    spec: {...spec, ...later},
    workflow
  }
}
