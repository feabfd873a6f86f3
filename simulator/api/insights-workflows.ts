import {type Reply, json} from '../http/reply.ts'
import {type Call, param} from './call.ts'
import {type Run, knownWorkflows, runsOf, windowOf} from './insights-history.ts'
import {runMetrics} from './insights-metrics.ts'
import {page} from './pagination.ts'
import {projectIds, projectOf} from './project.ts'
import {notFound} from './refusal.ts'
import {pastTimestamp} from './timestamp.ts'

/** https://circleci.com/docs/api/v2/#operation/getProjectWorkflowMetrics */
export function getWorkflowMetrics(call: Call): Reply {
  projectOf(call)
  const window = windowOf(call)
  const known = knownWorkflows(call.world).filter(name => runsOf(call, name).length > 0)
  return page(call, known, name => ({
    name,
    metrics: workflowMetrics(call, runsOf(call, name)),
    window_start: pastTimestamp(window.from),
    window_end: pastTimestamp(window.to),
    project_id: projectIds(call.world).project
  }))
}

/** https://circleci.com/docs/api/v2/#operation/getProjectWorkflowRuns; durations are in seconds. */
export function getWorkflowRuns(call: Call): Reply {
  projectOf(call)
  return page(call, runsOf(call, param(call, 'workflow')), run => ({
    id: run.id,
    branch: run.branch,
    duration: Math.round(run.seconds),
    created_at: pastTimestamp(run.createdAt),
    stopped_at: pastTimestamp(run.createdAt + run.seconds * 1000),
    credits_used: Math.round(run.seconds / 6),
    status: run.status,
    is_approval: run.approval ?? false
  }))
}

/** https://circleci.com/docs/api/v2/#operation/getWorkflowSummary */
export function getWorkflowSummary(call: Call): Reply {
  projectOf(call)
  const name = param(call, 'workflow')
  if (!knownWorkflows(call.world).includes(name)) throw notFound('Workflow not found.')
  const window = windowOf(call)
  const runs = runsOf(call, name)
  return json(200, {
    metrics: {
      ...runMetrics(runs, daysOf(window)),
      mttr: recoveries(runs).mttr,
      completed_runs: runs.length,
      window_start: pastTimestamp(window.from),
      window_end: pastTimestamp(window.to)
    },
    trends: {
      total_runs: 1,
      failed_runs: 1,
      success_rate: 1,
      p95_duration_secs: 1,
      median_duration_secs: 1,
      total_credits_used: 1,
      mttr: 1,
      throughput: 1
    },
    workflow_names: knownWorkflows(call.world)
  })
}

function workflowMetrics(call: Call, runs: readonly Run[]) {
  return {...runMetrics(runs, daysOf(windowOf(call))), ...recoveries(runs)}
}

function daysOf({from, to}: {readonly from: number; readonly to: number}): number {
  return (to - from) / 86_400_000
}

/** `mttr` is the mean time from a failure to the next success, in seconds. */
function recoveries(runs: readonly Run[]): {mttr: number; total_recoveries: number} {
  const oldestFirst = [...runs].reverse()
  const times: number[] = []
  let failedAt: number | undefined
  for (const run of oldestFirst) {
    if (run.status === 'failed') failedAt ??= run.createdAt
    if (run.status !== 'success' || failedAt === undefined) continue
    times.push((run.createdAt - failedAt) / 1000)
    failedAt = undefined
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length)
  return {mttr: Math.round(mean), total_recoveries: times.length}
}
