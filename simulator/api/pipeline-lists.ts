import type {Reply} from '../http/reply.ts'
import type {PipelineRecord} from '../world/records.ts'
import type {World} from '../world/world.ts'
import type {Call} from './call.ts'
import {page} from './pagination.ts'
import {pipelineView} from './pipeline-view.ts'
import {projectOf} from './project.ts'
import {notFound} from './refusal.ts'

/** https://circleci.com/docs/api/v2/#operation/listPipelinesForProject; newest first. */
export function listProjectPipelines(call: Call): Reply {
  const {defaultBranch} = projectOf(call)
  const branch = call.request.query.get('branch')
  return list(
    call,
    'project',
    ({ref}) =>
      branch === null || (ref.tag === undefined && (ref.branch ?? defaultBranch) === branch)
  )
}

/** https://circleci.com/docs/api/v2/#operation/listMyPipelines; those the caller's own account started. */
export function listMyPipelines(call: Call): Reply {
  projectOf(call)
  return list(call, 'mine', ({actor}) => actor.id === call.user.id)
}

/** https://circleci.com/docs/api/v2/#operation/listPipelines; at most the 250 newest. */
export function listPipelines(call: Call): Reply {
  const {world, user, request} = call
  const organization = request.query.get('org-slug')
  const own = world.scenario.project.slug.split('/').slice(0, 2).join('/')
  if (user.access === 'none') return page(call, [], () => null)
  if (organization !== null && organization.replace(/^github\//, 'gh/') !== own) {
    throw notFound('Organization not found.')
  }
  const mine = request.query.get('mine') === 'true'
  return list(call, mine ? 'mine' : 'project', ({actor}) => !mine || actor.id === user.id, 250)
}

type List = 'mine' | 'project'

function list(
  call: Call,
  name: List,
  pick: (pipeline: PipelineRecord) => boolean,
  limit = Infinity
): Reply {
  const newestFirst = call.world.pipelines
    .filter(pipeline => pick(pipeline) && isListed(call.world, name, pipeline))
    .sort((a, b) => b.number - a.number)
    .slice(0, limit)
  return page(
    call,
    newestFirst,
    pipeline => pipelineView(call.world, pipeline),
    ({id}) => id
  )
}

/** Nothing is known of how far CircleCI's lists are behind; a scenario says it for each pipeline. */
function isListed(
  world: World,
  name: List,
  {createdAt, spec: {listed = 0}}: PipelineRecord
): boolean {
  const delay = typeof listed === 'number' ? listed : (listed[name] ?? 0)
  return createdAt + world.ms(delay) <= world.now()
}
