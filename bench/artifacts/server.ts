import {fork, type ChildProcess} from 'node:child_process'
import {fileURLToPath} from 'node:url'

import {startSimulator} from '../../simulator/index.ts'
import {scenarioFor, type CaseName} from './scenarios.ts'

/** Milliseconds to the first byte: CircleCI's API and artifact host, and the storage behind them. */
export const LATENCY_MS = {api: 60, storage: 40} as const

/** A job of the pipeline that is served. */
export interface ServedJob {
  readonly name: string
  readonly number: number
}

/** A simulator in a process of its own, with a finished pipeline. */
export interface Served {
  readonly url: string
  readonly token: string
  readonly slug: string
  readonly jobs: readonly ServedJob[]
  /** How many requests came since the last time this was asked. */
  readonly requests: () => Promise<number>
  readonly stop: () => void
}

type Ready = Omit<Served, 'requests' | 'stop'>

/** Starts the simulator of one case; its processor time and memory are not those of who is measured. */
export async function serveCase(name: CaseName, divisor: number): Promise<Served> {
  const child = fork(fileURLToPath(import.meta.url), ['serve', name, String(divisor)])
  const ready = await nextMessage<Ready>(child)
  return {
    ...ready,
    requests: () => {
      const answer = nextMessage<number>(child)
      child.send('requests')
      return answer
    },
    stop: () => {
      child.kill()
    }
  }
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => {
      reject(new Error('The simulator ended before it answered.'))
    }
    child.once('exit', onExit)
    child.once('message', message => {
      child.off('exit', onExit)
      resolve(message as T)
    })
  })
}

/** What the child does: serves until it is killed, and counts. */
async function serve(name: CaseName, divisor: number): Promise<void> {
  let ahead = 0
  const simulator = await startSimulator({
    scenario: scenarioFor(name, divisor),
    clock: {now: () => Date.now() + ahead},
    latencyMs: [
      {host: 'api', ms: LATENCY_MS.api},
      {host: 'storage', ms: LATENCY_MS.storage}
    ]
  })
  const {url, token, slug, requests} = simulator
  const call = async (method: string, path: string): Promise<Record<string, unknown>> => {
    const headers = {'circle-token': token, 'content-type': 'application/json'}
    const reply = await fetch(`${url}/api/v2${path}`, {method, headers})
    return (await reply.json()) as Record<string, unknown>
  }
  const {id} = await call('POST', `/project/${slug}/pipeline`)
  // An hour later everything is finished.
  ahead = 3_600_000
  const {items: workflows} = await call('GET', `/pipeline/${String(id)}/workflow`)
  const [workflow] = workflows as {id: string}[]
  const jobs: ServedJob[] = []
  let next = ''
  do {
    const page = await call('GET', `/workflow/${String(workflow?.id)}/job?page-token=${next}`)
    for (const job of page['items'] as {name: string; job_number: number}[]) {
      jobs.push({name: job.name, number: job.job_number})
    }
    next = typeof page['next_page_token'] === 'string' ? page['next_page_token'] : ''
  } while (next !== '')
  process.on('disconnect', () => process.exit())
  let counted = requests.length
  process.on('message', () => {
    process.send?.(requests.length - counted)
    counted = requests.length
  })
  process.send?.({url, token, slug, jobs} satisfies Ready)
}

if (process.argv[2] === 'serve' && process.send !== undefined) {
  await serve(process.argv[3] as CaseName, Number(process.argv[4]))
}
