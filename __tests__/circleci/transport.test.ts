import {afterEach, describe, expect, it} from '@jest/globals'

import {AbortedError, WireFault} from '../../src/circleci/faults.ts'
import {createTransport, type Transport, type WireReply} from '../../src/circleci/transport.ts'
import {closeServers, serve, serveRaw} from './servers.ts'

let transport: Transport = createTransport('test/1.0')

afterEach(async () => {
  transport.close()
  transport = createTransport('test/1.0')
  await closeServers()
})

async function textOf({body}: WireReply): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const get = (url: string, headers: Record<string, string> = {}): Promise<WireReply> =>
  transport.send({method: 'GET', url: new URL(url), headers})

const post = (url: string, body?: string): Promise<WireReply> =>
  transport.send({method: 'POST', url: new URL(url), headers: {}, body})

describe('a request', () => {
  it('says who asks, and carries the given headers and nothing that was not given', async () => {
    const server = await serve((_, response) => response.end('{}'))
    await textOf(await get(`${server.origin}/a/b?c=d`, {accept: 'application/json', x: 'y'}))
    const request = server.requests[0]
    expect(request?.method).toBe('GET')
    expect(request?.url).toBe('/a/b?c=d')
    expect(request?.headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      'user-agent': 'test/1.0',
      accept: 'application/json',
      x: 'y',
      connection: 'keep-alive'
    })
  })

  it('takes a body along, with its length in bytes', async () => {
    const server = await serve((request, response) => {
      request.pipe(response)
    })
    const body = '{"branch":"größer"}'
    expect(await textOf(await post(server.origin, body))).toBe(body)
    expect(server.requests[0]?.headers['content-length']).toBe('21')
  })

  it('goes out without a body as an empty POST', async () => {
    const server = await serve((request, response) => {
      request.pipe(response)
    })
    expect(await textOf(await post(server.origin))).toBe('')
    expect(server.requests[0]?.headers['content-length']).toBe('0')
    expect(server.requests[0]?.headers['transfer-encoding']).toBeUndefined()
  })

  it('reaches a server on IPv6 loopback', async () => {
    const server = await serve((_, response) => response.end('six'), '::1')
    expect(await textOf(await get(server.origin))).toBe('six')
    expect(server.requests[0]?.headers.host).toBe(`[::1]:${server.port}`)
  })
})

describe('a reply', () => {
  it('has its status, its headers in lower case with repeated ones joined, and its body', async () => {
    const server = await serve((_, response) => {
      response.writeHead(418, {'X-One': '1', 'Set-Cookie': ['a=1', 'b=2'], Date: 'then'})
      response.end('teapot')
    })
    const reply = await get(server.origin)
    expect(reply.status).toBe(418)
    expect(reply.headers).toMatchObject({'x-one': '1', 'set-cookie': 'a=1, b=2', date: 'then'})
    expect(await textOf(reply)).toBe('teapot')
  })

  it.each([
    ['nothing', ''],
    ['a web page', '<html>Sign in</html>'],
    ['twenty megabytes', '0123456789abcdef'.repeat(1_310_720)]
  ])('passes on %s untouched', async (_, content) => {
    const server = await serve((_request, response) => response.end(content))
    expect((await textOf(await get(server.origin))) === content).toBe(true)
  })

  it('is not followed when it is a redirect', async () => {
    const server = await serve((_, response) => {
      response.writeHead(302, {location: '/elsewhere'}).end()
    })
    expect((await get(server.origin)).status).toBe(302)
    expect(server.seen).toEqual(['GET /'])
  })

  it('has a body that ends with the connection when nothing else says where it ends', async () => {
    const server = await serveRaw({
      onData: socket => socket.end('HTTP/1.0 200 OK\r\n\r\nold')
    })
    expect(await textOf(await get(server.origin))).toBe('old')
  })
})

describe('connections', () => {
  it('are kept for the next GET', async () => {
    const server = await serve((_, response) => response.end('{}'))
    for (let i = 0; i < 3; i += 1) await textOf(await get(server.origin))
    expect(server.connections).toHaveLength(1)
  })

  it('are never used again for a POST, whose fate a closing one would leave open', async () => {
    const server = await serve((_, response) => response.end('{}'))
    await textOf(await get(server.origin))
    await textOf(await post(server.origin, '{}'))
    await textOf(await post(server.origin, '{}'))
    await textOf(await get(server.origin))
    expect(server.connections).toHaveLength(3)
    expect(server.requests.map(({headers}) => headers.connection)).toEqual([
      'keep-alive',
      'close',
      'close',
      'keep-alive'
    ])
  })

  it('are dropped when the reader leaves before the end', async () => {
    const server = await serve((_, response) => {
      response.write('x'.repeat(100_000))
    })
    const reply = await get(server.origin)
    for await (const chunk of reply.body) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    await server.quiet()
  })

  it('are dropped when the reader leaves a body that had come whole already', async () => {
    const server = await serve((_, response) => response.end('x'.repeat(1000)))
    const reply = await get(server.origin)
    // Once a later answer is here, the earlier one is, too.
    await textOf(await post(server.origin, '{}'))
    for await (const chunk of reply.body) {
      expect(chunk).toHaveLength(1000)
      break
    }
    await server.quiet()
  })

  it('are dropped when a reply is closed while its body is read', async () => {
    const server = await serve((_, response) => {
      response.write('begin')
    })
    const reply = await get(server.origin)
    const chunks = reply.body[Symbol.asyncIterator]()
    expect(String((await chunks.next()).value)).toBe(String(Buffer.from('begin')))
    const reading = chunks.next()
    reply.close()
    await expect(reading).rejects.toBeInstanceOf(WireFault)
    await server.quiet()
  })

  it('are closed with the transport, and whoever waits is told', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/body') response.write('begin')
      if (request.url === '/done') response.end('{}')
    })
    await textOf(await get(`${server.origin}/done`))
    const waiting = get(`${server.origin}/never`)
    const reading = textOf(await get(`${server.origin}/body`))
    transport.close()
    await expect(waiting).rejects.toThrow('the transport was closed')
    await expect(reading).rejects.toThrow('the transport was closed')
    await server.quiet()
  })
})

describe('an abort', () => {
  it('before the request sends nothing', async () => {
    const server = await serve((_, response) => response.end('{}'))
    const sent = transport.send({
      method: 'POST',
      url: new URL(server.origin),
      headers: {},
      signal: AbortSignal.abort()
    })
    await expect(sent).rejects.toBeInstanceOf(AbortedError)
    await expect(sent).rejects.toMatchObject({sent: false})
    expect(server.connections).toHaveLength(0)
  })

  it.each([
    // A server that never shakes hands leaves an https request connecting.
    ['the connection is made', 'https' as const, '', false],
    ['the answer is awaited', 'http' as const, '', true],
    ['half of the headers are here', 'http' as const, 'HTTP/1.1 200 OK\r\nContent-Le', true]
  ])('while %s ends the request and its connection', async (_, scheme, answer, isSent) => {
    const abort = new AbortController()
    const server = await serveRaw({
      scheme,
      onData: socket => {
        socket.write(answer)
        setTimeout(() => {
          abort.abort()
        }, 5)
      }
    })
    const url = new URL(server.origin)
    const sent = transport.send({method: 'GET', url, headers: {}, signal: abort.signal})
    await expect(sent).rejects.toThrow(new AbortedError('GET /'))
    await expect(sent).rejects.toMatchObject({sent: isSent})
    await server.quiet()
  })

  it('while the body is read ends the reading and the connection', async () => {
    const abort = new AbortController()
    const server = await serve((_, response) => {
      response.write('begin')
    })
    const url = new URL(`${server.origin}/log`)
    const reply = await transport.send({method: 'GET', url, headers: {}, signal: abort.signal})
    const chunks = reply.body[Symbol.asyncIterator]()
    await chunks.next()
    const reading = chunks.next()
    abort.abort()
    await expect(reading).rejects.toThrow(new AbortedError('GET /log'))
    await server.quiet()
  })

  it('after the end changes nothing, and leaves no listener on a signal that lives longer', async () => {
    const abort = new AbortController()
    let listeners = 0
    const {signal} = abort
    const counted = new Proxy(signal, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target) as unknown
        if (name === 'addEventListener') listeners += 1
        if (name === 'removeEventListener') listeners -= 1
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      }
    })
    const server = await serve((_, response) => response.end('{}'))
    const reply = await transport.send({
      method: 'GET',
      url: new URL(server.origin),
      headers: {},
      signal: counted
    })
    expect(listeners).toBe(1)
    expect(await textOf(reply)).toBe('{}')
    expect(listeners).toBeLessThanOrEqual(0)
    abort.abort()
    expect(server.seen).toEqual(['GET /'])
  })
})
