import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {
  foldedName,
  isGitName,
  markedName,
  safeName,
  safeSegments
} from '../../src/download/file-name.ts'
import {anyGraphemes, anyText} from '../support/any-text.ts'

const HASH = '[0-9a-f]{8}'

describe('safeName', () => {
  it.each([
    'a.txt',
    '.hidden',
    '...x',
    'with space.txt',
    ' leading',
    'ünïcödé 日本語 😀.txt',
    '~tilde',
    '-dash',
    'com10',
    'console.log',
    'auxiliary.c',
    'x.con',
    '100%.txt',
    "a&b;c$(d)`e`'f'",
    '[id].tsx',
    'x'.repeat(255)
  ])('leaves %j alone', name => {
    expect(safeName(name)).toBe(name)
  })

  it.each([
    ['', '_'],
    ['.', '_'],
    ['..', '__'],
    ['...', '___'],
    ['a.', 'a_'],
    ['a. .', 'a___'],
    ['a ', 'a_'],
    ['a/b', 'a_b'],
    ['a\\b', 'a_b'],
    ['C:', 'C_'],
    ['a:stream', 'a_stream'],
    ['<>"|?*', '______'],
    ['nul\u0000byte', 'nul_byte'],
    ['new\nline\r\u001b\u007f\u0085', 'new_line____'],
    ['con', '_con'],
    ['CON.txt', '_CON.txt'],
    ['Aux.tar.gz', '_Aux.tar.gz'],
    ['nul .txt', '_nul .txt'],
    ['LPT9', '_LPT9'],
    ['com¹.log', '_com¹.log'],
    ['CONIN$', '_CONIN$'],
    ['\ud800lone', '_lone'],
    ['lone\udc00', 'lone_']
  ])('makes %j usable as %j', (name, expected) => {
    expect(safeName(name)).toBe(expected)
  })

  it('cuts long names around a hash, keeps the extension, and tells different names apart', () => {
    const long = safeName(`${'x'.repeat(300)}.html`)
    expect(long).toMatch(new RegExp(`^x+-${HASH}\\.html$`))
    expect(Buffer.byteLength(long)).toBe(255)
    expect(safeName(`${'x'.repeat(301)}.html`)).not.toBe(long)
    const wide = safeName('日'.repeat(200))
    expect(wide).toMatch(new RegExp(`^日+-${HASH}$`))
    expect(Buffer.byteLength(wide)).toBeLessThanOrEqual(255)
    expect(safeName(`a.${'e'.repeat(300)}`)).toMatch(new RegExp(`^a\\.e+-${HASH}$`))
  })
})

describe('safeSegments', () => {
  it.each([
    ['coverage/index.html', ['coverage', 'index.html']],
    ['../../etc/passwd', ['__', '__', 'etc', 'passwd']],
    ['/etc/passwd', ['etc', 'passwd']],
    ['a//b/./c/', ['a', 'b', 'c']],
    ['C:\\Windows\\system32\\x.dll', ['C_', 'Windows', 'system32', 'x.dll']],
    ['\\\\server\\share', ['server', 'share']],
    ['a\\..\\..\\b', ['a', '__', '__', 'b']],
    ['~/.ssh/id_rsa', ['~', '.ssh', 'id_rsa']],
    ['', ['_']],
    ['/', ['_']],
    ['./.', ['_']]
  ])('splits %j into %j', (path, expected) => {
    expect(safeSegments(path)).toEqual(expected)
  })

  it('shortens a path that is too long, and keeps its first folder and its name', () => {
    const deep = `top/${'folder/'.repeat(200)}name.txt`
    const [first, middle, name, ...rest] = safeSegments(deep)
    expect([first, name, rest]).toEqual(['top', 'name.txt', []])
    expect(middle).toMatch(new RegExp(`^${HASH}$`))
    expect(safeSegments(deep.replace('top', 'other'))[1]).not.toBe(middle)
  })
})

describe('isGitName', () => {
  it.each([
    ...[
      '.git',
      '.GIT',
      '.Git',
      'git~1',
      'GIT~2',
      '.git ',
      '.git.',
      '.git. . ',
      '.git:x',
      '.git::$DATA'
    ],
    ...[
      '.g\u200cit',
      '\u2060.git',
      '.git\ufeff',
      '.gi\u202et',
      'g\u200dit~1',
      '.git.:a',
      '\uff0egit'
    ]
  ])('takes %j for .git', name => {
    expect(isGitName(name)).toBe(true)
    expect(safeSegments(`a/${name}/hooks/x`)[1]).not.toMatch(/^\W?g/i)
  })

  it.each(['git', '.gitignore', '.github', '.git2', 'a.git', 'git~', 'git~x', '..git', ''])(
    'does not take %j for it',
    name => {
      expect(isGitName(name)).toBe(false)
    }
  )
})

describe('any name at all', () => {
  const hostile = fc.oneof(
    anyText({maxLength: 40}),
    fc
      .array(
        fc.constantFrom(
          '..',
          '.',
          '/',
          '\\',
          'C:',
          'con',
          'NUL',
          ' ',
          '\u0000',
          '\n',
          'a',
          'ß',
          'é',
          '.txt',
          '\ud800'
        ),
        {maxLength: 12}
      )
      .map(parts => parts.join('')),
    anyGraphemes({minLength: 200, maxLength: 400})
  )

  it('becomes a name that is one segment, no way up, no device, not too long, and stays as it is from then on', () => {
    fc.assert(
      fc.property(hostile, name => {
        const safe = safeName(name)
        expect(safe).not.toMatch(/[\u0000-\u001f<>:"/\\|?*]|^$|[. ]$/)
        expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)/i)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255)
        expect(Buffer.from(safe).toString()).toBe(safe)
        expect(safeName(safe)).toBe(safe)
      })
    )
  })

  it('becomes a path of such names, at least one, which stays as it is from then on', () => {
    fc.assert(
      fc.property(hostile, path => {
        const segments = safeSegments(path)
        expect(segments.length).toBeGreaterThan(0)
        for (const segment of segments) expect(safeName(segment)).toBe(segment)
        expect(safeSegments(segments.join('/'))).toEqual(segments)
        expect(Buffer.byteLength(segments.join('/'))).toBeLessThanOrEqual(1000)
      })
    )
  })

  it('stays usable when it is marked', () => {
    fc.assert(
      fc.property(hostile, name => {
        const safe = safeName(name)
        const marked = markedName(safe, 'abcd1234')
        expect(marked).not.toBe(safe)
        expect(marked).toContain('-abcd1234')
        expect(safeName(marked)).toBe(marked)
      })
    )
  })
})

describe('foldedName', () => {
  it.each([
    ['README', 'readme'],
    ['Straße', 'STRASSE'],
    ['é', 'e\u0301'],
    ['\u212a', 'k'],
    ['ﬁle', 'FILE']
  ])('takes %j and %j for one', (a, b) => {
    expect(foldedName(a)).toBe(foldedName(b))
  })
})
