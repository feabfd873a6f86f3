import {countOf, formatDuration} from '../base/text.ts'
import {anyStatus, isUnfinished, jobStatus, phaseOf} from '../circleci/statuses.ts'
import type {Attempt, WorkflowHistory} from '../record/result.ts'
import type {Progress} from '../wait/context.ts'

/** Jobs of a workflow, counted. */
export interface JobCounts {
  readonly done: number
  readonly running: number
  /** Not started: queued, blocked or on hold. */
  readonly waiting: number
}

/** One workflow as the log shows it. */
export interface WorkflowProgress {
  readonly id: string
  readonly name: string
  readonly status: string
  /** 1 for the first run, 2 for its rerun, ... */
  readonly attempt: number
  /** Milliseconds since it was created (until it stopped, when it has). */
  readonly elapsedMs: number
  /** Left out when counting would cost a request. */
  readonly jobs?: JobCounts | undefined
  /** Milliseconds until its history says it ends; negative when it takes longer than usual. */
  readonly remainingMs?: number | undefined
}

/** What a poll found out, as the log shows it. */
export interface ProgressUpdate {
  /** Latest attempts, those that decide and those that do not. */
  readonly workflows: readonly WorkflowProgress[]
  /** What is waited for before there are workflows: the pipeline's state. */
  readonly state: string | undefined
  /** Workflows still waited for. */
  readonly open: readonly WorkflowProgress[]
  /** Whether something that decides has failed, or is failing. */
  readonly failing: boolean
  /** Lines that are shown once, however often they are passed. */
  readonly remarks: readonly string[]
  /** When it is likely to end, in words; `undefined` without history. */
  readonly eta: string | undefined
  /** Milliseconds since the wait began. */
  readonly elapsedMs: number
}

/** What a poll means for the log. `now` is by CircleCI's clock, in epoch milliseconds. */
export function progressUpdate(
  progress: Progress,
  facts: {readonly now: number; readonly elapsedMs: number; readonly pipelineUrl: string}
): ProgressUpdate {
  const latest = progress.rollup.attempts.filter(attempt => attempt.latest)
  // A workflow that decides nothing is not waited for.
  const needed = latest.filter(({deciding, setup}) => deciding || setup)
  const open = needed.filter(({status}) => isUnfinished(status))
  const etas = open.flatMap(attempt => etaOf(attempt, progress, facts.now) ?? [])
  const last = etas.toSorted((a, b) => b.remainingMs - a.remainingMs)[0]
  return {
    workflows: latest.map(attempt => describe(attempt, progress, facts.now)),
    state: progress.state,
    open: open.map(attempt => describe(attempt, progress, facts.now)),
    failing: needed.some(({status}) => anyStatus(status).kind === 'failed'),
    remarks: [
      ...holdRemarks(progress, latest, facts.pipelineUrl),
      ...etas.flatMap(({remarks}) => remarks)
    ],
    eta: last?.text,
    elapsedMs: facts.elapsedMs
  }
}

function describe(attempt: Attempt, progress: Progress, now: number): WorkflowProgress {
  const {id, name, status, stoppedAt} = attempt
  const isOpen = isUnfinished(status)
  const jobs = isOpen ? progress.jobsOf(id) : undefined
  return {
    id,
    name,
    status,
    attempt: attempt.attempt,
    elapsedMs: elapsed(attempt, Date.parse(stoppedAt ?? '') || now),
    jobs: jobs === undefined ? undefined : countJobs(jobs.map(job => job.status)),
    remainingMs: isOpen ? etaOf(attempt, progress, now)?.remainingMs : undefined
  }
}

function elapsed({createdAt}: Attempt, until: number): number {
  return Math.max(0, until - (Date.parse(createdAt) || until))
}

function countJobs(statuses: readonly string[]): JobCounts {
  const rows = statuses.map(status => jobStatus(status))
  const done = rows.filter(({ended}) => ended).length
  const waiting = rows.filter(({kind}) => kind === 'waiting' || kind === 'held').length
  return {done, running: rows.length - done - waiting, waiting}
}

function holdRemarks(progress: Progress, latest: readonly Attempt[], url: string): string[] {
  return latest.flatMap(attempt => {
    const holds = progress.holdsOf(attempt.id)
    if (holds.length === 0) return []
    const names = holds.map(name => `"${name}"`).join(', ')
    return [`\u23f8 ${attempt.name} waits for a person to approve ${names}: ${url}`]
  })
}

interface Eta {
  readonly text: string
  readonly remainingMs: number
  /** Shown once: how long it usually takes, and that this time it takes longer. */
  readonly remarks: readonly string[]
}

/** Only a first run is like the runs before it: a rerun repeats a part, and a hold takes as long as people do. */
function etaOf(attempt: Attempt, progress: Progress, now: number): Eta | undefined {
  const history = progress.histories.get(attempt.name)
  const isOnHold = phaseOf(attempt.status) === 'on-hold'
  if (history === undefined || attempt.attempt > 1 || isOnHold) return undefined
  const elapsedMs = elapsed(attempt, now)
  const text = describeEta(history, elapsedMs)
  if (text === undefined) return undefined
  const {branch = 'all branches', runs, medianSeconds, p95Seconds} = history
  const p95 = `p95 ${formatDuration(p95Seconds * 1000)}`
  const usually = `\u00b7 ${attempt.name} usually takes ${formatDuration(medianSeconds * 1000)} (${p95}, ${countOf(runs, 'run')} on ${branch})`
  const late = `\u00b7 ${attempt.name} has been running longer than 95% of its earlier runs (${p95})`
  const remarks = elapsedMs > p95Seconds * 1000 ? [usually, late] : [usually]
  return {text, remainingMs: medianSeconds * 1000 - elapsedMs, remarks}
}

/** How long earlier runs of a workflow took: the part of a `WorkflowHistory` an estimate needs. */
export type UsualDuration = Pick<WorkflowHistory, 'runs' | 'medianSeconds' | 'p95Seconds'>

/**
 * When a run is likely to end, in words for the log: `usually 12m, p95 15m; 7m so far`, or `last run 12m; 7m so far`
 * when only one is known. Once it is past its p95, `, longer than that` follows. `undefined` when history gives no
 * estimate.
 */
export function describeEta(
  {runs, medianSeconds, p95Seconds}: UsualDuration,
  elapsedMs: number
): string | undefined {
  if (runs === 0 || ![medianSeconds, p95Seconds].every(s => Number.isFinite(s) && s >= 0)) {
    return undefined
  }
  const median = roughly(medianSeconds)
  const p95 = roughly(p95Seconds)
  const known = runs === 1 ? `last run ${median}` : `usually ${median}`
  const late = elapsedMs > p95Seconds * 1000 ? ', longer than that' : ''
  return `${known}${p95 === median ? '' : `, p95 ${p95}`}; ${roughly(elapsedMs / 1000)} so far${late}`
}

/** As exact as an estimate is: whole minutes from five on, tens of seconds from one on. */
function roughly(seconds: number): string {
  const unit = seconds >= 5 * 60 ? 60 : seconds >= 60 ? 10 : 1
  const rounded = Math.round(seconds / unit) * unit
  return rounded < 1 ? '0s' : formatDuration(rounded * 1000).replace(/m 00s$/, 'm')
}
