import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {spawn, spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const {scripts} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}

/** Starts what `npm run` would start, without npm and its shell. */
function command(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env
): Promise<Ended> {
  const [program, file = ''] = (scripts[script] ?? '').split(' ')
  expect(program).toBe('tsx')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {cwd: ROOT, env})
    const ended = {stdout: '', stderr: ''}
    child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()))
    child.once('error', reject)
    child.once('close', code => {
      resolve({...ended, code})
    })
  })
}

/** The tables of a text: for each, its rows as cells, the first one being its head. */
function tablesIn(text: string): string[][][] {
  return text
    .split(/\n(?!\|)/)
    .map(block => block.split('\n').filter(line => line.startsWith('|')))
    .filter(lines => lines.length > 0)
    .map(lines =>
      lines
        .filter(line => !/^[| :-]+$/.test(line))
        .map(line => line.split('|').map(cell => cell.trim()))
        .map(cells => cells.slice(1, -1))
    )
}

const hasTools =
  process.platform !== 'win32' &&
  ['bash', 'curl', 'jq'].every(tool => spawnSync(tool, ['--version']).error === undefined)

const hasVersionOne =
  spawnSync('git', ['cat-file', '-e', '3b34ad5^{commit}'], {cwd: ROOT}).status === 0

const smallest = [
  {script: 'bench:artifacts', args: ['1', '1000'], rows: [4]},
  {script: 'bench:end', args: ['1', '1', path.join(ROOT, 'dist/index.js'), '2'], rows: [3]},
  {script: 'bench:polling', args: ['1', '1'], rows: [11, 12, 11]},
  {script: 'bench:several', args: ['2', '1', '2'], rows: [4]},
  {script: 'bench:startup', args: [process.execPath, '1'], rows: [hasVersionOne ? 5 : 4]},
  {script: 'bench:trigger', args: ['10'], rows: [19]}
]

describe('the benches', () => {
  it('are all run below', () => {
    const benches = Object.keys(scripts).filter(name => name.startsWith('bench:'))
    expect(smallest.map(({script}) => script)).toEqual(benches)
  })

  const runnable = smallest.filter(({script}) => hasTools || script !== 'bench:artifacts')
  const ended = new Map<string, Ended>()

  // Side by side, as most of their time is a step's that waits; their figures mean nothing here.
  beforeAll(async () => {
    const run = async ({script, args}: (typeof smallest)[number]): Promise<void> => {
      ended.set(script, await command(script, args))
    }
    await Promise.all(runnable.map(run))
  })

  it.each(runnable)('$script prints its figures', ({script, rows}) => {
    const {code, stdout = '', stderr} = ended.get(script) ?? {}
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(code).toBe(0)
    const tables = tablesIn(stdout)
    expect(tables.map(table => table.length)).toEqual(rows)
    for (const [head = [], ...lines] of tables) {
      expect(lines.map(cells => cells.length)).toEqual(lines.map(() => head.length))
      expect(lines.flat().join(' ')).toMatch(/\d/)
      expect(lines.flat().join(' ')).not.toMatch(/NaN|undefined|Infinity/)
    }
  })

  it.each(smallest)('$script reads its arguments, under its own name', ({script}) => {
    const [, file = ''] = (scripts[script] ?? '').split(' ')
    const source = readFileSync(path.join(ROOT, file), 'utf8')
    expect(source).toContain(`= readArguments({\n  script: '${script}',`)
  })

  it('bench:polling tells its arguments', async () => {
    const help = await command('bench:polling', ['--help'])
    expect(help).toMatchObject({code: 0, stderr: ''})
    expect(help.stdout).toMatch(/^npm run bench:polling -- \[[^]*\(default .+\)\n$/)
  })

  it('bench:polling refuses what it does not understand', async () => {
    const refused = await command('bench:polling', ['1', 'many'])
    expect(refused).toMatchObject({code: 2, stdout: ''})
    expect(refused.stderr).toMatch(/^<\w+> must be a whole number above 0, not "many"\.\n$/)
  })

  it('bench:startup says so when Node cannot be started', async () => {
    const {code, stderr} = await command('bench:startup', [path.join(ROOT, 'nowhere'), '1'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^spawn .*nowhere ENOENT\n$/)
  })
})

describe('on a machine that lacks a program', () => {
  let empty = ''

  beforeAll(() => {
    empty = mkdtempSync(path.join(os.tmpdir(), 'empty-'))
  })
  afterAll(() => {
    rmSync(empty, {recursive: true})
  })

  /** This process's environment, in which no program is found. */
  const bare = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^path$/i.test(name))),
    PATH: empty,
    ...more
  })

  it('bench:artifacts says which, or that it needs another system', async () => {
    const {code, stdout, stderr} = await command('bench:artifacts', ['1', '1000'], bare())
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      process.platform === 'win32'
        ? /^The recipe .* run it on Linux or macOS\.\n$/
        : /^Not found: bash, curl, jq, xargs\. .*\n$/
    )
  })

  it.each([
    ['is installed', {CHROMIUM: ''}, 'chromium, chromium-browser, google-chrome, chrome'],
    ['has the name it was given', {CHROMIUM: '/nowhere/browser'}, '/nowhere/browser']
  ])('screenshot says so when no browser %s', async (_, env, names) => {
    const {code, stdout, stderr} = await command('screenshot', [], bare(env))
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe(
      `No Chromium was found (${names}). Install one, such as Debian's package "chromium", or name it in CHROMIUM.\n`
    )
  })
})
