import type {Reply} from '../../http/reply.ts'
import {cancelWorkflow} from '../../world/commands.ts'
import {findPipeline, findWorkflow} from '../../world/find.ts'
import type {WorkflowRecord} from '../../world/records.ts'
import {workflowNow} from '../../world/workflow.ts'
import {type World, workflowsNow} from '../../world/world.ts'
import {type Call, param} from '../call.ts'
import {projectIds, requireAccess} from '../project.ts'
import {rerunWorkflow} from '../rerun.ts'
import {pastTimestamp, timestamp} from '../timestamp.ts'
import {fieldsOf} from '../trigger-body.ts'
import {entity, list, progress, requiredFilter, visible} from './envelope.ts'
import {jobView} from './jobs.ts'

/** `GET /api/v3/workflows?filter[run_id]=`, newest first. */
export function listWorkflows(call: Call): Reply {
  const {world} = call
  const pipeline = visible(call, findPipeline(world, requiredFilter(call, 'run_id')), 'Run')
  const workflows = workflowsNow(world, pipeline).sort((a, b) => b.createdAt - a.createdAt)
  return list(workflows.map(workflow => workflowView(world, workflow)))
}

/** `GET /api/v3/workflows/{id}` */
export function getWorkflow(call: Call): Reply {
  return entity(workflowView(call.world, workflowOf(call, param(call, 'id'))))
}

/**
 * `GET /api/v3/jobs?filter[workflow_id]=`. The list calls a job `started` as soon as it may start, though it has no
 * start yet; the job itself says `queued` (observed by the CLI, internal/apiclient/workflow.go).
 */
export function listJobs(call: Call): Reply {
  const {world} = call
  const workflow = workflowOf(call, requiredFilter(call, 'workflow_id'))
  return list(
    workflowNow(world, workflow).jobs.map(now => {
      const {attributes, ...job} = jobView(world, workflow, now)
      const {phase} = attributes
      return {...job, attributes: {...attributes, phase: phase === 'queued' ? 'started' : phase}}
    })
  )
}

/** `POST /api/v3/workflows/{id}/rerun`: its own names for the options; those of v2 are ignored without a word. */
export function rerun(call: Call): Reply {
  const workflow = workflowOf(call, param(call, 'id'))
  requireAccess(call, 'Workflow not found')
  const {is_from_failed, is_ssh_enabled, jobs} = fieldsOf(call.request)
  const fresh = rerunWorkflow(call, workflow, {
    from_failed: is_from_failed,
    enable_ssh: is_ssh_enabled,
    jobs
  })
  return entity({id: fresh.id}, 201, {Location: `/api/v3/workflows/${fresh.id}`})
}

/** `POST /api/v3/workflows/{id}/cancel`; the answer comes before the effect. */
export function cancel(call: Call): Reply {
  const workflow = workflowOf(call, param(call, 'id'))
  requireAccess(call, 'Workflow not found')
  cancelWorkflow(call.world, workflow, call.user)
  return entity({id: workflow.id}, 202)
}

function workflowOf(call: Call, id: string): WorkflowRecord {
  return visible(call, findWorkflow(call.world, id), 'Workflow')
}

function workflowView(world: World, workflow: WorkflowRecord): object {
  const {status, stoppedAt} = workflowNow(world, workflow)
  const {spec, pipeline, startedBy, createdAt} = workflow
  return {
    id: workflow.id,
    attributes: {
      name: spec.name,
      ...progress(status === 'on_hold' ? 'running' : status),
      created_at: pastTimestamp(createdAt),
      ...(stoppedAt === null ? {} : {ended_at: timestamp(stoppedAt)})
    },
    references: {
      run: {id: pipeline.id},
      project: {id: projectIds(world).project},
      user: {id: startedBy.id}
    }
  }
}
