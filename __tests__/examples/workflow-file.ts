import {readFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {ROOT} from '../../scripts/runner/action-file.ts'
import {evaluate, fillIn, type Contexts} from './expression.ts'

export interface StepFile {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
  readonly env?: Readonly<Record<string, string>>
  /** The next step starts at once. */
  readonly background?: boolean
  /** Ids of the background steps that must have ended before the next step. */
  readonly wait?: readonly string[]
}

export interface JobFile {
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly strategy?: {
    readonly matrix: {readonly include: readonly Readonly<Record<string, string>>[]}
  }
  readonly outputs?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly steps: readonly StepFile[]
}

export interface WorkflowFile {
  readonly on: unknown
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, JobFile>>
}

/** How a job (one leg of it, when it has a matrix) ended. */
export interface JobEnd<T> {
  readonly job: string
  readonly result: 'success' | 'failure' | 'skipped'
  /** What came of its steps that use this action, in order. */
  readonly steps: readonly T[]
}

/** What a step that uses this action came to. */
export interface StepEnd {
  readonly conclusion: string
  readonly outputs: Readonly<Record<string, string>>
}

/** The workflow of an example. */
export function readWorkflow(name: string): WorkflowFile {
  return parse(
    readFileSync(path.join(ROOT, 'examples', name, 'workflow.yml'), 'utf8')
  ) as WorkflowFile
}

export function isOurs(step: StepFile): boolean {
  return (step.uses ?? '').startsWith('OWNER/circleci-pipeline-action@')
}

/**
 * Plays a workflow's jobs as GitHub does: each when its needs have ended, independent ones side by side, legs of a matrix
 * too. Steps that use this action are run by `use`; any other step only has its expressions filled in, and its outputs, by
 * its id, are those given.
 */
export async function playWorkflow<T extends StepEnd>(
  workflow: WorkflowFile,
  contexts: Contexts,
  use: (inputs: Record<string, string>) => Promise<T>,
  outputs: StubbedOutputs = {}
): Promise<readonly JobEnd<T>[]> {
  const ends: JobEnd<T>[] = []
  const started = new Map<string, Promise<Need>>()
  const start = (name: string): Promise<Need> => {
    const running = started.get(name) ?? playJob(name)
    started.set(name, running)
    return running
  }
  const playJob = async (name: string): Promise<Need> => {
    const job = workflow.jobs[name]
    if (job === undefined) throw new Error(`There is no job "${name}".`)
    const names = [job.needs ?? []].flat()
    const needs = Object.fromEntries(
      await Promise.all(names.map(async need => [need, await start(need)] as const))
    )
    const inJob = {...contexts, needs}
    const green = Object.values(needs).every(({result}) => result === 'success')
    if (!green || !holds(job.if, inJob)) {
      ends.push({job: name, result: 'skipped', steps: []})
      return {result: 'skipped', outputs: {}}
    }
    const legs = job.strategy?.matrix.include ?? [{}]
    const played = await Promise.all(
      legs.map(matrix => playSteps(job, {...inJob, matrix}, use, outputs))
    )
    for (const {result, steps} of played) ends.push({job: name, result, steps})
    const result = played.every(leg => leg.result === 'success') ? 'success' : 'failure'
    return {result, outputs: played.at(-1)?.outputs ?? {}}
  }
  await Promise.all(Object.keys(workflow.jobs).map(start))
  return ends
}

/** What steps that are not run come to, by their ids. */
export type StubbedOutputs = Readonly<Record<string, StepEnd['outputs']>>

interface Need {
  readonly result: JobEnd<never>['result']
  readonly outputs: Readonly<Record<string, string>>
}

async function playSteps<T extends StepEnd>(
  job: JobFile,
  contexts: Contexts,
  use: (inputs: Record<string, string>) => Promise<T>,
  outputs: StubbedOutputs
): Promise<Omit<JobEnd<T>, 'job'> & Need> {
  const steps: Record<string, Pick<StepEnd, 'outputs'>> = {}
  const inStep = {...contexts, steps}
  const ends: T[] = []
  const hasFailed = (): boolean => ends.some(({conclusion}) => conclusion !== 'success')
  const playStep = async (step: StepFile): Promise<void> => {
    if (!holds(step.if, inStep)) return
    const given = fillInAll(step.with ?? {}, inStep)
    fillInAll({...step.env, run: step.run ?? ''}, inStep)
    const end = isOurs(step) ? await use(given) : undefined
    if (step.id !== undefined) steps[step.id] = end ?? {outputs: outputs[step.id] ?? {}}
    if (end !== undefined) ends.push(end)
  }
  const running = new Map<string, Promise<void>>()
  for (const step of job.steps) {
    await Promise.all((step.wait ?? []).flatMap(id => running.get(id) ?? []))
    if (hasFailed()) break
    if (step.background === true) running.set(step.id ?? '', playStep(step))
    else await playStep(step)
  }
  await Promise.all(running.values())
  const result = hasFailed() ? 'failure' : 'success'
  return {result, steps: ends, outputs: fillInAll(job.outputs ?? {}, inStep)}
}

function holds(condition: string | undefined, contexts: Contexts): boolean {
  if (condition === undefined) return true
  const bare = condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1')
  return Boolean(evaluate(bare, contexts))
}

function fillInAll(
  values: Readonly<Record<string, string | number | boolean>>,
  contexts: Contexts
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fillIn(String(value), contexts)])
  )
}
