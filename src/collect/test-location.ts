import type {TestResult} from '../circleci/model.ts'
import {MAX_PATH, repositoryPath, repositoryPaths, toSlashes, type FileExists} from './test-path.ts'

/** Where a test stands, as far as its report says. */
interface TestLocation {
  /** A path in the repository where that is known, else as CircleCI has it. */
  readonly file: string | undefined
  readonly line: number | undefined
  readonly inRepository: boolean
}

/** What a location depends on besides the test. */
export interface Workspace {
  /** The repository's name, as in the project slug: a folder so called is taken for the checkout. */
  readonly repository: string
  /** `undefined`: there is no checkout. */
  readonly fileExists: FileExists | undefined
}

/** Longest dotted name of a module that is taken for a path. */
const MAX_MODULES = 40

type Reported = Pick<TestResult, 'name' | 'classname' | 'file' | 'message'>

/** Frames in code that is not the project's own explain nothing to its developers. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|site-packages|dist-packages|\.venv|\.cargo)\//
/**
 * Where JVM build tools keep tests:
 * https://maven.apache.org/guides/introduction/introduction-to-the-standard-directory-layout.html
 */
const JVM_ROOTS = ['', 'src/test/java/', 'src/test/kotlin/', 'src/test/scala/', 'src/test/groovy/']

/**
 * Locates a failed test: by the report's `file`, or, when there is none, by the first file of the checkout that its
 * class name or message names. Without a checkout the report's `file` is taken at its word where it is certain which
 * path of the repository it means. The line is where the message or stack first names that file.
 */
export async function locateTest(test: Reported, workspace: Workspace): Promise<TestLocation> {
  const {file: reported, message} = test
  if (reported === undefined || reported.trim() === '') return guessLocation(test, workspace)
  if (reported.length > MAX_PATH) return {file: reported, line: undefined, inRepository: false}
  const [, path = reported, reportedLine] = /^(.+?)(?::(\d{1,7}))?(?::\d+)?$/s.exec(reported) ?? []
  const {repository, fileExists} = workspace
  const certain = repositoryPath(path, repository)
  const known = await firstFile(
    fileExists === undefined ? [certain ?? ''] : repositoryPaths(path, repository),
    workspace
  )
  const file = known ?? certain ?? reported
  const line = lineIn(message ?? '', file, repository) ?? (Number(reportedLine ?? 0) || undefined)
  return {file, line, inRepository: known !== undefined}
}

async function guessLocation(test: Reported, workspace: Workspace): Promise<TestLocation> {
  if (workspace.fileExists === undefined) {
    return {file: undefined, line: undefined, inRepository: false}
  }
  const classname = test.classname.length > MAX_PATH ? '' : test.classname
  for (const reference of referencesIn(test.message ?? '')) {
    const file = await firstFile(pathsOf(reference, classname, workspace), workspace)
    if (file !== undefined) return {file, line: reference.line, inRepository: true}
  }
  const file = await firstFile(classPaths(classname, workspace), workspace)
  return {file, line: undefined, inRepository: file !== undefined}
}

function pathsOf({path}: Reference, classname: string, {repository}: Workspace): readonly string[] {
  if (/[\\/]/.test(path)) return repositoryPaths(path, repository)
  // go prints the bare name and reports the package; JVM stacks print the bare name of a dotted class.
  const packagePath = repositoryPaths(`/${classname}/${path}`, repository)
  const inPackage = [...classname.split('.').slice(0, -1), path].join('/')
  const jvm = JVM_ROOTS.map(root => `${root}${inPackage}`)
  return [...packagePath, ...jvm, path]
}

/** A class name that is a path (jest, mocha) or a dotted Python module (pytest without its `file` attribute). */
function classPaths(classname: string, {repository}: Workspace): readonly string[] {
  if (classname.includes('/')) return repositoryPaths(classname, repository)
  const parts = classname.split('.', MAX_MODULES).filter(part => /^\w+$/.test(part))
  return parts
    .map((_, index) => parts.slice(0, parts.length - index).join('/') + '.py')
    .filter(path => path.includes('/'))
}

async function firstFile(
  paths: readonly string[],
  {fileExists}: Workspace
): Promise<string | undefined> {
  for (const path of paths) {
    if (path === '' || FOREIGN.test(path)) continue
    if (fileExists === undefined || (await fileExists(path))) return path
  }
  return undefined
}

/** A place a message speaks of: a path as it is written there, and a line from 1 on. */
interface Reference {
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
