import {afterEach, describe, expect, it} from '@jest/globals'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {gzipSync} from 'node:zlib'

import type {ApiContext} from '../../src/circleci/api.ts'
import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import {readStepOutput, type StepOutput} from '../../src/circleci/step-output.ts'
import {createTransport, type Transport} from '../../src/circleci/transport.ts'
import {systemClock} from '../../src/base/clock.ts'
import {recordedLog, type RecordedLog} from '../collect/builders.ts'
import {scriptedTransport} from './scripted-transport.ts'
import {closedPort, closeServers, serve, type TestServer} from './servers.ts'

const LINES = Array.from({length: 200}, (_, index) => `line ${index + 1}, große Zeile\n`)
const TEXT = LINES.join('')
const JSON_TEXT = JSON.stringify(
  LINES.map(message => ({type: 'out', time: '2026-03-02T09:00:00Z', message}))
)

let transport: Transport | undefined
let log: RecordedLog

afterEach(async () => {
  transport?.close()
  await closeServers()
})

function contextWith(given?: Transport): ApiContext {
  log = recordedLog()
  transport =
    given ??
    createTransport('test', {connectMs: 5000, headersMs: 5000, idleMs: 60, totalMs: 10_000})
  return {
    // Only a CircleCI on loopback may point at servers there.
    host: given === undefined ? 'http://127.0.0.1' : 'https://circleci.com',
    token: 'CCIPAT_secret',
    transport,
    clock: systemClock,
    random: () => 0.5,
    log
  }
}

const read = (url: string, maxBytes: number, signal?: AbortSignal): Promise<StepOutput> =>
  readStepOutput(contextWith(), url, maxBytes, signal)

/** Serves bytes as S3 does: with ranges, unless told otherwise. */
async function serveBytes(
  bytes: Buffer,
  headers: Record<string, string> = {},
  ranges = true
): Promise<TestServer> {
  return serve((request: IncomingMessage, response: ServerResponse) => {
    const asked = Number(/^bytes=-(\d+)$/.exec(request.headers.range ?? '')?.[1] ?? NaN)
    if (!ranges || Number.isNaN(asked)) {
      response.writeHead(200, headers).end(bytes)
      return
    }
    const start = Math.max(0, bytes.length - asked)
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`
    response.writeHead(206, {...headers, 'Content-Range': range}).end(bytes.subarray(start))
  })
}

describe('a step output', () => {
  it('is read whole when it is short, from an address that sees no token', async () => {
    const server = await serveBytes(Buffer.from(JSON_TEXT))
    const url = `${server.origin}/output?X-Amz-Signature=secret`
    expect(await read(url, 1_000_000)).toEqual({text: TEXT, cut: false})
    expect(server.requests[0]?.url).toBe('/output?X-Amz-Signature=secret')
    expect(server.requests[0]?.headers).toMatchObject({range: 'bytes=-1000000'})
    expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/CCIPAT|circle-token|authoriz/i)
    expect(log.lines).toEqual([
      expect.stringMatching(/^debug: GET http:\/\/127\.0\.0\.1:\d+\/output → 206 in \d+ ms$/)
    ])
    expect(log.lines.join()).not.toContain('secret')
  })

  it.each([
    ['ranges', true, {}],
    ['no ranges', false, {}]
  ])('gives its end when it is long, from a host with %s', async (_, ranges, headers) => {
    const server = await serveBytes(Buffer.from(JSON_TEXT), headers, ranges)
    // One of these cuts through the ß.
    for (const maxBytes of Array.from({length: 80}, (_item, index) => 2000 + index)) {
      const {text, cut} = await read(server.origin, maxBytes)
      expect(cut).toBe(true)
      expect(text).toMatch(/^line \d+, große Zeile\n/)
      expect(text.endsWith('line 200, große Zeile\n')).toBe(true)
      expect(text.length).toBeGreaterThan(500)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes)
    }
    expect(server.requests).toHaveLength(80)
  })

  it('is read though it is kept compressed', async () => {
    const gzip = {'Content-Encoding': 'gzip'}
    const server = await serveBytes(gzipSync(JSON_TEXT), gzip)
    expect(await read(server.origin, 1_000_000)).toEqual({text: TEXT, cut: false})
    expect(server.requests).toHaveLength(1)
    const short = await read(server.origin, 500)
    expect(short.cut).toBe(true)
    expect(short.text).toMatch(/^line 19\d, .*\nline 200, große Zeile\n$/s)
    expect(server.requests.map(({headers}) => headers.range)).toEqual([
      'bytes=-1000000',
      'bytes=-500',
      undefined
    ])
  })

  it('that blows up when it is unpacked is read as far as is sane', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.alloc(66 * 1024 * 1024, 'x\n'), Buffer.from('end')])
    )
    const server = await serveBytes(bomb, {'Content-Encoding': 'gzip'}, false)
    const {text, cut} = await read(server.origin, 1000)
    expect(cut).toBe(true)
    expect(text).toMatch(/^(x\n){450,500}$/)
  }, 15_000)

  it('whose compression is broken is no usable answer', async () => {
    const server = await serveBytes(Buffer.from('no gzip'), {'Content-Encoding': 'gzip'}, false)
    const sent = read(server.origin, 1000)
    await expect(sent).rejects.toThrow(UnavailableError)
    await expect(sent).rejects.toThrow(/failed: a body whose gzip encoding is broken/)
  })

  it.each([204, 416])('is empty when the host answers %i', async status => {
    const server = await serve((_, response) => response.writeHead(status).end())
    expect(await read(server.origin, 1000)).toEqual({text: '', cut: false})
  })

  it.each([403, 404, 301])('is refused when the host answers %i', async status => {
    const server = await serve((_, response) => response.writeHead(status).end('<Error/>'))
    const sent = read(`${server.origin}/output?signature=secret`, 1000)
    await expect(sent).rejects.toThrow(new RefusedError(`GET ${server.origin}/output`, status, ''))
  })

  it.each([408, 429, 500, 503])('may come later when the host answers %i', async status => {
    const server = await serve((_, response) => {
      response.writeHead(status, {'Retry-After': '2'}).end()
    })
    const sent = read(server.origin, 1000)
    await expect(sent).rejects.toThrow(UnavailableError)
    await expect(sent).rejects.toMatchObject({status, retryAfterMs: 2000, final: false})
  })

  it('is not a web page, which only a proxy or a login has put in its place', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, {'Content-Type': 'Text/HTML; charset=utf-8'}).end('<h1>Sign in</h1>')
    })
    const sent = read(`${server.origin}/a?secret`, 1000)
    await expect(sent).rejects.toThrow(UnavailableError)
    await expect(sent).rejects.toThrow(`GET ${server.origin}/a was answered 200 with a web page`)
  })

  it('may come later when the connection fails', async () => {
    const sent = read(`http://127.0.0.1:${await closedPort()}/a?secret`, 1000)
    await expect(sent).rejects.toThrow(UnavailableError)
    await expect(sent).rejects.toThrow(/^GET http:\/\/127\.0\.0\.1:\d+\/a failed: connect ECONNREF/)
  })

  it.each([
    ['cut', (response: ServerResponse) => response.destroy()],
    ['stalled', () => undefined]
  ])('may come later when its body is %s', async (_, then) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, {'Content-Length': 1000})
      response.write('[{"message":', () => setTimeout(then, 5, response))
    })
    await expect(read(server.origin, 1000)).rejects.toThrow(UnavailableError)
  })

  it('is left when the call is abandoned', async () => {
    const abort = new AbortController()
    const server = await serve((_request, response) => {
      response.writeHead(200, {'Content-Length': 1000, 'Content-Encoding': 'gzip'})
      response.write(gzipSync(JSON_TEXT).subarray(0, 100))
      setTimeout(() => {
        abort.abort()
      }, 10)
    })
    await expect(read(server.origin, 1000, abort.signal)).rejects.toThrow(AbortedError)
    await server.quiet()
  })

  it.each([
    'http://output.example.com/a',
    'http://127.0.0.1/a',
    'https://[::1]/a',
    'ftp://127.0.0.1/a',
    'nonsense',
    '',
    '//x/y'
  ])('is not asked for at %j', async url => {
    const scripted = scriptedTransport({})
    await expect(readStepOutput(contextWith(scripted), url, 1000)).rejects.toThrow(
      'GET of a step output was answered 400: its address is not an https address of another machine'
    )
    expect(scripted.requests).toHaveLength(0)
  })
})
