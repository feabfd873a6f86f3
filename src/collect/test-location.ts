import type {TestResult} from '../circleci/model.ts'
import {repositoryPath, repositoryPaths} from './test-file.ts'
import {lineIn, referencesIn, type Reference} from './test-line.ts'

/** Where a test stands, as far as its report tells. */
export interface TestLocation {
  /** A path in the repository when it could be told, else as CircleCI has it. */
  readonly file: string | undefined
  readonly line: number | undefined
  readonly inWorkspace: boolean
}

/** What a location depends on besides the test. */
export interface Workspace {
  /** The repository's name, as in the project slug: a folder so called is taken for the checkout. */
  readonly repository: string
  /** Whether a path relative to the repository is a file of the checkout. */
  readonly fileExists: (path: string) => Promise<boolean>
}

type Reported = Pick<TestResult, 'name' | 'classname' | 'file' | 'message'>

/** Frames in code that is not the project's own explain nothing to its developers. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|site-packages|dist-packages|\.venv|\.cargo)\//
/** Where JVM build tools keep tests: https://maven.apache.org/guides/introduction/introduction-to-the-standard-directory-layout.html */
const JVM_ROOTS = ['', 'src/test/java/', 'src/test/kotlin/', 'src/test/scala/', 'src/test/groovy/']

/**
 * Locates a failed test: by the report's `file`, or, when there is none, by the first file of the workspace that its
 * class name or message names. The line is where the message or stack first names that file.
 */
export async function locateTest(test: Reported, workspace: Workspace): Promise<TestLocation> {
  const message = test.message ?? ''
  if (test.file === undefined || test.file.trim() === '') return guessLocation(test, workspace)
  const [, path = test.file, reportedLine] =
    /^(.+?)(?::(\d{1,7}))?(?::\d+)?$/s.exec(test.file) ?? []
  const {repository} = workspace
  const existing = await firstExisting(repositoryPaths(path, repository), workspace)
  const file = existing ?? repositoryPath(path, repository) ?? test.file
  const line = lineIn(message, file, repository) ?? (Number(reportedLine ?? 0) || undefined)
  return {file, line, inWorkspace: existing !== undefined}
}

async function guessLocation(test: Reported, workspace: Workspace): Promise<TestLocation> {
  const message = test.message ?? ''
  for (const reference of referencesIn(message)) {
    const file = await firstExisting(pathsOf(reference, test.classname, workspace), workspace)
    if (file !== undefined) return {file, line: reference.line, inWorkspace: true}
  }
  const file = await firstExisting(classPaths(test.classname, workspace), workspace)
  return {file, line: undefined, inWorkspace: file !== undefined}
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
  const parts = classname.split('.').filter(part => /^\w+$/.test(part))
  return parts
    .map((_, index) => parts.slice(0, parts.length - index).join('/') + '.py')
    .filter(path => path.includes('/'))
}

async function firstExisting(
  paths: readonly string[],
  {fileExists}: Workspace
): Promise<string | undefined> {
  for (const path of paths) {
    if (!FOREIGN.test(path) && (await fileExists(path))) return path
  }
  return undefined
}
