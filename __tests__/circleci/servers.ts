import http from 'node:http'
import https from 'node:https'
import net, {type AddressInfo, type Socket} from 'node:net'

import type {Certificate} from '../support/certificate.ts'

/** A server on loopback, and what it saw. */
export interface TestServer {
  readonly origin: string
  readonly port: number
  /** Every connection so far. */
  readonly connections: readonly Socket[]
  /** What clients sent, as text, for a raw server; requests as `METHOD path` for the others. */
  readonly seen: readonly string[]
  readonly requests: readonly http.IncomingMessage[]
  /** Resolves once no connection is open any more. */
  readonly quiet: () => Promise<void>
  readonly close: () => Promise<void>
}

const open = new Set<TestServer>()

/** Closes every server a test started. */
export async function closeServers(): Promise<void> {
  await Promise.all([...open].map(server => server.close()))
}

/** Serves HTTP. */
export async function serve(handler: http.RequestListener, host?: string): Promise<TestServer> {
  const log = newLog()
  return listen(http.createServer(recorded(log, handler)), 'http', log, host)
}

/** Serves HTTPS with a certificate. */
export async function serveTls(
  certificate: Certificate,
  handler: http.RequestListener
): Promise<TestServer> {
  const log = newLog()
  return listen(https.createServer(certificate, recorded(log, handler)), 'https', log)
}

/** Serves bytes: `onData` is called with everything a client has sent so far; `onOpen` when it connects. */
export async function serveRaw(behaviour: {
  readonly onOpen?: (socket: Socket) => void
  readonly onData?: (socket: Socket, text: string) => void
  readonly scheme?: 'http' | 'https'
}): Promise<TestServer> {
  const log = newLog()
  const server = net.createServer(socket => {
    const index = log.seen.push('') - 1
    let text = ''
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      log.seen[index] = text
      behaviour.onData?.(socket, text)
    })
    behaviour.onOpen?.(socket)
  })
  return listen(server, behaviour.scheme ?? 'http', log)
}

/** A port on loopback where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await serveRaw({})
  await server.close()
  return server.port
}

interface Seen {
  readonly seen: string[]
  readonly requests: http.IncomingMessage[]
}

function newLog(): Seen {
  return {seen: [], requests: []}
}

function recorded({seen, requests}: Seen, handler: http.RequestListener): http.RequestListener {
  return (request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`)
    requests.push(request)
    handler(request, response)
  }
}

async function listen(
  server: net.Server,
  scheme: string,
  {seen, requests}: Seen,
  host = '127.0.0.1'
): Promise<TestServer> {
  const connections: Socket[] = []
  server.on('connection', socket => {
    connections.push(socket)
    // A client that goes away is no fault of the test.
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>(resolve => server.listen(0, host, resolve))
  const {port} = server.address() as AddressInfo
  const started: TestServer = {
    origin: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    connections,
    seen,
    requests,
    quiet: () => untilClosed(connections),
    close: async () => {
      open.delete(started)
      for (const socket of connections) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    }
  }
  open.add(started)
  return started
}

async function untilClosed(connections: readonly Socket[]): Promise<void> {
  await Promise.all(
    connections.map(
      socket =>
        new Promise<void>(resolve => {
          if (socket.closed) resolve()
          else
            socket.once('close', () => {
              resolve()
            })
        })
    )
  )
}
