import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {decodeOutput, decodeOutputEnd} from '../../src/circleci/step-output.ts'
import {cpuTime} from '../support/cpu-time.ts'

const message = (text: string) => ({type: 'out', time: '2026-03-02T09:00:00Z', message: text})

describe('a whole output', () => {
  it.each([
    ['messages, joined as they are', [message('one\ntw'), message('o\n')], 'one\ntwo\n'],
    ['keys in another order', [{message: 'a', time: 't', type: 'err'}], 'a'],
    [
      'messages that are missing or of another kind',
      [{type: 'out'}, {message: 7}, null, 'x', []],
      ''
    ],
    ['nothing', [], ''],
    ['one text', 'raw', 'raw'],
    ['half a surrogate pair', [message('a\ud83d')], 'a\ufffd'],
    ['a surrogate pair split between messages', [message('\ud83d'), message('\ude00')], '😀']
  ])('of %s', (_, output, expected) => {
    expect(decodeOutput(JSON.stringify(output))).toBe(expected)
  })

  it.each(['', 'plain log\n[done]', '{"message":"x"}', '[{"message":"x"', '7'])(
    'that is no list of messages is shown as it is: %j',
    text => {
      expect(decodeOutput(text)).toBe(text)
    }
  )
})

describe('the end of an output', () => {
  it.each([
    [
      'in a message',
      'st line\\nsecond\\nthird"},{"type":"out","message":"fourth"}]',
      'second\nthirdfourth'
    ],
    ['between messages', '"},{"type":"out","time":"t","message":"a\\nb"}]', 'a\nb'],
    ['in a time', '03-02T09:00:00Z","message":"a\\nb"},{"message":"c"}]', 'a\nbc'],
    ['in a key', 'sage":"lost\\nkept"},{"message":" and more"}]', 'kept and more'],
    ['before a key', '"message":"a\\nb"}]', 'a\nb'],
    ['after the message, in a later key', 'ut","time":"t"},{"message":"a"}]', 'a'],
    ['in a message without a line end', 'half"},{"message":"whole"}]', 'whole'],
    ['in a progress bar', '50%\\r75%\\r100%"}]', '75%\r100%'],
    ['in the only line', '{\\"minified\\":1}\\n"}]', '{"minified":1}\n'],
    ['in an escaped quote', '" said\\nnext \\"line\\""}]', 'next "line"'],
    ['in an escaped quote before a comma', '", he said\\nnext"},{"message":"!"}]', 'next!'],
    ['in an escaped line end', 'nfirst\\nsecond"}]', 'second'],
    ['in a \\u escape', '01b[31mred\\nplain"}]', 'plain'],
    ['in an escaped backslash', '\\n is not a line end\\nthis is"}]', 'this is'],
    ['before an escaped backslash', 'C:\\\\new\\nline"}]', 'line'],
    ['in a surrogate pair', 'ude00 smile\\nnext"}]', 'next'],
    ['right behind a line end', '\\nfirst\\nsecond"}]', 'second'],
    ['in the closing brackets', '}]', ''],
    ['behind everything', '', ''],
    ['in a raw log', 'rst line\nsecond\nthird [x]', 'second\nthird [x]'],
    ['in the only line of a raw log', 'half a line', 'half a line']
  ])('cut %s', (_, end, expected) => {
    expect(decodeOutputEnd(end)).toBe(expected)
  })

  it.each([
    ['in a message', 'a\\nb\\nc', 'b\nc'],
    ['in an escape', 'a\\nb\\', 'b'],
    ['in a \\u escape', 'a\\nb\\u00', 'b'],
    ['in a surrogate pair', 'a\\nb\\ud83d', 'b\ufffd'],
    ['behind an escaped backslash', 'a\\nb\\\\', 'b\\'],
    ['behind what looks like an escape and is none', 'a\\nC:\\\\u00', 'C:\\u00']
  ])('cut at its own end as well, %s', (_, end, expected) => {
    expect(decodeOutputEnd(end)).toBe(expected)
  })

  it('resolves every escape of JSON, and bears those it does not have', () => {
    expect(decodeOutputEnd('x\\n\\"\\\\\\/\\b\\f\\r\\t\\u0041\\u00e9\\uD83D\\uDE00\\x"}]')).toBe(
      '"\\/\b\f\r\tAé😀x'
    )
  })

  it('shows JSON that a step printed as what it is: text', () => {
    const output = JSON.stringify([
      message('cut\n{"message":"not a message"}\n'),
      message('next\n')
    ])
    expect(decodeOutputEnd(output.slice(output.indexOf('cut')))).toBe(
      '{"message":"not a message"}\nnext\n'
    )
  })

  it('is the end of the text from a whole line on, wherever it is cut', () => {
    const line = fc.stringMatching(/^[a-z"\\{}[\],:é😀\t]{0,8}$/u)
    const text = fc.array(line, {minLength: 1, maxLength: 8}).map(lines => lines.join('\n') + '\n')
    const output = fc.array(text, {minLength: 1, maxLength: 4})
    fc.assert(
      fc.property(output, fc.nat(), (texts, seed) => {
        const whole = [...texts, 'the last line\n']
        const json = JSON.stringify(whole.map(message))
        const cut = 1 + (seed % (json.lastIndexOf('"message"') - 1))
        const end = decodeOutputEnd(json.slice(cut))
        expect(end).toMatch(/(^|\n)the last line\n$/)
        expect(`\n${whole.join('')}`.endsWith(`\n${end}`)).toBe(true)
      }),
      {numRuns: 1000}
    )
  })

  it('takes no longer than the text does', () => {
    const long = 'x\\n' + '\\\\\\"'.repeat(100_000) + '"},{"message":"' + 'y'.repeat(200_000)
    const spent = cpuTime(() => {
      expect(decodeOutputEnd(long)).toHaveLength(400_000)
    })
    expect(spent).toBeLessThan(2000)
  })
})
