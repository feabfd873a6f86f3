import {anyOf, matcherOf, MAX_MATCHED, oneALine, textTest, type Match} from '../matcher.ts'
import type {Artifact} from '../result.ts'
import {countOf} from './sentence.ts'

/** The part of an artifact that patterns are held against. */
export type Selectable = Pick<Artifact, 'job' | 'path'>

/** So many of the paths there are stand beside a line that matches none of them. */
const EXAMPLES = 5
/** Most of a path that a sentence shows, in UTF-16 units. */
const MAX_SHOWN = 100

/**
 * The artifacts that at least one line matches and no `!` line does, in the order given. A line is a glob for the
 * whole path (`coverage/**`) or for job and path (`test-*:coverage/**`); `*` stays within a folder, `**` does not, a
 * trailing `/` means everything below. No line at all selects nothing. An artifact whose path is too long to be held
 * against the lines is left out.
 */
export function selectArtifacts<T extends Selectable>(
  artifacts: readonly T[],
  lines: readonly string[]
): readonly T[] {
  if (lines.length === 0) return []
  const {matches} = matcherOf(lines, compile)
  return artifacts.filter(artifact => matches(artifact) === 'yes')
}

/**
 * What selecting by the lines leaves to be said: one sentence for each line without `!` that matches none of the
 * artifacts, with some of the paths there are and the line that would have matched when a missing leading globstar
 * explains it; and how many paths were too long. Empty when there are no artifacts: then no line is to blame.
 */
export function selectionRemarks(
  artifacts: readonly Selectable[],
  lines: readonly string[]
): readonly string[] {
  if (artifacts.length === 0) return []
  const {matches, unmatched} = matcherOf(lines, compile)
  const remarks = unmatched(artifacts).map(line => {
    const deeper = `**/${line.replace(/^\/+/, '')}`
    const hint =
      matcherOf([deeper], compile).unmatched(artifacts).length === 0
        ? ` Did you mean "${deeper}"?`
        : oneALine([line])
    return `Line "${line}" of input "artifacts" matches none of ${describePaths(artifacts)}.${hint}`
  })
  const tooLong = artifacts.filter(artifact => matches(artifact) === 'too-long').length
  if (tooLong === 0) return remarks
  const were = tooLong === 1 ? 'was' : 'were'
  return [
    ...remarks,
    `${countOf(tooLong, 'artifact')} ${were} left out: a path or job name of more than ${MAX_MATCHED} characters is not held against input "artifacts".`
  ]
}

function describePaths(artifacts: readonly Selectable[]): string {
  const paths = artifacts.slice(0, EXAMPLES).map(({path}) => `"${shortened(path)}"`)
  const which = artifacts.length > EXAMPLES ? ', among them' : ':'
  return `the ${countOf(artifacts.length, 'artifact')}${which} ${paths.join(', ')}`
}

function shortened(path: string): string {
  return path.length > MAX_SHOWN ? `${path.slice(0, MAX_SHOWN)}…` : path
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
