import type {WaitContext} from './context.ts'
import {isUnfinished, phaseOf} from '../circleci/statuses.ts'
import {earliestPoll, type WorkflowProgress} from './schedule.ts'
import type {Look, Watch} from './watch.ts'

/** Never asks again sooner than this, in milliseconds. */
const SHORTEST_MS = 250
/** How many times longer than usual the pauses are while only people are waited for. */
const HELD_PATIENCE = 2

/**
 * Milliseconds until the next poll: the user's fixed interval, else the earliest time at which an answer about one of
 * the open workflows is worth a request. It comes earlier where the same facts would give a verdict before, where a
 * refused request is sent again, and where a listing only has to be confirmed.
 */
export function pauseBeforeNextPoll(context: WaitContext, watch: Watch, last: Look): number {
  const {pollIntervalMs} = context.settings
  const {decision, rollup} = last
  if (decision.kind === 'wait' && decision.unconfirmed === true) return SHORTEST_MS
  const settling = rollup.deciding.map(one => watch.settlesInMs(one) ?? Infinity)
  if (decision.kind === 'wait') settling.push(decision.withinMs ?? Infinity)
  if (pollIntervalMs !== undefined) {
    return Math.max(SHORTEST_MS, Math.min(pollIntervalMs, ...settling))
  }
  // A person is slower than a machine, and an approval is not missed for being seen a little later.
  const patience = decision.kind === 'wait' && decision.held === true ? HELD_PATIENCE : 1
  const scheduled = patience * earliestPoll(progressOf(context, watch, last))
  return Math.max(SHORTEST_MS, Math.min(scheduled, ...settling))
}

function progressOf({clock}: WaitContext, watch: Watch, {rollup}: Look): WorkflowProgress[] {
  const now = clock.now()
  const open = [...rollup.setup, ...rollup.deciding].filter(({status}) => isUnfinished(status))
  // Workflows, or more of them, are still to come.
  if (open.length === 0) return [{elapsedMs: watch.elapsedMs(), durations: []}]
  return open.map(attempt => {
    const {elapsedMs, partial} = watch.stretches.of(attempt, now)
    // How long a person takes to approve has nothing to do with how long runs take.
    const held = phaseOf(attempt.status) === 'on-hold'
    const durations = held ? [] : (watch.histories.get(attempt.name)?.durations ?? [])
    return {elapsedMs, durations, partial}
  })
}
