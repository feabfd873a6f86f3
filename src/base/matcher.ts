import {glob, type GlobKind} from './glob.ts'

/** Longest remote name or path that is matched against a glob, in UTF-16 units. */
export const MAX_MATCHED = 1000

/** Whether something is on a list. `too-long`: only a glob could match, and the text is too long for one. */
export type Match = 'yes' | 'no' | 'too-long'

/** The lines of an input that lists names or globs, of which those that begin with `!` exclude. */
export interface Matcher<T = string> {
  /** Whether a line matches and no exclusion does, in any order. Without lines to include, all others do. */
  readonly matches: (item: T) => Match
  /** The lines without `!` that match none of the items. */
  readonly unmatched: (items: readonly T[]) => readonly string[]
}

/** Makes the matcher of a list of names. */
export function matcher(lines: readonly string[]): Matcher {
  return matcherOf(lines, line => textTest(line, 'name'))
}

/** Makes the matcher of a list, when `compile` makes the test of one line. */
export function matcherOf<T>(
  lines: readonly string[],
  compile: (line: string) => (item: T) => Match
): Matcher<T> {
  const included = lines
    .filter(line => !isExclusion(line))
    .map(line => ({line, test: compile(line)}))
  const excluded = lines.filter(isExclusion).map(line => compile(line.slice(1).trim()))
  return {
    matches: item => {
      const exclusion = anyOf(excluded.map(test => test(item)))
      if (exclusion !== 'no') return exclusion === 'yes' ? 'no' : exclusion
      return included.length === 0 ? 'yes' : anyOf(included.map(({test}) => test(item)))
    },
    unmatched: items =>
      included.filter(({test}) => !items.some(item => test(item) === 'yes')).map(({line}) => line)
  }
}

/** The test of one line for a text: it is the line itself, or matches it as a glob. */
export function textTest(line: string, kind: GlobKind): (text: string) => Match {
  const matches = glob(line, kind)
  const everything = line === '**' && kind === 'path'
  return text => {
    if (text === line || everything) return 'yes'
    if (text.length > MAX_MATCHED) return 'too-long'
    return matches(text) ? 'yes' : 'no'
  }
}

/** Yes when one answer is, or else whatever forbids a no. */
export function anyOf(answers: readonly Match[]): Match {
  if (answers.includes('yes')) return 'yes'
  return answers.includes('too-long') ? 'too-long' : 'no'
}

/** Whether a line excludes what it matches. */
export function isExclusion(line: string): boolean {
  return line.startsWith('!')
}

/** Lines that are several of these names with commas between them. */
export function commaLines(lines: readonly string[], names: readonly string[]): readonly string[] {
  return lines.filter(line => {
    const parts = line.split(',').map(part => part.trim())
    return !names.includes(line) && parts.length > 1 && parts.every(part => names.includes(part))
  })
}

/** What to say after lines that match nothing, when one of them looks like several names: else `''`. */
export function oneALine(lines: readonly string[]): string {
  const several = lines.some(line => line.replaceAll(/\{[^{}]*\}/g, '').includes(','))
  return several ? ' Names go one a line, without commas.' : ''
}
