import {describe, expect, it} from '@jest/globals'
import {AbortedError} from '../../src/circleci/faults.ts'
import {ActionError} from '../../src/base/errors.ts'
import {Outage} from '../../src/base/log.ts'
import {Baseline} from '../../src/trigger/first-read.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {
  aPipeline,
  denied,
  fakeCircleCI,
  lost,
  notTaken,
  SLUG,
  type FakeCircleCI,
  type Script
} from './fake-circleci.ts'

const START = Date.parse('2026-03-02T09:00:00Z')

interface Read {
  readonly clock: FakeClock
  readonly fake: FakeCircleCI
  readonly lines: readonly string[]
  readonly run: (signal?: AbortSignal) => Promise<number | undefined>
}

function read(script: Partial<Script>): Read {
  const clock = fakeClock(START)
  const fake = fakeCircleCI({clock, ...script})
  const log = recordedLog()
  return {
    clock,
    fake,
    lines: log.lines,
    run: signal =>
      new Baseline().read(SLUG, new Outage('The trigger', {clock, log}), {
        circleci: fake.circleci,
        host: 'https://circleci.com',
        clock,
        random: () => 0.5,
        log,
        signal
      })
  }
}

const foreign = lost(
  "was answered 200 with HTML: something at https://x.example answers in CircleCI's place",
  {
    foreign: true
  }
)

describe('Baseline', () => {
  it.each<[string, Partial<Script>, number | undefined]>([
    ['several, in any order', {mine: () => [7, 12, 9].map(number => aPipeline({number}))}, 12],
    ['none', {mine: () => []}, 0],
    ['a refusal', {mine: () => denied()}, undefined],
    ['a fault', {mine: () => lost('was answered 503')}, undefined],
    ['no connection', {mine: () => notTaken()}, undefined]
  ])('is one request and holds nothing back: %s', async (_what, script, after) => {
    const {run, fake, clock} = read(script)
    expect(await run()).toBe(after)
    expect(fake.calls).toEqual(['mine'])
    expect(clock.now()).toBe(START)
  })

  it('reads one page only', async () => {
    const {run, fake} = read({
      mine: () => [9, 8, 7].map(number => aPipeline({number})),
      pageSize: 2
    })
    expect(await run()).toBe(9)
    expect(fake.calls).toEqual(['mine'])
  })

  it('takes three seconds at most', async () => {
    const {run, clock, fake} = read({})
    const {circleci} = fake
    // A request that is never answered ends with its signal.
    Object.assign(circleci, {
      pipelines: (_slug: unknown, _query: unknown, {signal}: {signal: AbortSignal}) => ({
        next: () =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(new AbortedError('GET /mine'))
            })
            void clock.sleep(60_000, signal)
          })
      })
    })
    expect(await run()).toBe(undefined)
    expect(clock.now() - START).toBe(3_000)
  })

  it('asks again while something else answers, and goes on once CircleCI does', async () => {
    const {run, fake, lines} = read({mine: count => (count < 3 ? foreign : [aPipeline()])})
    expect(await run()).toBe(7)
    expect(fake.calls).toEqual(['mine', 'mine', 'mine', 'mine'])
    expect(lines.filter(line => !line.startsWith('debug'))).toEqual([
      expect.stringMatching(/^warning: The trigger failed: .+ in CircleCI's place\. Retrying/),
      expect.stringMatching(/^info: The trigger succeeded after 3 failed attempts/)
    ])
  })

  it('lets a fault after that hold nothing back', async () => {
    const {run} = read({mine: count => (count < 3 ? foreign : lost('was answered 502'))})
    expect(await run()).toBe(undefined)
  })

  it('ends after a minute of that, saying who answers', async () => {
    const {run, clock} = read({mine: () => foreign})
    const error: unknown = await run().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ActionError)
    expect(error).toMatchObject({
      reason: 'api-unavailable',
      message: `No pipeline of gh/acme/shop was started: POST /api/v2/project/gh/acme/shop/pipeline was answered 200 with HTML: something at https://x.example answers in CircleCI's place. Check the input "host", and any proxy between this runner and CircleCI.`
    })
    expect(clock.now() - START).toBe(60_000)
  })

  it('ends with the signal, at once or while it waits', async () => {
    await expect(read({}).run(AbortSignal.abort())).rejects.toThrow(AbortedError)
    const controller = new AbortController()
    const {run, clock, fake} = read({mine: () => foreign})
    clock.alarm(5_000, () => {
      controller.abort()
    })
    await expect(run(controller.signal)).rejects.toThrow(AbortedError)
    expect(clock.now() - START).toBe(5_000)
    expect(fake.calls.length).toBeGreaterThan(1)
  })

  it('does not hide a bug', async () => {
    await expect(read({mine: () => new TypeError('a bug')}).run()).rejects.toThrow('a bug')
  })
})
