import {afterEach, describe, expect, it} from '@jest/globals'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

interface Page {
  readonly items: readonly {readonly number: number}[]
  readonly next_page_token: string | null
}

const list = '/project/gh/acme/shop/pipeline'

describe('pagination', () => {
  it('gives 20 items a page, newest first, and null after the last', async () => {
    const {get, trigger, items} = await startRig()
    for (let count = 0; count < 25; count += 1) await trigger()
    const first = (await get(list)).json as Page
    expect(first.items).toHaveLength(20)
    expect(first.items[0]?.number).toBe(125)
    const rest = (await get(`${list}?page-token=${String(first.next_page_token)}`)).json as Page
    expect(rest.items.map(({number}) => number)).toEqual([105, 104, 103, 102, 101])
    expect(rest.next_page_token).toBeNull()
    expect(await items(list)).toHaveLength(25)
  })

  it('keeps its place when a newer item comes', async () => {
    const {get, trigger} = await startRig({pageSize: 2})
    for (let count = 0; count < 4; count += 1) await trigger()
    const first = (await get(list)).json as Page
    await trigger()
    const second = (await get(`${list}?page-token=${String(first.next_page_token)}`)).json as Page
    expect(second.items.map(({number}) => number)).toEqual([102, 101])
  })

  it('ends exactly at a full page', async () => {
    const {get, trigger} = await startRig({pageSize: 2})
    await trigger()
    await trigger()
    expect((await get(list)).json).toMatchObject({next_page_token: null})
  })

  it.each(['bad', 'eyJhIjoxfQ', Buffer.from('/api/v2/other\nkey').toString('base64url')])(
    'answers the page token %s with 404',
    async token => {
      const {get} = await startRig()
      const answer = await get(`${list}?page-token=${token}`)
      expect([answer.status, answer.json]).toEqual([404, {message: 'Not Found'}])
    }
  )

  it('refuses the page token of another list', async () => {
    const {get, trigger} = await startRig({pageSize: 1})
    await trigger()
    await trigger()
    const {next_page_token: token} = (await get(list)).json as Page
    expect((await get(`${list}/mine?page-token=${String(token)}`)).status).toBe(404)
  })
})

describe('lists of pipelines', () => {
  it('filters by branch', async () => {
    const {get, trigger} = await startRig()
    await trigger({branch: 'topic'})
    await trigger({tag: 'v1'})
    await trigger()
    const numbers = async (query: string): Promise<number[]> =>
      ((await get(`${list}${query}`)).json as Page).items.map(({number}) => number)
    expect(await numbers('?branch=topic')).toEqual([101])
    expect(await numbers('?branch=main')).toEqual([103])
    expect(await numbers('')).toEqual([103, 102, 101])
  })

  it('tells mine from those of strangers', async () => {
    const {items, trigger, simulator} = await startRig()
    const id = await trigger()
    simulator.startPipeline()
    simulator.startPipeline({trigger: 'api', login: 'someone'})
    const mine = await items(`${list}/mine`)
    expect(mine.map(pipeline => pipeline.id)).toEqual([id])
    expect(await items('/pipeline')).toHaveLength(3)
  })

  it('lists pipelines of an organization', async () => {
    const {get, trigger} = await startRig()
    await trigger()
    expect((await get('/pipeline?org-slug=gh/acme&mine=true')).json).toMatchObject({
      items: [{number: 101}]
    })
    expect((await get('/pipeline?org-slug=gh/nobody')).status).toBe(404)
  })
})
