import {describe, expect, it} from '@jest/globals'

import {scenarios, startSimulator, type Fault, type Scenario} from '../../simulator/index.ts'
import type {Row} from '../../simulator/http/change.ts'
import {
  reversed,
  rowsWith,
  shuffled,
  together,
  twice,
  without,
  type ListingChange
} from '../../simulator/listings.ts'
import {tell, verdictOf, type Told} from '../support/story.ts'

const SECOND = 1_000
const listing = {method: 'GET', path: '/pipeline/*/workflow'} as const
const byId = {method: 'GET', path: '/workflow/*'} as const

/** `build` ends a minute after the trigger, `docs` after ten seconds. */
function two(outcome = 'success'): Scenario {
  return {
    ...scenarios.passing,
    pipeline: {
      workflows: [
        {name: 'build', jobs: [{name: 'test', run: 60, outcome}]},
        {name: 'docs', jobs: [{name: 'render', run: 10}]}
      ]
    }
  }
}

const lying = (change: ListingChange, timing: Partial<Fault> = {}): Fault => ({
  ...listing,
  ...timing,
  kind: 'rows',
  change
})

function asked({simulator}: Told, path: RegExp): number {
  return simulator.requests.filter(one => one.method === 'GET' && path.test(one.path)).length
}

const LISTING = /\/pipeline\/[^/]+\/workflow$/
const BY_ID = /\/workflow\/[^/]+$/

describe('a listing of several pages', () => {
  it.each([
    {page: 1, looks: 1},
    {page: 2, looks: 2}
  ])('proves nothing alone when page $page had to be asked for again: $looks', async example => {
    let before = 0
    const names = ['a', 'b', 'c']
    const story = await tell(
      {
        pageSize: 2,
        scenario: {
          ...scenarios.passing,
          pipeline: {
            workflows: names.map(name => ({name, jobs: [{name: 'test', run: 60}]}))
          }
        }
      },
      {
        onPoll: ({rollup}, {simulator, polls}) => {
          const isDone = rollup.deciding.every(({status}) => status === 'success')
          if (before > 0 || rollup.deciding.length === 0 || !isDone) return
          before = polls
          const skip = example.page - 1
          simulator.faults.add({...listing, kind: 'status', status: 503, skip, times: 1})
        }
      }
    )
    expect(verdictOf(story.result)).toBe('success - passes')
    expect(story.polls - before).toBe(example.looks)
  })
})

describe('a listing that lacks a workflow', () => {
  it.each([
    {outcome: 'success', verdict: 'success - passes'},
    {outcome: 'failed', verdict: 'failure workflow-failed fails'}
  ])('ends nothing: it is asked for by id, and ends as $outcome', async ({outcome, verdict}) => {
    const story = await tell({
      scenario: two(outcome),
      faults: [lying(without({name: 'build'}), {skip: 3})]
    })
    expect(verdictOf(story.result)).toBe(verdict)
    expect(story.result.finishedAt - story.result.startedAt).toBeGreaterThan(60 * SECOND)
    expect(asked(story, BY_ID)).toBeGreaterThan(3)
  })

  it.each([403, 503])('ends nothing while CircleCI answers %d about it by id', async status => {
    const story = await tell({
      scenario: two('failed'),
      faults: [
        lying(without({name: 'build'}), {skip: 3}),
        {...byId, kind: 'status', status, lasts: 45}
      ]
    })
    expect(verdictOf(story.result)).toBe('failure workflow-failed fails')
  })

  it('is not believed when it is the one that would be green', async () => {
    const isGreen = (rows: readonly Row[]): boolean =>
      rows.some(({name, status}) => name === 'docs' && status === 'success')
    let lied = false
    const story = await tell(
      {
        scenario: {
          ...two(),
          pipeline: {
            workflows: [
              {name: 'build', appears: 28, jobs: [{name: 'test', outcome: 'failed', run: 20}]},
              {name: 'docs', jobs: [{name: 'render', run: 30}]}
            ]
          }
        },
        faults: [
          lying(rows => {
            if (lied || !isGreen(rows)) return rows
            lied = true
            return without({name: 'build'})(rows)
          })
        ]
      },
      {inputs: {pollIntervalSeconds: 12}}
    )
    expect(lied).toBe(true)
    expect(verdictOf(story.result)).toBe('failure workflow-failed fails')
  })

  it('takes nothing back of an automatic rerun that was seen', async () => {
    const ci = {
      name: 'ci',
      maxAutoReruns: 1,
      jobs: [{name: 'test', outcome: 'failed', run: 5, attempts: [{outcome: 'success', run: 50}]}]
    }
    const story = await tell({
      scenario: {...two(), pipeline: {workflows: [ci]}},
      faults: [lying(without({auto_rerun_number: 1}), {after: 20, lasts: 30})]
    })
    expect(verdictOf(story.result)).toBe('success - passes')
    expect(story.result.workflows.map(({attempt}) => attempt)).toEqual([1, 2])
  })

  it('and an id that is not found for a minute: it is dropped with a warning, and a further listing decides', async () => {
    const story = await tell({
      scenario: two('failed'),
      faults: [lying(without({name: 'build'}), {skip: 3}), {...byId, kind: 'status', status: 404}]
    })
    expect(verdictOf(story.result)).toBe('success - passes')
    const {requests} = story.simulator
    const paths = requests.map(({path}) => path).filter(path => !path.includes('/insights/'))
    expect(
      paths.slice(paths.findLastIndex(path => BY_ID.test(path))).filter(path => LISTING.test(path))
    ).not.toEqual([])
    expect(
      story.lines.filter(line => line.startsWith('warning: Workflow "build" was running, but'))
    ).toHaveLength(1)
    expect(story.result.finishedAt - story.result.startedAt).toBeGreaterThan(60 * SECOND)
  })
})

describe('a listing with a row that has no id', () => {
  it('keeps the wait open for a minute after it was last listed', async () => {
    const story = await tell({
      scenario: two('failed'),
      faults: [
        lying(rowsWith({name: 'build'}, {id: undefined}), {lasts: 15}),
        lying(without({name: 'build'}), {after: 15})
      ]
    })
    expect(verdictOf(story.result)).toBe('success - passes')
    const took = story.result.finishedAt - story.result.startedAt
    expect(took).toBeGreaterThan(70 * SECOND)
    expect(took).toBeLessThan(85 * SECOND)
  })

  it('tells the workflow as soon as it has its id', async () => {
    const {result} = await tell({
      scenario: two('failed'),
      faults: [lying(rowsWith({name: 'build'}, {id: undefined}), {lasts: 30})]
    })
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
  })
})

describe('a listing with one id twice', () => {
  const contradicting = lying(twice({name: 'docs', status: 'success'}, {status: 'running'}))

  it('is taken again, three times at most, and then the unfinished row counts', async () => {
    const story = await tell(
      {scenario: two(), faults: [contradicting]},
      {inputs: {timeoutSeconds: 100, pollIntervalSeconds: 50, onTimeout: 'leave'}}
    )
    expect(verdictOf(story.result)).toBe('timed_out timeout fails')
    // At 0 s it agrees; at 50 s and at the deadline it is taken four times.
    expect(asked(story, LISTING)).toBe(1 + 4 + 4)
  })

  it('may be right the second time', async () => {
    const story = await tell(
      {scenario: two(), faults: [{...contradicting, times: 1, skip: 1}]},
      {inputs: {pollIntervalSeconds: 50}}
    )
    expect(verdictOf(story.result)).toBe('success - passes')
    expect(asked(story, LISTING)).toBe(1 + 2 + 1 + 1)
  })

  it.each(['before', 'after'] as const)(
    'never hides a failure listed %s the success',
    async place => {
      const {result} = await tell({
        scenario: two(),
        faults: [lying(twice({name: 'docs', status: 'success'}, {status: 'failed'}, place))]
      })
      expect(verdictOf(result)).toBe('failure workflow-failed fails')
    }
  )
})

describe('a listing in any order', () => {
  it.each([
    {name: 'reversed', change: reversed},
    {name: 'shuffled', change: shuffled(7)},
    {
      name: 'reversed, with the ended rows twice',
      change: together(reversed, twice({status: 'failed'}, {}))
    }
  ])('tells the same: $name', async ({change}) => {
    const {result} = await tell(
      {scenario: 'flaky', faults: [lying(change)]},
      {inputs: {rerunFailed: 1}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(result.workflows.map(({status}) => status)).toEqual(['failed', 'success'])
  })
})

describe('an old listing', () => {
  it('does not let an ended workflow go on', async () => {
    const story = await tell({
      scenario: two(),
      faults: [{...listing, kind: 'stale', seconds: 30, every: 2}]
    })
    expect(verdictOf(story.result)).toBe('success - passes')
    expect(story.result.finishedAt - story.result.startedAt).toBeLessThan(75 * SECOND)
  })

  it('is taken again when it grew old while another read was in trouble', async () => {
    const story = await tell(
      {
        scenario: {
          ...two(),
          pipeline: {
            workflows: [
              {name: 'docs', jobs: [{name: 'render', run: 5}]},
              {name: 'build', appears: 30, jobs: [{name: 'test', run: 5, outcome: 'failed'}]}
            ]
          }
        },
        faults: [
          {method: 'GET', path: '/pipeline/*', kind: 'status', status: 503, after: 4, lasts: 40}
        ]
      },
      {inputs: {pollIntervalSeconds: 10}}
    )
    expect(verdictOf(story.result)).toBe('failure workflow-failed fails')
  })
})

describe('a green', () => {
  it('rests on a listing that was asked for after everything else was known', async () => {
    const {simulator, result} = await tell({scenario: two()})
    expect(verdictOf(result)).toBe('success - passes')
    const reads = simulator.requests
      .map(({path}) => path)
      .filter(path => LISTING.test(path) || /\/pipeline\/[0-9a-f-]{36}$/.test(path))
    // While there is no workflow the state is read; then the state once more, and one listing.
    const [before, last] = reads.slice(-2)
    expect(before).toMatch(/\/pipeline\/[0-9a-f-]{36}$/)
    expect(last).toMatch(LISTING)
  })

  it('costs one listing more where the end was the last thing to be seen', async () => {
    const rig = async (outcome: string): Promise<number> => {
      const story = await tell(
        async clock => {
          const simulator = await startSimulator({clock, scenario: two(outcome)})
          simulator.startPipeline()
          clock.advance(600 * SECOND)
          return simulator
        },
        {inputs: {pipeline: {kind: 'number', number: 101}, pollIntervalSeconds: 300}}
      )
      // Five seconds for a late workflow are all that is waited for, whatever the interval.
      expect(story.result.finishedAt - story.result.startedAt).toBeLessThan(8 * SECOND)
      return asked(story, LISTING)
    }
    expect([await rig('failed'), await rig('success')]).toEqual([1, 2])
  })
})
