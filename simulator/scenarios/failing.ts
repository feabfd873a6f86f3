import type {JobSpec, Scenario, TestSpec} from '../scenario.ts'
import {history, usual} from './history.ts'
import {compilerLog, jestLog} from './logs.ts'
import {buildImage, cartTest, cartTests, checkout, coverage, lint, shop, unitTests} from './shop.ts'

const roundingMessage = [
  'Error: expect(received).toBe(expected) // Object.is equality',
  '',
  'Expected: "10.02"',
  'Received: "10.03"',
  '    at Object.<anonymous> (/home/circleci/project/src/cart.test.ts:42:31)',
  '    at new Promise (<anonymous>)'
].join('\n')

const failedTests: readonly TestSpec[] = [
  {...cartTest('rounds totals half to even', 0.021), result: 'failure', message: roundingMessage},
  {
    name: 'Checkout refuses an expired card',
    classname: 'Checkout',
    file: '/home/circleci/project/src/checkout.test.ts',
    source: 'jest',
    result: 'failure',
    message:
      "TypeError: Cannot read properties of undefined (reading 'expiry')\n    at validate (/home/circleci/project/src/checkout.ts:17:22)\n    at Object.<anonymous> (/home/circleci/project/src/checkout.test.ts:88:5)",
    seconds: 0.064
  },
  {
    name: 'Search finds a product by its number',
    classname: 'Search',
    file: '/home/circleci/project/src/search.test.ts',
    source: 'jest',
    result: 'skipped',
    seconds: 0
  }
]

/** Unit tests on three nodes, the second of which fails. */
export const failingUnitTests: JobSpec = {
  ...unitTests,
  parallelism: 3,
  outcome: 'failed',
  failedNodes: [1],
  steps: [
    ...checkout,
    {
      name: 'Run unit tests',
      command:
        'npx jest --ci --coverage $(circleci tests glob "src/**/*.test.ts" | circleci tests split)',
      output: jestLog,
      error: 'npm error code 1\n',
      fails: true
    },
    {
      name: 'Uploading test results',
      always: true,
      output: 'Archiving the following test results\n'
    },
    {name: 'Uploading artifacts', always: true, output: 'Uploading coverage/index.html\n'}
  ],
  tests: [...cartTests, ...failedTests],
  artifacts: [
    ...coverage.map(artifact => ({...artifact, node: 1})),
    {path: 'logs/jest-debug.log', content: 'debug: seed 4711\n', node: 1}
  ]
}

const typecheck: JobSpec = {
  name: 'typecheck',
  outcome: 'failed',
  run: 1.1,
  steps: [
    ...checkout,
    // The build page has `failed: null` on some failed steps: only the status tells.
    {
      name: 'tsc',
      command: 'npx tsc --noEmit',
      output: compilerLog,
      fails: true,
      exitCode: 2,
      failedUnknown: true
    }
  ]
}

/** A pipeline with failed tests, a failed step with a long log and a job that never ran. */
export const failing: Scenario = {
  name: 'failing',
  description: 'Failed tests on one of three nodes and a failed step with a long log.',
  project: shop,
  pipeline: {
    workflows: [
      {
        name: 'build-and-test',
        jobs: [
          lint,
          typecheck,
          failingUnitTests,
          {...buildImage, requires: ['lint', 'typecheck', 'unit-tests']}
        ]
      },
      {name: 'docs', jobs: [{name: 'build-docs', run: 0.9}]}
    ]
  },
  insights: {
    workflows: {'build-and-test': history({seconds: usual, failsEvery: 4})},
    flakyTests: [
      {
        name: 'Cart keeps its items across a reload',
        classname: 'Cart',
        file: '/home/circleci/project/src/cart.test.ts',
        job: 'unit-tests',
        workflow: 'build-and-test',
        times: 3
      }
    ]
  }
}
