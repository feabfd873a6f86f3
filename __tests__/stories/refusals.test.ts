import {describe, expect, it} from '@jest/globals'

import {scenarios, startSimulator, type Fault, type Scenario} from '../../simulator/index.ts'
import {tell, verdictOf, type Told} from '../support/story.ts'

const SECOND = 1_000
const listing = {method: 'GET', path: '/pipeline/*/workflow'} as const
const state = {method: 'GET', path: '/pipeline/*'} as const
const jobs = {method: 'GET', path: '/workflow/*/job'} as const
const me = {method: 'GET', path: '/me'} as const

const running = (seconds: number): Scenario => ({
  ...scenarios.passing,
  pipeline: {workflows: [{name: 'build', jobs: [{name: 'test', run: seconds}]}]}
})
const long = running(600)

function took({result}: Told): number {
  return Math.round((result.finishedAt - result.startedAt) / SECOND)
}

/** Seconds after the trigger at which requests to a path were sent. */
function times({simulator, result}: Told, path: RegExp): number[] {
  return simulator.requests
    .filter(one => path.test(one.path))
    .map(({at}) => Math.round((at - result.startedAt) / SECOND))
}

const LISTING = /\/pipeline\/[^/]+\/workflow$/

describe('a refusal in the middle of a wait', () => {
  it.each([
    {what: 'of the listing', where: listing, statuses: [401, 403, 404]},
    {what: 'of everything', where: {}, statuses: [403, 404]}
  ])('$what ends nothing when it passes', async ({where, statuses}) => {
    for (const status of statuses) {
      const fault: Fault = {...where, kind: 'status', status, after: 60, lasts: 45}
      const story = await tell({scenario: running(150), faults: [fault]})
      expect(verdictOf(story.result)).toBe('success - passes')
    }
  })

  it('of the state ends nothing when it passes', async () => {
    const {result} = await tell({
      scenario: scenarios.passing,
      faults: [{...state, kind: 'status', status: 403, lasts: 45}]
    })
    expect(verdictOf(result)).toBe('success - passes')
  })

  it.each([
    {status: 403, reason: 'auth'},
    {status: 404, reason: 'not-found'}
  ])(
    'that lasts ends the wait after a minute, asked again every ten seconds: $status',
    async ({status, reason}) => {
      for (const pollIntervalSeconds of [1, 240]) {
        const story = await tell(
          {scenario: long, faults: [{...listing, kind: 'status', status, after: 30}]},
          {inputs: {pollIntervalSeconds}}
        )
        expect(verdictOf(story.result)).toBe(`failure ${reason} fails`)
        const refused = times(story, LISTING).filter(seconds => seconds >= 30)
        const [first = 0] = refused
        expect(refused.map(seconds => seconds - first)).toEqual([0, 10, 20, 30, 40, 50, 60])
        expect(story.result.verdict?.message).toMatch(
          /^CircleCI could not look up pipeline #101 of gh\/acme\/shop: .* could see it before/
        )
        expect(story.result.verdict?.message).not.toContain('project-slug')
        const said = story.lines.filter(line => /^(warning|info): Reading pipeline/.test(line))
        expect(said.length).toBeLessThanOrEqual(3)
      }
    }
  )

  it('of the token itself ends the wait the second time, ten seconds later', async () => {
    const story = await tell({
      scenario: long,
      faults: [{kind: 'status', status: 401, after: 100}]
    })
    expect(verdictOf(story.result)).toBe('failure auth fails')
    expect(story.result.verdict?.message).toContain('The token is not valid')
    const [last = 0, before = 0] = times(story, LISTING).toReversed()
    expect(last - before).toBe(10)
    expect(last).toBeLessThan(130)
  })

  it('of the token that passes ends nothing', async () => {
    const story = await tell({
      scenario: running(200),
      faults: [
        {...listing, kind: 'status', status: 401, after: 100, lasts: 40},
        {...me, kind: 'status', status: 401, after: 100, every: 2}
      ]
    })
    expect(verdictOf(story.result)).toBe('success - passes')
  })

  it.each([
    {lasts: 240, verdict: 'success - passes'},
    {lasts: 400, verdict: 'failure api-unavailable fails'}
  ])('is an error among errors when the two alternate for $lasts s', async ({lasts, verdict}) => {
    const story = await tell({
      scenario: long,
      faults: [
        {...listing, kind: 'status', status: 403, after: 60, lasts, every: 2},
        {...listing, kind: 'status', status: 503, after: 60, lasts}
      ]
    })
    expect(verdictOf(story.result)).toBe(verdict)
  })

  it.each([
    {lasts: 240, verdict: 'success - passes'},
    {lasts: 400, verdict: 'failure api-unavailable fails'}
  ])("is not CircleCI's when it is a web page: $lasts s of it", async ({lasts, verdict}) => {
    for (const status of [403, 404]) {
      const {result} = await tell({
        scenario: running(350),
        faults: [{...listing, kind: 'html', status, after: 60, lasts}]
      })
      expect(verdictOf(result)).toBe(verdict)
    }
  })
})

describe('jobs that cannot be read', () => {
  const held: Scenario = {
    ...scenarios.passing,
    pipeline: {
      workflows: [
        {
          name: 'release',
          jobs: [
            {name: 'build', run: 30},
            {name: 'hold', type: 'approval', requires: ['build'], approved: {after: 400}},
            {name: 'deploy', requires: ['hold']}
          ]
        }
      ]
    }
  }
  const faults: readonly Partial<Fault>[] = [
    {kind: 'status', status: 404},
    {kind: 'status', status: 403},
    {kind: 'status', status: 503},
    {kind: 'html', status: 403}
  ]

  it.each(faults)('end nothing and stall nothing: $kind $status', async fault => {
    const story = await tell({scenario: held, faults: [{...jobs, ...fault} as Fault]})
    expect(verdictOf(story.result)).toBe('success - passes')
    // The approval comes after 430 s.
    expect(took(story)).toBeLessThan(470)
  })

  it('let no poll wait for them', async () => {
    const story = await tell(
      {scenario: held, faults: [{...jobs, kind: 'status', status: 503}]},
      {inputs: {approve: ['nothing'], pollIntervalSeconds: 10}}
    )
    const polls = times(story, LISTING)
    const gaps = polls.slice(1).map((at, index) => at - (polls[index] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(16)
  })

  it('are approved once they can be read again, with a warning meanwhile', async () => {
    const story = await tell(
      {scenario: held, faults: [{...jobs, kind: 'status', status: 503, lasts: 360}]},
      {inputs: {approve: ['hold']}}
    )
    expect(verdictOf(story.result)).toBe('success - passes')
    expect(took(story)).toBeLessThan(420)
    expect(
      story.lines.filter(line => line.startsWith('warning: Looking for approval jobs failed'))
    ).toHaveLength(1)
  })

  it('leave the status of the workflow to tell of a hold once it has said so for five minutes', async () => {
    const story = await tell(
      {scenario: held, faults: [{...jobs, kind: 'status', status: 503}]},
      {inputs: {onHold: 'fail'}}
    )
    expect(verdictOf(story.result)).toBe('action_required on-hold fails')
    expect(took(story)).toBeGreaterThan(330)
  })

  it('right after the trigger are no refusal', async () => {
    const {result} = await tell(
      {scenario: held, faults: [{...jobs, kind: 'status', status: 404, times: 1}]},
      {inputs: {approve: ['hold']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
  })
})

describe('a pipeline that is named', () => {
  const named = async (notFoundFor: number): Promise<Told> =>
    tell(
      async clock => {
        const simulator = await startSimulator({clock, scenario: scenarios.passing})
        simulator.startPipeline()
        simulator.faults.add({
          method: 'GET',
          path: '/project/*/*/*/pipeline/*',
          kind: 'status',
          status: 404,
          lasts: notFoundFor
        })
        return simulator
      },
      {inputs: {pipeline: {kind: 'number', number: 101}}}
    )

  it('may not be found for half a minute', async () => {
    expect(verdictOf((await named(25)).result)).toBe('success - passes')
    const story = await named(3600)
    expect(verdictOf(story.result)).toBe('failure not-found fails')
    expect(took(story)).toBe(30)
  })
})
