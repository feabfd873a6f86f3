import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {formatDuration, parseDuration} from '../../src/base/text.ts'

describe('parseDuration', () => {
  it.each<[string, number]>([
    ['90', 90],
    ['0', 0],
    ['007', 7],
    ['90s', 90],
    ['30m', 1_800],
    ['2h', 7_200],
    ['1h30m', 5_400],
    ['1h30m15s', 5_415],
    ['1h15s', 3_615],
    ['1m90s', 150],
    ['0s', 0],
    [' 30m\n', 1_800],
    ['1H30M', 5_400],
    ['999999999', 999_999_999]
  ])('"%s" is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  it.each([
    '',
    ' ',
    'soon',
    's',
    'h',
    '-1',
    '+1',
    '1.5h',
    '1,5h',
    '1e3',
    '0x10',
    '30m1h',
    '1s1s',
    '1 h',
    '1h 30m',
    '1d',
    '100ms',
    'PT1H',
    '1h30',
    '30 minutes',
    '٣٠m',
    '１０',
    '1000000000',
    '1h\u0000',
    'NaN',
    'Infinity',
    'auto',
    '9'.repeat(400)
  ])('"%s" is none', text => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('formatDuration', () => {
  it.each<[number, string]>([
    [0, '0.0s'],
    [-5_000, '0.0s'],
    [40, '0.0s'],
    [400, '0.4s'],
    [949, '0.9s'],
    [950, '1s'],
    [1_499, '1s'],
    [12_000, '12s'],
    [59_499, '59s'],
    [59_500, '1m 00s'],
    [185_000, '3m 05s'],
    [3_599_499, '59m 59s'],
    [3_599_500, '1h 00m'],
    [3_720_000, '1h 02m'],
    [90_000_000, '25h 00m']
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('never shows 60 of anything', () => {
    fc.assert(
      fc.property(fc.integer({min: 0, max: 400_000_000}), ms => {
        expect(formatDuration(ms)).toMatch(
          /^(?:0\.\d|[1-5]?\d)s$|^[1-5]?\dm [0-5]\ds$|^\d+h [0-5]\dm$/
        )
      })
    )
  })

  it('is what parseDuration reads, to the second', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 3_599}), seconds => {
        expect(parseDuration(formatDuration(seconds * 1_000).replace(' ', ''))).toBe(seconds)
      })
    )
  })
})
