import {revisionOf} from '../identity.ts'
import type {PipelineErrorSpec, PipelineSpec} from '../scenario.ts'
import {parameterErrors} from './parameters.ts'
import type {ParameterValue, PipelineRecord, Ref} from './records.ts'
import type {User} from './user.ts'
import {type World, behaviourOf, idOf} from './world.ts'

/** What starts a pipeline. */
export interface StartRequest {
  readonly trigger: string
  readonly actor: User
  readonly ref: Ref
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly createdAt?: number
  readonly revision?: string
  readonly definitionId?: string
  readonly spec?: PipelineSpec
  readonly values?: Readonly<Record<string, unknown>>
  readonly fields?: Readonly<Record<string, unknown>>
}

/** Starts a pipeline, and cancels what it makes redundant when the project is set up so. */
export function startPipeline(world: World, request: StartRequest): PipelineRecord {
  const number = world.nextPipelineNumber
  world.nextPipelineNumber += 1
  const spec = request.spec ?? world.scenario.pipeline
  const pipeline: PipelineRecord = {
    id: idOf(world, `pipeline ${number}`),
    number,
    spec,
    createdAt: request.createdAt ?? world.now(),
    trigger: request.trigger,
    actor: request.actor,
    ref: request.ref,
    revision: request.revision ?? headOf(world, request.ref),
    parameters: request.parameters,
    errors: [...(spec.errors ?? []), ...configErrors(world, request.parameters)],
    continuationKey: idOf(world, `pipeline ${number} continuation`),
    followers: 0,
    workflows: [],
    ...(request.definitionId === undefined ? {} : {definitionId: request.definitionId}),
    ...(request.values === undefined ? {} : {values: request.values}),
    ...(request.fields === undefined ? {} : {fields: request.fields})
  }
  supersede(world, pipeline)
  world.pipelines.push(pipeline)
  return pipeline
}

/** Returns the commit a ref points at. */
export function headOf(world: World, {branch, tag}: Ref): string {
  const {revisions, defaultBranch} = world.scenario.project
  const name = tag ?? branch ?? defaultBranch
  return revisions?.[name] ?? revisionOf(world.seed, name)
}

function configErrors(
  world: World,
  parameters: Readonly<Record<string, ParameterValue>>
): PipelineErrorSpec[] {
  return parameterErrors(world, parameters).map(message => ({type: 'config', message}))
}

function supersede(world: World, newer: PipelineRecord): void {
  const {autoCancel, cancelDelay} = behaviourOf(world)
  const {branch} = newer.ref
  if (autoCancel === 'never' || branch === undefined) return
  if (autoCancel === 'non-default' && branch === world.scenario.project.defaultBranch) return
  for (const older of world.pipelines) {
    if (older.trigger.startsWith('schedule')) continue
    if (older.ref.branch === branch) older.supersededAt ??= newer.createdAt + world.ms(cancelDelay)
  }
}
