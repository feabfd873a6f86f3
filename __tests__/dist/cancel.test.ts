import {describe, expect, it} from '@jest/globals'
import {spawnSync} from 'node:child_process'
import {copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'
import type {StepResult} from '../../scripts/runner/run-action.ts'
import type {Scenario, Simulator} from '../../simulator/index.ts'
import {
  actOn,
  afterwards,
  job,
  longRunning as longRunningWithParameters,
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
  /** Whether the main step alone has to leave nothing running: then the post step, which takes its time, is not run. */
  readonly noPost?: boolean
}

interface Cancelled extends Played {
  /** What ran when the main step had ended. */
  readonly between: readonly string[]
}

interface Outcome extends Cancelled {
  readonly post: StepResult | undefined
  /** What the post step did not touch. */
  readonly left: readonly string[]
}

/** Declares no parameters, so that a lost trigger's pipeline can be known by what CircleCI tells. */
const longRunning: Scenario = {
  ...longRunningWithParameters,
  project: {...longRunningWithParameters.project, parameters: {}}
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

/** A config in whose jobs CircleCI shows the id of the request. */
const marked = {
  ...longRunning,
  project: {
    ...longRunning.project,
    parameters: {'request-id': {type: 'string' as const, default: '', used: true}}
  }
}
const slowTrigger = {scenario: longRunning, latencyMs: [{...POST, ms: 1500}]}

const stages: readonly Stage[] = [
  {
    name: 'before the trigger, while the definition is looked up',
    simulator: {scenario: 'github-app', latencyMs: 1500},
    until: arrived('GET', /\/project\//),
    noPost: true
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
    until: ({requests}) =>
      requests.some(({method, path}, index) => {
        const before = requests.slice(0, index)
        return (
          method === 'GET' && path.endsWith('/mine') && before.some(one => one.method === 'POST')
        )
      })
  },
  {
    name: 'right after the trigger',
    simulator: {scenario: longRunning},
    signalPlan: {when: /Triggered pipeline/}
  },
  {
    name: 'while it waits',
    simulator: {scenario: three},
    signalPlan: {when: /three/},
    noPost: true
  },
  {
    name: 'during a poll that stalls',
    simulator: {
      scenario: three,
      faults: [{method: 'GET', path: '/pipeline/*/workflow', kind: 'stall-headers', nth: 2}]
    },
    until: ({requests}) => requests.filter(({path: at}) => at.endsWith('/workflow')).length > 1,
    noPost: true
  },
  {
    name: 'in the middle of an outage',
    simulator: {
      scenario: longRunning,
      faults: [{method: 'GET', path: '/pipeline/*/workflow', kind: 'cut-before', nth: [2, 3, 4]}]
    },
    until: ({requests}) => requests.filter(({path: at}) => at.endsWith('/workflow')).length > 2,
    noPost: true
  },
  {name: 'during a setup workflow', simulator: {scenario: setup}, signalPlan: {when: /setup/}},
  {
    name: 'during a download',
    simulator: {scenario: manyFiles, latencyMs: [{host: 'storage', ms: 1000}]},
    inputs: {workflows: 'build', 'artifacts-path': 'out'},
    until: ({requests}) => requests.some(({origin}) => origin === 'storage'),
    noPost: true
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
    name: 'killed with the trigger taken and unanswered, and parameters that CircleCI does not tell',
    simulator: {scenario: marked, faults: [{...POST, kind: 'stall-headers', nth: 1}]},
    inputs: {parameters: "request-id: '{request-id}'"},
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

/** A signal at any moment of the first second, also before anything can hear it. */
const early = [0, 20, 60, 160, 400, 1000].map((ms): Stage => ({
  name: `after ${ms} ms`,
  simulator: {scenario: longRunning},
  signalPlan: {when: ms}
}))

async function cancelled(stage: Stage): Promise<Cancelled> {
  const simulator = await simulate(stage.simulator)
  const now = new AbortController()
  const timer = setInterval(() => {
    if (stage.until?.(simulator) !== true) return
    clearInterval(timer)
    now.abort()
  }, 10)
  const plan = stage.signalPlan ?? {when: now.signal}
  const {step} = await actOn(simulator, {
    ...stage,
    signalPlan: {...plan, ...(stage.kill === true ? {kill: true} : {})}
  })
  clearInterval(timer)
  return {step, simulator, between: names(simulator)}
}

async function ended(stage: Stage): Promise<Outcome> {
  const outcome = main(stage)
  const {step, simulator} = outcome
  const post = stage.noPost === true ? undefined : await step.post()
  if (!spared.includes(stage)) await settled(simulator)
  return {...outcome, post, left: names(simulator)}
}

/** Cancelling is asynchronous: what was asked to end has ended a moment later. */
async function settled(simulator: Simulator): Promise<void> {
  for (let wait = 0; wait < 100 && names(simulator).length > 0; wait += 1) {
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

function named(wanted: string): Stage {
  const stage = all.find(({name}) => name === wanted)
  if (stage === undefined) throw new Error(`No stage is called "${wanted}".`)
  return stage
}

const all = [...stages, ...spared, ...early]
// Not too many at a time: a step has three seconds for its cancel requests, also on a busy machine.
const main = playAll(all, cancelled, 6)
// All at once: what a post step does most is see for twenty seconds whether a workflow comes late.
const played = playAll(all, ended, all.length)

describe('a step that GitHub cancels', () => {
  it.each(stages)('$name: leaves nothing of ours running', stage => {
    const {step, simulator, post, left} = played(stage)
    expect(left).toEqual([])
    expect(step.conclusion).toBe('cancelled')
    expect(triggers(simulator).length).toBeLessThanOrEqual(1)
    expect([0, undefined]).toContain(post?.exitCode)
    expect(post?.problems ?? []).toEqual([])
  })

  it.each(stages.filter(({kill}) => kill !== true))('$name: ends by itself and reports', stage => {
    const {step} = played(stage)
    expect(step.signal).toBeNull()
    expect(verdictOf(step)).toBe('1 cancelled github-cancelled')
    expect(step.summary).not.toBe('')
    expect(reportOf(step)).toMatchObject({conclusion: 'cancelled'})
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
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
    expect(post && said(post, 'notice')).toMatch(/Pipeline #\d+: cancelled "build": http/)
    expect(simulator.pipelines()).toHaveLength(1)
  })
})

describe('a step that GitHub cancels without anything to end', () => {
  it.each(spared)('because $name', stage => {
    const {step, post, between, left, simulator} = played(stage)
    expect(step.conclusion).toBe('cancelled')
    expect(between).toEqual(['build'])
    expect(left).toEqual(['build'])
    expect(post?.exitCode).toBe(0)
    expect(simulator.requests.filter(({path: at}) => at.endsWith('/cancel'))).toEqual([])
  })

  it('says what is left running', () => {
    const {step} = played(named('on-cancel is leave'))
    expect(said(step, 'notice')).toMatch(/left running, because "on-cancel" is "leave": http/)
    const {post} = played(named('on-cancel is leave, and it is killed'))
    expect(post && said(post, 'notice')).toMatch(/left running/)
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
    expect(step.state['left']).toMatch(/"cancelling":true.*"pipelines":\[\{"id":"/)
  })
})

describe('a signal in the first second', () => {
  it.each(early)('$name: triggers once at most, and leaves nothing running', stage => {
    const {step, post, left, simulator} = played(stage)
    expect(triggers(simulator).length).toBeLessThanOrEqual(1)
    expect(left).toEqual([])
    expect(step.stderr).toBe('')
    expect(post).toMatchObject({exitCode: 0, problems: [], stderr: ''})
    // What could not say how it ended had not begun.
    const end = step.signal === null ? verdictOf(step) : simulator.requests.length
    expect([0, '1 cancelled github-cancelled']).toContain(end)
  })

  it('at the first moment at which it can be heard: nothing is asked, and the outputs are written', async () => {
    const simulator = await simulate({scenario: longRunning})
    const preload = `data:text/javascript,${encodeURIComponent(`
      process.on('newListener', name => {
        if (name === 'SIGTERM') process.nextTick(() => process.kill(process.pid, 'SIGTERM'))
      })`)}`
    const {step} = await actOn(simulator, {env: {NODE_OPTIONS: `--import=${preload}`}})
    expect(verdictOf(step)).toBe('1 cancelled github-cancelled')
    expect(step.stderr).toBe('')
    expect(step.state['left'] ?? '').toBe('')
    expect(simulator.requests).toEqual([])
  })
})

describe('the post step', () => {
  const stranger = '0b7a1c9e-1111-4222-8333-444455556666'
  const pipeline = {id: stranger, number: 101, slug: 'gh/acme/shop'}
  const forged: readonly {readonly name: string; readonly left: string}[] = [
    {name: 'nothing', left: ''},
    {name: 'not JSON', left: '{"pipelines":'},
    {name: 'other JSON', left: '[]'},
    {
      name: 'an id that is a path',
      left: JSON.stringify({pipelines: [{...pipeline, id: '../../me'}]})
    }
  ]
  const nothingToDo = async ({left}: {readonly left: string}) => {
    const simulator = await simulate({scenario: longRunning})
    simulator.startPipeline({login: 'developer', trigger: 'api'})
    const {step: post} = await actOn(simulator, {
      entry: path.join(ROOT, 'dist/post/index.js'),
      env: left === '' ? {} : {STATE_left: left}
    })
    return {simulator, post}
  }
  const alone = playAll(forged, nothingToDo)

  it.each(forged)('does nothing when its state is $name', one => {
    const {simulator, post} = alone(one)
    expect(post).toMatchObject({exitCode: 0, problems: [], stderr: '', outputs: {}, printed: ''})
    expect(simulator.requests).toEqual([])
  })

  it('does not even read the code of the steps when nothing is left', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'post-'))
    afterwards(() => {
      rmSync(folder, {recursive: true, force: true})
    })
    cpSync(path.join(ROOT, 'dist/post'), path.join(folder, 'post'), {recursive: true})
    copyFileSync(path.join(ROOT, 'dist/package.json'), path.join(folder, 'package.json'))
    const entry = path.join(folder, 'post/index.js')
    const {status, stdout, stderr} = spawnSync(process.execPath, [entry], {encoding: 'utf8'})
    expect({status, stdout, stderr}).toEqual({status: 0, stdout: '', stderr: ''})
  })
})
