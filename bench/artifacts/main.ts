import {execFile, spawn, spawnSync} from 'node:child_process'
import {mkdtemp, readdir, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'

import {complain, readArguments} from '../command-line.ts'
import type {Account, Assignment} from './ours.ts'
import {extentOf, type CaseName, type Extent} from './scenarios.ts'
import {serveCase, type Served} from './server.ts'
import {renderTable, type Figures, type Row} from './table.ts'

const here = dirname(fileURLToPath(import.meta.url))
const [rounds, divisor] = readArguments({
  script: 'bench:artifacts',
  description: `Measures listing and downloading artifacts with the action's own code, beside a recipe of curl, jq and
xargs, over loopback. Prints a Markdown table of the medians. Needs bash, curl and jq, and a few GB of disk. A trial
runs each case once a round, and the action's code unbundled: its figures say little.`,
  arguments: [
    {name: 'rounds', what: 'rounds of each case', standard: 3},
    {name: 'divisor', what: 'above 1: a trial, every case that much smaller', standard: 1}
  ]
})
/** What the recipe is made of. */
const TOOLS = ['bash', 'curl', 'jq', 'xargs']
/** No run takes nearly as long, in milliseconds. */
const LONGEST_RUN_MS = 300_000
const isTrial = divisor > 1

/** One way to get the artifacts, once. */
interface Run {
  readonly ms: number
  readonly requests: number
  readonly peakKiB: number | undefined
}

interface Case {
  readonly name: CaseName
  /** Without a download, artifacts are only listed. */
  readonly downloads: boolean
  /** Runs for each round: a short run is at the mercy of the moment. */
  readonly runs: number
}

const CASES: readonly Case[] = [
  {name: 'small', downloads: true, runs: 1},
  {name: 'large', downloads: true, runs: 5},
  {name: 'listing', downloads: false, runs: 1}
]

let scratch = ''
try {
  refuseWithoutTools()
  scratch = await mkdtemp(join(tmpdir(), 'bench-artifacts-'))
  const command = isTrial ? ['--import', 'tsx', join(here, 'ours.ts')] : [await bundleOurs()]
  const rows: Row[] = []
  for (const item of CASES) rows.push(await measure(item, command))
  process.stdout.write(renderTable(rows))
} catch (error) {
  complain(error)
} finally {
  if (scratch !== '') await rm(scratch, {recursive: true, force: true})
}

function refuseWithoutTools(): void {
  if (process.platform === 'win32')
    throw new Error(
      'The recipe this is measured beside is a bash script: run it on Linux or macOS.'
    )
  const missing = TOOLS.filter(tool => spawnSync(tool, ['--version']).error !== undefined)
  if (missing.length > 0)
    throw new Error(
      `Not found: ${missing.join(', ')}. The recipe this is measured beside needs it.`
    )
}

/** Bundled like the action itself, so that memory and start-up are those of what is shipped. */
async function bundleOurs(): Promise<string> {
  const folder = join(scratch, 'bundle')
  const ncc = join(here, '../../node_modules/.bin/ncc')
  await promisify(execFile)(ncc, ['build', join(here, 'ours.ts'), '-o', folder, '--no-cache', '-q'])
  return join(folder, 'index.js')
}

async function measure(item: Case, command: readonly string[]): Promise<Row> {
  const ours: Run[] = []
  const theirs: Run[] = []
  const extent = extentOf(item.name, divisor)
  const served = await serveCase(item.name, divisor)
  try {
    // In turns, so that a busy moment of the machine does not fall on one of them only.
    const runs = isTrial ? rounds : rounds * item.runs
    for (let run = 1; run <= runs; run += 1) {
      process.stderr.write(`${extent.title}: run ${run} of ${runs}\n`)
      theirs.push(await runOnce(item, extent, served, folder => recipe(served, folder)))
      ours.push(await runOnce(item, extent, served, folder => our(command, served, folder)))
    }
  } finally {
    served.stop()
  }
  return {title: extent.title, ours: figuresOf(ours), theirs: figuresOf(theirs)}
}

async function runOnce(
  {downloads}: Case,
  extent: Extent,
  served: Served,
  run: (folder: string | undefined) => Promise<Omit<Run, 'requests'> & {files: number}>
): Promise<Run> {
  const folder = downloads ? join(scratch, 'files') : undefined
  await served.requests()
  const {files, ms, peakKiB} = await run(folder)
  expectThat(extent, 'artifacts', files, extent.jobs * extent.files)
  if (folder !== undefined) {
    expectThat(extent, 'bytes', await sizeOf(folder), extent.files * extent.bytes)
    await rm(folder, {recursive: true})
  }
  return {ms, requests: await served.requests(), peakKiB}
}

function expectThat({title}: Extent, what: string, is: number, shouldBe: number): void {
  if (is !== shouldBe) throw new Error(`${title}: ${is} ${what} instead of ${shouldBe}.`)
}

async function our(
  command: readonly string[],
  {url, token, slug, jobs}: Served,
  folder: string | undefined
): Promise<Omit<Run, 'requests'> & {files: number}> {
  const assignment: Assignment = {url, token, slug, jobs, folder}
  const account = JSON.parse(
    await output(process.execPath, [...command, JSON.stringify(assignment)])
  ) as Account
  return {ms: account.ms, peakKiB: account.peakKiB, files: account.artifacts}
}

async function recipe(
  {url, token, slug, jobs}: Served,
  folder: string | undefined
): Promise<Omit<Run, 'requests'> & {files: number}> {
  const numbers = jobs.map(({number}) => String(number))
  const args = [join(here, 'recipe.sh'), url, token, slug, folder ?? '', ...numbers]
  const started = performance.now()
  const files = Number(await output('bash', args))
  return {ms: performance.now() - started, peakKiB: undefined, files}
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: LONGEST_RUN_MS
    })
    let text = ''
    child.stdout.on('data', chunk => {
      text += String(chunk)
    })
    child.once('error', reject)
    child.once('close', code => {
      if (code === 0) resolve(text)
      else reject(new Error(`${command} ended with ${code ?? 'a signal'}.`))
    })
  })
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true})
  const files = entries.filter(entry => entry.isFile())
  const sizes = await Promise.all(files.map(file => stat(join(file.parentPath, file.name))))
  return sizes.reduce((sum, {size}) => sum + size, 0)
}

/** The run in the middle, with the spread of all of them and the highest of the peaks. */
function figuresOf(runs: readonly Run[]): Figures {
  const sorted = [...runs].sort((a, b) => a.ms - b.ms)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('Nothing was measured.')
  const peaks = runs.map(({peakKiB}) => peakKiB ?? 0)
  return {
    ...middle,
    fastestMs: sorted[0]?.ms ?? middle.ms,
    slowestMs: sorted.at(-1)?.ms ?? middle.ms,
    peakKiB: Math.max(...peaks)
  }
}
