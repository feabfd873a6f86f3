import {describe, expect, it} from '@jest/globals'

import {describeEta, type UsualDuration} from '../../src/report/progress.ts'

const MINUTE = 60_000

const usual = (medianSeconds: number, p95Seconds: number, runs = 20): UsualDuration => ({
  runs,
  medianSeconds,
  p95Seconds
})

describe('describeEta', () => {
  it.each([
    {
      name: 'minutes',
      history: usual(720, 900),
      elapsedMs: 7 * MINUTE,
      text: 'usually 12m, p95 15m; 7m so far'
    },
    {
      name: 'seconds',
      history: usual(46, 59),
      elapsedMs: 30_000,
      text: 'usually 46s, p95 59s; 30s so far'
    },
    {
      name: 'tens of seconds',
      history: usual(203, 288),
      elapsedMs: 72_000,
      text: 'usually 3m 20s, p95 4m 50s; 1m 10s so far'
    },
    {
      name: 'hours',
      history: usual(11_656, 18_856),
      elapsedMs: 7_000_000,
      text: 'usually 3h 14m, p95 5h 14m; 1h 57m so far'
    },
    {
      name: 'a median and a p95 that read the same',
      history: usual(720, 731),
      elapsedMs: 0,
      text: 'usually 12m; 0s so far'
    },
    {
      name: 'one run only',
      history: usual(720, 720, 1),
      elapsedMs: 7 * MINUTE,
      text: 'last run 12m; 7m so far'
    },
    {
      name: 'a rounding up into the next unit',
      history: usual(59.7, 299),
      elapsedMs: 3_599_000,
      text: 'usually 1m, p95 5m; 1h 00m so far, longer than that'
    },
    {
      name: 'a run past its p95',
      history: usual(720, 900),
      elapsedMs: 16 * MINUTE,
      text: 'usually 12m, p95 15m; 16m so far, longer than that'
    },
    {
      name: 'runs that took no time at all',
      history: usual(0, 0),
      elapsedMs: 3000,
      text: 'usually 0s; 3s so far, longer than that'
    }
  ])('tells $name', ({history, elapsedMs, text}) => {
    expect(describeEta(history, elapsedMs)).toBe(text)
  })

  it.each([
    {name: 'a history of no runs', history: usual(NaN, NaN, 0)},
    {name: 'figures that are no numbers', history: usual(NaN, 900)},
    {name: 'figures without end', history: usual(720, Infinity)},
    {name: 'figures below zero', history: usual(-1, 900)}
  ])('says nothing with $name', ({history}) => {
    expect(describeEta(history, 7 * MINUTE)).toBeUndefined()
  })
})

it.each([
  {elapsedMs: 15 * MINUTE, late: false},
  {elapsedMs: 15 * MINUTE + 1, late: true}
])('says that it takes longer: $late, $elapsedMs ms into a run with a p95 of 15 minutes', row => {
  expect(describeEta(usual(720, 900), row.elapsedMs)?.endsWith(', longer than that')).toBe(row.late)
})
