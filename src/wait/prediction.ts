import {logLogistic} from './density.ts'

/** Chance per second that a run ends now, given that it has not ended in the `seconds` since it began. */
export type Hazard = (seconds: number) => number

/** More runs than this add work but no knowledge; an even choice of their ranks stands for all. */
const MOST_RUNS = 40
/** Runs are told in whole seconds: nothing is known more exactly. */
const SHORTEST_SECONDS = 1
/** A week: what is longer is not a run but a mistake. */
const LONGEST_SECONDS = 7 * 24 * 3600

/** How near another run tells where this one may end: kernel widths, in logarithmic time. */
const KERNEL = {shareOfNeighbour: 0.43, least: 0.002, leastSeconds: 0.5, alone: 0.05, most: 0.4}
/** Weight and width of "about this long, but the history may be of another kind of run". */
const DOUBT = {weight: 0.05, spread: 0.5}
/** As if half a run more had been seen that could have taken any time. */
const ANYTHING = {runs: 0.5, scaleSeconds: 30, exponent: 0.7}

interface Kernel {
  readonly median: number
  readonly spread: number
}

/**
 * The hazard of a run's end, from the durations of earlier runs in seconds (any order; what is not a positive finite
 * number is ignored). `undefined` when no usable one is left.
 */
export function predictEnd(durations: readonly number[], partial: boolean): Hazard | undefined {
  const runs = usable(durations)
  if (runs.length === 0) return undefined
  const kernels = kernelsOf(runs)
  const history = runs.length / (runs.length + ANYTHING.runs)
  return seconds => {
    let density = 0
    let survival = 0
    for (const {median, spread} of kernels) {
      const near = partial ? uniformBelow(seconds, median) : logLogistic(seconds, median, spread)
      const far = logLogistic(seconds, median, DOUBT.spread)
      density += (1 - DOUBT.weight) * near.density + DOUBT.weight * far.density
      survival += (1 - DOUBT.weight) * near.survival + DOUBT.weight * far.survival
    }
    const share = history / kernels.length
    const rest = (1 - history) * (1 + seconds / ANYTHING.scaleSeconds) ** -ANYTHING.exponent
    const restDensity = (rest * ANYTHING.exponent) / (seconds + ANYTHING.scaleSeconds)
    return (share * density + restDensity) / (share * survival + rest)
  }
}

function uniformBelow(seconds: number, longest: number): {density: number; survival: number} {
  return seconds < longest
    ? {density: 1 / longest, survival: 1 - seconds / longest}
    : {density: 0, survival: 0}
}

function usable(durations: readonly number[]): number[] {
  const runs = durations
    .filter(seconds => Number.isFinite(seconds) && seconds > 0)
    .map(seconds => Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, seconds)))
    .sort((a, b) => a - b)
  if (runs.length <= MOST_RUNS) return runs
  return Array.from({length: MOST_RUNS}, (_, index) => {
    const rank = Math.floor(((index + 0.5) * runs.length) / MOST_RUNS)
    return runs[rank] ?? SHORTEST_SECONDS
  })
}

function kernelsOf(runs: readonly number[]): Kernel[] {
  const neighbour = Math.min(runs.length - 1, Math.max(1, Math.round(Math.sqrt(runs.length))))
  return runs.map(median => {
    const distances = runs.map(other => Math.abs(Math.log(other / median))).sort((a, b) => a - b)
    const spread = Math.max(
      KERNEL.shareOfNeighbour * (distances[neighbour] ?? 0),
      KERNEL.least,
      KERNEL.leastSeconds / median,
      KERNEL.alone / runs.length
    )
    return {median, spread: Math.min(KERNEL.most, spread)}
  })
}
