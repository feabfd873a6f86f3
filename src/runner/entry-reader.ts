import type {Entry} from '../trigger/entries.ts'
import {formatSlug, parseSlug} from '../circleci/slug.ts'
import {InputError} from '../base/errors.ts'
import {InputReader} from './input-reader.ts'

/** Two names of one setting each: who sets one does not inherit the other. */
const OTHER_NAME: Readonly<Record<string, string>> = {
  branch: 'tag',
  tag: 'branch',
  'config-branch': 'config-tag',
  'config-tag': 'config-branch'
}
/** What means nothing in another project. */
const OF_PROJECT = ['definition', 'config-branch', 'config-tag']

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

  /** What is wrong with what the entry sets; what it inherits is told as the step's. */
  ownProblems(): readonly InputError[] {
    return this.problems.filter(
      (problem): problem is InputError => problem instanceof InputError && this.sets(problem.input)
    )
  }
}
