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

  it('is a command that npm links as it is, and that npx gets from a git address alone', () => {
    const {bin, scripts, dependencies} = JSON.parse(
      readFileSync(path.join(ROOT, 'package.json'), 'utf8')
    ) as Record<string, Record<string, string> | undefined>
    expect(bin).toEqual({'circleci-pipeline': 'dist/cli/index.js'})
    const entry = path.join(ROOT, 'dist/cli/index.js')
    expect(readFileSync(entry, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    const isExecutable = process.platform === 'win32' || (statSync(entry).mode & 0o111) === 0o111
    expect(isExecutable).toBe(true)
    // With a script of one of these names npm installs all development dependencies first (pacote, lib/git.js).
    const forbidden = ['build', 'prepare', 'prepack', 'install', 'preinstall', 'postinstall']
    expect(Object.keys(scripts ?? {}).filter(name => forbidden.includes(name))).toEqual([])
    expect(dependencies).toBeUndefined()
  })

  it("starts with little: GitHub's packages, YAML and what only a wait needs are chunks", () => {
    const steps = readFileSync(path.join(ROOT, 'dist/steps.js'), 'utf8')
    expect(steps.length).toBeLessThan(700_000)
    for (const late of [
      'octokit/request.js',
      'new Parser(',
      'class Watch',
      'function renderSummary('
    ]) {
      expect(steps).not.toContain(late)
    }
  })

  it('holds each module once', () => {
    const chunks = readdirSync(path.join(ROOT, 'dist')).filter(file => file.endsWith('.js'))
    const modules = chunks.flatMap(file =>
      Array.from(
        readFileSync(path.join(ROOT, 'dist', file), 'utf8').matchAll(/^\/\*{3}\/ (\d+):$/gm),
        ([, id]) => id
      )
    )
    expect(modules.length).toBeGreaterThan(100)
    expect(modules.filter((id, index) => modules.indexOf(id) !== index)).toEqual([])
  })

  it('is ASCII, as one other character doubles what a file takes', () => {
    const files = readdirSync(path.join(ROOT, 'dist'), {recursive: true, encoding: 'utf8'})
    const scripts = files.filter(file => /\.c?js$/.test(file))
    expect(scripts.length).toBeGreaterThan(10)
    const others = scripts.filter(file =>
      readFileSync(path.join(ROOT, 'dist', file)).some(byte => byte > 0x7f)
    )
    expect(others).toEqual([])
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
