import {describe, expect, it} from '@jest/globals'

import type {Attempt} from '../../src/record/result.ts'
import {Stretches} from '../../src/wait/schedule.ts'
import {aWorkflow} from './builders.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const MINUTE = 60_000

function anAttempt(status: string, createdAt: number | undefined, attempt = 1): Attempt {
  const time = createdAt === undefined ? '' : new Date(createdAt).toISOString()
  return {...aWorkflow({status, createdAt: time}), attempt, latest: true, deciding: true}
}

describe('how long a workflow has been running when it is first seen', () => {
  const times = {now: NOW, serverNow: NOW, before: -Infinity}

  it.each([
    {name: 'as old as CircleCI says', age: 2 * MINUTE, times, elapsed: 2 * MINUTE},
    {
      name: "by CircleCI's own clock, where that differs from ours",
      age: 2 * MINUTE,
      times: {...times, now: NOW + 7 * MINUTE},
      elapsed: 2 * MINUTE
    },
    {
      name: 'not older than the look before, which did not see it',
      age: 9 * MINUTE,
      times: {...times, before: NOW - MINUTE},
      elapsed: MINUTE
    },
    {name: 'not younger than now', age: -9 * MINUTE, times, elapsed: 0},
    {name: 'new, where CircleCI tells no time', age: undefined, times, elapsed: 0},
    {
      name: 'new, where there is no clock to compare with',
      age: 2 * MINUTE,
      times: {...times, serverNow: undefined},
      elapsed: 0
    }
  ])('$name', ({age, times: {now, serverNow, before}, elapsed}) => {
    const stretches = new Stretches()
    const attempt = anAttempt('running', age === undefined ? undefined : NOW - age)
    stretches.update([attempt], {now, serverNow, before})
    expect(stretches.progressOf(attempt, [], now)).toEqual({
      elapsedMs: elapsed,
      durations: [],
      partial: false
    })
    expect(stretches.progressOf(attempt, [], now + MINUTE).elapsedMs).toBe(elapsed + MINUTE)
  })

  it('counts anew from a hold, and from what follows it, which is only a part of a run', () => {
    const stretches = new Stretches()
    for (const [index, status] of ['running', 'on_hold', 'on_hold', 'running'].entries()) {
      const now = NOW + index * MINUTE
      const attempt = anAttempt(status, NOW)
      stretches.update([attempt], {now, serverNow: now, before: now - MINUTE})
    }
    const attempt = anAttempt('running', NOW)
    expect(stretches.progressOf(attempt, [60], NOW + 5 * MINUTE)).toEqual({
      durations: [60],
      elapsedMs: 2 * MINUTE,
      partial: true
    })
  })

  it('takes a rerun that somebody asked for as a part of a run', () => {
    const stretches = new Stretches()
    const rerun = anAttempt('running', NOW, 2)
    stretches.update([rerun], times)
    expect(stretches.progressOf(rerun, [], NOW).partial).toBe(true)
  })
})
