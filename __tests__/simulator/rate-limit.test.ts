import {afterEach, describe, expect, it} from '@jest/globals'
import type {SimulatorOptions} from '../../simulator/index.ts'
import {type Answer, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

async function exceed(rateLimit: NonNullable<SimulatorOptions['rateLimit']>): Promise<Answer> {
  const {get} = await startRig({rateLimit: {limit: 1, windowSeconds: 30, ...rateLimit}})
  await get('/me')
  return get('/me')
}

describe('rate limits', () => {
  it('are told with every reply', async () => {
    const {get} = await startRig()
    const {headers} = await get('/me')
    const names = ['ratelimit-limit', 'ratelimit-remaining', 'x-ratelimit-reset']
    expect(names.map(name => headers.get(name))).toEqual(['6000', '5999', '60'])
  })

  it('are enforced for each person, until the window ends', async () => {
    const {get, seconds} = await startRig({
      rateLimit: {limit: 2, windowSeconds: 10},
      users: [{login: 'other', token: 'other'}]
    })
    const mine = async (): Promise<number> => (await get('/me')).status
    expect([await mine(), await mine(), await mine()]).toEqual([200, 200, 429])
    expect((await get('/me', {'Circle-Token': 'other'})).status).toBe(200)
    seconds(10)
    expect(await mine()).toBe(200)
  })

  it('can be those of each route', async () => {
    const {get, simulator, seconds} = await startRig({
      rateLimit: {limit: 1, windowSeconds: 10, per: 'route'}
    })
    const [first, second] = [await get('/me'), await get(`/project/${simulator.slug}`)]
    expect([first, second].map(({headers}) => headers.get('ratelimit-remaining'))).toEqual([
      '0',
      '0'
    ])
    expect([first.status, second.status]).toEqual([200, 200])
    expect((await get('/me')).status).toBe(429)
    seconds(10)
    expect((await get('/me')).status).toBe(200)
  })

  it('say in seconds when to come back', async () => {
    const answer = await exceed({})
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('30')
    expect(answer.json).toEqual({message: 'Rate limit exceeded.'})
  })

  it('can say it as a date, or not at all', async () => {
    const dated = await exceed({retryAfter: 'date'})
    expect(dated.headers.get('retry-after')).toBe('Mon, 02 Mar 2026 09:00:30 GMT')
    expect((await exceed({retryAfter: 'none'})).headers.has('retry-after')).toBe(false)
  })

  it('can answer in plain text', async () => {
    const answer = await exceed({body: 'text'})
    expect(answer.text).toBe('Rate limited.')
    expect(answer.headers.get('content-type')).toBe('text/plain')
    expect(answer.headers.get('retry-after')).toBe('30')
  })

  it('can use one family of headers', async () => {
    const {headers} = await exceed({headers: 'x-ratelimit'})
    expect(headers.has('ratelimit-remaining')).toBe(false)
    expect(headers.get('x-ratelimit-remaining')).toBe('0')
  })
})

describe('deprecations', () => {
  it('are announced on their routes only', async () => {
    const {get} = await startRig({
      deprecations: [
        {path: '/me', deprecation: '@1780000000', sunset: 'Mon, 01 Feb 2027 00:00:00 GMT'}
      ]
    })
    const {headers} = await get('/me')
    expect(headers.get('deprecation')).toBe('@1780000000')
    expect(headers.get('sunset')).toBe('Mon, 01 Feb 2027 00:00:00 GMT')
    expect((await get('/project/gh/acme/shop')).headers.has('deprecation')).toBe(false)
  })
})
