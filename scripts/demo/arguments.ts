import {parseArgs} from 'node:util'
import {isScenarioName, scenarios, type ScenarioName} from '../../simulator/scenarios/index.ts'

/** What the command line asks for. */
export type Request =
  | {readonly kind: 'help' | 'list'}
  | {
      readonly kind: 'show'
      readonly scenario: ScenarioName
      readonly debug: boolean
      readonly unfold: boolean
    }

/** A mistake on the command line, told in a sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What `--help` shows. */
export const HELP = `Runs dist/index.js against an embedded CircleCI, as GitHub's runner would run it.

Usage: npm run demo -- [scenario] [options]

  scenario   what CircleCI does (default passing); --list lists them
  --debug    turn step debug logging on
  --unfold   show every line of every group
  --list     list the scenarios
  --help     show this

It ends with the exit code of the step. What the step wrote is kept in .demo/<scenario>/.
`

/** Parses the command line; throws a `UsageError` that says what is wrong with it. */
export function parseArguments(args: readonly string[]): Request {
  const {values, positionals} = read(args)
  if (values.help) return {kind: 'help'}
  if (values.list) return {kind: 'list'}
  const [name = 'passing', ...more] = positionals
  if (more.length > 0) {
    throw new UsageError(`The demo shows one scenario at a time, not ${positionals.join(' and ')}.`)
  }
  if (!isScenarioName(name)) {
    const names = Object.keys(scenarios).join(', ')
    throw new UsageError(`There is no scenario "${name}". There are: ${names}.`)
  }
  return {kind: 'show', scenario: name, debug: values.debug, unfold: values.unfold}
}

/** The scenarios with their descriptions, one a line. */
export function listing(): string {
  const entries = Object.entries(scenarios)
  const width = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, {description}]) => `${name.padEnd(width)}  ${description}\n`).join('')
}

function read(args: readonly string[]) {
  const flag = {type: 'boolean', default: false} as const
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {debug: flag, unfold: flag, list: flag, help: {...flag, short: 'h'}}
    })
  } catch (error) {
    // Node's sentence is followed by advice about `--`, which would mislead here.
    const [problem = ''] = (error as Error).message.split('. ', 1)
    throw new UsageError(`${problem.replace(/\.$/, '')}. --help lists the options.`)
  }
}
