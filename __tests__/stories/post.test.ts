import {describe, expect, it} from '@jest/globals'

import {CircleCI} from '../../src/circleci/client.ts'
import {createTransport} from '../../src/circleci/transport.ts'
import {finishLeft} from '../../src/post.ts'
import {NOTHING_LEFT, type SavedPipeline, type SavedState} from '../../src/runner/state.ts'
import {intentOf} from '../../src/trigger/intent.ts'
import {
  scenarios,
  startSimulator,
  type Scenario,
  type Simulator,
  type SimulatorOptions
} from '../../simulator/index.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'

interface Play {
  readonly simulator: Simulator
  readonly clock: FakeClock
  readonly lines: readonly string[]
  /** Milliseconds the post step took. */
  readonly tookMs: number
}

interface PlayOptions {
  readonly simulator?: SimulatorOptions
  readonly onCancel?: 'cancel' | 'leave'
  /** Acts on CircleCI before the post step, and says what the main step left. */
  readonly before: (simulator: Simulator, clock: FakeClock) => Partial<SavedState>
}

const parsed = {provider: 'gh', organization: 'acme', project: 'shop'} as const

/** Starts a pipeline as the step's own trigger would. */
function triggered(simulator: Simulator): SavedPipeline {
  const {id, number} = simulator.startPipeline({login: 'developer', trigger: 'api'})
  return {id, number, slug: parsed}
}

/** The post step in virtual time. */
async function play({simulator: options, onCancel = 'cancel', before}: PlayOptions): Promise<Play> {
  const clock = fakeClock()
  const simulator = await startSimulator({clock, scenario: 'slow', ...options})
  const transport = createTransport('test')
  const lines: string[] = []
  const say = (level: string) => (line: string) => {
    lines.push(`${level}: ${line}`)
  }
  const log = {
    debug: () => undefined,
    info: say('info'),
    notice: say('notice'),
    warning: say('warning'),
    error: say('error'),
    group: () => undefined
  }
  const {url: host, token} = simulator
  const random = (): number => 0.5
  const circleci = new CircleCI({host, token, transport, clock, random, log})
  try {
    const state = {...NOTHING_LEFT, ...before(simulator, clock)}
    const began = clock.now()
    await finishLeft(state, {host, onCancel}, {circleci, clock, random, log})
    return {simulator, clock, lines, tookMs: clock.now() - began}
  } finally {
    transport.close()
    await simulator.stop()
  }
}

/** A pipeline whose second workflow is listed so many seconds after its beginning. */
const late = (appears: number): Scenario => ({
  ...scenarios.slow,
  pipeline: {
    ...scenarios.slow.pipeline,
    workflows: [
      ...scenarios.slow.pipeline.workflows,
      {name: 'late', appears, jobs: [{name: 'test', run: 600}]}
    ]
  }
})

const cancelsOf = ({requests}: Simulator): number =>
  requests.filter(({method, path}) => method === 'POST' && path.endsWith('/cancel')).length

describe('the post step', () => {
  it.each(['slow', 'dynamic-config', 'huge', 'on-hold', 'auto-rerun'] as const)(
    'leaves nothing of %s running, also what appears later',
    async scenario => {
      const {clock, simulator, lines} = await play({
        simulator: {scenario},
        before: it => ({pipelines: [triggered(it)]})
      })
      clock.advance(600_000)
      expect(simulator.running()).toEqual([])
      const statuses = simulator.pipelines()[0]?.workflows.map(({status}) => status)
      expect(statuses).toContain('canceled')
      expect(lines.join('\n')).toContain('cancelled "')
    }
  )

  it.each([5, 14, 19])('cancels a workflow that is listed %d s later', async seconds => {
    const {simulator, lines, tookMs} = await play({
      simulator: {scenario: late(seconds)},
      before: it => ({pipelines: [triggered(it)]})
    })
    expect(simulator.running()).toEqual([])
    expect(lines.join('\n')).toContain('cancelled "late"')
    expect(tookMs).toBeGreaterThanOrEqual((seconds + 20) * 1000)
  })

  it('ends 20 s after the last that was listed', async () => {
    const {clock, lines, tookMs} = await play({
      simulator: {scenario: 'passing'},
      before: (it, time) => {
        const pipelines = [triggered(it)]
        time.advance(60_000)
        return {pipelines}
      }
    })
    expect(lines).toEqual([
      expect.stringMatching(/^info: Pipeline #101: waiting until no workflow has appeared for 20s/),
      expect.stringMatching(/^info: Pipeline #101 has no running workflows\. http/)
    ])
    expect(tookMs).toBeGreaterThanOrEqual(20_000)
    expect(tookMs).toBeLessThan(25_000)
    expect(clock.pending()).toBe(0)
  })

  it('is done as soon when the setup workflow was cancelled before', async () => {
    const {simulator, tookMs} = await play({
      simulator: {scenario: 'dynamic-config'},
      before: (it, time) => {
        const pipelines = [triggered(it)]
        time.advance(1_000)
        return {pipelines}
      }
    })
    expect(simulator.pipelines()[0]).toMatchObject({
      state: 'setup',
      workflows: [{name: 'setup', status: 'canceled'}]
    })
    expect(tookMs).toBeLessThan(35_000)
  })

  it('cancels several pipelines at once, and all of them take a minute at most', async () => {
    const {simulator, lines, tookMs} = await play({
      simulator: {
        faults: [{method: 'GET', path: '/pipeline/*', kind: 'status', status: 502, nth: 3}]
      },
      before: it => ({pipelines: [triggered(it), triggered(it), triggered(it)]})
    })
    expect(simulator.running()).toEqual([])
    for (const number of [101, 102, 103]) {
      expect(lines.join('\n')).toContain(`Pipeline #${number}: cancelled "`)
    }
    expect(tookMs).toBeLessThan(61_000)
  })

  it('cancels what is known before it looks for a trigger that was under way', async () => {
    const {simulator} = await play({
      before: (it, clock) => {
        const pipelines = [triggered(it)]
        clock.advance(5_000)
        const ref = {branch: 'other'}
        const request = {endpoint: 'classic', slug: parsed, ref, parameters: {}} as const
        return {pipelines, intents: [intentOf(request, {sentAt: clock.now()}, () => 0.5)]}
      }
    })
    expect(simulator.running()).toEqual([])
    const paths = simulator.requests.slice(0, 4).map(({method, path}) => `${method} ${path}`)
    expect(paths).toContainEqual(expect.stringMatching(/^POST .*\/cancel$/))
  })

  const listing = {method: 'GET', path: '/pipeline/*/workflow'} as const

  it.each([
    {status: 429, headers: {'Retry-After': '3600'}},
    {status: 404, headers: {}},
    {status: 502, headers: {}}
  ])('cancels what the main step saw, though no listing comes: $status', async fault => {
    const {simulator, lines} = await play({
      simulator: {faults: [{...listing, ...fault, kind: 'status'}]},
      before: (it, clock) => {
        const pipeline = triggered(it)
        clock.advance(1_000)
        const workflows = it.pipelines()[0]?.workflows.map(({id}) => id)
        return {pipelines: [{...pipeline, workflows}]}
      }
    })
    expect(simulator.running()).toEqual([])
    expect(lines.join('\n')).toContain('Pipeline #101: cancelled "build-and-test"')
    expect(lines.join('\n')).toMatch(/warning: Pipeline #101 .* may be running: /)
  })

  it.each([
    {name: 'cancelled after all', refusals: 15, ends: /^notice: .*: cancelled "build-and-test"/},
    {name: 'never cancelled', refusals: 1_000, ends: /^warning: .* did not stop in time/}
  ])('forgets no workflow that listings forget: $name', async ({refusals, ends}) => {
    const cancel = {method: 'POST', path: '/workflow/*/cancel', kind: 'status'} as const
    const {simulator, lines} = await play({
      simulator: {
        scenario: {
          ...scenarios.slow,
          pipeline: {workflows: [{name: 'build-and-test', jobs: [{name: 'test', run: 600}]}]}
        },
        faults: [
          {...cancel, status: 403, times: refusals},
          {...listing, kind: 'rows', change: () => [], skip: 1}
        ]
      },
      before: (it, clock) => {
        const pipelines = [triggered(it)]
        clock.advance(1_000)
        return {pipelines}
      }
    })
    expect(simulator.running()).toHaveLength(refusals === 15 ? 0 : 1)
    expect(lines).toEqual([expect.stringMatching(/waiting until/), expect.stringMatching(ends)])
  })

  it('goes on through faults', async () => {
    const {simulator} = await play({
      simulator: {faults: [{host: 'api', kind: 'status', status: 502, probability: 0.4}]},
      before: it => ({pipelines: [triggered(it)]})
    })
    expect(simulator.running()).toEqual([])
  })

  it('is held back by no rate limit, however far away its reset', async () => {
    const headers = {
      'RateLimit-Limit': '100',
      'RateLimit-Remaining': '2',
      'RateLimit-Reset': '3600'
    }
    const {simulator, clock, tookMs} = await play({
      simulator: {faults: [{host: 'api', kind: 'headers', headers}]},
      before: it => ({pipelines: [triggered(it)]})
    })
    expect(simulator.running()).toEqual([])
    expect(cancelsOf(simulator)).toBeGreaterThan(0)
    // Twenty seconds of them to see that nothing more comes.
    expect(tookMs).toBeLessThan(25_000)
    // Nobody sleeps for longer than between two looks.
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(2_000)
  })

  it('gives up after a minute and says so', async () => {
    const {lines, tookMs} = await play({
      simulator: {faults: [{host: 'api', kind: 'status', status: 502}]},
      before: it => ({pipelines: [triggered(it), triggered(it)]})
    })
    for (const number of [101, 102]) {
      expect(lines).toContainEqual(
        expect.stringMatching(
          `warning: Pipeline #${number} could not be cancelled completely and may be running: .*502`
        )
      )
    }
    expect(tookMs).toBeLessThan(75_000)
  })

  it('leaves everything with on-cancel: leave, and says what', async () => {
    const {simulator, lines} = await play({
      onCancel: 'leave',
      before: it => ({pipelines: [triggered(it)]})
    })
    expect(cancelsOf(simulator)).toBe(0)
    expect(lines).toEqual([
      expect.stringMatching(
        /^notice: Pipeline #101 is left running, because "on-cancel" is "leave": http/
      )
    ])
  })

  it('finishes a cancel that the main step had begun, whatever on-cancel says', async () => {
    const {simulator} = await play({
      onCancel: 'leave',
      before: it => ({pipelines: [triggered(it)], cancelling: true})
    })
    expect(simulator.running()).toEqual([])
  })
})
