import {describe, expect, it} from '@jest/globals'
import {existsSync, readdirSync} from 'node:fs'
import path from 'node:path'
import {RUNNER_WAITS} from '../../scripts/runner/cancellation.ts'
import type {StepResult} from '../../scripts/runner/run-action.ts'
import type {Simulator} from '../../simulator/index.ts'
import {
  actOn,
  job,
  longRunning,
  playAll,
  reportOf,
  said,
  scenario,
  simulate,
  triggers,
  verdictOf,
  workflow,
  type Act,
  type Played
} from './stage.ts'

interface Stage extends Act {
  readonly name: string
  /** Aborts, and so cancels the step, when it comes true. */
  readonly until?: (simulator: Simulator) => boolean
  readonly kill?: boolean
}

interface Outcome extends Played {
  readonly post: StepResult
  /** What ran between the steps, and what the post step did not touch. */
  readonly between: readonly string[]
  readonly left: readonly string[]
  readonly sinceSignal: number
}

const POST = {method: 'POST', path: '/project/gh/acme/shop/pipeline'}
const names = (simulator: Simulator): string[] => simulator.running().map(({name}) => name)
const arrived =
  (method: string, pattern: RegExp) =>
  ({requests}: Simulator): boolean =>
    requests.some(request => request.method === method && pattern.test(request.path))
const triggered = arrived('POST', /\/pipeline$/)
const polled = arrived('GET', /\/workflow$/)
const polledWhileRunning = (simulator: Simulator): boolean =>
  polled(simulator) && names(simulator).length > 0
const has = ({pipelines}: Simulator): boolean => pipelines().length > 0

const manyFiles = scenario(
  [
    workflow('build', [
      job('test', {
        artifacts: Array.from({length: 8}, (_, index) => ({
          path: `big-${index}.bin`,
          content: {bytes: 300_000}
        }))
      })
    ]),
    workflow('long', [job('test', {run: 600})])
  ],
  {behaviour: {artifactHost: 'api'}}
)
const three = scenario(
  ['one', 'two', 'three'].map(name => workflow(name, [job('test', {run: 600})]))
)
const setup = scenario([workflow('late', [job('test', {run: 600})])], {
  pipeline: {setup: {workflow: workflow('setup', [job('generate', {run: 1.5})]), after: 0.1}},
  // A setup workflow that is cancelled too late still continues.
  behaviour: {cancelDelay: 4}
})

const slowTrigger = {scenario: longRunning, latencyMs: [{...POST, ms: 1500}]}

const stages: readonly Stage[] = [
  {
    name: 'before the trigger, while the definition is looked up',
    simulator: {scenario: 'github-app', latencyMs: 1500},
    until: arrived('GET', /\/project\//)
  },
  {name: 'while the trigger waits for its answer', simulator: slowTrigger, until: triggered},
  {
    name: 'while the trigger stalls for ever, taken',
    simulator: {scenario: longRunning, faults: [{...POST, kind: 'stall-headers'}]},
    until: has
  },
  {
    name: 'while the trigger stalls for ever, never taken',
    simulator: {
      scenario: longRunning,
      faults: [{...POST, kind: 'stall-headers', processed: false}]
    },
    until: triggered
  },
  {
    name: 'while a lost trigger is looked for',
    simulator: {scenario: longRunning, faults: [{...POST, kind: 'cut-after', nth: 1}]},
    until: arrived('GET', /\/mine$/)
  },
  {
    name: 'right after the trigger',
    simulator: {scenario: longRunning},
    signalPlan: {when: /Triggered pipeline/}
  },
  {name: 'while it waits', simulator: {scenario: three}, signalPlan: {when: /three/}},
  {
    name: 'during a poll that stalls',
    simulator: {
      scenario: three,
      faults: [{method: 'GET', path: '/pipeline/*/workflow', kind: 'stall-headers', nth: 2}]
    },
    until: ({requests}) => requests.filter(({path: at}) => at.endsWith('/workflow')).length > 1
  },
  {
    name: 'in the middle of an outage',
    simulator: {
      scenario: longRunning,
      faults: [{method: 'GET', path: '/pipeline/*/workflow', kind: 'cut-before', nth: [2, 3, 4]}]
    },
    until: ({requests}) => requests.filter(({path: at}) => at.endsWith('/workflow')).length > 2
  },
  {name: 'during a setup workflow', simulator: {scenario: setup}, signalPlan: {when: /setup/}},
  {
    name: 'during a download',
    simulator: {scenario: manyFiles, latencyMs: [{host: 'storage', ms: 1000}]},
    inputs: {workflows: 'build', 'artifacts-path': 'out'},
    until: ({requests}) => requests.some(({origin}) => origin === 'storage')
  },
  {
    name: 'killed while the trigger waits for its answer',
    simulator: slowTrigger,
    until: triggered,
    kill: true
  },
  {
    name: 'killed with the trigger taken and unanswered',
    simulator: {scenario: longRunning, faults: [{...POST, kind: 'stall-headers', nth: 1}]},
    until: has,
    kill: true
  },
  {
    name: 'killed right after the trigger',
    simulator: {scenario: longRunning},
    signalPlan: {when: /Triggered pipeline/, kill: true},
    kill: true
  },
  {name: 'killed while it waits', simulator: {scenario: three}, until: polled, kill: true}
]

/** Those in which nothing may be cancelled. */
const spared: readonly Stage[] = [
  {
    name: 'on-cancel is leave',
    simulator: {scenario: longRunning},
    inputs: {'on-cancel': 'leave'},
    signalPlan: {when: /"build"|build:|build /}
  },
  {
    name: 'on-cancel is leave, and it is killed',
    simulator: {scenario: longRunning},
    inputs: {'on-cancel': 'leave'},
    until: polledWhileRunning,
    kill: true
  },
  {
    name: 'it only attached',
    simulator: {scenario: longRunning},
    before: simulator => ({pipeline: simulator.startPipeline().id}),
    until: polledWhileRunning
  },
  {
    name: 'it only attached, and it is killed',
    simulator: {scenario: longRunning},
    before: simulator => ({pipeline: String(simulator.startPipeline().number)}),
    until: polledWhileRunning,
    kill: true
  }
]

async function cancelled(stage: Stage): Promise<Outcome> {
  const simulator = await simulate(stage.simulator)
  const now = new AbortController()
  let signalledAt = 0
  const timer = setInterval(() => {
    if (stage.until?.(simulator) !== true) return
    clearInterval(timer)
    signalledAt = performance.now()
    now.abort()
  }, 10)
  const plan = stage.signalPlan ?? {when: now.signal}
  const pattern = plan.when instanceof RegExp ? plan.when : undefined
  const {step} = await actOn(simulator, {
    ...stage,
    onLine: event => {
      const line = 'line' in event ? event.line : ''
      if (pattern?.test(line) === true && signalledAt === 0) signalledAt = performance.now()
    },
    signalPlan: {...plan, ...(stage.kill === true ? {kill: true} : {})}
  })
  const sinceSignal = performance.now() - signalledAt
  clearInterval(timer)
  const between = names(simulator)
  const post = await step.post()
  if (!spared.includes(stage)) await settled(simulator)
  return {step, simulator, post, between, left: names(simulator), sinceSignal}
}

/** Cancelling is asynchronous: what was asked to end has ended a moment later. */
async function settled(simulator: Simulator): Promise<void> {
  for (let wait = 0; wait < 100 && names(simulator).length > 0; wait += 1) {
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

function named(wanted: string): Stage {
  const stage = [...stages, ...spared].find(({name}) => name === wanted)
  if (stage === undefined) throw new Error(`No stage is called "${wanted}".`)
  return stage
}

const ended = stages.filter(({kill}) => kill !== true)
const killed = stages.filter(({kill}) => kill === true)
// Few at a time where the time counts, so that it is theirs and not that of the others beside them.
const timed = playAll<Stage, Outcome>(ended, cancelled, 6)
const untimed = playAll<Stage, Outcome>([...killed, ...spared], cancelled)
const played = (stage: Stage): Outcome => (ended.includes(stage) ? timed : untimed)(stage)

describe('a step that GitHub cancels', () => {
  it.each(stages)('$name: leaves nothing of ours running', stage => {
    const {step, simulator, post, left} = played(stage)
    expect(left).toEqual([])
    expect(step.conclusion).toBe('cancelled')
    expect(triggers(simulator).length).toBeLessThanOrEqual(1)
    expect(post.exitCode).toBe(0)
    expect(post.problems).toEqual([])
  })

  it.each(ended)('$name: ends by itself and reports', stage => {
    const {step} = played(stage)
    expect(step.signal).toBeNull()
    expect(verdictOf(step)).toBe('1 cancelled github-cancelled')
    expect(step.summary).not.toBe('')
    expect(reportOf(step)).toMatchObject({conclusion: 'cancelled'})
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
  })

  it('ends before the runner becomes harsher, as a rule within a second', () => {
    const times = ended.map(stage => played(stage).sinceSignal).sort((a, b) => a - b)
    expect(times.at(-1)).toBeLessThan(RUNNER_WAITS.afterInterrupt)
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(1000)
  })

  it('says what it cancelled, with the address', () => {
    const {step} = played(named('while it waits'))
    for (const name of ['"one"', '"two"', '"three"']) expect(said(step, 'notice')).toContain(name)
    expect(said(step, 'notice')).toMatch(/http:\/\/127.*\/pipelines\//)
  })

  it('leaves no half of a file', () => {
    const {step} = played(named('during a download'))
    const folder = path.join(step.folders.workspace, 'out')
    const files = existsSync(folder)
      ? readdirSync(folder, {recursive: true, withFileTypes: true}).filter(file => file.isFile())
      : []
    expect(files.filter(({name}) => !/^big-\d\.bin$/.test(name))).toEqual([])
  })

  it('finds in the post step what a killed trigger started', () => {
    const taken = named('killed with the trigger taken and unanswered')
    const {post, simulator} = played(taken)
    expect(said(post, 'notice')).toMatch(/Pipeline #\d+: cancelled "build": http/)
    expect(simulator.pipelines()).toHaveLength(1)
  })
})

describe('a step that GitHub cancels without anything to end', () => {
  it.each(spared)('because $name', stage => {
    const {step, post, between, left, simulator} = played(stage)
    expect(step.conclusion).toBe('cancelled')
    expect(between).toEqual(['build'])
    expect(left).toEqual(['build'])
    expect(post.exitCode).toBe(0)
    expect(simulator.requests.filter(({path: at}) => at.endsWith('/cancel'))).toEqual([])
  })

  it('says what is left running', () => {
    const {step} = played(named('on-cancel is leave'))
    expect(said(step, 'notice')).toMatch(/left running, because "on-cancel" is "leave": http/)
    expect(said(played(named('on-cancel is leave, and it is killed')).post, 'notice')).toMatch(
      /left running/
    )
  })
})

describe('a step that came to its end', () => {
  it('leaves nothing to do to the post step, which then asks nothing', async () => {
    const simulator = await simulate({scenario: 'config-error'})
    const {step} = await actOn(simulator)
    const asked = simulator.requests.length
    const post = await step.post()
    expect(post).toMatchObject({exitCode: 0, problems: []})
    expect(simulator.requests).toHaveLength(asked)
    expect(post.printed).toBe('')
  })
})

describe('a second signal', () => {
  it('ends the step at once', async () => {
    // The cancel requests get no answer, so that the step is still busy when the second signal comes.
    const simulator = await simulate({
      scenario: longRunning,
      faults: [
        {method: 'POST', path: '/workflow/*/cancel', kind: 'stall-headers', processed: false}
      ]
    })
    const {step} = await actOn(simulator, {
      signalPlan: {
        when: /build: running/,
        // A busy machine may need long to end a process.
        waits: {afterInterrupt: 700, afterTerminate: 30_000}
      }
    })
    expect(step.exitCode).toBe(143)
    expect(step.conclusion).toBe('cancelled')
    simulator.faults.clear()
    await step.post()
    await settled(simulator)
    expect(names(simulator)).toEqual([])
  })
})

describe('state that is not ours', () => {
  const stranger = '0b7a1c9e-1111-4222-8333-444455556666'
  const forged: readonly {readonly name: string; readonly env: Record<string, string>}[] = [
    {name: 'not JSON', env: {STATE_pipeline: 'x', STATE_intent: '{'}},
    {name: 'other JSON', env: {STATE_pipeline: '[]', STATE_intent: '7'}},
    {name: 'a number that is none', env: {STATE_pipeline: pipelineState({number: '7'})}},
    {name: 'an id that is a path', env: {STATE_pipeline: pipelineState({id: '../../me'})}},
    {name: 'a slug that is none', env: {STATE_pipeline: pipelineState({slug: 'gh/../..'})}},
    {
      name: 'an intent with a field too many',
      env: {
        STATE_intent: JSON.stringify({
          version: 1,
          nonce: '0'.repeat(32),
          slug: 'gh/acme/shop',
          parameters: {},
          sentAt: 1,
          more: 1
        })
      }
    },
    {name: 'a very long text', env: {STATE_intent: 'x'.repeat(100_000)}}
  ]

  function pipelineState(fields: object): string {
    return JSON.stringify({id: stranger, number: 101, slug: 'gh/acme/shop', ...fields})
  }

  const run = async ({env}: {readonly env: Record<string, string>}) => {
    const simulator = await simulate({scenario: longRunning})
    simulator.startPipeline({login: 'developer', trigger: 'api'})
    const {step} = await actOn(simulator, {signalPlan: {when: 1}})
    const post = await step.post({env: {STATE_begun: 'true', ...env}})
    return {simulator, post}
  }
  const forgedRun = playAll(forged, run)

  it.each(forged)('$name does nothing', one => {
    const {simulator, post} = forgedRun(one)
    expect(post).toMatchObject({exitCode: 0, problems: []})
    expect(simulator.requests.filter(({method}) => method === 'POST')).toEqual([])
    expect(simulator.running()).toHaveLength(1)
  })
})
