import {countOf, formatDuration} from '../base/text.ts'
import type {
  FailedTest,
  LogTail,
  Result,
  WorkflowAttempt,
  WorkflowHistory
} from '../record/result.ts'
import {CRITICAL} from './chart.ts'
import {code, fence, link, markdown, plainLines, preformatted} from './escape.ts'
import {commandText, parallelRun} from './failures.ts'
import {byteLength, foldedTable, row, table, type Section} from './sections.ts'
import {placeOf} from './failures.ts'
import {lookOf, type StatusLook} from './views.ts'
import {timeJobs, workflowDurationMs, type JobTiming} from './timeline.ts'

const UNFOLDED_TESTS = 10
/** More failed tests than these are listed only where nothing else needs the room. */
const MANY_TESTS = 300
/** A few tests may say more each than many. */
const FEW_TESTS = 5
const LINES_OF_FEW = 12
const LINES_OF_MANY = 4
const MESSAGE_SCANNED = 20_000
/** A line of a JavaScript, Java or .NET stack trace: of no use in a table. */
const STACK_FRAME = /^\s+at /
/** Up to so many jobs, none is folded. */
const UNFOLDED_JOBS = 20
/** What needs a look comes first and is never folded: the first four. */
const JOB_ORDER: readonly StatusLook['kind'][] = [
  'failed',
  'held',
  'running',
  'unknown',
  'waiting',
  'stopped',
  'passed'
]
const NEVER_FOLDED = JOB_ORDER.slice(0, 4)
/** No log tail takes more than this of the summary's bytes; several pipelines share it, but for what forty lines take. */
const TAIL_BYTES = 64_000
const LEAST_TAIL_BYTES = 4_000

/** The tables of failed tests, the first ten unfolded, with a line when all of them are known to be flaky. */
export function testTables(result: Result): Section[] {
  const {failedTests} = result
  const count = failedTests.length
  const lines = count > FEW_TESTS ? LINES_OF_MANY : LINES_OF_FEW
  const rows = failedTests.map(test => testRow(test, lines))
  const part = (from: number, to: number | undefined, rank: number) => ({
    headings: ['Test', 'Job', 'Failure'],
    rows: rows.slice(from, to),
    noun: 'failed test',
    rank
  })
  const title = [`### ${countOf(count, 'failed test')}`, ...testNotes(result)].join('\n\n')
  const others = Math.min(count, MANY_TESTS) - UNFOLDED_TESTS
  return [
    table(title, part(0, UNFOLDED_TESTS, 5)),
    foldedTable(countOf(others, 'other failed test'), part(UNFOLDED_TESTS, MANY_TESTS, 4)),
    foldedTable(countOf(count - MANY_TESTS, 'more failed test'), part(MANY_TESTS, undefined, 0.5))
  ]
}

function testNotes({failedTests, verdict}: Result): string[] {
  const all = failedTests.length
  const flaky = failedTests.filter(test => test.flaky).length
  const known =
    flaky < all
      ? `\ud83c\udfb2 ${flaky} of them ${flaky === 1 ? 'is' : 'are'} known to be flaky.`
      : all === 1
        ? '\ud83c\udfb2 **The only failed test is known to be flaky.**'
        : `\ud83c\udfb2 **All ${all} failed tests are known to be flaky.**`
  return [
    ...(verdict?.passes === true
      ? ['They failed in an earlier attempt, or in a job that does not decide the verdict.']
      : []),
    ...(flaky === 0 ? [] : [known])
  ]
}

function testRow(test: FailedTest, maxLines: number): string {
  const {name, classname, job, message, flaky} = test
  const place = placeOf(test)
  const suite =
    classname === '' || name.startsWith(classname) ? '' : `<br><sub>${markdown(classname)}</sub>`
  const where = place === undefined ? [] : [code(place)]
  const lines = plainLines(message.slice(0, MESSAGE_SCANNED)).filter(
    text => !STACK_FRAME.test(text)
  )
  const why = preformatted(lines.join('\n'), maxLines)
  return row(
    `${flaky ? '\ud83c\udfb2 ' : ''}${code(name)}${suite}`,
    code(job, 80),
    [...where, why].join(why.startsWith('<pre>') ? '' : '<br>')
  )
}

/** The table of workflows: every attempt a row. */
export function workflowTable({workflows, history, finishedAt}: Result): Section {
  const past = history.filter(({runs}) => runs > 0)
  const rows = workflows.map(workflow =>
    row(
      workflowCell(workflow),
      statusCell(workflow.status),
      durationCell(workflowDurationMs(workflow, finishedAt)),
      ...(past.length === 0 ? [] : usualCells(past, workflow.name))
    )
  )
  const usual = past.length === 0 ? [] : ['Usually', 'Succeeded']
  const headings = ['Workflow', 'Status', 'Took', ...usual]
  return table('### Workflows', {headings, rows, noun: 'workflow', rank: 6})
}

function workflowCell({name, url, attempt, latest, setup, deciding}: WorkflowAttempt): string {
  const notes = [
    ...(attempt > 1 || !latest ? [`attempt ${attempt}`] : []),
    ...(latest ? [] : ['rerun since']),
    ...(setup ? ['setup'] : []),
    ...(deciding || setup ? [] : ['does not decide'])
  ]
  return link(code(name, 80), url) + (notes.length === 0 ? '' : ` (${notes.join(', ')})`)
}

/** How long a workflow usually takes, and how often it succeeds. */
function usualCells(past: readonly WorkflowHistory[], name: string): string[] {
  const history = past.find(({workflow}) => workflow === name)
  if (history === undefined) return ['', '']
  const {branch, runs, medianSeconds, p95Seconds, successRate} = history
  const on = branch === undefined ? '' : ` on ${code(branch, 60)}`
  return [
    `${formatDuration(medianSeconds * 1000)} (p95 ${formatDuration(p95Seconds * 1000)})`,
    `${Math.round(successRate * 100)}% of ${countOf(runs, 'run')}${on}`
  ]
}

/** The tables of the latest attempts' jobs, failed first; beyond some twenty, those that need no look are folded. */
export function jobTables(result: Result): Section[] {
  const timings = timeJobs(result)
    .filter(({job}) => job.latest)
    .sort((a, b) => place(a) - place(b))
  const isOpen = ({job}: JobTiming): boolean =>
    timings.length <= UNFOLDED_JOBS || NEVER_FOLDED.includes(lookOf(job.status).kind)
  const several = new Set(timings.map(({job}) => job.workflowId)).size > 1
  const headings = [...(several ? ['Workflow'] : []), 'Job', 'Status', 'Queued', 'Ran']
  const part = (wanted: boolean, rank: number) => ({
    headings,
    rows: timings.filter(one => isOpen(one) === wanted).map(one => jobRow(one, several)),
    noun: 'job',
    rank
  })
  const folded = part(false, 2)
  const isAll = folded.rows.length === timings.length
  const title = timings.some(({critical}) => critical)
    ? `### Jobs\n\n<sub>${CRITICAL} marks the critical path: the jobs that decided when the pipeline ended.</sub>`
    : '### Jobs'
  return [
    table(title, part(true, 3)),
    foldedTable(countOf(folded.rows.length, isAll ? 'job' : 'other job'), folded)
  ]
}

function place({job}: JobTiming): number {
  return JOB_ORDER.indexOf(lookOf(job.status).kind)
}

function jobRow(timing: JobTiming, several: boolean): string {
  const {job, queuedMs} = timing
  const approval = job.type === 'approval' ? ' (approval)' : ''
  return row(
    ...(several ? [code(job.workflow, 80)] : []),
    link(code(job.name, 80), job.url) + approval,
    statusCell(job.status),
    durationCell(queuedMs),
    ranCell(timing)
  )
}

function ranCell({job, ranMs, carriedOver, critical}: JobTiming): string {
  if (carriedOver) return 'in an earlier attempt'
  if (ranMs === undefined) return ''
  const held = job.type === 'approval' ? 'on hold ' : ''
  return `${held}${formatDuration(ranMs)}${critical ? ` ${CRITICAL}` : ''}`
}

function statusCell(status: string): string {
  const {emoji, words} = lookOf(status)
  return `${emoji} ${markdown(words, 60)}`
}

function durationCell(ms: number | undefined): string {
  return ms === undefined ? '' : formatDuration(ms)
}

/** The tails of failed steps' logs, each folded but the first. */
export function logDetails({logTails, pipelines}: Result): Section {
  const bytes = Math.max(LEAST_TAIL_BYTES, TAIL_BYTES / Math.max(1, pipelines.length))
  const items = logTails.map((tail, index) =>
    renderTail(tail, lastBytes(tail.lines, bytes), {all: logTails, open: index === 0})
  )
  return {open: '### Logs of failed steps\n\n', items, close: '', noun: 'log tail', rank: 2.5}
}

function renderTail(
  tail: LogTail,
  lines: readonly string[],
  {all, open}: {readonly all: readonly LogTail[]; readonly open: boolean}
): string {
  const exit = tail.exitCode === undefined ? '' : `, exit code ${tail.exitCode}`
  const isCut = tail.cut || lines.length < tail.lines.length
  return [
    `<details${open ? ' open' : ''}>`,
    `<summary><b>${markdown(tail.job)}</b>${parallelRun(tail, all)}: ${markdown(tail.step)}${exit}</summary>`,
    '',
    ...(tail.command === undefined ? [] : [code(commandText(tail.command), 500), '']),
    fence(isCut ? ['(earlier lines left out)', ...lines] : lines),
    '',
    '</details>',
    '',
    ''
  ].join('\n')
}

function lastBytes(lines: readonly string[], max: number): string[] {
  let bytes = 0
  const first = lines.findLastIndex(line => (bytes += byteLength(line) + 1) > max)
  return lines.slice(first + 1)
}
