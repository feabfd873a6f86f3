import {describe, expect, it} from '@jest/globals'
import type {ParameterValue} from '../../src/circleci/model.ts'
import {fingerprint, fingerprintAll} from '../../src/trigger/fingerprint.ts'

describe('fingerprint', () => {
  it('is a SHA-256 in hex that repeats', () => {
    expect(fingerprint('salt', 'suite', 'unit')).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprint('salt', 'suite', 'unit')).toBe(fingerprint('salt', 'suite', 'unit'))
  })

  it.each<[string, [string, string, ParameterValue], [string, string, ParameterValue]]>([
    ['the value', ['s', 'n', 'a'], ['s', 'n', 'b']],
    ['a number from its text', ['s', 'n', 1], ['s', 'n', '1']],
    ['a boolean from its text', ['s', 'n', true], ['s', 'n', 'true']],
    ['the name', ['s', 'n', 'a'], ['s', 'm', 'a']],
    ['the salt', ['s', 'n', 'a'], ['t', 'n', 'a']],
    ['where one part ends', ['s', 'na', 'b'], ['s', 'n', 'ab']],
    ['text with quotes', ['s', 'n', '","x'], ['s', 'n","', 'x']]
  ])('tells %s', (_what, one, other) => {
    expect(fingerprint(...one)).not.toBe(fingerprint(...other))
  })
})

describe('fingerprintAll', () => {
  it('keeps every name, whatever it is', () => {
    const all = fingerprintAll(
      's',
      JSON.parse('{"a": 1, "__proto__": "x"}') as Record<string, string>
    )
    expect(Object.keys(all)).toEqual(['a', '__proto__'])
    expect(all['a']).toBe(fingerprint('s', 'a', 1))
  })
})
