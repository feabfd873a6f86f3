import {type Simulator, type SimulatorOptions, startSimulator} from '../../simulator/index.ts'
import {type FakeClock, fakeClock} from '../support/fake-clock.ts'

/** An answer of the simulator. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body, or undefined when it is not JSON. */
  readonly json: unknown
}

/** Fields of objects the tests look at; what a test reads is there or it fails. */
export type Item = Record<string, unknown> & {
  readonly id: string
  readonly name: string
  readonly status: string
}

/** A simulator on a clock that stands still, with a client for it. */
export interface Rig {
  readonly simulator: Simulator
  readonly clock: FakeClock
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  /** The items of a list, all pages. */
  readonly items: (path: string) => Promise<Item[]>
  /** Triggers a pipeline and returns its id. */
  readonly trigger: (body?: unknown) => Promise<string>
  /** The newest workflow of a pipeline, or the newest of a name. */
  readonly workflow: (pipelineId: string, name?: string) => Promise<Item>
  /** The jobs of a workflow by name. */
  readonly jobs: (workflowId: string) => Promise<Record<string, Item>>
  readonly seconds: (seconds: number) => void
}

const running = new Set<Simulator>()

/** Starts a simulator on a fake clock. */
export async function startRig(options: SimulatorOptions = {}): Promise<Rig> {
  const clock = fakeClock()
  const simulator = await startSimulator({clock, ...options})
  running.add(simulator)
  const rig: Rig = {
    simulator,
    clock,
    get: (path, headers) => send(simulator, 'GET', path, undefined, headers),
    post: (path, body, headers) => send(simulator, 'POST', path, body, headers),
    items: path => allPages(rig, path),
    trigger: async (body = {}) => {
      const {json} = await rig.post(`/project/${simulator.slug}/pipeline`, body)
      return (json as Item).id
    },
    workflow: async (pipelineId, name) => {
      const workflows = await rig.items(`/pipeline/${pipelineId}/workflow`)
      const found = workflows.find(workflow => name === undefined || workflow.name === name)
      if (found === undefined) throw new Error(`There is no workflow ${name ?? ''} yet.`)
      return found
    },
    jobs: async workflowId => {
      const jobs = await rig.items(`/workflow/${workflowId}/job`)
      return Object.fromEntries(jobs.map(job => [job.name, job]))
    },
    seconds: seconds => {
      clock.advance(seconds * 1000)
    }
  }
  return rig
}

/** Stops every simulator a test has started. */
export async function stopRigs(): Promise<void> {
  await Promise.all([...running].map(simulator => simulator.stop()))
  running.clear()
}

/** Sends a request to any address, without following redirects. */
export async function fetchAnswer(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, {redirect: 'manual', ...init})
  const text = await response.text()
  return {status: response.status, headers: response.headers, text, json: parse(text)}
}

function send(
  {url, token}: Simulator,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>
): Promise<Answer> {
  const base = path.startsWith('/api/') ? url : `${url}/api/v2`
  const content = body === undefined ? {} : {'Content-Type': 'application/json'}
  return fetchAnswer(`${base}${path}`, {
    method,
    headers: headers ?? {'Circle-Token': token, ...content},
    ...(body === undefined ? {} : {body: typeof body === 'string' ? body : JSON.stringify(body)})
  })
}

async function allPages({get}: Pick<Rig, 'get'>, path: string): Promise<Item[]> {
  const items: Item[] = []
  let token: string | null = ''
  while (token !== null) {
    const query: string = token === '' ? '' : `?page-token=${encodeURIComponent(token)}`
    const answer = await get(`${path}${query}`)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    const page = answer.json as {items: Item[]; next_page_token: string | null}
    items.push(...page.items)
    token = page.next_page_token
  }
  return items
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
