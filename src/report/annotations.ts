import {countOf} from '../base/text.ts'
import type {FailedTest, JobRun, LogTail, Result} from '../record/result.ts'
import {isFailed} from '../circleci/statuses.ts'
import {lookOf} from './status.ts'
import {oneLine} from './untrusted.ts'

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

/** The annotations that fit, and what is said of the others. */
export interface PickedAnnotations {
  readonly annotations: readonly Annotation[]
  /** A line that counts what was left out; `undefined` when nothing was. */
  readonly rest: string | undefined
}

/**
 * GitHub keeps 10 errors a step (actions/runner, `ExecutionContext._maxCountPerIssueType`); one of them is the
 * step's own verdict.
 */
export const ANNOTATION_LIMIT = 9

const TAIL_LINES = 12

/** Picks the most useful annotations: failed tests (known flaky ones last, those with a file in the workspace first), then failed jobs. */
export function pickAnnotations(result: Result, limit = ANNOTATION_LIMIT): PickedAnnotations {
  const level = result.verdict?.passes === true ? 'warning' : 'error'
  const tests = [...result.failedTests].sort(
    (a, b) => Number(a.flaky) - Number(b.flaky) || Number(b.inRepository) - Number(a.inRepository)
  )
  const jobs = result.jobs.filter(job => job.latest && isFailed(job.status))
  const annotations = [
    ...tests.map(test => testAnnotation(test, level)),
    ...jobs.map(job => jobAnnotation(job, result.logTails, level))
  ].slice(0, Math.max(0, limit))
  const shownTests = Math.min(tests.length, annotations.length)
  const left = [
    ...count(tests.length - shownTests, 'failed test'),
    ...count(jobs.length - (annotations.length - shownTests), 'failed job')
  ]
  return {
    annotations,
    rest:
      left.length === 0
        ? undefined
        : `Not annotated: ${left.join(' and ')}; GitHub shows 10 errors a step.`
  }
}

function count(number: number, noun: string): string[] {
  return number <= 0 ? [] : [countOf(number, `more ${noun}`)]
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
  const step = tail === undefined ? [] : [failedStep(tail), ...tail.lines.slice(-TAIL_LINES)]
  const address = job.url === undefined ? [] : [job.url]
  return {
    level,
    title: `Job ${job.name} of workflow ${job.workflow}: ${lookOf(job.status).words}`,
    message: [...step, ...address].join('\n') || `Job ${job.name} ended as ${job.status}.`,
    file: undefined,
    line: undefined
  }
}

/** `Step "npm test" failed with exit code 1.` */
function failedStep({step, exitCode}: LogTail): string {
  return `Step "${oneLine(step)}" failed${exitCode === undefined ? '' : ` with exit code ${exitCode}`}.`
}
