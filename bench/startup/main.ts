import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parse} from 'yaml'

import {DEFAULTS} from '../../src/runner/action-defaults.ts'
import {complain, readArguments} from '../command-line.ts'

const VERSION_1 = '3b34ad5'

const [node, runs, firstPeer, secondPeer] = readArguments({
  script: 'bench:startup',
  description: `Measures a step that only triggers, from spawning it to its first request, to the trigger's and to its exit, and its
memory: this bundle, that of version 1.0 where git has it, a bare node:http POST, and other actions by the folders of
their checkouts; then the post step beside an empty process. All of them take turns, so that they meet the same machine.
Prints Markdown tables of the medians.`,
  arguments: [
    {name: 'node', what: 'path of the Node to start', standard: process.execPath},
    {name: 'runs', what: 'runs of each', standard: 40},
    {name: 'peer', what: "folder of another action's checkout", standard: ''},
    {name: 'peer', what: "folder of another action's checkout", standard: ''}
  ]
})

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'startup-'))

/** What is started: a script, and what its environment has besides that of a runner. */
interface Contestant {
  readonly name: string
  readonly script: string
  /** Flags; the address of CircleCI is added to them. */
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

interface Times {
  /** Milliseconds from the spawn. */
  readonly first: number
  readonly trigger: number
  readonly exit: number
  /** Mebibytes at most. */
  readonly memory: number
}

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Tells when the process first opens a connection, which also other actions do whose host is fixed, and its memory. */
const probe = file(
  'probe.mjs',
  `import net from 'node:net'
import {writeSync} from 'node:fs'
const {connect} = net.Socket.prototype
net.Socket.prototype.connect = function (...args) {
  writeSync(3, 'connect\\n')
  net.Socket.prototype.connect = connect
  return connect.apply(this, args)
}
process.on('exit', () => writeSync(3, \`memory \${process.resourceUsage().maxRSS}\\n\`))
`
)

const inputs = {
  ...Object.fromEntries(
    Array.from(DEFAULTS, ([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  ),
  INPUT_TOKEN: 'startup-bench-token',
  INPUT_BRANCH: 'main',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_ACTOR: 'octocat',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'a'.repeat(40)
}

/** A CircleCI that has no pipelines and takes every trigger. */
async function startServer(arrived: (method: string) => void): Promise<Server> {
  const answer = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body))
  }
  const server = createServer(({method = ''}, response) => {
    arrived(method)
    const created = '2026-01-01T00:00:00.000Z'
    if (method === 'GET') answer(response, 200, {items: [], next_page_token: null})
    else
      answer(response, 201, {
        id: crypto.randomUUID(),
        number: 1,
        state: 'pending',
        created_at: created
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function measure({script, flags, env = {}}: Contestant): Promise<Times> {
  let first = 0
  let trigger = 0
  let memory = 0
  const server = await startServer(method => {
    first ||= performance.now()
    if (method === 'POST') trigger ||= performance.now()
  })
  const {port} = server.address() as AddressInfo
  const started = performance.now()
  const url = `http://127.0.0.1:${port}`
  const args = flags === undefined ? [] : [...flags, '--host', url]
  try {
    const child = spawn(node, ['--import', probe, script, ...args], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: {...inputs, ...env, INPUT_HOST: url}
    })
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      const text = chunk.toString()
      if (text.includes('connect')) first ||= performance.now()
      memory = Number(/memory (\d+)/.exec(text)?.[1] ?? memory)
    })
    await once(child, 'close')
  } finally {
    server.closeAllConnections()
    server.close()
  }
  const exit = performance.now() - started
  return {first: first - started, trigger: trigger - started, exit, memory: memory / 1024}
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** The medians of each, all of them taking turns. */
async function race(contestants: readonly Contestant[]): Promise<Times[]> {
  const times = contestants.map((): Times[] => [])
  for (let run = 0; run < runs; run += 1) {
    for (const [index, one] of contestants.entries()) times[index]?.push(await measure(one))
  }
  return times.map(all => {
    const of = (value: (one: Times) => number): number => median(all.map(value))
    return {
      first: of(one => one.first),
      trigger: of(one => one.trigger),
      exit: of(one => one.exit),
      memory: of(one => one.memory)
    }
  })
}

/** The entry of version 1.0; `undefined` where its commit is not there, as in a shallow clone. */
function versionOne(): Contestant | undefined {
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', args, {cwd: root, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28})
  try {
    const names = git('ls-tree', '-r', '--name-only', VERSION_1, 'dist', 'action.yml').toString()
    for (const name of names.trim().split('\n')) {
      mkdirSync(join(folder, 'version-1', dirname(name)), {recursive: true})
      writeFileSync(join(folder, 'version-1', name), git('show', `${VERSION_1}:${name}`))
    }
    return {name: 'version 1.0', script: join(folder, 'version-1/dist/index.js')}
  } catch {
    return undefined
  }
}

/** Another action, with something in each input that it requires. */
function peer(checkout: string): Contestant {
  const action = parse(readFileSync(join(checkout, 'action.yml'), 'utf8')) as {
    readonly name: string
    readonly inputs?: Readonly<
      Record<string, {readonly default?: string | number | boolean; readonly required?: boolean}>
    >
    readonly runs: {readonly main: string}
  }
  const env: Record<string, string> = {CCI_TOKEN: 'startup-bench-token'}
  for (const [name, input] of Object.entries(action.inputs ?? {})) {
    const value = input.default ?? (input.required === true ? 'a/b' : '')
    env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = String(value)
  }
  return {name: action.name, script: join(checkout, action.runs.main), env}
}

function table(rows: readonly [string, Times][], beside: string): void {
  const base = rows.find(([name]) => name === beside)?.[1].first ?? NaN
  console.log(
    '| | first request | beside it | trigger | exit | memory |\n| --- | ---: | ---: | ---: | ---: | ---: |'
  )
  for (const [name, {first, trigger, exit, memory}] of rows) {
    const ms = (value: number): string => (value > 0 ? `${value.toFixed(0)} ms` : '')
    console.log(
      `| ${name} | ${ms(first)} | ${first > 0 ? (first / base).toFixed(2) : ''} | ${ms(trigger)} | ${ms(exit)} | ${memory.toFixed(0)} MiB |`
    )
  }
}

try {
  const bare = file(
    'bare.mjs',
    `import {request} from 'node:http'
request(process.env.INPUT_HOST, {method: 'POST'}, message => { message.resume() }).end()
`
  )
  const contestants = [
    {name: 'this bundle', script: join(root, 'dist/index.js')},
    {
      name: 'the command',
      script: join(root, 'dist/cli/index.js'),
      flags: ['--project-slug', 'gh/acme/shop', '--branch', 'main'],
      env: {CIRCLE_TOKEN: 'startup-bench-token'}
    },
    versionOne(),
    {name: 'bare POST', script: bare},
    ...[firstPeer, secondPeer].filter(path => path !== '').map(peer)
  ].filter(one => one !== undefined)
  const triggered = await race(contestants)
  const version = execFileSync(node, ['--version']).toString().trim()
  console.log(`A step that only triggers, on Node ${version}: medians of ${runs} starts.\n`)
  table(
    triggered.map((times, index) => [contestants[index]?.name ?? '', times]),
    'bare POST'
  )
  const posts = [
    {name: 'post step, nothing left', script: join(root, 'dist/post/index.js')},
    {name: 'an empty process', script: file('empty.mjs', '')}
  ]
  const [post, empty] = (await race(posts)).map(({exit}) => exit)
  console.log(
    `\nThe post step with nothing left, beside an empty process: ${((post ?? NaN) / (empty ?? NaN)).toFixed(2)}.`
  )
} catch (error) {
  complain(error)
} finally {
  rmSync(folder, {recursive: true})
}
