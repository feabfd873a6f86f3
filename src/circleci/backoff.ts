import {parseHttpDate} from './http-date.ts'

/** Longest pause between two attempts, in milliseconds, when the server asks for none. */
export const BACKOFF_CAP_MS = 20_000
const BACKOFF_BASE_MS = 500

/**
 * Full-jitter exponential back-off: a uniformly random pause between 0 and a ceiling that doubles with each attempt
 * up to the cap. What the server asked for (`Retry-After`) is a lower bound.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempt: number, random: () => number, retryAfterMs = 0): number {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 30))
  // Some jitter on top of what the server asked for, so that many clients do not come back in the same instant.
  if (retryAfterMs > 0) return retryAfterMs + random() * Math.min(ceiling, 1000)
  return random() * ceiling
}

/**
 * Reads `Retry-After`: seconds or an HTTP date (RFC 9110, section 10.2.3), the latter by the server's own clock where the
 * answer tells it. Returns milliseconds from `now`, or `undefined` when there is none that makes sense.
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
/** Pause where the reset is further away than that: waiting for it helps nobody, and a 429 says when to come back. */
const FAR_PACE_MS = 5_000

/**
 * How long to hold the next request back, in milliseconds, so as not to run into the wall: nothing while there is
 * room; once (nearly) nothing is left the time to a reset that is near, a little for one that is far.
 */
export function paceMs(limit: RateLimit | undefined, ageMs: number): number {
  if (limit?.resetMs === undefined) return 0
  const reserve = Math.min(3, Math.floor((limit.limit ?? 100) * 0.02))
  if (limit.remaining > reserve) return 0
  const left = Math.max(0, limit.resetMs - ageMs)
  return left > PACE_CAP_MS ? FAR_PACE_MS : left
}
