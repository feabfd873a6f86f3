import {describe, expect, it} from '@jest/globals'

import {lineIn, referencesIn} from '../../src/collect/test-location.ts'
import {cpuTime} from '../support/cpu-time.ts'

describe('lineIn', () => {
  it.each([
    [
      'jest',
      'src/cart.test.ts',
      'Error: x\n    at Object.<anonymous> (/home/circleci/project/src/cart.test.ts:12:5)\n    at y (src/cart.test.ts:99:1)',
      12
    ],
    ['vitest', 'src/cart.test.ts', ' ❯ src/cart.test.ts:12:5', 12],
    [
      'mocha in ES modules',
      'src/cart.test.ts',
      'at Context.<anonymous> (file:///root/project/src/cart.test.ts:12:5)',
      12
    ],
    [
      'Windows',
      'src/cart.test.ts',
      'at x (C:\\Users\\circleci\\project\\src\\cart.test.ts:12:5)',
      12
    ],
    [
      'pytest',
      'tests/test_cart.py',
      '>   assert 1 == 2\nE   assert 1 == 2\n\ntests/test_cart.py:12: AssertionError',
      12
    ],
    [
      'a Python traceback',
      'tests/test_cart.py',
      'Traceback:\n  File "/home/circleci/project/tests/test_cart.py", line 12, in test_x',
      12
    ],
    ['go', 'pkg/cart_test.go', '    cart_test.go:12: expected 1', 12],
    [
      'rspec',
      'spec/cart_spec.rb',
      "# ./spec/cart_spec.rb:12:in `block (2 levels) in <top (required)>'",
      12
    ],
    [
      'junit',
      'src/test/java/com/acme/CartTest.java',
      'at com.acme.CartTest.adds(CartTest.java:12)',
      12
    ],
    ['phpunit', 'tests/CartTest.php', '/home/circleci/project/tests/CartTest.php:12', 12],
    ['PHP', 'tests/CartTest.php', 'Error: x in /root/project/tests/CartTest.php on line 12', 12],
    [
      '.NET',
      'Tests/Cart.cs',
      '   at Shop.Cart() in /home/circleci/project/Tests/Cart.cs:line 12',
      12
    ],
    ['Visual Studio', 'Tests/Cart.cs', 'Tests\\Cart.cs(12,5): error', 12],
    ['exunit', 'test/cart_test.exs', 'test/cart_test.exs:12', 12],
    ['a path in part', 'packages/web/src/cart.test.ts', 'at src/cart.test.ts:12:5', 12],
    [
      'names with spaces and regular expression characters',
      'src/[id] (new)+.test.ts',
      'at src/[id] (new)+.test.ts:12:5',
      12
    ],
    [
      'a later mention when the first has no line',
      'src/cart.test.ts',
      'src/cart.test.ts failed\nat src/cart.test.ts:12',
      12
    ]
  ])('reads the form of %s', (_, file, message, line) => {
    expect(lineIn(message, file, 'shop')).toBe(line)
  })

  it.each([
    ['another folder', 'at other/cart.test.ts:12:5'],
    ['a longer name', 'at src/big-cart.test.ts:12:5'],
    ['no line', 'src/cart.test.ts: failed'],
    ['line zero', 'src/cart.test.ts:0'],
    ['an absurd number', 'src/cart.test.ts:123456789012'],
    ['nothing', '']
  ])('tells no line from %s', (_, message) => {
    expect(lineIn(message, 'src/cart.test.ts', 'shop')).toBeUndefined()
  })
})

describe('referencesIn', () => {
  it('finds all places in order', () => {
    expect(
      referencesIn(
        'expected localhost:8080 at 12:30 v1.2:3\n at x (/a/b.ts:1:2)\n File "/c/d.py", line 7, in x\n e_test.go:9: no\n F.java:0'
      )
    ).toEqual([
      {path: '/a/b.ts', line: 1},
      {path: '/c/d.py', line: 7},
      {path: 'e_test.go', line: 9}
    ])
  })

  it.each(['/', 'src/', '', `${'a/'.repeat(600)}x.ts`])('knows no line of %j', file => {
    expect(lineIn(`at ${file}:12`, file, 'shop')).toBeUndefined()
  })

  it('stops at fifty', () => {
    expect(referencesIn('a.ts:1\n'.repeat(100))).toHaveLength(50)
  })

  it.each([
    ['dots', '.'.repeat(1_000_000)],
    ['colons', ':1'.repeat(500_000)],
    ['names', 'a.b'.repeat(300_000)],
    ['one long path', '/a'.repeat(500_000)],
    ['mentions without a line', 'cart.test.ts '.repeat(80_000)]
  ])('takes no time over a megabyte of %s', (_, text) => {
    const spent = cpuTime(() => {
      referencesIn(text)
      lineIn(text, 'src/cart.test.ts', 'shop')
    })
    expect(spent).toBeLessThan(500)
  })
})
