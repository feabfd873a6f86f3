import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {tailOf} from '../../src/collect/logs.ts'
import {plainLines} from '../../src/report/escape.ts'
import {cpuTime} from '../support/cpu-time.ts'

const ESC = '\u001b'

describe('tailOf', () => {
  it.each([
    {name: 'plain lines', text: 'a\nb\nc\n', lines: ['a', 'b', 'c']},
    {name: 'blank lines at the end, not inside', text: 'a\n\nb\n\n \n\n', lines: ['a', '', 'b']},
    {name: 'indentation and tabs', text: '\tat x\n  at y\n', lines: ['\tat x', '  at y']},
    {name: 'Windows line ends', text: 'a\r\nb\r\n', lines: ['a', 'b']},
    {name: 'doubled carriage returns', text: 'a\r\r\nb\r\r\n', lines: ['a', 'b']},
    {
      name: 'colours',
      text: `${ESC}[31mred${ESC}[0m ${ESC}[1;38;5;12mblue${ESC}[m`,
      lines: ['red blue']
    },
    {name: 'one-character CSI', text: '\u009b31mred\u009b0m', lines: ['red']},
    {name: 'cursor and erase codes', text: `${ESC}[2K${ESC}[1Gdone${ESC}[?25h`, lines: ['done']},
    {name: 'a title (BEL)', text: `${ESC}]0;title\u0007text`, lines: ['text']},
    {
      name: 'a link (ST)',
      text: `${ESC}]8;;https://x.example${ESC}\\link${ESC}]8;;${ESC}\\`,
      lines: ['link']
    },
    {
      name: 'an unfinished title ends with its line',
      text: `${ESC}]0;title\nnext`,
      lines: ['', 'next']
    },
    {name: 'character set and keypad codes', text: `${ESC}(B${ESC}=text${ESC}>`, lines: ['text']},
    {name: 'a lone escape at the end', text: `text${ESC}`, lines: ['text']},
    {name: 'bells and backspaces', text: 'a\u0007b\u0008c\u0000d', lines: ['abcd']},
    {name: 'a progress bar', text: '10%\r50%\r100%\nnext', lines: ['100%', 'next']},
    {
      name: 'a progress bar that clears itself',
      text: '10%\r50%\r   \r\nnext',
      lines: ['50%', 'next']
    },
    {
      name: 'coloured progress',
      text: `${ESC}[32m1/2${ESC}[0m\r${ESC}[32m2/2${ESC}[0m\r\n`,
      lines: ['2/2']
    },
    {name: 'nothing', text: '', lines: []},
    {name: 'blank only', text: '\n \r\n\n', lines: []}
  ])('shows $name', ({text, lines}) => {
    expect(tailOf(text, 40)).toEqual({lines, cut: false})
  })

  it('keeps the last lines and says that earlier ones are missing', () => {
    expect(tailOf('1\n2\n3\n4\n', 2)).toEqual({lines: ['3', '4'], cut: true})
    expect(tailOf('1\n2', 2)).toEqual({lines: ['1', '2'], cut: false})
    expect(tailOf('1\n2', 0)).toEqual({lines: [], cut: true})
  })

  it.each(['\n', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    'counts the lines that %j ends as they are shown',
    end => {
      const text = Array.from({length: 1000}, (_, index) => `line ${index}${end}`).join('')
      const {lines} = tailOf(text, 40)
      expect(lines).toHaveLength(40)
      expect(plainLines(lines.join('\n'))).toHaveLength(40)
      expect(lines.at(-1)).toBe('line 999')
    }
  )

  it('drops the half line at the start of a text whose beginning was left out', () => {
    expect(tailOf('alf a line\nb\nc', 40, true)).toEqual({lines: ['b', 'c'], cut: true})
    expect(tailOf('one endless line', 40, true)).toEqual({lines: ['one endless line'], cut: true})
  })

  it('cuts a very long line between characters and counts the rest', () => {
    const [line = ''] = tailOf(`${'x'.repeat(999)}😀${'y'.repeat(50)}`, 1).lines
    expect(line).toBe(`${'x'.repeat(999)}… (52 more characters)`)
  })

  it.each([
    ['escape and parameters', `${ESC}${';?'.repeat(120_000)}`],
    ['unfinished CSI', `${ESC}[`.repeat(120_000)],
    ['unfinished OSC', `${ESC}]a;`.repeat(60_000)],
    ['one endless OSC', `${ESC}]${'a'.repeat(250_000)}`],
    ['carriage returns', '\r'.repeat(250_000)],
    ['carriage returns in a line', `a${'\r'.repeat(250_000)}b`],
    ['spaces', ' '.repeat(250_000)],
    ['line breaks', '\n'.repeat(250_000)]
  ])('takes no time over 240 kB of %s', (_, text) => {
    const spent = cpuTime(() => {
      tailOf(text, 40)
    })
    expect(spent).toBeLessThan(1000)
  })

  it('never lets a control character other than a tab through, nor a long line, nor too many', () => {
    const pieces = fc.constantFrom(
      ESC,
      '\u009b',
      '[',
      ']',
      '\r',
      '\n',
      '\u0007',
      '\u0000',
      '31m',
      'x',
      ' ',
      '😀'
    )
    fc.assert(
      fc.property(fc.array(pieces, {maxLength: 60}), fc.nat(10), (parts, count) => {
        const {lines} = tailOf(parts.join(''), count)
        expect(lines.length).toBeLessThanOrEqual(count)
        for (const line of lines) expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/)
      })
    )
  })
})
