import {logLogistic, uniformBelow, type EndDensity} from './density.ts'

/** Chance per second that a run ends now, given that it has not ended in the `seconds` since it began. */
export type Hazard = (seconds: number) => number

/** More runs than this add work but no knowledge: an even choice of their ranks stands for all. */
const MOST_RUNS = 40
/** Seconds a duration is taken to be at least and at most (a week: what is longer is a mistake). */
const PLAUSIBLE = {least: 1, most: 7 * 24 * 3600}

/**
 * How far around an earlier run this one may end, as a scale in logarithmic time: a share of the distance to that
 * run's √n-th neighbour, so wide where runs are rare and narrow where they crowd. The rest are lower bounds: for
 * runs told in whole seconds, and for so few runs that their distances say little (`alone` divided by their number).
 */
const KERNEL = {shareOfNeighbour: 0.43, least: 0.002, leastSeconds: 0.5, alone: 0.05, most: 0.4}

/**
 * The run that is like none before: as if a twentieth of a run had been seen of a kind whose hazard is
 * `exponent / (scaleSeconds + t)`. Beside thirty real runs that is next to nothing while they last; once a run has
 * outlived them all it is all there is, and keeps the polls going while they thin out.
 */
const UNLIKE = {runs: 0.05, scaleSeconds: 1800, exponent: 4}

interface Kernel {
  readonly median: number
  readonly spread: number
}

/**
 * Predicts the end of a run from the durations of earlier ones, in seconds and in any order; those that are no
 * positive finite number are ignored. A `partial` run repeats or ends only a part of such a run, so it may end at any
 * moment up to their durations. `undefined` when no duration is usable.
 */
export function predictEnd(durations: readonly number[], partial: boolean): Hazard | undefined {
  const runs = usable(durations)
  if (runs.length === 0) return undefined
  const kernels = kernelsOf(runs)
  const around = (seconds: number, {median, spread}: Kernel): EndDensity =>
    partial ? uniformBelow(seconds, median) : logLogistic(seconds, median, spread)
  return seconds => {
    let density = 0
    let survival = 0
    for (const kernel of kernels) {
      const end = around(seconds, kernel)
      density += end.density
      survival += end.survival
    }
    // Survival is what conditions on "still running": mass that lies behind counts no more.
    const unlike = UNLIKE.runs * (1 + seconds / UNLIKE.scaleSeconds) ** -UNLIKE.exponent
    const unlikeDensity = (unlike * UNLIKE.exponent) / (UNLIKE.scaleSeconds + seconds)
    const weight = runs.length / kernels.length
    return (weight * density + unlikeDensity) / (weight * survival + unlike)
  }
}

function usable(durations: readonly number[]): number[] {
  const runs = durations
    .filter(seconds => Number.isFinite(seconds) && seconds > 0)
    .map(seconds => Math.min(PLAUSIBLE.most, Math.max(PLAUSIBLE.least, seconds)))
    .sort((a, b) => a - b)
  if (runs.length <= MOST_RUNS) return runs
  return runs.filter((_, rank) => {
    const [before, here] = [rank, rank + 1].map(n => Math.floor((n * MOST_RUNS) / runs.length))
    return before !== here
  })
}

function kernelsOf(runs: readonly number[]): Kernel[] {
  const logs = runs.map(Math.log)
  const steps = Math.min(runs.length - 1, Math.floor(Math.sqrt(runs.length)))
  return runs.map((median, index) => {
    const spread = Math.max(
      KERNEL.shareOfNeighbour * distanceToNeighbour(logs, index, steps),
      KERNEL.least,
      KERNEL.leastSeconds / median,
      KERNEL.alone / runs.length
    )
    return {median, spread: Math.min(KERNEL.most, spread)}
  })
}

/** How far the `steps`-th nearest of the other values lies from the one at `index`; the values ascend. */
function distanceToNeighbour(ascending: readonly number[], index: number, steps: number): number {
  const from = ascending[index] ?? NaN
  const below = (offset: number): number => from - (ascending[index - offset] ?? -Infinity)
  const above = (offset: number): number => (ascending[index + offset] ?? Infinity) - from
  let [left, right, distance] = [1, 1, 0]
  for (let step = 0; step < steps; step += 1) {
    distance = Math.min(below(left), above(right))
    if (below(left) <= above(right)) left += 1
    else right += 1
  }
  return distance
}
