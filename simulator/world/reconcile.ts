import {revisionOf} from '../identity.ts'
import type {FollowerSpec} from '../scenario.ts'
import {parameterValues} from './parameters.ts'
import {selectedWorkflows, setupReadyAt, workflowsReadyAt} from './pipeline.ts'
import type {PipelineRecord, WorkflowRecord} from './records.ts'
import {addWorkflow} from './materialize.ts'
import {rerunOf} from './rerun.ts'
import {startPipeline} from './start.ts'
import {createUser} from './user.ts'
import {workflowNow} from './workflow.ts'
import type {World} from './world.ts'

/**
 * Brings a world up to the present: adds the workflows, automatic reruns and strangers' pipelines that have come due
 * since the last look, each with the time at which it was due.
 */
export function reconcile(world: World): void {
  for (const pipeline of world.pipelines) {
    while (addDue(world, pipeline)) continue
  }
}

/** Says whether anything was added; what was added can make more come due. */
function addDue(world: World, pipeline: PipelineRecord): boolean {
  return (
    addSetupWorkflow(world, pipeline) ||
    addWorkflows(world, pipeline) ||
    addAutomaticRerun(world, pipeline) ||
    addFollower(world, pipeline)
  )
}

function addSetupWorkflow(world: World, pipeline: PipelineRecord): boolean {
  const {setup} = pipeline.spec
  const due = setupReadyAt(world, pipeline) + world.ms(setup?.workflow.appears ?? 0.2)
  if (setup === undefined || pipeline.errors.length > 0 || due > world.now()) return false
  if (pipeline.workflows.some(workflow => workflow.setup)) return false
  addWorkflow(world, pipeline, setup.workflow, firstRun(pipeline, due, true))
  return true
}

function addWorkflows(world: World, pipeline: PipelineRecord): boolean {
  const ready = workflowsReadyAt(world, pipeline)
  const spec = selectedWorkflows(pipeline, parameterValues(world, pipeline.parameters)).find(
    ({name, appears = 0.2}) =>
      ready + world.ms(appears) <= world.now() &&
      !pipeline.workflows.some(workflow => !workflow.setup && workflow.spec.name === name)
  )
  if (spec === undefined) return false
  const due = ready + world.ms(spec.appears ?? 0.2)
  addWorkflow(world, pipeline, spec, firstRun(pipeline, due, false))
  return true
}

function firstRun(pipeline: PipelineRecord, createdAt: number, setup: boolean) {
  return {
    setup,
    createdAt,
    startedBy: pipeline.actor,
    autoRerunNumber: 0,
    manualRerun: false,
    carried: []
  }
}

function addAutomaticRerun(world: World, pipeline: PipelineRecord): boolean {
  const workflow = pipeline.workflows.find(candidate => {
    const due = automaticRerunAt(world, candidate)
    return due !== undefined && due <= world.now()
  })
  if (workflow === undefined) return false
  const createdAt = automaticRerunAt(world, workflow) ?? world.now()
  rerunOf(world, workflow, {automatic: true, createdAt, startedBy: workflow.startedBy})
  return true
}

/** Only a `failed` workflow that nobody reran by hand is rerun, as often as its config says. */
function automaticRerunAt(world: World, workflow: WorkflowRecord): number | undefined {
  const {maxAutoReruns = 0, autoRerunDelay = 1, name} = workflow.spec
  if (workflow.manualRerun || workflow.autoRerunNumber >= maxAutoReruns) return undefined
  const newest = workflow.pipeline.workflows.findLast(other => other.spec.name === name)
  const {status, stoppedAt} = workflowNow(world, workflow)
  if (newest !== workflow || status !== 'failed' || stoppedAt === null) return undefined
  return stoppedAt + world.ms(autoRerunDelay)
}

function addFollower(world: World, pipeline: PipelineRecord): boolean {
  const follower = pipeline.spec.followedBy?.[pipeline.followers]
  if (follower === undefined || pipeline.trigger !== 'api') return false
  const due = pipeline.createdAt + world.ms(follower.after)
  if (due > world.now()) return false
  pipeline.followers += 1
  startFollower(world, pipeline, follower, due)
  return true
}

function startFollower(
  world: World,
  {spec, ref, revision}: PipelineRecord,
  {trigger = 'webhook', login = 'octo-dev', pipeline = spec}: FollowerSpec,
  createdAt: number
): void {
  const actor = createUser(world.seed, {login})
  // A push that follows is another commit.
  const next = revisionOf(world.seed, `after ${revision}`)
  startPipeline(world, {
    createdAt,
    trigger,
    actor,
    ref,
    revision: next,
    parameters: {},
    spec: {...pipeline, followedBy: []}
  })
}
