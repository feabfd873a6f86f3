import {readFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {ROOT} from '../../scripts/runner/action-file.ts'
import type {RequirementSpec} from '../../simulator/job-spec.ts'
import type {JobSpec, ParameterSpec, PipelineSpec, WorkflowSpec} from '../../simulator/index.ts'

interface ConfigFile {
  readonly version: number
  readonly parameters?: Readonly<Record<string, ParameterSpec>>
  readonly jobs: Readonly<
    Record<string, {readonly parallelism?: number; readonly steps: readonly unknown[]}>
  >
  readonly workflows: Readonly<
    Record<string, {readonly when?: string; readonly jobs: readonly (string | NamedJob)[]}>
  >
}

type NamedJob = Readonly<
  Record<
    string,
    {
      readonly type?: string
      readonly requires?: readonly (string | Readonly<Record<string, 'terminal'>>)[]
      readonly filters?: {readonly tags?: unknown}
    }
  >
>

/** What an embedded CircleCI needs to do as a config says. */
export interface Config {
  readonly parameters: Readonly<Record<string, ParameterSpec>>
  readonly pipeline: PipelineSpec
}

/** How the jobs of a config turn out, by name; each runs for a moment and succeeds unless this says otherwise. */
export type Turns = Readonly<Record<string, Partial<JobSpec>>>

/**
 * Reads the CircleCI config of an example: its parameters, its workflows with their conditions, jobs, holds and needs.
 * Throws where a job is used that the config does not have, or where a job's artifacts lie outside what it stores.
 */
export function readConfig(file: string, turns: Turns = {}): Config {
  const config = parse(readFileSync(path.join(ROOT, 'examples', file), 'utf8')) as ConfigFile
  if (config.version !== 2.1) throw new Error(`${file} must be of version 2.1.`)
  const workflows = Object.entries(config.workflows).map(([name, workflow]): WorkflowSpec => {
    const parameter = /^<< pipeline\.parameters\.([\w-]+) >>$/.exec(workflow.when ?? '')?.[1]
    if (workflow.when !== undefined && config.parameters?.[parameter ?? '']?.type !== 'boolean') {
      throw new Error(`${file}: "when" of workflow "${name}" is no boolean parameter.`)
    }
    return {
      name,
      ...(parameter === undefined ? {} : {when: {parameter, equals: true}}),
      jobs: workflow.jobs.map(job => jobOf(config, file, job, turns))
    }
  })
  return {parameters: parametersOf(config), pipeline: {pending: 0.1, workflows}}
}

/** The compiled config shows the value of a parameter where a job uses it. */
function parametersOf({parameters = {}, jobs}: ConfigFile): Config['parameters'] {
  const text = JSON.stringify(jobs)
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      {...parameter, used: text.includes(`<< pipeline.parameters.${name} >>`)}
    ])
  )
}

/** Jobs of a config that a pipeline of a tag would leave out: those without a tag filter. */
export function jobsWithoutTags(file: string): string[] {
  const config = parse(readFileSync(path.join(ROOT, 'examples', file), 'utf8')) as ConfigFile
  return Object.values(config.workflows).flatMap(({jobs}) =>
    jobs.flatMap(job =>
      typeof job === 'string'
        ? [job]
        : Object.entries(job).flatMap(([name, {filters}]) =>
            filters?.tags === undefined ? [name] : []
          )
    )
  )
}

function jobOf(config: ConfigFile, file: string, job: string | NamedJob, turns: Turns): JobSpec {
  const [name, {type, requires} = {}] =
    typeof job === 'string' ? [job] : (Object.entries(job)[0] ?? [''])
  const base = {name, ...(requires === undefined ? {} : {requires: requires.map(requirementOf)})}
  if (type === 'approval') return {...base, type}
  const found = config.jobs[name]
  if (found === undefined) throw new Error(`${file} uses a job "${name}" that it does not have.`)
  const turn = turns[name] ?? {}
  for (const artifact of turn.artifacts ?? []) {
    const stored = destinations(found.steps).some(folder => artifact.path.startsWith(`${folder}/`))
    if (!stored) throw new Error(`${file}: job "${name}" does not store ${artifact.path}.`)
  }
  return {
    ...base,
    queue: 0.1,
    run: 0.4,
    ...(found.parallelism === undefined ? {} : {parallelism: found.parallelism}),
    ...turn
  }
}

function requirementOf(
  requirement: string | Readonly<Record<string, 'terminal'>>
): string | RequirementSpec {
  if (typeof requirement === 'string') return requirement
  const [job = ''] = Object.keys(requirement)
  return {job, statuses: ['success', 'failed', 'canceled', 'not_run']}
}

function destinations(steps: readonly unknown[]): string[] {
  return steps.flatMap(step => {
    const {store_artifacts: store} = Object(step) as {store_artifacts?: {destination?: string}}
    return store?.destination === undefined ? [] : [store.destination]
  })
}
