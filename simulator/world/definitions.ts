import type {DefinitionSpec, Provider} from '../scenario.ts'
import type {PipelineRecord} from './records.ts'
import {type World, idOf} from './world.ts'

/** A pipeline definition with its id. */
export interface Definition {
  readonly id: string
  readonly spec: DefinitionSpec
}

/** What CircleCI makes up for an OAuth project; as observed, it tells no `created_at`. */
const implicit: DefinitionSpec = {
  name: 'build',
  description: 'Implicit pipeline definition associated with an OAuth-based project.',
  undated: true
}

/** Returns the project's pipeline definitions. */
export function definitionsOf(world: World): Definition[] {
  const {definitions = [implicit], slug} = world.scenario.project
  return definitions.map(spec => ({
    id: spec.id ?? idOf(world, `definition ${slug} ${spec.name}`),
    spec
  }))
}

/** Returns the definition that made a pipeline: the one its trigger named, or the project's first. */
export function definitionOf(world: World, {definitionId}: PipelineRecord): Definition | undefined {
  const definitions = definitionsOf(world)
  if (definitionId === undefined) return definitions[0]
  return definitions.find(({id}) => id === definitionId)
}

/** Returns who tells CircleCI what a definition builds: what it says, or what the project's slug says. */
export function providerOf(world: World, {provider}: DefinitionSpec = implicit): Provider {
  if (provider !== undefined) return provider
  const {slug} = world.scenario.project
  if (slug.startsWith('circleci/')) return 'github_app'
  return slug.startsWith('bb/') ? 'bitbucket_oauth' : 'github_oauth'
}

/** Returns the provider of the definition that made a pipeline; it decides what a pipeline looks like. */
export function providerOfPipeline(world: World, pipeline: PipelineRecord): Provider {
  return providerOf(world, definitionOf(world, pipeline)?.spec)
}
