import {type Reply, json} from '../http/reply.ts'
import type {DefinitionSpec} from '../scenario.ts'
import {type World, idOf} from '../world/world.ts'
import {type Call, param} from './call.ts'
import {projectIds, requireAccess} from './project.ts'
import {notFound} from './refusal.ts'
import {isOpaque} from './slug.ts'
import {pastTimestamp} from './timestamp.ts'

/** A pipeline definition with its id. */
export interface Definition {
  readonly id: string
  readonly spec: DefinitionSpec
}

const madeUp: DefinitionSpec = {name: 'build', description: 'The pipeline of an OAuth project.'}

/** Returns the project's pipeline definitions; CircleCI makes one up for an OAuth project. */
export function definitionsOf(world: World): Definition[] {
  const {definitions = [madeUp], slug} = world.scenario.project
  return definitions.map(spec => ({
    id: spec.id ?? idOf(world, `definition ${slug} ${spec.name}`),
    spec
  }))
}

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
    created_at: pastTimestamp(world.startedAt - 90 * 86_400_000),
    config_source: {
      ...repository(world, spec.configRepository ?? own),
      file_path: spec.filePath ?? '.circleci/config.yml'
    },
    checkout_source: repository(world, spec.checkoutRepository ?? own)
  }
}

function repository(world: World, name: string): object {
  const {project} = world.scenario
  const oauth = project.slug.startsWith('bb/') ? 'bitbucket_oauth' : 'github_oauth'
  const id = parseInt(idOf(world, `repository ${name}`).slice(0, 7), 16)
  return {
    provider: isOpaque(project) ? 'github_app' : oauth,
    repo: {full_name: name, external_id: String(id)}
  }
}
