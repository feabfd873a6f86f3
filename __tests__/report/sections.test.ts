import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {byteLength, fitDocuments, fitSections, type Section} from '../../src/report/sections.ts'
import {range} from './scenarios.ts'
import {anyGraphemes} from '../support/any-text.ts'

function aSection(noun: string, rank: number, items: readonly string[]): Section {
  return {open: `<${noun}>\n`, items, close: `</${noun}>\n`, noun, rank}
}

const items = (count: number): string[] =>
  range(count).map(index => `${String(index).padStart(99, '0')}\n`)

describe('fitSections', () => {
  it('leaves what fits as it is, and empty sections out', () => {
    const sections = [aSection('job', 1, ['a\n', 'b\n']), aSection('test', 2, [])]
    expect(fitSections(sections, 10_000)).toBe('<job>\na\nb\n</job>\n')
  })

  it('cuts the last items of the lowest rank first and says so', () => {
    const text = fitSections(
      [aSection('test', 2, items(10)), aSection('artifact', 1, items(10))],
      3850
    )
    expect(text.match(/^\d+$/gm)?.map(Number)).toEqual([...range(10), ...range(8)])
    expect(text).toContain(
      '</artifact>\n\n> ✂️ Cut to fit: 2 artifacts. The `report` output has everything.\n'
    )
  })

  it('goes on with the next rank and leaves out what has become empty', () => {
    const sections = [
      aSection('test', 2, items(10)),
      aSection('artifact', 1, items(1)),
      aSection('artifact', 0, items(1))
    ]
    const text = fitSections(sections, 2550)
    expect(text).not.toContain('<artifact>')
    expect(text).toMatch(/> ✂️ Cut to fit: \d tests, 2 artifacts\./)
  })

  it('counts bytes, not characters', () => {
    const text = fitSections(
      [
        aSection(
          'job',
          1,
          range(100).map(() => '😀😀😀😀😀\n')
        )
      ],
      3000
    )
    expect(byteLength(text)).toBeLessThanOrEqual(3000)
    expect(text).toMatch(/Cut to fit: \d+ jobs/)
  })

  it('keeps the limit and whole items, whatever it is given', () => {
    const section = fc.record({
      open: fc.constantFrom('<details>\n', ''),
      items: fc.array(
        anyGraphemes({maxLength: 200}).map(text => `[${text}]\n`),
        {maxLength: 40}
      ),
      close: fc.constantFrom('</details>\n', ''),
      noun: fc.constantFrom('job', 'test'),
      rank: fc.nat(3)
    })
    fc.assert(
      fc.property(
        fc.array(section, {maxLength: 5}),
        fc.integer({min: 2500, max: 8000}),
        (sections, limit) => {
          const text = fitSections(sections, limit)
          expect(byteLength(text)).toBeLessThanOrEqual(limit)
          const kept = text.match(/^\[.*\]$/gm)?.length ?? 0
          expect(kept).toBeLessThanOrEqual(sections.flatMap(({items: all}) => all).length)
        }
      )
    )
  })
})

describe('fitDocuments', () => {
  const long = (lines: number): Section[] => [
    {open: '', items: items(lines), close: '', noun: 'job', rank: 1}
  ]
  const sizes = (documents: readonly (readonly Section[])[], limit: number): number[] =>
    fitDocuments(documents, limit).map(byteLength)

  it('leaves what fits as it is', () => {
    expect(sizes([long(1), long(5), long(0)], 600)).toEqual([100, 500, 0])
  })

  it('gives the room that one does not need to the others, the same to each', () => {
    const [small, first, second] = sizes([long(10), long(500), long(900)], 31_000)
    expect(small).toBe(1000)
    expect(first).toBe(second)
    expect(first).toBeLessThanOrEqual(15_000)
    expect(first).toBeGreaterThan(12_500)
  })

  it('stays within the limit, and says of each what was cut', () => {
    const texts = fitDocuments(
      range(50).map(() => long(400)),
      900_000
    )
    expect(byteLength(texts.join(''))).toBeLessThanOrEqual(900_000)
    for (const text of texts) expect(text).toMatch(/Cut to fit: \d+ jobs\./)
  })
})
