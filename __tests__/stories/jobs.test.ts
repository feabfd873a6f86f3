import {describe, expect, it} from '@jest/globals'

import {scenarios, type JobSpec, type Scenario} from '../../simulator/index.ts'
import {without} from '../../simulator/listings.ts'
import {tell, verdictOf} from '../support/story.ts'

/** A workflow in which a preview is deployed early, and something else goes on for seven minutes. */
function preview(deploy: Partial<JobSpec> = {}, more: readonly JobSpec[] = []): Scenario {
  return {
    ...scenarios.passing,
    pipeline: {
      workflows: [
        {
          name: 'ci',
          jobs: [
            {name: 'build', run: 20},
            {name: 'deploy-preview', requires: ['build'], run: 20, ...deploy},
            {name: 'e2e', requires: ['build'], run: 420},
            ...more
          ]
        }
      ]
    }
  }
}

const seconds = ({startedAt, finishedAt}: {startedAt: number; finishedAt: number}): number =>
  (finishedAt - startedAt) / 1000

describe('jobs that decide', () => {
  it('end the step when they are done, and leave the rest running', async () => {
    const {result, simulator} = await tell(
      {scenario: preview()},
      {inputs: {jobs: ['deploy-preview']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(result.verdict?.message).toBe(
      'Job "deploy-preview" of workflow "ci" succeeded. The pipeline is left running.'
    )
    expect(seconds(result)).toBeLessThan(90)
    expect(simulator.running().map(({name}) => name)).toEqual(['ci'])
    expect(simulator.requests.filter(({path}) => path.endsWith('/cancel'))).toEqual([])
    expect(result.jobs.filter(({deciding}) => deciding).map(({name}) => name)).toEqual([
      'deploy-preview'
    ])
  })

  it('fail the step as soon as no rerun can follow', async () => {
    const {result, simulator} = await tell(
      {scenario: preview({outcome: 'failed'})},
      {inputs: {jobs: ['deploy-*']}}
    )
    expect(verdictOf(result)).toBe('failure job-failed fails')
    expect(seconds(result)).toBeLessThan(90)
    expect(simulator.running().map(({name}) => name)).toEqual(['ci'])
  })

  it('wait for the end of their workflow to be rerun, and take what the rerun has copied', async () => {
    const {result, lines} = await tell(
      {scenario: preview({outcome: 'failed', attempts: [{outcome: 'success'}]})},
      {inputs: {jobs: ['deploy-preview', 'build'], rerunFailed: 1}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(seconds(result)).toBeGreaterThan(420)
    expect(lines.filter(line => line.includes('rerunning it from failed'))).toHaveLength(1)
    expect(result.verdict?.message).toContain('workflow "ci" (attempt 2)')
  })

  it('rerun no workflow in which none of them failed', async () => {
    const {result, simulator} = await tell(
      {scenario: preview({run: 500}, [{name: 'lint', outcome: 'failed'}])},
      {inputs: {jobs: ['deploy-preview'], rerunFailed: 1}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(simulator.requests.filter(({path}) => path.endsWith('/rerun'))).toEqual([])
  })

  it('wait for an automatic rerun that may still mend them', async () => {
    const scenario = preview({outcome: 'failed', attempts: [{outcome: 'success'}]})
    const [ci] = scenario.pipeline.workflows
    if (ci === undefined) throw new Error('no workflow')
    const {result} = await tell(
      {
        scenario: {
          ...scenario,
          pipeline: {workflows: [{...ci, maxAutoReruns: 1, autoRerunDelay: 50}]}
        }
      },
      {inputs: {jobs: ['deploy-preview']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(seconds(result)).toBeGreaterThan(480)
  })

  it.each([
    {onHold: 'fail', verdict: 'action_required on-hold fails'},
    {onHold: 'succeed', verdict: 'action_required on-hold passes'}
  ] as const)(
    'are on hold behind an approval while the rest runs: $onHold',
    async ({onHold, verdict}) => {
      const {result} = await tell(
        {
          scenario: preview({requires: ['build', 'hold']}, [
            {name: 'hold', type: 'approval', requires: ['build']}
          ])
        },
        {inputs: {jobs: ['deploy-preview'], onHold}}
      )
      expect(verdictOf(result)).toBe(verdict)
      expect(result.verdict?.message).toMatch(/^Job "deploy-preview" .* approval: "hold"\./)
      expect(seconds(result)).toBeLessThan(90)
    }
  )

  it('go on behind an approval that this step gives', async () => {
    const {result} = await tell(
      {
        scenario: preview({requires: ['build', 'hold']}, [
          {name: 'hold', type: 'approval', requires: ['build']}
        ])
      },
      {inputs: {jobs: ['deploy-preview'], approve: ['hold'], onHold: 'fail'}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(seconds(result)).toBeLessThan(120)
  })

  it('are named when a line matches none of them, once their workflows have ended', async () => {
    const {result} = await tell(
      {scenario: preview()},
      {inputs: {jobs: ['deploy-preview', 'deploy-prview']}}
    )
    expect(verdictOf(result)).toBe('failure input fails')
    expect(result.verdict?.message).toBe(
      'Input "jobs": "deploy-prview" matches no job of the workflows that decide. Their jobs are "build", "deploy-preview", "e2e".'
    )
  })

  it('are not done when a listing lacks them', async () => {
    const {result} = await tell(
      {
        scenario: preview({outcome: 'failed'}),
        faults: [
          {
            method: 'GET',
            path: '/workflow/*/job',
            kind: 'rows',
            change: without({name: 'deploy-preview'}),
            lasts: 120
          }
        ]
      },
      {inputs: {jobs: ['deploy-preview', 'build']}}
    )
    expect(verdictOf(result)).toBe('failure job-failed fails')
  })

  it('are asked for through five minutes of errors, and no longer', async () => {
    const {result} = await tell(
      {
        scenario: preview(),
        faults: [{method: 'GET', path: '/workflow/*/job', kind: 'status', status: 503, lasts: 800}]
      },
      {inputs: {jobs: ['deploy-preview'], artifacts: [], logLines: 0}}
    )
    expect(verdictOf(result)).toBe('failure api-unavailable fails')
    expect(seconds(result)).toBeGreaterThan(300)
  })

  it.each([
    {kind: 'status', status: 503},
    {kind: 'status', status: 404}
  ] as const)('bear $status for a while', async fault => {
    const {result} = await tell(
      {
        scenario: preview(),
        faults: [{method: 'GET', path: '/workflow/*/job', ...fault, after: 10, lasts: 45}]
      },
      {inputs: {jobs: ['deploy-preview']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
  })

  it('cost one request a poll beside the listing', async () => {
    const {simulator, polls} = await tell(
      {scenario: preview()},
      {inputs: {jobs: ['deploy-preview'], artifacts: [], logLines: 0}}
    )
    const read = simulator.requests.filter(({path}) => path.endsWith('/job')).length
    expect(read).toBeLessThanOrEqual(polls + 1)
    expect(polls).toBeLessThan(25)
  })

  it('are named when the timeout comes first', async () => {
    const {result} = await tell(
      {scenario: preview({run: 300})},
      {inputs: {jobs: ['deploy-preview', 'nothing'], timeoutSeconds: 60}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.verdict?.message).toContain(
      'Not finished: "deploy-preview" of workflow "ci" (running). Input "jobs": "nothing" matched no job so far.'
    )
  })
})
