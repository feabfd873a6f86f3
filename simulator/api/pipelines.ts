import {type Reply, json} from '../http/reply.ts'
import {findPipeline} from '../world/find.ts'
import type {PipelineRecord} from '../world/records.ts'
import {pipelinesNow, workflowsNow} from '../world/world.ts'
import {workflowNow} from '../world/workflow.ts'
import {type Call, numberParam, param} from './call.ts'
import {page} from './pagination.ts'
import {pipelineView} from './pipeline-view.ts'
import {projectOf, requireAccess} from './project.ts'
import {notFound} from './refusal.ts'
import {workflowView} from './workflow-view.ts'

/** https://circleci.com/docs/api/v2/#operation/getPipelineById */
export function getPipeline(call: Call): Reply {
  return json(200, pipelineView(call.world, pipelineOf(call)))
}

/** https://circleci.com/docs/api/v2/#operation/getPipelineByNumber */
export function getPipelineByNumber(call: Call): Reply {
  projectOf(call)
  const number = numberParam(call, 'number')
  const pipeline = pipelinesNow(call.world).find(candidate => candidate.number === number)
  if (pipeline === undefined) throw notFound('Pipeline not found')
  return json(200, pipelineView(call.world, pipeline))
}

/** https://circleci.com/docs/api/v2/#operation/listWorkflowsByPipelineId; newest first, empty until there are any. */
export function getPipelineWorkflows(call: Call): Reply {
  const {world} = call
  const workflows = workflowsNow(world, pipelineOf(call)).sort((a, b) => b.createdAt - a.createdAt)
  return page(
    call,
    workflows,
    workflow => workflowView(world, workflow, workflowNow(world, workflow)),
    ({id}) => id
  )
}

/** Returns the pipeline a call names, as the caller may see it. */
export function pipelineOf(call: Call): PipelineRecord {
  const pipeline = findPipeline(call.world, param(call, 'id'))
  if (pipeline === undefined) throw notFound('Pipeline not found')
  requireAccess(call, 'Pipeline not found')
  return pipeline
}
