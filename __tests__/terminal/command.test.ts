import {afterAll, describe, expect, it} from '@jest/globals'
import {execFileSync} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type {Simulator, SimulatorOptions} from '../../simulator/index.ts'
import {command} from '../../src/command.ts'
import {failsSoon, longRunning, scenario, simulate, triggers, workflow} from '../dist/stage.ts'
import {fakeClock} from '../support/fake-clock.ts'

const root = mkdtempSync(path.join(os.tmpdir(), 'command-'))
afterAll(() => {
  rmSync(root, {recursive: true, force: true})
})

const green = scenario([workflow('build')])

interface Played {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly simulator: Simulator
  /** What a second signal would print. */
  readonly lastWords: () => string
}

interface Play {
  readonly simulator?: SimulatorOptions
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly isTTY?: boolean
  /** Called with every text that is printed. */
  readonly onPrint?: (text: string, cancel: AbortController, simulator: Simulator) => void
}

/** Runs the command in this process and in virtual time. */
async function run(args: readonly string[], play: Play = {}): Promise<Played> {
  const clock = fakeClock()
  const simulator = await simulate({clock, scenario: green, ...play.simulator})
  const cancel = new AbortController()
  let out = ''
  let err = ''
  let words = (): string => ''
  const code = await command(
    ['--host', simulator.url, ...args],
    {
      signal: cancel.signal,
      lastWords: set => {
        words = set
      }
    },
    {
      env: {CIRCLE_TOKEN: simulator.token, ...play.env},
      stdout: {
        write: text => {
          out += text
          play.onPrint?.(text, cancel, simulator)
        },
        ...(play.isTTY === true ? {isTTY: true, rows: 24} : {})
      },
      stderr: {
        write: text => {
          err += text
        }
      },
      cwd: () => play.cwd ?? root
    },
    {clock, random: () => 0.5}
  )
  return {code, out, err, simulator, lastWords: () => words()}
}

const file = (name: string): string => path.join(root, name)
const slug = ['--project-slug', 'gh/acme/shop']
const main = [...slug, '--branch', 'main', '--poll-interval', '1s']

describe('the command', () => {
  it('triggers, waits and passes', async () => {
    const {code, out, simulator} = await run([...main, '--wait'])
    expect(out).toContain('Triggered pipeline #101')
    expect(out).toMatch(/✓ Passed after .*: /)
    expect(code).toBe(0)
    expect(triggers(simulator)).toHaveLength(1)
  })

  it('fails with what failed', async () => {
    const {code, out} = await run([...main, '--wait'], {simulator: {scenario: failsSoon}})
    expect(code).toBe(1)
    expect(out).toContain('▸ ✗ test (build): failed')
    expect(out).toMatch(/^Error: .*failed/m)
    expect(out).not.toContain('\x1b')
    expect(out).not.toContain('::')
  })

  it('writes outputs, summary and report', async () => {
    const files = [
      '--outputs',
      file('o.json'),
      '--summary',
      file('s.md'),
      '--report',
      file('r.json')
    ]
    await run([...main, '--wait', ...files], {simulator: {scenario: failsSoon}})
    const read = (name: string): unknown => JSON.parse(readFileSync(file(name), 'utf8'))
    expect(read('o.json')).toMatchObject({
      'pipeline-number': 101,
      triggered: true,
      conclusion: 'failure',
      'failure-reason': 'workflow-failed',
      'failed-jobs': ['test'],
      report: file('r.json')
    })
    expect(read('r.json')).toMatchObject({conclusion: 'failure'})
    expect(readFileSync(file('s.md'), 'utf8')).toMatch(/^## ❌ .*pipeline.*failed/)
  })

  it('writes the outputs as variables, those of the pipeline at once', async () => {
    let early = ''
    await run([...main, '--wait', '--outputs', file('o.env')], {
      onPrint: text => {
        if (text.includes('build: ')) early = readFileSync(file('o.env'), 'utf8')
      }
    })
    expect(early).toContain('CIRCLECI_PIPELINE_NUMBER=101\n')
    expect(early).not.toContain('CONCLUSION')
    expect(readFileSync(file('o.env'), 'utf8')).toContain('CIRCLECI_CONCLUSION=success\n')
  })

  it.each([
    {what: 'a bad flag', args: ['--brnach', 'x'], code: 2},
    {what: 'a bad input', args: [...main, '--timeout', 'soon'], code: 2},
    {what: 'no branch on a laptop', args: slug, code: 2},
    {what: 'no project on a laptop', args: ['--branch', 'main'], code: 2},
    {
      what: 'files that cannot be written',
      args: [...main, '--outputs', file('no/o.json')],
      code: 2
    },
    {
      what: 'no token of GitHub',
      args: [...main, '--comment', '--github-repository', 'a/b'],
      code: 2
    }
  ])('$what ends with $code, and nothing is sent', async ({args, code}) => {
    const played = await run(args)
    expect(played.code).toBe(code)
    expect(played.simulator.requests).toEqual([])
  })

  it.each([
    {
      what: 'a token CircleCI does not know',
      env: {CIRCLE_TOKEN: 'unknown-token'},
      args: main,
      code: 3
    },
    {
      what: 'another project',
      args: ['--project-slug', 'gh/acme/none', '--branch', 'main'],
      code: 5
    },
    {
      what: 'a timeout',
      args: [...main, '--wait', '--timeout', '20s'],
      simulator: {scenario: longRunning},
      code: 8
    }
  ])('$what ends with $code', async ({args, env = {}, simulator = {}, code}) => {
    expect((await run(args, {env, simulator})).code).toBe(code)
  })

  it('says what to give on a laptop', async () => {
    const {out} = await run(slug)
    expect(out).toContain('Give --branch or --tag, or --here')
  })

  it('builds what another CI is about, and says which', async () => {
    const env = {
      BUILDKITE: 'true',
      BUILDKITE_BRANCH: 'main',
      BUILDKITE_COMMIT: 'HEAD',
      BUILDKITE_REPO: 'git@github.com:acme/shop.git'
    }
    const {code, out, simulator} = await run(['--wait'], {env, simulator: {scenario: failsSoon}})
    expect(code).toBe(1)
    expect(triggers(simulator)[0]?.body).toMatchObject({branch: 'main'})
    expect(out).toContain('branch main (what Buildkite builds)')
    expect(out).toMatch(
      /^--- ✗ test \(build\): failed\n(?:\| .*\n|\|\n)+\+\+\+ CircleCI pipeline\n✗ Failed/m
    )
  })

  it('shows a live view on a terminal', async () => {
    const {out, code} = await run([...main, '--wait'], {isTTY: true})
    expect(code).toBe(0)
    expect(out).toMatch(/\x1b\[\d+A\x1b\[0J/)
    expect(out).toMatch(/✓ build: success[^]*✓ Passed/)
  })

  it('runs several pipelines, and shows each on a terminal', async () => {
    const pipelines = ['--pipelines', 'api: {branch: main}', '--pipelines', 'web: {branch: main}']
    const files = ['--outputs', file('several.json')]
    const several = [...slug, ...pipelines, ...files, '--wait', '--poll-interval', '1s']
    const {code, out, simulator} = await run(several, {isTTY: true})
    expect(code).toBe(0)
    expect(triggers(simulator)).toHaveLength(2)
    expect(out).toMatch(/\[api\] ✓ build: success[^]*\[web\] ✓ build: success/)
    expect(JSON.parse(readFileSync(file('several.json'), 'utf8'))).toMatchObject({
      conclusion: 'success',
      conclusions: {api: 'success', web: 'success'}
    })
  })

  it('refuses an entry without a branch on a laptop', async () => {
    const {code, simulator} = await run([...slug, '--pipelines', 'api: {}'])
    expect(code).toBe(2)
    expect(simulator.requests).toEqual([])
  })

  it('hides the token', async () => {
    const {out, simulator} = await run([...main, '--definition', 'x', '--dry-run'])
    expect(out).not.toContain(simulator.token)
  })
})

describe('an interrupted command', () => {
  it('cancels the pipeline, and what appears 10 s later', async () => {
    const late = scenario([
      workflow('build', undefined, {jobs: [{name: 'test', queue: 0.05, run: 600}]}),
      workflow('late', undefined, {appears: 13, jobs: [{name: 'test', queue: 0.05, run: 600}]})
    ])
    const {code, out, simulator} = await run([...main, '--wait'], {
      simulator: {scenario: late},
      onPrint: (text, cancel) => {
        if (text.includes('build: running')) cancel.abort(new Error('This command was interrupted'))
      }
    })
    expect(code).toBe(6)
    expect(out).toContain('This command was interrupted while it waited for pipeline #101')
    expect(out).toContain('goes on for at most a minute')
    expect(out).toContain('cancelled "late"')
    const cancels = simulator.requests.filter(({path: to}) => to.endsWith('/cancel'))
    expect(cancels.length).toBeGreaterThanOrEqual(2)
  })

  it('finds the pipeline of a trigger that was under way', async () => {
    const {code, out, simulator, lastWords} = await run([...main, '--wait'], {
      simulator: {
        scenario: longRunning,
        faults: [{method: 'POST', path: '/project/**/pipeline', kind: 'cut-after', nth: 1}]
      },
      onPrint: (text, cancel) => {
        if (/looking|lost|answer/i.test(text)) {
          cancel.abort(new Error('This command was interrupted'))
        }
      }
    })
    expect(code).toBe(6)
    expect(out).toContain('looking for the pipeline')
    expect(out).toMatch(/#101: cancelled/)
    expect(triggers(simulator)).toHaveLength(1)
    expect(lastWords()).toContain('A pipeline of gh/acme/shop may have been triggered: look at')
  })

  it('leaves what it is to leave', async () => {
    const {code, simulator} = await run([...main, '--wait', '--on-cancel', 'leave'], {
      simulator: {scenario: longRunning},
      onPrint: (text, cancel) => {
        if (text.includes('build: running')) cancel.abort(new Error('This command was interrupted'))
      }
    })
    expect(code).toBe(6)
    expect(simulator.requests.filter(({path: to}) => to.endsWith('/cancel'))).toEqual([])
  })
})

describe('--here', () => {
  const git = (cwd: string, ...args: string[]): void => {
    const identity = ['-c', 'user.name=n', '-c', 'user.email=e@example.com']
    execFileSync('git', [...identity, ...args], {cwd, stdio: 'ignore'})
  }

  function checkout(name: string): string {
    const origin = path.join(root, `${name}.git`)
    const folder = path.join(root, name)
    git(root, 'init', '--bare', '--initial-branch', 'cart', origin)
    git(root, 'clone', origin, folder)
    git(folder, 'checkout', '-B', 'cart')
    writeFileSync(path.join(folder, 'a'), '')
    git(folder, 'add', 'a')
    git(folder, 'commit', '-m', 'a')
    return folder
  }

  it('takes the branch that is checked out', async () => {
    const cwd = checkout('pushed')
    git(cwd, 'push', '-u', 'origin', 'cart')
    const {out} = await run([...slug, '--here', '--dry-run'], {cwd})
    expect(out).toContain('cart')
  })

  it('is refused with commits that were not pushed', async () => {
    const cwd = checkout('ahead')
    git(cwd, 'push', '-u', 'origin', 'cart')
    git(cwd, 'commit', '--allow-empty', '-m', 'b')
    const {out, code, simulator} = await run([...slug, '--here'], {cwd})
    expect(out).toContain('"cart" has a commit that was not pushed to origin/cart')
    expect(code).toBe(2)
    expect(simulator.requests).toEqual([])
  })

  it('is refused for a branch that was never pushed, and outside of a checkout', async () => {
    expect((await run([...slug, '--here'], {cwd: checkout('never')})).out).toContain('git push -u')
    expect(existsSync(path.join(root, '.git'))).toBe(false)
    expect((await run([...slug, '--here'])).out).toContain('finds no commit of a Git checkout')
  })
})
