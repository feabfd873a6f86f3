import type {PipelineSpec, Scenario} from '../scenario.ts'
import {checkScenario} from '../scenario-check.ts'
import {type Definition, definitionsOf, providerOf} from './definitions.ts'
import {findWorkflow} from './find.ts'
import type {ParameterValue, Ref} from './records.ts'
import {reconcile} from './reconcile.ts'
import {
  type PipelineSnapshot,
  type WorkflowSnapshot,
  snapshotPipeline,
  snapshotPipelines
} from './snapshot.ts'
import {startPipeline} from './start.ts'
import {type User, createUser} from './user.ts'
import type {World} from './world.ts'

/** A pipeline that somebody other than the client under test starts. */
export interface StrangerRequest {
  /** Any string. Default `webhook`, or `gitlab` for a definition of GitLab. */
  readonly trigger?: string
  /** Login of who starts it. Default `octo-dev`; `developer` is the client's own account. */
  readonly login?: string
  /** Default the default branch. */
  readonly ref?: Ref
  /** Default the ref's head commit. */
  readonly revision?: string
  readonly parameters?: Readonly<Record<string, ParameterValue>>
  /** Name of the definition that makes it. Default the first. */
  readonly definition?: string
  /** What `/values` tells otherwise than usual, such as `pipeline.event.name`. */
  readonly values?: Readonly<Record<string, unknown>>
  /** Fields of its object that are otherwise than usual, such as `vcs`; undefined leaves one out. */
  readonly fields?: Readonly<Record<string, unknown>>
  /** Default what its definition, or else the scenario, runs. */
  readonly pipeline?: PipelineSpec
  /** In milliseconds since the epoch. Default now. */
  readonly createdAt?: number
}

/** What a test can see and do besides sending requests. */
export interface Controls {
  /** Every pipeline as it is now, oldest first, with its workflows and jobs. */
  readonly pipelines: () => PipelineSnapshot[]
  /** Every workflow that is not finished now. */
  readonly running: () => WorkflowSnapshot[]
  readonly startPipeline: (request?: StrangerRequest) => PipelineSnapshot
  /**
   * Does what a push does: starts a pipeline of every definition that starts on one, those due later then. Returns
   * them, though the lists do not show them before they are due.
   */
  readonly push: (request?: Omit<StrangerRequest, 'definition'>) => PipelineSnapshot[]
  /** Makes pipelines triggered from now on run another scenario; the project should be the same. */
  readonly use: (scenario: Scenario) => void
  /** Puts a status on a workflow, whatever its jobs say, or takes it off again. */
  readonly force: (workflowId: string, status: string | undefined) => void
}

/** Makes the controls of a world. */
export function createControls(world: World): Controls {
  return {
    pipelines: () => snapshotPipelines(world),
    running: () =>
      snapshotPipelines(world).flatMap(({workflows}) =>
        workflows.filter(({finished}) => !finished)
      ),
    startPipeline: (request = {}) => startStranger(world, request),
    push: (request = {}) => push(world, request),
    use: scenario => {
      checkScenario(scenario)
      world.scenario = scenario
    },
    force: (workflowId, status) => {
      force(world, workflowId, status)
    }
  }
}

function startStranger(world: World, request: StrangerRequest): PipelineSnapshot {
  const {login = 'octo-dev', parameters = {}} = request
  reconcile(world)
  const definition = definitionNamed(world, request.definition)
  const provider = providerOf(world, definition?.spec ?? definitionsOf(world)[0]?.spec)
  const {trigger = provider === 'gitlab' ? 'gitlab' : 'webhook'} = request
  const spec = request.pipeline ?? definition?.spec.pipeline
  const started = startPipeline(world, {
    trigger,
    actor: personNamed(world, login),
    ref: request.ref ?? {branch: world.scenario.project.defaultBranch},
    parameters,
    ...(request.revision === undefined ? {} : {revision: request.revision}),
    ...(request.createdAt === undefined ? {} : {createdAt: request.createdAt}),
    ...(request.values === undefined ? {} : {values: request.values}),
    ...(request.fields === undefined ? {} : {fields: request.fields}),
    ...(definition === undefined ? {} : {definitionId: definition.id}),
    ...(spec === undefined ? {} : {spec})
  })
  return snapshotPipeline(world, started)
}

function push(world: World, request: StrangerRequest): PipelineSnapshot[] {
  const definitions = definitionsOf(world).map(({spec}) => spec)
  const starting = definitions.filter(({onPush}) => onPush !== undefined)
  const {createdAt = world.now()} = request
  return (starting.length > 0 ? starting : definitions.slice(0, 1)).map(({name, onPush = 0}) =>
    startStranger(world, {
      ...request,
      definition: name,
      createdAt: createdAt + world.ms(onPush)
    })
  )
}

function definitionNamed(world: World, name: string | undefined): Definition | undefined {
  if (name === undefined) return undefined
  const found = definitionsOf(world).find(({spec}) => spec.name === name)
  if (found === undefined) throw new Error(`There is no definition ${name}.`)
  return found
}

function personNamed({users, seed}: World, login: string): User {
  return users.find(user => user.login === login) ?? createUser(seed, {login})
}

function force(world: World, workflowId: string, status: string | undefined): void {
  reconcile(world)
  const workflow = findWorkflow(world, workflowId)
  if (workflow === undefined) throw new Error(`There is no workflow ${workflowId}.`)
  if (status === undefined) delete workflow.forced
  else workflow.forced = {status, since: world.now()}
}
