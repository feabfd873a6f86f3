import {afterEach, describe, expect, it} from '@jest/globals'
import type {Fault} from '../../simulator/index.ts'
import {type Rig, fetchAnswer, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const project = '/project/gh/acme/shop'

/**
 * What a client makes of a request: the status, or the failure it sees. Where there is no answer it gives up a moment
 * after its request has come in.
 */
async function outcomeOf(rig: Rig, answers = true): Promise<string> {
  const {url, token, requests} = rig.simulator
  const timeOut = new AbortController()
  const look = setInterval(() => {
    if (answers || requests.length === 0) return
    clearInterval(look)
    setTimeout(() => {
      timeOut.abort(new DOMException('', 'TimeoutError'))
    }, 50)
  }, 5)
  try {
    const answer = await fetchAnswer(`${url}/api/v2${project}/pipeline`, {
      method: 'POST',
      headers: {'Circle-Token': token, 'Content-Type': 'application/json'},
      body: '{}',
      signal: timeOut.signal
    })
    const kind = answer.json === undefined ? `text of ${answer.text.length}` : 'JSON'
    return `${answer.status} ${kind}`
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'time-out' : 'cut'
  } finally {
    clearInterval(look)
  }
}

describe('faults', () => {
  it.each<[string, Fault, outcome: string, pipelines: number]>([
    ['status', {kind: 'status', status: 502}, '502 JSON', 0],
    ['status, processed', {kind: 'status', status: 504, processed: true}, '504 JSON', 1],
    [
      'status with a body',
      {kind: 'status', status: 429, body: 'Rate limited.'},
      '429 text of 13',
      0
    ],
    ['cut before', {kind: 'cut-before'}, 'cut', 0],
    ['cut after', {kind: 'cut-after'}, 'cut', 1],
    ['cut in the body', {kind: 'cut-body'}, 'cut', 1],
    ['stall before the headers', {kind: 'stall-headers'}, 'time-out', 1],
    ['stall, unprocessed', {kind: 'stall-headers', processed: false}, 'time-out', 0],
    ['stall for a while', {kind: 'stall-headers', ms: 20}, '201 JSON', 1],
    [
      'stall for a while, unprocessed',
      {kind: 'stall-headers', ms: 20, processed: false},
      '504 JSON',
      0
    ],
    ['stall in the body', {kind: 'stall-body'}, 'time-out', 1],
    ['stall in the body for a while', {kind: 'stall-body', ms: 20, bytes: 3}, '201 JSON', 1],
    ['truncated', {kind: 'truncate', bytes: 10}, '201 text of 10', 1],
    ['HTML', {kind: 'html', body: '<p>Sign in</p>'}, '200 text of 14', 0],
    ['empty', {kind: 'empty'}, '201 text of 0', 1],
    ['redirect', {kind: 'redirect', location: 'https://example.com/'}, '302 text of 0', 0],
    ['slow', {kind: 'drip', bytes: 20, everyMs: 1}, '201 JSON', 1]
  ])('%s', async (_, fault, outcome, pipelines) => {
    const rig = await startRig({faults: [fault]})
    expect(await outcomeOf(rig, outcome !== 'time-out')).toBe(outcome)
    expect(rig.simulator.pipelines()).toHaveLength(pipelines)
    rig.simulator.faults.clear()
    expect(await outcomeOf(rig)).toBe('201 JSON')
  })

  it('carry headers, and a redirect its location', async () => {
    const {get, simulator} = await startRig()
    simulator.faults.add(
      {kind: 'status', status: 503, headers: {'Retry-After': '7'}, path: '/me'},
      {kind: 'redirect', location: 'https://example.com/', status: 307, path: project}
    )
    expect((await get('/me')).headers.get('retry-after')).toBe('7')
    const redirect = await get(project)
    expect([redirect.status, redirect.headers.get('location')]).toEqual([
      307,
      'https://example.com/'
    ])
  })

  it('are recorded without a status when the connection is cut', async () => {
    const rig = await startRig({faults: [{kind: 'cut-after'}]})
    await outcomeOf(rig)
    expect(rig.simulator.requests).toMatchObject([{method: 'POST', status: 0}])
  })

  it('end a stall when the simulator stops', async () => {
    const rig = await startRig({faults: [{kind: 'stall-headers'}]})
    const outcome = outcomeOf(rig)
    while (rig.simulator.requests.length === 0) await new Promise(setImmediate)
    await stopRigs()
    expect(await outcome).toBe('cut')
  })
})

describe('the fault plan', () => {
  const statuses = async (rig: Rig, path: string, count: number): Promise<number[]> => {
    const seen: number[] = []
    for (let index = 0; index < count; index += 1) seen.push((await rig.get(path)).status)
    return seen
  }
  const broken = {kind: 'status', status: 500} as const

  it.each<[string, Partial<Fault>, number[]]>([
    ['the n-th', {nth: 2}, [200, 500, 200, 200]],
    ['several', {nth: [1, 3]}, [500, 200, 500, 200]],
    ['every n-th', {every: 2}, [200, 500, 200, 500]],
    ['so many times', {times: 2}, [500, 500, 200, 200]],
    ['never', {probability: 0}, [200, 200, 200, 200]],
    ['always', {probability: 1}, [500, 500, 500, 500]]
  ])('hits %s', async (_, timing, expected) => {
    const rig = await startRig({faults: [{...broken, ...timing} as Fault]})
    expect(await statuses(rig, '/me', 4)).toEqual(expected)
  })

  it('repeats its chances under the same seed', async () => {
    const runs: number[][] = []
    for (const seed of [5, 5, 6]) {
      const rig = await startRig({seed, faults: [{...broken, probability: 0.5}]})
      runs.push(await statuses(rig, '/me', 20))
    }
    expect(runs[0]).toEqual(runs[1])
    expect(runs[0]).not.toEqual(runs[2])
    expect(new Set(runs[0])).toEqual(new Set([200, 500]))
  })

  it('matches by method and by path', async () => {
    const rig = await startRig()
    const {simulator, get, post} = rig
    simulator.faults.add({...broken, method: 'POST', path: '/project/**'})
    expect((await get(project)).status).toBe(200)
    expect((await post(`${project}/pipeline`, {})).status).toBe(500)
    simulator.faults.clear()
    simulator.faults.add({...broken, path: '/project/gh/*/shop'})
    expect((await get(project)).status).toBe(500)
    expect((await get(`${project}/pipeline`)).status).toBe(200)
    simulator.faults.clear()
    simulator.faults.add({...broken, path: /\/api\/v2\/m.$/})
    expect((await get('/me')).status).toBe(500)
    expect((await get(project)).status).toBe(200)
  })

  it('takes faults out again while it runs', async () => {
    const {simulator, get} = await startRig()
    const remove = simulator.faults.add({...broken, path: '/me'})
    expect((await get('/me')).status).toBe(500)
    remove()
    expect((await get('/me')).status).toBe(200)
  })

  it('leaves the other hosts alone unless they are meant', async () => {
    const {simulator} = await startRig({
      faults: [broken, {...broken, host: 'artifacts', status: 503}]
    })
    expect((await fetchAnswer(`${simulator.storage}/x`)).status).toBe(403)
    expect((await fetchAnswer(`${simulator.artifacts}/x`)).status).toBe(503)
  })
})

describe('latency', () => {
  it('delays every answer, or those of a route', async () => {
    const timed = async ({get}: Rig, path: string): Promise<number> => {
      const start = performance.now()
      await get(path)
      return performance.now() - start
    }
    const one = await startRig({latencyMs: [{path: '/me', ms: 60}]})
    expect(await timed(one, '/me')).toBeGreaterThan(55)
    expect(await timed(await startRig({latencyMs: 60}), '/me')).toBeGreaterThan(55)
    // Far longer than this test may take: an answer at all shows that the other routes do not wait.
    const minute = await startRig({latencyMs: [{path: '/me', ms: 60_000}]})
    expect((await minute.get(project)).status).toBe(200)
  })
})
