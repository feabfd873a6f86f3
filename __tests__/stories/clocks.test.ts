import {describe, expect, it} from '@jest/globals'

import {scenarios, type Scenario, type WorkflowSpec} from '../../simulator/index.ts'
import {tell, verdictOf} from '../support/story.ts'

const SECOND = 1_000

function running(workflow: WorkflowSpec): Scenario {
  return {...scenarios.passing, pipeline: {workflows: [workflow]}}
}

const clocks = [
  {name: 'agree', behaviour: {}},
  {name: 'differ: Date five minutes ahead', behaviour: {dateSkew: 300}},
  {name: 'differ: Date five minutes behind', behaviour: {dateSkew: -300}},
  {name: 'cannot be compared: no Date', behaviour: {dateSkew: 'none'}},
  {name: 'differ: pipelines dated five minutes ahead', behaviour: {createdAtSkew: 300}}
] as const

describe.each(clocks)('when the clocks $name', ({behaviour}) => {
  const withClocks = (scenario: Scenario): Scenario => ({...scenario, behaviour})

  it('an automatic rerun is waited for as long as ever', async () => {
    const test = {name: 'test', outcome: 'failed', run: 20, attempts: [{outcome: 'success'}]}
    const ci = {name: 'ci', maxAutoReruns: 1, jobs: [test]}
    const late = await tell({scenario: withClocks(running({...ci, autoRerunDelay: 50}))})
    expect(verdictOf(late.result)).toBe('success - passes')
    const never = await tell({scenario: withClocks(running({...ci, autoRerunDelay: 600}))})
    expect(verdictOf(never.result)).toBe('failure workflow-failed fails')
    const took = (never.result.finishedAt - never.result.startedAt) / SECOND
    expect(took).toBeGreaterThan(80)
    expect(took).toBeLessThan(100)
  })

  it('a green is neither early nor late', async () => {
    const quick = await tell({scenario: withClocks(running({name: 'ci', jobs: [{name: 'test'}]}))})
    expect(verdictOf(quick.result)).toBe('success - passes')
    const took = (quick.result.finishedAt - quick.result.startedAt) / SECOND
    expect(took).toBeGreaterThan(5)
    expect(took).toBeLessThan(12)
  })

  it('the first workflow may be a minute late', async () => {
    const ci: WorkflowSpec = {name: 'ci', jobs: [{name: 'test'}], appears: 50}
    const late = await tell({scenario: withClocks(running(ci))})
    expect(verdictOf(late.result)).toBe('success - passes')
    const never = await tell({scenario: withClocks(running({...ci, appears: 600}))})
    expect(verdictOf(never.result)).toBe('skipped no-workflows fails')
    const took = (never.result.finishedAt - never.result.startedAt) / SECOND
    expect(took).toBeGreaterThan(59)
    expect(took).toBeLessThan(75)
  })
})
