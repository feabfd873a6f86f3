import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import picomatch from 'picomatch'

import {glob} from '../../src/base/glob.ts'
import {cpuTime} from '../support/cpu-time.ts'

const TOKENS = ['a', 'b', '/', '.', '*', '**/', '[ab]', '{a,b}', '{a,b/*}', '@(a|ab)', '+(a|b)']

describe('glob', () => {
  it.each([
    {pattern: 'build', yes: ['build'], no: ['Build', 'build ', 'rebuild', '']},
    {pattern: '*.xml', yes: ['a.xml', '.xml'], no: ['a/b.xml', 'a.xml.gz']},
    {pattern: '**/*.xml', yes: ['a.xml', 'a/b/.c.xml'], no: ['a.xmls']},
    {pattern: 'a/**', yes: ['a', 'a/b', 'a/.b/c'], no: ['ab', 'b/a']},
    {pattern: 'a/**/b', yes: ['a/b', 'a/x/y/b'], no: ['ab', 'a/xb']},
    {pattern: '*/**', yes: ['a/b', 'a/b/c'], no: ['a']},
    {pattern: 'a**b', yes: ['ab', 'axb'], no: ['a/b']},
    {pattern: 'a?c', yes: ['abc', 'a🚀c'], no: ['ac', 'a/c', 'abbc']},
    {pattern: '[a-c0]', yes: ['a', 'c', '0'], no: ['d', '-']},
    {pattern: '[!a]x', yes: ['bx'], no: ['ax', '/x']},
    {pattern: '[^a]x', yes: ['bx', '!x'], no: ['ax']},
    {pattern: '[]a]', yes: [']', 'a'], no: ['b']},
    {pattern: '[\\]\\-]', yes: [']', '-'], no: ['\\']},
    {pattern: '{a,b/{c,d}}', yes: ['a', 'b/c', 'b/d'], no: ['b', 'c']},
    {pattern: 'v{9..11}', yes: ['v9', 'v10', 'v11'], no: ['v8', 'v12', 'v1']},
    {pattern: '{a..c}', yes: ['b'], no: ['d', 'a..c']},
    {pattern: '(a|b)c', yes: ['ac', 'bc'], no: ['c']},
    {pattern: '?(a)b', yes: ['b', 'ab'], no: ['aab']},
    {pattern: '*(a|b)c', yes: ['c', 'abac'], no: ['axc']},
    {pattern: '+(a)b', yes: ['ab', 'aab'], no: ['b']},
    {pattern: '@(a|b)', yes: ['a', 'b'], no: ['ab', '']},
    {pattern: '!(*.map)', yes: ['a.js', '.map.js'], no: ['a.map', 'a/b']},
    {pattern: 'x*!(a)', yes: ['x', 'xa', 'xb', 'xaa'], no: ['x/b', 'y']},
    {pattern: '*/!(a)', yes: ['x/b', 'x/aa'], no: ['x/a', 'b', 'x/b/c']},
    {pattern: '**/!(a|b).js', yes: ['c.js', 'x/ab.js'], no: ['a.js', 'x/b.js']},
    {pattern: '\\*\\{', yes: ['*{'], no: ['a{']},
    {pattern: 'test (node *)', yes: ['test (node 20)'], no: ['test node 20']},
    {pattern: '{a', yes: ['{a'], no: ['a']},
    {pattern: '{a}', yes: ['{a}'], no: ['a']},
    {pattern: '[a', yes: ['[a'], no: ['a']},
    {pattern: '!(a', yes: ['!(a'], no: ['b']},
    {pattern: '{1..9999999}', yes: ['{1..9999999}'], no: ['5']},
    {pattern: 'a\\', yes: ['a\\'], no: ['a']},
    {pattern: 'a\n*', yes: ['a\nb\u2028c'], no: ['a']}
  ])('reads $pattern', ({pattern, yes, no}) => {
    const matches = glob(pattern, 'path')
    expect(yes.filter(text => !matches(text))).toEqual([])
    expect(no.filter(matches)).toEqual([])
  })

  it('takes the slash of a name for a character like others', () => {
    expect(glob('*', 'name')('node/test')).toBe(true)
    expect(glob('node?t*', 'name')('node/test/x')).toBe(true)
  })

  it('reads what both know as picomatch does', () => {
    const pattern = fc
      .array(fc.constantFrom(...TOKENS), {minLength: 1, maxLength: 5})
      .map(tokens => tokens.join(''))
      // Where picomatch reads stars beside stars, a final `*.*` and a leading `./` in ways of its own.
      .filter(text => !/^\.?\/|\/\/|\*\*\/\*\*|\*\*[^/]|\*\.\*?$|[^/]\*\*|\*[+@]|\)[*+]/.test(text))
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', '.a', 'a.b'), {minLength: 1, maxLength: 4})
      .map(segments => segments.join('/'))
    const differs = fc.check(
      fc.property(pattern, path, (pattern, path) => {
        const expected = picomatch(pattern, {dot: true, nonegate: true, windows: false})(path)
        return glob(pattern, 'path')(path) === expected
      }),
      {numRuns: 2000}
    ).counterexample
    expect(differs).toBeNull()
  })

  it.each([
    '*a*a*a*a*b',
    '**/*a*/**/*a*/**/b',
    '*(a|aa|aaa)b',
    '{*a,a*}{*a,a*}{*a,a*}b',
    '?*?*?*?*b',
    '*!(*b)c',
    '**/*!(a|b)*!(*c)d'
  ])('holds a made-up text against %s in time that grows with its length', pattern => {
    const matches = glob(pattern, 'path')
    const spent = (length: number): number => {
      const text = 'a'.repeat(length)
      return Math.min(
        ...[1, 2, 3].map(() =>
          cpuTime(() => {
            for (let count = 0; count < 100; count += 1) matches(text)
          })
        )
      )
    }
    expect(spent(1000)).toBeLessThan(40 * spent(100))
  })
})
