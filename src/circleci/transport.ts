import http from 'node:http'
import https from 'node:https'
import type {Socket} from 'node:net'

import {getProxyUrl, HttpClient} from '@actions/http-client'

import {Exchange} from './exchange.ts'
import {WireFault} from './faults.ts'

/** Limits of one exchange, in milliseconds. */
export interface Timeouts {
  /** Until the connection (TCP, proxy and TLS) stands. */
  readonly connectMs: number
  /** From then until the answer's headers are here. */
  readonly headersMs: number
  /** Between two chunks of the body. */
  readonly idleMs: number
  /** The whole exchange; `Infinity` for downloads. */
  readonly totalMs: number
}

/** No API request takes longer than 30 s, whatever the network does. */
export const API_TIMEOUTS: Timeouts = {
  connectMs: 10_000,
  headersMs: 25_000,
  idleMs: 15_000,
  totalMs: 30_000
}

/** One HTTP request as it goes on the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** A download may take as long as it likes, as long as bytes keep coming, twice as far apart as others. */
  readonly isDownload?: boolean
}

/** The answer's head, and its body still to be read. */
export interface WireReply {
  readonly status: number
  /** Lower-case names; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** Can be read once. Rejects with a `WireFault` when the body is cut or stalls. */
  readonly body: AsyncIterable<Uint8Array>
  /** Gives the connection back when the body is complete, else drops it; safe at any time. */
  close(): void
}

/** Sends single requests: no retry, no redirect, no credentials of its own. */
export interface Transport {
  /** Rejects with a `WireFault` when no answer came, with an `AbortedError` when the signal ended it. */
  send(request: WireRequest): Promise<WireReply>
  /** Closes idle and running connections. */
  close(): void
}

/**
 * Makes a transport on @actions/http-client, which honours `https_proxy` and `no_proxy` and keeps connections
 * alive. Only its `requestRaw` is used: its other methods hide headers, follow redirects with the caller's
 * headers, and never settle when a body is cut.
 */
export function createTransport(userAgent: string, timeouts = API_TIMEOUTS): Transport {
  const clients = new Map<string, HttpClient>()
  const running = new Set<Exchange>()
  const clientFor = ({url, method}: WireRequest): HttpClient => {
    // A connection kept alive may be closed by the server just as a request is written: harmless for a GET, which is
    // sent again, but it would leave the fate of a POST unknown. Behind a proxy none is ever used again.
    const fresh = isProxied(url) || method === 'POST'
    const key = `${url.protocol} ${fresh ? 'fresh' : 'kept'}`
    // With a limit of its own a fresh connection would be passed on to the next request that waits for one.
    const sockets = fresh ? {keepAlive: false} : {keepAlive: true, maxSockets: 64}
    const client =
      clients.get(key) ?? new HttpClient(userAgent, [], {...sockets, allowRedirects: false})
    clients.set(key, client)
    return client
  }
  return {
    send: request => {
      const {isDownload = false} = request
      const exchange = new Exchange(request, isDownload ? forDownload(timeouts) : timeouts)
      running.add(exchange)
      return exchange.run(
        () => start(request, exchange, clientFor(request)),
        () => running.delete(exchange)
      )
    },
    close: () => {
      for (const exchange of running) exchange.abandon()
      for (const client of clients.values()) client.dispose()
      clients.clear()
    }
  }
}

function forDownload(timeouts: Timeouts): Timeouts {
  return {...timeouts, idleMs: 2 * timeouts.idleMs, totalMs: Infinity}
}

function isProxied(url: URL): boolean {
  try {
    return getProxyUrl(url.href) !== ''
  } catch (cause) {
    const name = `${url.protocol.replace(':', '')}_proxy`
    throw new WireFault(`the environment variable ${name} is not an address`, false, cause)
  }
}

async function start(
  {url, method, headers, body}: WireRequest,
  exchange: Exchange,
  client: HttpClient
): Promise<http.IncomingMessage> {
  const secure = url.protocol === 'https:'
  const module = secure ? https : http
  const hooked = {
    request: (options: http.RequestOptions, onReply: (message: http.IncomingMessage) => void) => {
      const sent = module.request(options, onReply)
      sent.once('socket', socket => {
        whenReady(socket, () => {
          exchange.connectionStands()
        })
      })
      return sent
    }
  }
  const info = {
    parsedUrl: url,
    // The client only ever calls `request` on it; the hook is how we learn when the connection stands.
    httpModule: hooked as unknown as typeof http,
    options: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      path: url.pathname + url.search,
      method,
      headers: {host: url.host, 'user-agent': client.userAgent ?? '', ...headers},
      agent: agentFor(url, exchange, client),
      signal: exchange.signal
    }
  }
  const {message} = await client.requestRaw(info, body ?? null)
  return message
}

/** The tunnel to a proxy does not end with the request it was opened for, unless its own request has the signal as well. */
function agentFor(url: URL, exchange: Exchange, client: HttpClient): http.Agent {
  const agent = client.getAgent(url.href) as http.Agent & {proxyOptions?: http.RequestOptions}
  if (agent.proxyOptions !== undefined) agent.proxyOptions.signal = exchange.signal
  return agent
}

/** Calls back once bytes of ours can go out: after TCP, a proxy's tunnel and the TLS handshake. */
function whenReady(socket: Socket, ready: () => void): void {
  const {secureConnecting} = socket as Socket & {secureConnecting?: boolean}
  if (secureConnecting === true) socket.once('secureConnect', ready)
  else if (socket.connecting) socket.once('connect', ready)
  else ready()
}
