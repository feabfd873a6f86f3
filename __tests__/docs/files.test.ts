import {describe, expect, it} from '@jest/globals'
import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'

import {ROOT} from '../../scripts/runner/action-file.ts'

/** Paths of this repository's own folders, wherever in a page they stand. */
const PATHS = /(?<![\w/.-])(?:src|__tests__|scripts|simulator|bench|examples|docs)\/[\w./-]*\w\/?/g

describe.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s', page => {
  const text = readFileSync(path.join(ROOT, page), 'utf8')
  const named = [...new Set(text.match(PATHS))].filter(name => !name.endsWith('dist/'))

  it('names files and folders that are there', () => {
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(name => !existsSync(path.join(ROOT, name)))).toEqual([])
  })

  it('names the files of src/ by their whole path', () => {
    const spans = [...text.matchAll(/`([\w/-]+\.ts)`/g)].map(([, name = '']) => name)
    expect(spans.filter(name => !existsSync(path.join(ROOT, name)))).toEqual([])
  })
})
