import {expect, it} from '@jest/globals'

import {parseHttpDate} from '../../src/circleci/http-date.ts'

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
