import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT} from '../../../scripts/runner/action-file.ts'

describe('lint-actions', () => {
  let folder = ''

  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'lint-'))
    mkdirSync(path.join(folder, '.github', 'workflows'), {recursive: true})
  })
  afterAll(() => {
    rmSync(folder, {recursive: true})
  })

  it('says what is wrong where, and fails', () => {
    const action = path.join(folder, 'action.yml')
    writeFileSync(action, 'name: x\ndescription: y\nruns:\n  using: node99\n  main: a.js\n')
    const workflow = path.join(folder, '.github', 'workflows', 'ci.yml')
    writeFileSync(
      workflow,
      `on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
      - uses: ./
        with:
          wiat: true
      - run: echo \${{ steps.nobody.outputs.x }}
`
    )
    const result = spawnSync(
      process.execPath,
      ['node_modules/tsx/dist/cli.mjs', 'scripts/lint-actions.ts', action, workflow],
      {cwd: ROOT, encoding: 'utf8'}
    )
    expect(result.status).toBe(1)
    expect(result.stdout).toBe('4 problems in 2 files.\n')
    expect(result.stderr).toContain(`${action}:4:10: Unexpected value 'node99'`)
    expect(result.stderr).toContain(`${workflow}:6:15: "actions/checkout@v6" is not pinned`)
    expect(result.stderr).toContain(`${workflow}:9:11: this action has no input "wiat"`)
    expect(result.stderr).toContain(`${workflow}:10:`)
  })
})
