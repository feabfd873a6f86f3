import type {JobSpec, Scenario, TestSpec} from '../scenario.ts'
import {history, usual} from './history.ts'
import {pytestLog} from './logs.ts'
import {buildImage, checkout, lint, shop, unitTests} from './shop.ts'

const orderTest: TestSpec = {
  name: 'test_order_survives_a_reload',
  classname: 'tests.test_orders',
  file: 'tests/test_orders.py',
  source: 'pytest',
  result: 'failure',
  message: "AssertionError: assert '' == '1 item'\ntests/test_orders.py:57: AssertionError",
  seconds: 1.48
}

const stockTests: readonly TestSpec[] = ['test_reserves', 'test_releases', 'test_sells_out'].map(
  name => ({name, classname: 'tests.test_stock', file: 'tests/test_stock.py', seconds: 0.05})
)

const run = {name: 'Run pytest', command: 'pytest --junitxml=test-results/pytest/junit.xml'}

/** End-to-end tests that fail on the first attempt and pass on the second. */
export const flakyEndToEnd: JobSpec = {
  name: 'e2e',
  requires: ['build-image'],
  outcome: 'failed',
  run: 1.4,
  steps: [...checkout.slice(0, 1), {...run, output: pytestLog, fails: true}],
  tests: [...stockTests, orderTest],
  artifacts: [{path: 'test-results/pytest/junit.xml', content: '<testsuites failures="1"/>\n'}],
  attempts: [
    {
      outcome: 'success',
      steps: [...checkout.slice(0, 1), {...run, output: '214 passed in 39.84s\n'}],
      tests: [...stockTests, {...orderTest, result: 'success', message: ''}],
      artifacts: [{path: 'test-results/pytest/junit.xml', content: '<testsuites failures="0"/>\n'}]
    }
  ]
}

const workflow = {
  name: 'build-and-test',
  jobs: [lint, {...unitTests, run: 0.9}, {...buildImage, run: 0.6}, flakyEndToEnd]
}

/** A workflow that fails once, because of a test Insights knows to be flaky, and passes when it is rerun. */
export const flaky: Scenario = {
  name: 'flaky',
  description: 'Fails because of a known flaky test, and passes when it is rerun from failed.',
  project: shop,
  pipeline: {workflows: [workflow]},
  insights: {
    workflows: {'build-and-test': history({seconds: usual, failsEvery: 3})},
    flakyTests: [
      {
        name: orderTest.name,
        classname: 'tests.test_orders',
        file: 'tests/test_orders.py',
        job: 'e2e',
        workflow: 'build-and-test',
        times: 7
      }
    ]
  }
}

/** The same, but CircleCI reruns the workflow by itself. */
export const autoRerun: Scenario = {
  ...flaky,
  name: 'auto-rerun',
  description:
    'Like flaky, but CircleCI reruns the failed workflow by itself (max_auto_reruns: 2).',
  pipeline: {workflows: [{...workflow, maxAutoReruns: 2, autoRerunDelay: 1}]}
}
