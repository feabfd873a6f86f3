import {describe, expect, it} from '@jest/globals'

import {Fields, ShapeError, type Json} from '../../src/base/json.ts'

const fieldsOf = (json: Json): Fields => new Fields(json, 'thing')

describe('Fields', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [7, 'a number'],
    ['text', 'a string'],
    [true, 'a boolean'],
    [['a'], 'a list']
  ])('are those of an object, not of %j', (json, shown) => {
    expect(() => fieldsOf(json)).toThrow(new ShapeError(`thing: expected an object, got ${shown}`))
  })

  it('of another kind than asked for count as absent', () => {
    const fields = fieldsOf({s: 's', n: 1, b: true, o: {}, l: [], z: null})
    for (const name of ['n', 'b', 'o', 'l', 'z', 'absent'])
      expect(fields.string(name)).toBeUndefined()
    for (const name of ['s', 'b', 'o', 'l', 'z', 'absent'])
      expect(fields.number(name)).toBeUndefined()
    for (const name of ['s', 'n', 'o', 'l', 'z', 'absent']) {
      expect(fields.boolean(name)).toBeUndefined()
    }
    for (const name of ['s', 'n', 'b', 'l', 'z', 'absent'])
      expect(fields.object(name)).toBeUndefined()
    for (const name of ['s', 'n', 'b', 'o', 'z', 'absent']) {
      expect(fields.objects(name)).toEqual([])
      expect(fields.strings(name)).toEqual([])
      expect(() => fields.requiredList(name)).toThrow(new ShapeError(`thing: no list "${name}"`))
    }
  })

  it.each([
    [7, 7],
    [0, 0],
    [-1.5, -1.5],
    ['7', 7],
    [' 7.25 ', 7.25],
    ['', undefined],
    [' ', undefined],
    ['seven', undefined],
    ['7s', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
    [true, undefined],
    [[7], undefined]
  ])('read %j as the number %p', (value, number) => {
    expect(fieldsOf({value}).number('value')).toBe(number)
  })

  it('that are required are there or the object is of no use', () => {
    expect(fieldsOf({a: 'x'}).requiredString('a')).toBe('x')
    expect(fieldsOf({a: '0'}).requiredNumber('a')).toBe(0)
    expect(() => fieldsOf({a: ''}).requiredString('a')).toThrow(new ShapeError('thing: no "a"'))
    expect(() => fieldsOf({a: null}).requiredNumber('a')).toThrow(new ShapeError('thing: no "a"'))
  })

  it('name where they are', () => {
    const inner = fieldsOf({a: {b: [{}]}})
      .object('a')
      ?.objects('b')[0]
    expect(() => inner?.requiredString('c')).toThrow('thing.a.b: no "c"')
  })

  it('of a list leave out what does not belong there', () => {
    const fields = fieldsOf({list: [{a: '1'}, null, 'x', ['y'], 7, {a: '2'}]})
    expect(fields.objects('list').map(item => item.string('a'))).toEqual(['1', '2'])
    expect(fields.strings('list')).toEqual(['x'])
  })

  it('are only the own ones', () => {
    const fields = fieldsOf(JSON.parse('{"__proto__":{"inherited":"x"},"constructor":"mine"}'))
    expect(fields.string('inherited')).toBeUndefined()
    expect(fields.string('toString')).toBeUndefined()
    expect(fields.string('constructor')).toBe('mine')
    expect(fields.object('__proto__')?.string('inherited')).toBe('x')
  })

  it('that are scalars come as a plain object, whatever their names', () => {
    const json: Json = JSON.parse(
      '{"s":"x","n":1,"b":false,"z":null,"o":{},"l":[],"__proto__":"odd","constructor":2}'
    )
    const scalars = fieldsOf(json).scalars()
    expect(Object.entries(scalars)).toEqual([
      ['s', 'x'],
      ['n', 1],
      ['b', false],
      ['__proto__', 'odd'],
      ['constructor', 2]
    ])
    expect(Object.getPrototypeOf(scalars)).toBe(Object.getPrototypeOf({}))
  })
})
