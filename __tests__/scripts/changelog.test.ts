import {describe, expect, it} from '@jest/globals'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {releaseNotes} from '../../scripts/changelog.ts'
import {ROOT} from '../../scripts/runner/action-file.ts'

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-03-02

### Added

- The input \`fail-fast\`.

## [1.0.0] - 2026-02-01

The first release.

## [0.9.0] - 2026-01-01

## [0.8.0]

- Something.

[1.1.0]: https://example.com/compare
`

describe('releaseNotes', () => {
  it.each([
    ['1.1.0', '### Added\n\n- The input `fail-fast`.'],
    ['1.0.0', 'The first release.']
  ])('finds the section of %s', (version, notes) => {
    expect(releaseNotes(CHANGELOG, version)).toBe(notes)
  })

  it.each([
    ['1.1', /no section "## \[1\.1\] - <date>"/],
    ['2.0.0', /no section/],
    ['0.9.0', /section of 0\.9\.0 .* is empty/],
    ['0.8.0', /needs the date/],
    ['Unreleased', /needs the date/]
  ])('refuses %s', (version, message) => {
    expect(() => releaseNotes(CHANGELOG, version)).toThrow(message)
  })
})

describe('CHANGELOG.md', () => {
  const text = readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8')
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)

  it('names versions newest first, each with its date but the next one', () => {
    expect(headings[0]).toBe('[Unreleased]')
    const released = headings.slice(1)
    for (const heading of released) {
      expect(heading).toMatch(/^\[\d+\.\d+\.\d+(-[\w.]+)?\] - \d{4}-\d{2}-\d{2}$/)
    }
  })
})
