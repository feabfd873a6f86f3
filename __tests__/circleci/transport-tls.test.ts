import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import net, {type Socket} from 'node:net'
import tls from 'node:tls'

import {createTransport, type Timeouts, type Transport} from '../../src/circleci/transport.ts'
import {WireFault} from '../../src/circleci/faults.ts'
import {type Certificate, selfSigned} from '../support/certificate.ts'
import {closedPort, closeServers, serve, serveRaw, serveTls, type TestServer} from './servers.ts'

const PATIENT: Timeouts = {connectMs: 5000, headersMs: 5000, idleMs: 5000, totalMs: 10_000}
const SECRET = 'CCIPAT_secret'

let transport: Transport
let certificate: Certificate

beforeEach(() => {
  transport = createTransport('test', PATIENT)
  certificate = selfSigned('circleci.test')
})

afterEach(async () => {
  transport.close()
  for (const name of ['https_proxy', 'no_proxy']) Reflect.deleteProperty(process.env, name)
  await closeServers()
})

/** Makes the client trust a certificate, and connect to `port` on loopback whatever host it asks for. */
function trust({cert}: Certificate, port?: number): void {
  const connect = tls.connect.bind(tls) as (options: tls.ConnectionOptions) => tls.TLSSocket
  jest
    .spyOn(tls, 'connect')
    .mockImplementation((first: number | tls.ConnectionOptions, second?: tls.ConnectionOptions) => {
      const options = typeof first === 'number' ? second : first
      const address = port === undefined ? {} : {host: '127.0.0.1', port}
      return connect({...options, ...address, ca: [cert]})
    })
}

async function send(method: 'GET' | 'POST', url: string): Promise<string> {
  const headers = {'circle-token': SECRET}
  const body = method === 'POST' ? '{}' : undefined
  const reply = await transport.send({method, url: new URL(url), headers, body})
  let text = ''
  for await (const chunk of reply.body) text += Buffer.from(chunk).toString()
  return text
}

async function faultOf(sent: Promise<unknown>): Promise<WireFault> {
  try {
    await sent
  } catch (error) {
    if (error instanceof WireFault) return error
    throw error
  }
  throw new Error('nothing failed')
}

describe('a certificate', () => {
  const answered = (): Promise<TestServer> => serveTls(certificate, (_, response) => response.end())

  it('that is trusted lets the request through', async () => {
    const server = await answered()
    trust(certificate, server.port)
    expect(await send('POST', 'https://circleci.test/api')).toBe('')
    expect(server.requests[0]?.headers['circle-token']).toBe(SECRET)
  })

  it.each([
    ['is signed by nobody known', undefined, 'localhost', /DEPTH_ZERO_SELF_SIGNED_CERT/],
    ['is for another host', 86_400_000, 'circleci.example', /ERR_TLS_CERT_ALTNAME_INVALID/],
    ['has expired', -1000, 'circleci.test', /CERT_HAS_EXPIRED/]
  ])('that %s ends it for good, and nothing was sent', async (_, validMs, host, code) => {
    certificate = selfSigned('circleci.test', Date.now() + (validMs ?? 86_400_000))
    const server = await answered()
    if (validMs !== undefined) trust(certificate, server.port)
    const fault = await faultOf(send('POST', `https://${host}:${server.port}/`))
    expect(fault).toMatchObject({connected: false, certificate: true})
    expect(fault.message).toMatch(code)
    await server.quiet()
    expect(server.requests).toHaveLength(0)
  })
})

describe('a proxy', () => {
  interface Proxy extends TestServer {
    /** The requests for a tunnel, headers and all. */
    readonly tunnels: string[]
  }

  /** A proxy that answers CONNECT as told; by default it tunnels to `target`. */
  async function startProxy(target: number, answer?: (socket: Socket) => void): Promise<Proxy> {
    const tunnels: string[] = []
    const server = await serveRaw({
      onData: (socket, text) => {
        if (!text.endsWith('\r\n\r\n') || !text.startsWith('CONNECT')) return
        socket.removeAllListeners('data')
        tunnels.push(text)
        if (answer !== undefined) {
          answer(socket)
          return
        }
        const through = net.connect(target, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
          socket.pipe(through).pipe(socket)
        })
        through.on('error', () => undefined)
        through.on('close', () => socket.destroy())
        socket.on('close', () => through.destroy())
      }
    })
    return {...server, tunnels}
  }

  const useProxy = (proxy: TestServer, credentials = ''): void => {
    process.env['https_proxy'] = `http://${credentials}127.0.0.1:${proxy.port}`
  }

  it('is used for https, sees no header of the request, and each request has a tunnel of its own', async () => {
    const server = await serveTls(certificate, (_, response) => response.end('hello'))
    const proxy = await startProxy(server.port)
    useProxy(proxy, 'me:p%40ss@')
    trust(certificate)
    expect(await send('GET', 'https://circleci.test/api')).toBe('hello')
    expect(await send('POST', 'https://circleci.test/api')).toBe('hello')
    expect(server.requests.map(({headers}) => headers['circle-token'])).toEqual([SECRET, SECRET])
    expect(server.requests.map(({headers}) => headers.host)).toEqual([
      'circleci.test',
      'circleci.test'
    ])
    const basic = Buffer.from('me:p@ss').toString('base64')
    const tunnel = `CONNECT circleci.test:443 HTTP/1.1\r\nhost: circleci.test:443\r\nProxy-Authorization: Basic ${basic}\r\nConnection: close\r\n\r\n`
    expect(proxy.tunnels).toEqual([tunnel, tunnel])
    await proxy.quiet()
  })

  it.each(['circleci.test', '.test', '*', 'other,circleci.test:443'])(
    'is left out for hosts in no_proxy: %s',
    async noProxy => {
      const server = await serveTls(certificate, (_, response) => response.end('direct'))
      const proxy = await startProxy(server.port)
      useProxy(proxy)
      process.env['no_proxy'] = noProxy
      trust(certificate, server.port)
      expect(await send('POST', 'https://circleci.test/api')).toBe('direct')
      expect(proxy.connections).toHaveLength(0)
    }
  )

  it('is left out for loopback', async () => {
    const server = await serve((_, response) => response.end('direct'))
    process.env['http_proxy'] = `http://127.0.0.1:${await closedPort()}`
    try {
      expect(await send('GET', server.origin)).toBe('direct')
    } finally {
      Reflect.deleteProperty(process.env, 'http_proxy')
    }
  })

  const end = (text: string) => (socket: Socket) => socket.end(text)
  it.each([
    [
      'requires credentials',
      end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
      /^the proxy answered 407 \(it requires credentials\)$/
    ],
    ['finds no way', end('HTTP/1.1 502 Bad Gateway\r\n\r\n'), /^the proxy answered 502$/],
    ['hangs up', end(''), /^the proxy cannot be reached: socket hang up$/],
    ['talks rubbish', end('rubbish\r\n\r\n'), /^the proxy cannot be reached: Parse Error/],
    ['breaks the tunnel', end('HTTP/1.1 200 OK\r\n\r\n'), /disconnected before secure TLS/]
  ])('that %s took no request', async (_, answer, message) => {
    const proxy = await startProxy(0, answer)
    useProxy(proxy)
    const fault = await faultOf(send('POST', 'https://circleci.test/api'))
    expect(fault).toMatchObject({connected: false, certificate: false})
    expect(fault.message).toMatch(message)
    await proxy.quiet()
  })

  it('that is not there took no request', async () => {
    process.env['https_proxy'] = `http://127.0.0.1:${await closedPort()}`
    const fault = await faultOf(send('POST', 'https://circleci.test/api'))
    expect(fault.connected).toBe(false)
    expect(fault.message).toMatch(/^the proxy cannot be reached: connect ECONNREFUSED/)
  })

  it('that never answers is given up, and let go', async () => {
    const proxy = await startProxy(0, () => undefined)
    useProxy(proxy)
    transport = createTransport('test', {...PATIENT, connectMs: 60})
    const fault = await faultOf(send('POST', 'https://circleci.test/'))
    expect(fault).toMatchObject({connected: false, message: 'no connection within 0.06 s'})
    await proxy.quiet()
  })

  it('whose address is none took no request', async () => {
    process.env['https_proxy'] = '[nowhere'
    const fault = await faultOf(send('POST', 'https://circleci.test/'))
    expect(fault).toMatchObject({
      connected: false,
      message: 'the environment variable https_proxy is not an address'
    })
  })

  it('does not hide a certificate that is not trusted', async () => {
    const server = await serveTls(certificate, (_, response) => response.end())
    useProxy(await startProxy(server.port))
    const fault = await faultOf(send('POST', 'https://circleci.test/'))
    expect(fault).toMatchObject({connected: false, certificate: true})
    expect(server.requests).toHaveLength(0)
  })

  it('that loses the connection in mid-request leaves its fate unknown', async () => {
    const server = await serveTls(certificate, request => request.socket.destroy())
    useProxy(await startProxy(server.port))
    trust(certificate)
    const fault = await faultOf(send('POST', 'https://circleci.test/'))
    expect(fault.connected).toBe(true)
    expect(server.requests).toHaveLength(1)
  })
})
