import type {Clock} from '../base/clock.ts'
import {formatDuration} from '../base/duration.ts'
import {errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {Outage} from '../base/outage.ts'
import {readAnswer, type Answer} from './answer.ts'
import {backoffMs, paceMs, parseRateLimit, type RateLimit} from './backoff.ts'
import type {CallOptions} from './client.ts'
import {AbortedError, RefusedError, UnavailableError} from './faults.ts'
import {Fields, type Json} from '../base/json.ts'
import {parseHttpDate} from './http-date.ts'
import type {Transport} from './transport.ts'
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
  private readonly limits = new Map<string, RateLimit & {readonly at: number}>()
  private skewMs: number | undefined
  private readonly outage: Outage
  private answered = false
  private warned = false

  constructor(context: ApiContext) {
    this.context = context
    this.outage = new Outage('Asking CircleCI', context)
  }

  /** CircleCI's clock, in epoch milliseconds, as the `Date` of its answers tells; `undefined` while none has. */
  serverNow(): number | undefined {
    return this.skewMs === undefined ? undefined : this.context.clock.now() + this.skewMs
  }

  /** Reads one resource and decodes it; retries faults for as long as `options.patienceMs` says. */
  async get<T>(path: string, decode: (json: Json) => T, options: CallOptions = {}): Promise<T> {
    return this.paced('GET', path, decode, options)
  }

  /** Asks for something that may be asked twice (cancel, approve); retries like `get`. */
  async post(path: string, options: CallOptions = {}): Promise<void> {
    await this.paced('POST', path, acknowledged, options)
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
   * the last attempt is made when that time is up. `request` names it in an `AbortedError`. Who says nothing of
   * patience is somebody who waits, and is told of it in the log.
   */
  async persist<T>(request: string, options: CallOptions, attempt: () => Promise<T>): Promise<T> {
    const {clock, random} = this.context
    const deadline = clock.now() + (options.patienceMs ?? DEFAULT_PATIENCE_MS)
    const isAwaited = options.patienceMs === undefined && options.onRetry === undefined
    for (let attempts = 0; ; attempts += 1) {
      try {
        const value = await attempt()
        if (isAwaited) this.outage.over()
        return value
      } catch (error) {
        if (!(error instanceof UnavailableError) || clock.now() >= deadline) throw error
        // Before the first proper answer a bad certificate means a wrong host; later, a passing trouble.
        if (error.final && !this.answered) throw error
        const left = deadline - clock.now()
        const pause = Math.min(backoffMs(attempts, random, error.retryAfterMs), left)
        if (isAwaited) this.outage.failed(error, pause, left)
        options.onRetry?.(error, pause, left)
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
    const request = nameOf(method, path)
    return this.persist(request, options, async () => {
      // Whoever has no patience wants the answer now or not at all.
      const hurried = options.urgent === true || options.patienceMs === 0
      if (!hurried) await this.keepPace(familyOf(request), options.signal)
      return this.once(method, path, undefined, decode, options.signal)
    })
  }

  /** Requests under way at once hold back together: the limit is forgotten only when an answer tells a new one. */
  private async keepPace(family: string, signal: AbortSignal | undefined): Promise<void> {
    const {clock, log} = this.context
    const limit = this.limits.get(family)
    const pause = paceMs(limit, clock.now() - (limit?.at ?? 0))
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
    const {host, token, transport, clock, log} = this.context
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
      const at = clock.now()
      const limit = parseRateLimit(reply.headers)
      const left = limit === undefined ? '' : `, ${limit.remaining} requests left`
      log.debug(`${request} → ${reply.status} in ${at - started} ms${left}`)
      const answer = {request, host, reply, at, serverNow: this.serverNow() ?? at}
      return await this.understand(answer, json => decode(json, reply.status))
    } catch (error) {
      throw this.classify(request, error, started)
    }
  }

  /** The value of an answer. What its headers tell is believed only where it is CircleCI's. */
  private async understand<T>(answer: Answer, decode: (json: Json) => T): Promise<T> {
    try {
      const value = await readAnswer(answer, decode)
      this.answered = true
      this.learn(answer)
      return value
    } catch (error) {
      if (error instanceof RefusedError) this.learn(answer)
      else if (error instanceof UnavailableError && !error.foreign) this.learnLimit(answer)
      throw error
    }
  }

  private learn(answer: Answer): void {
    const {request, reply, at} = answer
    const date = parseHttpDate(reply.headers['date'])
    if (date !== undefined) this.skewMs = date - at
    this.learnLimit(answer)
    this.warnOfSunset(request, reply.headers)
  }

  /** Limits are "per resource" (CircleCI API developer's guide, "Rate limits"): each family of routes has its own. */
  private learnLimit({request, reply, at}: Answer): void {
    const limit = parseRateLimit(reply.headers)
    if (limit === undefined) this.limits.delete(familyOf(request))
    else this.limits.set(familyOf(request), {...limit, at})
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
    const {log, clock, host} = this.context
    if (!(error instanceof WireFault)) {
      return error instanceof Error ? error : new Error(errorMessage(error))
    }
    log.debug(`${request} failed after ${clock.now() - started} ms: ${error.message}`)
    const where = error.connected ? '' : `no connection to ${host} (input "host"): `
    return new UnavailableError(request, `failed: ${where}${error.message}`, {
      processed: error.connected ? 'unknown' : 'no',
      final: error.certificate,
      unresolved: error.unresolved,
      cause: error
    })
  }
}

/** Method and path. The query is left out: it says nothing that matters to people, and page tokens are long. */
function nameOf(method: string, path: string): string {
  return `${method} ${path.split('?', 1)[0] ?? path}`
}

/** A request's route without what differs from one thing to the next: segments with a digit are ids, numbers, names. */
function familyOf(request: string): string {
  return request.replaceAll(/[^/]*\d[^/]*/g, '*')
}

/** What asks for something needs no answer but that there is one of CircleCI's: nothing, or an object. */
function acknowledged(json: Json): void {
  if (json !== undefined) new Fields(json, 'answer')
}
