import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {
  AUTO,
  earliestPoll,
  longestPause,
  nextPoll,
  type WorkflowProgress
} from '../../src/wait/schedule.ts'

/** Ten minutes, give or take ten seconds. */
const STEADY = [590, 592, 595, 596, 598, 599, 600, 600, 601, 602, 604, 605, 607, 608, 610]

const at = (seconds: number, durations: readonly number[] = []): WorkflowProgress => ({
  elapsedMs: seconds * 1000,
  durations
})

/** The times, in seconds, of all polls from the start until `end`. */
function pollsUntil(end: number, durations: readonly number[], partial = false): number[] {
  const polls: number[] = []
  for (let now = 0; now < end;) {
    now += nextPoll({...at(now, durations), partial}) / 1000
    polls.push(now)
  }
  return polls
}

/** The pauses before each poll, paired with the time of that poll, in seconds. */
function pausesOf(polls: readonly number[]): {at: number; pause: number}[] {
  return polls.map((poll, index) => ({at: poll, pause: poll - (polls[index - 1] ?? 0)}))
}

const hostileDurations = fc.array(
  fc.oneof(
    fc.double(),
    fc.double({min: 0, max: 1e5, noNaN: true}),
    fc.integer({min: -10, max: 20_000}),
    fc.constantFrom(0, -1, 600, 600, 1e-300, 1e300, NaN, Infinity, -Infinity)
  ),
  {maxLength: 60}
)
const hostileElapsed = fc.oneof(
  fc.double(),
  fc.double({min: 0, max: 1e8, noNaN: true}),
  fc.constantFrom(0, -5000, 1e15, NaN, Infinity, -Infinity)
)

describe('nextPoll', () => {
  it('stays between the floor and the cap, whatever history says', () => {
    fc.assert(
      fc.property(
        hostileElapsed,
        hostileDurations,
        fc.boolean(),
        (elapsedMs, durations, partial) => {
          const pause = nextPoll({elapsedMs, durations, partial})
          const from = Number.isFinite(elapsedMs) ? Math.max(0, elapsedMs) : 0
          expect(pause).toBeGreaterThanOrEqual(1000)
          expect(pause).toBeLessThanOrEqual(longestPause(from + pause) * 1.001)
        }
      ),
      {numRuns: 500}
    )
  })

  it('takes no notice of durations that are none, nor of their order', () => {
    const shuffled = [NaN, ...STEADY.toReversed(), 0, -600, Infinity]
    expect(nextPoll(at(300, shuffled))).toBe(nextPoll(at(300, STEADY)))
    expect(nextPoll(at(300, [NaN, 0, -1]))).toBe(nextPoll(at(300)))
  })

  it('learns about the same from a thousand runs as from some of them', () => {
    const many = Array.from({length: 1000}, (_, index) => 500 + index / 5)
    const few = Array.from({length: 40}, (_, index) => 502 + index * 5)
    for (const seconds of [10, 300, 520, 650, 800]) {
      const ratio = nextPoll(at(seconds, many)) / nextPoll(at(seconds, few))
      expect(Math.abs(Math.log(ratio))).toBeLessThan(0.2)
    }
  })

  it('is the fixed interval when there is one', () => {
    expect(nextPoll(at(300, STEADY), {...AUTO, fixedMs: 7000})).toBe(7000)
  })

  it('asks more often the less lag a request must save', () => {
    fc.assert(
      fc.property(
        fc.double({min: 0, max: 2000, noNaN: true}),
        fc.array(fc.integer({min: 1, max: 1500}), {minLength: 1, maxLength: 30}),
        (seconds, durations) => {
          const eager = nextPoll(at(seconds, durations), {lagPerRequest: AUTO.lagPerRequest / 10})
          const lazy = nextPoll(at(seconds, durations), {lagPerRequest: AUTO.lagPerRequest * 10})
          expect(eager).toBeLessThanOrEqual(lazy * 1.02)
        }
      )
    )
  })
})

describe('nextPoll without history', () => {
  it('grows from 2 s to 20 s', () => {
    const pauses = pausesOf(pollsUntil(3 * 3600, [])).map(({pause}) => Math.round(pause * 1000))
    expect(pauses[0]).toBe(2000)
    expect(pauses.at(-1)).toBe(20_000)
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
  })
})

describe('nextPoll with a history', () => {
  const pauses = pausesOf(pollsUntil(3600, STEADY))
  const within = (from: number, to: number): number[] =>
    pauses.filter(({at: poll}) => poll > from && poll < to).map(({pause}) => pause)

  it('is rare while the run is far from any end seen before', () => {
    expect(Math.min(...within(60, 540))).toBeGreaterThan(12)
  })

  it('looks in time for a run that fails early', () => {
    expect(Math.max(...within(0, 540))).toBeLessThan(35)
  })

  it('is dense where runs end', () => {
    expect(Math.max(...within(592, 608))).toBeLessThan(1.5)
  })

  it('does not sleep into the likely ends', () => {
    for (let seconds = 500; seconds < 590; seconds += 3) {
      expect(seconds + nextPoll(at(seconds, STEADY)) / 1000).toBeLessThan(600)
    }
  })

  it('thins out after the last end', () => {
    const late = within(700, 3600)
    expect(late).toEqual(late.toSorted((a, b) => a - b))
    expect(late[0]).toBeGreaterThan(3)
    expect(late[0]).toBeLessThan(10)
  })

  it('rests between two ways to end', () => {
    const history = [58, 60, 62, 717, 719, 720, 721, 722]
    const between = pausesOf(pollsUntil(800, history)).filter(
      ({at: poll}) => poll > 150 && poll < 650
    )
    expect(Math.min(...between.map(({pause}) => pause))).toBeGreaterThan(10)
    expect(nextPoll(at(60, history))).toBeLessThan(3000)
    expect(nextPoll(at(719, history))).toBeLessThan(1500)
  })

  it('finds a narrow crowd at the end of long pauses', () => {
    const history = Array.from({length: 30}, () => 7200)
    const around = pausesOf(pollsUntil(7300, history)).find(({at: poll}) => poll >= 7200)
    expect(around?.pause).toBeLessThan(3)
  })

  it('takes a single run for a hint only', () => {
    expect(nextPoll(at(600, [600]))).toBeLessThan(2000)
    expect(nextPoll(at(600, [600]))).toBeLessThan(nextPoll(at(300, [600])))
  })

  it('expects a part of a run to end at any moment up to a whole one', () => {
    const whole = pollsUntil(500, STEADY)
    const part = pollsUntil(500, STEADY, true)
    expect(part.length).toBeGreaterThan(1.5 * whole.length)
    expect(Math.max(...pausesOf(part).map(({pause}) => pause))).toBeLessThan(6)
  })
})

describe('earliestPoll', () => {
  it('is the earliest time that is useful for one of the workflows', () => {
    const workflows = [at(300, STEADY), at(100, [100, 101, 102]), at(20)]
    const pauses = workflows.map(progress => nextPoll(progress))
    expect(earliestPoll(workflows)).toBe(Math.min(...pauses))
    expect(earliestPoll(workflows.toReversed())).toBe(Math.min(...pauses))
  })

  it('is that of a pipeline just made while there is no workflow', () => {
    expect(earliestPoll([])).toBe(nextPoll(at(0)))
    expect(earliestPoll([], {...AUTO, fixedMs: 1000})).toBe(1000)
  })
})
