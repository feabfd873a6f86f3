import {formatDuration} from '../base/duration.ts'
import type {Result, WorkflowAttempt, WorkflowHistory} from '../record/result.ts'
import type {Section} from './budget.ts'
import {CRITICAL} from './chart.ts'
import {lookOf, type StatusLook} from './status.ts'
import {durationCell, foldedTable, row, statusCell, table} from './table.ts'
import {timeJobs, workflowDurationMs, type JobTiming} from './timeline.ts'
import {code, link} from './untrusted.ts'

/** Up to so many jobs, none is folded. */
const UNFOLDED = 20
/** What needs a look comes first and is never folded: the first four. */
const ORDER: readonly StatusLook['kind'][] = [
  'failed',
  'held',
  'running',
  'unknown',
  'waiting',
  'stopped',
  'passed'
]
const NEVER_FOLDED = ORDER.slice(0, 4)

/** The table of workflows: every attempt a row. */
export function workflowTable({workflows, history, finishedAt}: Result): Section {
  const past = history.filter(({runs}) => runs > 0)
  const rows = workflows.map(workflow =>
    row(
      workflowCell(workflow),
      statusCell(workflow.status),
      durationCell(workflowDurationMs(workflow, finishedAt)),
      ...(past.length === 0
        ? []
        : usualCells(past.find(({workflow: name}) => name === workflow.name)))
    )
  )
  const headings = [
    'Workflow',
    'Status',
    'Took',
    ...(past.length === 0 ? [] : ['Usually', 'Succeeded'])
  ]
  return table('### Workflows', headings, rows, {noun: 'workflow', rank: 6})
}

function workflowCell({name, url, attempt, latest, setup, deciding}: WorkflowAttempt): string {
  const notes = [
    ...(attempt > 1 || !latest ? [`attempt ${attempt}`] : []),
    ...(latest ? [] : ['rerun since']),
    ...(setup ? ['setup'] : []),
    ...(deciding || setup ? [] : ['not deciding'])
  ]
  return link(code(name, 80), url) + (notes.length === 0 ? '' : ` (${notes.join(', ')})`)
}

function usualCells(past: WorkflowHistory | undefined): string[] {
  if (past === undefined) return ['', '']
  const on = past.branch === undefined ? '' : ` on ${code(past.branch, 60)}`
  return [
    `${formatDuration(past.medianSeconds * 1000)} (p95 ${formatDuration(past.p95Seconds * 1000)})`,
    `${Math.round(past.successRate * 100)}% of ${past.runs} runs${on}`
  ]
}

/** The tables of the latest attempts' jobs, failed first; beyond some twenty, those that need no look are folded. */
export function jobTables(result: Result): Section[] {
  const timings = timeJobs(result)
    .filter(({job}) => job.latest)
    .sort((a, b) => place(a) - place(b))
  const isOpen = ({job}: JobTiming): boolean =>
    timings.length <= UNFOLDED || NEVER_FOLDED.includes(lookOf(job.status).kind)
  const several = new Set(timings.map(({job}) => job.workflowId)).size > 1
  const headings = [...(several ? ['Workflow'] : []), 'Job', 'Status', 'Queued', 'Ran']
  const rows = (wanted: boolean): string[] =>
    timings.filter(timing => isOpen(timing) === wanted).map(timing => jobRow(timing, several))
  const folded = rows(false)
  const count = `${folded.length} ${folded.length === timings.length ? '' : 'other '}job${folded.length === 1 ? '' : 's'}`
  return [
    table('### Jobs', headings, rows(true), {noun: 'job', rank: 3}),
    foldedTable(count, headings, folded, {noun: 'job', rank: 2})
  ]
}

function place({job}: JobTiming): number {
  return ORDER.indexOf(lookOf(job.status).kind)
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
