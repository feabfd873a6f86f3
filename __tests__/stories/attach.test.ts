import {describe, expect, it} from '@jest/globals'

import {
  startSimulator,
  scenarios,
  type Simulator,
  type StrangerRequest
} from '../../simulator/index.ts'
import type {FakeClock} from '../support/fake-clock.ts'
import {aPush, tell, verdictOf} from '../support/story.ts'

const COMMIT = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'
const push = aPush({headSha: COMMIT})

/** A simulator in which pipelines exist before the step starts. */
function withPipelines(...requests: readonly StrangerRequest[]) {
  return async (clock: FakeClock): Promise<Simulator> => {
    const simulator = await startSimulator({clock, scenario: 'passing'})
    for (const request of requests) {
      simulator.startPipeline(request)
      clock.advance(1000)
    }
    return simulator
  }
}

const commit = {inputs: {pipeline: {kind: 'commit'}}, event: push} as const

describe('pipeline: commit', () => {
  it('takes every pipeline that CircleCI started by itself for the commit', async () => {
    const {result, simulator} = await tell(
      withPipelines(
        {revision: COMMIT},
        {revision: COMMIT},
        {revision: COMMIT, trigger: 'api'},
        {revision: COMMIT, trigger: 'scheduled_pipeline'},
        {revision: 'd00d'.repeat(10)}
      ),
      commit
    )
    expect(verdictOf(result)).toBe('success - passes')
    const numbers = result.pipelines.map(({pipeline}) => pipeline?.number)
    expect(numbers).toEqual([101, 102])
    expect(result).toMatchObject({triggered: false, attached: true, pipeline: {number: 101}})
    expect(simulator.requests.filter(({method}) => method === 'POST')).toEqual([])
  })

  it('reads as many pages as it takes', async () => {
    const others = Array.from({length: 70}, () => ({revision: 'd00d'.repeat(10)}))
    const {result} = await tell(withPipelines({revision: COMMIT}, ...others), commit)
    expect(result.pipeline?.number).toBe(101)
  })

  it('waits for the pipeline to appear, and says so', async () => {
    const {result, lines} = await tell(async clock => {
      const simulator = await startSimulator({clock, scenario: 'passing'})
      clock.alarm(45_000, () => {
        simulator.startPipeline({revision: COMMIT})
      })
      return simulator
    }, commit)
    expect(verdictOf(result)).toBe('success - passes')
    expect(lines).toContain(
      'info: Looking for the pipelines that CircleCI started for commit c0ffee0 in gh/acme/shop, for up to 2m 00s.'
    )
  })

  it('gives up after two minutes, listing what there was instead', async () => {
    const {result, clock} = await tell(
      withPipelines({revision: COMMIT, trigger: 'api'}, {revision: 'd00d'.repeat(10)}),
      commit
    )
    expect(verdictOf(result)).toBe('failure not-found fails')
    expect(result.verdict?.message).toContain(
      'only has pipelines that were started in other ways or for other refs: #101 (api) http'
    )
    expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBe(120_000)
  })

  it('counts against the timeout', async () => {
    const {result, clock} = await tell(withPipelines(), {
      ...commit,
      inputs: {...commit.inputs, timeoutSeconds: 30}
    })
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.verdict?.message).toContain(
      'within 30s, all that was left of "timeout". That commit has no pipelines at all'
    )
    expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBe(30_000)
  })

  it('does not read the same pages again while it waits', async () => {
    const others = Array.from({length: 70}, () => ({revision: 'd00d'.repeat(10)}))
    const {simulator} = await tell(withPipelines(...others), commit)
    const listings = simulator.requests.filter(({path}) => path.includes('/project/'))
    expect(listings.length).toBeLessThan(4 + 26)
  })

  it('says that the event tells no commit', async () => {
    const {result, simulator} = await tell(withPipelines(), {...commit, event: aPush()})
    expect(verdictOf(result)).toBe('failure input fails')
    expect(simulator.requests).toEqual([])
  })

  it('works without wait: outputs of what is there now', async () => {
    const {result, simulator} = await tell(withPipelines({revision: COMMIT}), {
      ...commit,
      inputs: {...commit.inputs, wait: false}
    })
    // Four listings until no further pipeline is to be expected, its values, and two for what is there.
    expect(simulator.requests).toHaveLength(7)
    expect(result.verdict).toBeUndefined()
    expect(result.workflows.map(({name, status}) => `${name} ${status}`)).toEqual([
      'build-and-test success',
      'docs success'
    ])
  })
})

describe('pipeline: <id> or <number>', () => {
  it('attaches by number', async () => {
    const {result, lines} = await tell(withPipelines({}, {}), {
      inputs: {pipeline: {kind: 'number', number: 102}}
    })
    expect(verdictOf(result)).toBe('success - passes')
    expect(lines.join('\n')).toMatch(/^info: Attached to pipeline #102: http/m)
  })

  it.each([
    {name: 'reading it, 5xx', fault: {path: '/project/**/pipeline/*', status: 503, lasts: 240}},
    {name: 'listing, 5xx', fault: {path: '/pipeline/*/workflow', status: 503, lasts: 240}},
    {name: 'listing, one 404', fault: {path: '/pipeline/*/workflow', status: 404, nth: 1}}
  ])('bears without wait what a wait bears: $name', async ({fault}) => {
    const simulator = withPipelines({})
    const {result} = await tell(
      async clock => {
        const started = await simulator(clock)
        started.faults.add({method: 'GET', kind: 'status', ...fault})
        return started
      },
      {inputs: {pipeline: {kind: 'number', number: 101}, wait: false}}
    )
    expect(result.verdict).toBeUndefined()
    expect(result.workflows.length).toBeGreaterThan(0)
  })

  it('attaches by id, and takes the project from the pipeline', async () => {
    let id = ''
    const {result} = await tell(
      async clock => {
        const simulator = await withPipelines({})(clock)
        id = simulator.pipelines()[0]?.id ?? ''
        return simulator
      },
      {
        inputs: {
          get pipeline() {
            return {kind: 'id' as const, id}
          },
          slug: {provider: 'gh', organization: 'acme', project: 'elsewhere'}
        }
      }
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(result.slug).toBe('gh/acme/shop')
  })

  it.each([
    {
      pipeline: {kind: 'number', number: 999} as const,
      says: /no pipeline number 999 in gh\/acme\/shop/
    },
    {
      pipeline: {kind: 'id', id: '00000000-0000-4000-8000-000000000000'} as const,
      says: /no pipeline with the id 00000000-0000-4000-8000-000000000000/
    }
  ])('says that there is no $pipeline', async ({pipeline, says}) => {
    const {result} = await tell(withPipelines({}), {inputs: {pipeline}})
    expect(verdictOf(result)).toBe('failure not-found fails')
    expect(result.verdict?.message).toMatch(says)
  })

  it('is never cancelled, neither by a timeout nor by GitHub', async () => {
    const slow = (clock: FakeClock): Promise<Simulator> =>
      startSimulator({clock, scenario: scenarios.slow}).then(simulator => {
        simulator.startPipeline()
        return simulator
      })
    const attached = {pipeline: {kind: 'number', number: 101}} as const
    const timedOut = await tell(slow, {inputs: {...attached, timeoutSeconds: 10}})
    const cancelled = await tell(slow, {
      inputs: attached,
      onPoll: (_, {cancel}) => {
        cancel.abort()
      }
    })
    for (const {simulator, lines} of [timedOut, cancelled]) {
      expect(simulator.requests.filter(({method}) => method === 'POST')).toEqual([])
      expect(lines.join('\n')).toMatch(
        /Pipeline #101 is left running, because this step did not start it: http/
      )
    }
    expect(verdictOf(timedOut.result)).toBe('timed_out timeout fails')
    expect(verdictOf(cancelled.result)).toBe('cancelled github-cancelled fails')
  })
})
