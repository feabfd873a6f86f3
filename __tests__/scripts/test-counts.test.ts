import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'

describe('test-counts', () => {
  let folder = ''

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'counts-'))
  })
  afterEach(() => {
    rmSync(folder, {recursive: true})
  })

  const results = (passed: number, failed: number, broken: number, pending: number): string =>
    JSON.stringify({
      numPassedTests: passed,
      numFailedTests: failed,
      numRuntimeErrorTestSuites: broken,
      numPendingTests: pending,
      numTodoTests: 0
    })

  it.each([
    [[results(10, 0, 0, 0), results(5, 0, 0, 0)], '15 passed, 0 failed', 0],
    [[results(10, 2, 1, 0)], '10 passed, 3 failed', 1],
    [[results(10, 0, 0, 4)], '10 passed, 0 failed, 4 skipped', 0],
    [[results(0, 0, 0, 0)], '0 passed, 0 failed', 1],
    [[], '0 passed, 0 failed', 1]
  ])('adds up %j', (files, line, code) => {
    files.forEach((text, index) => {
      writeFileSync(path.join(folder, `${index}.json`), text)
    })
    writeFileSync(path.join(folder, 'note.txt'), 'not a result')
    const {stdout, status} = spawnSync(process.execPath, ['scripts/test-counts.mjs', folder], {
      cwd: ROOT,
      encoding: 'utf8'
    })
    expect([stdout, status]).toEqual([`${line}\n`, code])
  })
})
