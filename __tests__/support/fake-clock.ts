import type {Clock} from '../../src/base/clock.ts'

interface Alarm {
  readonly at: number
  readonly order: number
  readonly action: () => void
}

/** A clock whose time moves only when someone sleeps on it, or when a test calls `advance`. */
export interface FakeClock extends Clock {
  advance(ms: number): void
  /** Every sleep so far, in milliseconds. */
  readonly sleeps: readonly number[]
  /** How many sleeps and alarms are to come. */
  pending(): number
}

/**
 * Makes a `FakeClock`. The earliest sleeper wakes after a turn of the event loop, so real HTTP over loopback can
 * happen in between; alarms go off when time passes them, before the sleeper that was due later.
 */
export function fakeClock(start = Date.parse('2026-03-02T09:00:00Z')): FakeClock {
  let time = start
  let order = 0
  let alarms: Alarm[] = []
  const sleepers = new Set<Alarm>()
  const sleeps: number[] = []

  const earliest = (items: Iterable<Alarm>): Alarm | undefined =>
    [...items].sort((a, b) => a.at - b.at || a.order - b.order)[0]

  const moveTo = (target: number): void => {
    for (;;) {
      const next = earliest(alarms)
      if (next === undefined || next.at > target) break
      alarms = alarms.filter(alarm => alarm !== next)
      time = Math.max(time, next.at)
      next.action()
    }
    time = Math.max(time, target)
  }

  const wakeOne = (): void => {
    const next = earliest(sleepers)
    if (next === undefined) return
    // An alarm may end the sleep (it aborts a signal): then time stands still until somebody sleeps again.
    const alarm = earliest(alarms)
    if (alarm !== undefined && alarm.at <= next.at) {
      moveTo(alarm.at)
    } else {
      moveTo(next.at)
      if (sleepers.delete(next)) next.action()
    }
    if (sleepers.size > 0) setImmediate(wakeOne)
  }

  return {
    sleeps,
    pending: () => sleepers.size + alarms.length,
    now: () => time,
    advance: ms => {
      moveTo(time + ms)
    },
    sleep: (ms, signal) =>
      new Promise(resolve => {
        sleeps.push(ms)
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const wake = (): void => {
          signal?.removeEventListener('abort', wake)
          sleepers.delete(sleeper)
          resolve()
        }
        const sleeper: Alarm = {at: time + Math.max(0, ms), order: (order += 1), action: wake}
        sleepers.add(sleeper)
        signal?.addEventListener('abort', wake, {once: true})
        if (sleepers.size === 1) setImmediate(wakeOne)
      }),
    alarm: (ms, action) => {
      const alarm: Alarm = {at: time + Math.max(0, ms), order: (order += 1), action}
      alarms.push(alarm)
      return () => {
        alarms = alarms.filter(other => other !== alarm)
      }
    }
  }
}
