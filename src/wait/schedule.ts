import {predictEnd} from './prediction.ts'

/** Where one workflow stands, as far as the schedule needs to know. */
export interface WorkflowProgress {
  /**
   * Milliseconds since the current stretch of the workflow began: its `created_at` (a rerun is a new workflow with
   * its own), or the approval of its last hold, or the beginning of the hold it is in. Before there is a workflow:
   * since the pipeline's `created_at`.
   */
  readonly elapsedMs: number
  /** Durations of earlier finished runs in seconds, in any order; empty when there is no history. */
  readonly durations: readonly number[]
  /**
   * True when this stretch is only a part of a run: a rerun from failed, or what follows an approved hold. History
   * then only bounds it from above: it may end at any moment up to a whole run's duration.
   */
  readonly partial?: boolean
}

/** What the schedule may be told. */
export interface PollSettings {
  /** Milliseconds of a fixed `poll-interval`; everything else is then ignored. `undefined`: `auto`. */
  readonly fixedMs?: number | undefined
  /** The trade-off: seconds of expected lag that one request is worth. */
  readonly lagPerRequest: number
}

/** The settings of `poll-interval: auto`. */
export const AUTO: PollSettings = {lagPerRequest: 0.02}

/** No two polls are closer than this, in seconds. */
const FLOOR = 1
/** With no history: from 2 s, growing with the square root of the time, to 20 s. */
const GROWTH = {least: 2, factor: 0.65, most: 20}

/** Milliseconds until the next poll is worth its request, for one workflow. */
export function nextPoll(progress: WorkflowProgress, settings: PollSettings = AUTO): number {
  if (settings.fixedMs !== undefined) return settings.fixedMs
  const elapsed = Number.isFinite(progress.elapsedMs) ? Math.max(0, progress.elapsedMs / 1000) : 0
  const density = pollsPerSecond(progress, settings)
  return 1000 * secondsForOnePoll(elapsed, density)
}

/** Milliseconds until the next poll is worth its request for any of several workflows; with none, as at a start. */
export function earliestPoll(
  workflows: readonly WorkflowProgress[],
  settings: PollSettings = AUTO
): number {
  const candidates = workflows.length === 0 ? [{elapsedMs: 0, durations: []}] : workflows
  return Math.min(...candidates.map(progress => nextPoll(progress, settings)))
}

function pollsPerSecond(
  {durations, partial}: WorkflowProgress,
  {lagPerRequest}: PollSettings
): (seconds: number) => number {
  const hazard = predictEnd(durations, partial === true)
  if (hazard === undefined) return seconds => 1 / growing(seconds)
  return seconds => {
    const worth = hazard(seconds) / (2 * lagPerRequest)
    const background = 1 / backgroundInterval(seconds)
    return Math.min(1 / FLOOR, Math.max(1 / cap(seconds), Math.sqrt(worth + background ** 2)))
  }
}

function growing(seconds: number): number {
  return Math.min(GROWTH.most, Math.max(GROWTH.least, GROWTH.factor * Math.sqrt(seconds)))
}

function backgroundInterval(seconds: number): number {
  return Math.max(14 * Math.sqrt(1 + 200 / seconds), 0.03 * seconds)
}

function cap(seconds: number): number {
  return 25 + 0.04 * seconds
}

/** Follows the density from `elapsed` until it adds up to one poll; returns the seconds that takes. */
function secondsForOnePoll(elapsed: number, density: (seconds: number) => number): number {
  let at = Math.max(elapsed, 0.01)
  let before = density(at)
  let polls = 0
  for (;;) {
    const step = 0.1 / before
    const after = density(at + step)
    const more = ((before + after) / 2) * step
    if (polls + more >= 1) return at - elapsed + (step * (1 - polls)) / more
    polls += more
    at += step
    before = after
  }
}
