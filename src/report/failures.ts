import type {FailedTest, LogTail, Result} from '../record/result.ts'
import {isFailed} from '../circleci/statuses.ts'
import {lookOf} from './status.ts'
import {commandText, parallelRun} from './step-text.ts'

/** More failed tests of one job than this are counted; the report file has them all. */
const LISTED_TESTS = 50

/** One folded block for `Log.group`. The lines are raw: the log quotes them. */
export interface LogGroup {
  readonly title: string
  readonly lines: readonly string[]
}

/** What failed, for the log: one group a failed job, with its failed tests and the tails of its failed steps' logs. */
export function failureGroups(result: Result): LogGroup[] {
  return result.jobs
    .filter(job => job.latest && isFailed(job.status))
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
  return left === 0 ? lines : [...lines, `✗ and ${left} more failed tests`]
}

function tailLines(tail: LogTail, ofJob: readonly LogTail[]): string[] {
  const node = parallelRun(tail, ofJob)
  const exit = tail.exitCode === undefined ? '' : ` exited with code ${tail.exitCode}`
  return [
    '',
    `── ${tail.step}${node}${exit}`,
    ...(tail.command === undefined
      ? []
      : commandText(tail.command)
          .split('\n')
          .map(line => `$ ${line}`)),
    ...(tail.cut ? ['(earlier lines left out)'] : []),
    ...tail.lines
  ]
}
