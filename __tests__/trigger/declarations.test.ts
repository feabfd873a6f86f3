import {describe, expect, it} from '@jest/globals'
import type {ParameterValue} from '../../src/circleci/model.ts'
import {isDefault, readDeclarations} from '../../src/trigger/declarations.ts'

const CONFIG = `version: 2.1
parameters:
  suite: {type: string, default: all}
  deploy: {type: boolean, default: off}
  shards: {type: integer, default: 1}
  version: {type: string, default: "1.10"}
  letter: {type: string, default: y}
  bare: {type: string}
`

const declarations = (source: string, setupSource = ''): ReturnType<typeof readDeclarations> =>
  readDeclarations({source, setupSource})

describe('readDeclarations', () => {
  it('reads the defaults, in YAML 1.1', () => {
    expect(declarations(CONFIG)).toEqual({
      dynamic: false,
      defaults: new Map<string, unknown>([
        ['suite', 'all'],
        ['deploy', false],
        ['shards', 1],
        ['version', '1.10'],
        ['letter', true],
        ['bare', undefined]
      ])
    })
  })

  it('takes the setup config where there is one', () => {
    const read = declarations('version: 2.1', CONFIG)
    expect(read?.dynamic).toBe(true)
    expect(read?.defaults.get('suite')).toBe('all')
  })

  it('sees a setup workflow that has not gone on yet', () => {
    expect(declarations(`setup: true\n${CONFIG}`, '')?.dynamic).toBe(true)
  })

  it('follows anchors and merges', () => {
    const source = `x: &x {type: string, default: all}\nparameters:\n  a: *x\n  b: {<<: *x, default: b}`
    expect(declarations(source)?.defaults).toEqual(
      new Map([
        ['a', 'all'],
        ['b', 'b']
      ])
    )
  })

  it.each([
    ['no parameters', 'version: 2.1'],
    ['parameters of another shape', 'parameters: none']
  ])('finds none in a config with %s', (_what, source) => {
    expect(declarations(source)?.defaults.size).toBe(0)
  })

  it.each([
    ['nothing', ''],
    ['broken YAML', 'parameters: {a: ['],
    ['a list', '- a'],
    ['lists within lists without end', '- '.repeat(100_000)],
    ['braces without end', '{a: '.repeat(100_000)],
    [
      'aliases that grow without end',
      `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c]`
    ]
  ])('cannot read %s', (_what, source) => {
    expect(declarations(source)).toBeUndefined()
  })
})

describe('isDefault', () => {
  it.each<[string, ParameterValue, string]>([
    ['suite', 'all', 'yes'],
    ['suite', 'unit', 'no'],
    ['deploy', false, 'yes'],
    ['deploy', true, 'no'],
    ['shards', 1, 'yes'],
    ['shards', 2, 'no'],
    ['version', '1.10', 'yes'],
    // Written in another type than it arrives in: no ground to call it somebody's.
    ['letter', 'y', 'unsure'],
    ['shards', '1', 'unsure'],
    // Declared without a default, so somebody sent it.
    ['bare', 'x', 'no'],
    // Not declared, so nobody can have sent it.
    ['toString', 'x', 'yes']
  ])('%s = %j: %s', (name, value, expected) => {
    const read = declarations(CONFIG)
    expect(read && isDefault(read, name, value)).toBe(expected)
  })

  it('is not sure of what a continuation may have set', () => {
    const read = declarations(`setup: true\n${CONFIG}`)
    expect(read && isDefault(read, 'deploy', true)).toBe('unsure')
    expect(read && isDefault(read, 'deploy', false)).toBe('yes')
  })
})
