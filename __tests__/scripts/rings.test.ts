import {describe, expect, it} from '@jest/globals'
import {readdirSync} from 'node:fs'
import path from 'node:path'
import {rings} from '../../scripts/jest/rings.js'
import {ROOT} from '../../scripts/runner/action-file.ts'

const all = readdirSync(path.join(ROOT, '__tests__'), {recursive: true, encoding: 'utf8'})
  .filter(name => name.endsWith('.test.ts'))
  .map(name => `__tests__/${name.replaceAll('\\', '/')}`)
const {unit, stories, bundle} = await rings()

const below = (files: readonly string[], folders: readonly string[]): string[] =>
  files.filter(file => folders.some(folder => file.startsWith(`__tests__/${folder}/`)))

describe('the rings', () => {
  it('have every test file once', () => {
    expect([...unit, ...stories, ...bundle].sort()).toEqual(all.sort())
  })

  it('have what decides, in whatever is thrown at it, among the unit tests', () => {
    expect(below([...stories, ...bundle], ['trigger', 'wait'])).toEqual([])
    expect(unit).toContain('__tests__/wait/verdict.test.ts')
  })

  it('have whatever opens a socket or a file or starts a process among the others', () => {
    expect(below(unit, ['dist', 'examples', 'stories', 'simulator'])).toEqual([])
    // By its own imports, by a helper's of the tests, and by the code's that it tests.
    for (const file of ['boundaries', 'report/summary', 'circleci/client']) {
      expect(stories).toContain(`__tests__/${file}.test.ts`)
    }
  })

  it('have nothing but the tests of the bundle in the one that runs on each Node', () => {
    expect(below(bundle, ['dist', 'examples'])).toEqual(bundle)
  })
})
