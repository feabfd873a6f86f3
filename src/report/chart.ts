import {formatDuration} from '../base/text.ts'
import type {Result} from '../record/result.ts'
import {isFailed} from '../circleci/statuses.ts'
import {lookOf} from './status.ts'
import {timeJobs, type JobTiming} from './timeline.ts'
import {chartLabel, code} from './escape.ts'

/** Marks what is on the critical path, also for those who do not see red. */
export const CRITICAL = '◆'

const BARS = 50
const TEXT_BARS = 10
/** Estimated pixels of GitHub's column for a chart and of a letter in it. */
const WIDTH = 900
const LETTER = 7

/**
 * Renders when the jobs were queued, ran and were on hold as a mermaid `gantt` (https://mermaid.js.org/syntax/gantt.html), with a
 * legend and, for jobs beyond the 50 most telling ones, a line of text. Empty when no job has started.
 */
export function renderChart(result: Result, limit = BARS): string {
  const timed = timeJobs(result).filter(
    ({startedAt, carriedOver}) => startedAt !== undefined && !carriedOver
  )
  if (timed.length === 0) return ''
  const shown = [...timed].sort(byWeight).slice(0, limit).sort(byStart)
  const others = timed.filter(timing => !shown.includes(timing))
  return [
    '```mermaid',
    ...chartLines(shown),
    '```',
    '',
    legend(shown),
    ...(others.length === 0 ? [] : ['', remainder(others)]),
    ''
  ].join('\n')
}

/** Most telling first: the critical path, failures, then the longest. */
function byWeight(a: JobTiming, b: JobTiming): number {
  return weight(b) - weight(a) || (b.ranMs ?? 0) - (a.ranMs ?? 0)
}

function weight({critical, job}: JobTiming): number {
  return (critical ? 2 : 0) + (isFailed(job.status) ? 1 : 0)
}

function byStart(a: JobTiming, b: JobTiming): number {
  return barStart(a) - barStart(b) || (a.endedAt ?? 0) - (b.endedAt ?? 0)
}

/** One section a job, so that its name stands at the left and `compact` puts its bars on one row. */
function chartLines(shown: readonly JobTiming[]): string[] {
  const from = Math.min(...shown.map(timing => barStart(timing)))
  const to = Math.max(...shown.map(({endedAt}) => endedAt ?? 0))
  const names = shown.map(timing => sectionName(timing, shown))
  const padding = 24 + LETTER * Math.max(...names.map(name => name.length))
  const pixels = (WIDTH - padding) / Math.max(1, to - from)
  return [
    '---',
    'displayMode: compact',
    'config:',
    '  gantt:',
    `    leftPadding: ${padding}`,
    '    numberSectionStyles: 2',
    '---',
    'gantt',
    '  dateFormat x',
    `  axisFormat ${axisFormat(to - from)}`,
    ...shown.flatMap((timing, index) => [
      `  section ${names[index] ?? ''}`,
      ...bars(timing, pixels).map(bar => `  ${bar}`)
    ])
  ]
}

function barStart({queuedMs, startedAt}: JobTiming): number {
  return (startedAt ?? 0) - (queuedMs ?? 0)
}

/** The mark comes first so that a job called `click` or `section` is no keyword. */
function sectionName({job, critical}: JobTiming, shown: readonly JobTiming[]): string {
  const several = new Set(shown.map(timing => timing.job.workflow)).size > 1
  const attempt = job.attempt > 1 ? ` (${job.attempt})` : ''
  const name = several
    ? `${chartLabel(job.workflow, 16)} / ${chartLabel(job.name, 26)}`
    : chartLabel(job.name)
  return `${lookOf(job.status).icon} ${name}${attempt}${critical ? ` ${CRITICAL}` : ''}`
}

/**
 * `done` (grey) is queued, `active` is run, untagged is on hold; `crit` outlines the critical path, but would paint a hold red
 * as if it had failed, so only its mark shows it.
 */
function bars(timing: JobTiming, pixels: number): string[] {
  const {job, startedAt = 0, endedAt = 0, queuedMs = 0, critical} = timing
  const crit = critical ? ['crit'] : []
  const waited = formatDuration(queuedMs)
  // A label that does not fit into its bar would be drawn over the next one.
  const label = queuedMs * pixels > waited.length * LETTER ? waited : '·'
  const queued = bar(label, ['done', ...crit], startedAt - queuedMs, startedAt)
  const mark = isFailed(job.status) ? '✗ ' : ''
  const tags = job.type === 'approval' ? [] : ['active', ...crit]
  const ran = bar(mark + formatDuration(endedAt - startedAt), tags, startedAt, endedAt)
  return queuedMs * pixels < 2 ? [ran] : [queued, ran]
}

function bar(label: string, tags: readonly string[], from: number, to: number): string {
  return `${label} :${[...tags, from, Math.max(to, from + 1)].join(', ')}`
}

function axisFormat(spanMs: number): string {
  if (spanMs < 10_000) return '%H:%M:%S.%L'
  if (spanMs < 600_000) return '%H:%M:%S'
  return spanMs < 86_400_000 ? '%H:%M' : '%b %d %H:%M'
}

function legend(shown: readonly JobTiming[]): string {
  const parts = [
    ...(shown.some(({queuedMs = 0}) => queuedMs > 0) ? ['grey: queued'] : []),
    'light: ran',
    ...(shown.some(({job}) => job.type === 'approval') ? ['dark: on hold'] : []),
    `red outline and ${CRITICAL}: the critical path, which decided when the pipeline ended`
  ]
  return `<sub>${parts.join(' · ')}</sub>`
}

function remainder(others: readonly JobTiming[]): string {
  const longest = [...others].sort((a, b) => (b.ranMs ?? 0) - (a.ranMs ?? 0)).slice(0, TEXT_BARS)
  const listed = longest.map(({job, ranMs = 0}) => `${code(job.name, 60)} ${formatDuration(ranMs)}`)
  const more = others.length - longest.length
  return `Not in the chart: ${listed.join(', ')}${more > 0 ? ` and ${more} shorter ones` : ''}.`
}
