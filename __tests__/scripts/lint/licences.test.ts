import {describe, expect, it} from '@jest/globals'
import {lintLicences, parseLicences} from '../../../scripts/lint/licences.ts'

const TEXT = `@actions/core
MIT
The MIT License

Permission is granted.

yaml

tunnel
Apache-2.0
Apache License

core
inside the text of a licence

bare
ISC


`

describe('parseLicences', () => {
  it('cuts the list where an installed package’s name begins an entry', () => {
    const installed = new Set(['@actions/core', 'tunnel', 'yaml', 'bare'])
    expect(parseLicences(TEXT, installed)).toEqual([
      {
        name: '@actions/core',
        licence: 'MIT',
        text: 'The MIT License\n\nPermission is granted.\n\nyaml'
      },
      {
        name: 'tunnel',
        licence: 'Apache-2.0',
        text: 'Apache License\n\ncore\ninside the text of a licence'
      },
      {name: 'bare', licence: 'ISC', text: ''}
    ])
  })
})

describe('lintLicences', () => {
  const bundled = (licence: string, text = 'text') => [{name: 'a', licence, text}]

  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND ISC'])('accepts %s', licence => {
    expect(lintLicences(bundled(licence), ['a'])).toEqual([])
  })

  it.each(['GPL-3.0-only', 'UNLICENSED', 'MIT AND GPL-3.0-only', 'SEE LICENSE IN X'])(
    'refuses %s',
    licence => {
      expect(lintLicences(bundled(licence), ['a'])).toEqual([
        `a has the licence ${licence}, which is not on the allow list.`
      ])
    }
  )

  it('misses a text and a dependency', () => {
    expect(lintLicences(bundled('MIT', ''), ['a', 'b'])).toEqual([
      'b is a dependency and is not listed in dist/licenses.txt.',
      'a (MIT) is bundled without the text of its licence.'
    ])
  })
})
