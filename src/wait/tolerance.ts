import {hasLasted, REFUSED_FOR_MS, refusedAt, type Refusals} from './refusal.ts'

/** How long a wait bears nothing but errors, refusals among them, in milliseconds. */
export const PATIENCE_MS = 5 * 60_000
/** How far apart two 401 of `GET /me` must be to mean that the token is no longer valid, in milliseconds. */
const TOKEN_REFUSED_FOR_MS = 10_000

/**
 * What a wait bears of the answers its verdict hangs on. Errors and refusals are only counted here; `now` is in epoch
 * milliseconds of our own clock.
 */
export class Tolerance {
  private troubleSince: number | undefined
  private refusals: Refusals | undefined
  private tokenRefusedSince: number | undefined

  /** Everything that was asked was answered. */
  answered(): void {
    this.troubleSince = undefined
    this.refusals = undefined
    this.tokenRefusedSince = undefined
  }

  /** No usable answer came: refusals before and after it are not one refusal that lasts. */
  failed(now: number): void {
    this.troubleSince ??= now
    this.refusals = undefined
  }

  /** CircleCI said no. Returns whether it has said nothing else for so long that it is believed. */
  refused(now: number): boolean {
    this.troubleSince ??= now
    this.refusals = refusedAt(now, this.refusals)
    return hasLasted(this.refusals)
  }

  /** What `GET /me` said after a refusal. Returns whether the token is refused for good. */
  askedForUser(isTokenRefused: boolean, now: number): boolean {
    this.tokenRefusedSince = isTokenRefused ? (this.tokenRefusedSince ?? now) : undefined
    return isTokenRefused && now - (this.tokenRefusedSince ?? now) >= TOKEN_REFUSED_FOR_MS
  }

  /** Milliseconds that trouble of any kind may still last. */
  leftMs(now: number): number {
    return Math.max(0, PATIENCE_MS - (now - (this.troubleSince ?? now)))
  }

  /** Milliseconds after which a refusal that goes on is believed. */
  refusalLeftMs(now: number): number {
    const lastedMs = now - (this.refusals?.since ?? now)
    return Math.max(0, Math.min(REFUSED_FOR_MS - lastedMs, this.leftMs(now)))
  }
}
