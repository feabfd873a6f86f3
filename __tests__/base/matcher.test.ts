import {describe, expect, it} from '@jest/globals'

import {commaLines, matcher, oneALine} from '../../src/base/matcher.ts'

const names = ['build', 'deploy', 'deploy-docs', 'nightly (linux)']
const long = `deploy-${'x'.repeat(1000)}`

describe('matcher', () => {
  it.each([
    {lines: [], expected: names},
    {lines: ['*'], expected: names},
    {lines: ['deploy*'], expected: ['deploy', 'deploy-docs']},
    {lines: ['deploy*', '!*-docs'], expected: ['deploy']},
    {lines: ['!*-docs', 'deploy*'], expected: ['deploy']},
    {lines: ['deploy', '!deploy'], expected: []},
    {lines: ['!deploy*'], expected: ['build', 'nightly (linux)']},
    {lines: ['!deploy', '!build'], expected: ['deploy-docs', 'nightly (linux)']},
    {lines: ['! build'], expected: ['deploy', 'deploy-docs', 'nightly (linux)']},
    {lines: ['!*'], expected: []},
    {lines: ['nightly (linux)'], expected: ['nightly (linux)']},
    {lines: ['!nightly (linux)', '*(l*'], expected: []}
  ])('selects by $lines', ({lines, expected}) => {
    const {matches} = matcher(lines)
    expect(names.filter(name => matches(name) === 'yes')).toEqual(expected)
  })

  it.each([
    {lines: ['deploy*'], name: long, expected: 'too-long'},
    {lines: ['!deploy*'], name: long, expected: 'too-long'},
    {lines: ['*', '!deploy*'], name: long, expected: 'too-long'},
    {lines: ['build', long], name: long, expected: 'yes'},
    {lines: ['*', `!${long}`, '!build*'], name: long, expected: 'no'},
    {lines: ['*'], name: long, expected: 'too-long'},
    {lines: ['**'], name: long, expected: 'too-long'},
    {lines: ['!*'], name: long, expected: 'too-long'},
    {lines: [], name: long, expected: 'yes'}
  ])('says $expected of a long name for $lines', ({lines, name, expected}) => {
    expect(matcher(lines).matches(name)).toBe(expected)
  })

  it('tells lines without "!" that match nothing', () => {
    const lines = ['deploy*', 'tset', '!nothing', '*-docs', '!deploy-docs']
    expect(matcher(lines).unmatched(names)).toEqual(['tset'])
    expect(matcher(lines).unmatched([])).toEqual(['deploy*', 'tset', '*-docs'])
  })
})

describe('oneALine', () => {
  it.each([
    {lines: ['build, test'], hint: true},
    {lines: ['build,test'], hint: true},
    {lines: ['build'], hint: false},
    {lines: ['{build,test}'], hint: false}
  ])('of $lines is $hint', ({lines, hint}) => {
    expect(oneALine(lines)).toBe(hint ? ' Names go one a line, without commas.' : '')
  })
})

describe('commaLines', () => {
  it.each([
    ['a, b', true],
    ['a,b,c', true],
    ['a, x', false],
    ['{a,b}', false],
    ['a', false],
    ['c, d', false]
  ])('%s', (line, isOne) => {
    expect(commaLines([line], ['a', 'b', 'c', 'd', 'c, d'])).toEqual(isOne ? [line] : [])
  })
})
