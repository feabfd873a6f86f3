import {beforeAll, describe, expect, it} from '@jest/globals'
import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'

interface Run {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numRuntimeErrorTestSuites: number
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {readonly title: string; readonly status: string}[]
  }[]
}

/** Runs the files of the folder of fixtures as `npm test` would. */
function run(): {code: number | null; results: Run} {
  const config = {
    rootDir: ROOT,
    testMatch: ['<rootDir>/__tests__/fixtures/jest/*.ts'],
    runner: '<rootDir>/scripts/jest/runner.js',
    transform: {}
  }
  const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js')
  const {status, stdout} = spawnSync(
    process.execPath,
    [jest, '--config', JSON.stringify(config), '--json', '--maxWorkers=1'],
    {cwd: ROOT, encoding: 'utf8'}
  )
  return {code: status, results: JSON.parse(stdout) as Run}
}

describe('a run of tests', () => {
  let code: number | null
  let results: Run
  const file = (name: string): Run['testResults'][number] | undefined =>
    results.testResults.find(one => path.basename(one.name) === name)

  beforeAll(() => {
    ;({code, results} = run())
  })

  it('counts what passed, failed and was skipped, and fails', () => {
    expect(file('ends.ts')?.assertionResults.map(({title, status}) => [title, status])).toEqual([
      ['passes', 'passed'],
      ['fails', 'failed'],
      ['asserts less than it says', 'failed'],
      ['is skipped', 'pending'],
      ['spies', 'passed'],
      ['finds what was spied on put back', 'passed'],
      ['fails as well', 'failed']
    ])
    expect([code, results.success]).toEqual([1, false])
    expect([results.numPassedTests, results.numFailedTests, results.numPendingTests]).toEqual([
      4, 3, 1
    ])
  })

  it('says where and why a test failed', () => {
    expect(file('ends.ts')?.message).toContain('● fails')
    expect(file('ends.ts')?.message).toMatch(/Expected:.* 2[^]*ends\.ts:8:13/)
    expect(file('ends.ts')?.message).toContain('The hook')
  })

  it('fails with an error of no test, and with a file that cannot be loaded', () => {
    expect(file('stray.ts')?.message).toContain('Nobody waits for this')
    expect(file('broken.ts')?.message).toContain('While it was loaded')
    expect(results.numRuntimeErrorTestSuites).toBe(2)
  })
})
