import {afterEach, describe, expect, it, jest} from '@jest/globals'
import dns from 'node:dns'
import type {Socket} from 'node:net'

import {createTransport, type Timeouts, type Transport} from '../../src/circleci/transport.ts'
import {WireFault} from '../../src/circleci/faults.ts'
import {closedPort, closeServers, serve, serveRaw, type TestServer} from './servers.ts'

/** Long enough for a busy machine; what a test waits for is shorter. */
const PATIENT: Timeouts = {connectMs: 5000, headersMs: 5000, idleMs: 5000, totalMs: 10_000}

let transport: Transport | undefined

afterEach(async () => {
  transport?.close()
  await closeServers()
})

/** How the exchange of a POST, or of a GET's whole body, failed. */
async function faultOf(url: string, timeouts: Partial<Timeouts> = {}): Promise<WireFault> {
  transport = createTransport('test', {...PATIENT, ...timeouts})
  try {
    const reply = await transport.send({method: 'POST', url: new URL(url), headers: {}, body: '{}'})
    for await (const chunk of reply.body) expect(chunk.length).toBeGreaterThan(0)
  } catch (error) {
    if (error instanceof WireFault) return error
    throw error
  }
  throw new Error('nothing failed')
}

const requested = (text: string): boolean => text.endsWith('\r\n\r\n{}')
const once =
  (action: (socket: Socket) => void) =>
  (socket: Socket, text: string): void => {
    if (requested(text)) action(socket)
  }

describe('a request that cannot have left', () => {
  it('is told from others when the connection is refused', async () => {
    const fault = await faultOf(`http://127.0.0.1:${await closedPort()}`)
    expect(fault).toMatchObject({connected: false, certificate: false})
    expect(fault.message).toMatch(/^connect ECONNREFUSED 127\.0\.0\.1:\d+$/)
  })

  it('is told when the connection is reset before it stands', async () => {
    const {origin} = await serveRaw({onOpen: socket => socket.resetAndDestroy()})
    const fault = await faultOf(origin)
    // Should the reset come a moment later, the request may have left: never the other way round.
    expect(fault.connected).toBe(!fault.message.startsWith('connect '))
    expect(fault.message).toMatch(/ECONNRESET|EPIPE/)
  })

  it('is told when no name server knows the host', async () => {
    const fault = await faultOf('https://circleci.invalid')
    expect(fault).toMatchObject({connected: false, certificate: false})
    expect(fault.message).toMatch(/^getaddrinfo (ENOTFOUND|EAI_AGAIN) circleci\.invalid$/)
    expect(fault.unresolved).toBe(true)
  })

  it('names every address that was tried when a host has several', async () => {
    const port = await closedPort()
    jest.spyOn(dns, 'lookup').mockImplementation(((
      _name: string,
      _options: unknown,
      done: (error: null, addresses: readonly {address: string; family: number}[]) => void
    ) => {
      done(null, [
        {address: '127.0.0.1', family: 4},
        {address: '127.0.0.2', family: 4}
      ])
    }) as typeof dns.lookup)
    const fault = await faultOf(`http://circleci.test:${port}`)
    expect(fault.connected).toBe(false)
    expect(fault.message).toBe(
      `connect ECONNREFUSED 127.0.0.1:${port}; connect ECONNREFUSED 127.0.0.2:${port}`
    )
  })

  it('is told when no connection stands in time', async () => {
    const {origin, seen} = await serveRaw({scheme: 'https'})
    const fault = await faultOf(origin, {connectMs: 60})
    expect(fault).toMatchObject({connected: false, message: 'no connection within 0.06 s'})
    expect(seen.join('')).not.toContain('POST')
  })

  it.each([
    ['is reset', (socket: Socket) => socket.resetAndDestroy(), /ECONNRESET/],
    ['is closed', (socket: Socket) => socket.destroy(), /disconnected before secure TLS/],
    ['meets no TLS', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /EPROTO/]
  ])('is told when the TLS handshake %s', async (_, onData, message) => {
    const fault = await faultOf((await serveRaw({scheme: 'https', onData})).origin)
    expect(fault).toMatchObject({connected: false, certificate: false})
    expect(fault.message).toMatch(message)
  })
})

describe('a request that may have arrived', () => {
  it.each([
    [
      'is closed at once',
      {onOpen: (socket: Socket) => socket.destroy()},
      /hang up|EPIPE|ECONNRESET/
    ],
    ['is reset', {onData: once(socket => socket.resetAndDestroy())}, /ECONNRESET/],
    ['is closed', {onData: once(socket => socket.end())}, /^socket hang up \(ECONNRESET\)$/],
    ['answers something else', {onData: once(socket => socket.end('220 ftp\r\n'))}, /^Parse Error/],
    [
      'sends headers without end',
      {onData: once(socket => socket.write(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}`))},
      /^Parse Error: Header overflow/
    ],
    [
      'is closed amid the headers',
      {onData: once(socket => socket.end('HTTP/1.1 200 OK\r\nContent-Le'))},
      /hang up|Parse Error/
    ]
  ])('is told when the connection %s', async (_, behaviour, message) => {
    const fault = await faultOf((await serveRaw(behaviour)).origin)
    expect(fault).toMatchObject({connected: true, certificate: false})
    expect(fault.message).toMatch(message)
  })

  it.each([
    ['never answers', ''],
    ['stalls amid the headers', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['only ever asks for patience', 'HTTP/1.1 102 Processing\r\n\r\n'],
    // Node drops such a connection without a word to the request.
    ['switches protocols', 'HTTP/1.1 101 Y\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n']
  ])('is told when the server %s', async (_, answer) => {
    const server = await serveRaw({onData: once(socket => socket.write(answer))})
    const fault = await faultOf(server.origin, {headersMs: 60})
    expect(fault).toMatchObject({connected: true, message: 'no answer within 0.06 s'})
    await server.quiet()
  })
})

describe('a body that does not come', () => {
  const body = (lines: string, then: (socket: Socket) => void): Promise<TestServer> =>
    serveRaw({
      onData: once(socket => {
        socket.write(`HTTP/1.1 200 OK\r\n${lines}`, () => {
          setTimeout(then, 5, socket)
        })
      })
    })
  const sized = 'Content-Length: 10\r\n\r\nhalf'
  const chunked = 'Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'

  it.each([
    ['closed, with its length known', sized, (socket: Socket) => socket.end()],
    ['reset, with its length known', sized, (socket: Socket) => socket.resetAndDestroy()],
    ['closed, in chunks', chunked, (socket: Socket) => socket.end()],
    ['reset, in chunks', chunked, (socket: Socket) => socket.resetAndDestroy()],
    ['closed amid a chunk', `${chunked}8\r\nha`, (socket: Socket) => socket.end()],
    ['broken with rubbish', chunked, (socket: Socket) => socket.end('rubbish\r\n')]
  ])('is a fault when the connection is %s', async (_, lines, then) => {
    const fault = await faultOf((await body(lines, then)).origin)
    expect(fault.connected).toBe(true)
    expect(fault.message).toMatch(/aborted|ECONNRESET|Parse Error|cut/)
  })

  it.each([
    ['with its length known', sized],
    ['in chunks', chunked]
  ])('is a fault when it stalls %s', async (_, lines) => {
    const server = await body(lines, () => undefined)
    const fault = await faultOf(server.origin, {idleMs: 60})
    expect(fault).toMatchObject({connected: true, message: 'the body stalled within 0.06 s'})
    await server.quiet()
  })

  const dripping = (bytes: number): Promise<TestServer> =>
    serve((_, response) => {
      response.writeHead(200, {'Content-Length': bytes})
      const timer = setInterval(() => response.write('.'), 10)
      response.once('close', () => {
        clearInterval(timer)
      })
    })

  it('is a fault when it drips for longer than the whole exchange may take', async () => {
    const server = await dripping(1000)
    const fault = await faultOf(server.origin, {totalMs: 150})
    expect(fault).toMatchObject({connected: true, message: 'took longer than 0.15 s'})
    await server.quiet()
  })

  it('is none when it drips and may take its time', async () => {
    transport = createTransport('test', {...PATIENT, totalMs: 1})
    const url = new URL((await dripping(15)).origin)
    const reply = await transport.send({method: 'GET', url, headers: {}, isDownload: true})
    let size = 0
    for await (const chunk of reply.body) size += chunk.length
    expect(size).toBe(15)
  })

  it('is a fault when nobody reads it until the exchange has taken too long', async () => {
    const server = await serve((_, response) => {
      response.write('x'.repeat(1_000_000))
    })
    // Long enough for the headers on a busy machine.
    transport = createTransport('test', {...PATIENT, totalMs: 500})
    const url = new URL(server.origin)
    const reply = await transport.send({method: 'GET', url, headers: {}})
    await server.quiet()
    const reading = (async () => {
      for await (const chunk of reply.body) expect(chunk.length).toBeGreaterThan(0)
    })()
    await expect(reading).rejects.toThrow('took longer than 0.5 s')
  })
})
