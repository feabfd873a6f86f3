import {randomNumbers} from '../../simulator/identity.ts'
import type {PollSettings} from '../../src/wait/schedule.ts'
import {drawProject, drawRun, fixedWaits, scheduledWait, type Run, type Waited} from './replay.ts'
import type {Scenario} from './scenarios.ts'

/** The fixed intervals the schedule is held against, in seconds. */
export const INTERVALS = [5, 10, 30] as const

/** How one way of waiting did over all replays of a scenario. */
export interface Figures {
  /** Mean of the requests. */
  readonly requests: number
  /** Mean of the lags, in seconds. */
  readonly lag: number
  /** 95 of 100 lags are shorter, in seconds. */
  readonly p95Lag: number
  /** 95 of 100 lags are a smaller part of what the aim allows their run: 15 s, or 3 % of it. */
  readonly p95Allowed: number
}

/** One line of the table. */
export interface Outcome {
  readonly name: string
  /** Mean seconds until the end of the run. */
  readonly seconds: number
  readonly schedule: Figures
  readonly fixed: readonly Figures[]
  /** The product of requests and lag at a fixed 10 s, over that of the schedule: more is better. */
  readonly gain: number
}

/** How much is replayed. */
export interface Size {
  /** Projects a scenario, each with a history of its own. */
  readonly projects: number
  /** Runs that are waited for in each project. */
  readonly runs: number
  readonly seed: number
}

/** Replays a scenario with the schedule and with each fixed interval. */
export function replay(scenario: Scenario, size: Size, settings?: PollSettings): Outcome {
  const random = randomNumbers(size.seed)
  const runs: Run[] = []
  const scheduled: Waited[] = []
  for (let index = 0; index < size.projects; index += 1) {
    const project = drawProject(scenario.project(random), random)
    const own = Array.from({length: size.runs}, () => drawRun(project, random))
    scheduled.push(...own.map(scheduledWait(project, settings)))
    runs.push(...own)
  }
  const ends = runs.map(run => Math.max(...run))
  const schedule = figures(scheduled, ends)
  const fixed = INTERVALS.map(interval =>
    figures(
      runs.flatMap(run => fixedWaits(run, interval)),
      ends.flatMap(end => fixedWaits([end], interval).map(() => end))
    )
  )
  const tenSeconds = fixed[INTERVALS.indexOf(10)] ?? schedule
  const gain = (tenSeconds.requests * tenSeconds.lag) / (schedule.requests * schedule.lag)
  return {name: scenario.name, seconds: mean(ends), schedule, fixed, gain}
}

/** The geometric mean of the gains. */
export function meanGain(outcomes: readonly Outcome[]): number {
  return Math.exp(mean(outcomes.map(({gain}) => Math.log(gain))))
}

function figures(waited: readonly Waited[], ends: readonly number[]): Figures {
  const lags = waited.map(({lag}) => lag)
  return {
    requests: mean(waited.map(({requests}) => requests)),
    lag: mean(lags),
    p95Lag: p95(lags),
    p95Allowed: p95(lags.map((lag, index) => lag / Math.max(15, 0.03 * (ends[index] ?? 0))))
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(0.95 * values.length) - 1] ?? NaN
}
