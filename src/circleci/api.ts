import type {Clock} from '../clock.ts'
import {formatDuration} from '../duration.ts'
import {errorMessage} from '../errors.ts'
import type {Log} from '../log.ts'
import {readAnswer} from './answer.ts'
import {backoffMs, paceMs, parseRateLimit, type RateLimit} from './backoff.ts'
import type {CallOptions} from './client.ts'
import {AbortedError, UnavailableError} from './faults.ts'
import {ShapeError, type Json} from './fields.ts'
import {parseHttpDate} from './http-date.ts'
import type {Transport, WireReply} from './transport.ts'
import {WireFault} from './wire-fault.ts'

/** How long a call's faults are retried when the caller does not say, in milliseconds. */
export const DEFAULT_PATIENCE_MS = 60_000

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
    return this.paced('GET', path, decode, options)
  }

  /** Asks for something that may be asked twice (cancel, approve); retries like `get`. */
  async post(path: string, options: CallOptions = {}): Promise<void> {
    await this.paced('POST', path, () => undefined, options)
  }

  /** Sends a request exactly once, whatever happens. */
  async postOnce<T>(
    path: string,
    body: Json,
    decode: (json: Json, status: number) => T,
    signal?: AbortSignal
  ): Promise<T> {
    return this.once('POST', path, body, decode, signal)
  }

  /**
   * Repeats an attempt that rejects with an `UnavailableError`, with pauses, for as long as `options.patienceMs` says;
   * the last attempt is made when that time is up. `request` names it in an `AbortedError`.
   */
  async persist<T>(request: string, options: CallOptions, attempt: () => Promise<T>): Promise<T> {
    const {clock, random} = this.context
    const deadline = clock.now() + (options.patienceMs ?? DEFAULT_PATIENCE_MS)
    for (let attempts = 0; ; attempts += 1) {
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
        if (options.signal?.aborted === true) throw new AbortedError(request)
      }
    }
  }

  private async paced<T>(
    method: 'GET' | 'POST',
    path: string,
    decode: (json: Json) => T,
    options: CallOptions
  ): Promise<T> {
    return this.persist(nameOf(method, path), options, async () => {
      // Whoever has no patience wants the answer now or not at all.
      if (options.patienceMs !== 0) await this.keepPace(options.signal)
      return this.once(method, path, undefined, decode, options.signal)
    })
  }

  /** Requests under way at once hold back together: the limit is forgotten only when an answer tells a new one. */
  private async keepPace(signal: AbortSignal | undefined): Promise<void> {
    const {clock, log} = this.context
    const pause = paceMs(this.limit, clock.now() - (this.limit?.at ?? 0))
    if (pause <= 0) return
    log.debug(`Rate limit nearly used up: holding back for ${formatDuration(pause)}`)
    await clock.sleep(pause, signal)
  }

  private async once<T>(
    method: 'GET' | 'POST',
    path: string,
    body: Json,
    decode: (json: Json, status: number) => T,
    signal: AbortSignal | undefined
  ): Promise<T> {
    const {host, token, transport, clock} = this.context
    const request = nameOf(method, path)
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
        signal
      })
      this.learn(request, reply, started)
      const value = decode(await readAnswer(request, reply, this.serverNow()), reply.status)
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
    const date = parseHttpDate(reply.headers['date'])
    if (date !== undefined) this.skewMs = date - now
    const left = limit === undefined ? '' : `, ${limit.remaining} requests left`
    log.debug(`${request} → ${reply.status} in ${now - started} ms${left}`)
    this.warnOfSunset(request, reply.headers)
  }

  private warnOfSunset(request: string, headers: Readonly<Record<string, string>>): void {
    const {deprecation, sunset} = headers
    if (this.warned || (deprecation === undefined && sunset === undefined)) return
    this.warned = true
    const end = sunset === undefined ? '' : `, and going away (${sunset})`
    this.context.log.warning(
      `CircleCI says that ${request} is deprecated${end}: look for a newer version of this action.`
    )
  }

  private classify(request: string, error: unknown, started: number): Error {
    const {log, clock} = this.context
    if (error instanceof ShapeError) {
      return new UnavailableError(
        request,
        `was answered with JSON we cannot use (${error.message})`,
        {processed: 'unknown', cause: error}
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

/** Method and path. The query is left out: it says nothing that matters to people, and page tokens are long. */
function nameOf(method: string, path: string): string {
  return `${method} ${path.split('?', 1)[0] ?? path}`
}
