import {parseArgs} from 'node:util'
import type {Scenario} from './scenario.ts'
import {isScenarioName, scenarios} from './scenarios/index.ts'

/** A mistake on the command line, told in one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** How to serve. */
export interface ServeArguments {
  readonly port: number
  readonly scenario: Scenario
  readonly token?: string
  readonly speed: number
  readonly latencyMs: number
  readonly seed: number
}

/** What the command is asked for: some text, or to serve. */
export type Command = {readonly print: string} | {readonly serve: ServeArguments}

const help = `Serves an embedded CircleCI on loopback until it is stopped.

Usage: npm run simulator -- [options]

  --port <number>      port of the API; 0 takes a free one (default 0)
  --scenario <name>    what pipelines do (default passing)
  --token <token>      the token to accept
  --speed <factor>     how many times faster than the scenario says (default 1)
  --latency <ms>       how long each answer takes (default 0)
  --seed <number>      where ids come from (default 1)
  --cloud              keep artifacts on a host of their own, as CircleCI Cloud does; the default is the API's, as
                       on CircleCI Server, because a client sends its token to another host only over https
  --list               list the scenarios
  --help               show this

When it is ready it prints one line of JSON: {"url", "token", "slug", "artifacts", "storage"}.
`

/**
 * Returns what a command line asks for.
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): Command {
  const values = readValues(args)
  if (values.help === true) return {print: help}
  return values.list === true ? {print: listing()} : {serve: parse(values)}
}

function readValues(args: readonly string[]) {
  try {
    const {values} = parseArgs({
      args: [...args],
      options: {
        port: {type: 'string', default: '0'},
        scenario: {type: 'string', default: 'passing'},
        token: {type: 'string'},
        speed: {type: 'string', default: '1'},
        latency: {type: 'string', default: '0'},
        seed: {type: 'string', default: '1'},
        cloud: {type: 'boolean'},
        list: {type: 'boolean'},
        help: {type: 'boolean', short: 'h'}
      }
    })
    return values
  } catch (error) {
    const [first = ''] = (error as Error).message.split('. ', 1)
    throw new UsageError(`${first.replace(/\.$/, '')}; --help lists the options.`)
  }
}

function parse(values: ReturnType<typeof readValues>): ServeArguments {
  const {scenario, token} = values
  if (!isScenarioName(scenario)) {
    throw new UsageError(
      `There is no scenario "${scenario}"; there are ${Object.keys(scenarios).join(', ')}.`
    )
  }
  if (token === '') throw new UsageError('--token must not be empty.')
  const speed = Number(values.speed)
  if (!(speed > 0 && Number.isFinite(speed))) {
    throw new UsageError(`--speed must be a number above 0, not "${values.speed}".`)
  }
  return {
    port: integer('--port', values.port, 65_535),
    scenario: values.cloud === true ? scenarios[scenario] : onServer(scenarios[scenario]),
    speed,
    latencyMs: integer('--latency', values.latency, 600_000),
    seed: integer('--seed', values.seed, 4_294_967_295),
    ...(token === undefined ? {} : {token})
  }
}

function onServer(scenario: Scenario): Scenario {
  return {...scenario, behaviour: {...scenario.behaviour, artifactHost: 'api'}}
}

function integer(option: string, value: string, max: number): number {
  if (!/^\d{1,10}$/.test(value) || Number(value) > max) {
    throw new UsageError(`${option} must be a whole number from 0 to ${max}, not "${value}".`)
  }
  return Number(value)
}

function listing(): string {
  const entries = Object.entries(scenarios)
  const width = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, {description}]) => `${name.padEnd(width)}  ${description}\n`).join('')
}
