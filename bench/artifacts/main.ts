import {execFile, spawn} from 'node:child_process'
import {mkdtemp, readdir, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'

import type {Account, Assignment} from './ours.ts'
import {renderTable, type Figures, type Row} from './table.ts'
import {LARGE_BYTES, SMALL_BYTES, type CaseName} from './scenarios.ts'
import {serveCase, type Served} from './server.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** Rounds of each case. */
const ROUNDS = Number(process.argv[2] ?? 3)
/** No run takes nearly as long, in milliseconds. */
const LONGEST_RUN_MS = 300_000

/** One way to get the artifacts, once. */
interface Run {
  readonly ms: number
  readonly requests: number
  readonly peakKiB: number | undefined
}

interface Case {
  readonly name: CaseName
  readonly title: string
  readonly files: number
  /** Of all files together; without it they are only listed. */
  readonly bytes?: number
  /** Runs for each round: a short run is at the mercy of the moment. */
  readonly runs: number
}

const CASES: readonly Case[] = [
  {name: 'small', title: '1,000 files of 20 kB', files: 1000, bytes: 1000 * SMALL_BYTES, runs: 1},
  {name: 'large', title: 'one file of 1 GiB', files: 1, bytes: LARGE_BYTES, runs: 5},
  {
    name: 'metered',
    title: 'one file of 1 GiB, 55 MB/s a connection',
    files: 1,
    bytes: LARGE_BYTES,
    runs: 1
  },
  {name: 'listing', title: '50 jobs x 400 artifacts, only listed', files: 20_000, runs: 1}
]

const scratch = await mkdtemp(join(tmpdir(), 'bench-artifacts-'))
try {
  const bundle = await bundleOurs()
  const rows: Row[] = []
  for (const item of CASES) rows.push(await measure(item, bundle))
  process.stdout.write(renderTable(rows))
} finally {
  await rm(scratch, {recursive: true, force: true})
}

/** Bundled like the action itself, so that memory and start-up are those of what is shipped. */
async function bundleOurs(): Promise<string> {
  const folder = join(scratch, 'bundle')
  const ncc = join(here, '../../node_modules/.bin/ncc')
  await promisify(execFile)(ncc, ['build', join(here, 'ours.ts'), '-o', folder, '--no-cache', '-q'])
  return join(folder, 'index.js')
}

async function measure(item: Case, bundle: string): Promise<Row> {
  const ours: Run[] = []
  const theirs: Run[] = []
  const served = await serveCase(item.name)
  try {
    // In turns, so that a busy moment of the machine does not fall on one of them only.
    const runs = ROUNDS * item.runs
    for (let run = 1; run <= runs; run += 1) {
      process.stderr.write(`${item.title}: run ${run} of ${runs}\n`)
      theirs.push(await runOnce(item, served, folder => recipe(served, folder)))
      ours.push(await runOnce(item, served, folder => our(bundle, served, folder)))
    }
  } finally {
    served.stop()
  }
  return {title: item.title, ours: figuresOf(ours), theirs: figuresOf(theirs)}
}

async function runOnce(
  item: Case,
  served: Served,
  run: (folder: string | undefined) => Promise<Omit<Run, 'requests'> & {files: number}>
): Promise<Run> {
  const folder = item.bytes === undefined ? undefined : join(scratch, 'files')
  await served.requests()
  const {files, ms, peakKiB} = await run(folder)
  if (files !== item.files)
    throw new Error(`${item.title}: ${files} artifacts instead of ${item.files}.`)
  if (folder !== undefined) {
    const bytes = await sizeOf(folder)
    if (bytes !== item.bytes)
      throw new Error(`${item.title}: ${bytes} bytes instead of ${item.bytes}.`)
    await rm(folder, {recursive: true})
  }
  return {ms, requests: await served.requests(), peakKiB}
}

async function our(
  bundle: string,
  {url, token, slug, jobs}: Served,
  folder: string | undefined
): Promise<Omit<Run, 'requests'> & {files: number}> {
  const assignment: Assignment = {url, token, slug, jobs, folder}
  const account = JSON.parse(
    await output(process.execPath, [bundle, JSON.stringify(assignment)])
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
