import {formatDuration} from '../base/duration.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import type {Verdict} from '../record/result.ts'
import {conclusionLook, lookOf} from './status.ts'
import {inline} from './untrusted.ts'

/** Jobs of a workflow, counted. */
export interface JobCounts {
  readonly done: number
  readonly running: number
  /** Not started: queued, blocked or on hold. */
  readonly waiting: number
}

/** One workflow as the lines said while waiting need it. */
export interface WorkflowProgress {
  readonly name: string
  readonly status: string
  /** 1 for the first run, 2 for its rerun, … */
  readonly attempt: number
  /** Milliseconds since it was created (until it stopped, when it has). */
  readonly elapsedMs: number
  /** Left out when counting would cost a request. */
  readonly jobs?: JobCounts | undefined
  /** Milliseconds until its history says it ends; negative when it takes longer than usual. */
  readonly remainingMs?: number | undefined
}

const LISTED = 8

/** The line for a workflow whose status, attempt or job counts changed. */
export function renderChange(workflow: WorkflowProgress): string {
  const {icon, words} = lookOf(workflow.status)
  const verb = isUnfinished(workflow.status) ? 'for' : 'after'
  const facts = [
    ...(workflow.attempt > 1 ? [`attempt ${workflow.attempt}`] : []),
    ...(workflow.elapsedMs < 1000 ? [] : [`${verb} ${formatDuration(workflow.elapsedMs)}`]),
    ...(workflow.jobs === undefined ? [] : [renderCounts(workflow.jobs)]),
    ...(verb === 'after' ? [] : renderRemaining(workflow.remainingMs))
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

/** The line that shows the step is alive: `still running after 12m 00s: build-test (running 11m 40s), deploy (on hold)`. */
export function renderHeartbeat(state: {
  /** Milliseconds since the wait began. */
  readonly elapsedMs: number
  /** The workflows still waited for. */
  readonly workflows: readonly WorkflowProgress[]
}): string {
  const listed = state.workflows.slice(0, LISTED).map(workflow => {
    const {words, kind} = lookOf(workflow.status)
    const since = kind === 'held' ? '' : ` ${formatDuration(workflow.elapsedMs)}`
    return `${inline(workflow.name, 100)} (${inline(words, 60)}${since})`
  })
  const others = state.workflows.length - listed.length
  if (others > 0) listed.push(`${others} more`)
  const waitedFor = listed.length === 0 ? 'no workflow yet' : listed.join(', ')
  const held =
    listed.length > 0 && state.workflows.every(({status}) => lookOf(status).kind === 'held')
  return `… still ${held ? 'waiting' : 'running'} after ${formatDuration(state.elapsedMs)}: ${waitedFor}`
}

/** The last word: mark, conclusion, how long the pipeline took, and the verdict's sentence, cut where the error has all of it. */
export function renderVerdict(verdict: Verdict, elapsedMs: number): string {
  const {icon} = conclusionLook(verdict.conclusion)
  const conclusion = verdict.conclusion.replaceAll('_', ' ')
  return `${icon} ${conclusion} after ${formatDuration(elapsedMs)}: ${inline(verdict.message, 400)}`
}
