import type {WaitContext} from './context.ts'
import type {Look} from './watch.ts'

/** Never asks again sooner than this, in milliseconds. */
const SHORTEST_MS = 250

/**
 * Milliseconds until the next poll: the user's fixed interval, else the earliest time at which an answer of one of the
 * open workflows is worth a request, or at which the same facts would give a verdict.
 */
export function pauseBeforeNextPoll(context: WaitContext, last: Look): number {
  const {pollIntervalMs} = context.settings
  if (pollIntervalMs !== undefined) return pollIntervalMs
  const {decision} = last
  const within = decision.kind === 'wait' ? decision.withinMs : undefined
  const now = context.circleci.serverNow()
  const elapsed = Math.max(0, now - Date.parse(context.pipeline.createdAt))
  const pause = Math.min(20_000, Math.max(2_000, elapsed * 0.1))
  return Math.max(SHORTEST_MS, Math.min(pause, within ?? Infinity))
}
