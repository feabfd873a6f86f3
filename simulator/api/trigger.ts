import {type Reply, json} from '../http/reply.ts'
import type {PipelineSpec} from '../scenario.ts'
import {definitionsOf} from '../world/definitions.ts'
import {parameterErrors} from '../world/parameters.ts'
import type {ParameterValue, Ref} from '../world/records.ts'
import {startPipeline} from '../world/start.ts'
import {behaviourOf} from '../world/world.ts'
import {type Call, param} from './call.ts'
import {triggeredView} from './pipeline-view.ts'
import {projectNamed, projectOf} from './project.ts'
import {Refusal, notFound} from './refusal.ts'
import {isOpaque} from './slug.ts'
import {
  type Fields,
  fieldsOf,
  objectField,
  parametersField,
  refField,
  refuseUnknown,
  requireRef,
  stringField
} from './trigger-body.ts'

/** https://circleci.com/docs/api/v2/#operation/triggerPipeline; not for projects with opaque slugs. */
export function triggerPipeline(call: Call): Reply {
  const project = projectOf(call)
  const {classicRefusal, skipCi} = behaviourOf(call.world)
  if (isOpaque(project)) {
    throw classicRefusal === 404
      ? notFound('Project not found.')
      : new Refusal(400, 'Pipelines of this project cannot be triggered with this endpoint.')
  }
  const fields = fieldsOf(call.request)
  const ref = refField(fields)
  requireRef(ref, project)
  const parameters = parametersField(fields)
  if (skipCi === undefined) return start(call, {ref, parameters})
  return skipped(call, skipCi, {ref, parameters, spec: {workflows: []}})
}

function skipped(call: Call, message: string, request: Start): Reply {
  const {skipCiClassic} = behaviourOf(call.world)
  if (skipCiClassic === 'message') return json(200, {message})
  const reply = start(call, request)
  if (skipCiClassic === 'ghost') call.world.pipelines.pop()
  return reply
}

const runProviders = ['circleci', 'github', 'gh', 'bitbucket', 'bb']

/** https://circleci.com/docs/api/v2/#operation/triggerPipelineRun; the slug's slashes must not be escaped. */
export function runPipeline(call: Call): Reply {
  const provider = param(call, 'provider')
  if (!runProviders.includes(provider)) throw notFound('Project not found.')
  const slug = [provider, param(call, 'organization'), param(call, 'project')].join('/')
  const project = projectNamed(call, slug)
  const fields = fieldsOf(call.request)
  refuseUnknown(fields, ['definition_id', 'config', 'checkout', 'parameters'])
  const config = refOf(fields, 'config', ['content'])
  const checkout = refOf(fields, 'checkout')
  for (const ref of [config, checkout]) requireRef(ref, project)
  const definition = chooseDefinition(call, stringField(fields, 'definition_id'))
  const parameters = parametersField(fields)
  const {skipCi} = behaviourOf(call.world)
  if (skipCi !== undefined) return json(200, {message: skipCi})
  const ref = isEmpty(checkout) ? config : checkout
  return start(call, {ref, parameters, ...definition})
}

interface Start {
  readonly ref: Ref
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly definitionId?: string
  readonly spec?: PipelineSpec
}

function start(call: Call, {ref, ...request}: Start): Reply {
  const {world, user} = call
  const [error] = parameterErrors(world, request.parameters)
  if (error !== undefined && behaviourOf(world).badParameters === 'refused') {
    throw new Refusal(400, error)
  }
  const built = isEmpty(ref) ? {branch: world.scenario.project.defaultBranch} : ref
  const pipeline = startPipeline(world, {...request, ref: built, trigger: 'api', actor: user})
  return json(201, triggeredView(world, pipeline))
}

function chooseDefinition(
  call: Call,
  id: string | undefined
): Pick<Start, 'definitionId' | 'spec'> {
  const definitions = definitionsOf(call.world)
  if (id === undefined) {
    // An OAuth project has one definition that need not be named; which one another takes is not known.
    const {noDefinition} = behaviourOf(call.world)
    if (isOpaque(call.world.scenario.project) && noDefinition === 'refused') {
      throw new Refusal(400, 'Missing one or more JSON fields.')
    }
  }
  const chosen = definitions.find(definition => id === undefined || definition.id === id)
  if (chosen === undefined) throw notFound('Pipeline definition not found.')
  const {pipeline} = chosen.spec
  return {definitionId: chosen.id, ...(pipeline === undefined ? {} : {spec: pipeline})}
}

/**
 * Returns the ref of one of the objects of the request. `config.content` is accepted, as in the live schema; a project
 * built through OAuth ignores it, as observed, and here every project does.
 */
function refOf(fields: Fields, name: string, more: readonly string[] = []): Ref {
  const inner = objectField(fields, name)
  refuseUnknown(inner, ['branch', 'tag', ...more], `${name}.`)
  for (const other of more) stringField(inner, other, `${name}.`)
  return refField(inner)
}

function isEmpty({branch, tag}: Ref): boolean {
  return branch === undefined && tag === undefined
}
