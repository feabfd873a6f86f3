import {describe, expect, it} from '@jest/globals'

import {withoutTerminalCodes} from '../../src/base/text.ts'

describe('withoutTerminalCodes', () => {
  it.each([
    {name: 'colours', text: '\x1b[1;31mred\x1b[0m', expected: 'red'},
    {name: 'cursor movement', text: 'a\x1b[2K\x1b[1Gb', expected: 'ab'},
    {name: 'C1 CSI', text: '\x9b32mgreen\x9b0m', expected: 'green'},
    {name: 'a title ended by BEL', text: '\x1b]0;title\x07text', expected: 'text'},
    {
      name: 'a link ended by ST',
      text: '\x1b]8;;https://x\x1b\\link\x1b]8;;\x1b\\',
      expected: 'link'
    },
    {name: 'a charset escape', text: '\x1b(Btext', expected: 'text'},
    {name: 'a broken sequence at the end', text: 'text\x1b[', expected: 'text'},
    {name: 'ordinary text', text: 'a [31m b; ?', expected: 'a [31m b; ?'}
  ])('removes $name', ({text, expected}) => {
    expect(withoutTerminalCodes(text)).toBe(expected)
  })

  it('takes no longer than the text is long', () => {
    const hostile = `\x1b${';?'.repeat(500_000)}`
    expect(withoutTerminalCodes(hostile).length).toBeGreaterThan(0)
    expect(withoutTerminalCodes('\x1b['.repeat(500_000))).toBe('')
  })
})
