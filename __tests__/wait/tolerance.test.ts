import {describe, expect, it} from '@jest/globals'

import {askAgainInMs, hasLasted, refusedAt, type Refusals} from '../../src/wait/refusal.ts'
import {PATIENCE_MS, Tolerance} from '../../src/wait/tolerance.ts'

const SECOND = 1_000

function refusedAtSeconds(...times: readonly number[]): Refusals {
  const refusals = times.reduce<Refusals | undefined>(
    (before, seconds) => refusedAt(seconds * SECOND, before),
    undefined
  )
  if (refusals === undefined) throw new Error('nothing was refused')
  return refusals
}

describe('a refusal', () => {
  it.each([
    {times: [0], lasts: false},
    {times: [0, 10, 20, 30, 40, 50], lasts: false},
    {times: [0, 10, 20, 30, 40, 50, 60], lasts: true},
    {times: [0, 30, 60], lasts: false},
    {times: [0, 20, 40, 60], lasts: true},
    {times: [0, 1, 2, 3, 4, 5], lasts: false}
  ])('after $times seconds lasts: $lasts', ({times, lasts}) => {
    expect(hasLasted(refusedAtSeconds(...times))).toBe(lasts)
  })

  it('is asked about again ten seconds later', () => {
    const refusals = refusedAtSeconds(0, 10)
    expect(askAgainInMs(refusals, 12 * SECOND)).toBe(8 * SECOND)
    expect(askAgainInMs(refusals, 99 * SECOND)).toBe(0)
  })
})

describe('the tolerance of a wait', () => {
  /** What a wait does about answers: `r` refused, `e` error, `o` answered, one every ten seconds. */
  function bear(answers: string): {readonly last: boolean; readonly leftMs: number} {
    const tolerance = new Tolerance()
    let last = false
    for (const [index, answer] of answers.split('').entries()) {
      const now = index * 10 * SECOND
      last = false
      if (answer === 'o') tolerance.answered()
      if (answer === 'e') tolerance.failed(now)
      if (answer === 'r') last = tolerance.refused(now)
    }
    return {last, leftMs: tolerance.leftMs((answers.length - 1) * 10 * SECOND)}
  }

  it.each([
    {answers: 'rrrrrr', last: false},
    {answers: 'rrrrrrr', last: true},
    {answers: 'rrrrrrorrrrrr', last: false},
    {answers: 'rrrrrrerrrrrr', last: false},
    {answers: 'rrrrrrerrrrrrr', last: true},
    {answers: 'rererererererere', last: false}
  ])('believes a refusal after a minute of nothing else: $answers', ({answers, last}) => {
    expect(bear(answers).last).toBe(last)
  })

  it.each([
    {answers: 'o', leftMs: PATIENCE_MS},
    {answers: 'e'.repeat(7), leftMs: PATIENCE_MS - 60 * SECOND},
    {answers: 'er'.repeat(15) + 'e', leftMs: 0},
    {answers: 'er'.repeat(15) + 'oe', leftMs: PATIENCE_MS}
  ])('bears five minutes of errors, refusals among them: $answers', ({answers, leftMs}) => {
    expect(bear(answers).leftMs).toBe(leftMs)
  })

  it('takes a token for invalid that is refused twice, ten seconds apart', () => {
    const tolerance = new Tolerance()
    expect(tolerance.askedForUser(true, 0)).toBe(false)
    expect(tolerance.askedForUser(true, 9_999)).toBe(false)
    expect(tolerance.askedForUser(true, 10_000)).toBe(true)
    expect(tolerance.askedForUser(false, 20_000)).toBe(false)
    expect(tolerance.askedForUser(true, 30_000)).toBe(false)
    tolerance.answered()
    expect(tolerance.askedForUser(true, 40_000)).toBe(false)
  })
})
