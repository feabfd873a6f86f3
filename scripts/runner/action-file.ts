import {readFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {parse} from 'yaml'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What the runner needs of an action.yml. Every value is text, as the runner has it. */
export interface ActionFile {
  readonly name: string
  readonly inputs: Readonly<Record<string, InputDefinition>>
  readonly outputs: readonly string[]
  /** Absolute paths of the scripts that `runs.main` and `runs.post` name. */
  readonly main: string
  readonly post: string | undefined
}

/** One input of an action.yml. */
export interface InputDefinition {
  readonly default: string
  readonly deprecationMessage: string | undefined
}

const read = new Map<string, ActionFile>()

/** Reads an action.yml (by default this repository's), once, and throws when it is not there or not YAML. */
export function readActionFile(file = path.join(ROOT, 'action.yml')): ActionFile {
  const action = read.get(file) ?? parseActionFile(file)
  read.set(file, action)
  return action
}

function parseActionFile(file: string): ActionFile {
  // The failsafe schema keeps every scalar as it is written, so `1.10` stays `1.10` and `false` stays `false`.
  const document = parse(readFileSync(file, 'utf8'), {schema: 'failsafe'}) as RawAction
  const script = (name: string): string => path.join(path.dirname(file), name)
  return {
    name: document.name ?? '',
    inputs: Object.fromEntries(
      Object.entries(document.inputs ?? {}).map(([name, input]) => [
        name,
        {default: input?.default ?? '', deprecationMessage: input?.deprecationMessage}
      ])
    ),
    outputs: Object.keys(document.outputs ?? {}),
    main: script(document.runs.main),
    post: document.runs.post === undefined ? undefined : script(document.runs.post)
  }
}

interface RawAction {
  name?: string
  inputs?: Record<string, {default?: string; deprecationMessage?: string} | null>
  outputs?: Record<string, unknown>
  runs: {main: string; post?: string}
}

/** Inputs as the runner hands them to a step, and what it warns about. */
export interface ResolvedInputs {
  readonly values: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

/**
 * Fills in the defaults of the inputs a workflow did not give: an input given as an empty text keeps it. Defaults may
 * hold `${{ github.… }}` expressions. Unknown and deprecated inputs are handed on with a warning.
 * Source: actions/runner `src/Runner.Worker/ActionRunner.cs`, RunAsync.
 */
export function resolveInputs(
  action: Pick<ActionFile, 'inputs'>,
  given: Readonly<Record<string, string>>,
  github: Readonly<Record<string, string>>
): ResolvedInputs {
  const givenNames = new Set(Object.keys(given).map(name => name.toLowerCase()))
  const known = new Map(
    Object.entries(action.inputs).map(([name, input]) => [name.toLowerCase(), input])
  )
  const unexpected = Object.keys(given).filter(name => !known.has(name.toLowerCase()))
  const warnings = Object.keys(given).flatMap(name => {
    const message = known.get(name.toLowerCase())?.deprecationMessage
    return message === undefined
      ? []
      : [`Input '${name}' has been deprecated with message: ${message}`]
  })
  if (unexpected.length > 0) {
    const valid = Object.keys(action.inputs).join("', '")
    warnings.push(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`)
  }
  const defaults = Object.entries(action.inputs)
    .filter(([name]) => !givenNames.has(name.toLowerCase()))
    .map(([name, input]) => [name, evaluate(name, input.default, github)] as const)
  return {values: {...Object.fromEntries(defaults), ...given}, warnings}
}

function evaluate(name: string, text: string, github: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/gs, (_, expression: string) => {
    const key = /^github\.(\w+)$/.exec(expression)?.[1]
    const value = key === undefined ? undefined : github[key]
    if (value !== undefined) return value
    throw new Error(
      `The default of input "${name}" holds an expression nothing is known about: ${expression}`
    )
  })
}

/**
 * The variable that carries an input: blanks become underscores and letters upper case, hyphens stay.
 * Source: actions/runner `src/Runner.Worker/Handlers/Handler.cs`, AddInputsToEnvironment.
 */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}
