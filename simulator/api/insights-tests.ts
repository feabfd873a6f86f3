import {type Reply, json} from '../http/reply.ts'
import type {TestSpec} from '../scenario.ts'
import {type Call, param} from './call.ts'
import {buildJobs} from './insights.ts'
import {runsOf} from './insights-history.ts'
import {projectOf} from './project.ts'

interface TestOfJob {
  readonly test: TestSpec
  readonly job: string
}

/** https://circleci.com/docs/api/v2/#operation/getProjectWorkflowTestMetrics; of the ten latest runs. */
export function getTestMetrics(call: Call): Reply {
  projectOf(call)
  const workflow = param(call, 'workflow')
  const runs = runsOf(call, workflow).slice(0, 10)
  const tests = buildJobs(call.world, workflow).flatMap(({name, tests: own = []}) =>
    own.map(test => ({test, job: name}))
  )
  const failed = runs.length === 0 ? [] : tests.filter(({test}) => test.result === 'failure')
  const slowest = [...tests].sort((a, b) => (b.test.seconds ?? 0) - (a.test.seconds ?? 0))
  const view = (entry: TestOfJob): object => testView(call, entry, runs.length)
  return json(200, {
    average_test_count: runs.length === 0 ? 0 : tests.length,
    most_failed_tests: failed.slice(0, 10).map(view),
    most_failed_tests_extra: Math.max(0, failed.length - 10),
    slowest_tests: runs.length === 0 ? [] : slowest.slice(0, 10).map(view),
    slowest_tests_extra: Math.max(0, tests.length - 10),
    total_test_runs: runs.length,
    test_runs: runs.map(({id, status}, index) => ({
      pipeline_number: 100 - index,
      workflow_id: id,
      success_rate: status === 'success' ? 1 : 0,
      test_counts: countsOf(tests, status === 'success')
    }))
  })
}

function countsOf(tests: readonly TestOfJob[], passed: boolean): object {
  const failure = passed ? 0 : tests.filter(({test}) => test.result === 'failure').length
  const skipped = tests.filter(({test}) => test.result === 'skipped').length
  return {
    error: 0,
    failure,
    skipped,
    success: tests.length - failure - skipped,
    total: tests.length
  }
}

function testView({world}: Call, {test, job}: TestOfJob, runs: number): object {
  const flaky = world.scenario.insights?.flakyTests?.some(({name}) => name === test.name) ?? false
  return {
    p95_duration: test.seconds ?? 0.01,
    total_runs: runs,
    failed_runs: test.result === 'failure' ? 1 : 0,
    flaky,
    test_name: test.name,
    classname: test.classname ?? null,
    file: test.file ?? null,
    source: test.source ?? 'jest',
    job_name: job
  }
}
