import {describe, expect, it} from '@jest/globals'

import {scenarios, type Scenario, type WorkflowSpec} from '../../simulator/index.ts'
import {tell, verdictOf, type Told} from '../support/story.ts'

const SECOND = 1_000

function running(...workflows: readonly WorkflowSpec[]): Scenario {
  return {...scenarios.passing, pipeline: {workflows}}
}

function build(run: number, outcome = 'success'): WorkflowSpec {
  return {name: 'build', jobs: [{name: 'test', run, outcome}]}
}

const release: WorkflowSpec = {
  name: 'release',
  jobs: [
    {name: 'package', run: 5},
    {name: 'hold', type: 'approval', requires: ['package']},
    {name: 'deploy', requires: ['hold']}
  ]
}

function seconds({result}: Told): number {
  return (result.finishedAt - result.startedAt) / SECOND
}

function posts({simulator}: Told, part: string): number {
  return simulator.requests.filter(({method, path}) => method === 'POST' && path.includes(part))
    .length
}

describe('the last look, at the deadline', () => {
  it.each([
    {outcome: 'success', verdict: 'success - passes'},
    {outcome: 'failed', verdict: 'failure workflow-failed fails'}
  ])('finds what ended since the poll before: $outcome', async ({outcome, verdict}) => {
    const story = await tell(
      {scenario: running(build(170, outcome))},
      {inputs: {timeoutSeconds: 200, pollIntervalSeconds: 101}}
    )
    expect(verdictOf(story.result)).toBe(verdict)
    expect(seconds(story)).toBeGreaterThanOrEqual(200)
    expect(seconds(story)).toBeLessThan(205)
    expect(posts(story, '/cancel')).toBe(0)
  })

  it('ends in a timeout what is still running, after one listing', async () => {
    const story = await tell(
      {scenario: running(build(600))},
      {inputs: {timeoutSeconds: 200, pollIntervalSeconds: 101}}
    )
    expect(verdictOf(story.result)).toBe('timed_out timeout fails')
    expect(seconds(story)).toBeLessThan(203)
    const listings = story.simulator.requests.filter(
      ({method, path}) => method === 'GET' && path.endsWith('/workflow')
    )
    // At 0, 60, 161 and 200 s; the fifth lists what is to be cancelled.
    expect(listings).toHaveLength(5)
    expect(posts(story, '/cancel')).toBe(1)
  })

  it('lifts no rule, but waits for one that ten seconds are enough for', async () => {
    const late = {...build(1), name: 'late', appears: 98}
    const story = await tell(
      {scenario: running(build(80), late)},
      {inputs: {timeoutSeconds: 100, pollIntervalSeconds: 99}}
    )
    expect(verdictOf(story.result)).toBe('success - passes')
    expect(seconds(story)).toBeGreaterThan(103)
    expect(seconds(story)).toBeLessThan(110)
    const rerun = {...late, ...build(1, 'failed'), maxAutoReruns: 1, autoRerunDelay: 50}
    const due = await tell(
      {scenario: running(build(80), {...rerun, name: 'late'})},
      {inputs: {timeoutSeconds: 100, pollIntervalSeconds: 99}}
    )
    expect(verdictOf(due.result)).toBe('timed_out timeout fails')
  })

  it('reruns and approves nothing', async () => {
    const story = await tell(
      {scenario: running(build(170, 'failed'), {...release, appears: 165})},
      {
        inputs: {
          timeoutSeconds: 200,
          pollIntervalSeconds: 101,
          rerunFailed: 1,
          approve: ['hold'],
          onTimeout: 'leave'
        }
      }
    )
    expect(verdictOf(story.result)).toBe('timed_out timeout fails')
    expect(posts(story, '/rerun') + posts(story, '/approve')).toBe(0)
  })

  it.each([
    {name: 'in trouble', fault: {kind: 'status', status: 503}},
    {name: 'refused', fault: {kind: 'status', status: 403}}
  ] as const)('is over after ten seconds when it is $name', async ({fault}) => {
    const story = await tell(
      {
        scenario: running(build(170)),
        faults: [{method: 'GET', path: '/pipeline/*/workflow', after: 150, ...fault}]
      },
      {inputs: {timeoutSeconds: 200, pollIntervalSeconds: 101, onTimeout: 'leave'}}
    )
    expect(verdictOf(story.result)).toBe('timed_out timeout fails')
    expect(seconds(story)).toBeLessThanOrEqual(210)
  })
})

describe('at a timeout', () => {
  const inputs = {timeoutSeconds: 60} as const

  it.each([
    {name: 'on hold', force: undefined},
    {name: 'on hold, though CircleCI says that it runs', force: 'running'}
  ])('a pipeline that is only $name is left to a person', async ({force}) => {
    const story = await tell(
      {scenario: running(release, build(5))},
      {
        inputs,
        onPoll: ({rollup}, {simulator}) => {
          const one = rollup.attempts.find(({name}) => name === 'release')
          if (one !== undefined && force !== undefined) simulator.force(one.id, force)
        }
      }
    )
    expect(verdictOf(story.result)).toBe('timed_out timeout fails')
    expect(story.cancelled).toBe(false)
    expect(posts(story, '/cancel')).toBe(0)
    expect(story.lines.join('\n')).toMatch(
      /notice: Pipeline #101 is left running, because it only waits for a person to approve: http/
    )
    expect(story.result.verdict?.message).toMatch(/"hold".*It waits for a person to approve: http/)
  })

  it('names the lines of "workflows" that matched nothing so far', async () => {
    const {result} = await tell(
      {scenario: running(release, build(5))},
      {inputs: {...inputs, workflows: ['build', 'deploy']}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.verdict?.message).toContain(
      'Not finished: "release" (on hold: "hold"). Input "workflows": "deploy" matched no workflow so far.'
    )
  })

  it('a pipeline is cancelled when it was only on hold, and whether it runs now cannot be read', async () => {
    const jobs = [
      {name: 'hold', type: 'approval', approved: {after: 50}},
      {name: 'deploy', requires: ['hold'], run: 600}
    ] as const
    const story = await tell(
      {
        scenario: {...running({name: 'release', jobs}), behaviour: {holdStatus: 'running'}},
        faults: [{method: 'GET', path: '/workflow/*/job', kind: 'status', status: 503, after: 45}]
      },
      {inputs: {...inputs, approve: ['nothing'], pollIntervalSeconds: 10}}
    )
    expect(verdictOf(story.result)).toBe('timed_out timeout fails')
    expect(posts(story, '/cancel')).toBe(1)
    expect(story.result.verdict?.message).not.toContain('on hold')
  })

  it.each([
    {name: 'another workflow runs beside the hold', others: [build(600)]},
    {
      name: 'another job runs beside the hold',
      others: [{...release, name: 'nightly', jobs: [...release.jobs, {name: 'soak', run: 600}]}]
    }
  ])('a pipeline is cancelled when $name', async ({others}) => {
    const story = await tell({scenario: running(release, ...others)}, {inputs})
    expect(verdictOf(story.result)).toBe('timed_out timeout fails')
    expect(posts(story, '/cancel')).toBe(2)
  })

  it('workflows that decide nothing count as well', async () => {
    const story = await tell(
      {scenario: running(release, build(600))},
      {inputs: {...inputs, workflows: ['release']}}
    )
    expect(posts(story, '/cancel')).toBe(2)
  })
})
