import {type Reply, json} from '../http/reply.ts'
import type {DefinitionSpec} from '../scenario.ts'
import {type Definition, definitionsOf, providerOf} from '../world/definitions.ts'
import {type World, idOf} from '../world/world.ts'
import {type Call, param} from './call.ts'
import {projectIds, requireAccess} from './project.ts'
import {notFound} from './refusal.ts'
import {pastTimestamp} from './timestamp.ts'

const ninetyDays = 90 * 86_400_000

/** https://circleci.com/docs/api/v2/#operation/listPipelineDefinitions; not paged. */
export function listDefinitions(call: Call): Reply {
  requireProject(call)
  return json(200, {items: definitionsOf(call.world).map(item => definitionView(call.world, item))})
}

/** https://circleci.com/docs/api/v2/#operation/getPipelineDefinition */
export function getDefinition(call: Call): Reply {
  requireProject(call)
  const id = param(call, 'definition')
  const definition = definitionsOf(call.world).find(candidate => candidate.id === id)
  if (definition === undefined) throw notFound('Pipeline definition not found.')
  return json(200, definitionView(call.world, definition))
}

function requireProject(call: Call): void {
  if (param(call, 'project') !== projectIds(call.world).project)
    throw notFound('Project not found.')
  requireAccess(call, 'Project not found.')
}

function definitionView(world: World, {id, spec}: Definition): object {
  const {project} = world.scenario
  const own = `${project.organization}/${project.name}`
  return {
    id,
    name: spec.name,
    description: spec.description ?? '',
    ...(spec.undated === true ? {} : {created_at: pastTimestamp(world.startedAt - ninetyDays)}),
    config_source: {
      ...repository(world, spec, spec.configRepository ?? own),
      file_path: spec.filePath ?? '.circleci/config.yml'
    },
    checkout_source: repository(world, spec, spec.checkoutRepository ?? own)
  }
}

function repository(world: World, spec: DefinitionSpec, name: string): object {
  const id = parseInt(idOf(world, `repository ${name}`).slice(0, 7), 16)
  return {
    provider: providerOf(world, spec),
    repo: {full_name: name, external_id: String(id)}
  }
}
