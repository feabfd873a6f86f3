import {afterEach, describe, expect, it} from '@jest/globals'
import {type Scenario, scenarios} from '../../simulator/index.ts'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const {passing} = scenarios

describe('the lists of pipelines', () => {
  it.each([
    {listed: 0, mine: [0, 5, 14, 20], project: [0, 5, 14, 20]},
    {listed: 5, mine: [5, 14, 20], project: [5, 14, 20]},
    {listed: {mine: 14}, mine: [14, 20], project: [0, 5, 14, 20]},
    {listed: {mine: 5, project: 20}, mine: [5, 14, 20], project: [20]}
  ])('show a pipeline after the seconds of $listed', async ({listed, mine, project}) => {
    const scenario: Scenario = {...passing, pipeline: {...passing.pipeline, listed}}
    const {simulator, get, items, seconds, trigger} = await startRig({scenario})
    const id = await trigger()
    expect(await get(`/pipeline/${id}`)).toMatchObject({status: 200})
    const seen: Record<string, number[]> = {mine: [], project: []}
    for (const [at, pause] of Object.entries({0: 5, 5: 9, 14: 6, 20: 0})) {
      const lists = {mine: '/pipeline/mine', project: '/pipeline'}
      for (const [list, path] of Object.entries(lists)) {
        const found = await items(`/project/${simulator.slug}${path}`)
        if (found.length > 0) seen[list]?.push(Number(at))
      }
      seconds(pause)
    }
    expect(seen).toEqual({mine, project})
  })

  it('can be behind for one pipeline and not for another', async () => {
    const {simulator, items} = await startRig()
    const {number} = simulator.startPipeline()
    simulator.startPipeline({pipeline: {...passing.pipeline, listed: 14}})
    expect(await items(`/project/${simulator.slug}/pipeline`)).toMatchObject([{number}])
  })
})

describe('clocks', () => {
  it.each([
    [{}, 0, 0],
    [{dateSkew: 3}, 3, 0],
    [{dateSkew: -300, createdAtSkew: -5}, -300, -5],
    [{dateSkew: 'none', createdAtSkew: 60}, undefined, 60]
  ] as const)('of %j differ', async (behaviour, date, createdAt) => {
    const {get, trigger, clock} = await startRig({scenario: {...passing, behaviour}})
    const answer = await get(`/pipeline/${await trigger()}`)
    const header = answer.headers.get('date')
    const of = (time: string | null) => (Date.parse(time ?? '') - clock.now()) / 1000
    expect(header === null ? undefined : of(header)).toBe(date)
    const {created_at, trigger: by} = answer.json as {
      created_at: string
      trigger: {received_at: string}
    }
    expect([created_at, by.received_at].map(of)).toEqual([createdAt, createdAt])
  })
})

describe('an actor', () => {
  it('can be spelled otherwise than in /me', async () => {
    const behaviour = {actorLogins: {developer: 'Developer'}}
    const {simulator, get, items, trigger} = await startRig({scenario: {...passing, behaviour}})
    const id = await trigger()
    expect((await get('/me')).json).toMatchObject({login: 'developer'})
    const actor = {trigger: {actor: {login: 'Developer'}}}
    expect((await get(`/pipeline/${id}`)).json).toMatchObject(actor)
    expect(await items(`/project/${simulator.slug}/pipeline/mine`)).toMatchObject([actor])
  })
})
