import {countOf, formatDuration} from '../base/text.ts'
import type {Result} from '../record/result.ts'
import {isFailed} from '../circleci/statuses.ts'
import {timeJobs, type JobTiming} from './timeline.ts'
import {chartLabel, code} from './escape.ts'
import {isRed, type View, lookOf} from './views.ts'

/** Marks what is on the critical path, also for those who do not see red. */
export const CRITICAL = '\u25c6'

const BARS = 50
/** So many jobs in the lanes of several pipelines: mermaid takes 50,000 characters at most (`maxTextSize`). */
const LANE_BARS = 200
const TEXT_BARS = 10
/** Estimated pixels of GitHub's column for a chart and of a letter in it. */
const WIDTH = 900
const LETTER = 7

/**
 * Renders when the jobs were queued, ran and were on hold as a mermaid `gantt` (https://mermaid.js.org/syntax/gantt.html), with a
 * legend and, for jobs beyond the 50 that matter most, a line of text. Empty when no job has started.
 */
export function renderChart(result: Result, limit = BARS): string {
  const timed = timedJobs(result)
  if (timed.length === 0) return ''
  const shown = [...timed].sort(byWeight).slice(0, limit).sort(byStart)
  const others = timed.filter(timing => !shown.includes(timing))
  const lanes = shown.map(timing => ({name: sectionName(timing, shown), spans: [spanOf(timing)]}))
  return [
    ...drawn(lanes),
    legend(shown),
    ...(others.length === 0 ? [] : ['', remainder(others)]),
    ''
  ].join('\n')
}

/**
 * Renders several pipelines as one such chart, a lane for each with the jobs of its critical path. Empty when no job of
 * any has started.
 */
export function renderLanes(views: readonly View[]): string {
  const timed = views.map(view => ({view, jobs: timedJobs(view).filter(({critical}) => critical)}))
  const started = timed.filter(({jobs}) => jobs.length > 0)
  const shown = started.slice(0, BARS)
  if (shown.length === 0) return ''
  const most = Math.max(1, Math.floor(LANE_BARS / shown.length))
  const lanes = shown.map(({view, jobs}) => ({
    name: `${verdictIcon(view)} ${chartLabel(view.label ?? '')}`,
    spans: [...jobs].sort(byWeight).slice(0, most).sort(byStart).map(laneSpan)
  }))
  const missing = views.length - shown.length
  return [
    ...drawn(lanes),
    `<sub>A lane for each pipeline, with the jobs on its critical path, which decided when it ended \u00b7 grey: queued \u00b7 light: ran \u00b7 dark: on hold \u00b7 red outline: failed</sub>`,
    ...(missing === 0 ? [] : ['', `Not in the chart: ${countOf(missing, 'other pipeline')}.`]),
    ''
  ].join('\n')
}

function timedJobs(result: Result): JobTiming[] {
  return timeJobs(result).filter(
    ({startedAt, carriedOver}) => startedAt !== undefined && !carriedOver
  )
}

function verdictIcon(view: View): string {
  if (view.verdict === undefined) return '\u25cf'
  return isRed(view) ? '\u2717' : '\u2713'
}

/** What matters most first: the critical path, failures, then the longest. */
function byWeight(a: JobTiming, b: JobTiming): number {
  return weight(b) - weight(a) || (b.ranMs ?? 0) - (a.ranMs ?? 0)
}

function weight({critical, job}: JobTiming): number {
  return (critical ? 2 : 0) + (isFailed(job.status) ? 1 : 0)
}

function byStart(a: JobTiming, b: JobTiming): number {
  return barStart(a) - barStart(b) || (a.endedAt ?? 0) - (b.endedAt ?? 0)
}

/** What stands in one section, whose name is at the left; `compact` puts bars that do not overlap on one row. */
interface Lane {
  readonly name: string
  readonly spans: readonly Span[]
}

/** A time in the queue, and then a run or a hold. */
interface Span {
  readonly timing: JobTiming
  /** Whether it is outlined in red. */
  readonly crit: boolean
  /** The first that fits into its bar is its label; the last does whether it fits or not. */
  readonly labels: readonly string[]
}

function drawn(lanes: readonly Lane[]): string[] {
  const timings = lanes.flatMap(({spans}) => spans.map(({timing}) => timing))
  const from = timings.reduce((least, timing) => Math.min(least, barStart(timing)), Infinity)
  const to = timings.reduce((most, {endedAt = 0}) => Math.max(most, endedAt), 0)
  const padding = 24 + LETTER * Math.max(...lanes.map(({name}) => name.length))
  const pixels = (WIDTH - padding) / Math.max(1, to - from)
  return [
    '```mermaid',
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
    ...lanes.flatMap(({name, spans}) => [
      `  section ${name}`,
      ...spans.flatMap(span => bars(span, pixels)).map(one => `  ${one}`)
    ]),
    '```',
    ''
  ]
}

/** Of a job with a row of its own: there is room beside the bar. */
function spanOf(timing: JobTiming): Span {
  return {timing, crit: timing.critical, labels: [ranLabel(timing)]}
}

/** Of a job among others on one row. The mark comes first so that a job called `click` is no keyword. */
function laneSpan(timing: JobTiming): Span {
  const {icon} = lookOf(timing.job.status)
  const named = `${icon} ${chartLabel(timing.job.name, 26)} ${ranTime(timing)}`
  return {timing, crit: isFailed(timing.job.status), labels: [named, ranLabel(timing), '\u00b7']}
}

function ranLabel(timing: JobTiming): string {
  return (isFailed(timing.job.status) ? '\u2717 ' : '') + ranTime(timing)
}

function ranTime({startedAt = 0, endedAt = 0}: JobTiming): string {
  return formatDuration(endedAt - startedAt)
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

/** `done` is grey (queued), `active` ran, untagged is on hold. `crit` outlines in red, but would paint a hold red. */
function bars({timing, crit, labels}: Span, pixels: number): string[] {
  const {job, startedAt = 0, endedAt = 0, queuedMs = 0} = timing
  const outline = crit ? ['crit'] : []
  // A label that does not fit into its bar would be drawn over the next one.
  const fits = (label: string, ms: number): boolean => ms * pixels > label.length * LETTER
  const waited = formatDuration(queuedMs)
  const label = fits(waited, queuedMs) ? waited : '\u00b7'
  const queued = bar(label, ['done', ...outline], startedAt - queuedMs, startedAt)
  const tags = job.type === 'approval' ? [] : ['active', ...outline]
  const best = labels.find(one => fits(one, endedAt - startedAt)) ?? labels.at(-1) ?? ''
  const ran = bar(best, tags, startedAt, endedAt)
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
  return `<sub>${parts.join(' \u00b7 ')}</sub>`
}

function remainder(others: readonly JobTiming[]): string {
  const longest = [...others].sort((a, b) => (b.ranMs ?? 0) - (a.ranMs ?? 0)).slice(0, TEXT_BARS)
  const listed = longest.map(({job, ranMs = 0}) => `${code(job.name, 60)} ${formatDuration(ranMs)}`)
  const more = others.length - longest.length
  return `Not in the chart: ${listed.join(', ')}${more > 0 ? ` and ${more} shorter ones` : ''}.`
}
