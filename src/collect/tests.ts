import type {CallOptions} from '../circleci/client.ts'
import type {FlakyTest, TestResult} from '../circleci/model.ts'
import {AbortedError} from '../circleci/faults.ts'
import {errorMessage} from '../base/errors.ts'
import type {FailedTest, JobRun} from '../record/result.ts'
import {mapBounded} from '../base/concurrency.ts'
import {failedBuildJobs, type BuildJob} from './jobs.ts'
import {breathe, SideChannel, type CollectContext} from './side-channel.ts'
import {locateTest, type Workspace} from './test-location.ts'
import type {FileExists} from './test-path.ts'

const REQUESTS_AT_ONCE = 4

/** Files that are looked for in the checkout, for one test and in all: a message may name any number of them. */
const MAX_LOOKUPS = {test: 200, all: 10_000}

/** What `collectFailedTests` found. */
interface FailedTests {
  /** In the order of the jobs and of CircleCI's reports. */
  readonly failedTests: readonly FailedTest[]
  /** What was left out or could not be read, in sentences. */
  readonly omissions: readonly string[]
}

/**
 * The failed tests of the failed build jobs (latest attempts): every result that is neither `success` nor `skipped`,
 * all pages, with file and line mapped to the repository and known flaky tests (one Insights request, only when
 * something failed) marked. Rejects only with an `AbortedError`.
 */
export async function collectFailedTests(
  jobs: readonly JobRun[],
  workspace: Workspace,
  context: CollectContext
): Promise<FailedTests> {
  const failed = failedBuildJobs(jobs)
  const channel = new SideChannel('Some test results', context)
  const found = await mapBounded(failed, REQUESTS_AT_ONCE, async job => {
    const tests: TestResult[] = []
    await channel.attempt(`the test report of job "${job.name}"`, options =>
      readFailures(job, tests, context, options)
    )
    return tests.map(test => ({job, test}))
  })
  const failures = found.flat()
  const flaky = failures.length > 0 ? await readFlakyTests(context, channel.options) : []
  const isFlaky = flakyIndex(flaky)
  const lookUp = workspace.fileExists && limited(workspace.fileExists)
  const failedTests: FailedTest[] = []
  for (const {job, test} of failures) {
    await breathe(context.signal)
    const {name, classname, message = ''} = test
    const {workflow, number: jobNumber} = job
    const location = await locateTest(test, {...workspace, fileExists: lookUp?.()})
    const what = {workflow, job: job.name, jobNumber, name, classname}
    failedTests.push({...what, ...location, message, flaky: isFlaky(test, job.name)})
  }
  return {failedTests, omissions: channel.finish()}
}

async function readFailures(
  job: BuildJob,
  into: TestResult[],
  {circleci, slug}: CollectContext,
  options: CallOptions
): Promise<void> {
  for await (const page of circleci.tests(slug, job.number, options)) {
    // Of many thousand tests that passed nothing need stay in memory.
    into.push(...page.filter(({result}) => result !== 'success' && result !== 'skipped'))
  }
}

async function readFlakyTests(
  {circleci, slug, log, signal}: CollectContext,
  options: CallOptions
): Promise<readonly FlakyTest[]> {
  try {
    return await circleci.flakyTests(slug, options)
  } catch (error) {
    if (error instanceof AbortedError || signal?.aborted === true) throw error
    log.debug(`Flaky tests are not known: ${errorMessage(error)}`)
    return []
  }
}

/**
 * Whether a test is among the known flaky ones: same name and class, in any job (a matrix runs one test in
 * many). Where Insights knows no class, a name alone is too little and the job must agree.
 */
function flakyIndex(
  flaky: readonly FlakyTest[]
): (test: Pick<TestResult, 'name' | 'classname'>, job: string) => boolean {
  const key = (...parts: readonly string[]): string => JSON.stringify(parts)
  const keys = new Set(
    flaky.map(({testName, classname, jobName}) =>
      classname === undefined || classname === ''
        ? key('job', testName, jobName)
        : key('class', testName, classname)
    )
  )
  return ({name, classname}, job) =>
    keys.has(key('class', name, classname)) || keys.has(key('job', name, job))
}

/** Makes look-ups for one test after another that ask for each file once, and for no more of them than is sane. */
function limited(fileExists: FileExists): () => FileExists {
  const known = new Map<string, Promise<boolean>>()
  return () => {
    let left = MAX_LOOKUPS.test
    return path => {
      left -= 1
      if (left < 0) return Promise.resolve(false)
      const seen = known.get(path)
      if (seen !== undefined || known.size === MAX_LOOKUPS.all)
        return seen ?? Promise.resolve(false)
      const answer = fileExists(path).catch(() => false)
      known.set(path, answer)
      return answer
    }
  }
}
