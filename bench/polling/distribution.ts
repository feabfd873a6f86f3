/** A source of numbers in [0, 1), seeded, so that every replay can be repeated. */
export type Random = () => number

/** Draws one duration in seconds. */
export type Distribution = (random: Random) => number

/** What CircleCI's Insights tells of a workflow's durations, in seconds. */
export interface Summary {
  readonly min: number
  readonly median: number
  readonly p95: number
  readonly max: number
  /** How runs crowd towards the median: 1 not at all, more for a smaller standard deviation. */
  readonly crowding: number
}

/** A normal distribution; the spread is a standard deviation in the unit of the mean. */
export function normal(mean: number, spread: number): Distribution {
  return random => Math.max(1, mean + spread * standardNormal(random))
}

/** A log-normal distribution; `spread` is the standard deviation of the logarithm. */
export function logNormal(median: number, spread: number): Distribution {
  return random => Math.max(1, median * Math.exp(spread * standardNormal(random)))
}

export function uniform(least: number, most: number): Distribution {
  return random => least + (most - least) * random()
}

/** One distribution for a share of the runs, another for the rest. */
export function either(share: number, one: Distribution, other: Distribution): Distribution {
  return random => (random() < share ? one : other)(random)
}

export function scaled(distribution: Distribution, factor: number): Distribution {
  return random => factor * distribution(random)
}

/**
 * Durations that have a given summary: the quantile function goes through minimum, median, p95 and maximum, straight
 * between them, or bent towards the median by `crowding`, which is chosen so that the standard deviation comes out.
 */
export function summarized({min, median, p95, max, crowding}: Summary): Distribution {
  return random => {
    const share = random()
    if (share < 0.5) return median - (median - min) * (1 - share / 0.5) ** crowding
    if (share < 0.95) return median + (p95 - median) * ((share - 0.5) / 0.45) ** crowding
    return p95 + ((max - p95) * (share - 0.95)) / 0.05
  }
}

/** By Box and Muller. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
