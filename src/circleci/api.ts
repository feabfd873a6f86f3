import type {Clock} from '../clock.ts'
import {formatDuration} from '../duration.ts'
import {errorMessage} from '../errors.ts'
import type {Log} from '../log.ts'
import {backoffMs, paceMs, parseRateLimit, parseRetryAfter, type RateLimit} from './backoff.ts'
import type {CallOptions} from './client.ts'
import {AbortedError, RefusedError, UnavailableError} from './faults.ts'
import {ShapeError, type Json} from './fields.ts'
import {WireFault, type Transport, type WireReply} from './transport.ts'

/** How long a call's faults are retried when the caller does not say, in milliseconds. */
export const DEFAULT_PATIENCE_MS = 60_000
/** No answer of the API comes near this; more is not read. */
const MAX_BODY_BYTES = 64 * 1024 * 1024

/** What the API layer needs from outside. */
export interface ApiContext {
  /** Origin of CircleCI: `https://circleci.com` or a server's. */
  readonly host: string
  readonly token: string
  readonly transport: Transport
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
}

/** A usable answer: any 2xx with JSON. */
export interface Answer {
  readonly status: number
  readonly json: Json
}

/** JSON over HTTP with CircleCI's token: classifies every failure, retries what may be retried, keeps its pace. */
export class Api {
  private readonly context: ApiContext
  private limit: (RateLimit & {readonly at: number}) | undefined
  private skewMs = 0
  private answered = false
  private warned = false

  constructor(context: ApiContext) {
    this.context = context
  }

  /** CircleCI's clock, in epoch milliseconds, as its `Date` headers tell. */
  serverNow(): number {
    return this.context.clock.now() + this.skewMs
  }

  /** Reads one resource and decodes it; retries faults for as long as `options.patienceMs` says. */
  async get<T>(path: string, decode: (json: Json) => T, options: CallOptions = {}): Promise<T> {
    return this.persist(path, options, () => this.once('GET', path, undefined, decode, options))
  }

  /** Asks for something that may be asked twice (cancel, approve); retries like `get`. */
  async post(path: string, options: CallOptions = {}): Promise<void> {
    await this.persist(path, options, () =>
      this.once('POST', path, undefined, () => undefined, options)
    )
  }

  /** Sends a request exactly once, whatever happens. */
  async postOnce<T>(
    path: string,
    body: Json,
    decode: (json: Json, status: number) => T,
    signal?: AbortSignal
  ): Promise<T> {
    return this.once('POST', path, body, decode, {signal, patienceMs: 0})
  }

  private async persist<T>(
    path: string,
    options: CallOptions,
    attempt: () => Promise<T>
  ): Promise<T> {
    const {clock, random} = this.context
    const patienceMs = options.patienceMs ?? DEFAULT_PATIENCE_MS
    const deadline = clock.now() + patienceMs
    for (let attempts = 0; ; attempts += 1) {
      if (patienceMs > 0) await this.keepPace(options.signal)
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof UnavailableError) || clock.now() >= deadline) throw error
        // Before the first proper answer a bad certificate or a redirect means a wrong host; later, a passing trouble.
        if (error.final && !this.answered) throw error
        const pause = Math.min(
          backoffMs(attempts, random, error.retryAfterMs),
          deadline - clock.now()
        )
        options.onRetry?.(error, pause)
        await clock.sleep(pause, options.signal)
        if (options.signal?.aborted === true) throw new AbortedError(path)
      }
    }
  }

  private async keepPace(signal: AbortSignal | undefined): Promise<void> {
    const {clock, log} = this.context
    const pause = paceMs(this.limit, clock.now() - (this.limit?.at ?? 0))
    if (pause <= 0) return
    log.debug(`Rate limit nearly used up: holding back for ${formatDuration(pause)}`)
    this.limit = undefined
    await clock.sleep(pause, signal)
  }

  private async once<T>(
    method: 'GET' | 'POST',
    path: string,
    body: Json,
    decode: (json: Json, status: number) => T,
    options: CallOptions
  ): Promise<T> {
    const {host, token, transport, clock} = this.context
    const request = `${method} ${path}`
    const started = clock.now()
    const headers: Record<string, string> = {accept: 'application/json', 'circle-token': token}
    // Without it CircleCI ignores the body and builds the default branch with default parameters.
    if (method === 'POST') headers['content-type'] = 'application/json'
    try {
      const reply = await transport.send({
        method,
        url: new URL(path, host),
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: options.signal
      })
      const text = await readText(reply)
      this.learn(request, reply, started)
      const value = decode(parseAnswer(request, reply, text, clock.now()), reply.status)
      this.answered = true
      return value
    } catch (error) {
      throw this.classify(request, error, started)
    }
  }

  private learn(request: string, reply: WireReply, started: number): void {
    const {clock, log} = this.context
    const now = clock.now()
    const limit = parseRateLimit(reply.headers)
    this.limit = limit === undefined ? undefined : {...limit, at: now}
    const date = Date.parse(reply.headers['date'] ?? '')
    if (!Number.isNaN(date)) this.skewMs = date - now
    const left = limit === undefined ? '' : `, ${limit.remaining} requests left`
    log.debug(`${request} → ${reply.status} in ${now - started} ms${left}`)
    const sunset = reply.headers['sunset'] ?? reply.headers['deprecation']
    if (sunset === undefined || this.warned) return
    this.warned = true
    log.warning(
      `CircleCI says that ${request.split('?')[0] ?? request} is deprecated (${sunset}): look for a newer version of this action.`
    )
  }

  private classify(request: string, error: unknown, started: number): Error {
    const {log, clock} = this.context
    if (error instanceof ShapeError) {
      return new UnavailableError(
        request,
        `was answered with JSON we cannot use (${error.message})`,
        {
          processed: 'unknown',
          cause: error
        }
      )
    }
    if (!(error instanceof WireFault)) {
      return error instanceof Error ? error : new Error(errorMessage(error))
    }
    log.debug(`${request} failed after ${clock.now() - started} ms: ${error.message}`)
    return new UnavailableError(request, `failed: ${error.message}`, {
      processed: error.connected ? 'unknown' : 'no',
      final: error.certificate,
      cause: error
    })
  }
}

async function readText(reply: WireReply): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of reply.body) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new ShapeError(`more than ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseAnswer(request: string, reply: WireReply, text: string, now: number): Json {
  const {status, headers} = reply
  if (status >= 200 && status < 300) return parseJson(request, text)
  if (status >= 300 && status < 400) {
    throw new UnavailableError(
      request,
      `was answered ${status}, a redirect${describeTarget(headers['location'])}: is "host" the address of CircleCI itself?`,
      {processed: 'no', final: true, status}
    )
  }
  const words = wordsOf(text)
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    throw new RefusedError(request, status, words)
  }
  throw new UnavailableError(
    request,
    `was answered ${status}${words === '' ? '' : ` (${words})`}`,
    {
      processed: status === 429 ? 'no' : 'unknown',
      status,
      retryAfterMs: parseRetryAfter(headers['retry-after'], now)
    }
  )
}

function parseJson(request: string, text: string): Json {
  // Nothing is a fine answer to a cancel; whoever needs an object will miss it when decoding.
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    const what = /^\s*</.test(text) ? 'HTML' : 'text'
    throw new UnavailableError(
      request,
      `was answered with ${what} instead of JSON: a proxy or a login page may stand between this runner and CircleCI`,
      {processed: 'unknown', cause}
    )
  }
}

/** CircleCI's words in an error's body: its `message`, or the text itself when it is short and plain. */
function wordsOf(text: string): string {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null && 'message' in json) {
      return typeof json.message === 'string' ? json.message.trim() : JSON.stringify(json.message)
    }
    return ''
  } catch {
    const plain = text.trim()
    return plain.startsWith('<') || plain.length > 300 ? '' : plain
  }
}

function describeTarget(location: string | undefined): string {
  if (location === undefined || !URL.canParse(location)) return ''
  return ` to ${new URL(location).origin}`
}
