import {describe, expect, it} from '@jest/globals'
import {copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT, readActionFile} from '../../scripts/runner/action-file.ts'
import {parse} from 'yaml'
import {afterwards, failsSoon, play, verdictOf} from './stage.ts'

describe('what is published', () => {
  it('runs on Node 24, main and post from one file', () => {
    const action = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as {
      runs: Record<string, string>
    }
    expect(action.runs).toEqual({using: 'node24', main: 'dist/index.js', post: 'dist/index.js'})
    const {main, post} = readActionFile()
    expect(post).toBe(main)
  })

  it('is action.yml and dist/, with nothing else around', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'action-'))
    afterwards(() => {
      rmSync(folder, {recursive: true, force: true})
    })
    mkdirSync(path.join(folder, 'dist'))
    copyFileSync(path.join(ROOT, 'action.yml'), path.join(folder, 'action.yml'))
    for (const file of ['index.js', 'package.json']) {
      copyFileSync(path.join(ROOT, 'dist', file), path.join(folder, 'dist', file))
    }
    const {step} = await play({
      actionFile: path.join(folder, 'action.yml'),
      simulator: {scenario: failsSoon}
    })
    expect(verdictOf(step)).toBe('1 failure workflow-failed')
    expect(step.stderr).toBe('')
    expect((await step.post()).exitCode).toBe(0)
  })
})
