import {describe, expect, it} from '@jest/globals'
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'
import {parse} from 'yaml'
import {afterwards, failsSoon, play, verdictOf} from './stage.ts'

describe('what is published', () => {
  it('runs on Node 24, main and post from entries of their own', () => {
    const action = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as {
      runs: Record<string, string>
    }
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/post/index.js'
    })
  })

  it('holds the code of the steps once', () => {
    const sizes = readdirSync(path.join(ROOT, 'dist'), {recursive: true, encoding: 'utf8'})
      .filter(file => file.endsWith('.js'))
      .map(file => ({file, size: statSync(path.join(ROOT, 'dist', file)).size}))
    const large = sizes.filter(({size}) => size > 10_000).map(({file}) => file)
    expect(large).toEqual(['steps.js'])
  })

  it('is action.yml and dist/, with nothing else around', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'action-'))
    afterwards(() => {
      rmSync(folder, {recursive: true, force: true})
    })
    copyFileSync(path.join(ROOT, 'action.yml'), path.join(folder, 'action.yml'))
    cpSync(path.join(ROOT, 'dist'), path.join(folder, 'dist'), {recursive: true})
    const {step} = await play({
      actionFile: path.join(folder, 'action.yml'),
      simulator: {scenario: failsSoon}
    })
    expect(verdictOf(step)).toBe('1 failure workflow-failed')
    expect(step.stderr).toBe('')
    expect((await step.post()).exitCode).toBe(0)
  })
})
