import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {marked} from 'marked'
import {
  annotationText,
  chartLabel,
  code,
  fence,
  inline,
  link,
  linkTarget,
  markdown,
  oneLine,
  plainLines,
  preformatted,
  quotedLines
} from '../../src/report/escape.ts'
import {cut} from '../../src/base/text.ts'
import {readAsRunner} from '../support/runner-commands.ts'
import {hostileText} from './attacks.ts'
import {shownText} from './rendered.ts'

describe('plainLines', () => {
  it.each([
    ['LF', 'a\nb'],
    ['CRLF', 'a\r\nb'],
    ['CR', 'a\rb'],
    ['vertical tab', 'a\vb'],
    ['form feed', 'a\fb'],
    ['next line', 'a\u0085b'],
    ['line separator', 'a\u2028b'],
    ['paragraph separator', 'a\u2029b']
  ])('breaks at %s', (_, text) => {
    expect(plainLines(text)).toEqual(['a', 'b'])
  })

  it.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['8-bit colours', '\u009b31mred', 'red'],
    ['hyperlinks', '\u001b]8;;https://evil.example\u0007text\u001b]8;;\u0007', 'text'],
    ['cursor movement', 'a\u001b[2K\u001b[1Gb', 'ab'],
    ['lone escapes', 'ab\u001b', 'ab'],
    ['NUL, bell, backspace, delete', 'a\u0000\u0007\b\u007fb', 'ab'],
    ['bidirectional overrides', '\u202egpj.exe\u202c\u2066x\u2069', 'gpj.exex'],
    ['zero-width characters', 'a\u200b\u200d\u2060\ufeff\u00adb', 'ab'],
    ['tag characters', 'a\u{e0041}b', 'ab'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['tabs', 'a\tb', 'a    b']
  ])('is free of %s', (_, text, expected) => {
    expect(plainLines(text)).toEqual([expected])
  })
})

describe('cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['a😀bc', 3, 'a…'],
    ['', 1, '']
  ])('%j to %d is %j', (text, max, expected) => {
    expect(cut(text, max)).toBe(expected)
  })
})

describe('for the log', () => {
  it('is one line without a command', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const line = inline(text)
        expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029\v\f]/)
        expect(line.length).toBeLessThanOrEqual(300)
        expect(readAsRunner(line).commands).toEqual([])
      })
    )
  })

  it('quotes each line and cuts the long', () => {
    expect(quotedLines(['a\nb', 'x'.repeat(9)], 5)).toEqual(['| a', '| b', '| xxxx…'])
  })
})

describe('annotationText', () => {
  it('keeps lines and cuts at 4,096 characters', () => {
    expect(annotationText('a\r\nb\n')).toBe('a\nb')
    expect(annotationText('x'.repeat(5000))).toHaveLength(4096)
  })

  it('holds no command on any of its lines', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(readAsRunner(annotationText(text)).commands).toEqual([])
      })
    )
  })
})

/** Where GitHub would look for people, issues and addresses in rendered text. */
const REFERENCES = /(?<![\w/])@[a-z\d]|(?<!\w)#\d|\bGH-\d|[\w.+-]@[\w-]+\.\w/i

describe('markdown', () => {
  it.each([
    ['plain words stay', 'Workflow build-test failed.', 'Workflow build-test failed.'],
    ['cells', 'a | b', 'a &#124; b'],
    ['HTML', '<b>&amp;', '&#60;b&#62;&#38;amp;'],
    ['mentions', '@acme/owners', '@&#8203;acme/owners'],
    ['issues', 'see #12 and GH-3', 'see #&#8203;12 and GH-&#8203;3'],
    ['addresses', 'https://x.example www.x.example', 'https&#58;//x.example www&#46;x.example'],
    ['addresses inside a word', 'xwww.x.example', 'xwww&#46;x.example'],
    ['emoji', ':tada:', '&#58;&#8203;tada:'],
    ['times stay', '12:03:44', '12:03:44'],
    ['headings', '# x', '&#35; x'],
    ['an issue at the start', '#12', '&#35;&#8203;12'],
    ['lists', '- x', '&#45; x'],
    ['numbered lists', '12. x', '12&#46; x'],
    ['breaks', 'a\n\nb', 'a b']
  ])('%s: %j', (_, text, expected) => {
    expect(markdown(text)).toBe(expected)
  })

  it('shows exactly the text, in a paragraph, in a cell and as a link', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const escaped = markdown(text)
        const expected = oneLine(text)
        expect(shownText(marked.parse(escaped, {async: false}), ['p'])).toBe(expected)
        const cell = marked.parse(`| ${escaped} | end |\n| --- | --- |\n`, {async: false})
        expect(shownText(cell, ['table', 'thead', 'tr', 'th'])).toBe(`${expected}end`.trim())
        const anchor = marked.parse(`x ${link(escaped || 'y', 'https://a.example/')}`, {
          async: false
        })
        expect(shownText(anchor, ['p', 'a'])).toBe(`x ${expected || 'y'}`)
      })
    )
  })

  it('refers to nobody and nothing', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const html = marked.parse(markdown(text), {async: false})
        expect(shownText(html, ['p'], {keepZeroWidth: true})).not.toMatch(REFERENCES)
      })
    )
  })
})

describe('code', () => {
  it('is nothing when nothing is left of the text', () => {
    expect(code(' \u200b\n')).toBe('')
  })

  it('shows exactly the text, also in a cell and in a link', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const span = code(text)
        const expected = oneLine(text, 200)
        const html = marked.parse(
          `| ${span} | ${link(span || 'y', 'https://a.example')} |\n| --- | --- |\n`,
          {async: false}
        )
        expect(shownText(html, ['table', 'thead', 'tr', 'th', 'code', 'a'])).toBe(
          expected + (expected || 'y')
        )
      })
    )
  })
})

describe('preformatted', () => {
  it.each([
    ['', ''],
    ['one', '<code>one</code>'],
    ['a\n\n  b', '<pre>a<br>  b</pre>'],
    ['a\nb\nc\nd', '<pre>a<br>b<br>c<br>…</pre>']
  ])('%j is %j', (text, expected) => {
    expect(preformatted(text, 3)).toBe(expected)
  })

  it('stays in its cell', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const html = marked.parse(`| ${preformatted(text, 3)} | end |\n| --- | --- |\n`, {
          async: false
        })
        shownText(html, ['table', 'thead', 'tr', 'th', 'code', 'pre', 'br'])
        expect(html.match(/<th>/g)).toHaveLength(2)
      })
    )
  })
})

describe('fence', () => {
  it.each([
    [['a'], '```text\na\n```'],
    [['a ``` b', '````'], '`````text\na ``` b\n````\n`````'],
    [[], '```text\n```']
  ])('%j', (lines, expected) => {
    expect(fence(lines)).toBe(expected)
  })

  it('holds all lines and lets none out', () => {
    fc.assert(
      fc.property(fc.array(hostileText, {maxLength: 5}), lines => {
        const tokens = marked.lexer(`<details>\n\n${fence(lines)}\n\n</details>\n\nafter\n`)
        const shape = tokens.map(({type}) => type).filter(type => type !== 'space')
        expect(shape).toEqual(['html', 'code', 'html', 'paragraph'])
        const block = tokens.find(({type}) => type === 'code')
        // Marked reads a fence of nothing but empty lines as one line longer.
        const trimmed = (text: string): string => text.replace(/\n+$/, '')
        expect(trimmed(block !== undefined && 'text' in block ? String(block.text) : '')).toBe(
          trimmed(lines.flatMap(plainLines).join('\n'))
        )
      })
    )
  })
})

describe('linkTarget', () => {
  it.each([
    [
      'https://app.circleci.com/pipelines/github/a/b/1',
      'https://app.circleci.com/pipelines/github/a/b/1'
    ],
    ['http://127.0.0.1:8080/x?y=1&copy=2', 'http://127.0.0.1:8080/x?y=1&amp;copy=2'],
    ['https://a.example/(x) [y] |`z`', 'https://a.example/%28x%29%20%5By%5D%20%7C%60z%60'],
    ['https://a.example/%41?b=%zz', 'https://a.example/%41?b=%zz'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//a.example', undefined],
    ['https://user:secret@a.example/', undefined],
    ['', undefined]
  ])('%s is %s', (url, expected) => {
    expect(linkTarget(url)).toBe(expected)
  })

  it('is undefined for an address longer than any browser takes', () => {
    expect(linkTarget(`https://a.example/${'x'.repeat(3000)}`)).toBeUndefined()
  })

  it('makes one link and never less or more', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const url = `https://a.example/${text}`
        const html = marked.parse(`| ${link('x', url)} | end |\n| --- | --- |\n`, {async: false})
        expect(shownText(html, ['table', 'thead', 'tr', 'th', 'a'])).toBe('xend')
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) {
          expect(new URL(href ?? '').origin).toBe('https://a.example')
        }
      })
    )
  })
})

describe('chartLabel', () => {
  it.each([
    ['build-test', 'build-test'],
    ['test (node: 20)', 'test (node∶ 20)'],
    ['a;b#c%%d"e', 'a·b·c··d·e'],
    [
      'a-name-that-is-much-too-long-for-the-space-there-is',
      'a-name-that-is-much-too-long-for-the-sp…'
    ]
  ])('%j is %j', (text, expected) => {
    expect(chartLabel(text)).toBe(expected)
  })

  it('holds nothing that mermaid gives meaning to', () => {
    fc.assert(
      fc.property(hostileText, text => {
        expect(chartLabel(text)).not.toMatch(/[:;#%{}[\]"'`<>&\\\n\r]/)
      })
    )
  })
})
