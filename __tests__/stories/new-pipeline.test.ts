import {describe, expect, it} from '@jest/globals'

import {scenarios, type Scenario} from '../../simulator/index.ts'
import {tell, verdictOf} from '../support/story.ts'

const late = (outcome: string): Scenario => ({
  ...scenarios.passing,
  insights: {},
  pipeline: {workflows: [{name: 'late', appears: 8, jobs: [{name: 'test', outcome}]}]}
})

describe('a pipeline that this step has just triggered', () => {
  it.each([
    ['failed', 'failure workflow-failed fails'],
    ['success', 'success - passes']
  ])('is not old, whatever its times say: a late workflow that is %s', async (outcome, verdict) => {
    const {result} = await tell(
      {scenario: late(outcome)},
      {
        inputs: {onNoWorkflows: 'succeed'},
        onPipeline: ({id, number}, {simulator}) => {
          const body = {id, number, state: 'created', created_at: '2019-08-24T14:15:22Z'}
          simulator.faults.add({
            method: 'GET',
            path: `/api/v2/pipeline/${id}`,
            kind: 'status',
            status: 200,
            body: JSON.stringify({...body, project_slug: simulator.slug, errors: []})
          })
        }
      }
    )
    expect(verdictOf(result)).toBe(verdict)
  })
})
