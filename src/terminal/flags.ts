import {parseArgs} from 'node:util'

import {ActionError} from '../base/errors.ts'
import {nearest} from '../base/text.ts'
import {DEFAULTS} from '../runner/action-defaults.ts'
import {DESCRIPTIONS} from './action-inputs.ts'

/** A flag as `--help` shows it. */
export interface Flag {
  readonly name: string
  readonly group: string
  readonly description: string
  readonly default?: string | undefined
  /** What stands behind it in the help; `undefined`: it needs no value. */
  readonly value?: string | undefined
  /** Whether it may be given again, for one more line. */
  readonly repeats?: boolean
}

/** Inputs that are no flags: tokens would be seen in the list of processes, and the others only mean something on GitHub. */
const NO_FLAGS: ReadonlyMap<string, string> = new Map([
  [
    'token',
    'is not a flag, as others on the machine could read it: set CIRCLE_TOKEN in the environment'
  ],
  ['github-token', 'is not a flag: set GITHUB_TOKEN in the environment'],
  ['annotations', 'is not a flag: only GitHub shows annotations'],
  ['on-rerun', 'is not a flag: only GitHub can re-run a job in this sense']
])

/** Where `--commit-status` and `--comment` go: only with this and GITHUB_TOKEN. */
const REPOSITORY = 'github-repository'

/** Every flag, in the order of the inputs and then those the command alone has. */
export const FLAGS: readonly Flag[] = [
  ...Object.entries(DESCRIPTIONS).flatMap(([group, inputs]) =>
    Object.entries(inputs).flatMap(([name, description]) => inputFlag(name, group, description))
  ),
  ...ownFlags()
]

function inputFlag(name: string, group: string, description: string): Flag[] {
  if (NO_FLAGS.has(name) || name === 'summary') return []
  const preset = DEFAULTS.get(name)
  const value = preset === 'true' || preset === 'false' ? undefined : 'VALUE'
  const repeats = /one a line|mapping/i.test(description)
  return [{name, group, description, default: preset, value, repeats}]
}

function ownFlags(): Flag[] {
  const groupOf = (input: string): string =>
    Object.entries(DESCRIPTIONS).find(([, inputs]) => input in inputs)?.[0] ?? ''
  return [
    {
      name: 'here',
      group: groupOf('branch'),
      description:
        'Take the branch of the Git checkout in this folder, and its commit for `--pipeline commit`. Refused when the branch has commits that were not pushed.'
    },
    {
      name: REPOSITORY,
      group: groupOf('commit-status'),
      description:
        'Repository on GitHub that gets `commit-status` and `comment`. Both need it and GITHUB_TOKEN in the environment.',
      value: 'OWNER/NAME'
    },
    {
      name: 'outputs',
      group: 'Files',
      description:
        'Write the outputs there: as JSON when the name ends in `.json`, as `CIRCLECI_PIPELINE_ID=value` lines when it ends in `.env`.',
      value: 'FILE'
    },
    {
      name: 'summary',
      group: 'Files',
      description: 'Write the summary there, as Markdown.',
      value: 'FILE'
    },
    {
      name: 'report',
      group: 'Files',
      description: 'Write the whole report there, as JSON.',
      value: 'FILE'
    },
    {name: 'help', group: 'Help', description: 'Show this.'},
    {name: 'version', group: 'Help', description: 'Show the version.'}
  ]
}

const BY_NAME = new Map(FLAGS.map(flag => [flag.name, flag]))

/** What the command line asks for. */
export type CommandLine = 'help' | 'version' | Command

/** A step to run. */
export interface Command {
  /** The inputs that were given, as GitHub's runner passes them (`INPUT_...`). */
  readonly inputs: Readonly<Record<string, string>>
  readonly here: boolean
  /** `owner/name`. */
  readonly githubRepository: string | undefined
  /** Paths of the files to write. */
  readonly outputs: string | undefined
  readonly summary: string | undefined
  readonly report: string | undefined
}

/** Reads the command line. Throws an `ActionError` with everything wrong with it; never shows a value of an unknown flag. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const problems: string[] = []
  const given = valuesOf(args, problems)
  if (given.has('help')) return 'help'
  if (given.has('version')) return 'version'
  const text = (name: string): string | undefined => given.get(name)?.join('\n')
  const repository = text(REPOSITORY)
  if (repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    problems.push(`--${REPOSITORY} must look like "owner/name".`)
  }
  const asked = ['commit-status', 'comment'].find(name => given.has(name))
  if (asked !== undefined && repository === undefined) {
    problems.push(`--${asked} needs --${REPOSITORY}, and GITHUB_TOKEN in the environment.`)
  }
  const outputs = text('outputs')
  if (outputs !== undefined && !/\.(json|env)$/.test(outputs)) {
    problems.push(`--outputs must name a file that ends in ".json" or ".env".`)
  }
  const inputs = [...given].flatMap(([name, values]) =>
    DEFAULTS.has(name) && name !== 'summary'
      ? [[`INPUT_${name.toUpperCase()}`, join(name, values, problems)] as const]
      : []
  )
  if (problems.length > 0) {
    throw new ActionError('input', [...problems, '"--help" shows every flag.'].join('\n'))
  }
  return {
    inputs: Object.fromEntries(inputs),
    here: text('here') === 'true',
    githubRepository: repository,
    outputs,
    summary: text('summary'),
    report: text('report')
  }
}

/** The values of every flag that was given. */
function valuesOf(args: readonly string[], problems: string[]): Map<string, readonly string[]> {
  const options = Object.fromEntries(
    FLAGS.map(({name, value}) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(name === 'help' ? {short: 'h'} : {})
      }
    ])
  )
  const {tokens} = parseArgs({args: [...args], options, strict: false, tokens: true})
  const given = new Map<string, readonly string[]>()
  let knowsAll = true
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      // Behind an unknown flag it is that one's value, which may be a secret.
      if (knowsAll) problems.push(`"${token.value}" is not a flag.`)
      continue
    }
    const isNegative = token.name.startsWith('no-') && token.value === undefined
    const name = isNegative ? token.name.slice(3) : token.name
    const flag = BY_NAME.get(name)
    if (flag === undefined || (isNegative && flag.value !== undefined)) {
      knowsAll = false
      problems.push(unknown(token.rawName, token.name))
      continue
    }
    const value = isNegative ? 'false' : valueOf(flag, token, problems)
    const before = given.get(name)
    if (before !== undefined && !flag.repeats) problems.push(`--${name} is given twice.`)
    given.set(name, [...(before ?? []), value])
  }
  return given
}

function valueOf(
  {name, value: placeholder}: Flag,
  {value, inlineValue}: {readonly value?: unknown; readonly inlineValue?: boolean | undefined},
  problems: string[]
): string {
  if (placeholder === undefined) return typeof value === 'string' ? value : 'true'
  if (typeof value !== 'string') problems.push(`--${name} needs a value.`)
  else if (inlineValue !== true && value.startsWith('--')) {
    problems.push(`--${name} needs a value; one that begins with "-" is given as --${name}=VALUE.`)
  }
  return typeof value === 'string' ? value : ''
}

function unknown(rawName: string, name: string): string {
  const why = NO_FLAGS.get(name)
  if (why !== undefined) return `--${name} ${why}.`
  const names = FLAGS.flatMap(flag =>
    flag.value === undefined ? [flag.name, `no-${flag.name}`] : [flag.name]
  )
  const meant = nearest(name, names)
  return `${rawName} is not a flag.${meant === undefined ? '' : ` Did you mean --${meant}?`}`
}

/** Lines of a list, or of a mapping, in which `key=value` stands for the line `key: value`. */
function join(name: string, values: readonly string[], problems: string[]): string {
  if (name !== 'parameters') return values.join('\n')
  const lines = values.map(value => {
    const [, key, text = ''] = /^([\w.-]+)=(.*)$/s.exec(value) ?? []
    if (key === undefined) return value
    const isText = text.trim() === '' || text.includes('\n')
    return `${JSON.stringify(key)}: ${isText ? JSON.stringify(text) : text}`
  })
  if (lines.length > 1 && lines.some(line => line.trimStart().startsWith('{'))) {
    problems.push('--parameters: give one JSON mapping, or a flag for each parameter.')
  }
  return lines.join('\n')
}
