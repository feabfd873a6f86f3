import {describe, expect, it} from '@jest/globals'

import {Outage} from '../../src/base/log.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'

const MINUTE = 60_000
const FAULT = new Error('GET /api/v2/me was answered 503.')

function bench(): {
  readonly outage: Outage
  readonly fail: (after: number, leftMs: number, pauseMs?: number) => void
  readonly pass: (ms: number) => void
  readonly said: () => readonly string[]
  readonly lines: readonly string[]
} {
  const clock = fakeClock()
  const log = recordedLog()
  const outage = new Outage('The trigger', {clock, log})
  return {
    outage,
    pass: ms => {
      clock.advance(ms)
    },
    fail: (after, leftMs, pauseMs = 100) => {
      clock.advance(after)
      outage.failed(FAULT, pauseMs, leftMs)
    },
    said: () => log.lines.filter(line => !line.startsWith('debug: ')),
    lines: log.lines
  }
}

describe('an outage', () => {
  it('of a single attempt is for debugging only', () => {
    const {outage, fail, said, lines} = bench()
    fail(0, MINUTE)
    outage.over()
    expect(said()).toEqual([])
    expect(lines).toEqual([
      'debug: The trigger failed: GET /api/v2/me was answered 503. Trying again in 0.1s.'
    ])
  })

  it('is told at the second failure, then twice a minute at most, then its end', () => {
    const {outage, fail, pass, said} = bench()
    for (let second = 0; second <= 75; second += 1)
      fail(second === 0 ? 0 : 1000, 300_000 - second * 1000)
    pass(5000)
    outage.over()
    expect(said()).toEqual([
      'warning: The trigger failed: GET /api/v2/me was answered 503. Retrying for up to 4m 59s.',
      'info: The trigger still fails after 32 failed attempts in 31s; 4m 29s left.',
      'info: The trigger still fails after 62 failed attempts in 1m 01s; 3m 59s left.',
      'info: The trigger succeeded after 76 failed attempts in 1m 20s.'
    ])
  })

  it('is told at once when nothing is tried for a while', () => {
    const {outage, fail, pass, said} = bench()
    fail(0, 300_000, 40_000)
    pass(40_000)
    outage.over()
    expect(said()).toEqual([
      'warning: The trigger failed: GET /api/v2/me was answered 503. Retrying for up to 5m 00s.',
      'info: The trigger succeeded after 1 failed attempt in 40s.'
    ])
  })

  it('that comes and goes is a warning once, and told twice a minute at most', () => {
    const {outage, fail, said} = bench()
    for (let second = 0; second < 90; second += 1) {
      fail(500, MINUTE)
      fail(500, MINUTE)
      outage.over()
    }
    expect(said().map(line => line.slice(0, 20))).toEqual([
      'warning: The trigger',
      'info: The trigger su',
      'info: The trigger fa',
      'info: The trigger su',
      'info: The trigger fa',
      'info: The trigger su'
    ])
  })

  it('tells another cause, and no time left where none is known', () => {
    const {outage, pass, said} = bench()
    outage.failed(FAULT, 100)
    outage.failed(FAULT, 100)
    pass(30_000)
    outage.failed(new Error('refused'), 100)
    expect(said()).toEqual([
      'warning: The trigger failed: GET /api/v2/me was answered 503. Retrying.',
      'info: The trigger still fails after 3 failed attempts in 30s: refused.'
    ])
  })
})
