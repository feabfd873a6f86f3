import {execFileSync, spawn} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT} from '../runner/action-file.ts'

/** A step of a job, with what it printed and left. */
export interface ActStep {
  readonly stage: string
  readonly id: string
  result: string
  readonly lines: string[]
  readonly outputs: Record<string, string>
  summary: string
}

/** A job, or one leg of its matrix. */
export interface ActJob {
  readonly id: string
  result: string
  readonly steps: ActStep[]
}

/** What became of a workflow. */
export interface ActRun {
  readonly exitCode: number | null
  readonly jobs: readonly ActJob[]
  /** All that act printed. */
  readonly printed: string
}

/** What act is given to run. */
export interface ActOptions {
  /** Files to put into the repository first. */
  readonly files?: Readonly<Record<string, string>>
  /** Default `workflow.yml`. */
  readonly workflow?: string
  readonly event: string
  readonly payload?: object
  readonly secrets?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly more?: readonly string[]
  /** Interrupts act, as Ctrl-C does, once it prints this. */
  readonly interruptAt?: RegExp
}

/** The version of act on the PATH, or undefined when there is none. */
export function actVersion(): string | undefined {
  try {
    return execFileSync('act', ['--version'], {encoding: 'utf8'}).trim()
  } catch {
    return undefined
  }
}

/** A repository with workflows, and everything act needs beside it. */
export interface Workspace {
  /** Its commit: what act says the event is about. */
  readonly commit: string
  readonly run: (options: ActOptions) => Promise<ActRun>
  readonly remove: () => void
}

/** The actions of others that examples use, with what stands for them where there is no network. */
const STAND_INS: Readonly<Record<string, string>> = {
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1': 'checkout',
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020': 'setup-node'
}

/** Makes a repository of some files, given by their text or copied from another folder, and commits them. */
export function createWorkspace(
  files: Readonly<Record<string, string>>,
  {copy = [], online}: {readonly copy?: readonly string[]; readonly online: boolean}
): Workspace {
  const base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'real-runner-')))
  const folder = path.join(base, 'shop')
  for (const file of copy) cpSync(path.join(ROOT, file), path.join(folder, file))
  for (const [name, content] of Object.entries(files)) write(path.join(folder, name), content)
  const release = path.join(base, 'release')
  for (const part of ['action.yml', 'dist']) {
    cpSync(path.join(ROOT, part), path.join(release, part), {recursive: true})
  }
  const nothing = path.join(base, 'stand-in')
  write(path.join(nothing, 'action.yml'), STAND_IN)
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8'
    })
  git('init', '--quiet', '--initial-branch', 'main')
  git('remote', 'add', 'origin', 'https://github.com/acme/shop')
  git('add', '--all', '--force')
  git('commit', '--quiet', '--message', 'x')
  const repositories = {
    'OWNER/circleci-pipeline-action@v1': release,
    ...Object.fromEntries(online ? [] : Object.keys(STAND_INS).map(name => [name, nothing]))
  }
  return {
    commit: git('rev-parse', 'HEAD').trim(),
    run: options => runAct(base, repositories, options),
    remove: () => {
      rmSync(base, {recursive: true, force: true, maxRetries: 3})
    }
  }
}

const STAND_IN = `name: nothing
description: stands for an action there is no network to fetch
runs: {using: composite, steps: [{run: 'true', shell: bash}]}
`

function write(file: string, content: string): void {
  mkdirSync(path.dirname(file), {recursive: true})
  writeFileSync(file, content, {mode: content.startsWith('#!') ? 0o755 : 0o644})
}

async function runAct(
  base: string,
  repositories: Readonly<Record<string, string>>,
  options: ActOptions
): Promise<ActRun> {
  for (const [name, content] of Object.entries(options.files ?? {})) {
    write(path.join(base, 'shop', name), content)
  }
  const payload = path.join(base, 'event.json')
  writeFileSync(payload, JSON.stringify(options.payload ?? {ref: 'refs/heads/main'}))
  const labels = ['ubuntu-latest', 'ubuntu-24.04'].map(label => `${label}=-self-hosted`)
  const assignments = (values: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(values).map(([name, value]) => `${name}=${value}`)
  const each = (flag: string, values: readonly string[]): string[] =>
    values.flatMap(value => [flag, value])
  const args = [
    ...[
      options.event,
      '--json',
      '--workflows',
      options.workflow ?? 'workflow.yml',
      '--eventpath',
      payload
    ],
    ...each('--platform', labels),
    ...each('--local-repository', assignments(repositories)),
    ...each('--secret', assignments(options.secrets)),
    ...each('--var', assignments(options.variables)),
    ...each('--env', assignments(options.env)),
    ...(options.more ?? [])
  ]
  const child = spawn('act', args, {
    cwd: path.join(base, 'shop'),
    // Nothing else of whoever runs this reaches a step.
    env: {PATH: process.env['PATH'], HOME: path.join(base, 'home')},
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (options.interruptAt?.test(printed) === true && !child.killed) child.kill('SIGINT')
    })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return {exitCode, jobs: jobsOf(printed), printed}
}

/** A line of act's log, as far as it is read. */
interface ActLine {
  readonly jobID?: string
  readonly matrix?: object
  readonly stage?: string
  readonly stepID?: readonly string[]
  readonly msg?: string
  readonly raw_output?: boolean
  readonly command?: string
  readonly name?: string
  readonly arg?: string
  readonly content?: string
  readonly stepResult?: string
  readonly jobResult?: string
}

function jobsOf(printed: string): ActJob[] {
  const jobs = new Map<string, ActJob>()
  for (const text of printed.split('\n')) {
    if (!text.startsWith('{')) continue
    const line = JSON.parse(text) as ActLine
    if (line.jobID === undefined) continue
    const key = `${line.jobID} ${JSON.stringify(line.matrix ?? {})}`
    const job = jobs.get(key) ?? {id: line.jobID, result: '', steps: []}
    jobs.set(key, job)
    if (line.jobResult !== undefined) job.result = line.jobResult
    if (line.stage !== undefined) read(stepOf(job, line), line)
  }
  return [...jobs.values()]
}

function stepOf(job: ActJob, {stage = '', stepID = []}: ActLine): ActStep {
  const id = stepID.join('/')
  const known = job.steps.find(step => step.id === id && step.stage === stage)
  if (known !== undefined) return known
  const step = {stage, id, result: '', lines: [], outputs: {}, summary: ''}
  job.steps.push(step)
  return step
}

function read(step: ActStep, line: ActLine): void {
  if (line.stepResult !== undefined) step.result = line.stepResult
  if (line.raw_output === true) step.lines.push((line.msg ?? '').replace(/\r?\n$/, ''))
  if (line.command === 'set-output') step.outputs[line.name ?? ''] = line.arg ?? ''
  else if (line.command === 'summary') step.summary = line.content ?? ''
  else if (line.command !== undefined) step.lines.push(`::${line.command}::${line.arg ?? ''}`)
}
