/** How long after a refusal the same request is sent again, in milliseconds, whatever the poll interval. */
export const ASK_AGAIN_MS = 10_000
/** How long a refusal must last before it is believed, in milliseconds, and … */
export const REFUSED_FOR_MS = 60_000
/** … how often it must have come. */
const LEAST_REFUSALS = 4

/** The refusals of one request, one after the other; times are epoch milliseconds of our own clock. */
export interface Refusals {
  readonly since: number
  readonly lastAt: number
  readonly times: number
}

/** One refusal more. */
export function refusedAt(now: number, before: Refusals | undefined): Refusals {
  return {since: before?.since ?? now, lastAt: now, times: (before?.times ?? 0) + 1}
}

/** Whether a request was refused for so long that it will go on being refused. */
export function hasLasted({since, lastAt, times}: Refusals): boolean {
  return lastAt - since >= REFUSED_FOR_MS && times >= LEAST_REFUSALS
}

/** Milliseconds until a refused request is sent again. */
export function askAgainInMs({lastAt}: Refusals, now: number): number {
  return Math.max(0, lastAt + ASK_AGAIN_MS - now)
}
