import {describe, expect, it} from '@jest/globals'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {NOT_ON_WINDOWS, runsOn} from '../../scripts/jest/windows.js'
import {ROOT} from '../../scripts/runner/action-file.ts'

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, string>>
}

interface Job {
  readonly needs?: readonly string[]
  readonly uses?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
}

function jobsOf(workflow: string): Readonly<Record<string, Job>> {
  const file = path.join(ROOT, '.github/workflows', `${workflow}.yml`)
  return (parse(readFileSync(file, 'utf8')) as {jobs: Record<string, Job>}).jobs
}

const scriptsOf = (job: Job | undefined): string =>
  (job?.steps ?? []).map(({run = ''}) => run).join('\n')

describe('the release', () => {
  const {check, build, publish} = jobsOf('release')
  const installs = /\b(?:npm|npx|yarn|pnpm|node|tsx)\b|setup-node/

  it('runs what npm installs only where the token can read', () => {
    expect(build?.permissions).toEqual({contents: 'read'})
    expect(check?.permissions).toEqual({contents: 'read'})
    expect(scriptsOf(build)).toMatch(installs)
  })

  it('installs nothing where the token can write and sign', () => {
    expect(Object.keys(publish?.permissions ?? {}).sort()).toEqual([
      'attestations',
      'contents',
      'id-token'
    ])
    const all = (publish?.steps ?? []).map(({uses = '', run = ''}) => `${uses}\n${run}`)
    expect(all.filter(text => installs.test(text))).toEqual([])
  })

  it('publishes only what was checked and built again, and attests all of dist/', () => {
    expect(publish?.needs).toEqual(['check', 'build'])
    expect(scriptsOf(build)).toContain('git diff --exit-code -- dist')
    expect(scriptsOf(build)).toContain('git status --porcelain -- dist')
    const [attest] = (publish?.steps ?? []).filter(({uses}) => uses?.startsWith('actions/attest@'))
    expect(attest?.with?.['subject-path']).toBe('dist/**')
  })

  it('runs scripts that are there and may be run', () => {
    const scripts = Array.from(
      scriptsOf(publish).matchAll(/\bscripts\/[\w/-]+\.sh\b/g),
      ([script]) => script
    )
    expect(scripts).toEqual(['scripts/release/publish.sh', 'scripts/release/move-major-tag.sh'])
    for (const script of scripts) {
      expect(readFileSync(path.join(ROOT, script), 'utf8')).toMatch(/^#!\/usr\/bin\/env bash\n/)
    }
  })
})

describe('the linters of workflows', () => {
  const examples = readdirSync(path.join(ROOT, 'examples'), {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .map(({name}) => `examples/${name}/workflow.yml`)
    .sort()
  const {zizmor, actionlint} = jobsOf('workflows')

  it('look at every example', () => {
    const inputs = zizmor?.steps?.find(({uses}) => uses?.startsWith('zizmorcore/'))?.with?.[
      'inputs'
    ]
    expect(inputs?.split(' ')).toEqual(['.', ...examples])
    expect(scriptsOf(actionlint)).toContain(' .github/workflows/*.yml examples/*/workflow.yml')
    for (const example of examples) expect(existsSync(path.join(ROOT, example))).toBe(true)
  })
})

describe('what is left out on Windows', () => {
  const left = Object.entries(NOT_ON_WINDOWS)

  it.each(left)('%s is there, and has its reason', (file, reason) => {
    expect(existsSync(path.join(ROOT, file))).toBe(true)
    expect(reason).toMatch(/^[A-Z].{30,}\.$/)
    expect([runsOn('win32', file), runsOn('linux', file), runsOn('darwin', file)]).toEqual([
      ...[false, true, true]
    ])
  })

  it('is every file that needs signals, links, modes or bash and does not mind Windows itself', () => {
    const needs =
      /signalPlan: |\.kill\((?!'SIGKILL')|symlink(?:Sync)?\(|\.mode & |'scripts\/release'|'(?:bash|sh)'/
    const files = readdirSync(path.join(ROOT, '__tests__'), {recursive: true, encoding: 'utf8'})
      .filter(name => name.endsWith('.test.ts') && !name.includes('workflows.test'))
      .map(name => `__tests__/${name.replaceAll('\\', '/')}`)
      .filter(file => {
        const text = readFileSync(path.join(ROOT, file), 'utf8')
        return needs.test(text) && !text.includes("'win32'")
      })
    expect(files.sort()).toEqual(left.map(([file]) => file).sort())
  })

  it('is left out by the tests and nothing else: the job there runs all the others', () => {
    const steps = jobsOf('check')['check']?.steps ?? []
    const [test] = steps.filter(({if: when}) => when?.includes("== 'Windows'"))
    expect(test?.run).toBe('npm test')
    expect(runsOn('win32', '__tests__/dist/verdict.test.ts')).toBe(true)
  })
})
