import type {Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {type Log, Outage} from '../base/log.ts'
import {readAnswer, type Answer} from './answer.ts'
import type {CallOptions, Pages} from './client.ts'
import {RefusedError, UnavailableError, WireFault} from './faults.ts'
import {Fields, ShapeError, type Json} from '../base/json.ts'
import {Pacing, parseHttpDate, parseRateLimit} from './rate-limit.ts'
import {retry} from './retry.ts'
import type {Transport} from './transport.ts'

/** How long a call's faults are retried when the caller does not say, in milliseconds. */
const DEFAULT_PATIENCE_MS = 60_000
/** A guard, not a limit: pages hold 20 rows or more (observed), so this is at least 200,000 artifacts of one job. */
const MAX_PAGES = 10_000
/** More workflows than any pipeline has, and more jobs than any workflow. */
const MAX_ROWS = 10_000

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
  private readonly pacing: Pacing
  private skewMs: number | undefined
  private readonly outage: Outage
  private answered = false
  private warned = false

  constructor(context: ApiContext) {
    this.context = context
    this.pacing = new Pacing(context)
    this.outage = new Outage('Asking CircleCI', context)
  }

  /** CircleCI's clock in epoch milliseconds, by the `Date` of its last answer; `undefined` while no answer had one. */
  serverNow(): number | undefined {
    return this.skewMs === undefined ? undefined : this.context.clock.now() + this.skewMs
  }

  /** Reads one resource and decodes it; retries faults for as long as `options.patienceMs` says. */
  get<T>(path: string, decode: (json: Json) => T, options: CallOptions = {}): Promise<T> {
    return this.paced('GET', path, decode, options)
  }

  /** Every row of a listing. One that moved to the next page while we read comes twice. */
  async all<T>(path: string, decode: (json: Json) => T, options?: CallOptions) {
    const rows: T[] = []
    for await (const page of this.pages(path, decode, options, MAX_ROWS)) rows.push(...page)
    return rows
  }

  /**
   * The pages of a listing. One that never ends, or repeats a page, is an error: taken for the whole it could hide a failed
   * workflow, and a million rows handled at once run out of stack.
   */
  async *pages<T>(
    path: string,
    decode: (json: Json) => T,
    options: CallOptions = {},
    maxRows = Infinity
  ): Pages<T> {
    const seen = new Set<string>()
    let rows = 0
    const decodePage = (json: Json) => {
      const fields = new Fields(json, 'listing')
      const items = fields.requiredList('items').map(decode)
      // Taken for the last page, one whose successor cannot be read could hide a failed workflow.
      const next = fields.optionalString('next_page_token') ?? ''
      if (seen.has(next)) throw new ShapeError('listing: its pages come again')
      if (seen.size >= MAX_PAGES) throw new ShapeError(`listing: more than ${MAX_PAGES} pages`)
      if (rows + items.length > maxRows) throw new ShapeError(`listing: more than ${maxRows} rows`)
      return {items, next}
    }
    let {items, next} = await this.get(path, decodePage, options)
    const {onRetry} = options
    const later: CallOptions = onRetry
      ? {
          ...options,
          onRetry: (fault, pauseMs, leftMs) => {
            onRetry(fault, pauseMs, leftMs, true)
          }
        }
      : options
    for (;;) {
      rows += items.length
      yield items
      if (next === '') return
      seen.add(next)
      ;({items, next} = await this.get(withQuery(path, {'page-token': next}), decodePage, later))
    }
  }

  /** Asks for something that may be asked twice (cancel, approve); retries like `get`. */
  post(path: string, options: CallOptions = {}): Promise<void> {
    return this.paced('POST', path, acknowledged, options)
  }

  /** Sends a request exactly once, whatever happens. */
  postOnce<T>(
    path: string,
    body: Json,
    decode: (json: Json, status: number) => T,
    signal?: AbortSignal
  ): Promise<T> {
    return this.once('POST', path, body, decode, signal)
  }

  /** Retries an attempt that rejects with an `UnavailableError`; without `patienceMs` the log reports what keeps failing. */
  async persist<T>(request: string, options: CallOptions, attempt: () => Promise<T>): Promise<T> {
    const {clock, random} = this.context
    const {patienceMs = DEFAULT_PATIENCE_MS, onRetry, signal} = options
    const deadline = clock.now() + patienceMs
    const isAwaited = options.patienceMs === undefined && onRetry === undefined
    const value = await retry(request, attempt, {
      clock,
      random,
      signal,
      // Before the first proper answer a bad certificate means a wrong host; later, a passing trouble.
      leftMs: fault => (fault.final && !this.answered ? 0 : deadline - clock.now()),
      onRetry: (fault, pauseMs, leftMs) => {
        if (isAwaited) this.outage.failed(fault, pauseMs, leftMs)
        onRetry?.(fault, pauseMs, leftMs)
      }
    })
    if (isAwaited) this.outage.over()
    return value
  }

  private paced<T>(
    method: 'GET' | 'POST',
    path: string,
    decode: (json: Json) => T,
    options: CallOptions
  ): Promise<T> {
    const request = nameOf(method, path)
    // Without patience the answer is wanted now or not at all.
    const hurried = options.urgent === true || options.patienceMs === 0
    return this.persist(request, options, async () => {
      if (!hurried) await this.pacing.hold(request, options.signal)
      return await this.once(method, path, undefined, decode, options.signal)
    })
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
    let answer: Answer | undefined
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
      log.debug(`${request} \u2192 ${reply.status} in ${at - started} ms${left}`)
      answer = {request, host, reply, at, serverNow: this.serverNow() ?? at}
      const value = await readAnswer(answer, json => decode(json, reply.status))
      this.answered = true
      this.learn(answer)
      return value
    } catch (error) {
      // What its headers say is believed only where the answer is CircleCI's.
      if (answer !== undefined && error instanceof RefusedError) this.learn(answer)
      else if (answer !== undefined && error instanceof UnavailableError && !error.foreign) {
        this.pacing.learn(request, answer.reply.headers, answer.at)
      }
      throw this.classify(request, error, started)
    }
  }

  private learn(answer: Answer): void {
    const {request, reply, at} = answer
    const date = parseHttpDate(reply.headers['date'])
    if (date !== undefined) this.skewMs = date - at
    this.pacing.learn(request, reply.headers, at)
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

/** What asks for something needs no answer but that there is one of CircleCI's: nothing, or an object. */
function acknowledged(json: Json): void {
  if (json !== undefined) new Fields(json, 'answer')
}

/** The path with a query, behind the one it may have. */
export function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`
}
