import {describe, expect, it} from '@jest/globals'

import type {Fault} from '../../simulator/index.ts'
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

  it('says that trouble began and ended, each once', async () => {
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
    expect(
      lines.filter(line => line.startsWith("warning: CircleCI's API is in trouble"))
    ).toHaveLength(1)
    expect(
      lines.filter(line => line.startsWith("info: CircleCI's API answers again, after"))
    ).toHaveLength(1)
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

  it('is over at the deadline to the second, in the middle of trouble too', async () => {
    const {result} = await tell(
      {scenario: 'slow', faults: [{...polls, kind: 'status', status: 503}]},
      {inputs: {timeoutSeconds: 60, onTimeout: 'leave'}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.finishedAt - result.startedAt).toBe(60_000)
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
