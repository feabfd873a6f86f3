import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import type {PipelineParameters} from '../../src/circleci/model.ts'
import {InputError} from '../../src/base/errors.ts'
import {parseParameters} from '../../src/trigger/parameters.ts'
import {cpuTime} from '../support/cpu-time.ts'
import {anyGraphemes} from '../support/any-text.ts'

function problemOf(text: string): string {
  try {
    parseParameters(text)
  } catch (error) {
    if (error instanceof InputError && error.input === 'parameters') return error.message
    throw error
  }
  throw new Error('no error')
}

/** The types of the values a text gives, or that it was refused; anything but an `InputError` is thrown. */
function outcomeOf(text: string): readonly string[] {
  try {
    return Object.values(parseParameters(text)).map(value => typeof value)
  } catch (error) {
    if (error instanceof InputError) return ['refused']
    throw error
  }
}

describe('parseParameters', () => {
  it.each<[string, string, PipelineParameters]>([
    ['nothing', '', {}],
    ['blank lines and comments', '\n  \n# deploy: true\n', {}],
    ['an empty document', '---\n', {}],
    ['an empty mapping', '{}', {}],
    ['null', 'null', {}],
    ['null in short', '---\n~ # none today\n', {}],
    ['YAML', 'name: shop\ncount: 3\ndeploy: true', {name: 'shop', count: 3, deploy: true}],
    [
      'JSON',
      '{"name": "shop", "count": 3, "deploy": true}',
      {name: 'shop', count: 3, deploy: true}
    ],
    ['JSON indented by tabs', '{\n\t"a": 1,\n\t"b": "x"\n}', {a: 1, b: 'x'}],
    ['JSON escapes', String.raw`{"a": "\"\\\/\u00e9\ud83d\ude00\n"}`, {a: '"\\/é😀\n'}],
    ['Windows line ends', 'a: 1\r\nb: x\r\n', {a: 1, b: 'x'}],
    ['a byte order mark', '\ufeffa: 1', {a: 1}],
    ['a document that begins and ends', '---\na: 1\n...\n', {a: 1}],
    [
      'quoted numbers',
      'a: "1"\nb: \'1.10\'\nc: "007"\nd: "0x1F"',
      {a: '1', b: '1.10', c: '007', d: '0x1F'}
    ],
    [
      'quoted others',
      'a: "true"\nb: "null"\nc: "2024-01-01"',
      {a: 'true', b: 'null', c: '2024-01-01'}
    ],
    ['empty text', 'a: ""', {a: ''}],
    [
      'YAML 1.1 booleans, which are text',
      'a: yes\nb: no\nc: on\nd: off\ne: y',
      {a: 'yes', b: 'no', c: 'on', d: 'off', e: 'y'}
    ],
    ['the spellings of booleans', 'a: True\nb: FALSE', {a: true, b: false}],
    ['YAML 1.1 asked for', '%YAML 1.1\n---\na: yes\nb: 1:30', {a: 'yes', b: '1:30'}],
    ['integers', 'a: 0\nb: -7\nc: +5\nd: -0', {a: 0, b: -7, c: 5, d: 0}],
    [
      'the largest integers',
      'a: 9007199254740991\nb: -9007199254740991',
      {a: 2 ** 53 - 1, b: 1 - 2 ** 53}
    ],
    [
      'text that begins like a date',
      'a: 2024-01-01-rc1\nb: 2024-1\nc: v2024-01-01',
      {a: '2024-01-01-rc1', b: '2024-1', c: 'v2024-01-01'}
    ],
    [
      'versions and commits',
      'a: 1.2.3\nb: 1.2.x\nc: 12ab34c\nd: v1',
      {a: '1.2.3', b: '1.2.x', c: '12ab34c', d: 'v1'}
    ],
    ['text with underscores', 'a: 1_a\nb: _1\nc: a_1', {a: '1_a', b: '_1', c: 'a_1'}],
    [
      'block text',
      'a: |\n  one\n  two\nb: >-\n  three\n  four',
      {a: 'one\ntwo\n', b: 'three four'}
    ],
    [
      'block text that looks like a number',
      'a: |-\n  1.10\nb: >-\n  2024-01-01',
      {a: '1.10', b: '2024-01-01'}
    ],
    [
      'text said to be text',
      'a: !!str 1.10\nb: ! 12\nc: !!str 2024-01-01',
      {a: '1.10', b: '12', c: '2024-01-01'}
    ],
    ['an anchor nobody uses', 'a: &here 1', {a: 1}],
    ['keys that are words to YAML 1.1', 'on: 1\nyes: 2\ny: 3', {on: 1, yes: 2, y: 3}],
    ['quoted keys', '"1": a\n\'null\': b\n"true": c', {'1': 'a', null: 'b', true: 'c'}],
    ['a merge key, which is only a name', '<<: x', {'<<': 'x'}]
  ])('takes %s', (_, text, expected) => {
    expect(parseParameters(text)).toEqual(expected)
  })

  it('tells 0 from -0', () => {
    expect(Object.is(parseParameters('a: -0')['a'], 0)).toBe(true)
  })

  it.each<[string, string]>([
    ['ratio: 1.10', '"ratio" (line 1) is 1.10: quote it ("1.10") to send it as text.'],
    ['a: 1\nratio: 1.0', '"ratio" (line 2) is 1.0: quote it ("1.0") to send it as text.'],
    ...[
      '.5',
      '1e3',
      '.inf',
      '.NaN',
      '2024-01-01',
      '2024-1-1',
      '2024-01-01 10:00:00',
      '2024-01-01T10:00:00.5+02:00',
      'null',
      '~',
      '9007199254740992',
      '-9007199254740993',
      '0x1F',
      '0o14',
      '007',
      '-007',
      '1_000'
    ].map((value): [string, string] => [
      `a: ${value}`,
      `"a" (line 1) is ${value}: quote it ("${value}") to send it as text.`
    ]),
    ['{"a": 1.5}', '"a" (line 1) is 1.5: quote it ("1.5") to send it as text.'],
    ['{"a": null}', '"a" (line 1) is null: quote it ("null") to send it as text.'],
    ['a:', '"a" (line 1) is empty: quote it ("") to send it as text.'],
    ...['a: {b: 1}', 'a:\n  b: 1'].map((text): [string, string] => [
      text,
      '"a" (line 1) is a nested mapping: a parameter is text, an integer or a boolean, so quote it to send it as text.'
    ]),
    ...['a: [1, 2]', 'a:\n- 1'].map((text): [string, string] => [
      text,
      '"a" (line 1) is a list: a parameter is text, an integer or a boolean, so quote it to send it as text.'
    ]),
    ['a: &x 1\nb: *x', '"b" (line 2) is the YAML alias *x: write the value out.'],
    ...[
      ['!!binary aGk=', 'tag:yaml.org,2002:binary'],
      ['!!timestamp 2024-01-01', 'tag:yaml.org,2002:timestamp'],
      ['!!int "5"', 'tag:yaml.org,2002:int'],
      ['!secret x', '!secret']
    ].map(([value = '', tag = '']): [string, string] => [
      `a: ${value}`,
      `"a" (line 1) has the YAML tag "${tag}": leave the tag out and quote the value.`
    ]),
    ['a: 1\nb: 2\na: 3', '"a" (line 3) is set twice: keep one.'],
    ['{"a": 1, "a": 1}', '"a" (line 1) is set twice: keep one.'],
    [
      'a: 1.5\na: 2.5',
      '"a" (line 1) is 1.5: quote it ("1.5") to send it as text. "a" (line 2) is set twice: keep one.'
    ],
    ['1: a', 'The key on line 1 is 1, which YAML does not read as text: quote it.'],
    ['a: 1\ntrue: a', 'The key on line 2 is true, which YAML does not read as text: quote it.'],
    ['null: a', 'The key on line 1 is null, which YAML does not read as text: quote it.'],
    [': a', 'The key on line 1 is empty: name a parameter.'],
    ['"": a', 'The key on line 1 is empty: name a parameter.'],
    ['" ": a', 'The key on line 1 is empty: name a parameter.'],
    ['? {a: 1}\n: 2', 'The key on line 1 is a nested mapping: name a parameter.'],
    ['? [a]\n: 2', 'The key on line 1 is a list: name a parameter.'],
    ['a: &x b\n*x : 2', 'The key on line 2 is the YAML alias *x: name a parameter.'],
    [
      'ratio: 1.10\nsuite: all\ntags: [a, b]\nwhen: 2024-01-01\n7: x',
      '"ratio" (line 1) is 1.10: quote it ("1.10") to send it as text. ' +
        '"tags" (line 3) is a list: a parameter is text, an integer or a boolean, so quote it to send it as text. ' +
        '"when" (line 4) is 2024-01-01: quote it ("2024-01-01") to send it as text. ' +
        'The key on line 5 is 7, which YAML does not read as text: quote it.'
    ]
  ])('tells everything that is wrong with %j', (text, problems) => {
    expect(problemOf(text)).toBe(`Input "parameters" cannot be used. ${problems}`)
  })

  it.each<[string, string]>([
    ['a: 1\n---\nb: 2', 'holds several YAML documents: give one mapping.'],
    ['deploy', 'must be a YAML or JSON mapping such as "deploy: true", got "deploy".'],
    ['deploy=true', 'must be a YAML or JSON mapping such as "deploy: true", got "deploy=true".'],
    ['- deploy: true', 'must be a YAML or JSON mapping such as "deploy: true", got a list.'],
    ['[1]', 'must be a YAML or JSON mapping such as "deploy: true", got a list.'],
    ['12', 'must be a YAML or JSON mapping such as "deploy: true", got "12".'],
    ['"{}"', 'must be a YAML or JSON mapping such as "deploy: true", got "{}".'],
    ['a: ' + '['.repeat(80), 'is nested too deeply: a parameter is text, an integer or a boolean.'],
    [
      `a: ${'x'.repeat(150_000)}`,
      'is 150003 characters long, more than the parameters that CircleCI accepts can be.'
    ]
  ])('refuses %j', (text, problem) => {
    expect(problemOf(text)).toBe(`Input "parameters" ${problem}`)
  })

  it.each<[string, number]>([
    ['%deploy', 1],
    ['a: 1\nb: "x', 2],
    ['{"a": 1', 1],
    ['{\n  "a": 1,\n  "b" 2\n}', 3],
    ['{"a": 1} x', 1],
    ['a: @x', 1],
    ['a: b: c', 1],
    ['a: 1\nb 2', 2]
  ])('says in which line %j is not YAML', (text, line) => {
    expect(problemOf(text)).toBe(
      `Input "parameters" is not valid YAML or JSON in line ${line}: give one "name: value" a line, and put the value in quotes when it holds more than letters and digits.`
    )
  })

  it.each<[string, number]>([
    ['a: 1\n  b: 2', 2],
    ['  a: 1\nb: 2', 2],
    ['# all\na: 1\n b: 2\nc: 3', 3],
    ['a:\n\tb: 1', 2],
    ['a: 1\n\tb: 2', 2]
  ])('says which line of %j is indented wrongly', (text, line) => {
    expect(problemOf(text)).toBe(
      `Input "parameters" is not valid YAML: line ${line} is not indented like the first. Begin every name in the same column, with spaces and no tabs.`
    )
  })

  it('keeps what would be magic in JavaScript an ordinary parameter', () => {
    const parameters = parseParameters('__proto__: x\nconstructor: y\ntoString: z')
    expect(Object.entries(parameters)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['toString', 'z']
    ])
    expect(JSON.stringify(parameters)).toBe('{"__proto__":"x","constructor":"y","toString":"z"}')
    expect(Object.getPrototypeOf(parameters)).toBe(Object.prototype)
  })

  it.each<[string, (length: number) => string, number, RegExp]>([
    [
      'parameters',
      n => Array.from({length: n}, (_, i) => `p${i}: ${i}`).join('\n'),
      100,
      /has 101 parameters, and CircleCI accepts 100 at most\.$/
    ],
    [
      'characters in a key',
      n => `${'k'.repeat(n)}: 1`,
      128,
      /The key on line 1 has 129 characters, and CircleCI accepts 128 at most: "k{39}…"\.$/
    ],
    [
      'characters in a value',
      n => `a: ${'v'.repeat(n)}`,
      512,
      /"a" \(line 1\) has 513 characters, and CircleCI accepts 512 at most\.$/
    ],
    [
      'a value once its placeholder is replaced',
      n => `a: "${'x'.repeat(n - 64)}{request-id}"`,
      512,
      /"a" \(line 1\) has 513 characters, once "\{request-id\}" is replaced, and CircleCI accepts 512 at most\.$/
    ],
    ['emoji in a value', n => `a: ${'😀'.repeat(n)}`, 512, /has 513 characters/],
    ['emoji in a key', n => `${'😀'.repeat(n)}: 1`, 128, /key on line 1 has 129 characters/]
  ])('takes as many %s as CircleCI does, and no more', (_, text, most, problem) => {
    expect(Object.keys(parseParameters(text(most)))).not.toHaveLength(0)
    expect(problemOf(text(most + 1))).toMatch(problem)
  })

  it('shows no more than the beginning of a long value, on one line', () => {
    const problem = problemOf(`a: 1${'0'.repeat(5000)}`)
    expect(problem.length).toBeLessThan(250)
    expect(problemOf(`"a\\nb": null`)).toContain('"a\\nb"')
    expect(problemOf(`x${'y'.repeat(5000)}`).length).toBeLessThan(200)
  })

  it.each<[string, string]>([
    [
      'aliases that multiply',
      `a: &a [x,x]\n${'bcdefghijklmnop'
        .split('')
        .map(
          (c, i) => `${c}: &${c} [*${String.fromCharCode(97 + i)},*${String.fromCharCode(97 + i)}]`
        )
        .join('\n')}`
    ],
    ['an alias of itself', 'a: &a [*a]'],
    ['deep nesting', `a: ${'['.repeat(100_000)}`],
    ['deep nesting of lists', '- '.repeat(70_000)],
    ['deep nesting of keys', '? '.repeat(70_000)],
    ['deep nesting of values', `a${': '.repeat(70_000)}`],
    ['anchors without end', '&a '.repeat(8_000)],
    ['documents without end', '---\n'.repeat(8_000)],
    ['deep nesting of JSON', '{"a":'.repeat(25_000)],
    ['a great many keys', 'a: 1\n'.repeat(12_000)],
    ['too much of anything', `a: ${'x'.repeat(150_000)}`]
  ])('is not worn out by %s', (_, text) => {
    const spent = cpuTime(() => {
      expect(problemOf(text)).toMatch(/^Input "parameters" .{1,3000}\.$/)
    })
    expect(spent).toBeLessThan(2_000)
  })

  it('returns what JSON says, or an InputError, whatever it is given', () => {
    const key = anyGraphemes({minLength: 1, maxLength: 40}).filter(text => text.trim() !== '')
    const value = fc.oneof(anyGraphemes({maxLength: 100}), fc.maxSafeInteger(), fc.boolean())
    fc.assert(
      fc.property(fc.dictionary(key, value, {maxKeys: 8, noNullPrototype: true}), parameters => {
        expect(parseParameters(JSON.stringify(parameters))).toEqual(parameters)
        expect(parseParameters(JSON.stringify(parameters, null, '\t'))).toEqual(parameters)
      }),
      {numRuns: 100}
    )
    const unit = fc.constantFrom(...Array.from('ab01_.-:{}[]"\'\n \t,&*!#|>?%~é'))
    fc.assert(
      fc.property(fc.string({unit}), text => {
        for (const kind of outcomeOf(text)) {
          expect(['string', 'number', 'boolean', 'refused']).toContain(kind)
        }
      }),
      {numRuns: 500}
    )
  })
})
