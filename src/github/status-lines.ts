import {InputError} from '../base/errors.ts'

/** One commit status that input `commit-status` asks for. */
export interface CommitStatusLine {
  /** The status's name on GitHub. */
  readonly context: string
  /** Links the status to the first artifact that matches. */
  readonly artifactGlob: string | undefined
}

/**
 * Parses input `commit-status`: one status a line, `context` or `context -> artifact glob`. Blank lines are left
 * out. Throws an `InputError` on a line without a context or without a glob after its arrow, and on a context that
 * is named twice.
 */
export function parseCommitStatuses(lines: readonly string[]): readonly CommitStatusLine[] {
  const statuses = lines.flatMap(line => {
    const trimmed = line.trim()
    return trimmed === '' ? [] : [parseLine(trimmed)]
  })
  const seen = new Set<string>()
  for (const {context} of statuses) {
    // GitHub ignores case in contexts: the two would overwrite each other.
    const name = context.toLowerCase()
    if (seen.has(name)) fail(`names the context "${context}" twice; name each once.`)
    seen.add(name)
  }
  return statuses
}

function parseLine(line: string): CommitStatusLine {
  const arrow = line.indexOf('->')
  if (arrow === -1) return {context: line, artifactGlob: undefined}
  const context = line.slice(0, arrow).trim()
  const artifactGlob = line.slice(arrow + 2).trim()
  if (context === '' || artifactGlob === '') {
    fail(`must have lines such as "docs" or "docs -> **/index.html", got "${line}".`)
  }
  return {context, artifactGlob}
}

function fail(problem: string): never {
  throw new InputError('commit-status', problem)
}
