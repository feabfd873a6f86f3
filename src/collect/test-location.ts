import type {TestResult} from '../circleci/model.ts'
import type {FileExists} from './checkout.ts'
import {MAX_PATH, repositoryPath, repositoryPaths} from './test-file.ts'
import {lineIn, referencesIn, type Reference} from './test-line.ts'

/** Where a test stands, as far as its report tells. */
export interface TestLocation {
  /** A path in the repository when it could be told, else as CircleCI has it. */
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
/** Where JVM build tools keep tests: https://maven.apache.org/guides/introduction/introduction-to-the-standard-directory-layout.html */
const JVM_ROOTS = ['', 'src/test/java/', 'src/test/kotlin/', 'src/test/scala/', 'src/test/groovy/']

/**
 * Locates a failed test: by the report's `file`, or, when there is none, by the first file of the checkout that its
 * class name or message names. Without a checkout the report's `file` is taken at its word where it is certain which
 * path of the repository it means. The line is where the message or stack first names that file.
 */
export async function locateTest(test: Reported, workspace: Workspace): Promise<TestLocation> {
  const {file: told, message} = test
  if (told === undefined || told.trim() === '') return guessLocation(test, workspace)
  if (told.length > MAX_PATH) return {file: told, line: undefined, inRepository: false}
  const [, path = told, reportedLine] = /^(.+?)(?::(\d{1,7}))?(?::\d+)?$/s.exec(told) ?? []
  const {repository, fileExists} = workspace
  const certain = repositoryPath(path, repository)
  const known = await firstFile(
    fileExists === undefined ? [certain ?? ''] : repositoryPaths(path, repository),
    workspace
  )
  const file = known ?? certain ?? told
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
