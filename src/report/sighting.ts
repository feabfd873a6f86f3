import {formatDuration} from '../base/duration.ts'
import {isUnfinished, jobStatus, phaseOf} from '../circleci/statuses.ts'
import type {Progress} from '../wait/context.ts'
import {describeEta, isPastUsual} from '../wait/eta.ts'
import type {Attempt} from '../record/result.ts'
import type {SightedWorkflow, Sighting} from './narrator.ts'
import type {JobCounts} from './progress.ts'

/** What a poll means for the log. `now` is by CircleCI's clock, in epoch milliseconds. */
export function sightingOf(
  progress: Progress,
  facts: {readonly now: number; readonly elapsedMs: number; readonly pipelineUrl: string}
): Sighting {
  const {rollup} = progress
  const latest = rollup.attempts.filter(attempt => attempt.latest)
  const open = latest.filter(attempt => isUnfinished(attempt.status) && !isIdle(attempt))
  const workflows = latest.map(attempt => describe(attempt, progress, facts.now))
  const etas = open.flatMap(attempt => etaOf(attempt, progress, facts.now))
  const last = etas.toSorted((a, b) => b.remainingMs - a.remainingMs)[0]
  return {
    workflows,
    state: progress.state,
    open: open.map(attempt => describe(attempt, progress, facts.now)),
    remarks: [
      ...holdRemarks(progress, latest, facts.pipelineUrl),
      ...etas.flatMap(({remarks}) => remarks)
    ],
    eta: last?.text,
    elapsedMs: facts.elapsedMs
  }
}

/** A workflow that decides nothing is not waited for. */
function isIdle(attempt: Attempt): boolean {
  return !attempt.deciding && !attempt.setup
}

function describe(attempt: Attempt, progress: Progress, now: number): SightedWorkflow {
  const jobs = isUnfinished(attempt.status) ? progress.jobsOf(attempt.id) : undefined
  return {
    id: attempt.id,
    name: attempt.name,
    status: attempt.status,
    attempt: attempt.attempt,
    elapsedMs: Math.max(0, endOf(attempt, now) - (Date.parse(attempt.createdAt) || now)),
    jobs: jobs === undefined ? undefined : countJobs(jobs.map(({status}) => status)),
    remainingMs: isUnfinished(attempt.status)
      ? etaOf(attempt, progress, now)[0]?.remainingMs
      : undefined
  }
}

function endOf(attempt: Attempt, now: number): number {
  return (attempt.stoppedAt === undefined ? NaN : Date.parse(attempt.stoppedAt)) || now
}

interface Eta {
  readonly text: string
  readonly remainingMs: number
  /** Said once: how long it usually takes, and that this time it takes longer. */
  readonly remarks: readonly string[]
}

/** Only a first run is like the runs before it: a rerun repeats a part, and a hold takes as long as people do. */
function etaOf(attempt: Attempt, progress: Progress, now: number): Eta[] {
  const history = progress.histories.get(attempt.name)
  const isOnHold = phaseOf(attempt.status) === 'on-hold'
  if (history === undefined || attempt.attempt > 1 || isOnHold) return []
  const elapsedMs = Math.max(0, now - (Date.parse(attempt.createdAt) || now))
  const text = describeEta(history, elapsedMs)
  if (text === undefined) return []
  const where = history.branch ?? 'all branches'
  const usually = `· ${attempt.name} usually takes ${formatDuration(history.medianSeconds * 1000)} (p95 ${formatDuration(history.p95Seconds * 1000)}, ${history.runs} runs on ${where})`
  const late = `· ${attempt.name} takes longer than 95 % of its runs (p95 ${formatDuration(history.p95Seconds * 1000)})`
  return [
    {
      text,
      remainingMs: history.medianSeconds * 1000 - elapsedMs,
      remarks: isPastUsual(history, elapsedMs) ? [usually, late] : [usually]
    }
  ]
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
    return [`⏸ ${attempt.name} waits for a person to approve ${names}: ${url}`]
  })
}
