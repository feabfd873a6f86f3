import {describe, expect, it} from '@jest/globals'

import {startSimulator, type Fault} from '../../simulator/index.ts'
import {tell, verdictOf} from '../support/story.ts'

const polls = {method: 'GET', path: '/api/v2/pipeline/*/workflow'} as const
const kinds = [
  {kind: 'status', status: 502},
  {kind: 'status', status: 500, body: '<html>oops</html>'},
  {kind: 'status', status: 408},
  {kind: 'status', status: 429, headers: {'retry-after': '2'}},
  {kind: 'status', status: 429, body: 'Rate limited.'},
  {kind: 'cut-before'},
  {kind: 'cut-after'},
  {kind: 'cut-body'},
  {kind: 'truncate'},
  {kind: 'html'},
  {kind: 'empty'},
  {kind: 'redirect', location: 'https://login.example.com/'}
] as const

describe('a wait', () => {
  it.each(kinds)('outlives $kind $status on any poll', async kind => {
    for (const nth of [1, 2, 3]) {
      const {result} = await tell({scenario: 'passing', faults: [{...polls, ...kind, nth}]})
      expect(verdictOf(result)).toBe('success - passes')
    }
  })

  it('outlives a random mix of faults on everything', async () => {
    const faults: Fault[] = kinds.map(kind => ({
      host: 'api',
      method: 'GET',
      ...kind,
      probability: 0.04
    }))
    for (const seed of [1, 2, 3, 4, 5]) {
      const {result} = await tell({scenario: 'failing', faults, seed})
      expect(verdictOf(result)).toBe('failure workflow-failed fails')
    }
  })

  it('says that trouble began and ended, each once, and twice a minute that it lasts', async () => {
    const {result, lines} = await tell(
      {scenario: 'slow'},
      {
        onPoll: (_, story) => {
          if (story.polls !== 2) return
          const remove = story.simulator.faults.add({host: 'api', kind: 'status', status: 503})
          story.clock.alarm(120_000, remove)
        }
      }
    )
    expect(verdictOf(result)).toBe('success - passes')
    const told = lines.filter(
      line => line.includes('Reading pipeline #') && !line.startsWith('debug')
    )
    expect(told.map(line => line.replace(/(failed|fails|succeeded).*/, '$1'))).toEqual([
      'warning: Reading pipeline #101 failed',
      'info: Reading pipeline #101 still fails',
      'info: Reading pipeline #101 still fails',
      'info: Reading pipeline #101 still fails',
      'info: Reading pipeline #101 succeeded'
    ])
  })

  it('ends after five minutes of nothing but errors, with the last cause and the address', async () => {
    const {result, clock} = await tell(
      {scenario: 'slow'},
      {
        onPoll: (_, {polls: count, simulator}) => {
          if (count === 2) simulator.faults.add({host: 'api', kind: 'status', status: 503})
        }
      }
    )
    expect(verdictOf(result)).toBe('failure api-unavailable fails')
    expect(result.verdict?.message).toMatch(/for 5m 00s: GET .*503.*http:.*101/s)
    const spent = clock.now() - result.startedAt
    expect(spent).toBeGreaterThan(290_000)
    expect(spent).toBeLessThan(330_000)
  })

  it('is over ten seconds after the deadline at the latest, in the middle of trouble too', async () => {
    const {result} = await tell(
      {scenario: 'slow', faults: [{...polls, kind: 'status', status: 503}]},
      {inputs: {timeoutSeconds: 60, onTimeout: 'leave'}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.finishedAt - result.startedAt).toBe(70_000)
  })

  it('is not green at the deadline when the look that would have made sure was cut', async () => {
    const {result} = await tell(
      {scenario: 'passing'},
      {
        inputs: {timeoutSeconds: 30, pollIntervalSeconds: 1, onTimeout: 'leave'},
        onPoll: ({rollup}, {simulator}) => {
          const done = rollup.deciding.every(({status}) => status === 'success')
          if (rollup.deciding.length === 0 || !done) return
          simulator.faults.add({...polls, kind: 'status', status: 503})
        }
      }
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
  })

  it('never takes a listing that was not found for one without workflows', async () => {
    const {result} = await tell(
      async clock => {
        const simulator = await startSimulator({clock, scenario: 'failing'})
        simulator.startPipeline()
        clock.advance(600_000)
        simulator.faults.add({...polls, kind: 'status', status: 404, nth: [1, 2]})
        return simulator
      },
      {inputs: {pipeline: {kind: 'number', number: 101}, onNoWorkflows: 'succeed'}}
    )
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
  })

  it('takes "not found" right after the trigger for a listing that lags behind', async () => {
    const {result} = await tell({
      scenario: 'passing',
      faults: [
        {
          ...polls,
          kind: 'status',
          status: 404,
          body: '{"message":"Pipeline not found"}',
          nth: [1, 2]
        }
      ]
    })
    expect(verdictOf(result)).toBe('success - passes')
  })

  it.each([
    {status: 401, reason: 'auth'},
    {status: 403, reason: 'auth'},
    {status: 404, reason: 'not-found'}
  ])('ends on $status later on', async ({status, reason}) => {
    const {result} = await tell(
      {scenario: 'slow'},
      {
        onPoll: (_, {clock, simulator}) => {
          if (clock.sleeps.reduce((sum, ms) => sum + ms, 0) < 31_000) return
          simulator.faults.add({...polls, kind: 'status', status, body: '{"message":"No."}'})
        }
      }
    )
    expect(verdictOf(result)).toBe(`failure ${reason} fails`)
  })

  it('leaves nothing behind that goes on asking', async () => {
    const {lines, clock, left, simulator} = await tell({
      scenario: 'passing',
      faults: [{path: '/api/v2/insights/**', kind: 'status', status: 503}]
    })
    expect(simulator.requests.some(({path}) => path.includes('/insights/'))).toBe(true)
    expect(left).toBe(0)
    // Whoever had a request under way has lost its connection by now, and would sleep before the next one.
    const [said, slept] = [lines.length, clock.sleeps.length]
    for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
    expect(lines.slice(said)).toEqual([])
    expect(clock.sleeps.slice(slept)).toEqual([])
  })

  it('turns an error nobody foresaw into a verdict, with what was known by then', async () => {
    const {result, lines} = await tell(
      {scenario: 'passing'},
      {
        onPoll: ({rollup}) => {
          if (rollup.deciding.length > 0) throw new TypeError('x is not a function')
        }
      }
    )
    expect(verdictOf(result)).toBe('failure - fails')
    expect(result.verdict?.message).toMatch(
      /unexpected error.*: x is not a function\. Please report/
    )
    expect(result.workflows).not.toEqual([])
    expect(lines.some(line => line.startsWith('debug: TypeError'))).toBe(true)
  })

  it('asks once a poll, however many workflows there are', async () => {
    const {simulator, result} = await tell({scenario: 'passing'})
    const requests = simulator.requests.map(
      ({method, path}) => `${method} ${path.replace(/[0-9a-f-]{36}/, 'ID')}`
    )
    const count = (text: string): number => requests.filter(request => request === text).length
    expect(result.workflows).toHaveLength(2)
    expect(count('GET /api/v2/pipeline/ID/workflow')).toBeLessThan(12)
    expect(count('GET /api/v2/workflow/ID/job')).toBe(2)
  })
})

describe('the timeout', () => {
  const limit = {timeoutSeconds: 40}
  const busy = {kind: 'status', status: 429, body: '{"message":"Rate limited."}'} as const
  const lost = {kind: 'cut-before'} as const
  const trigger = {method: 'POST', path: '/api/v2/project/**/pipeline'} as const

  it.each([
    {name: 'a trigger that is not taken', faults: [{...trigger, ...busy}], inFlight: false},
    {
      name: 'the search for a lost trigger',
      faults: [
        {...trigger, ...lost},
        {method: 'GET', path: '/api/v2/project/**', kind: 'status', status: 503}
      ],
      inFlight: true
    }
  ] as const)('bounds $name', async ({faults, inFlight}) => {
    const {result, cancelled, intents} = await tell({faults}, {inputs: limit})
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.finishedAt - result.startedAt).toBe(40_000)
    expect(intents.at(-1) !== undefined).toBe(inFlight)
    expect(cancelled).toBe(inFlight)
    expect(result.verdict?.message).toMatch(/^There was no pipeline of gh\/acme\/shop within 40s\./)
    expect(result.verdict?.message.includes('may be running')).toBe(inFlight)
  })

  it('leaves what may have been triggered with on-timeout: leave', async () => {
    const {result, cancelled} = await tell(
      {
        faults: [
          {...trigger, ...lost},
          {method: 'GET', path: '/api/v2/project/**', kind: 'status', status: 503}
        ]
      },
      {inputs: {...limit, onTimeout: 'leave'}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(cancelled).toBe(false)
  })

  it.each([
    {name: 'choosing a definition', options: {scenario: 'github-app'}, inputs: {}},
    {name: 'attaching', options: {}, inputs: {pipeline: {kind: 'number', number: 1}}},
    {name: 'a dry run', options: {}, inputs: {dryRun: true}}
  ] as const)('bounds $name', async ({options, inputs}) => {
    const {result} = await tell(
      {...options, faults: [{host: 'api', kind: 'status', status: 503}]},
      {inputs: {...limit, ...inputs}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.finishedAt - result.startedAt).toBe(40_000)
  })
})
