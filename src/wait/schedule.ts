import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt, WorkflowHistory} from '../record/result.ts'
import type {Decision, WaitContext} from './context.ts'

/** Where one workflow stands, as far as the schedule needs to know. */
export interface WorkflowProgress {
  /** Milliseconds since its current segment began (see `Pace`); without a workflow: since the pipeline was created. */
  readonly elapsedMs: number
  /** Durations of earlier finished runs in seconds; empty for what history says nothing about, such as a hold. */
  readonly durations: readonly number[]
  /** True when this segment is only a part of a run (a rerun, what follows a hold): it may take up to a whole one. */
  readonly partial?: boolean
}

/** What the schedule depends on beside the workflows. */
export interface PollSettings {
  /** Milliseconds of a fixed `poll-interval`; everything else is then ignored. `undefined`: `auto`. */
  readonly fixedMs?: number | undefined
  /** The one trade-off: seconds of expected lag that a request is worth. Requests and lag follow by its square root. */
  readonly lagPerRequest: number
  /**
   * How many pipelines are waited for at once; 1 by default. What comes late of one matters only when it is the last, so
   * each gets a request less often, by the square root of how many there are.
   */
  readonly waits?: number | undefined
}

/** The settings of `poll-interval: auto`. */
export const AUTO: PollSettings = {lagPerRequest: 0.02}

/**
 * Seconds an elapsed time or a duration is taken to be at most: nothing goes on after 90 days, when CircleCI cancels a hold.
 */
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

/** Never looks again sooner than this, in milliseconds. */
export const SHORTEST_MS = 250
/** How many times longer the pauses are while only people are waited for: an approval may well be seen late. */
const ON_HOLD_PATIENCE = 2

/** What a workflow has been doing without a break. */
interface Segment {
  readonly onHold: boolean
  readonly since: number
  readonly partial: boolean
}

/**
 * How long to pause between two looks at a pipeline. Remembers since when each workflow has been in its current segment:
 * since it was created, came on hold, or went on after a hold. What history says about whole runs holds only for the first of
 * these, and not for a rerun, which repeats a part.
 */
export class Pace {
  /** How earlier runs went, by workflow, as far as it is known. */
  readonly histories = new Map<string, WorkflowHistory>()
  private readonly context: WaitContext
  private readonly segments = new Map<string, Segment>()
  private readonly asked = new Set<string>()
  private readonly startedAt: number
  private lookedAt: number

  constructor(context: WaitContext) {
    this.context = context
    this.startedAt = context.clock.now()
    this.lookedAt = context.pipeline.isNew ? this.startedAt : -Infinity
  }

  /** Takes note of what a look saw going on. A new workflow is as old as CircleCI says, but no older than the look before. */
  note(open: readonly Attempt[]): void {
    const {circleci, clock} = this.context
    const now = clock.now()
    for (const {id, status, createdAt, attempt, autoRerunNumber} of open) {
      const onHold = phaseOf(status) === 'on-hold'
      const known = this.segments.get(id)
      if (known?.onHold === onHold) continue
      const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(createdAt)
      const isAged = known === undefined && !onHold && !Number.isNaN(ageMs)
      this.segments.set(id, {
        onHold,
        since: isAged ? Math.min(now, Math.max(this.lookedAt, now - ageMs)) : now,
        partial: known !== undefined || (attempt > 1 && autoRerunNumber === 0)
      })
    }
    this.lookedAt = now
  }

  /** Asks for a workflow's history, once. Nobody waits for it: the pauses do without until it is there. */
  learn(name: string): void {
    if (this.asked.has(name)) return
    this.asked.add(name)
    this.context.historyOf(name).then(
      history => {
        if (history !== undefined) this.histories.set(name, history)
      },
      (error: unknown) => {
        this.context.log.debug(`No history of workflow "${name}": ${String(error)}`)
      }
    )
  }

  /**
   * Milliseconds until the next look: the user's fixed interval, else the earliest time at which an answer about one of the
   * `open` workflows is worth a request. It comes earlier where the same facts would give a verdict before, where something
   * settles or is asked for again (`settlesInMs`), and where a listing only has to be confirmed. `readsJobs`: how long whole
   * runs take does not say when one of their jobs ends.
   */
  pauseMs(
    decision: Decision,
    open: readonly Attempt[],
    settlesInMs: readonly number[],
    readsJobs: boolean
  ): number {
    if (decision.kind !== 'wait' || decision.unconfirmed === true) return SHORTEST_MS
    const {settings, waits} = this.context
    const progress = open.map(one => this.progressOf(one, readsJobs))
    // Without any, workflows, or more of them, are still to come.
    if (progress.length === 0) progress.push({elapsedMs: this.pipelineAgeMs(), durations: []})
    const patience = decision.onHold === true ? ON_HOLD_PATIENCE : 1
    const {pollIntervalSeconds: seconds} = settings
    const scheduledMs =
      seconds === undefined
        ? patience * earliestPoll(progress, {...AUTO, waits: waits()})
        : seconds * 1000
    const soonestMs = Math.min(scheduledMs, decision.withinMs ?? Infinity, ...settlesInMs)
    return Math.max(SHORTEST_MS, soonestMs)
  }

  /** How far a workflow is in its current segment. */
  progressOf({id, name}: Attempt, readsJobs = false): WorkflowProgress {
    const {onHold = false, since, partial = false} = this.segments.get(id) ?? {}
    const now = this.context.clock.now()
    // How long a person takes to approve has nothing to do with how long runs take.
    const durations = readsJobs || onHold ? [] : (this.histories.get(name)?.durations ?? [])
    return {elapsedMs: Math.max(0, now - (since ?? now)), durations, partial}
  }

  /** Milliseconds since the pipeline was made, as far as that is known. */
  private pipelineAgeMs(): number {
    const {circleci, clock, pipeline} = this.context
    const waitedMs = clock.now() - this.startedAt
    const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
    return pipeline.isNew || Number.isNaN(ageMs) ? waitedMs : Math.max(ageMs, waitedMs)
  }
}
