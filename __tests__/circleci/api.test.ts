import {describe, expect, it} from '@jest/globals'

import {Api} from '../../src/circleci/api.ts'
import {AbortedError, RefusedError, UnavailableError, WireFault} from '../../src/circleci/faults.ts'
import {Fields, type Json} from '../../src/base/json.ts'
import {recordedLog, type RecordedLog} from '../collect/builders.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {
  scriptedTransport,
  type Answer,
  type ScriptedTransport,
  type Step
} from './scripted-transport.ts'

const TOKEN = 'CCIPAT_secret_token'
const PATH = '/api/v2/me'
const DOWN: Step = {status: 503}

interface Bench {
  readonly api: Api
  readonly clock: FakeClock
  readonly log: RecordedLog
  readonly transport: ScriptedTransport
}

function benchOf(...steps: readonly Step[]): Bench {
  const clock = fakeClock()
  const log = recordedLog()
  const transport = scriptedTransport(...steps)
  const api = new Api({
    host: 'https://circleci.example.com',
    token: TOKEN,
    transport,
    clock,
    random: () => 0.5,
    log
  })
  return {api, clock, log, transport}
}

const nothing = (json: Json): Json => json
const idOf = (json: Json): string => new Fields(json, 'thing').requiredString('id')

async function faultOf<T extends Error>(
  type: abstract new (...args: never[]) => T,
  sent: Promise<unknown>
): Promise<T> {
  try {
    await sent
  } catch (error) {
    if (error instanceof type) return error
    throw error
  }
  throw new Error('nothing failed')
}

describe('a request', () => {
  it('carries the token, and asks for JSON', async () => {
    const {api, transport} = benchOf({})
    await api.get(`${PATH}?page-token=x`, nothing)
    expect(transport.requests[0]?.url.href).toBe(
      'https://circleci.example.com/api/v2/me?page-token=x'
    )
    expect(transport.requests[0]?.headers).toEqual({
      accept: 'application/json',
      'circle-token': TOKEN
    })
    expect(transport.requests[0]?.body).toBeUndefined()
  })

  it.each([
    [
      'with a body',
      (api: Api) => api.postOnce(PATH, {branch: 'main'}, nothing),
      '{"branch":"main"}'
    ],
    ['without one', (api: Api) => api.post(PATH), undefined]
  ])('that is a POST says its type, %s', async (_, send, body) => {
    const {api, transport} = benchOf({})
    await send(api)
    expect(transport.requests[0]?.headers['content-type']).toBe('application/json')
    expect(transport.requests[0]?.body).toBe(body)
  })
})

describe('an answer', () => {
  it('is decoded, with its status', async () => {
    const {api} = benchOf({status: 201, body: {id: 'a'}})
    expect(await api.get(PATH, idOf)).toBe('a')
    expect(await api.postOnce(PATH, {}, (_json, status) => status)).toBe(201)
  })

  it('may be empty where nothing is expected', async () => {
    const {api} = benchOf({status: 202, body: ''})
    await expect(api.post(PATH)).resolves.toBeUndefined()
  })

  it.each([
    [400, '{"message":"Branch not found"}', ': Branch not found'],
    [401, '{"message":"Invalid token provided."}', ': Invalid token provided.'],
    [401, '\ufeff{"message":"Invalid token provided."}', ': Invalid token provided.'],
    [403, '{"message":""}', ''],
    [404, '{"error":"x"}', ': x'],
    [404, '{"message":null,"error":"y"}', ': y'],
    [404, '{"error":{"type":"a","id":"b","title":"Not Found","detail":"Z."}}', ': Not Found: Z.'],
    [422, '{"error":{}}', ''],
    [418, JSON.stringify({message: 'y'.repeat(5000)}), `: ${'y'.repeat(1999)}…`]
  ])('of %i is a refusal, never asked for again: %j', async (status, body, words) => {
    const {api, transport} = benchOf({status, body})
    const refusal = await faultOf(RefusedError, api.get(`${PATH}?a=b`, nothing))
    expect(refusal.message).toBe(`GET ${PATH} was answered ${status}${words}`)
    expect(refusal).toMatchObject({status, request: `GET ${PATH}`, words: words.slice(2)})
    expect(transport.requests).toHaveLength(1)
  })

  it.each([
    [400, '<html>', 'HTML instead of JSON'],
    [401, ' \n<!DOCTYPE html><p>Sign in', 'HTML instead of JSON'],
    [403, '{"message":["a","b"]}', "JSON that is not CircleCI's"],
    [403, '{}', "JSON that is not CircleCI's"],
    [404, '{"message":null}', "JSON that is not CircleCI's"],
    [404, '"Not Found"', "JSON that is not CircleCI's"],
    [404, '[]', "JSON that is not CircleCI's"],
    [404, '', 'nothing instead of JSON'],
    [404, ' \n', 'nothing instead of JSON'],
    [408, '', 'nothing instead of JSON'],
    [409, ' Conflict \n', 'text instead of JSON ("Conflict")'],
    [410, 'x'.repeat(301), 'text instead of JSON'],
    [429, '<html>slow down</html>', 'HTML instead of JSON'],
    [200, '<!DOCTYPE html><p>Sign in', 'HTML instead of JSON'],
    [200, 'OK', 'text instead of JSON ("OK")'],
    [200, '', 'nothing instead of JSON'],
    [204, '', 'nothing instead of JSON'],
    [200, '[]', "JSON that is not CircleCI's"],
    [200, 'null', "JSON that is not CircleCI's"],
    [201, '7', "JSON that is not CircleCI's"]
  ])("of %i is not CircleCI's word: %j", async (status, body, what) => {
    const {api, transport} = benchOf({status, headers: {'retry-after': '7'}, body})
    const fault = await faultOf(UnavailableError, api.get(PATH, idOf, {patienceMs: 0}))
    expect(fault.message).toBe(
      `GET ${PATH} was answered ${status} with ${what}: something at https://circleci.example.com answers in CircleCI's place (a proxy, a login page, or another server)`
    )
    expect(fault).toMatchObject({
      status,
      processed: 'unknown',
      foreign: true,
      final: false,
      retryAfterMs: 7000
    })
    expect(transport.requests).toHaveLength(1)
  })

  it.each([
    [500, '', 'unknown', ''],
    [502, '<html>Bad Gateway</html>', 'unknown', ''],
    [503, '{"message":"Internal server error."}', 'unknown', ' (Internal server error.)'],
    [504, 'upstream timed out', 'unknown', ' (upstream timed out)'],
    [408, 'Request Time-out', 'unknown', ' (Request Time-out)'],
    [429, 'Rate limited.', 'unknown', ' (Rate limited.)'],
    [429, '{"message":"Rate limit exceeded."}', 'no', ' (Rate limit exceeded.)']
  ])('of %i is no usable answer: %j', async (status, body, processed, words) => {
    const {api, transport} = benchOf({status, headers: {'retry-after': '7'}, body})
    const fault = await faultOf(UnavailableError, api.get(PATH, nothing, {patienceMs: 0}))
    expect(fault.message).toBe(`GET ${PATH} was answered ${status}${words}`)
    expect(fault).toMatchObject({
      status,
      processed,
      foreign: false,
      final: false,
      retryAfterMs: 7000
    })
    expect(transport.requests).toHaveLength(1)
  })

  it.each([
    ['the beginning of JSON', '{"items": [{"id', /with broken JSON: it may have been cut/],
    ['an object without what is needed', '{}', /with unexpected JSON \(thing: no "id"\)/]
  ])('that is %s is no usable answer, and says so', async (_, body, message) => {
    const {api} = benchOf({status: 200, body})
    const fault = await faultOf(UnavailableError, api.get(PATH, idOf, {patienceMs: 0}))
    expect(fault.message).toMatch(message)
    expect(fault).toMatchObject({processed: 'unknown', final: false})
  })

  it.each([
    [301, 'https://circleci.example.com/login?secret=1', ' to https://circleci.example.com'],
    [302, '/login', ''],
    [307, undefined, ''],
    [308, 'nonsense', '']
  ])("of %i is not CircleCI's word, and not followed", async (status, location, where) => {
    const headers = location === undefined ? {} : {location}
    const {api, transport} = benchOf({status, headers, body: ''})
    const fault = await faultOf(UnavailableError, api.get(PATH, nothing, {patienceMs: 0}))
    expect(fault.message).toMatch(
      `GET ${PATH} was answered ${status}, a redirect${where}: something at https://circleci.example.com answers in CircleCI's place`
    )
    expect(fault).toMatchObject({processed: 'unknown', foreign: true, final: false, status})
    expect(transport.requests).toHaveLength(1)
  })

  it.each([
    [429, {retryAfterMs: 3000}],
    [503, {retryAfterMs: 3000}],
    [401, {}],
    [302, {foreign: true}]
  ])('of %i is no refusal when its body was cut', async (status, details) => {
    const broken = new WireFault('aborted', true)
    const {api} = benchOf({status, headers: {'retry-after': '3'}, body: '{"message":', broken})
    const fault = await faultOf(UnavailableError, api.get(PATH, nothing, {patienceMs: 0}))
    expect(fault).toMatchObject({status, processed: 'unknown', foreign: false, ...details})
  })

  it('whose body was cut is no usable answer', async () => {
    const {api} = benchOf({body: {id: 'a'}, broken: new WireFault('aborted', true)})
    const fault = await faultOf(UnavailableError, api.get(PATH, idOf, {patienceMs: 0}))
    expect(fault.message).toBe(`GET ${PATH} failed: aborted`)
    expect(fault.processed).toBe('unknown')
  })

  it('without end is given up', async () => {
    const {api} = benchOf({body: 'x'.repeat(16 * 1024 * 1024 + 1)})
    const fault = await faultOf(UnavailableError, api.get(PATH, nothing, {patienceMs: 0}))
    expect(fault.message).toMatch(/more than 16777216 bytes/)
  })
})

describe('faults of the wire', () => {
  const certificate = Object.assign(new Error('self-signed'), {code: 'DEPTH_ZERO_SELF_SIGNED_CERT'})

  const nameless = Object.assign(new Error('getaddrinfo'), {code: 'ENOTFOUND'})
  const where = 'no connection to https://circleci.example.com (input "host"): '
  const NO = {processed: 'no', final: false, unresolved: false}

  it.each([
    ['before the connection stands', new WireFault('refused', false), where, NO],
    ['after that', new WireFault('aborted', true), '', {...NO, processed: 'unknown'}],
    [
      'of the certificate',
      new WireFault('self-signed', false, certificate),
      where,
      {...NO, final: true}
    ],
    ['of the name', new WireFault('no name', false, nameless), where, {...NO, unresolved: true}]
  ])('%s are told apart', async (_, fault, place, details) => {
    const {api} = benchOf(fault)
    const sent = api.postOnce(PATH, {}, nothing)
    expect(await faultOf(UnavailableError, sent)).toMatchObject({
      message: `POST ${PATH} failed: ${place}${fault.message}`,
      ...details,
      cause: fault
    })
  })

  it('that nobody foresaw are passed on', async () => {
    const {api, transport} = benchOf(new TypeError('a bug of ours'))
    await expect(api.get(PATH, nothing)).rejects.toThrow(TypeError)
    expect(transport.requests).toHaveLength(1)
  })
})

describe('patience', () => {
  it('asks once when there is none', async () => {
    const {api, clock, transport} = benchOf(DOWN)
    await faultOf(UnavailableError, api.get(PATH, nothing, {patienceMs: 0}))
    expect(transport.requests).toHaveLength(1)
    expect(clock.sleeps).toEqual([])
  })

  it('grows the pauses, and makes the last attempt when its time is up', async () => {
    const {api, clock, transport} = benchOf(DOWN)
    const start = clock.now()
    await faultOf(UnavailableError, api.get(PATH, nothing, {patienceMs: 60_000}))
    expect(clock.sleeps).toEqual([
      250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000, 4250
    ])
    expect(clock.now()).toBe(start + 60_000)
    expect(transport.requests).toHaveLength(12)
  })

  it('is a minute when nothing is said', async () => {
    const {api, clock} = benchOf(DOWN)
    const start = clock.now()
    await faultOf(UnavailableError, api.get(PATH, nothing))
    expect(clock.now()).toBe(start + 60_000)
  })

  it('ends with the last cause', async () => {
    const {api} = benchOf({status: 500}, {status: 502}, {status: 599})
    const fault = await faultOf(UnavailableError, api.get(PATH, nothing))
    expect(fault.status).toBe(599)
  })

  it.each([
    ['a fault of the wire', new WireFault('reset', true)],
    ['a refused connection', new WireFault('refused', false)],
    ['an overload', {status: 429}],
    ['a time-out', {status: 408}],
    ['a web page', {body: '<html>'}]
  ])('bears %s, for a GET and for a POST that may come twice', async (_, step: Step) => {
    const {api, transport} = benchOf(step, step, {body: {id: 'a'}}, step, {body: ''})
    expect(await api.get(PATH, idOf)).toBe('a')
    expect(transport.requests).toHaveLength(3)
    await api.post(PATH)
    expect(transport.requests).toHaveLength(5)
  })

  it('bears JSON of another shape', async () => {
    const {api} = benchOf({body: []}, {body: {}}, {body: {id: 'a'}})
    expect(await api.get(PATH, idOf)).toBe('a')
  })

  it('counts no row of a page that was not taken', async () => {
    const rows = (count: number) => ({body: {items: Array.from({length: count}, () => ({}))}})
    const {api} = benchOf(rows(10_001), rows(1))
    expect(await api.all(PATH, nothing)).toHaveLength(1)
    const faulty = benchOf(rows(10_001)).api.all(PATH, nothing, {patienceMs: 0})
    await expect(faulty).rejects.toThrow('listing: more than 10000 rows')
  })

  it('waits for as long as the server says, and tells of each pause', async () => {
    const {api, clock} = benchOf({status: 503, headers: {'retry-after': '12'}}, {body: {id: 'a'}})
    const told: [string, number, number][] = []
    const onRetry = (fault: UnavailableError, pauseMs: number, leftMs: number): void => {
      told.push([fault.message, pauseMs, leftMs])
    }
    expect(await api.get(PATH, idOf, {onRetry})).toBe('a')
    expect(clock.sleeps).toEqual([12_250])
    expect(told).toEqual([[`GET ${PATH} was answered 503`, 12_250, 60_000]])
  })

  it('does not outwait its own end for a server that asks for an hour', async () => {
    const {api, clock, transport} = benchOf({status: 429, headers: {'retry-after': '3600'}})
    const start = clock.now()
    await faultOf(UnavailableError, api.get(PATH, nothing, {patienceMs: 5000}))
    expect(clock.now()).toBe(start + 5000)
    expect(transport.requests).toHaveLength(2)
  })

  it("reckons a Retry-After date by CircleCI's clock, not by ours", async () => {
    const headers = {
      date: 'Mon, 02 Mar 2026 11:00:00 GMT',
      'retry-after': 'Mon, 02 Mar 2026 11:00:03 GMT'
    }
    const {api, clock} = benchOf({status: 503, headers}, {body: {id: 'a'}})
    await api.get(PATH, idOf)
    expect(clock.sleeps).toEqual([3250])
  })

  it("reckons it by CircleCI's clock as last told, when the answer does not tell it", async () => {
    const {api, clock} = benchOf(
      {headers: {date: 'Mon, 02 Mar 2026 11:00:00 GMT'}},
      {status: 503, headers: {'retry-after': 'Mon, 02 Mar 2026 11:00:03 GMT'}},
      {body: {id: 'a'}}
    )
    await api.get(PATH, nothing)
    await api.get(PATH, idOf)
    expect(clock.sleeps).toEqual([3250])
  })

  it('is told of in the log, where somebody waits and does not tell of it himself', async () => {
    const {api, log} = benchOf(DOWN, DOWN, DOWN, {body: {id: 'a'}}, DOWN, DOWN, {body: {id: 'a'}})
    await api.get(PATH, idOf)
    await api.get(PATH, idOf, {patienceMs: 15_000})
    expect(log.lines.filter(line => !line.startsWith('debug'))).toEqual([
      `warning: Asking CircleCI failed: GET ${PATH} was answered 503. Retrying for up to 1m 00s.`,
      'info: Asking CircleCI succeeded after 3 failed attempts in 2s.'
    ])
  })

  it('is told of twice a minute at most', async () => {
    const {api, log, transport} = benchOf(new WireFault('connect ECONNREFUSED', false))
    await faultOf(UnavailableError, api.get(PATH, nothing))
    expect(transport.requests).toHaveLength(12)
    expect(
      log.lines.filter(line => /failed:|fails/.test(line) && !line.startsWith('debug'))
    ).toEqual([
      `warning: Asking CircleCI failed: GET ${PATH} failed: no connection to https://circleci.example.com (input "host"): connect ECONNREFUSED. Retrying for up to 1m 00s.`,
      'info: Asking CircleCI still fails after 9 failed attempts in 36s; 24s left.'
    ])
  })

  it('has an end for what cannot get better, unless it was well before', async () => {
    const cause = Object.assign(new Error('expired'), {code: 'CERT_HAS_EXPIRED'})
    const expired = new WireFault('expired', false, cause)
    const fresh = benchOf(expired)
    await faultOf(UnavailableError, fresh.api.get(PATH, nothing))
    expect(fresh.transport.requests).toHaveLength(1)
    const later = benchOf({body: {id: 'a'}}, expired, {body: {id: 'b'}})
    await later.api.get(PATH, idOf)
    expect(await later.api.get(PATH, idOf)).toBe('b')
  })
})

describe('postOnce', () => {
  it.each([
    ['refused', new WireFault('refused', false), 'no'],
    ['reset', new WireFault('reset', true), 'unknown'],
    [
      'rate limited',
      {status: 429, headers: {'retry-after': '1'}, body: {message: 'Rate limit exceeded.'}},
      'no'
    ],
    ['rate limited by who knows whom', {status: 429, body: 'Rate limited.'}, 'unknown'],
    ['answered 500', {status: 500}, 'unknown'],
    ['answered 408', {status: 408}, 'unknown'],
    ['redirected', {status: 302}, 'unknown'],
    ['answered with a web page', {body: '<html>'}, 'unknown'],
    ['answered with nothing', {status: 201, body: ''}, 'unknown'],
    ['answered without an id', {status: 201, body: {}}, 'unknown'],
    ['cut', {status: 201, body: {id: 'a'}, broken: new WireFault('cut', true)}, 'unknown']
  ])('sends once when it is %s', async (_, step: Step, processed) => {
    const {api, clock, transport} = benchOf(step, {body: {id: 'a'}})
    const fault = await faultOf(UnavailableError, api.postOnce(PATH, {}, idOf))
    expect(fault.processed).toBe(processed)
    expect(transport.requests).toHaveLength(1)
    expect(clock.sleeps).toEqual([])
  })
})

describe('an abort', () => {
  it('ends a pause at once', async () => {
    const abort = new AbortController()
    const {api, clock, transport} = benchOf(DOWN)
    const start = clock.now()
    const sent = api.get(PATH, nothing, {
      signal: abort.signal,
      onRetry: () => {
        if (transport.requests.length === 3) abort.abort()
      }
    })
    expect((await faultOf(AbortedError, sent)).message).toBe(`GET ${PATH} was abandoned`)
    expect(transport.requests).toHaveLength(3)
    expect(clock.now()).toBe(start + 750)
  })

  it('is passed to the transport, and on from it', async () => {
    const {signal} = new AbortController()
    const {api, transport} = benchOf(new AbortedError('GET /'))
    await faultOf(AbortedError, api.get(PATH, nothing, {signal}))
    await faultOf(AbortedError, api.postOnce(PATH, {}, nothing, signal))
    expect(transport.requests.map(request => request.signal)).toEqual([signal, signal])
  })

  it('in the body of a refusal is an abort', async () => {
    const broken = new AbortedError('GET /')
    const {api} = benchOf({status: 404, body: '{}', broken})
    expect(await faultOf(AbortedError, api.get(PATH, nothing))).toBe(broken)
  })
})

describe('the pace', () => {
  const nearly = {
    'ratelimit-limit': '100',
    'ratelimit-remaining': '1',
    'ratelimit-reset': '10'
  }

  it('slows down before the wall, together for all requests under way', async () => {
    const {api, clock, log, transport} = benchOf({headers: nearly}, {})
    await api.get(PATH, nothing)
    expect(clock.sleeps).toEqual([])
    await Promise.all([api.get(PATH, nothing), api.get(PATH, nothing)])
    expect(clock.sleeps).toEqual([10_000, 10_000])
    await api.get(PATH, nothing)
    expect(clock.sleeps).toHaveLength(2)
    expect(transport.requests).toHaveLength(4)
    expect(log.of('debug')).toContain('Rate limit nearly used up: holding back for 10s')
  })

  it('is not kept by what is urgent, by who has no patience, nor by what is sent once', async () => {
    const {api, clock} = benchOf({headers: nearly})
    await api.get(PATH, nothing)
    await api.get(PATH, nothing, {urgent: true})
    await api.get(PATH, nothing, {patienceMs: 0})
    await api.post(PATH, {urgent: true})
    await api.post(PATH, {urgent: true})
    await api.postOnce(PATH, {}, nothing)
    await api.postOnce(PATH, {}, nothing)
    expect(clock.sleeps).toEqual([])
  })

  it.each([
    ['GET /api/v2/workflow/5034460f-c7c4-4c43-9457-de07e2029e7b/job?page-token=x', true],
    ['GET /api/v2/workflow/5034460f-c7c4-4c43-9457-de07e2029e7b', false],
    ['GET /api/v2/pipeline/5034460f-c7c4-4c43-9457-de07e2029e7b/workflow', false],
    ['GET /api/v2/me', false],
    ['POST /api/v2/workflow/fda08377-fe7e-46b1-8992-3a7aaecac9c3/cancel', false],
    ['POST /api/v2/workflow/fda08377-fe7e-46b1-8992-3a7aaecac9c3/job', false]
  ])('is kept per route: a limit on the jobs of one workflow, then %s: %s', async (next, held) => {
    const {api, clock} = benchOf({headers: nearly}, {})
    await api.get('/api/v2/workflow/fda08377-fe7e-46b1-8992-3a7aaecac9c3/job', nothing)
    const [method, path = ''] = next.split(' ')
    await (method === 'GET' ? api.get(path, nothing) : api.post(path))
    expect(clock.sleeps).toEqual(held ? [10_000] : [])
  })

  it('holds back a little only when the reset is far away', async () => {
    const far = {...nearly, 'ratelimit-reset': '3600'}
    const {api, clock} = benchOf({headers: far})
    await api.get(PATH, nothing)
    await api.get(PATH, nothing)
    expect(clock.sleeps).toEqual([5_000])
  })

  it('is not slowed by what somebody else says', async () => {
    const {api, clock} = benchOf({status: 403, headers: nearly, body: '<html>'}, {})
    await api.get(PATH, nothing, {patienceMs: 0}).catch(() => undefined)
    await api.get(PATH, nothing)
    expect(clock.sleeps).toEqual([])
  })

  it('does not hold back once the window has passed', async () => {
    const {api, clock} = benchOf({headers: nearly}, {})
    await api.get(PATH, nothing)
    clock.advance(10_000)
    await api.get(PATH, nothing)
    expect(clock.sleeps).toEqual([])
  })

  it('is left when the call is abandoned', async () => {
    const abort = new AbortController()
    const {api, clock} = benchOf({headers: nearly}, new AbortedError('GET /'))
    await api.get(PATH, nothing)
    const start = clock.now()
    const sent = api.get(PATH, nothing, {signal: abort.signal})
    abort.abort()
    await faultOf(AbortedError, sent)
    expect(clock.now()).toBe(start)
  })
})

describe('what is told', () => {
  it('are method, path, status, time and what is left of the limit, and no more', async () => {
    const answer = {
      status: 200,
      headers: {'ratelimit-remaining': '41', 'set-cookie': 'session=1', 'x-secret': 'header'},
      body: {secret: 'body'}
    }
    const {api, clock, log} = benchOf(
      () => {
        clock.advance(25)
        return answer
      },
      new WireFault('aborted', true)
    )
    await api.postOnce(`${PATH}?page-token=query`, {parameters: {password: 'sent'}}, nothing)
    await api.get(`${PATH}?branch=query`, nothing, {patienceMs: 0}).catch(() => undefined)
    expect(log.lines).toEqual([
      `debug: POST ${PATH} → 200 in 25 ms, 41 requests left`,
      `debug: GET ${PATH} failed after 0 ms: aborted`
    ])
    expect(log.lines.join('\n')).not.toMatch(/secret|session|password|query/)
  })

  it('is that an endpoint is going away: once', async () => {
    const {api, log} = benchOf(
      {headers: {deprecation: 'true'}},
      {headers: {sunset: 'Mon, 01 Feb 2027 00:00:00 GMT'}}
    )
    await api.get(`${PATH}?a=b`, nothing)
    await api.get(PATH, nothing)
    expect(log.of('warning')).toEqual([
      `CircleCI says that GET ${PATH} is deprecated: look for a newer version of this action.`
    ])
  })

  it('is when an endpoint goes', async () => {
    const {api, log} = benchOf({headers: {sunset: 'Mon, 01 Feb 2027 00:00:00 GMT'}})
    await api.get(PATH, nothing)
    expect(log.of('warning')).toEqual([
      `CircleCI says that GET ${PATH} is deprecated, and going away (Mon, 01 Feb 2027 00:00:00 GMT): look for a newer version of this action.`
    ])
  })
})

describe('serverNow', () => {
  const at = (time: string): Answer => ({headers: {date: new Date(time).toUTCString()}})

  it('is not known before an answer told it', async () => {
    const {api} = benchOf({headers: {date: '0'}}, {headers: {}}, new WireFault('reset', true))
    for (let count = 0; count < 3; count += 1) {
      expect(api.serverNow()).toBeUndefined()
      await api.get(PATH, nothing, {patienceMs: 0}).catch(() => undefined)
    }
    expect(api.serverNow()).toBeUndefined()
  })

  it("is CircleCI's as of the last of its answers that told a date", async () => {
    const {api, clock} = benchOf(at('2026-03-02T10:00:00Z'), {headers: {date: '0'}}, {headers: {}})
    await api.get(PATH, nothing)
    expect(api.serverNow()).toBe(Date.parse('2026-03-02T10:00:00Z'))
    clock.advance(5000)
    await api.get(PATH, nothing)
    await api.get(PATH, nothing)
    expect(api.serverNow()).toBe(Date.parse('2026-03-02T10:00:05Z'))
  })

  it.each([
    ['a refusal', {status: 404, body: {message: 'Not found'}}, true],
    ['a fault of the server, which may be that of a proxy', {status: 502, body: '<html>'}, false],
    ['an answer in its place', {status: 404, body: '<html>'}, false],
    ['JSON of somebody else', {status: 200, body: []}, false]
  ])('is told by %s: %#', async (_, answer, told) => {
    const {api} = benchOf({...at('2026-03-02T10:00:00Z'), ...answer})
    await api.get(PATH, idOf, {patienceMs: 0}).catch(() => undefined)
    expect(api.serverNow()).toBe(told ? Date.parse('2026-03-02T10:00:00Z') : undefined)
  })

  it('is that of the headers, however long the body takes', async () => {
    const {api, clock} = benchOf(at('2026-03-02T10:00:00Z'))
    const slowly = (): void => {
      clock.advance(8000)
    }
    await api.get(PATH, slowly)
    expect(api.serverNow()).toBe(Date.parse('2026-03-02T10:00:08Z'))
  })
})
