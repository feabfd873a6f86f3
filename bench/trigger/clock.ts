import type {Clock} from '../../src/base/clock.ts'

/**
 * A clock for one thing at a time: whoever sleeps moves it on, at once. Alarms go off on the way; one that aborts the
 * sleeper's signal stops the clock there.
 */
export function virtualClock(start = Date.parse('2026-03-02T09:00:00Z')): Clock {
  let time = start
  let alarms: {readonly at: number; readonly action: () => void}[] = []

  const ringUntil = (target: number, signal: AbortSignal | undefined): void => {
    while (signal?.aborted !== true) {
      const [next] = alarms.filter(({at}) => at <= target).sort((a, b) => a.at - b.at)
      if (next === undefined) {
        time = target
        return
      }
      alarms = alarms.filter(alarm => alarm !== next)
      time = Math.max(time, next.at)
      next.action()
    }
  }

  return {
    now: () => time,
    sleep: (ms, signal) => {
      ringUntil(time + Math.max(0, ms), signal)
      return Promise.resolve()
    },
    alarm: (ms, action) => {
      const alarm = {at: time + Math.max(0, ms), action}
      alarms.push(alarm)
      return () => {
        alarms = alarms.filter(other => other !== alarm)
      }
    }
  }
}
