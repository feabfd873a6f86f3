import {predictEnd} from './prediction.ts'

/** Where one workflow stands, as far as the schedule needs to know. */
export interface WorkflowProgress {
  /**
   * Milliseconds since the current stretch of the workflow began: its `created_at` (a rerun is a new workflow with
   * its own), or the approval of its last hold, or the beginning of the hold it is in. Before there is a workflow:
   * since the pipeline's `created_at`.
   */
  readonly elapsedMs: number
  /**
   * Durations of earlier finished runs in seconds, in any order. Empty when there is no history, and for what
   * history says nothing about: a queue before the first workflow, a hold that waits for a person.
   */
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
  /**
   * The one trade-off: seconds of expected lag that one request is worth. Smaller: more requests, less lag, both by
   * the square root. A fixed poll of 10 s has a lag of 5 s and makes a request each 10 s, which is this trade for a
   * run of 2500 s: longer runs are asked about less often than that, shorter ones more.
   */
  readonly lagPerRequest: number
}

/** The settings of `poll-interval: auto`. */
export const AUTO: PollSettings = {lagPerRequest: 0.02}

/** No two polls are closer than this many seconds: the least that `poll-interval` accepts, too. */
const FLOOR = 1

/** From this many seconds on (90 days, after which CircleCI cancels a hold) nothing changes any more. */
const LONGEST_ELAPSED = 90 * 24 * 3600

/** With no history, seconds between polls: 2 s at first, then growing with time, up to 20 s. */
const GROWTH = {least: 2, factor: 0.68, exponent: 0.42, most: 20}

/**
 * Seconds between polls while history expects no end at all, as a run can fail at any time. Rarer at first, as
 * machines start and sources are fetched before anything fails; from about ten minutes on a share of the elapsed time,
 * as a minute of lag matters less after two hours than after two minutes.
 */
const EARLY_FAILURE = {seconds: 13.5, warmUpSeconds: 400, shareOfElapsed: 0.028}

/** The longest pause in seconds whatever history says, and what it grows by with each elapsed second. */
const CAP = {seconds: 30, shareOfElapsed: 0.03}

/**
 * Milliseconds until the next poll of one workflow is worth its request: about 1 s where earlier runs crowd, up to
 * `longestPause` where none ended; never less than 1 s, always finite. Pure. docs/polling.md derives it.
 */
export function nextPoll(progress: WorkflowProgress, settings: PollSettings = AUTO): number {
  if (settings.fixedMs !== undefined) return settings.fixedMs
  const {elapsedMs} = progress
  const elapsed = Number.isFinite(elapsedMs) ? Math.max(0, elapsedMs / 1000) : 0
  const from = Math.min(elapsed, LONGEST_ELAPSED)
  return Math.round(1000 * secondsForOnePoll(from, pollsPerSecond(progress, settings)))
}

/**
 * Milliseconds until the next poll is worth its request for any of several workflows, which one listing answers
 * for all. With none it is the pause of a pipeline just made.
 */
export function earliestPoll(
  workflows: readonly WorkflowProgress[],
  settings: PollSettings = AUTO
): number {
  const asked = workflows.length === 0 ? [{elapsedMs: 0, durations: []}] : workflows
  return Math.min(...asked.map(progress => nextPoll(progress, settings)))
}

/** The longest pause, in milliseconds, that may end when `elapsedMs` have passed. */
export function longestPause(elapsedMs: number): number {
  return 1000 * CAP.seconds + CAP.shareOfElapsed * elapsedMs
}

/**
 * How many polls a second are worth it, as a function of the seconds since the start. Where the hazard of the end is
 * `h`, polls `d` seconds apart cost `1 / d` requests and, as the mean lag is `d / 2`, `h · d / 2` seconds of
 * expected lag a second; with a request worth `c` seconds the sum is least at `1 / d = √(h / 2c)`.
 */
function pollsPerSecond(
  {durations, partial}: WorkflowProgress,
  {lagPerRequest}: PollSettings
): (seconds: number) => number {
  const hazard = predictEnd(durations, partial === true)
  if (hazard === undefined) return seconds => 1 / intervalWithoutHistory(seconds)
  return seconds => {
    const density = Math.hypot(
      Math.sqrt(hazard(seconds) / (2 * lagPerRequest)),
      1 / intervalForEarlyFailures(seconds)
    )
    return Math.min(1 / FLOOR, Math.max(1000 / longestPause(seconds * 1000), density))
  }
}

function intervalWithoutHistory(seconds: number): number {
  const {least, factor, exponent, most} = GROWTH
  return Math.min(most, Math.max(least, factor * seconds ** exponent))
}

function intervalForEarlyFailures(elapsed: number): number {
  const {seconds, warmUpSeconds, shareOfElapsed} = EARLY_FAILURE
  return Math.max(seconds * Math.sqrt(1 + warmUpSeconds / elapsed), shareOfElapsed * elapsed)
}

/**
 * The seconds from `elapsed` on in which the density of polls adds up to one. Adding up, instead of reading the
 * density off at `elapsed`, makes a pause end where a crowd of likely ends begins.
 */
function secondsForOnePoll(elapsed: number, density: (seconds: number) => number): number {
  const start = Math.max(elapsed, 0.01)
  let at = start
  let here = density(at)
  let polls = 0
  for (;;) {
    let step = 0.2 / here
    let there = density(at + step)
    // A narrow crowd must not be stepped over.
    while (there > 2 * here && step > 0.25) {
      step /= 2
      there = density(at + step)
    }
    const more = ((here + there) / 2) * step
    if (polls + more >= 1) return at + (step * (1 - polls)) / more - start
    polls += more
    at += step
    here = there
  }
}
