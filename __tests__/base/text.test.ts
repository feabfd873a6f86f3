import {expect, it} from '@jest/globals'
import {listOf} from '../../src/base/text.ts'

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c']
])('lists %j as people do', (names, text) => {
  expect(listOf(names)).toBe(text)
})
