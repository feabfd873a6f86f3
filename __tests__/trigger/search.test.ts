import {describe, expect, it} from '@jest/globals'
import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {intentOf, type Intent} from '../../src/trigger/intent.ts'
import {findIntended, type SearchResult} from '../../src/trigger/search.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {
  aPipeline,
  aRequest,
  configOf,
  denied,
  fakeCircleCI,
  valuesOf,
  type FakeCircleCI,
  type Script
} from './fake-circleci.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
/** What was listed before the trigger. */
const stranger = aPipeline({number: 1, createdAt: '2026-03-02T08:00:00.000Z'})
const OURS = 'ccp-4711-1-0123456789ab-0123456789ab'
const SERVER = 'https://circleci.example.com'
const NONE = configOf({source: 'jobs: {}'})

interface Search {
  readonly clock: FakeClock
  readonly fake: FakeCircleCI
  readonly run: (signal?: AbortSignal, until?: number) => Promise<SearchResult>
}

function search(
  script: Partial<Script>,
  changes: Partial<Intent> = {},
  host = 'https://circleci.com'
): Search {
  const clock = fakeClock(START)
  const fake = fakeCircleCI({clock, ...script})
  const intent = {
    ...intentOf(aRequest(), {sentAt: START, since: START, after: 1}, () => 0.5),
    ...changes
  }
  return {
    clock,
    fake,
    run: (signal, until) =>
      findIntended(
        intent,
        {circleci: fake.circleci, host, clock, random: () => 0, log: recordedLog(), signal},
        until
      )
  }
}

/** As CircleCI tells values: without the parameters of a request. */
const builtIn = () => ({'pipeline.number': 7, 'pipeline.git.branch': 'main'})

const unavailable = (retryAfterMs?: number): UnavailableError =>
  new UnavailableError('GET /mine', 'was answered 503', {processed: 'unknown', retryAfterMs})

const kinds = (result: SearchResult): string =>
  result.kind === 'several'
    ? `several: ${result.pipelines.map(({number}) => number).join(', ')}`
    : result.kind === 'found'
      ? `found: ${result.pipeline.number}`
      : result.kind

/** When `pipeline/mine` was read, in seconds from the start. */
const secondsOf = ({calls, times}: FakeCircleCI): number[] =>
  times.filter((_, index) => calls[index] === 'mine').map(time => (time - START) / 1000)

describe('findIntended', () => {
  it('takes one that stays the only one', async () => {
    const {run, fake} = search({mine: () => [aPipeline(), stranger]})
    expect(kinds(await run())).toBe('found: 7')
    expect(secondsOf(fake)).toEqual([0, 1, 3])
  })

  it('reads the values of a candidate once, and of nothing else', async () => {
    const others = [
      aPipeline({number: 9, branch: 'next'}),
      aPipeline({number: 8, triggerType: 'webhook'})
    ]
    const {run, fake} = search({mine: () => [...others, aPipeline(), stranger]})
    await run()
    expect(fake.calls.filter(call => call !== 'mine')).toEqual(['values'])
  })

  it('searches with growing gaps for fifteen seconds before it says that there is none', async () => {
    const {run, fake} = search({mine: () => [stranger]})
    expect(kinds(await run())).toBe('none')
    expect(secondsOf(fake)).toEqual([0, 1, 3, 7, 15])
  })

  it('looks at the project too while nothing of the user is as new', async () => {
    const {run, fake} = search({
      mine: () => [stranger],
      project: count => (count < 2 ? [] : [aPipeline()])
    })
    expect(kinds(await run())).toBe('found: 7')
    expect(fake.calls.filter(call => call === 'project')).toHaveLength(4)
  })

  it('leaves the project alone while something of the user is as new', async () => {
    const {run, fake} = search({mine: () => [aPipeline({number: 8, branch: 'next'}), stranger]})
    expect(kinds(await run())).toBe('none')
    expect(fake.calls).not.toContain('project')
  })

  it('waits for a pipeline that is late in the listing', async () => {
    const {run, fake} = search({mine: count => (count < 4 ? [stranger] : [aPipeline()])})
    expect(kinds(await run())).toBe('found: 7')
    expect(secondsOf(fake)).toEqual([0, 1, 3, 7, 15, 17])
  })

  it('does not take the first of two', async () => {
    const second = aPipeline({number: 8})
    const {run, fake} = search({
      mine: count => (count === 0 ? [aPipeline()] : [second, aPipeline()])
    })
    expect(kinds(await run())).toBe('several: 8, 7')
    expect(secondsOf(fake)).toEqual([0, 1, 3, 7, 15])
  })

  it('has asked one list once a search when it is there', async () => {
    const {run, fake} = search({mine: () => [aPipeline(), stranger]})
    await run()
    expect(fake.calls).toEqual(['mine', 'values', 'mine', 'mine'])
  })

  it.each<[string, Partial<Pipeline>, Partial<Script>, Partial<Intent>]>([
    ['a new trigger type', {triggerType: 'explicit'}, {}, {}],
    ['a moment before', {createdAt: '2026-03-02T08:59:57.000Z'}, {}, {}],
    ['values that are denied', {}, {values: () => denied()}, {}],
    ['built-in values only', {}, {values: builtIn}, {}],
    [
      'built-in values only, none sent, and a config that takes some',
      {},
      {values: builtIn, config: () => configOf({source: 'parameters: {n: {}}'})},
      {parameters: {}}
    ],
    ['a definition not told', {}, {definitions: () => ['a', 'b']}, {definition: 'a'}],
    ['definitions that are denied', {}, {definitions: () => denied()}, {definition: 'a'}]
  ])('cannot tell one with %s', async (_what, pipeline, script, intent) => {
    const {run} = search({mine: () => [aPipeline(pipeline), stranger], ...script}, intent)
    expect(kinds(await run())).toBe('several: 7')
  })

  it('takes one of built-in values only, when none were sent and its config takes none', async () => {
    const {run, fake} = search(
      {mine: () => [aPipeline(), stranger], values: builtIn, config: () => NONE},
      {parameters: {}}
    )
    expect(kinds(await run())).toBe('found: 7')
    expect(fake.calls.filter(call => call !== 'mine')).toEqual(['values', 'config'])
  })

  it('takes one whose definition is not told by a host that has none', async () => {
    const {run, fake} = search({mine: () => [aPipeline(), stranger]}, {definition: 'a'}, SERVER)
    expect(kinds(await run())).toBe('found: 7')
    expect(fake.calls.filter(call => call === 'definitions')).toHaveLength(2)
  })

  it.each([
    ['CircleCI Cloud, whatever it answers', 'https://circleci.com', 0],
    ['a host that answers 404 once', SERVER, 2]
  ])('cannot tell one whose definition is not told by %s', async (_what, host, asked) => {
    const {run, fake} = search(
      {
        mine: () => [aPipeline(), stranger],
        definitions: count => (count === 0 ? new RefusedError('GET /', 404, 'Not found') : ['a'])
      },
      {definition: 'a'},
      host
    )
    expect(kinds(await run())).toBe('several: 7')
    expect(fake.calls.filter(call => call === 'definitions')).toHaveLength(asked)
  })

  it('takes the one that holds the id of the request, whatever cannot be told of others', async () => {
    const {run} = search(
      {
        mine: () => [9, 8, 7, 1].map(number => aPipeline({number})),
        values: builtIn,
        config: id =>
          id === 'pipeline-9'
            ? denied()
            : configOf({compiled: id === 'pipeline-8' ? `echo ${OURS}` : 'echo'})
      },
      {requestId: OURS, after: 1}
    )
    expect(kinds(await run())).toBe('found: 8')
  })

  it('cannot tell which of two that hold the id is meant', async () => {
    const {run} = search(
      {
        mine: () => [aPipeline({number: 8}), aPipeline(), stranger],
        values: builtIn,
        config: () => configOf({compiled: OURS})
      },
      {requestId: OURS}
    )
    expect(kinds(await run())).toBe('several: 8, 7')
  })

  it('sees none in those that hold the id of another request', async () => {
    const {run} = search({
      mine: () => [aPipeline(), stranger],
      values: builtIn,
      config: () => configOf({compiled: 'ccp-1-1-ab-cd'})
    })
    expect(kinds(await run())).toBe('none')
  })

  it.each([0, 1, 2, 3])(
    'takes one that was seen once and is not listed again (search %i)',
    async seen => {
      const {run} = search({mine: count => (count === seen ? [aPipeline(), stranger] : [stranger])})
      expect(kinds(await run())).toBe('found: 7')
    }
  )

  it('does not say that there is none once there was one, whatever lists say then', async () => {
    const {run} = search({
      mine: count =>
        count === 0 ? [aPipeline(), stranger] : [aPipeline({branch: 'next'}), stranger]
    })
    expect(kinds(await run())).toBe('several: 7')
  })

  it.each(['values', 'config'] as const)(
    'does not say that there is none of one that was listed while its %s could not be read',
    async part => {
      const {run} = search({
        mine: count => (count === 0 ? [aPipeline(), stranger] : [stranger]),
        values: builtIn,
        [part]: () => unavailable()
      })
      expect(kinds(await run())).toBe('failed')
    }
  )

  it('cannot tell one that a list tells twice and differently', async () => {
    const {run} = search({mine: () => [aPipeline(), aPipeline({triggerType: 'webhook'}), stranger]})
    expect(kinds(await run())).toBe('several: 7')
  })

  it('takes one that a list tells twice, in any order', async () => {
    const {run} = search({mine: () => [stranger, aPipeline(), aPipeline()]})
    expect(kinds(await run())).toBe('found: 7')
  })

  it('does not count a list that lacks what was listed before the trigger', async () => {
    const {run, fake} = search(
      {mine: count => (count < 8 ? [] : [stranger]), project: () => []},
      {after: 1}
    )
    expect(kinds(await run())).toBe('none')
    expect(fake.calls.filter(call => call === 'mine').length).toBeGreaterThan(8 + 2)
  })

  it('does not say that there is none before it may be sent again', async () => {
    const {run, fake, clock} = search({mine: () => [stranger]})
    expect(kinds(await run(undefined, START + 40_000))).toBe('none')
    expect(clock.now() - START).toBeGreaterThanOrEqual(40_000)
    expect(secondsOf(fake)).toEqual([0, 1, 3, 7, 15, 23, 31, 39, 47])
    const there = search({mine: () => [aPipeline(), stranger]})
    expect(kinds(await there.run(undefined, START + 40_000))).toBe('found: 7')
    expect(secondsOf(there.fake)).toEqual([0, 1, 3])
  })

  it('waits until it can tell', async () => {
    const {run, fake} = search({
      mine: () => [aPipeline()],
      values: (_id, count) => (count < 2 ? denied() : valuesOf({suite: 'unit'}))
    })
    expect(kinds(await run())).toBe('found: 7')
    expect(secondsOf(fake)).toEqual([0, 1, 3])
  })

  it('watches one that has only just turned up a little longer', async () => {
    const {run, fake} = search({
      mine: count => (count < 4 ? [stranger] : [aPipeline(), stranger]),
      values: (_id, count) => (count < 3 ? denied() : valuesOf({suite: 'all'}))
    })
    expect(kinds(await run())).toBe('none')
    expect(secondsOf(fake)).toEqual([0, 1, 3, 7, 15, 17, 19, 21])
  })

  it('does not watch for ever', async () => {
    const {run, fake} = search({
      mine: count => [aPipeline({number: count, id: `new-${count}`})],
      values: () => denied()
    })
    expect((await run()).kind).toBe('several')
    expect(secondsOf(fake).at(-1)).toBeLessThan(35)
  })

  const untold = {after: undefined, since: undefined} as unknown as Partial<Intent>

  it("reckons by CircleCI's clock, not ours, when the request left", async () => {
    // Ours is an hour ahead of theirs, and nothing was read before.
    const {run} = search(
      {
        mine: () => [
          aPipeline({createdAt: '2026-03-02T08:00:01.000Z'}),
          aPipeline({number: 6, createdAt: '2026-03-02T07:54:01.000Z'})
        ],
        skewMs: () => -3_600_000
      },
      untold
    )
    expect(kinds(await run())).toBe('found: 7')
  })

  it('cannot tell which is older without any Date, and without the list before', async () => {
    const {run} = search({mine: () => [aPipeline()], skewMs: () => undefined}, untold)
    expect(kinds(await run())).toBe('several: 7')
  })

  it('needs no Date with the list before, wherever our clock stands', async () => {
    const createdAt = '2026-03-02T08:50:00.000Z'
    const {run} = search(
      {mine: () => [aPipeline({createdAt}), stranger], skewMs: () => undefined},
      {...untold, after: 1}
    )
    expect(kinds(await run())).toBe('found: 7')
  })

  it('fails at once when it is denied, and was before the trigger', async () => {
    const {run, fake} = search({mine: () => denied(), project: () => denied()}, untold)
    expect(kinds(await run())).toBe('failed')
    expect(secondsOf(fake)).toEqual([0])
  })

  it('fails after a minute of refusals of what was readable before the trigger', async () => {
    const {run, fake} = search({mine: () => denied(), project: () => denied()})
    expect(await run()).toEqual({kind: 'failed', cause: expect.any(RefusedError) as unknown})
    expect(secondsOf(fake)).toEqual([0, 10, 20, 30, 40, 50, 60])
  })

  it.each<[string, Partial<Intent>, number]>([
    ['before the trigger', {}, 0],
    ['at an earlier search', untold, 1]
  ])('outlives refusals of what was readable %s', async (_what, intent, first) => {
    const isRefused = (count: number): boolean => count >= first && count < first + 3
    const {run, fake} = search(
      {
        mine: count => (isRefused(count) ? denied() : count < first ? [stranger] : [aPipeline()]),
        project: count => (isRefused(count) ? denied() : [])
      },
      intent
    )
    expect(kinds(await run())).toBe('found: 7')
    expect(secondsOf(fake).at(first + 3)).toBe(30 + first)
  })

  it('outlives bad weather', async () => {
    const {run} = search({mine: count => (count < 6 ? unavailable() : [aPipeline()])})
    expect(kinds(await run())).toBe('found: 7')
  })

  it('fails after a minute of nothing but faults', async () => {
    const {run, fake} = search({mine: () => unavailable()})
    const result = await run()
    expect(result).toEqual({kind: 'failed', cause: expect.any(UnavailableError) as unknown})
    expect(secondsOf(fake).at(-1)).toBe(60)
  })

  it('waits as long as it is asked to, within its patience', async () => {
    const waits = search({mine: count => (count === 0 ? unavailable(30_000) : [aPipeline()])})
    expect(kinds(await waits.run())).toBe('found: 7')
    expect(secondsOf(waits.fake)[1]).toBe(30.5)
    const ends = search({mine: () => unavailable(600_000)})
    expect(kinds(await ends.run())).toBe('failed')
    expect(secondsOf(ends.fake)).toEqual([0, 60])
  })

  it('calls nothing absent after a single healthy search', async () => {
    const {run, fake} = search({mine: count => (count < 20 ? unavailable(1_000) : [stranger])})
    expect(kinds(await run())).toBe('none')
    const healthy = secondsOf(fake).slice(20)
    expect(healthy.length).toBeGreaterThanOrEqual(3)
  })

  it('fails when the listing has no end', async () => {
    const endless = Array.from({length: 30}, (_, index) =>
      aPipeline({number: 30 - index, branch: 'next'})
    )
    const {run} = search({mine: () => endless, pageSize: 2, project: () => endless})
    const result = await run()
    expect(result.kind === 'failed' && result.cause.message).toBe(
      'The list of pipelines of gh/acme/shop has more than 10 pages since the trigger'
    )
  })

  it('ends when the signal does, at any point', async () => {
    for (const ms of [0, 500, 2_000, 14_000]) {
      const controller = new AbortController()
      const {run, clock} = search({mine: () => [stranger]})
      clock.alarm(ms, () => {
        controller.abort()
      })
      await expect(run(controller.signal)).rejects.toThrow(AbortedError)
      expect(clock.now() - START).toBeLessThanOrEqual(15_000)
    }
  })

  it('passes on what is no fault of CircleCI', async () => {
    const {run} = search({mine: () => new TypeError('a bug')})
    await expect(run()).rejects.toThrow('a bug')
  })

  it('refuses an intent that names no project', async () => {
    const {run} = search({}, {slug: 'nonsense'})
    await expect(run()).rejects.toThrow('"nonsense" is not a project slug')
  })
})
