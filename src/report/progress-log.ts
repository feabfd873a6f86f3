import {formatDuration} from '../base/text.ts'
import type {Log} from '../base/log.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import type {Result, Verdict} from '../record/result.ts'
import {inline} from './escape.ts'
import type {JobCounts, ProgressUpdate, WorkflowProgress} from './progress.ts'
import {lookOf} from './status.ts'
import {pipelineDurationMs} from './timeline.ts'

/** The log says what is still running after this long without news, in milliseconds … */
const HEARTBEAT_MS = 2 * 60_000
/** … and the longer the wait, the more seldom: after a fifth of it, but every ten minutes. */
const HEARTBEAT_SHARE = 1 / 5
const LONGEST_HEARTBEAT_MS = 10 * 60_000
const LISTED = 8
/** The verdict's line says how long the step took when that differs from its pipeline by this much. */
const WORTH_SAYING_MS = 10_000

/** Turns what polls find out into log lines: what changed, and a sign of life when nothing does. */
export class ProgressLog {
  private readonly log: Log
  private readonly prefix: string
  private readonly statuses = new Map<string, string>()
  private readonly remarked = new Set<string>()
  private state: string | undefined
  private lastLineMs = 0

  /** `name` goes before every line, where a step waits for several pipelines. */
  constructor(log: Log, name?: string) {
    this.log = log
    this.prefix = name === undefined ? '' : `[${inline(name, 60)}] `
  }

  /** Logs what is new. Returns whether there was anything. */
  show(update: ProgressUpdate): boolean {
    const {elapsedMs, eta} = update
    const news = [...this.stateLine(update), ...this.changes(update), ...this.remarks(update)]
    const share = Math.max(HEARTBEAT_MS, elapsedMs * HEARTBEAT_SHARE)
    const isQuiet = elapsedMs - this.lastLineMs >= Math.min(share, LONGEST_HEARTBEAT_MS)
    const heartbeat = [renderHeartbeat(elapsedMs, update.open), ...(eta === undefined ? [] : [eta])]
    const lines = news.length === 0 && isQuiet ? [heartbeat.join(' · ')] : news
    for (const line of lines) this.log.info(this.prefix + line)
    if (lines.length > 0) this.lastLineMs = elapsedMs
    return news.length > 0
  }

  private stateLine({state, workflows}: ProgressUpdate): string[] {
    if (state === undefined || state === this.state || workflows.length > 0) return []
    this.state = state
    return state === 'created' ? [] : [`◌ The pipeline's state is "${state}"`]
  }

  private changes({workflows}: ProgressUpdate): string[] {
    const changed = workflows.filter(({id, status}) => this.statuses.get(id) !== status)
    for (const {id, status} of changed) this.statuses.set(id, status)
    return changed.map(renderChange)
  }

  private remarks({remarks}: ProgressUpdate): string[] {
    const fresh = new Set(remarks.filter(remark => !this.remarked.has(remark)))
    for (const remark of fresh) this.remarked.add(remark)
    return [...fresh]
  }
}

/** The line for a workflow whose status, attempt or job counts changed. */
export function renderChange(workflow: WorkflowProgress): string {
  const {icon, words} = lookOf(workflow.status)
  const isFinished = !isUnfinished(workflow.status)
  const facts = [
    ...(workflow.attempt > 1 ? [`attempt ${workflow.attempt}`] : []),
    ...(workflow.elapsedMs < 1000
      ? []
      : [`${isFinished ? 'after' : 'for'} ${formatDuration(workflow.elapsedMs)}`]),
    ...(workflow.jobs === undefined ? [] : [renderCounts(workflow.jobs)]),
    ...(isFinished ? [] : renderRemaining(workflow.remainingMs))
  ]
  return [`${icon} ${inline(workflow.name, 100)}: ${inline(words, 60)}`, ...facts].join(' · ')
}

/** `3 of 9 jobs done, 2 running, 4 waiting`. */
export function renderCounts({done, running, waiting}: JobCounts): string {
  const parts = [
    `${done} of ${done + running + waiting} jobs done`,
    ...(running > 0 ? [`${running} running`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : [])
  ]
  return parts.join(', ')
}

function renderRemaining(remainingMs: number | undefined): string[] {
  if (remainingMs === undefined || !Number.isFinite(remainingMs)) return []
  if (remainingMs >= 1000) return [`about ${formatDuration(remainingMs)} left`]
  return remainingMs <= -1000 ? [`${formatDuration(-remainingMs)} longer than usual`] : []
}

/** The line that shows the step is alive: `… still running after 12m 00s: build-test (running 11m 40s), deploy (on hold)`. */
export function renderHeartbeat(elapsedMs: number, open: readonly WorkflowProgress[]): string {
  const listed = open.slice(0, LISTED).map(workflow => {
    const {words, kind} = lookOf(workflow.status)
    const since = kind === 'held' ? '' : ` ${formatDuration(workflow.elapsedMs)}`
    return `${inline(workflow.name, 100)} (${inline(words, 60)}${since})`
  })
  if (open.length > listed.length) listed.push(`${open.length - listed.length} more`)
  const after = formatDuration(elapsedMs)
  if (listed.length === 0) return `… no workflow yet after ${after}`
  const isHeld = open.every(({status}) => lookOf(status).kind === 'held')
  return `… still ${isHeld ? 'waiting' : 'running'} after ${after}: ${listed.join(', ')}`
}

/**
 * The last word: whether the step passes, how long the pipeline took (and the step, where that differs), the conclusion where
 * it says more, and the verdict's sentence, cut where the error has all of it.
 */
export function renderVerdict(result: Result, verdict: Verdict): string {
  const {conclusion, passes, message} = verdict
  const isCancelled = verdict.reason === 'github-cancelled'
  const isPlain = isCancelled || conclusion === (passes ? 'success' : 'failure')
  const parts = [
    isCancelled ? '⊘ Cancelled' : passes ? '✓ Passed' : '✗ Failed',
    ...(result.pipeline === undefined ? [] : [` after ${renderDurations(result)}`]),
    ...(isPlain ? [] : [`, conclusion ${conclusion}`])
  ]
  return `${parts.join('')}: ${inline(message, 400)}`
}

function renderDurations(result: Result): string {
  const pipelineMs = pipelineDurationMs(result)
  const stepMs = result.finishedAt - result.startedAt
  const took = formatDuration(pipelineMs)
  return Math.abs(stepMs - pipelineMs) < WORTH_SAYING_MS
    ? took
    : `${took} (this step took ${formatDuration(stepMs)})`
}
