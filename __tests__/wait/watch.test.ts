import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import type {CircleCI} from '../../src/circleci/client.ts'
import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Pipeline, Workflow} from '../../src/circleci/model.ts'
import {isUnfinished} from '../../src/circleci/statuses.ts'
import {CommitWatch} from '../../src/wait/commit-watch.ts'
import {waitForVerdict} from '../../src/wait/wait.ts'
import {Watch} from '../../src/wait/watch.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {aPipeline} from '../trigger/fake-circleci.ts'
import {aWaitContext, aWorkflow} from './builders.ts'

const SECOND = 1_000
const LIES_FOR_MS = 150_000
/** One run of a workflow as it truly is: seconds after the trigger at which it begins and ends, and how. */
interface Truth {
  readonly id: string
  readonly name: string
  readonly begins: number
  readonly ends: number
  readonly end: string
}

/** How an answer lies about one row; `honest` most of the time. */
type Lie = 'honest' | 'missing' | 'twice' | 'stale' | 'no id'

/** CircleCI with these runs, whose listings forget, repeat, age and reorder as `lies` says, one lie a row. */
class LyingCircleCI {
  /** Ids that any answer has told. */
  readonly told = new Set<string>()
  private readonly truths: readonly Truth[]
  private readonly lies: readonly Lie[]
  private readonly clock: FakeClock
  private readonly start: number
  private next = 0

  constructor(truths: readonly Truth[], lies: readonly Lie[], clock: FakeClock) {
    this.truths = truths
    this.lies = lies
    this.clock = clock
    this.start = clock.now()
  }

  /** Runs that have begun, as they truly are now. */
  now(secondsAgo = 0): Workflow[] {
    const seconds = (this.clock.now() - this.start) / SECOND - secondsAgo
    return this.truths
      .filter(({begins}) => begins <= seconds)
      .map(({id, name, begins, ends, end}) =>
        aWorkflow({
          id,
          name,
          status: ends <= seconds ? end : 'running',
          createdAt: new Date(this.start + begins * SECOND).toISOString()
        })
      )
  }

  /** What a client gets. */
  client(): CircleCI {
    const answer = async <T>(value: () => T): Promise<T> => {
      await Promise.resolve()
      this.clock.advance(50)
      return value()
    }
    return {
      workflows: () => answer(() => this.list()),
      workflow: (id: string) => answer(() => this.one(id)),
      pipeline: () =>
        answer(
          () =>
            ({
              id: 'p',
              number: 1,
              state: 'created',
              errors: [],
              warnings: []
            }) as unknown as Pipeline
        ),
      jobs: () =>
        Promise.reject(new UnavailableError('GET jobs', 'failed', {processed: 'unknown'})),
      me: () => answer(() => ({id: 'u', login: 'dev', name: 'dev'})),
      serverNow: () => this.clock.now()
    } as unknown as CircleCI
  }

  private list(): Workflow[] {
    const rows = this.now().flatMap(row => this.lie(row))
    for (const {id} of rows) if (id !== '') this.told.add(id)
    return this.next % 2 === 0 ? rows : rows.toReversed()
  }

  private lie(row: Workflow): Workflow[] {
    this.next += 1
    // In the end it tells the truth, so that a wait comes to its verdict.
    if (this.clock.now() - this.start > LIES_FOR_MS) return [row]
    const before = this.now(20).find(({id}) => id === row.id)
    switch (this.lies[this.next % this.lies.length]) {
      case 'missing':
        return []
      case 'twice':
        return [row, {...row, status: 'running'}]
      case 'stale':
        return before === undefined ? [] : [before]
      case 'no id':
        return [{...row, id: ''}]
      case 'honest':
      case undefined:
        break
    }
    return [row]
  }

  private one(id: string): Workflow {
    const row = this.now().find(workflow => workflow.id === id)
    if (row === undefined) throw new RefusedError('GET workflow', 404, 'Not found')
    return row
  }
}

const aRun = fc.record({
  name: fc.constantFrom('build', 'test', 'deploy'),
  after: fc.integer({min: 1, max: 40}),
  seconds: fc.integer({min: 1, max: 90}),
  end: fc.constantFrom('success', 'success', 'success', 'failed')
})
const aLie = fc.constantFrom<Lie>(
  'honest',
  'honest',
  'honest',
  'missing',
  'twice',
  'stale',
  'no id'
)

/** A rerun begins after what it reruns has ended: CircleCI refuses any other. */
function inTurn(
  specs: readonly {name: string; after: number; seconds: number; end: string}[]
): Truth[] {
  const ends = new Map<string, number>()
  return specs.map(({name, after, seconds, end}, index) => {
    const begins = (ends.get(name) ?? 0) + after
    ends.set(name, begins + seconds)
    return {id: `id-${index}`, name, begins, ends: begins + seconds, end}
  })
}

describe('a wait on listings that forget, repeat, age and reorder', () => {
  it('is green only when every workflow that was told has ended, and the newest of each name well', async () => {
    let greens = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(aRun, {minLength: 1, maxLength: 5}),
        fc.array(aLie, {minLength: 1, maxLength: 40}),
        async (specs, lies) => {
          const clock = fakeClock()
          const circleci = new LyingCircleCI(inTurn(specs), [...lies, 'honest'], clock)
          const context = aWaitContext({clock, circleci: circleci.client()})
          const verdict = await waitForVerdict(context, new Watch(context))
          if (verdict.conclusion !== 'success') return
          greens += 1
          const told = circleci.now().filter(({id}) => circleci.told.has(id))
          const newest = new Map(told.map(workflow => [workflow.name, workflow.status]))
          expect([...newest.values()]).toEqual([...newest].map(() => 'success'))
          expect(told.filter(({status}) => isUnfinished(status))).toEqual([])
        }
      ),
      {numRuns: 100}
    )
    expect(greens).toBeGreaterThan(10)
  })
})

describe('two pipelines of a commit', () => {
  /** #1 has `test`, `deploy` until 300 s, and `build` from 100 s to 160 s, which fails; #2 succeeds. */
  it.each([
    {name: 'the second appears, and its first answer is late', from: 12, until: Infinity, has: 'x'},
    {name: 'the second is taken no longer, and had what the first lacks', until: 12, has: 'build'}
  ])('are looked at until each line has its end: $name', async ({from = 0, until, has}) => {
    const clock = fakeClock()
    const start = clock.now()
    const second = (): number => (clock.now() - start) / SECOND
    const rowsOf = (id: string): Workflow[] => {
      if (id === '2') return [aWorkflow({id: '2', name: has})]
      const deploy = second() < 300 ? 'running' : 'success'
      const build = second() < 160 ? 'running' : 'failed'
      return [
        aWorkflow({name: 'test'}),
        aWorkflow({name: 'deploy', status: deploy}),
        ...(second() < 100 ? [] : [aWorkflow({name: 'build', status: build})])
      ]
    }
    const circleci: Partial<CircleCI> = {
      serverNow: () => clock.now(),
      pipeline: id => Promise.resolve(aPipeline({id, number: Number(id)})),
      workflows: async id => {
        for (let turn = 0; id === '2' && turn < 5; turn += 1) await new Promise(setImmediate)
        return rowsOf(id)
      }
    }
    const context = aWaitContext(
      {clock, circleci},
      {workflows: ['test', 'build'], pollIntervalSeconds: 1, isNew: false}
    )
    const taken = ['1', '2'].map(id => aPipeline({id, number: Number(id)}))
    const watch = new CommitWatch({
      clock,
      failFast: false,
      pipelines: {
        look: () => Promise.resolve(),
        get taken() {
          return second() < from || second() >= until ? taken.slice(0, 1) : taken
        },
        get isSettled() {
          return second() > 25
        },
        nextLookInMs: SECOND,
        definitionOf: () => undefined
      },
      contextOf: ({id, number}) => ({...context, pipeline: {...context.pipeline, id, number}}),
      onChange: () => undefined
    })
    expect(await waitForVerdict(context, watch)).toMatchObject({reason: 'workflow-failed'})
    expect(second()).toBeLessThan(200)
  })

  it('of which one has not been listed, show no line of an input as matched', () => {
    const context = aWaitContext({clock: fakeClock()}, {workflows: ['build']})
    expect(new Watch(context).matches('workflows', 'build')).toBe(false)
  })
})
