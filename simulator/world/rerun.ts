import {addWorkflow} from './materialize.ts'
import type {JobRecord, WorkflowRecord} from './records.ts'
import type {User} from './user.ts'
import {workflowNow} from './workflow.ts'
import type {World} from './world.ts'

/** How a workflow is to be rerun. */
export interface RerunRequest {
  readonly automatic: boolean
  readonly createdAt: number
  readonly startedBy: User
  /** `undefined` reruns from failed, a list reruns these jobs and what depends on them, `all` everything. */
  readonly jobs?: readonly JobRecord[] | 'all'
}

/**
 * Adds a rerun of a workflow to its pipeline. Automatic reruns start from failed, like the rerun of that name
 * (https://circleci.com/docs/guides/orchestrate/automatic-reruns/): jobs that succeeded are shared with the run before.
 */
export function rerunOf(
  world: World,
  workflow: WorkflowRecord,
  request: RerunRequest
): WorkflowRecord {
  const {jobs} = request
  const carried =
    jobs === 'all' ? [] : jobs === undefined ? successes(world, workflow) : others(workflow, jobs)
  const spec = staleSetup(workflow) ? afterContinuation(workflow) : workflow.spec
  return addWorkflow(world, workflow.pipeline, spec, {
    setup: workflow.setup,
    createdAt: request.createdAt,
    startedBy: request.startedBy,
    autoRerunNumber: workflow.autoRerunNumber + (request.automatic ? 1 : 0),
    manualRerun: !request.automatic,
    carried
  })
}

function successes(world: World, workflow: WorkflowRecord): JobRecord[] {
  return workflowNow(world, workflow)
    .jobs.filter(({status}) => status === 'success')
    .map(({job}) => job)
}

function others(workflow: WorkflowRecord, chosen: readonly JobRecord[]): JobRecord[] {
  const again = new Set(chosen.map(({spec}) => spec.name))
  for (let size = -1; size !== again.size;) {
    size = again.size
    for (const {spec} of workflow.jobs) {
      const names = (spec.requires ?? []).map(entry =>
        typeof entry === 'string' ? entry : entry.job
      )
      if (names.some(name => again.has(name))) again.add(spec.name)
    }
  }
  return workflow.jobs.filter(({spec}) => !again.has(spec.name))
}

/** A setup workflow can continue its pipeline only once. */
function staleSetup({setup, pipeline}: WorkflowRecord): boolean {
  return setup && pipeline.workflows.some(workflow => !workflow.setup)
}

function afterContinuation({spec}: WorkflowRecord) {
  const jobs = spec.jobs.map((job, index) => {
    if (index < spec.jobs.length - 1) return job
    const error = '{"message":"Pipeline is not in setup state."}\n'
    return {
      ...job,
      attempts: [],
      outcome: 'failed',
      steps: [{name: 'Continue the pipeline', error, fails: true}]
    }
  })
  return {...spec, jobs}
}
