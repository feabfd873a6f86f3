import {type Reply, json} from '../http/reply.ts'
import type {Provider} from '../scenario.ts'
import {definitionOf, providerOfPipeline} from '../world/definitions.ts'
import {findPipeline} from '../world/find.ts'
import {parameterValues} from '../world/parameters.ts'
import type {PipelineRecord} from '../world/records.ts'
import {type World, behaviourOf} from '../world/world.ts'
import {type Call, param} from './call.ts'
import {requireAccess, vcsUrl} from './project.ts'
import {Refusal, notFound} from './refusal.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * https://circleci.com/docs/api/v2/#operation/getPipelineValuesById. CircleCI's own Terraform provider says that it
 * lists built-in values only and none of the request's parameters (`pipeline_values.go`), keeps empty strings, and
 * words its refusals like this; no recorded reply says otherwise.
 */
export function getPipelineValues(call: Call): Reply {
  const {world} = call
  const id = param(call, 'id')
  if (!uuid.test(id)) throw new Refusal(400, 'Invalid pipeline ID.')
  const pipeline = findPipeline(world, id)
  if (pipeline === undefined) throw notFound('pipeline not found')
  requireAccess(call, 'pipeline not found')
  const {values, valuesWithout} = behaviourOf(world)
  if (values === 'refused') throw new Refusal(403, 'Permission denied.')
  const told = {
    ...builtIns(world, pipeline),
    ...(values === 'with-parameters' ? parameters(world, pipeline) : {}),
    ...pipeline.values
  }
  const entries = Object.entries(told).filter(([key]) => !valuesWithout.includes(key))
  return json(200, Object.fromEntries(entries))
}

/** The documented ones that matter to a client: https://circleci.com/docs/guides/orchestrate/pipeline-variables/ */
function builtIns(world: World, pipeline: PipelineRecord): Record<string, unknown> {
  const {project} = world.scenario
  const {ref, trigger} = pipeline
  const definition = definitionOf(world, pipeline)
  const provider = providerOfPipeline(world, pipeline)
  const branch = ref.tag === undefined ? (ref.branch ?? project.defaultBranch) : ''
  const scheduled = origin(trigger) === 'schedule'
  return {
    'pipeline.id': pipeline.id,
    'pipeline.number': pipeline.number,
    ...(definition === undefined
      ? {}
      : {'pipeline.definition.id': definition.id, 'pipeline.name': definition.spec.name}),
    'pipeline.project.git_url': vcsUrl(project),
    'pipeline.project.slug': project.slug,
    'pipeline.project.type': projectType(project.slug),
    'pipeline.git.tag': ref.tag ?? '',
    'pipeline.git.branch': branch,
    'pipeline.git.branch.is_default': branch === project.defaultBranch,
    'pipeline.git.revision': pipeline.revision,
    'pipeline.trigger.type': origin(trigger) === 'push' ? pushTypes[provider] : origin(trigger),
    'pipeline.event.name': origin(trigger),
    'pipeline.schedule.name': scheduled ? 'nightly' : '',
    'pipeline.schedule.id': scheduled ? pipeline.continuationKey : ''
  }
}

function parameters(world: World, {parameters: sent}: PipelineRecord): Record<string, unknown> {
  const entries = Object.entries(parameterValues(world, sent))
  return Object.fromEntries(entries.map(([name, value]) => [`pipeline.parameters.${name}`, value]))
}

/** Returns `pipeline.event.name` for a `trigger.type`; what is neither of the API nor scheduled is a push. */
function origin(trigger: string): 'api' | 'schedule' | 'push' {
  if (trigger === 'api') return 'api'
  return trigger.startsWith('schedule') ? 'schedule' : 'push'
}

/** Documented, but for GitLab's. */
const pushTypes: Readonly<Record<Provider, string>> = {
  github_oauth: 'github_oauth',
  bitbucket_oauth: 'bitbucket_cloud',
  github_app: 'github_app',
  gitlab: 'gitlab'
}

function projectType(slug: string): string {
  return {gh: 'github', bb: 'bitbucket'}[slug.split('/')[0] ?? ''] ?? 'circleci'
}
