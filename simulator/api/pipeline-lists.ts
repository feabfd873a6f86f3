import type {Reply} from '../http/reply.ts'
import type {PipelineRecord} from '../world/records.ts'
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
    ({ref}) =>
      branch === null || (ref.tag === undefined && (ref.branch ?? defaultBranch) === branch)
  )
}

/** https://circleci.com/docs/api/v2/#operation/listMyPipelines; those the caller's own account started. */
export function listMyPipelines(call: Call): Reply {
  projectOf(call)
  return list(call, ({actor}) => actor.id === call.user.id)
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
  return list(call, ({actor}) => !mine || actor.id === user.id, 250)
}

function list(call: Call, pick: (pipeline: PipelineRecord) => boolean, limit = Infinity): Reply {
  const newestFirst = call.world.pipelines
    .filter(pick)
    .sort((a, b) => b.number - a.number)
    .slice(0, limit)
  return page(
    call,
    newestFirst,
    pipeline => pipelineView(call.world, pipeline),
    ({id}) => id
  )
}
