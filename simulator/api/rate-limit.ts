import type {User} from '../world/user.ts'
import {Refusal} from './refusal.ts'

/** How requests are limited. CircleCI publishes no figures, so the default is one no test meets by accident. */
export interface RateLimitSettings {
  /** Requests a window, for each person. Default 6000. */
  readonly limit?: number
  /** Default 60. */
  readonly windowSeconds?: number
  /** What a window counts: a person's requests, or those to one route. Not documented. Default `person`. */
  readonly per?: 'person' | 'route'
  /** How a 429 says when to come back. Default `seconds`. */
  readonly retryAfter?: 'seconds' | 'date' | 'none'
  /** Which family of headers is sent. Default both. */
  readonly headers?: 'ratelimit' | 'x-ratelimit' | 'both' | 'none'
  /** Whether a 429 has CircleCI's JSON body or the plain text that has been seen too. Default `json`. */
  readonly body?: 'json' | 'text'
}

/** Counts a request to a route and returns the headers for its reply. */
export type RateLimiter = (user: User, route: string) => Record<string, string>

/** A 429, whose body may be plain text. */
export class TooManyRequests extends Refusal {
  readonly plain: boolean

  constructor(headers: Record<string, string>, plain: boolean) {
    super(429, plain ? 'Rate limited.' : 'Rate limit exceeded.', headers)
    this.plain = plain
  }
}

/** Makes a limiter with fixed windows: https://circleci.com/docs/guides/toolkit/api-developers-guide/#rate-limits */
export function createRateLimiter(
  now: () => number,
  {
    limit = 6000,
    windowSeconds = 60,
    per = 'person',
    retryAfter = 'seconds',
    headers = 'both',
    body = 'json'
  }: RateLimitSettings = {}
): RateLimiter {
  const windows = new Map<string, {readonly start: number; count: number}>()
  return (user, route) => {
    const key = per === 'route' ? `${user.id} ${route}` : user.id
    const known = windows.get(key)
    const fresh = known === undefined || now() - known.start >= windowSeconds * 1000
    const window = fresh ? {start: now(), count: 0} : known
    windows.set(key, window)
    window.count += 1
    const end = window.start + windowSeconds * 1000
    const reset = Math.max(0, Math.ceil((end - now()) / 1000))
    const sent = rateHeaders(headers, limit, Math.max(0, limit - window.count), reset)
    if (window.count <= limit) return sent
    const wait = retryAfter === 'seconds' ? String(Math.max(1, reset)) : new Date(end).toUTCString()
    const retry: Record<string, string> = retryAfter === 'none' ? {} : {'Retry-After': wait}
    throw new TooManyRequests({...sent, ...retry}, body === 'text')
  }
}

function rateHeaders(
  family: NonNullable<RateLimitSettings['headers']>,
  limit: number,
  remaining: number,
  reset: number
): Record<string, string> {
  const entries = {Limit: limit, Remaining: remaining, Reset: reset}
  const prefixes = {
    ratelimit: ['RateLimit'],
    'x-ratelimit': ['X-RateLimit'],
    both: ['RateLimit', 'X-RateLimit'],
    none: []
  }
  return Object.fromEntries(
    prefixes[family].flatMap(prefix =>
      Object.entries(entries).map(([name, value]) => [`${prefix}-${name}`, String(value)])
    )
  )
}
