import {type Reply, json} from '../http/reply.ts'
import type {JobRecord, WorkflowRecord} from '../world/records.ts'
import {rerunOf} from '../world/rerun.ts'
import {isTerminal, workflowNow} from '../world/workflow.ts'
import {behaviourOf} from '../world/world.ts'
import type {Call} from './call.ts'
import {Refusal} from './refusal.ts'
import {type Fields, fieldsOf, mistyped} from './trigger-body.ts'
import {workflowOf} from './workflows.ts'

const ninetyDays = 90 * 86_400_000

/**
 * https://circleci.com/docs/api/v2/#operation/rerunWorkflow; makes a new workflow in the same pipeline. Since 2026-04-28
 * CircleCI refuses every kind of rerun while the workflow is not finished (a reply pasted in mailpoet/mailpoet#6928),
 * and so right after a cancel, which takes a moment.
 */
export function rerun(call: Call): Reply {
  const fresh = rerunWorkflow(call, workflowOf(call), fieldsOf(call.request))
  return json(202, {workflow_id: fresh.id})
}

/** Makes the new workflow, for whichever version of the API is asked; the options have v2's names. */
export function rerunWorkflow(
  call: Call,
  workflow: WorkflowRecord,
  fields: Fields
): WorkflowRecord {
  const options = optionsOf(fields)
  if (!isTerminal(workflowNow(call.world, workflow).status)) {
    throw new Refusal(400, 'Workflow must be in a terminal state to be rerun')
  }
  const jobs = jobsToRun(workflow, options)
  requireWithinLimits(call, workflow)
  return rerunOf(call.world, workflow, {
    automatic: false,
    createdAt: call.world.now(),
    startedBy: call.user,
    ...(jobs === undefined ? {} : {jobs})
  })
}

interface RerunOptions {
  readonly fromFailed: boolean
  readonly jobs: readonly string[]
}

function optionsOf(fields: Fields): RerunOptions {
  const fromFailed = flag(fields, 'from_failed')
  const ssh = flag(fields, 'enable_ssh')
  const sparse = flag(fields, 'sparse_tree')
  const {jobs = []} = fields
  if (!Array.isArray(jobs) || !jobs.every(job => typeof job === 'string')) {
    throw mistyped('jobs', 'array of strings', jobs)
  }
  if (fromFailed && (jobs.length > 0 || ssh)) {
    throw new Refusal(400, 'from_failed excludes jobs and enable_ssh.')
  }
  if ((ssh || sparse) && jobs.length === 0) {
    throw new Refusal(400, 'enable_ssh and sparse_tree need jobs.')
  }
  return {fromFailed, jobs}
}

function flag(fields: Fields, name: string): boolean {
  const value = fields[name] ?? false
  if (typeof value !== 'boolean') throw mistyped(name, 'boolean', value)
  return value
}

function jobsToRun(
  workflow: WorkflowRecord,
  {fromFailed, jobs}: RerunOptions
): readonly JobRecord[] | 'all' | undefined {
  if (fromFailed) return undefined
  if (jobs.length === 0) return 'all'
  return jobs.map(id => {
    const job = workflow.jobs.find(candidate => candidate.id === id)
    if (job === undefined) throw new Refusal(400, 'Job not found in the workflow.')
    return job
  })
}

/** https://circleci.com/docs/guides/orchestrate/workflows/: 100 reruns, within 90 days. */
function requireWithinLimits({world}: Call, {spec, pipeline}: WorkflowRecord): void {
  const runs = pipeline.workflows.filter(other => other.spec.name === spec.name).length
  if (runs - 1 >= behaviourOf(world).rerunLimit) {
    throw new Refusal(400, 'Workflow has reached its limit of reruns.')
  }
  if (world.now() - pipeline.createdAt >= ninetyDays) {
    throw new Refusal(400, 'Workflow is too old to be rerun.')
  }
}
