import http from 'node:http'
import https from 'node:https'
import type {Socket} from 'node:net'

import {HttpClient} from '@actions/http-client'

import {errorMessage} from '../errors.ts'
import {AbortedError} from './faults.ts'

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
  readonly timeouts?: Timeouts
}

/** The answer's head, and its body still to be read. */
export interface WireReply {
  readonly status: number
  /** Lower-case names; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** Rejects with a `WireFault` when the body is cut or stalls. */
  readonly body: AsyncIterable<Uint8Array>
  /** Drops the connection unless the body was read to its end; safe at any time. */
  close(): void
}

/** The connection failed. `connected` tells whether the request can have left this machine. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
  readonly connected: boolean
  /** A certificate that is not trusted: trying again does not help. */
  readonly certificate: boolean

  constructor(message: string, connected: boolean, cause?: unknown) {
    super(message, {cause})
    this.connected = connected
    this.certificate = !connected && isCertificateError(cause)
  }
}

/** Sends single requests: no retry, no redirect, no credentials of its own. */
export interface Transport {
  send(request: WireRequest): Promise<WireReply>
  /** Closes idle and running connections. */
  close(): void
}

/**
 * Makes a transport on @actions/http-client, which honours `https_proxy` and `no_proxy` and keeps connections
 * alive. Only its `requestRaw` is used: its other methods hide headers, follow redirects with the caller's
 * headers, and never settle when a body is cut.
 */
export function createTransport(userAgent: string): Transport {
  const clients = new Map<string, HttpClient>()
  const clientFor = (url: URL, fresh: boolean): HttpClient => {
    const key = `${url.protocol} ${fresh ? 'fresh' : 'kept'}`
    const client =
      clients.get(key) ??
      new HttpClient(userAgent, [], {keepAlive: !fresh, allowRedirects: false, maxSockets: 64})
    clients.set(key, client)
    return client
  }
  return {
    // A connection kept alive may be closed by the server just as a request is written: harmless for a GET, which is
    // sent again, but it would leave the fate of a POST unknown.
    send: request => new Exchange(request).run(clientFor(request.url, request.method === 'POST')),
    close: () => {
      for (const client of clients.values()) client.dispose()
      clients.clear()
    }
  }
}

class Exchange {
  private readonly abort = new AbortController()
  private readonly request: WireRequest
  private readonly timeouts: Timeouts
  private readonly name: string
  private readonly total: NodeJS.Timeout | undefined
  private timer: NodeJS.Timeout | undefined
  private expired: string | undefined
  private connected = false
  private readonly onAbort = (): void => {
    this.abort.abort()
  }

  constructor(request: WireRequest) {
    this.request = request
    this.timeouts = request.timeouts ?? API_TIMEOUTS
    this.name = `${request.method} ${request.url.pathname}`
    if (request.signal?.aborted === true) throw new AbortedError(this.name)
    request.signal?.addEventListener('abort', this.onAbort, {once: true})
    if (Number.isFinite(this.timeouts.totalMs)) {
      this.total = setTimeout(() => {
        this.expire(`took longer than ${this.timeouts.totalMs / 1000} s`)
      }, this.timeouts.totalMs)
    }
  }

  async run(client: HttpClient): Promise<WireReply> {
    this.limit(this.timeouts.connectMs, 'no connection')
    try {
      const {message} = await client.requestRaw(this.prepare(client), this.body())
      this.limit(undefined)
      return {
        status: message.statusCode ?? 0,
        headers: flatten(message.headers),
        body: this.read(message),
        close: () => {
          this.finish()
          // A body that is complete but unread (a redirect's, say) would keep its connection from the others.
          if (message.complete) message.resume()
          else message.destroy()
        }
      }
    } catch (error) {
      this.finish()
      throw this.toFault(error)
    }
  }

  private prepare(client: HttpClient): Parameters<HttpClient['requestRaw']>[0] {
    const {url, method, headers} = this.request
    const secure = url.protocol === 'https:'
    const module = secure ? https : http
    const hooked = {
      request: (options: http.RequestOptions, onReply: (message: http.IncomingMessage) => void) => {
        const sent = module.request(options, onReply)
        sent.once('socket', socket => {
          whenReady(socket, () => {
            this.connected = true
            this.limit(this.timeouts.headersMs, 'no answer')
          })
        })
        return sent
      }
    }
    return {
      parsedUrl: url,
      // The client only ever calls `request` on it; the hook is how we learn when the connection stands.
      httpModule: hooked as unknown as typeof http,
      options: {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
        path: url.pathname + url.search,
        method,
        headers: {host: url.host, 'user-agent': client.userAgent ?? '', ...headers},
        agent: client.getAgent(url.href),
        signal: this.abort.signal
      }
    }
  }

  /** For a request without a body the client wants null, as its own `get` sends, whatever its types say. */
  private body(): string {
    return this.request.body ?? (null as unknown as string)
  }

  private async *read(message: http.IncomingMessage): AsyncGenerator<Uint8Array> {
    const chunks = message[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>
    try {
      for (;;) {
        this.limit(this.timeouts.idleMs, 'the body stalled')
        const next = await chunks.next()
        this.limit(undefined)
        if (next.done === true) break
        yield next.value
      }
      if (!message.complete) throw new Error('the body was cut')
    } catch (error) {
      throw this.toFault(error)
    } finally {
      this.finish()
      if (!message.complete) message.destroy()
    }
  }

  private limit(ms: number | undefined, problem = ''): void {
    clearTimeout(this.timer)
    if (ms === undefined) return
    this.timer = setTimeout(() => {
      this.expire(`${problem} within ${ms / 1000} s`)
    }, ms)
  }

  private expire(problem: string): void {
    this.expired ??= problem
    this.abort.abort()
  }

  private finish(): void {
    this.limit(undefined)
    clearTimeout(this.total)
    this.request.signal?.removeEventListener('abort', this.onAbort)
  }

  private toFault(error: unknown): Error {
    if (this.expired !== undefined) return new WireFault(this.expired, this.connected, error)
    if (this.request.signal?.aborted === true) return new AbortedError(this.name)
    if (error instanceof WireFault) return error
    return new WireFault(describe(error), this.connected, error)
  }
}

/** Calls back once bytes of ours can go out: after TCP, a proxy's tunnel and the TLS handshake. */
function whenReady(socket: Socket, ready: () => void): void {
  const {secureConnecting} = socket as Socket & {secureConnecting?: boolean}
  if (secureConnecting === true) socket.once('secureConnect', ready)
  else if (socket.connecting) socket.once('connect', ready)
  else ready()
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? '')
    ])
  )
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function describe(error: unknown): string {
  const code = codeOf(error)
  const message = errorMessage(error)
  return code === '' || message.includes(code) ? message : `${message} (${code})`
}

/** OpenSSL's verification codes, as Node names them. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isCertificateError(error: unknown): boolean {
  return /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/.test(
    codeOf(error)
  )
}
