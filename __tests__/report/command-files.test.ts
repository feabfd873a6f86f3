import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'

import {checkCommandFiles} from '../../src/report/delivery.ts'

let folder: string
let there: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'commands-'))
  there = path.join(folder, 'there')
  writeFileSync(there, '')
})

afterEach(() => {
  rmSync(folder, {recursive: true})
})

describe('checkCommandFiles', () => {
  it.each(['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'])(
    'names %s and its path',
    name => {
      const gone = path.join(folder, 'gone')
      const check = (): void => {
        checkCommandFiles({GITHUB_OUTPUT: there, [name]: gone}, {summary: true})
      }
      expect(check).toThrow(`${name} names ${gone}, which this step cannot write to (ENOENT`)
      expect(check).toThrow('nothing was triggered')
    }
  )

  it('takes no folder for a file', () => {
    const check = (): void => {
      checkCommandFiles({GITHUB_OUTPUT: folder}, {summary: true})
    }
    expect(check).toThrow(`GITHUB_OUTPUT names ${folder}, which this step cannot write to (it is a`)
  })

  it('asks for no summary file when no summary is wanted', () => {
    const env = {GITHUB_STEP_SUMMARY: path.join(folder, 'gone')}
    expect(() => {
      checkCommandFiles(env, {summary: false})
    }).not.toThrow()
  })

  it.each([
    ['set to files', (): Record<string, string> => ({GITHUB_OUTPUT: there, GITHUB_STATE: there})],
    ['not set', (): Record<string, string> => ({})],
    ['blank', (): Record<string, string> => ({GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: ''})]
  ])('is content when they are %s', (_, env) => {
    expect(() => {
      checkCommandFiles(env(), {summary: true})
    }).not.toThrow()
  })
})
