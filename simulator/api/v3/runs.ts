import type {Reply} from '../../http/reply.ts'
import {providerOfPipeline} from '../../world/definitions.ts'
import {findPipeline} from '../../world/find.ts'
import {pipelineState} from '../../world/pipeline.ts'
import type {PipelineRecord} from '../../world/records.ts'
import {isTerminal, workflowNow} from '../../world/workflow.ts'
import {type World, pipelinesNow, workflowsNow} from '../../world/world.ts'
import {type Call, param} from '../call.ts'
import {projectIds, providerOf, vcsUrl} from '../project.ts'
import {Refusal} from '../refusal.ts'
import {canonicalSlug} from '../slug.ts'
import {pastTimestamp} from '../timestamp.ts'
import {fieldsOf, objectField, stringField} from '../trigger-body.ts'
import {entity, filter, list, page, progress, visible} from './envelope.ts'

/** `GET /api/v3/projects?filter[slug]=`: a list, which is empty for a slug that is no project's. */
export function listProjects(call: Call): Reply {
  const {world, user} = call
  const slug = filter(call, 'slug')
  if (slug === undefined) throw new Refusal(400, 'filter[slug] or filter[org_id] is required')
  const {project} = world.scenario
  const known = user.access !== 'none' && canonicalSlug(slug) === canonicalSlug(project.slug)
  return list(known ? [projectView(world)] : [])
}

/** `GET /api/v3/projects/{id}` */
export function getProject(call: Call): Reply {
  const own = param(call, 'id') === projectIds(call.world).project
  return entity(visible(call, own ? projectView(call.world) : undefined, 'Project'))
}

/** `GET /api/v3/runs/{id}`: what v2 calls a pipeline is a run. */
export function getRun(call: Call): Reply {
  const pipeline = visible(call, findPipeline(call.world, param(call, 'id')), 'Run')
  return entity(runView(call.world, pipeline))
}

/** `GET /api/v3/runs?filter[user_id]=me`, newest first. */
export function listRuns(call: Call): Reply {
  const {world, user, request} = call
  if (filter(call, 'user_id') !== 'me') throw new Refusal(400, 'filter[user_id] must be me')
  const wanted = {phase: filter(call, 'phase'), outcome: filter(call, 'current_outcome')}
  const runs = newestFirst(world).filter(pipeline => {
    const {phase, outcome, current_outcome = outcome} = progress(runStatus(world, pipeline))
    return (
      pipeline.actor.id === user.id &&
      [undefined, phase].includes(wanted.phase) &&
      [undefined, current_outcome].includes(wanted.outcome)
    )
  })
  const {query} = request
  return runPage(call, runs, query.get('page[cursor]') ?? '', query.get('page[limit]') ?? '20')
}

/** `POST /api/v3/runs/search`, newest first. */
export function searchRuns(call: Call): Reply {
  const {world, request, user} = call
  const fields = fieldsOf(request)
  const {project_ids: projects} = objectField(fields, 'scope')
  const own = Array.isArray(projects) && projects.includes(projectIds(world).project)
  const conditions = conditionsOf(stringField(fields, 'filter') ?? '')
  const {cursor = '', limit = 20} = objectField(fields, 'page')
  const runs = own && user.access !== 'none' ? newestFirst(world) : []
  const found = runs.filter(pipeline =>
    conditions.every(({name, value}) => valueOf(world, pipeline, name) === value)
  )
  return runPage(call, found, String(cursor), String(limit))
}

interface Condition {
  readonly name: string
  readonly value: string
}

/** Returns the parts of a filter such as `pipeline.git.branch == "main" and pipeline.status == "failed"`. */
function conditionsOf(text: string): Condition[] {
  if (text.trim() === '') return []
  return text.split(' and ').map(part => {
    const [, name = '', value = ''] = /^\s*([\w.]+) == ("(?:[^"\\]|\\.)*")\s*$/.exec(part) ?? []
    if (name === '') throw new Refusal(400, 'Invalid filter')
    return {name, value: JSON.parse(value) as string}
  })
}

function valueOf(world: World, pipeline: PipelineRecord, name: string): string | undefined {
  const {ref, revision} = pipeline
  switch (name) {
    case 'pipeline.git.branch':
      return ref.branch
    case 'pipeline.git.revision':
      return revision
    case 'pipeline.status':
      return runStatus(world, pipeline)
    default:
      throw new Refusal(400, 'Invalid filter')
  }
}

/** A page of runs has at most 20; the CLI knows that a larger one is refused. */
function runPage(
  {world}: Call,
  runs: readonly PipelineRecord[],
  cursor: string,
  size: string
): Reply {
  const limit = Number(size)
  if (!(limit >= 1 && limit <= 20)) throw new Refusal(400, 'Invalid page size')
  return page(runs, pipeline => runView(world, pipeline), {cursor, limit})
}

function newestFirst(world: World): PipelineRecord[] {
  return pipelinesNow(world).sort((a, b) => b.number - a.number)
}

/** Worst first: what the newest runs of a pipeline's workflows make of it. */
const severity = ['failed', 'error', 'unauthorized', 'canceled', 'success', 'not_run']

function runStatus(world: World, pipeline: PipelineRecord): string {
  const state = pipelineState(world, pipeline)
  // The CLI shows a run whose config could not be fetched or compiled as "not run".
  if (state === 'errored') return 'not_run'
  const newest = new Map(workflowsNow(world, pipeline).map(it => [it.spec.name, it]))
  const statuses = [...newest.values()].map(workflow => workflowNow(world, workflow).status)
  if (statuses.length === 0) return state === 'created' ? 'created' : 'queued'
  const open = statuses.filter(status => !isTerminal(status))
  if (open.length === 0 && state === 'created') {
    return severity.find(status => statuses.includes(status)) ?? 'success'
  }
  if (statuses.some(status => ['failed', 'failing'].includes(status))) return 'failing'
  return open.length > 0 && open.every(status => status === 'on_hold') ? 'on_hold' : 'running'
}

/** A run tells only `current_outcome`, even when it is over: a rerun can change it. */
function runView(world: World, pipeline: PipelineRecord): object {
  const status = runStatus(world, pipeline)
  const {phase, outcome, current_outcome = outcome} = progress(status)
  const {trigger, actor, errors, number, createdAt} = pipeline
  return {
    id: pipeline.id,
    attributes: {
      number,
      phase: status === 'on_hold' ? 'started' : phase,
      ...(current_outcome === undefined ? {} : {current_outcome}),
      created_at: pastTimestamp(createdAt),
      ...(errors.length > 0 && phase === 'ended' ? {errors} : {})
    },
    references: {
      event: {attributes: {type: trigger === 'api' ? 'api' : 'push', vcs: vcs(world, pipeline)}},
      trigger: {attributes: {event_source: {type: trigger}}},
      project: {id: projectIds(world).project},
      user: {id: actor.id, attributes: {login: actor.login}}
    }
  }
}

function vcs(world: World, pipeline: PipelineRecord): object {
  const {project} = world.scenario
  const {ref, revision, actor} = pipeline
  const url = vcsUrl(project)
  return {
    provider_name: providerOfPipeline(world, pipeline).replace(/_(oauth|app)$/, ''),
    origin_repository_url: url,
    ...(ref.tag === undefined ? {branch: ref.branch ?? project.defaultBranch} : {tag: ref.tag}),
    revision,
    commit: {
      subject: project.commitSubject ?? 'Round totals half to even',
      url: `${url}/commit/${revision}`,
      author: {name: actor.name, login: actor.login}
    }
  }
}

function projectView(world: World): object {
  const {project} = world.scenario
  const ids = projectIds(world)
  return {
    id: ids.project,
    attributes: {name: project.name, provider: providerOf(project)},
    references: {org: {id: ids.organization}}
  }
}
