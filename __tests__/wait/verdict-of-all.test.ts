import {describe, expect, it} from '@jest/globals'

import type {Conclusion} from '../../src/base/errors.ts'
import {verdictOfAll, type Verdict} from '../../src/record/result.ts'

describe('the one verdict of several pipelines', () => {
  /** Verdicts as `conclusion`, with a `+` where it passes. */
  it.each([
    {verdicts: 'success+ success+', expected: 0},
    {verdicts: 'skipped+ success+ action_required+', expected: 1},
    {verdicts: 'skipped+ action_required+', expected: 0},
    {verdicts: 'success+ skipped', expected: 1},
    {verdicts: 'skipped action_required', expected: 1},
    {verdicts: 'action_required cancelled', expected: 1},
    {verdicts: 'cancelled timed_out', expected: 1},
    {verdicts: 'timed_out failure', expected: 1},
    {verdicts: 'action_required+ skipped', expected: 1},
    {verdicts: 'success+ failure failure', expected: 1},
    {verdicts: '', expected: -1}
  ])('$verdicts: the one at $expected', ({verdicts, expected}) => {
    const all = verdicts
      .split(' ')
      .filter(text => text !== '')
      .map(text => ({
        conclusion: text.replace('+', '') as Conclusion,
        reason: undefined,
        passes: text.endsWith('+'),
        message: ''
      }))
    const verdict = verdictOfAll(all)
    expect(all.findIndex(one => one === verdict)).toBe(expected)
  })

  const worst: readonly Conclusion[] = [
    ...(['failure', 'timed_out', 'cancelled', 'action_required', 'skipped'] as const)
  ]
  const verdict = (conclusion: Conclusion, passes: boolean): Verdict => ({
    ...{conclusion, passes},
    reason: undefined,
    message: ''
  })
  const passing = (['success', 'action_required', 'skipped'] as const).map(one =>
    verdict(one, true)
  )
  const failing = worst.map(one => verdict(one, false))
  const all = [...failing, ...passing]
  const pairs = all.flatMap(one => all.map(other => ({one, other})))

  it.each(pairs)('$one.conclusion $one.passes, $other.conclusion $other.passes', ({one, other}) => {
    const found = verdictOfAll([one, other])
    const bad = [one, other].filter(({passes}) => !passes)
    const worse = bad.toSorted((a, b) => worst.indexOf(a.conclusion) - worst.indexOf(b.conclusion))
    const green = [one, other].find(({conclusion}) => conclusion === 'success')
    expect(found).toBe(worse[0] ?? green ?? one)
    expect(found?.passes).toBe(one.passes && other.passes)
  })
})
