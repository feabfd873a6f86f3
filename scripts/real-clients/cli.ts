import {spawn} from 'node:child_process'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {type Simulator, scenarios} from '../../simulator/index.ts'
import type {Check, RealClient} from './client.ts'

const missing = `There is no circleci of version 1 on the PATH. It is built from its source, where Go is:
  git clone --depth 1 https://github.com/CircleCI-Public/circleci-cli
  cd circleci-cli && go build -o "$HOME/go/bin/circleci" ./cmd/circleci`

/** CircleCI's own command line, which reads API v3: https://github.com/CircleCI-Public/circleci-cli */
export const cli: RealClient = {
  name: 'circleci, CircleCI’s own command line',
  use: async simulator => {
    const home = await mkdtemp(join(tmpdir(), 'circleci-home-'))
    try {
      const run = runner(simulator, home)
      const {code} = await run(['run', '--help'])
      if (code !== 0) throw new Error(missing)
      return await useAll(simulator, run, home)
    } finally {
      await rm(home, {recursive: true, force: true})
    }
  }
}

interface Ended {
  readonly code: number | null
  readonly said: string
}

type Run = (args: readonly string[]) => Promise<Ended>

/** What is asked, how it has to end and what it has to say. */
interface Command {
  readonly args: readonly string[]
  readonly code?: number
  readonly expected: RegExp
}

async function useAll(simulator: Simulator, run: Run, home: string): Promise<Check[]> {
  const {slug} = simulator
  const here = ['--project', slug, '--branch', 'main']
  const checks: Check[] = []
  const check = async ({args, code = 0, expected}: Command): Promise<void> => {
    const ended = await run(args)
    const works = ended.code === code && expected.test(ended.said)
    checks.push({asked: `${shown(args)} → ${code}`, works, said: ended.said})
  }
  await check({args: ['run', 'trigger', ...here], expected: /triggered|run/i})
  const red = simulator.pipelines().at(-1)?.id ?? ''
  await check({args: ['run', 'watch', red], code: 1, expected: /failed/})
  for (const command of readings(simulator, red, join(home, 'artifacts'))) await check(command)
  const failed = workflowOf(simulator, red)
  await check({args: ['workflow', 'rerun', failed, '--from-failed'], expected: /[0-9a-f-]{36}/})
  const again = workflowOf(simulator, red)
  await check({args: ['workflow', 'cancel', again, '--force'], expected: /cancel/i})
  simulator.use(scenarios.passing)
  const green = simulator.startPipeline({login: 'developer', trigger: 'api'}).id
  await check({args: ['run', 'watch', green], expected: /succeeded/})
  const other = simulator.startPipeline({login: 'developer', trigger: 'api'}).id
  // A run is cancelled by way of its workflows, so there has to be one.
  while (workflowOf(simulator, other) === '') await pause(100)
  await check({args: ['run', 'cancel', other, '--force'], expected: /Cancelled/})
  await check({args: ['run', 'watch', other], code: 6, expected: /cancelled/})
  return checks
}

/** Everything that only looks, at a run whose job `unit-tests` failed on its second node. */
function readings(simulator: Simulator, id: string, folder: string): Command[] {
  const {slug} = simulator
  const workflow = workflowOf(simulator, id)
  const job = jobOf(simulator, id, 'unit-tests')
  const output = ['job', 'output', 'get', job, '--execution', '1', '--step-num', '4']
  return [
    {args: ['run', 'list', '--project', slug], expected: new RegExp(id)},
    {args: ['run', 'get', '--project', slug, '--json'], expected: new RegExp(id)},
    {args: ['run', 'get', id, '--json'], expected: /"current_outcome":"failed"/},
    {args: ['run', 'get', id, '--failure-report'], expected: /### job: unit-tests \(execution 1/},
    {args: ['run', 'get', '--mine', '--json', '--project', slug], expected: new RegExp(id)},
    {args: ['workflow', 'list', id], expected: /build-and-test/},
    {args: ['workflow', 'get', workflow], expected: /unit-tests/},
    {args: ['job', 'get', job], expected: /Run unit tests/},
    {args: ['job', 'output', 'list', job, '--execution', '1'], expected: /rounds totals/},
    {args: output, expected: /rounds totals half to even/},
    {args: [...output, '--condensed'], expected: /rounds totals half to even/},
    {args: ['artifact', job], expected: /coverage\/index\.html/},
    {args: ['artifact', job, '--output', folder], expected: /Downloading \d+ artifact/},
    {args: ['testresult', 'list', job], expected: /rounds totals half to even/}
  ]
}

function workflowOf(simulator: Simulator, pipeline: string): string {
  const workflows = simulator.pipelines().find(({id}) => id === pipeline)?.workflows ?? []
  return workflows.findLast(({name}) => name === 'build-and-test')?.id ?? ''
}

function jobOf(simulator: Simulator, pipeline: string, name: string): string {
  const workflows = simulator.pipelines().find(({id}) => id === pipeline)?.workflows ?? []
  return workflows.flatMap(({jobs}) => jobs).find(job => job.name === name)?.id ?? ''
}

/** Returns a command as a reader types it: ids and folders say nothing. */
function shown(args: readonly string[]): string {
  return args.map(arg => (/^[0-9a-f-]{36}$/.test(arg) ? '…' : arg.replace(/^\/.*/, '…'))).join(' ')
}

function runner({url, token}: Simulator, home: string): Run {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    CIRCLE_HOST: url,
    CIRCLE_TOKEN: token,
    CIRCLE_NO_TELEMETRY: '1',
    CIRCLE_NO_UPDATE_CHECK: '1'
  }
  return args =>
    new Promise((resolve, reject) => {
      const child = spawn('circleci', args, {cwd: home, env, stdio: ['ignore', 'pipe', 'pipe']})
      let said = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (data: Buffer) => (said += data.toString('utf8')))
      }
      child.once('error', () => {
        reject(new Error(missing))
      })
      child.once('close', code => {
        resolve({code, said})
      })
    })
}
