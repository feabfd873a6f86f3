import {formatDuration} from '../base/text.ts'
import type {Log} from '../base/log.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import type {PipelineResult, Result, Verdict} from '../record/result.ts'
import {inline} from './escape.ts'
import type {JobCounts, ProgressUpdate, WorkflowProgress} from './progress.ts'
import {pipelineDurationMs} from './timeline.ts'
import {isRed, labelOf, prefixOf, viewsOf, lookOf} from './views.ts'

/** The log says what is still running after this long without news, in milliseconds ... */
const HEARTBEAT_MS = 2 * 60_000
/** ... and the longer the wait, the more seldom: after a fifth of it, but every ten minutes. */
const HEARTBEAT_SHARE = 1 / 5
const LONGEST_HEARTBEAT_MS = 10 * 60_000
const LISTED = 8
/** Of several pipelines, so many open workflows of each. */
const LISTED_OF_EACH = 2
/** The verdict's line says how long the step took when that differs from its pipeline by this much. */
const WORTH_SAYING_MS = 10_000

/** What the log needs to know of a pipeline: its names, and how it ended once it has. */
export type Followed = Pick<PipelineResult, 'name' | 'pipeline' | 'verdict'>

/** Turns what polls find out into log lines: what changed, and a sign of life when nothing does. */
export class ProgressLog {
  private readonly log: Pick<Log, 'info'>
  private readonly pipelines: readonly Followed[]
  private readonly news = new Map<Followed, PipelineNews>()
  private lastLineMs = 0

  /** `pipelines` are all of the step's, and may grow. */
  constructor(log: Pick<Log, 'info'>, pipelines: readonly Followed[]) {
    this.log = log
    this.pipelines = pipelines
  }

  /** Logs what is new of a pipeline. Returns whether there was anything. */
  show(update: ProgressUpdate, pipeline: Followed): boolean {
    const {elapsedMs} = update
    const known = this.news.get(pipeline) ?? new PipelineNews()
    this.news.set(pipeline, known)
    const news = known.take(update)
    const share = Math.max(HEARTBEAT_MS, elapsedMs * HEARTBEAT_SHARE)
    const isQuiet = elapsedMs - this.lastLineMs >= Math.min(share, LONGEST_HEARTBEAT_MS)
    const prefix = prefixOf(labelOf(pipeline, this.pipelines))
    for (const line of news) this.log.info(prefix + line)
    if (news.length === 0 && isQuiet) this.log.info(this.heartbeat(update))
    if (news.length > 0 || isQuiet) this.lastLineMs = elapsedMs
    return news.length > 0
  }

  /** `3 of 5 pipelines done, 1 failing`. */
  counts(): string {
    const done = this.pipelines.filter(one => one.verdict !== undefined).length
    const failing = this.pipelines.filter(one =>
      one.verdict === undefined ? this.news.get(one)?.last?.failing : isRed(one)
    ).length
    const count = `${done} of ${this.pipelines.length} pipelines done`
    return failing === 0 ? count : `${count}, ${failing} failing`
  }

  private heartbeat({elapsedMs, open, eta}: ProgressUpdate): string {
    if (this.pipelines.length <= 1) {
      return [renderHeartbeat(elapsedMs, open), ...(eta === undefined ? [] : [eta])].join(
        ' \u00b7 '
      )
    }
    const rest = this.pipelines.filter(one => one.verdict === undefined)
    const listed = rest.slice(0, LISTED).map(one => {
      const workflows = this.news.get(one)?.last?.open ?? []
      const label = inline(labelOf(one, this.pipelines) ?? '', 80)
      return `${label}: ${listOpen(workflows, LISTED_OF_EACH) || 'no workflow yet'}`
    })
    if (rest.length > listed.length) listed.push(`${rest.length - listed.length} more`)
    return `\u2026 after ${formatDuration(elapsedMs)}: ${[this.counts(), ...listed].join(' \u00b7 ')}`
  }
}

/** What has been said of one pipeline. */
class PipelineNews {
  last: ProgressUpdate | undefined
  private readonly statuses = new Map<string, string>()
  private readonly remarked = new Set<string>()
  private state: string | undefined

  /** What is new, in lines. */
  take(update: ProgressUpdate): string[] {
    this.last = update
    return [...this.stateLine(update), ...this.changes(update), ...this.remarks(update)]
  }

  private stateLine({state, workflows}: ProgressUpdate): string[] {
    if (state === undefined || state === this.state || workflows.length > 0) return []
    this.state = state
    return state === 'created' ? [] : [`\u25cc The pipeline's state is "${state}"`]
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
  return [`${icon} ${inline(workflow.name, 100)}: ${inline(words, 60)}`, ...facts].join(' \u00b7 ')
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

/** The line that shows the step is alive: `... still running after 12m 00s: build-test (running 11m 40s), deploy (on hold)`. */
export function renderHeartbeat(elapsedMs: number, open: readonly WorkflowProgress[]): string {
  const after = formatDuration(elapsedMs)
  if (open.length === 0) return `\u2026 no workflow yet after ${after}`
  const isHeld = open.every(({status}) => lookOf(status).kind === 'held')
  return `\u2026 still ${isHeld ? 'waiting' : 'running'} after ${after}: ${listOpen(open, LISTED)}`
}

function listOpen(open: readonly WorkflowProgress[], max: number): string {
  const listed = open.slice(0, max).map(workflow => {
    const {words, kind} = lookOf(workflow.status)
    const since = kind === 'held' ? '' : ` ${formatDuration(workflow.elapsedMs)}`
    return `${inline(workflow.name, 100)} (${inline(words, 60)}${since})`
  })
  if (open.length > listed.length) listed.push(`${open.length - listed.length} more`)
  return listed.join(', ')
}

/**
 * The last line: whether the step passes, how long pipeline and step took, the conclusion where it says more, and the
 * verdict's sentence, cut where the error has all of it.
 */
export function renderVerdict(result: Result, verdict: Verdict): string {
  return verdictLine(verdict, renderDurations(result))
}

/** How each of several pipelines ended, a line each with its address; none for a step that has one. */
export function renderEnds(result: Result): string[] {
  return viewsOf(result).flatMap(view => {
    const {label, verdict, pipeline} = view
    if (label === undefined || verdict === undefined) return []
    const took = pipeline && formatDuration(pipelineDurationMs(view))
    const url = pipeline === undefined ? '' : ` ${pipeline.url}`
    return [prefixOf(label) + verdictLine(verdict, took) + url]
  })
}

function verdictLine(verdict: Verdict, took: string | undefined): string {
  const {conclusion, passes, message} = verdict
  const isCancelled = verdict.reason === 'github-cancelled'
  const isPlain = isCancelled || conclusion === (passes ? 'success' : 'failure')
  const parts = [
    isCancelled ? '\u2298 Cancelled' : passes ? '\u2713 Passed' : '\u2717 Failed',
    ...(took === undefined ? [] : [` after ${took}`]),
    ...(isPlain ? [] : [`, conclusion ${conclusion}`])
  ]
  return `${parts.join('')}: ${inline(message, 400)}`
}

function renderDurations(result: Result): string | undefined {
  const stepMs = result.finishedAt - result.startedAt
  if (result.pipelines.length > 1) return formatDuration(stepMs)
  if (result.pipeline === undefined) return undefined
  const pipelineMs = pipelineDurationMs(result)
  const took = formatDuration(pipelineMs)
  return Math.abs(stepMs - pipelineMs) < WORTH_SAYING_MS
    ? took
    : `${took} (this step took ${formatDuration(stepMs)})`
}
