import {describe, expect, it} from '@jest/globals'

import type {Attempt} from '../../src/record/result.ts'
import {Pace} from '../../src/wait/schedule.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {aWaitContext, aWorkflow} from './builders.ts'

const MINUTE = 60_000

function anAttempt(status: string, createdAt: number | undefined, attempt = 1): Attempt {
  const time = createdAt === undefined ? '' : new Date(createdAt).toISOString()
  return {...aWorkflow({status, createdAt: time}), attempt, latest: true, deciding: true}
}

/** A pace whose first look is now; CircleCI's clock is so far behind (`undefined`: not known). */
function aPace({behindMs = 0}: {readonly behindMs?: number | undefined} = {}) {
  const clock = fakeClock()
  const serverNow = () => (Number.isNaN(behindMs) ? undefined : clock.now() - behindMs)
  const pace = new Pace(aWaitContext({clock, circleci: {serverNow}}, {isNew: false}))
  return {clock, pace}
}

describe('how long a workflow has been running when it is first seen', () => {
  it.each([
    {name: 'as old as CircleCI says', age: 2 * MINUTE, elapsed: 2 * MINUTE},
    {
      name: "by CircleCI's own clock, where that differs from ours",
      age: 2 * MINUTE,
      behindMs: 7 * MINUTE,
      elapsed: 2 * MINUTE
    },
    {
      name: 'not older than the look before, which did not see it',
      age: 9 * MINUTE,
      before: MINUTE,
      elapsed: MINUTE
    },
    {name: 'not younger than now', age: -9 * MINUTE, elapsed: 0},
    {name: 'new, where CircleCI has no time', age: undefined, elapsed: 0},
    {
      name: 'new, where there is no clock to compare with',
      age: 2 * MINUTE,
      behindMs: NaN,
      elapsed: 0
    }
  ])('$name', ({age, behindMs = 0, before, elapsed}) => {
    const {clock, pace} = aPace({behindMs})
    if (before !== undefined) {
      pace.note([])
      clock.advance(before)
    }
    const serverNow = clock.now() - (Number.isNaN(behindMs) ? 0 : behindMs)
    const attempt = anAttempt('running', age === undefined ? undefined : serverNow - age)
    pace.note([attempt])
    expect(pace.progressOf(attempt)).toEqual({elapsedMs: elapsed, durations: [], partial: false})
    clock.advance(MINUTE)
    expect(pace.progressOf(attempt).elapsedMs).toBe(elapsed + MINUTE)
  })

  it('counts anew from a hold, and from what follows it, which is only a part of a run', () => {
    const {clock, pace} = aPace()
    for (const status of ['running', 'on_hold', 'on_hold', 'running']) {
      pace.note([anAttempt(status, clock.now())])
      clock.advance(MINUTE)
    }
    const attempt = anAttempt('running', clock.now())
    expect(pace.progressOf(attempt)).toMatchObject({elapsedMs: MINUTE, partial: true})
  })

  it('takes a rerun that somebody asked for as a part of a run', () => {
    const {clock, pace} = aPace()
    const rerun = anAttempt('running', clock.now(), 2)
    pace.note([rerun])
    expect(pace.progressOf(rerun).partial).toBe(true)
  })
})

describe('what history says', () => {
  const history = (workflow: string) => ({
    ...{workflow, branch: undefined, runs: 1, durations: [60]},
    ...{medianSeconds: 60, p95Seconds: 60, successRate: 1}
  })

  it('counts for whole runs only, and is asked for once', async () => {
    const asked: string[] = []
    const historyOf = (workflow: string) => {
      asked.push(workflow)
      return Promise.resolve(history(workflow))
    }
    const clock = fakeClock()
    const pace = new Pace({
      ...aWaitContext({clock, circleci: {serverNow: () => clock.now()}}),
      historyOf
    })
    pace.learn('build')
    pace.learn('build')
    await Promise.resolve()
    expect(asked).toEqual(['build'])
    const running = anAttempt('running', clock.now())
    pace.note([running])
    expect(pace.progressOf(running).durations).toEqual([60])
    expect(pace.progressOf(running, true).durations).toEqual([])
    const held = anAttempt('on_hold', clock.now())
    pace.note([held])
    expect(pace.progressOf(held).durations).toEqual([])
  })
})
