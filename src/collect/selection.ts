import picomatch from 'picomatch'

import type {Artifact} from '../result.ts'

/** The part of an artifact that patterns are held against. */
export type Selectable = Pick<Artifact, 'job' | 'path'>

type Test = (artifact: Selectable) => boolean

/**
 * The artifacts that at least one pattern matches and no `!` pattern does, in the order given. A pattern is a glob
 * for the whole path (`coverage/**`) or for job and path (`test-*:coverage/**`); `*` stays within a folder, `**`
 * does not, a trailing `/` means everything below, dot files count like any other. Only `!` patterns: everything
 * but those. The order of patterns does not matter; no pattern at all selects nothing.
 */
export function selectArtifacts<T extends Selectable>(
  artifacts: readonly T[],
  patterns: readonly string[]
): readonly T[] {
  const {includes, excludes} = splitPatterns(patterns)
  if (includes.length === 0 && excludes.length === 0) return []
  const included = includes.map(compile)
  const excluded = excludes.map(compile)
  return artifacts.filter(
    artifact =>
      (included.length === 0 || included.some(test => test(artifact))) &&
      !excluded.some(test => test(artifact))
  )
}

/**
 * One sentence for each pattern (other than `!` patterns and the match-all) that matches none of the artifacts, with
 * the pattern that would have matched when a missing leading globstar explains it. Empty when there are no artifacts:
 * then no pattern is to blame.
 */
export function describeUnmatched(
  artifacts: readonly Selectable[],
  patterns: readonly string[]
): readonly string[] {
  if (artifacts.length === 0) return []
  const matches = (pattern: string): boolean => artifacts.some(compile(pattern))
  return splitPatterns(patterns)
    .includes.filter(pattern => !matches(pattern))
    .map(pattern => {
      const deeper = `**/${pattern.replace(/^\/+/, '')}`
      const hint = matches(deeper) ? `; did you mean "${deeper}"?` : '.'
      return `Pattern "${pattern}" of input "artifacts" matches none of the ${artifacts.length} artifacts${hint}`
    })
}

function splitPatterns(patterns: readonly string[]): {includes: string[]; excludes: string[]} {
  const trimmed = patterns.map(pattern => pattern.trim()).filter(pattern => pattern !== '')
  return {
    includes: trimmed.filter(pattern => !pattern.startsWith('!')),
    excludes: trimmed
      .filter(pattern => pattern.startsWith('!'))
      .map(pattern => pattern.slice(1).trim())
      .filter(pattern => pattern !== '')
  }
}

function compile(pattern: string): Test {
  const whole = glob(cleanPattern(pattern))
  const pairs = [...pattern.matchAll(/:/g)].map(({index}) => ({
    job: glob(asOneSegment(pattern.slice(0, index))),
    path: glob(cleanPattern(pattern.slice(index + 1)))
  }))
  return artifact => {
    const path = cleanPath(artifact.path)
    return (
      whole(path) || pairs.some(pair => pair.job(asOneSegment(artifact.job)) && pair.path(path))
    )
  }
}

/** Paths are data of CircleCI's, never this machine's: no Windows rules, and a line break is a character like others. */
function glob(pattern: string): (text: string) => boolean {
  if (pattern === '') return () => false
  const matches = picomatch(pattern, {dot: true, nonegate: true, windows: false, flags: 's'})
  return text => text === pattern || matches(text)
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

/** Job names of orbs hold slashes (`node/test`), which a `*` should match all the same. */
function asOneSegment(text: string): string {
  return text.replaceAll('/', ':')
}
