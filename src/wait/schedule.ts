/** Where one workflow stands, as far as the schedule needs to know. */
export interface WorkflowProgress {
  /**
   * Milliseconds since the current stretch of the workflow began: since it was created, or came on hold, or went on after a
   * hold. Before there is a workflow: since the pipeline was created.
   */
  readonly elapsedMs: number
  /**
   * Durations of earlier finished runs in seconds, in any order. Empty when there is no history, and for what history
   * says nothing about: a queue before the first workflow, a hold that waits for a person.
   */
  readonly durations: readonly number[]
  /** True when this stretch is only a part of a run (a rerun from failed, what follows a hold): it may end at any moment up to a whole one. */
  readonly partial?: boolean
}

/** What the schedule depends on beside the workflows. */
export interface PollSettings {
  /** Milliseconds of a fixed `poll-interval`; everything else is then ignored. `undefined`: `auto`. */
  readonly fixedMs?: number | undefined
  /**
   * The one trade-off: seconds of expected lag that one request is worth. Smaller: more requests, less lag, both by
   * the square root.
   */
  readonly lagPerRequest: number
  /**
   * How many pipelines are waited for at once; 1 by default. What comes late of one matters only when it is the last of
   * them, so that each gets a request less often, by the square root of how many there are.
   */
  readonly waits?: number | undefined
}

/** The settings of `poll-interval: auto`. */
export const AUTO: PollSettings = {lagPerRequest: 0.02}

/** Seconds an elapsed time or a duration is taken to be at most: nothing goes on after 90 days, when CircleCI cancels a hold. */
const LONGEST = 90 * 24 * 3600
/** More runs than this add work but no knowledge: an even choice of their ranks stands for all. */
const MOST_RUNS = 40

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
  return 30_000 + 0.03 * elapsedMs
}

/**
 * Milliseconds until the next poll of one workflow is worth its request: about 1 s where earlier runs crowd, up to
 * `longestPause` where none ended; never less than 1 s, always finite. Pure. docs/polling.md derives it.
 */
export function nextPoll(progress: WorkflowProgress, settings: PollSettings = AUTO): number {
  if (settings.fixedMs !== undefined) return settings.fixedMs
  const {elapsedMs, durations, partial = false} = progress
  const elapsed = Number.isFinite(elapsedMs) ? Math.max(0.01, elapsedMs / 1000) : 0.01
  const from = Math.min(elapsed, LONGEST)
  const runs = usable(durations)
  const share = Math.sqrt(Math.max(1, settings.waits ?? 1))
  if (runs.length === 0) {
    const pause = share * Math.min(20, Math.max(2, 0.68 * from ** 0.42))
    return Math.min(1000 * pause, longestPause(1000 * from))
  }
  const ends = endsLike(runs, partial)
  const pollsPerSecond = (at: number): number => {
    // A run may fail at any time, but machines have to start before anything does.
    const early = Math.max(13.5 * Math.sqrt(1 + 400 / at), 0.028 * at)
    const wanted = Math.sqrt(hazard(ends, at) / (2 * settings.lagPerRequest))
    const rate = Math.hypot(wanted, 1 / early) / share
    return Math.min(1, Math.max(1000 / longestPause(1000 * at), rate))
  }
  return Math.max(1000, 1000 * secondsForOnePoll(from, pollsPerSecond))
}

function usable(durations: readonly number[]): readonly number[] {
  const runs = durations
    .filter(seconds => Number.isFinite(seconds) && seconds > 0)
    .map(seconds => Math.min(LONGEST, Math.max(1, seconds)))
    .sort((a, b) => a - b)
  const share = Math.max(1, runs.length / MOST_RUNS)
  return runs.filter((_, rank) => Math.floor((rank + 1) / share) > Math.floor(rank / share))
}

/**
 * The seconds in which the rate of polls adds up to one. Adding up, instead of reading the rate off at the start, makes
 * a pause end where a crowd of likely ends begins.
 */
function secondsForOnePoll(from: number, rate: (at: number) => number): number {
  let at = from
  let here = rate(at)
  let polls = 0
  for (;;) {
    // No step is longer than the narrowest crowd of ends.
    const step = Math.min(0.2 / here, Math.max(0.25, at / 2000))
    const there = rate(at + step)
    const more = ((here + there) / 2) * step
    if (polls + more >= 1) return at + (step * (1 - polls)) / more - from
    polls += more
    at += step
    here = there
  }
}

/** When a run that goes like an earlier one may end, in seconds after it began: as likely at each moment in between. */
interface End {
  readonly from: number
  readonly to: number
}

/** Around each earlier run (they ascend), as far as its \u221an-th nearest neighbour: two ways to end stay two. */
function endsLike(runs: readonly number[], partial: boolean): readonly End[] {
  const nth = Math.min(runs.length - 1, Math.floor(Math.sqrt(runs.length)))
  return runs.map(run => {
    if (partial) return {from: 0, to: run}
    const distances = runs.map(other => Math.abs(other - run)).sort((a, b) => a - b)
    // Insights has whole seconds, and the distances of a few runs say little.
    const width = Math.max(
      1.5 * (distances[nth] ?? 0),
      0.004 * run,
      0.8,
      (0.12 * run) / runs.length
    )
    const reach = Math.min(0.9 * run, width)
    return {from: run - reach, to: run + reach}
  })
}

/** Chance per second that a run ends `at` seconds after it began, given that it has not ended before. */
function hazard(ends: readonly End[], at: number): number {
  let density = 0
  let survival = 0
  for (const {from, to} of ends) {
    if (at < to) survival += at < from ? 1 : (to - at) / (to - from)
    if (at >= from && at < to) density += 1 / (to - from)
  }
  // A twentieth of a run unlike any before keeps the polls going once all are outlived.
  const unlike = 0.05 * (1 + at / 1800) ** -4
  return (density + (4 * unlike) / (1800 + at)) / (survival + unlike)
}
