import {afterAll, beforeAll} from '@jest/globals'
import {existsSync, readFileSync} from 'node:fs'
import {COMMIT} from '../../scripts/runner/environment.ts'
import {
  runAction,
  type ActionOptions,
  type ActionResult,
  type StepResult
} from '../../scripts/runner/run-action.ts'
import {
  startSimulator,
  type JobSpec,
  type PipelineSpec,
  type Scenario,
  type Simulator,
  type SimulatorOptions,
  type WorkflowSpec
} from '../../simulator/index.ts'
import {passing} from '../../simulator/scenarios/passing.ts'
import {HEAD} from '../support/events.ts'

/** One step to run against an embedded CircleCI. */
export interface Act extends Omit<ActionOptions, 'inputs'> {
  readonly simulator?: SimulatorOptions
  /** On top of the token, the host, the slug, `wait: true` and a poll every second. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Called when the simulator serves, before the step starts; what it returns is added to the inputs. */
  readonly before?: (
    simulator: Simulator
  ) => Readonly<Record<string, string>> | undefined | Promise<void>
}

/** A step that has ended, and the CircleCI it spoke to, which still runs. */
export interface Played {
  readonly step: ActionResult
  readonly simulator: Simulator
}

const cleanUps: (() => unknown)[] = []

/** Registers what has to go when the tests of a file are done. */
export function afterwards(cleanUp: () => unknown): void {
  cleanUps.push(cleanUp)
}

afterAll(async () => {
  await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()))
})

/** Starts a simulator that stops when the tests of the file are done. */
export async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options)
  afterwards(() => simulator.stop())
  return simulator
}

/** Runs the committed bundle against a simulator that is there. */
export async function actOn(simulator: Simulator, act: Act = {}): Promise<Played> {
  const {inputs, before, ...options} = act
  const more = (await before?.(simulator)) ?? {}
  const step = await runAction({...options, inputs: {...inputsFor(simulator), ...inputs, ...more}})
  afterwards(() => {
    step.dispose()
  })
  return {step, simulator}
}

/** Runs the committed bundle against a simulator of its own. */
export async function play(act: Act = {}): Promise<Played> {
  return actOn(await simulate(act.simulator), act)
}

/** The smallest inputs that wait for a verdict. */
export function inputsFor({
  token,
  url,
  slug
}: Pick<Simulator, 'token' | 'url' | 'slug'>): Record<string, string> {
  return {token, host: url, 'project-slug': slug, wait: 'true', 'poll-interval': '1s'}
}

/**
 * Plays all cases of a table side by side before the first test: what they do most is wait. Returns what one case came
 * to, or throws what it threw.
 */
export function playAll<C, R>(
  cases: readonly C[],
  run: (one: C) => Promise<R>,
  limit = 12
): (one: C) => R {
  const outcomes = new Map<C, {value: R} | {error: unknown}>()
  beforeAll(async () => {
    const rest = [...cases]
    const worker = async (): Promise<void> => {
      for (let one = rest.shift(); one !== undefined; one = rest.shift()) {
        try {
          outcomes.set(one, {value: await run(one)})
        } catch (error) {
          outcomes.set(one, {error})
        }
      }
    }
    await Promise.all(Array.from({length: limit}, worker))
  })
  return one => {
    const outcome = outcomes.get(one)
    if (outcome === undefined) throw new Error('This case was never played.')
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }
}

/** A scenario of the shop with other workflows: nothing queues for long. */
export function scenario(
  workflows: readonly WorkflowSpec[],
  changes: Omit<Partial<Scenario>, 'pipeline'> & {readonly pipeline?: Partial<PipelineSpec>} = {}
): Scenario {
  return {
    ...passing,
    name: 'test',
    insights: {},
    project: {
      ...passing.project,
      // What the harness's events are about.
      revisions: {main: COMMIT, 'feature/cart': HEAD},
      // Takes no parameters: then a pipeline is known to be ours without any being told.
      parameters: {}
    },
    ...changes,
    pipeline: {created: 0.05, pending: 0.05, workflows, ...changes.pipeline}
  }
}

/** A workflow that appears at once. */
export function workflow(
  name: string,
  jobs: readonly JobSpec[] = [job('test')],
  changes: Partial<WorkflowSpec> = {}
): WorkflowSpec {
  return {name, appears: 0, jobs, ...changes}
}

/** A job that takes three tenths of a second. */
export function job(name: string, changes: Partial<JobSpec> = {}): JobSpec {
  return {name, queue: 0.05, run: 0.25, ...changes}
}

/** One workflow that fails within half a second: the quickest verdict there is. */
export const failsSoon: Scenario = scenario([
  workflow('build', [job('lint'), job('test', {outcome: 'failed'})])
])

/** One workflow that goes on for ten minutes. */
export const longRunning: Scenario = scenario([workflow('build', [job('test', {run: 600})])])

/** The messages of a step's annotations of one level, as the log has them (GitHub shows ten). */
export function said(
  step: Pick<StepResult, 'events'>,
  level: 'error' | 'warning' | 'notice'
): string {
  return step.events
    .flatMap(event =>
      event.type === 'annotation' && event.annotation.level === level
        ? [event.annotation.message]
        : []
    )
    .join('\n')
}

/** Exit code, conclusion and reason in one line, for tables. */
export function verdictOf({exitCode, outputs}: Pick<StepResult, 'exitCode' | 'outputs'>): string {
  const {conclusion = '-', 'failure-reason': reason = '-'} = outputs
  return `${exitCode} ${conclusion} ${reason}`.trimEnd()
}

/** The report file a step left. */
export function reportOf({outputs}: Pick<StepResult, 'outputs'>): unknown {
  const file = outputs['report'] ?? ''
  if (!existsSync(file)) throw new Error(`There is no report file "${file}".`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** The trigger requests a simulator has seen. */
export function triggers({requests}: Pick<Simulator, 'requests'>): {
  readonly path: string
  readonly body: unknown
}[] {
  return requests
    .filter(({method, path}) => method === 'POST' && /\/pipeline(\/run)?$/.test(path))
    .map(({path, body}) => ({path, body: JSON.parse(body) as unknown}))
}
