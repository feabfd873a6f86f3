import {describe, expect, it} from '@jest/globals'
import {declaresParameters} from '../../src/trigger/declares.ts'

const SOME = 'version: 2.1\nparameters:\n  suite: {type: string, default: all}\n'
const NONE = 'version: 2.1\njobs: {}\n'

describe('declaresParameters', () => {
  it.each<[string, string, string, boolean | undefined]>([
    ['some', SOME, '', true],
    ['none', NONE, '', false],
    ['an empty mapping', 'parameters: {}', '', false],
    ['nothing', 'parameters:', '', false],
    ['another shape', 'parameters: [suite]', '', true],
    ['some behind an alias', 'x: &x {a: {type: string}}\nparameters: *x', '', true],
    ['some in a merge', 'x: &x {parameters: {a: {}}}\n<<: *x', '', true],
    ['a setup workflow that takes some', NONE, SOME, true],
    ['a setup workflow that takes none, and goes on with some', SOME, NONE, true],
    ['a setup workflow and none', NONE, `setup: true\n${NONE}`, false],
    ['a setup workflow that has not gone on yet', '', NONE, false],
    ['no text yet', '', '', undefined],
    ['broken YAML', 'parameters: {a: [', '', undefined],
    ['broken YAML beside some', '{', SOME, true],
    ['a list', '- a', '', undefined],
    ['more than is parsed', `${NONE}#${'x'.repeat(200_000)}`, '', undefined],
    ['lists within lists without end', '- '.repeat(100_000), '', undefined],
    ['braces without end', '{a: '.repeat(100_000), '', undefined],
    [
      'aliases that grow without end',
      `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c]`,
      '',
      undefined
    ]
  ])('%s', (_what, source, setupSource, expected) => {
    expect(declaresParameters({source, setupSource})).toBe(expected)
  })
})
