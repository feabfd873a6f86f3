import type {Clock} from '../base/clock.ts'
import {formatDuration} from '../base/text.ts'
import type {Log} from '../base/log.ts'

/**
 * Parses an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110, section 5.6.7). Returns epoch milliseconds, or
 * `undefined` for anything without weekday and zone: `Date.parse` makes a year of a `0`, and takes a missing zone for ours.
 */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*(mon|tue|wed|thu|fri|sat|sun).*gmt\s*$/i.test(text)) {
    return undefined
  }
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : date
}

/**
 * Reads `Retry-After`: seconds or an HTTP date (RFC 9110, section 10.2.3), the latter by the server's own clock where the
 * answer has it. Returns milliseconds from `now`, or `undefined` when there is none that makes sense.
 */
export function parseRetryAfter(
  headers: Readonly<Record<string, string>>,
  now: number
): number | undefined {
  const text = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const date = parseHttpDate(text)
  return date === undefined
    ? undefined
    : Math.max(0, date - (parseHttpDate(headers['date']) ?? now))
}

/** What the rate-limit headers of an answer said. */
export interface RateLimit {
  readonly remaining: number
  readonly limit: number | undefined
  /** Milliseconds from the answer until the window starts anew. */
  readonly resetMs: number | undefined
}

const LIMIT_PREFIXES = ['ratelimit', 'x-ratelimit'] as const
const WINDOWS: Readonly<Record<string, number | undefined>> = {
  '': undefined,
  '-second': 1000,
  '-minute': 60_000,
  '-hour': 3_600_000,
  '-day': 86_400_000
}

/**
 * Reads `RateLimit-*` and `X-RateLimit-*` (also `-Second`, `-Minute`, `-Hour`, `-Day`); where several are sent, the lowest
 * remaining counts. Resets are in seconds. Source: CircleCI API developer's guide, "Rate limits".
 */
export function parseRateLimit(headers: Readonly<Record<string, string>>): RateLimit | undefined {
  const number = (name: string): number | undefined => {
    const match = /^\s*(\d+)/.exec(headers[name] ?? '')
    return match === null ? undefined : Number(match[1])
  }
  const found: RateLimit[] = []
  for (const prefix of LIMIT_PREFIXES) {
    for (const [window, windowMs] of Object.entries(WINDOWS)) {
      const remaining = number(`${prefix}-remaining${window}`)
      if (remaining === undefined) continue
      const reset = number(`${prefix}-reset`)
      found.push({
        remaining,
        limit: number(`${prefix}-limit${window}`),
        resetMs: reset === undefined ? windowMs : reset * 1000
      })
    }
  }
  return found.sort((a, b) => a.remaining - b.remaining)[0]
}

/** Longest pause taken only to stay clear of a rate limit, in milliseconds. */
export const PACE_CAP_MS = 30_000
/** Pause where the reset is further away than that: it is not worth the wait, and a 429 says when to come back. */
const FAR_PACE_MS = 5_000

/** How long to hold the next request back, in milliseconds: when nearly nothing is left, until a reset that is near. */
export function paceMs(limit: RateLimit | undefined, ageMs: number): number {
  if (limit?.resetMs === undefined) return 0
  const reserve = Math.min(3, Math.floor((limit.limit ?? 100) * 0.02))
  if (limit.remaining > reserve) return 0
  const left = Math.max(0, limit.resetMs - ageMs)
  return left > PACE_CAP_MS ? FAR_PACE_MS : left
}

/** Keeps requests clear of CircleCI's rate limits, one for each family of routes ("per resource", API developer's guide). */
export class Pacing {
  readonly #limits = new Map<string, RateLimit & {readonly at: number}>()
  readonly #context: {readonly clock: Clock; readonly log: Log}

  constructor(context: {readonly clock: Clock; readonly log: Log}) {
    this.#context = context
  }

  /** Takes in what an answer said of the limit of its route, `at` by the clock; the last answer counts. */
  learn(request: string, headers: Readonly<Record<string, string>>, at: number): void {
    const limit = parseRateLimit(headers)
    if (limit === undefined) this.#limits.delete(familyOf(request))
    else this.#limits.set(familyOf(request), {...limit, at})
  }

  /** Resolves once a request may be sent. Requests under way at once hold back together. */
  async hold(request: string, signal: AbortSignal | undefined): Promise<void> {
    const {clock, log} = this.#context
    const limit = this.#limits.get(familyOf(request))
    const pause = paceMs(limit, clock.now() - (limit?.at ?? 0))
    if (pause <= 0) return
    log.debug(`Rate limit nearly used up: holding back for ${formatDuration(pause)}`)
    await clock.sleep(pause, signal)
  }
}

/** A request's route without what differs from one thing to the next: segments with a digit are ids, numbers, names. */
function familyOf(request: string): string {
  return request.replaceAll(/[^/]*\d[^/]*/g, '*')
}
