import {describe, expect, it} from '@jest/globals'
import {annotationStore} from '../../../scripts/runner/annotations.ts'
import {parseKeyValueFile} from '../../../scripts/runner/file-commands.ts'
import {lineSplitter} from '../../../scripts/runner/lines.ts'
import {createMasks} from '../../../scripts/runner/masks.ts'

describe('lineSplitter', () => {
  it.each([
    [['a\nb\n'], ['a', 'b']],
    [['a\r\nb\rc'], ['a', 'b', 'c']],
    [
      ['a\r', '\nb'],
      ['a', 'b']
    ],
    [
      ['a\r', 'b\r'],
      ['a', 'b']
    ],
    [['\n\n'], ['', '']],
    [[], []]
  ])('cuts %j into %j', (chunks, expected) => {
    const lines: string[] = []
    const splitter = lineSplitter(line => lines.push(line))
    for (const chunk of chunks) splitter.write(Buffer.from(chunk))
    splitter.end()
    expect(lines).toEqual(expected)
  })

  it('keeps a letter whole that two chunks share', () => {
    const lines: string[] = []
    const splitter = lineSplitter(line => lines.push(line))
    const bytes = Buffer.from('é\n')
    splitter.write(bytes.subarray(0, 1))
    splitter.write(bytes.subarray(1))
    expect(lines).toEqual(['é'])
  })
})

describe('parseKeyValueFile', () => {
  it.each([
    ['a=1\nb=\n\nc=x=y<<z\n', {a: '1', b: '', c: 'x=y<<z'}],
    ['a<<E\nE\n', {a: ''}],
    ['a<<E\n1\n\n2=3\nE\nb=4', {a: '1\n\n2=3', b: '4'}],
    ['a=1\na=2\n', {a: '2'}],
    ['a<<E=F\nx\nE=F', {a: 'x'}]
  ])('parses %j', (text, expected) => {
    expect(parseKeyValueFile(text)).toEqual(expected)
  })

  it.each([
    ['nothing', /invalid format "nothing"/],
    ['=x', /name is empty/],
    ['<<E\nE', /name is empty/],
    ['a<<\n', /delimiter is empty/],
    ['a<<E\nx', /"E".*never comes/]
  ])('refuses %j', (text, problem) => {
    expect(() => parseKeyValueFile(text)).toThrow(problem)
  })
})

describe('createMasks', () => {
  it('masks the whole, its lines, and the longest first', () => {
    const masks = createMasks()
    for (const secret of ['abc', 'abcdef', 'one\r\ntwo', ' ']) masks.add(secret)
    expect(masks.apply('abcdef abc one two  .')).toBe('*** *** *** ***  .')
    expect(masks.values).toEqual(['abc', 'abcdef', 'one\r\ntwo', 'one', 'two'])
  })
})

describe('annotationStore', () => {
  it('keeps ten of a level and 4096 characters of a message', () => {
    const store = annotationStore()
    for (let index = 0; index < 12; index += 1) {
      store.add({level: 'error', message: 'x'.repeat(5000), properties: {}})
    }
    store.add({level: 'notice', message: 'n', properties: {}})
    expect(store.kept).toHaveLength(11)
    expect(store.dropped).toBe(2)
    expect(store.kept[0]?.message).toHaveLength(4096)
  })
})
