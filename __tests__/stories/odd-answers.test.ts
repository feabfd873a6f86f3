import {describe, expect, it} from '@jest/globals'

import type {Fault, Simulator} from '../../simulator/index.ts'
import {tell, verdictOf} from '../support/story.ts'

const html = '<html><title>Sign in</title></html>'

/** Answers that say something else than CircleCI, or say it in another way. */
const oddities = [
  {kind: 'nested'},
  {kind: 'gzip'},
  {kind: 'bom'},
  {kind: 'html'},
  {kind: 'html', status: 401},
  {kind: 'html', status: 403},
  {kind: 'html', status: 404},
  {kind: 'status', status: 401, body: ''},
  {kind: 'status', status: 403, body: 'Forbidden'},
  {kind: 'status', status: 404, body: '[]'},
  {kind: 'status', status: 404, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`},
  {kind: 'status', status: 200, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`},
  {kind: 'status', status: 200, body: '{"ok":true}'},
  {kind: 'status', status: 204, body: ''},
  {kind: 'status', status: 429, body: html},
  {kind: 'headers', headers: {'Content-Encoding': 'zstd'}},
  {kind: 'headers', headers: {'Content-Encoding': 'br'}},
  {kind: 'redirect', location: 'https://login.example.com/'}
] as const

describe('an answer that is not CircleCI as usual', () => {
  const titled = oddities.map(oddity => [JSON.stringify(oddity).slice(0, 80), oddity] as const)

  it.each(titled)('ends no wait, whichever request it hits: %s', async (_, oddity) => {
    const at = (...nth: number[]): Fault => ({host: 'api', method: 'GET', ...oddity, nth})
    for (const fault of [at(1, 2, 6, 8, 10, 12), at(3, 4, 5, 7, 9, 11, 13)]) {
      const {result} = await tell({scenario: 'failing', faults: [fault]})
      expect(verdictOf(result)).toBe('failure workflow-failed fails')
    }
  })
})

describe('a host that is not CircleCI', () => {
  const place =
    /something at http:\/\/127\.0\.0\.1:\d+ answers in CircleCI's place \(a proxy, a login page, or another server\)/

  it.each([
    ['to trigger', {}],
    ['to trigger a definition', {definition: 'build'}],
    ['to take a pipeline', {pipeline: {kind: 'number', number: 7}}],
    ['for a dry run', {dryRun: true}]
  ] as const)('is told as that when it is asked %s, whatever it says', async (_, inputs) => {
    for (const status of [200, 401, 403, 404]) {
      const strange: Fault = {host: 'api', kind: 'status', status, body: html}
      const {result, simulator, lines} = await tell({faults: [strange]}, {inputs})
      expect(verdictOf(result)).toBe('failure api-unavailable fails')
      expect(result.verdict?.message).toMatch(place)
      expect(result.verdict?.message).not.toMatch(/token|project-slug/)
      expect(result.finishedAt - result.startedAt).toBeLessThanOrEqual(65_000)
      const posts = simulator.requests.filter(({method}) => method === 'POST')
      expect(posts).toEqual([])
      const said = lines.filter(line => line.startsWith('warning: ') && place.test(line))
      expect(said).toHaveLength(1)
    }
  })
})

describe('a host that answers with JSON of its own', () => {
  it('is sent no trigger', async () => {
    const body = '{"hello":"world"}'
    const {result, simulator} = await tell({
      faults: [{host: 'api', kind: 'status', status: 200, body}]
    })
    expect(verdictOf(result)).toBe('failure api-unavailable fails')
    expect(result.verdict?.message).toMatch(/something at http:\/\/127\.0\.0\.1:\d+ answers in/)
    expect(simulator.requests.filter(({method}) => method === 'POST')).toEqual([])
  })
})

describe('a rate limit that is nearly used up, its reset an hour away', () => {
  const low = {
    kind: 'headers',
    headers: {'RateLimit-Limit': '100', 'RateLimit-Remaining': '2', 'RateLimit-Reset': '3600'}
  } as const
  const everywhere: Fault = {host: 'api', ...low}
  const cancels = ({requests}: Simulator): number =>
    requests.filter(({method, path}) => method === 'POST' && path.endsWith('/cancel')).length

  it('holds back no cancel', async () => {
    let abortedAt = 0
    const {result, simulator} = await tell(
      {scenario: 'slow', faults: [everywhere]},
      {
        onPoll: ({rollup}, {cancel, clock}) => {
          if (rollup.deciding.length === 0 || abortedAt > 0) return
          abortedAt = clock.now()
          cancel.abort()
        }
      }
    )
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    expect(cancels(simulator)).toBeGreaterThan(0)
    expect(result.finishedAt - abortedAt).toBeLessThanOrEqual(5_000)
  })

  it('holds back no cancel at a timeout, nor the timeout itself', async () => {
    const {result, simulator} = await tell(
      {scenario: 'slow', faults: [everywhere]},
      {inputs: {timeoutSeconds: 40}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(cancels(simulator)).toBeGreaterThan(0)
    // The last look may take ten seconds more.
    expect(result.finishedAt - result.startedAt).toBeLessThanOrEqual(55_000)
  })

  it('makes the wait longer by seconds, not by the time to the reset', async () => {
    const usual = await tell({scenario: 'failing'})
    const slowed = await tell({scenario: 'failing', faults: [everywhere]})
    expect(verdictOf(slowed.result)).toBe('failure workflow-failed fails')
    expect(slowed.result.finishedAt - usual.result.finishedAt).toBeLessThanOrEqual(60_000)
  })
})
