import {
  anyOf,
  matcherOf,
  MAX_MATCHED,
  oneALine,
  textTest,
  type Match,
  type Matcher
} from '../base/matcher.ts'
import type {Artifact} from '../record/result.ts'
import {breathe} from './concurrency.ts'
import {countOf, cut} from '../base/text.ts'

/** The part of an artifact that patterns are held against. */
export type Selectable = Pick<Artifact, 'job' | 'path'>

/** So many of the paths there are stand beside a line that matches none of them. */
const EXAMPLES = 5

/** Artifacts that are held against the lines without a pause for anything else. */
const AT_ONCE = 20

/**
 * Matches artifacts with a list of lines: a line is a glob for the whole path (`coverage/**`) or for job and path
 * (`test-*:coverage/**`); `*` stays within a folder, `**` does not, a trailing `/` means everything below.
 */
export function artifactMatcher(lines: readonly string[]): Matcher<Selectable> {
  return matcherOf(lines, compile)
}

/**
 * The artifacts that are on the list, in the order given; no line at all selects nothing. One whose path is too long to
 * be held against the lines is left out. Rejects only with an `AbortedError`.
 */
export async function selectArtifacts<T extends Selectable>(
  artifacts: readonly T[],
  lines: readonly string[],
  signal?: AbortSignal
): Promise<readonly T[]> {
  if (lines.length === 0) return []
  const {matches} = artifactMatcher(lines)
  return inTurns(artifacts, signal, some => some.filter(one => matches(one) === 'yes'))
}

/**
 * What selecting by the lines leaves to be said: one sentence for each line without `!` that matches none of the
 * artifacts, with some of the paths there are and the line that would have matched when a missing leading globstar
 * explains it; and how many paths were too long. Empty when there are no artifacts: then no line is to blame.
 */
export async function selectionRemarks(
  artifacts: readonly Selectable[],
  lines: readonly string[],
  signal?: AbortSignal
): Promise<readonly string[]> {
  if (artifacts.length === 0) return []
  const unmatched = await unmatchedLines(artifacts, lines, signal)
  const deeper = unmatched.map(line => `**/${line.replace(/^\/+/, '')}`)
  const failing = await unmatchedLines(artifacts, deeper, signal)
  const remarks = unmatched.map((line, index) => {
    const better = deeper[index] ?? ''
    const hint = failing.includes(better) ? oneALine([line]) : ` Did you mean "${better}"?`
    return `Line "${line}" of input "artifacts" matches none of ${describePaths(artifacts)}.${hint}`
  })
  const {matches} = artifactMatcher(lines)
  const tooLong = await inTurns(artifacts, signal, some =>
    some.filter(one => matches(one) === 'too-long')
  )
  return tooLong.length === 0 ? remarks : [...remarks, describeTooLong(tooLong.length)]
}

async function unmatchedLines(
  artifacts: readonly Selectable[],
  lines: readonly string[],
  signal: AbortSignal | undefined
): Promise<readonly string[]> {
  let left = artifactMatcher(lines).unmatched([])
  await inTurns(artifacts, signal, some => {
    left = artifactMatcher(left).unmatched(some)
    return []
  })
  return left
}

/** Does some of a long list at a time, so that it can be stopped in between. */
async function inTurns<T, R>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  task: (some: readonly T[]) => readonly R[]
): Promise<readonly R[]> {
  const results: (readonly R[])[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    await breathe(signal)
    results.push(task(items.slice(start, start + AT_ONCE)))
  }
  return results.flat()
}

function describeTooLong(count: number): string {
  const were = count === 1 ? 'was' : 'were'
  return `${countOf(count, 'artifact')} ${were} left out: a path or job name of more than ${MAX_MATCHED} characters is not held against input "artifacts".`
}

function describePaths(artifacts: readonly Selectable[]): string {
  const paths = artifacts.slice(0, EXAMPLES).map(({path}) => `"${cut(path)}"`)
  const which = artifacts.length > EXAMPLES ? ', among them' : ':'
  return `the ${countOf(artifacts.length, 'artifact')}${which} ${paths.join(', ')}`
}

function compile(line: string): (artifact: Selectable) => Match {
  // Paths are data of CircleCI's, never this machine's.
  const whole = textTest(cleanPattern(line), 'path')
  const pairs = [...line.matchAll(/:/g)].map(({index}) => ({
    job: textTest(line.slice(0, index), 'name'),
    path: textTest(cleanPattern(line.slice(index + 1)), 'path')
  }))
  return artifact => {
    const path = cleanPath(artifact.path)
    const answers = pairs.map(pair => bothOf(pair.job(artifact.job), pair.path(path)))
    return anyOf([whole(path), ...answers])
  }
}

function bothOf(first: Match, second: Match): Match {
  if (first === 'no' || second === 'no') return 'no'
  return first === 'yes' ? second : first
}

function cleanPattern(pattern: string): string {
  return pattern.replace(/^(?:\.?\/+)+/, '').replace(/\/$/, '/**')
}

/** A path without empty and `.` segments; `..`, which no glob matches, becomes a name that globs can match. */
function cleanPath(path: string): string {
  if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path)) return path
  return path
    .split('/')
    .filter(segment => segment !== '' && segment !== '.')
    .map(segment => (segment === '..' ? '__' : segment))
    .join('/')
}
