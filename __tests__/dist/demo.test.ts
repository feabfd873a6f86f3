import {beforeAll, describe, expect, it} from '@jest/globals'
import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'

interface Shown {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the demo as `npm run demo` does; interrupts it when a line says so. */
async function demo(args: readonly string[], interruptAt?: string): Promise<Shown> {
  // FORCE_COLOR, which jest may have been given, would colour what is compared here.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'FORCE_COLOR')
  )
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo/main.ts', ...args], {
    cwd: ROOT,
    env: {...env, CIRCLE_TOKEN: 'the-developers-own'}
  })
  let stdout = ''
  let stderr = ''
  let interrupted = false
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    if (interruptAt !== undefined && !interrupted && stdout.includes(interruptAt)) {
      interrupted = child.kill('SIGINT')
    }
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  return {code, stdout, stderr}
}

describe('npm run demo', () => {
  let failing: Shown
  let slow: Shown
  let wrong: Shown

  beforeAll(async () => {
    ;[failing, slow, wrong] = await Promise.all([
      demo(['failing']),
      // On Windows a signal would end the demo itself.
      demo(['slow'], process.platform === 'win32' ? undefined : 'Triggered pipeline'),
      demo(['--scenario', 'failing'])
    ])
  })

  it('shows the log, the outputs and the summary, and ends as the step did', () => {
    expect(failing).toMatchObject({code: 1, stderr: ''})
    expect(failing.stdout).toMatch(/^Scenario failing: /)
    expect(failing.stdout).toMatch(/\nTriggered pipeline #\d+: http/)
    expect(failing.stdout).toMatch(/\n▾ ✗ unit-tests .*\n {2}│ … \d+ earlier lines folded\n/)
    expect(failing.stdout).toMatch(/\nError: /)
    expect(failing.stdout).toMatch(/\n {2}conclusion {7}failure\n/)
    expect(failing.stdout).toMatch(/The step failed after [\d.]+ s, with exit code 1\.\n$/)
    const outputs = JSON.parse(
      readFileSync(path.join(ROOT, '.demo/failing/outputs.json'), 'utf8')
    ) as Record<string, string>
    expect(outputs['failed-jobs']).toContain('unit-tests')
    const markdown = readFileSync(path.join(ROOT, '.demo/failing/summary.md'), 'utf8')
    expect(markdown).toContain('```mermaid')
    const page = readFileSync(path.join(ROOT, '.demo/failing/summary.html'), 'utf8')
    expect(page).toContain('<pre class="mermaid">')
  })

  it('never shows a token, nor lets the developer’s own in', () => {
    for (const {stdout} of [failing, slow]) {
      expect(stdout).not.toMatch(/CCIPAT|the-developers-own/)
      expect(stdout).toContain('token: ***')
    }
  })

  it('passes a Ctrl-C on as GitHub passes a cancel', () => {
    const expected = process.platform === 'win32' ? 'success' : 'cancelled'
    expect(slow.stdout).toMatch(new RegExp(`\\n {2}conclusion +${expected}\\n`))
    expect(slow.stdout.includes('The step was cancelled')).toBe(process.platform !== 'win32')
  })

  it('explains a mistake and ends with 2', () => {
    expect(wrong).toEqual({
      code: 2,
      stdout: '',
      stderr: "Unknown option '--scenario'. --help lists the options.\n"
    })
  })
})
