import {formatDuration} from '../duration.ts'
import type {FailedTest, Result, WorkflowHistory} from '../result.ts'
import type {Section} from './budget.ts'
import {lookOf, type StatusLook} from './status.ts'
import {timeJobs, workflowDurationMs, type JobTiming} from './timeline.ts'
import {code, cut, link, markdown, plainLines} from './untrusted.ts'

const UNFOLDED_JOBS = 20
const MESSAGE_LINES = 4
const ORDER: readonly StatusLook['kind'][] = [
  'failed',
  'held',
  'running',
  'unknown',
  'waiting',
  'stopped',
  'passed'
]

/** The table of workflows: every attempt a row. */
export function workflowTable({workflows, history, finishedAt}: Result): Section {
  const rows = workflows.map(workflow => {
    const notes = [
      ...(workflow.attempt > 1 ? [`attempt ${workflow.attempt}`] : []),
      ...(workflow.latest ? [] : ['rerun since']),
      ...(workflow.setup ? ['setup'] : []),
      ...(workflow.deciding || workflow.setup ? [] : ['not deciding'])
    ]
    const name = link(code(workflow.name), workflow.url)
    return row(
      notes.length === 0 ? name : `${name} (${notes.join(', ')})`,
      status(workflow.status),
      duration(workflowDurationMs(workflow, finishedAt)),
      usually(history.find(past => past.workflow === workflow.name))
    )
  })
  return table('### Workflows', ['Workflow', 'Status', 'Took', 'Usually'], rows, 'workflow', 5)
}

function usually(past: WorkflowHistory | undefined): string {
  if (past === undefined || past.runs === 0) return ''
  const on = past.branch === undefined ? '' : ` on ${code(past.branch, 60)}`
  return [
    `${formatDuration(past.medianSeconds * 1000)} (p95 ${formatDuration(past.p95Seconds * 1000)})`,
    `${Math.round(past.successRate * 100)}% of ${past.runs} succeeded${on}`
  ].join(' · ')
}

/** The tables of jobs of the latest attempts, failed first; beyond some twenty, those that are fine are folded. */
export function jobTables(result: Result): Section[] {
  const timings = timeJobs(result)
    .filter(({job}) => job.latest)
    .sort(
      (a, b) => ORDER.indexOf(lookOf(a.job.status).kind) - ORDER.indexOf(lookOf(b.job.status).kind)
    )
  const isOpen = ({job}: JobTiming): boolean =>
    ['failed', 'held', 'running', 'unknown'].includes(lookOf(job.status).kind)
  const open = timings.length <= UNFOLDED_JOBS ? timings : timings.filter(isOpen)
  const folded = timings.filter(timing => !open.includes(timing))
  const several = result.workflows.filter(({latest}) => latest).length > 1
  const headings = [...(several ? ['Workflow'] : []), 'Job', 'Status', 'Queued', 'Ran']
  const rows = (list: readonly JobTiming[]): string[] => list.map(timing => jobRow(timing, several))
  const rest = table('', headings, rows(folded), 'job', 2)
  const title = `<summary>${folded.length} other jobs</summary>`
  return [
    table('### Jobs', headings, rows(open), 'job', 3),
    {...rest, open: `<details>${title}\n${rest.open}`, close: `\n</details>\n${rest.close}`}
  ]
}

function jobRow(
  {job, queuedMs, ranMs, carriedOver, critical}: JobTiming,
  several: boolean
): string {
  const workflow = several ? [code(job.workflow)] : []
  const name = link(code(job.name), job.url)
  const ran = carriedOver ? 'in an earlier attempt' : duration(ranMs)
  const approved = job.type === 'approval' ? ' (approval)' : ''
  return row(
    ...workflow,
    name + approved,
    status(job.status),
    duration(queuedMs),
    critical ? `**${ran}**` : ran
  )
}

/** The table of failed tests, with a line when all of them are known to be flaky. */
export function testTable({failedTests}: Result): Section {
  const flaky = failedTests.filter(test => test.flaky).length
  const all = failedTests.length
  const title = `### ${all} failed test${all === 1 ? '' : 's'}`
  const note =
    flaky === 0 ? '' : flaky === all ? allFlaky(all) : `${flaky} of them known to be flaky.\n`
  return table(
    `${title}\n\n${note}`,
    ['Test', 'Job', 'Where', 'Message'],
    failedTests.map(testRow),
    'failed test',
    4
  )
}

function allFlaky(count: number): string {
  return count === 1
    ? '🎲 **The only failed test is known to be flaky.**\n'
    : `🎲 **All ${count} failed tests are known to be flaky.**\n`
}

function testRow(test: FailedTest): string {
  const name = [
    code(test.name),
    ...(test.classname === '' ? [] : [`<sub>${markdown(test.classname)}</sub>`])
  ]
  const where =
    test.file === undefined
      ? ''
      : code(test.line === undefined ? test.file : `${test.file}:${test.line}`)
  return row(
    `${test.flaky ? '🎲 flaky ' : ''}${name.join('<br>')}`,
    code(test.job),
    where,
    message(test.message)
  )
}

function message(text: string): string {
  const lines = plainLines(text).filter(line => line.trim() !== '')
  const shown = lines.slice(0, MESSAGE_LINES).map(line => code(cut(line, 160)))
  return [...shown, ...(lines.length > shown.length ? ['…'] : [])].join('<br>')
}

function status(text: string): string {
  const {emoji, words} = lookOf(text)
  return `${emoji} ${markdown(words, 60)}`
}

function duration(ms: number | undefined): string {
  return ms === undefined ? '' : formatDuration(ms)
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

function table(
  title: string,
  headings: readonly string[],
  items: string[],
  noun: string,
  rank: number
): Section {
  const open = `${title}\n\n${row(...headings)}${row(...headings.map(() => '---'))}`
  return {open, items, close: '\n', noun, rank}
}
