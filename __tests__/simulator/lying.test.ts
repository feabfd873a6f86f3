import {gunzipSync} from 'node:zlib'
import {afterEach, describe, expect, it} from '@jest/globals'
import {scenarios} from '../../simulator/index.ts'
import {
  type ListingChange,
  reversed,
  rowsWith,
  shuffled,
  together,
  twice,
  without
} from '../../simulator/listings.ts'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const rows = ['a', 'b', 'c', 'd'].map(name => ({name, status: 'running', id: `id-${name}`}))
const namesOf: (changed: readonly object[]) => string[] = changed =>
  changed.map(row => Object.values(row).join(' '))

describe('a listing', () => {
  const changes: readonly [string, ListingChange, string[]][] = [
    ['without a row', without({name: 'b'}), ['a running id-a', 'c running id-c', 'd running id-d']],
    ['without any', without({status: 'running'}), []],
    [
      'reversed',
      reversed,
      ['d running id-d', 'c running id-c', 'b running id-b', 'a running id-a']
    ],
    [
      'with one id twice, and what came of it',
      together(without({name: 'c'}), without({name: 'd'}), twice({name: 'a'}, {status: 'success'})),
      ['a running id-a', 'a success id-a', 'b running id-b']
    ],
    [
      'with the other one first',
      together(twice({name: 'a'}, {status: 'success'}, 'before'), rows => rows.slice(0, 2)),
      ['a success id-a', 'a running id-a']
    ],
    [
      'with rows that lack an id',
      together(rowsWith({name: 'a'}, {id: undefined}), rows => rows.slice(0, 1)),
      ['a running ']
    ]
  ]

  it.each(changes)('%s', (_, change, expected) => {
    expect(namesOf(change(rows))).toEqual(expected)
  })

  it('shuffled, the same under the same seed', () => {
    const orders = [1, 2, 3, 4].map(seed => namesOf(shuffled(seed)(rows)).join())
    expect(new Set(orders).size).toBeGreaterThan(1)
    expect(namesOf(shuffled(1)(rows)).join()).toBe(orders[0])
    expect(namesOf(shuffled(3)(rows)).sort()).toEqual(namesOf(rows))
  })
})

describe('a fault of kind rows', () => {
  it('changes the list it is meant for, as often as it says, and nothing else', async () => {
    const {simulator, items, get, trigger, seconds} = await startRig()
    const id = await trigger()
    seconds(2)
    const path = `/pipeline/${id}/workflow`
    const change = without({name: 'docs'})
    simulator.faults.add({kind: 'rows', path: '/pipeline/*/workflow', change, skip: 1, times: 2})
    const counts = []
    for (let look = 0; look < 4; look += 1) counts.push((await items(path)).length)
    expect(counts).toEqual([2, 1, 1, 2])
    expect(await get(`/pipeline/${id}`)).toMatchObject({json: {id}})
  })

  it('is made together with others, in order', async () => {
    const {simulator, items, trigger} = await startRig()
    await trigger()
    await trigger()
    const path = `/project/${simulator.slug}/pipeline`
    simulator.faults.add(
      {kind: 'rows', change: reversed},
      {kind: 'rows', change: rows => rows.slice(0, 1)}
    )
    expect(await items(path)).toMatchObject([{number: 101}])
  })
})

describe('a stale answer', () => {
  it('is the one of so many seconds ago: workflows, jobs, pipelines', async () => {
    const {simulator, get, items, jobs, trigger, seconds, workflow} = await startRig()
    const id = await trigger()
    const path = `/pipeline/${id}/workflow`
    const list = `/project/${simulator.slug}/pipeline/mine`
    seconds(1)
    const before = await items(path)
    const first = String(before[0]?.id)
    const {status} = (await jobs(first))['build-docs'] ?? {}
    seconds(60)
    expect(await workflow(id)).toMatchObject({status: 'success'})
    const restore = simulator.faults.add({kind: 'stale', seconds: 60})
    expect(await items(path)).toEqual(before)
    expect((await jobs(first))['build-docs']).toMatchObject({status})
    expect(await items(list)).toHaveLength(1)
    restore()
    simulator.faults.add({kind: 'stale', seconds: 62})
    expect(await items(list)).toEqual([])
    expect(await get(`/pipeline/${id}`)).toMatchObject({status: 404})
    simulator.faults.clear()
    expect(await items(path)).toHaveLength(2)
  })

  it('knows no cancel and no rerun yet, and a command is never stale', async () => {
    const {simulator, items, post, trigger, seconds, workflow} = await startRig({
      scenario: scenarios.failing
    })
    const id = await trigger()
    seconds(20)
    const {id: failed} = await workflow(id, 'build-and-test')
    simulator.faults.add({kind: 'stale', seconds: 5})
    const rerun = await post(`/workflow/${failed}/rerun`, {from_failed: true})
    expect(rerun.status).toBe(202)
    const path = `/pipeline/${id}/workflow`
    expect(await items(path)).toHaveLength(2)
    simulator.faults.clear()
    expect(await items(path)).toHaveLength(3)
  })
})

describe('a refusal', () => {
  it.each([
    [{kind: 'status', status: 401}, 401, '{"message":"You must log in first"}'],
    [{kind: 'status', status: 403}, 403, '{"message":"Permission denied."}'],
    [{kind: 'status', status: 404}, 404, '{"message":"Not Found"}'],
    [{kind: 'html', status: 403, body: '<h1>Blocked</h1>'}, 403, '<h1>Blocked</h1>']
  ] as const)('of %j comes and goes in time', async (fault, status, text) => {
    const {simulator, get, seconds} = await startRig()
    seconds(100)
    simulator.faults.add({...fault, path: '/me', after: 10, lasts: 45})
    const seen = []
    for (let at = 0; at < 70; at += 10) {
      const answer = await get('/me')
      seen.push(answer.status === 200 ? 200 : `${answer.status} ${answer.text}`)
      seconds(10)
    }
    const refused = `${status} ${text}`
    expect(seen).toEqual([200, refused, refused, refused, refused, refused, 200])
  })

  it('can hit a span of answers', async () => {
    const {simulator, get} = await startRig()
    simulator.faults.add({kind: 'status', status: 403, skip: 2, times: 3})
    const seen = []
    for (let look = 0; look < 7; look += 1) seen.push((await get('/me')).status)
    expect(seen).toEqual([200, 200, 403, 403, 403, 200, 200])
  })
})

describe('an answer that is not plain JSON', () => {
  it('is compressed although nobody asked', async () => {
    const {simulator, get} = await startRig()
    simulator.faults.add({kind: 'gzip'})
    const {headers, json} = await get('/me')
    expect(headers.get('content-encoding')).toBe('gzip')
    expect(json).toMatchObject({login: 'developer'})
    const {clear} = simulator.faults
    clear()
    simulator.faults.add({kind: 'gzip'}, {kind: 'headers', headers: {'content-encoding': null}})
    const response = await fetch(`${simulator.url}/api/v2/me`, {
      headers: {'Circle-Token': simulator.token}
    })
    const raw = gunzipSync(Buffer.from(await response.arrayBuffer()))
    expect(JSON.parse(raw.toString('utf8'))).toMatchObject({login: 'developer'})
  })

  it('begins with a byte order mark', async () => {
    const {simulator} = await startRig({faults: [{kind: 'bom'}]})
    const response = await fetch(`${simulator.url}/api/v2/me`, {
      headers: {'Circle-Token': simulator.token}
    })
    const body = Buffer.from(await response.arrayBuffer())
    expect(body.subarray(0, 4).toString('hex')).toBe('efbbbf7b')
    expect(JSON.parse(body.subarray(3).toString('utf8'))).toMatchObject({login: 'developer'})
  })

  it('is nested deeply beside what it should be', async () => {
    const {simulator, get} = await startRig()
    simulator.faults.add({kind: 'nested', depth: 3})
    expect((await get('/me')).json).toMatchObject({nested: [[[]]], login: 'developer'})
    simulator.faults.clear()
    simulator.faults.add({kind: 'nested'})
    expect((await get('/me')).text).toContain(`${'['.repeat(100_000)}]`)
  })

  it('has other headers, or lacks some', async () => {
    const {simulator, get} = await startRig()
    simulator.faults.add({kind: 'headers', headers: {date: null, 'RateLimit-Remaining': '2'}})
    const {headers, json} = await get('/me')
    expect(headers.get('date')).toBeNull()
    expect(headers.get('ratelimit-remaining')).toBe('2')
    expect(json).toMatchObject({login: 'developer'})
  })
})
