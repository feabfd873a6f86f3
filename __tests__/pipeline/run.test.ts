import {describe, expect, it} from '@jest/globals'

import {tell, verdictOf, type StoryOptions} from '../support/story.ts'
import type {ScenarioName} from '../../simulator/index.ts'

interface Row {
  readonly scenario: ScenarioName
  readonly inputs?: StoryOptions['inputs']
  readonly expected: string
  readonly says?: RegExp
}

const rows: readonly Row[] = [
  {scenario: 'passing', expected: 'success - passes'},
  {scenario: 'failing', expected: 'failure workflow-failed fails', says: /"build-and-test" failed/},
  {scenario: 'dynamic-config', expected: 'success - passes'},
  {scenario: 'on-hold', inputs: {onHold: 'fail'}, expected: 'action_required on-hold fails'},
  {scenario: 'on-hold', inputs: {onHold: 'succeed'}, expected: 'action_required on-hold passes'},
  {scenario: 'on-hold', inputs: {timeoutSeconds: 60}, expected: 'timed_out timeout fails'},
  {scenario: 'on-hold', inputs: {approve: ['*']}, expected: 'success - passes'},
  {scenario: 'flaky', expected: 'failure workflow-failed fails'},
  {scenario: 'flaky', inputs: {rerunFailed: 1}, expected: 'success - passes'},
  {scenario: 'auto-rerun', expected: 'success - passes'},
  {
    scenario: 'config-error',
    expected: 'failure config-error fails',
    says: /node\/install-packages/
  },
  {scenario: 'no-workflows', expected: 'skipped no-workflows fails'},
  {
    scenario: 'no-workflows',
    inputs: {onNoWorkflows: 'succeed'},
    expected: 'skipped no-workflows passes'
  },
  {scenario: 'slow', expected: 'success - passes'},
  {
    scenario: 'slow',
    inputs: {timeoutSeconds: 10},
    expected: 'timed_out timeout fails',
    says: /within 10s/
  },
  {scenario: 'github-app', expected: 'success - passes'},
  {
    scenario: 'github-app-definitions',
    expected: 'failure input fails',
    says: /"build".*"nightly".*"compliance"/
  },
  {
    scenario: 'github-app-definitions',
    inputs: {definition: 'nightly'},
    expected: 'success - passes'
  },
  {scenario: 'superseded', expected: 'cancelled superseded fails', says: /pipeline #102/},
  {scenario: 'canceled', expected: 'cancelled canceled fails'},
  {scenario: 'unauthorized', expected: 'failure unauthorized fails'},
  {scenario: 'not-run', expected: 'skipped not-run fails'},
  {scenario: 'workflow-error', expected: 'failure config-error fails'},
  {scenario: 'unknown-status', expected: 'success - passes'},
  {
    scenario: 'skip-ci',
    inputs: {definition: 'build'},
    expected: 'skipped no-pipeline fails',
    says: /CI skip/
  },
  {scenario: 'hostile', expected: 'failure workflow-failed fails'}
]

describe('run, against the simulator', () => {
  it.each(rows)('$scenario $inputs: $expected', async ({scenario, inputs, expected, says}) => {
    const {result, lines} = await tell({scenario}, {inputs: inputs ?? {}})
    expect({told: verdictOf(result), lines}).toMatchObject({told: expected})
    expect(result.verdict?.message).toMatch(says ?? /./)
  })
})
