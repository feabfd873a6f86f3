import {countOf} from '../base/text.ts'
import {isFailed} from '../circleci/statuses.ts'
import type {FailedTest, JobRun, LogTail, Result, Verdict} from '../record/result.ts'
import {oneLine} from './escape.ts'
import {lookOf} from './status.ts'

/** More failed tests of one job than this are counted; the report file has them all. */
const LISTED_TESTS = 50
/** More jobs than this are counted, not named. */
const NAMED_JOBS = 10
/** Of a job's log, so many lines go into its annotation. */
const ANNOTATED_LINES = 12

/**
 * GitHub keeps 10 errors a step (actions/runner, `ExecutionContext._maxCountPerIssueType`); one of them is the
 * step's own verdict.
 */
export const ANNOTATION_LIMIT = 9

/** One folded block for `Log.group`. The lines are raw: the log quotes them. */
export interface LogGroup {
  readonly title: string
  readonly lines: readonly string[]
}

/** One message GitHub shows beside the run and, when it has a file, on the line it points at. Its text is raw. */
export interface Annotation {
  /** `warning` when the verdict passes all the same. */
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
  /** Path inside the repository. */
  readonly file: string | undefined
  readonly line: number | undefined
}

/** The step's error: the verdict's sentence, each failed job with its page, and the pipeline's page. Raw text. */
export function renderFailure(result: Result, verdict: Verdict): string {
  const failed = failedJobs(result)
  const lines = failed
    .slice(0, NAMED_JOBS)
    .map(
      ({name, workflow, status, url}) =>
        `Job "${name}" of workflow "${workflow}": ${lookOf(status).words}${url === undefined ? '' : ` ${url}`}`
    )
  if (failed.length > NAMED_JOBS) lines.push(`and ${failed.length - NAMED_JOBS} more failed jobs`)
  const {pipeline} = result
  if (pipeline !== undefined && !verdict.message.includes(pipeline.url)) {
    lines.push(`Pipeline #${pipeline.number}: ${pipeline.url}`)
  }
  return [verdict.message, ...lines].join('\n')
}

function failedJobs({jobs}: Result): JobRun[] {
  return jobs.filter(job => job.latest && isFailed(job.status))
}

/** What failed, for the log: one group a failed job, with its failed tests and the tails of its failed steps' logs. */
export function failureGroups(result: Result): LogGroup[] {
  return failedJobs(result)
    .map(job => {
      const tests = result.failedTests.filter(({jobNumber}) => jobNumber === job.number)
      const tails = result.logTails.filter(({jobNumber}) => jobNumber === job.number)
      return {
        title: `✗ ${job.name} (${job.workflow}): ${lookOf(job.status).words}`,
        lines: [
          ...(job.url === undefined ? [] : [job.url]),
          ...testLines(tests),
          ...tails.flatMap(tail => tailLines(tail, tails))
        ]
      }
    })
    .filter(({lines}) => lines.length > 0)
}

function testLines(tests: readonly FailedTest[]): string[] {
  const lines = tests.slice(0, LISTED_TESTS).map(({name, file, line, flaky}) => {
    const where = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`
    return `✗ ${name}${where}${flaky ? ', known to be flaky' : ''}`
  })
  const left = tests.length - lines.length
  return left === 0 ? lines : [...lines, `✗ and ${countOf(left, 'more failed test')}`]
}

function tailLines(tail: LogTail, ofJob: readonly LogTail[]): string[] {
  const exit = tail.exitCode === undefined ? '' : ` exited with code ${tail.exitCode}`
  const command = tail.command === undefined ? [] : commandText(tail.command).split('\n')
  return [
    '',
    `── ${tail.step}${parallelRun(tail, ofJob)}${exit}`,
    ...command.map(line => `$ ${line}`),
    ...(tail.cut ? ['(earlier lines left out)'] : []),
    ...tail.lines
  ]
}

/** A step's command without the line that only names the shell CircleCI runs it in, such as `#!/bin/bash -eo pipefail`. */
export function commandText(command: string): string {
  const [first = '', ...rest] = command.split('\n')
  return first.startsWith('#!') && rest.some(line => line.trim() !== '') ? rest.join('\n') : command
}

/** Which of a job's parallel runs it was, as ` (parallel run 0)`; empty for a job that has one run, as far as `others` show. */
export function parallelRun(
  {jobNumber, nodeIndex}: Pick<LogTail, 'jobNumber' | 'nodeIndex'>,
  others: readonly Pick<LogTail, 'jobNumber' | 'nodeIndex'>[]
): string {
  const isParallel = others.some(
    other => other.jobNumber === jobNumber && (other.nodeIndex > 0 || nodeIndex > 0)
  )
  return isParallel ? ` (parallel run ${nodeIndex})` : ''
}

/**
 * The most useful annotations: failed tests (known flaky ones last, those with a file in the repository first), then failed
 * jobs. `rest` is a line that counts what was left out; `undefined` when nothing was.
 */
export function pickAnnotations(
  result: Result,
  limit = ANNOTATION_LIMIT
): {readonly annotations: readonly Annotation[]; readonly rest: string | undefined} {
  const level = result.verdict?.passes === true ? 'warning' : 'error'
  const tests = [...result.failedTests].sort(
    (a, b) => Number(a.flaky) - Number(b.flaky) || Number(b.inRepository) - Number(a.inRepository)
  )
  const jobs = failedJobs(result)
  const annotations = [
    ...tests.map(test => testAnnotation(test, level)),
    ...jobs.map(job => jobAnnotation(job, result.logTails, level))
  ].slice(0, Math.max(0, limit))
  const moreTests = tests.length - Math.min(tests.length, annotations.length)
  const moreJobs = tests.length + jobs.length - annotations.length - moreTests
  const left = [
    ...(moreTests === 0 ? [] : [countOf(moreTests, 'more failed test')]),
    ...(moreJobs === 0 ? [] : [countOf(moreJobs, 'more failed job')])
  ]
  const rest = `Not annotated: ${left.join(' and ')}; GitHub shows 10 errors a step.`
  return {annotations, rest: left.length === 0 ? undefined : rest}
}

function testAnnotation(test: FailedTest, level: Annotation['level']): Annotation {
  const name = fullName(test)
  return {
    level,
    title: `${test.flaky ? 'Flaky test' : 'Test'} failed in ${test.job}: ${name}`,
    message: test.message.trim() === '' ? `${name} failed without a message.` : test.message,
    file: test.inRepository ? test.file : undefined,
    line: test.inRepository ? test.line : undefined
  }
}

/** Test runners often repeat the class in the name. */
function fullName({classname, name}: FailedTest): string {
  return classname === '' || name.startsWith(classname) ? name : `${classname} › ${name}`
}

function jobAnnotation(
  job: JobRun,
  tails: readonly LogTail[],
  level: Annotation['level']
): Annotation {
  const tail = tails.find(({jobNumber}) => jobNumber === job.number)
  const step = tail === undefined ? [] : [failedStep(tail), ...tail.lines.slice(-ANNOTATED_LINES)]
  const address = job.url === undefined ? [] : [job.url]
  const {words} = lookOf(job.status)
  return {
    level,
    title: `Job ${job.name} of workflow ${job.workflow}: ${words}`,
    message: [...step, ...address].join('\n') || `Job "${job.name}" ended: ${words}.`,
    file: undefined,
    line: undefined
  }
}

/** `Step "npm test" failed with exit code 1.` */
function failedStep({step, exitCode}: LogTail): string {
  return `Step "${oneLine(step)}" failed${exitCode === undefined ? '' : ` with exit code ${exitCode}`}.`
}
