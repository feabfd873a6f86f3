import {ActionError, InputError} from '../base/errors.ts'
import {cut, listOf, parseDuration} from '../base/text.ts'
import {formatSlug, parseSlug} from '../circleci/slug.ts'
import type {Entry} from '../trigger/entries.ts'
import {DEFAULTS} from './action-defaults.ts'
import type {Environment} from './context.ts'

/** Most of a value that an error shows, in characters. */
const MAX_SHOWN = 80
/** Two names of one setting each: who sets one does not inherit the other. */
const OTHER_NAME: Readonly<Record<string, string>> = {
  branch: 'tag',
  tag: 'branch',
  'config-branch': 'config-tag',
  'config-tag': 'config-branch'
}
/** What means nothing in another project. */
const OF_PROJECT = ['definition', 'config-branch', 'config-tag']

/**
 * Reads inputs as the runner passes them (`INPUT_<NAME>`), and keeps every problem until `finish`, so that a user sees
 * all of them at once. A blank value counts as not set, as expressions often leave one: then the default of action.yml holds.
 */
export class InputReader {
  protected readonly problems: ActionError[] = []
  private readonly env: Environment

  constructor(env: Environment) {
    this.env = env
  }

  /** As it was given; `undefined`: not at all. */
  given(name: string): string | undefined {
    return this.env[`INPUT_${name.toUpperCase()}`]
  }

  text(name: string): string | undefined {
    const given = this.given(name)?.trim() ?? ''
    if (given !== '') return given
    return DEFAULTS.get(name)
  }

  /** Parses an input; `undefined` when `parse` throws an `ActionError`. `blank`: what is wrong with one set to nothing. */
  value<T>(
    name: string,
    parse: (text: string | undefined) => T,
    {blank}: {readonly blank?: string} = {}
  ): T | undefined {
    try {
      if (blank !== undefined && this.given(name)?.trim() === '') throw new InputError(name, blank)
      return parse(this.text(name))
    } catch (error) {
      if (!(error instanceof ActionError)) throw error
      this.problems.push(error)
      return undefined
    }
  }

  boolean(name: string): boolean {
    // The YAML 1.2 core schema, like @actions/core's getBooleanInput.
    const words = {true: true, True: true, TRUE: true, false: false, False: false, FALSE: false}
    const value = this.value(name, text => {
      const found = Object.entries(words).find(([word]) => word === text)
      if (found !== undefined) return found[1]
      throw new InputError(name, `must be "true" or "false", got ${quote(text)}.`)
    })
    return value ?? false
  }

  choice<const T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const value = this.value(name, text => {
      const found = choices.find(choice => choice === text)
      if (found !== undefined) return found
      const list = listOf(choices.map(quote), 'or')
      throw new InputError(name, `must be ${list}, got ${quote(text)}.`)
    })
    return value ?? choices[0]
  }

  integer(name: string, min: number, max: number): number {
    const value = this.value(name, text => {
      const number = /^\d{1,9}$/.test(text ?? '') ? Number(text) : NaN
      if (number >= min && number <= max) return number
      throw new InputError(
        name,
        `must be a whole number from ${min} to ${max}, got ${quote(text)}.`
      )
    })
    return value ?? min
  }

  /** Seconds. */
  duration(name: string, min: number, max: number): number {
    const value = this.value(name, text => parseBoundedDuration(name, text, min, max))
    return value ?? min
  }

  /** Seconds, or `undefined` for the given word. */
  durationOr(name: string, word: string, min: number, max: number): number | undefined {
    return this.value(name, text =>
      text === word ? undefined : parseBoundedDuration(name, text, min, max, `"${word}" or `)
    )
  }

  /** One item a line; blank lines are left out. With `keepEmpty`, an input set to nothing means an empty list. */
  lines(name: string, {keepEmpty = false} = {}): readonly string[] {
    const text = (keepEmpty ? this.given(name) : undefined) ?? this.text(name) ?? ''
    return text
      .split(/\r?\n/)
      .map(line => line.trim())
      .filter(line => line !== '')
  }

  /** Adds what a check across inputs finds, once every single one was fine. */
  check(find: () => Iterable<ActionError>): void {
    if (this.problems.length === 0) this.problems.push(...find())
  }

  fail(problem: ActionError): void {
    this.problems.push(problem)
  }

  /** Throws everything found wrong, as one error. */
  finish(): void {
    const [first, ...more] = this.problems
    if (first === undefined) return
    if (more.length === 0) throw first
    throw new ActionError('input', this.problems.map(problem => problem.message).join('\n'))
  }
}

/** Reads the inputs of one entry of `pipelines`: what it sets, and what it inherits from the step. */
export class EntryReader extends InputReader {
  private readonly own: Entry['values']
  private readonly step: InputReader
  private readonly dropped: Set<string>

  /** `repository`: the step's own, `owner/name`. */
  constructor(entry: Entry, step: InputReader, repository: string | undefined) {
    super({})
    // Blank counts as not set, but where an expression that came out empty must not trigger something else.
    const isSet = ([name, text]: [string, string | null]): boolean =>
      text?.trim() !== '' || name === 'pipeline'
    this.own = new Map([...entry.values].filter(isSet))
    this.step = step
    this.dropped = new Set([...this.own.keys()].flatMap(name => OTHER_NAME[name] ?? []))
    const projectOf = (read: InputReader): string | undefined => {
      const slug = parseSlug(read.text('project-slug') ?? `gh/${repository ?? ''}`)
      return slug && formatSlug(slug).toLowerCase()
    }
    if (projectOf(this) !== projectOf(step)) this.drop(OF_PROJECT)
  }

  override given(name: string): string | undefined {
    const own = this.own.get(name)
    if (own !== undefined) return own?.trim()
    return this.dropped.has(name) ? undefined : this.step.given(name)
  }

  /** Whether the entry sets it itself. */
  sets(name: string): boolean {
    return this.own.has(name)
  }

  /** Inherits these no longer. */
  drop(names: readonly string[]): void {
    for (const name of names) this.dropped.add(name)
  }

  /** What is wrong with what the entry sets; what it inherits is the step's to report. */
  ownProblems(): readonly InputError[] {
    return this.problems.filter(
      (problem): problem is InputError => problem instanceof InputError && this.sets(problem.input)
    )
  }
}

function parseBoundedDuration(
  name: string,
  text: string | undefined,
  min: number,
  max: number,
  or = ''
): number {
  const seconds = parseDuration(text ?? '')
  if (seconds !== undefined && seconds >= min && seconds <= max) return seconds
  const example = `${or}a duration such as "90s", "30m" or "1h30m"`
  const range =
    seconds === undefined ? '' : `, at least ${min}s and at most ${Math.floor(max / 3600)}h`
  throw new InputError(name, `must be ${example}${range}, got ${quote(text)}.`)
}

/** A value as shown in an error: quoted, and cut when it is long. */
export function quote(text: string | undefined): string {
  return text === undefined || text === '' ? 'nothing' : `"${cut(text, MAX_SHOWN)}"`
}
