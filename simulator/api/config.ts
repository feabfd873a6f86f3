import {type Reply, json} from '../http/reply.ts'
import type {JobSpec, ParameterSpec, PipelineSpec, WorkflowSpec} from '../scenario.ts'
import {parameterValues} from '../world/parameters.ts'
import {workflowsReadyAt} from '../world/pipeline.ts'
import type {ParameterValue, PipelineRecord} from '../world/records.ts'
import {type World, behaviourOf} from '../world/world.ts'
import type {Call} from './call.ts'
import {pipelineOf} from './pipelines.ts'

const keys = ['source', 'compiled', 'setup_config', 'compiled_setup_config'] as const

/**
 * https://circleci.com/docs/api/v2/#operation/getPipelineConfigById. A live reply, kept in the tests of CircleCI's
 * editor extension, has four keys with underscores, those of a setup config there and empty without one; the document
 * has hyphens. A string may be empty while CircleCI still compiles.
 */
export function getPipelineConfig(call: Call): Reply {
  const {world} = call
  const {configKeys, configDelay} = behaviourOf(world)
  const pipeline = pipelineOf(call)
  const compiling = pipeline.createdAt + world.ms(configDelay) > world.now()
  const config = compiling ? {} : configOf(world, pipeline)
  const entries = keys.map(key => [key, config[key] ?? ''] as const)
  if (configKeys === 'underscore') return json(200, Object.fromEntries(entries))
  const documented = entries.filter(([key, value]) => !key.includes('setup') || value !== '')
  return json(
    200,
    Object.fromEntries(documented.map(([key, value]) => [key.replaceAll('_', '-'), value]))
  )
}

type Config = Partial<Record<(typeof keys)[number], string>>

/** A pipeline that was not continued yet has only its setup config; one in error is not compiled. */
function configOf(world: World, pipeline: PipelineRecord): Config {
  const {spec, errors, parameters} = pipeline
  const declared = Object.entries(world.scenario.project.parameters ?? {})
  const values = parameterValues(world, parameters)
  const compile = (workflows: PipelineSpec['workflows']): string =>
    errors.length > 0 ? '' : compiledOf(workflows, declared, values)
  const main = {
    source: sourceOf(spec.workflows, declared),
    compiled: compile(spec.workflows)
  }
  if (spec.setup === undefined) return main
  const setup = [spec.setup.workflow]
  return {
    setup_config: `setup: true\n${sourceOf(setup, declared)}`,
    compiled_setup_config: compile(setup),
    ...(workflowsReadyAt(world, pipeline) <= world.now() ? main : {})
  }
}

type Declared = readonly [name: string, spec: ParameterSpec]

function sourceOf(workflows: readonly WorkflowSpec[], declared: readonly Declared[]): string {
  return lines([
    'version: 2.1',
    ...(declared.length === 0 ? [] : ['parameters:', ...declared.map(declaration)]),
    ...render(workflows, usedOf(declared), name => `<< pipeline.parameters.${name} >>`)
  ])
}

/** Compiling puts the values in where they are used; what declared them is gone. */
function compiledOf(
  workflows: readonly WorkflowSpec[],
  declared: readonly Declared[],
  values: Readonly<Record<string, ParameterValue>>
): string {
  return lines(['version: 2', ...render(workflows, usedOf(declared), name => values[name] ?? '')])
}

function usedOf(declared: readonly Declared[]): string[] {
  return declared.filter(([, {used = false}]) => used).map(([name]) => name)
}

function declaration([name, {type, default: value, enum: values}]: Declared): string {
  const fields = {type, default: value, ...(values === undefined ? {} : {enum: values})}
  return `  ${JSON.stringify(name)}: ${JSON.stringify(fields)}`
}

type Valued = (parameter: string) => ParameterValue

function render(
  workflows: readonly WorkflowSpec[],
  used: readonly string[],
  valueOf: Valued
): string[] {
  const jobs = workflows
    .flatMap(workflow => workflow.jobs)
    .filter(({type = 'build'}) => type === 'build')
  return [
    'jobs:',
    ...jobs.flatMap(job => renderJob(job, used, valueOf)),
    'workflows:',
    ...workflows.flatMap(renderWorkflow)
  ]
}

function renderJob(
  {name, steps = []}: JobSpec,
  used: readonly string[],
  valueOf: Valued
): string[] {
  const environment = used.map(parameter => [variableOf(parameter), valueOf(parameter)])
  return [
    `  ${JSON.stringify(name)}:`,
    '    docker: [{image: "cimg/node:24.11"}]',
    ...(used.length === 0
      ? []
      : [`    environment: ${JSON.stringify(Object.fromEntries(environment))}`]),
    '    steps:',
    '      - checkout',
    ...steps.map(
      step => `      - run: ${JSON.stringify({name: step.name, command: step.command ?? 'true'})}`
    )
  ]
}

function variableOf(parameter: string): string {
  return parameter.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
}

function renderWorkflow({name, jobs}: WorkflowSpec): string[] {
  return [
    `  ${JSON.stringify(name)}:`,
    '    jobs:',
    ...jobs.map(({name: job, requires = [], type}) => {
      const names = requires.map(entry => (typeof entry === 'string' ? entry : entry.job))
      const settings = {...(type === 'approval' ? {type} : {}), requires: names}
      return `      - ${JSON.stringify({[job]: settings})}`
    })
  ]
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
