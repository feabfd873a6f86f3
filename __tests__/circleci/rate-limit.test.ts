import {describe, expect, it} from '@jest/globals'

import {
  PACE_CAP_MS,
  paceMs,
  parseHttpDate,
  parseRateLimit,
  parseRetryAfter
} from '../../src/circleci/rate-limit.ts'

const NOW = Date.parse('2026-03-02T09:00:00Z')

describe('parseHttpDate', () => {
  it.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37.000Z'],
    ['sun, 06 nov 1994 08:49:37 gmt', '1994-11-06T08:49:37.000Z']
  ])('reads %j', (text, iso) => {
    expect(parseHttpDate(text)).toBe(Date.parse(iso))
  })

  it.each([
    undefined,
    '',
    '0',
    '12',
    '2026-03-02',
    'Sunday',
    'Sun Nov  6 08:49:37 1994',
    'then',
    'Sun, 99 Nov 1994 08:49:37 GMT'
  ])('finds no date in %j', text => {
    expect(parseHttpDate(text)).toBeUndefined()
  })
})

describe('parseRetryAfter', () => {
  it.each([
    ['7', 7000],
    [' 7 ', 7000],
    ['0', 0],
    ['1.5', 1500],
    ['99999999999999999999', 1e23],
    ['Mon, 02 Mar 2026 09:00:30 GMT', 30_000],
    ['Monday, 02-Mar-26 09:00:30 GMT', 30_000],
    ['Mon, 02 Mar 2026 08:00:00 GMT', 0],
    ['-7', undefined],
    ['7s', undefined],
    ['soon', undefined],
    ['Mon, soon', undefined],
    ['2026', 2_026_000],
    ['2026-03-02T09:00:30Z', undefined],
    ['', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['1e3', undefined]
  ])('takes %j for %p ms', (value, expected) => {
    expect(parseRetryAfter({'retry-after': value}, NOW)).toBe(expected)
  })

  it('is undefined without the header', () => {
    expect(parseRetryAfter({}, NOW)).toBeUndefined()
  })

  it("reckons a date by the server's own clock, when the answer tells it", () => {
    const headers = {
      'retry-after': 'Mon, 02 Mar 2026 10:00:05 GMT',
      date: 'Mon, 02 Mar 2026 10:00:00 GMT'
    }
    expect(parseRetryAfter(headers, NOW)).toBe(5000)
    expect(parseRetryAfter({...headers, date: 'yesterday'}, NOW)).toBe(3_605_000)
  })
})

describe('parseRateLimit', () => {
  it.each([
    [
      'RateLimit-*',
      {'ratelimit-limit': '100', 'ratelimit-remaining': '3', 'ratelimit-reset': '10'},
      {remaining: 3, limit: 100, resetMs: 10_000}
    ],
    [
      'X-RateLimit-*',
      {'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1'},
      {remaining: 0, limit: 300, resetMs: 1000}
    ],
    [
      'a window in the name, which tells the reset as well',
      {'x-ratelimit-limit-minute': '60', 'x-ratelimit-remaining-minute': '5'},
      {remaining: 5, limit: 60, resetMs: 60_000}
    ],
    ['the day', {'ratelimit-remaining-day': '5'}, {remaining: 5, resetMs: 86_400_000}],
    [
      'the lowest of several',
      {
        'x-ratelimit-remaining-second': '9',
        'x-ratelimit-remaining-hour': '2',
        'ratelimit-remaining': '7'
      },
      {remaining: 2, resetMs: 3_600_000}
    ],
    [
      'a policy after the number',
      {'ratelimit-remaining': '12', 'ratelimit-limit': '100, 100;w=60'},
      {remaining: 12, limit: 100, resetMs: undefined}
    ]
  ])('reads %s', (_, headers, expected) => {
    expect(parseRateLimit(headers)).toEqual({limit: undefined, ...expected})
  })

  it.each([
    [{}],
    [{'ratelimit-remaining': 'plenty'}],
    [{'ratelimit-remaining': '-1'}],
    [{'ratelimit-limit': '100', 'ratelimit-reset': '10'}]
  ])('finds none in %j', headers => {
    expect(parseRateLimit(headers)).toBeUndefined()
  })
})

describe('paceMs', () => {
  const limit = (remaining: number, resetMs: number | undefined = 10_000, most = 100) => ({
    remaining,
    limit: most,
    resetMs
  })

  it.each([
    ['nothing is known', undefined, 0, 0],
    ['there is room', limit(3), 0, 0],
    ['next to nothing is left', limit(2), 0, 10_000],
    ['nothing is left', limit(0), 0, 10_000],
    ['the reset is near by now', limit(0), 9000, 1000],
    ['the reset is past', limit(0), 11_000, 0],
    ['the reset is not told', {remaining: 0, limit: 100, resetMs: undefined}, 0, 0],
    ['the reset is half a minute away', limit(0, PACE_CAP_MS), 0, PACE_CAP_MS],
    ['the reset is further away', limit(0, PACE_CAP_MS + 1), 0, 5_000],
    ['the reset is far', limit(0, 3_600_000), 0, 5_000],
    ['the limit is so low that a reserve would starve us', limit(1, 10_000, 10), 0, 0],
    ['the limit is not told', {remaining: 2, limit: undefined, resetMs: 5000}, 0, 5000]
  ])('when %s', (_, told, age, expected) => {
    expect(paceMs(told, age)).toBe(expected)
  })
})
