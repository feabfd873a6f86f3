import {type Reply, json} from '../http/reply.ts'
import type {FlakyTestSpec, JobSpec} from '../scenario.ts'
import {findJob} from '../world/find.ts'
import {type World, idOf} from '../world/world.ts'
import {type Call, param} from './call.ts'
import {history, knownWorkflows, runsOf, windowOf} from './insights-history.ts'
import {runMetrics} from './insights-metrics.ts'
import {page} from './pagination.ts'
import {projectIds, projectOf} from './project.ts'
import {pastTimestamp} from './timestamp.ts'

/** https://circleci.com/docs/api/v2/#operation/getAllInsightsBranches */
export function getBranches(call: Call): Reply {
  projectOf(call)
  const only = call.request.query.get('workflow-name')
  const names = knownWorkflows(call.world).filter(name => only === null || name === only)
  const branches = names.flatMap(name => history(call.world, name).map(({branch}) => branch))
  const ids = projectIds(call.world)
  return json(200, {
    org_id: ids.organization,
    project_id: ids.project,
    branches: [...new Set(branches)]
  })
}

/**
 * https://circleci.com/docs/api/v2/#operation/getFlakyTests; the document has hyphens in the keys, the real replies
 * have underscores.
 */
export function getFlakyTests(call: Call): Reply {
  projectOf(call)
  const tests = call.world.scenario.insights?.flakyTests ?? []
  return json(200, {
    flaky_tests: tests.map((test, index) => flakyTestView(call.world, test, index)),
    total_flaky_tests: tests.length
  })
}

/** https://circleci.com/docs/api/v2/#operation/getProjectWorkflowJobMetrics; each job has its share of the run. */
export function getJobMetrics(call: Call): Reply {
  projectOf(call)
  const {from, to} = windowOf(call)
  const workflow = param(call, 'workflow')
  const runs = runsOf(call, workflow)
  const part = call.request.query.get('job-name') ?? ''
  const jobs = buildJobs(call.world, workflow)
  const total = jobs.reduce((sum, {run = 1}) => sum + run, 0)
  return page(
    call,
    jobs.filter(({name}) => name.includes(part)),
    ({name, run = 1}) => {
      const own = runs.map(({status, seconds}) => ({status, seconds: (seconds * run) / total}))
      return {
        name,
        metrics: runMetrics(own, (to - from) / 86_400_000),
        window_start: pastTimestamp(from),
        window_end: pastTimestamp(to)
      }
    }
  )
}

/** Returns the build jobs a workflow has in the scenario. */
export function buildJobs({scenario}: World, workflow: string): JobSpec[] {
  const spec = scenario.pipeline.workflows.find(({name}) => name === workflow)
  return (spec?.jobs ?? []).filter(({type = 'build'}) => type === 'build')
}

/** The job is the newest of its name, so that its tests can be read; without any it is one of before. */
function flakyTestView(world: World, test: FlakyTestSpec, index: number): object {
  const found = findJob(world, ({spec}) => spec.name === test.job)
  return {
    test_name: test.name,
    classname: test.classname ?? null,
    file: test.file ?? null,
    source: 'jest',
    job_name: test.job,
    job_number: found?.job.number ?? 900 + index,
    pipeline_number: found?.workflow.pipeline.number ?? 80 + index,
    workflow_id: found?.workflow.id ?? idOf(world, `flaky ${test.name}`),
    workflow_name: test.workflow,
    workflow_created_at: pastTimestamp(world.startedAt - (index + 1) * 86_400_000),
    times_flaked: test.times,
    time_wasted: test.times * 240
  }
}
