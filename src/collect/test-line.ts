import {MAX_PATH, repositoryPaths, toSlashes} from './test-file.ts'

/** A place a message speaks of: a path as it is written there, and a line from 1 on. */
export interface Reference {
  readonly path: string
  readonly line: number
}

/** So much of a message is searched; stacks come first or soon. */
const MAX_SEARCHED = 64 * 1024
/** Longest path that is read backwards from a file's name. */
const MAX_FOLDER = 512
/** So many places are read from one message. */
const MAX_PLACES = 50

/**
 * What follows a file's name where a line number is meant: `:12`, `:12:5` (jest, go, rspec, phpunit, junit), `:line 12`
 * (.NET), `", line 12` (Python), ` on line 12` (PHP), `(12,5)` (Visual Studio).
 */
const FOLLOWS = String.raw`(?::(?:line )?|", line |,? (?:on |at )?line |\()(\d{1,7})(?!\d)`
const FOLLOWS_HERE = new RegExp(FOLLOWS, 'y')
const DELIMITER = /[\s"'\`()<>[\]{}|=,;]/

/**
 * The line of `file` (a path in the repository) that a test's message or stack names first; `undefined` when it names
 * none, or `file` is a folder or too long. The message may write the path in full, in part, or only the file's name,
 * with either slash.
 */
export function lineIn(message: string, file: string, repository: string): number | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (name === '' || file.length > MAX_PATH) return undefined
  const text = message.slice(0, MAX_SEARCHED)
  let places = 0
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    FOLLOWS_HERE.lastIndex = at + name.length
    const line = Number(FOLLOWS_HERE.exec(text)?.[1] ?? 0)
    if (line === 0) continue
    if (isSameFile(folderBefore(text, at) + name, file, repository)) return line
    places += 1
    if (places === MAX_PLACES) break
  }
  return undefined
}

/**
 * All places a message names, in its order, `MAX_PLACES` at most: for a test whose report has no `file`. Only names with an
 * extension count, so that times (`12:30`) and addresses (`localhost:8080`) do not.
 */
export function referencesIn(message: string): readonly Reference[] {
  const references: Reference[] = []
  const pattern = new RegExp(String.raw`\.[a-z][a-z0-9_]{0,9}(?=[:", (])${FOLLOWS}`, 'gi')
  const text = message.slice(0, MAX_SEARCHED)
  for (const match of text.matchAll(pattern)) {
    const extension = match[0].slice(0, /[^.\w]/.exec(match[0])?.index)
    const path = folderBefore(text, match.index) + extension
    if (path !== extension) references.push({path, line: Number(match[1])})
    if (references.length === MAX_PLACES) break
  }
  return references.filter(({line}) => line > 0)
}

/** The part of a path that stands before `at`, back to a character that is unlikely in a path. */
function folderBefore(text: string, at: number): string {
  let start = at
  while (start > 0 && at - start < MAX_FOLDER && !DELIMITER.test(text.charAt(start - 1))) start -= 1
  return text.slice(start, at)
}

function isSameFile(written: string, file: string, repository: string): boolean {
  const path = toSlashes(written).replace(/^\.\//, '')
  return (
    path === file ||
    `/${file}`.endsWith(`/${path}`) ||
    repositoryPaths(written, repository).includes(file)
  )
}
