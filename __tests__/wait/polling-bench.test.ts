import {describe, expect, it} from '@jest/globals'

import {missedAims} from '../../bench/polling/aims.ts'
import {replay, type Outcome} from '../../bench/polling/figures.ts'
import {MAIN, MORE, type Scenario} from '../../bench/polling/scenarios.ts'
import {renderTable} from '../../bench/polling/table.ts'
import {randomNumbers} from '../../simulator/identity.ts'

/** Small enough for a test: the bench itself replays forty times as much. */
const SIZE = {projects: 4, runs: 15, seed: 3}

const replayAll = (scenarios: readonly Scenario[]): Outcome[] =>
  scenarios.map(scenario => replay(scenario, SIZE))

describe('the schedule against fixed intervals', () => {
  it('meets every aim', () => {
    expect(missedAims(replayAll(MAIN), replayAll(MORE))).toEqual([])
  })
})

describe('the bench', () => {
  const [steady] = MAIN.filter(({name}) => name.startsWith('steady'))
  if (steady === undefined) throw new Error('There is no steady scenario')

  it('tells when an aim is missed', () => {
    const idle = replay(
      steady,
      {projects: 2, runs: 10, seed: 1},
      {fixedMs: 60_000, lagPerRequest: 1}
    )
    expect(missedAims([idle], [])).toEqual([
      expect.stringMatching(/^The mean gain over the main scenarios is 0\.\d\d, below 3\.$/),
      expect.stringMatching(/^The mean gain over all scenarios is 0\.\d\d, below 3\.$/),
      expect.stringMatching(/^The gain of "steady ten minutes" is 0\.\d\d, below 1\.$/),
      expect.stringMatching(/^The p95 lag of "steady ten minutes" is \d{3} % of the longer of/)
    ])
  })

  it('takes a fixed interval for what it is: as good as itself', () => {
    const size = {projects: 200, runs: 5, seed: 1}
    const {schedule, fixed} = replay(steady, size, {fixedMs: 10_000, lagPerRequest: 1})
    // One more for history.
    expect(schedule.requests).toBeCloseTo((fixed[1]?.requests ?? 0) + 1, 0)
    expect(schedule.lag).toBeCloseTo(fixed[1]?.lag ?? 0, 0)
  })

  it('repeats itself', () => {
    const size = {projects: 2, runs: 3, seed: 7}
    expect(replay(steady, size)).toEqual(replay(steady, size))
  })

  it.each([
    {name: '`build`', mean: 12_847, deviation: 3489},
    {name: '`ecr_gc`', mean: 49, deviation: 11}
  ])('draws runs like those of $name in the guide', ({name, mean, deviation}) => {
    const random = randomNumbers(3)
    const [kind] = MAIN.find(scenario => scenario.name.startsWith(name))?.project(random) ?? []
    const drawn = Array.from({length: 5000}, () => kind?.durations(random) ?? NaN)
    const drawnMean = drawn.reduce((sum, each) => sum + each, 0) / drawn.length
    const squares = drawn.reduce((sum, each) => sum + (each - drawnMean) ** 2, 0)
    expect(Math.abs(drawnMean / mean - 1)).toBeLessThan(0.02)
    expect(Math.abs(Math.sqrt(squares / drawn.length) / deviation - 1)).toBeLessThan(0.1)
  })

  it('renders a Markdown table', () => {
    const lines = renderTable([replay(steady, {projects: 1, runs: 1, seed: 1})])
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(4)
    expect(new Set(lines.map(line => line.split('|').length))).toEqual(new Set([9]))
  })
})
