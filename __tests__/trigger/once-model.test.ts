import {beforeAll, describe, expect, it} from '@jest/globals'
import {triggerBlindly} from '../../bench/trigger/blind.ts'
import {measure, type Figures} from '../../bench/trigger/figures.ts'

/** Schedules of the model test; the seeds are fixed, so that a failure can be run again. */
const RUNS = 1_000
const BEYOND = 250

describe('triggerOnce, in a world of faults', () => {
  let figures: Figures
  let beyond: Figures

  beforeAll(async () => {
    figures = await measure(RUNS)
    beyond = await measure(BEYOND, 100_001, {lagMs: 40_000, abortAt: undefined, twins: false})
  })

  it('never makes two pipelines, takes a stranger, or is in doubt without a reason', () => {
    expect(figures.violations).toEqual([])
    expect(figures.doubled).toBe(figures.doubledAndSaid)
    expect(figures.runs).toBe(RUNS)
  })

  it('has been through everything', () => {
    for (const [ending, count] of Object.entries(figures.endings)) {
      expect([ending, count > 20]).toEqual([ending, true])
    }
    expect(figures.lost).toBeGreaterThan(RUNS / 3)
    expect(figures.retried).toBeGreaterThan(RUNS / 10)
    expect(figures.resent).toBeGreaterThan(RUNS / 20)
  })

  it("takes another's pipeline only where the very same request was sent with the same token", () => {
    expect(figures.twinsTaken).toBeGreaterThan(0)
    expect(figures.twinsTaken).toBeLessThan(RUNS / 50)
  })

  it('says so when listings that lag longer than any search waits hide a first pipeline that then turns up', () => {
    expect(beyond.violations).toEqual([])
    expect(beyond.doubledAndSaid).toBeGreaterThan(0)
  })

  it('would not let a client pass that simply sends again', async () => {
    const blind = await measure(200, 1, {}, triggerBlindly)
    expect(blind.doubled).toBeGreaterThan(20)
    const seen = blind.violations.filter(what => what.endsWith('made two pipelines'))
    expect(seen.length).toBeGreaterThan(20)
  })
})
