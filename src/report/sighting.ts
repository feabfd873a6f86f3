import type {Progress} from '../wait/context.ts'
import {isUnfinished, type Attempt} from '../wait/rollup.ts'
import type {Sighting} from './narrator.ts'
import type {JobCounts, WorkflowProgress} from './progress.ts'

/** Statuses of a job that has not started. */
const WAITING = new Set(['blocked', 'queued', 'not_running', 'on_hold'])

/** What a poll means for the log. `now` is by CircleCI's clock, in epoch milliseconds. */
export function sightingOf(
  progress: Progress,
  facts: {readonly now: number; readonly elapsedMs: number; readonly pipelineUrl: string}
): Sighting {
  const {rollup} = progress
  const latest = rollup.attempts.filter(attempt => attempt.latest)
  const open = latest.filter(attempt => isUnfinished(attempt.status) && !isIdle(attempt))
  const workflows = latest.map(attempt => describe(attempt, progress, facts.now))
  const remaining = open.map(attempt => remainingMs(attempt, progress, facts.now))
  const known = remaining.filter(ms => ms !== undefined)
  return {
    workflows,
    state: progress.state,
    open: open.map(attempt => describe(attempt, progress, facts.now)),
    remarks: holdRemarks(progress, latest, facts.pipelineUrl),
    remainingMs: known.length === 0 ? undefined : Math.max(...known),
    elapsedMs: facts.elapsedMs
  }
}

/** A workflow that decides nothing is not waited for. */
function isIdle(attempt: Attempt): boolean {
  return !attempt.deciding && !attempt.setup
}

function describe(attempt: Attempt, progress: Progress, now: number): WorkflowProgress {
  const jobs = progress.jobsOf(attempt.id)
  return {
    name: attempt.name,
    status: attempt.status,
    attempt: attempt.attempt,
    elapsedMs: Math.max(0, endOf(attempt, now) - (Date.parse(attempt.createdAt) || now)),
    jobs: jobs === undefined ? undefined : countJobs(jobs.map(({status}) => status)),
    remainingMs: isUnfinished(attempt.status) ? remainingMs(attempt, progress, now) : undefined
  }
}

function endOf(attempt: Attempt, now: number): number {
  return (attempt.stoppedAt === undefined ? NaN : Date.parse(attempt.stoppedAt)) || now
}

function remainingMs(attempt: Attempt, progress: Progress, now: number): number | undefined {
  const history = progress.histories.get(attempt.name)
  if (history === undefined || attempt.attempt > 1 || attempt.status === 'on_hold') return undefined
  const elapsed = now - (Date.parse(attempt.createdAt) || now)
  return history.medianSeconds * 1000 - elapsed
}

function countJobs(statuses: readonly string[]): JobCounts {
  const waiting = statuses.filter(status => WAITING.has(status)).length
  const running = statuses.filter(status => status === 'running').length
  return {done: statuses.length - waiting - running, running, waiting}
}

function holdRemarks(progress: Progress, latest: readonly Attempt[], url: string): string[] {
  return latest.flatMap(attempt => {
    const holds = progress.holdsOf(attempt.id)
    if (holds.length === 0) return []
    const names = holds.map(name => `"${name}"`).join(', ')
    return [`⏸ ${attempt.name} waits for a person to approve ${names}: ${url}`]
  })
}
