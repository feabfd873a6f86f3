import {type Reply, json} from '../http/reply.ts'
import {approveJob, cancelWorkflow} from '../world/commands.ts'
import {findWorkflow} from '../world/find.ts'
import type {WorkflowRecord} from '../world/records.ts'
import {workflowNow} from '../world/workflow.ts'
import {behaviourOf} from '../world/world.ts'
import {type Call, param} from './call.ts'
import {page} from './pagination.ts'
import {requireAccess} from './project.ts'
import {Refusal, notFound} from './refusal.ts'
import {workflowJobView, workflowView} from './workflow-view.ts'

/** https://circleci.com/docs/api/v2/#operation/getWorkflowById */
export function getWorkflow(call: Call): Reply {
  const workflow = workflowOf(call)
  return json(200, workflowView(call.world, workflow, workflowNow(call.world, workflow)))
}

/** https://circleci.com/docs/api/v2/#operation/listWorkflowJobs */
export function getWorkflowJobs(call: Call): Reply {
  const {jobs} = workflowNow(call.world, workflowOf(call))
  return page(
    call,
    jobs,
    job => workflowJobView(call.world, job, jobs),
    ({job}) => job.id
  )
}

/**
 * https://circleci.com/docs/api/v2/#operation/approvePendingApprovalJobById; approving twice is harmless, approving
 * what is not on hold is not.
 */
export function approve(call: Call): Reply {
  const workflow = workflowOf(call)
  const id = param(call, 'request')
  const refusal = behaviourOf(call.world).approvalRefusal
  if (refusal !== undefined) throw new Refusal(refusal.status, refusal.message)
  const hold = workflowNow(call.world, workflow).jobs.find(({job}) => job.id === id)
  if (hold?.job.spec.type !== 'approval') throw notFound('Job not found.')
  const open =
    behaviourOf(call.world).approveAgain === 'accepted' ? ['on_hold', 'success'] : ['on_hold']
  if (!open.includes(hold.status)) {
    throw new Refusal(400, 'Job is not on hold.')
  }
  approveJob(call.world, hold.job, call.user)
  return json(202, {message: 'Accepted.'})
}

/** https://circleci.com/docs/api/v2/#operation/cancelWorkflow; the answer comes before the effect. */
export function cancel(call: Call): Reply {
  const changed = cancelWorkflow(call.world, workflowOf(call), call.user)
  if (!changed && behaviourOf(call.world).cancelFinished === 'refused') {
    throw new Refusal(400, 'Workflow is not running.')
  }
  return json(202, {message: 'Accepted.'})
}

/** Returns the workflow a call names, as the caller may see it. */
export function workflowOf(call: Call): WorkflowRecord {
  const workflow = findWorkflow(call.world, param(call, 'id'))
  if (workflow === undefined) throw notFound('Workflow not found')
  requireAccess(call, 'Workflow not found')
  return workflow
}
