import {countOf} from '../base/text.ts'
import {
  failedJobs,
  type FailedTest,
  type JobRun,
  type LogTail,
  type Result,
  type Verdict
} from '../record/result.ts'
import {oneLine} from './escape.ts'
import {inTurns, isRed, lookOf, prefixOf, viewsOf, type View} from './views.ts'

/** More failed tests of one job than this are counted; the report file has them all. */
const LISTED_TESTS = 50
/** More jobs, or pipelines, than this are counted, not named. */
const NAMED = 10
/** Of a job's log, so many lines go into its annotation. */
const ANNOTATED_LINES = 12

/** GitHub keeps 10 errors a step (actions/runner, `ExecutionContext._maxCountPerIssueType`), with the verdict's. */
const ANNOTATION_LIMIT = 9

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

/** The step's error as raw text: the verdict, failed jobs and pipelines that did not pass, with their pages. */
export function renderFailure(result: Result, verdict: Verdict): string {
  const views = viewsOf(result)
  const red = views.filter(isRed)
  const shown = red.length === 0 ? views : red
  const failed = inTurns(shown, failedJobs)
  const named = new Set(failed.slice(0, NAMED))
  const jobs = shown.flatMap(view =>
    failedJobs(view)
      .filter(job => named.has(job))
      .map(job => prefixOf(view.label) + jobLine(job))
  )
  const pipelines = shown.flatMap(view => pipelineLine(view, verdict))
  return [
    verdict.message,
    ...jobs,
    ...(failed.length > NAMED ? [`and ${failed.length - NAMED} more failed jobs`] : []),
    ...pipelines.slice(0, NAMED),
    ...(pipelines.length > NAMED ? [`and ${pipelines.length - NAMED} more pipelines`] : [])
  ].join('\n')
}

function jobLine({name, workflow, status, url}: JobRun): string {
  const address = url === undefined ? '' : ` ${url}`
  return `Job "${name}" of workflow "${workflow}": ${lookOf(status).words}${address}`
}

/** Where to look, or why there is nothing to look at; nothing when the step's verdict says so already. */
function pipelineLine({label, pipeline, verdict: own}: View, {message}: Verdict): string[] {
  const why = oneLine(own?.message ?? '')
  if (message.includes(pipeline?.url ?? why)) return []
  return [prefixOf(label) + (pipeline ? `Pipeline #${pipeline.number}: ${pipeline.url}` : why)]
}

/** What failed, for the log: a block for each failed job, with its failed tests and the tails of its failed steps' logs. Raw text. */
export function failureGroups(result: Result) {
  return viewsOf(result).flatMap(groupsOf)
}

function groupsOf(result: View) {
  return failedJobs(result)
    .map(job => {
      const tests = result.failedTests.filter(({jobNumber}) => jobNumber === job.number)
      const tails = result.logTails.filter(({jobNumber}) => jobNumber === job.number)
      return {
        title: `${prefixOf(result.label)}\u2717 ${job.name} (${job.workflow}): ${lookOf(job.status).words}`,
        lines: [
          ...(job.url === undefined ? [] : [job.url]),
          ...testLines(tests),
          ...tails.flatMap(tail => tailLines(tail, tails))
        ]
      }
    })
    .filter(({lines}) => lines.length > 0)
}

/** Where a test stands: `src/cart.test.js:12`, or its file alone; `undefined` when that is not known. */
export function placeOf({file, line}: Pick<FailedTest, 'file' | 'line'>): string | undefined {
  return file === undefined || line === undefined ? file : `${file}:${line}`
}

function testLines(tests: readonly FailedTest[]): string[] {
  const lines = tests.slice(0, LISTED_TESTS).map(test => {
    const place = placeOf(test)
    const where = place === undefined ? '' : ` (${place})`
    return `\u2717 ${test.name}${where}${test.flaky ? ', known to be flaky' : ''}`
  })
  const left = tests.length - lines.length
  return left === 0 ? lines : [...lines, `\u2717 and ${countOf(left, 'more failed test')}`]
}

function tailLines(tail: LogTail, ofJob: readonly LogTail[]): string[] {
  const exit = tail.exitCode === undefined ? '' : ` exited with code ${tail.exitCode}`
  const command = tail.command === undefined ? [] : commandText(tail.command).split('\n')
  return [
    '',
    `\u2500\u2500 ${tail.step}${parallelRun(tail, ofJob)}${exit}`,
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
 * jobs. Several pipelines take turns, first those that do not pass. `rest` is a line that counts what was left out;
 * `undefined` when nothing was.
 */
export function pickAnnotations(
  result: Result,
  limit = ANNOTATION_LIMIT
): {readonly annotations: readonly Annotation[]; readonly rest: string | undefined} {
  const found = inTurns(viewsOf(result), view => candidates(view, result))
  const picked = Math.max(0, limit)
  const annotations = found.slice(0, picked).map(({annotation}) => annotation)
  const left = (['more failed test', 'more failed job'] as const).flatMap(noun => {
    const count = found.slice(picked).filter(one => one.noun === noun).length
    return count === 0 ? [] : [countOf(count, noun)]
  })
  const rest = `Not annotated: ${left.join(' and ')}; GitHub shows 10 errors a step.`
  return {annotations, rest: left.length === 0 ? undefined : rest}
}

interface Candidate {
  readonly annotation: Annotation
  /** What it is, should it be left out. */
  readonly noun: 'more failed test' | 'more failed job'
}

/** All there is to annotate of a pipeline, the most useful first. */
function candidates(view: View, step: Result): Candidate[] {
  const level = (view.verdict ?? step.verdict)?.passes === true ? 'warning' : 'error'
  const tests = [...view.failedTests].sort(
    (a, b) => Number(a.flaky) - Number(b.flaky) || Number(b.inRepository) - Number(a.inRepository)
  )
  const named = (annotation: Annotation): Annotation => ({
    ...annotation,
    title: prefixOf(view.label) + annotation.title
  })
  return [
    ...tests.map(test => ({
      annotation: named(testAnnotation(test, level)),
      noun: 'more failed test' as const
    })),
    ...failedJobs(view).map(job => ({
      annotation: named(jobAnnotation(job, view.logTails, level)),
      noun: 'more failed job' as const
    }))
  ]
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
  return classname === '' || name.startsWith(classname) ? name : `${classname} \u203a ${name}`
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
