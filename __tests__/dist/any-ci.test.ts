import {describe, expect, it} from '@jest/globals'
import {spawn} from 'node:child_process'
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {parse} from 'yaml'
import {ROOT} from '../../scripts/runner/action-file.ts'
import {COMMIT} from '../../scripts/runner/environment.ts'
import {gitlab} from '../../simulator/scenarios/github-app.ts'
import type {SimulatorOptions} from '../../simulator/index.ts'
import {
  afterwards,
  failsSoon,
  longRunning,
  playAll,
  scenario,
  simulate,
  triggers,
  workflow
} from './stage.ts'

const ENTRY = path.join(ROOT, 'dist/cli/index.js')
const page = readFileSync(path.join(ROOT, 'docs/any-ci.md'), 'utf8')

/** The first fenced block below a heading of the page. */
function jobOf(heading: string): string {
  const section = page.split(`\n## ${heading}\n`)[1] ?? ''
  return /```\w+\n(.*?)```/s.exec(section)?.[1] ?? ''
}

type Json = Readonly<Record<string, unknown>>
const at = (text: string, ...keys: (string | number)[]): string => {
  const found = keys.reduce<unknown>((value, key) => (value as Json)[key], parse(text))
  return Array.isArray(found) ? found.join('\n') : String(found)
}

const green = scenario([workflow('build')])

interface Case {
  readonly service: string
  readonly script: string
  readonly env: Readonly<Record<string, string>>
  readonly simulator?: SimulatorOptions
  /** What the trigger's body holds. */
  readonly body: object
  /** A file the job keeps, and what it holds. */
  readonly file?: string
  readonly holds?: string
}

const CASES: readonly Case[] = [
  {
    service: 'GitLab CI',
    script: at(jobOf('GitLab CI'), 'circleci', 'script'),
    env: {
      CI: 'true',
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: COMMIT,
      CI_COMMIT_BRANCH: 'main',
      CI_COMMIT_REF_NAME: 'main',
      CI_PROJECT_PATH: 'acme/shop'
    },
    simulator: {scenario: {...green, project: {...gitlab.project, parameters: {}}}},
    body: {checkout: {branch: 'main'}},
    file: at(jobOf('GitLab CI'), 'circleci', 'artifacts', 'reports', 'dotenv'),
    holds: 'CIRCLECI_CONCLUSION=success\n'
  },
  {
    service: 'Buildkite',
    script: at(jobOf('Buildkite'), 'steps', 0, 'command'),
    env: {
      BUILDKITE: 'true',
      BUILDKITE_BRANCH: 'main',
      BUILDKITE_COMMIT: COMMIT,
      BUILDKITE_PULL_REQUEST: 'false',
      BUILDKITE_REPO: 'git@github.com:acme/shop.git'
    },
    body: {branch: 'main'},
    file: at(jobOf('Buildkite'), 'steps', 0, 'artifact_paths'),
    holds: '## ✅'
  },
  {
    service: 'Jenkins',
    script: /sh '(.*)'/.exec(jobOf('Jenkins'))?.[1] ?? '',
    env: {
      JENKINS_URL: 'https://jenkins.test/',
      BRANCH_NAME: 'main',
      GIT_BRANCH: 'main',
      GIT_COMMIT: COMMIT,
      GIT_URL: 'https://github.com/acme/shop.git'
    },
    body: {branch: 'main'},
    file: 'circleci.json',
    holds: '"conclusion": "success"'
  },
  {
    service: 'Azure Pipelines',
    script: at(jobOf('Azure Pipelines'), 'steps', 0, 'script'),
    env: {
      TF_BUILD: 'True',
      BUILD_BUILDURI: 'vstfs:///Build/Build/1',
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      BUILD_SOURCEVERSION: COMMIT,
      BUILD_REPOSITORY_URI: 'https://github.com/acme/shop'
    },
    body: {branch: 'main'}
  },
  {
    service: 'Bitbucket Pipelines',
    script: at(jobOf('Bitbucket Pipelines'), 'pipelines', 'default', 0, 'step', 'script'),
    env: {
      BITBUCKET_BUILD_NUMBER: '7',
      BITBUCKET_BRANCH: 'main',
      BITBUCKET_COMMIT: COMMIT,
      BITBUCKET_REPO_FULL_NAME: 'acme/shop'
    },
    simulator: {scenario: {...green, project: {...green.project, slug: 'bb/acme/shop'}}},
    body: {branch: 'main'}
  },
  {
    service: 'CircleCI itself',
    script: at(jobOf('CircleCI itself'), 'jobs', 'shop', 'steps', 0, 'run'),
    env: {
      CIRCLECI: 'true',
      CIRCLE_BRANCH: 'release',
      CIRCLE_SHA1: 'c'.repeat(40),
      CIRCLE_REPOSITORY_URL: 'git@github.com:acme/infra.git'
    },
    body: {branch: 'main'}
  }
]

interface Ended {
  readonly code: number | null
  readonly out: string
}

/** A folder in which `npx` runs the command that is in dist/, at the address of a simulator. */
function folderWithNpx(host: string): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'any-ci-'))
  afterwards(() => {
    rmSync(folder, {recursive: true, force: true})
  })
  const npx = path.join(folder, 'npx')
  writeFileSync(
    npx,
    `#!/bin/sh\n[ "$1 $2 $3" = "--yes --allow-git=root github:OWNER/circleci-pipeline-action#v1" ] || exit 99\nshift 3\nexec "${process.execPath}" "${ENTRY}" --host "${host}" --poll-interval 1s "$@"\n`
  )
  chmodSync(npx, 0o755)
  return folder
}

function sh(
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  onOut: (text: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined
): Promise<Ended> {
  const child = spawn('sh', ['-e', '-c', script], {cwd, env})
  let out = ''
  const take = (data: Buffer): void => {
    out += data.toString()
    onOut(data.toString(), signal => child.kill(signal))
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  return new Promise(resolve => {
    child.on('close', code => {
      resolve({code, out})
    })
  })
}

describe('the job of each service', () => {
  const ended = playAll(CASES, async ({script, env, simulator: options}) => {
    const simulator = await simulate(options ?? {scenario: green})
    const cwd = folderWithNpx(simulator.url)
    const path_ = `${cwd}${path.delimiter}${process.env['PATH'] ?? ''}`
    const done = await sh(script, cwd, {...env, PATH: path_, CIRCLE_TOKEN: simulator.token})
    return {...done, cwd, simulator}
  })

  it.each(CASES)('$service', one => {
    const {code, out, cwd, simulator} = ended(one)
    expect(out).toContain('✓ Passed')
    expect(code).toBe(0)
    expect(triggers(simulator)).toEqual([
      expect.objectContaining({body: expect.objectContaining(one.body)})
    ])
    if (one.file === undefined) return
    expect(existsSync(path.join(cwd, one.file))).toBe(true)
    expect(readFileSync(path.join(cwd, one.file), 'utf8')).toContain(one.holds)
  })
})

describe('the command', () => {
  const flags = (url: string): string[] => [ENTRY, '--host', url, '--project-slug', 'gh/acme/shop']
  const node = `exec "${process.execPath}"`

  it('ends with 1 when a workflow failed, and shows no stack', async () => {
    const {url, token} = await simulate({scenario: failsSoon})
    const {code, out} = await sh(
      `${node} ${flags(url).join(' ')} --branch main --wait --poll-interval 1s`,
      ROOT,
      {CIRCLE_TOKEN: token}
    )
    expect(out).toContain('Error: ')
    expect(out).not.toMatch(/^\s+at /m)
    expect(code).toBe(1)
  })

  it('cancels at a signal and ends with 6; at a second one at once, with what may run on', async () => {
    const {url, token} = await simulate({scenario: longRunning})
    let signals = 0
    const {code, out} = await sh(
      `${node} ${flags(url).join(' ')} --branch main --wait --poll-interval 1s`,
      ROOT,
      {CIRCLE_TOKEN: token},
      (text, kill) => {
        if (signals === 0 && text.includes('build: running')) {
          signals = 1
          kill('SIGTERM')
        } else if (signals === 1 && text.includes('goes on for at most a minute')) {
          signals = 2
          kill('SIGINT')
        }
      }
    )
    expect(out).toContain('This command was interrupted while it waited for pipeline #101')
    expect(out).toContain('Pipeline #101 may run on: ')
    expect(code).toBe(6)
  })
})
