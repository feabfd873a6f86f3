/** How a run's end is spread over time: the two functions of the time since its start that a hazard is made of. */
export interface EndDensity {
  /** Chance per second of ending at that moment. */
  readonly density: number
  /** Chance of still running then. */
  readonly survival: number
}

/**
 * Density and survival at `seconds` of a log-logistic distribution: half of the runs end before `median`, and
 * `spread` is its scale in logarithmic time (0.01: most within 3 %; 0.5: from a quarter to four times the median).
 * Its tails are powers of time, so no moment is ever impossible, and both are closed forms. All three arguments are
 * positive and finite.
 */
export function logLogistic(seconds: number, median: number, spread: number): EndDensity {
  const z = Math.log(seconds / median) / spread
  // Of the two tails the smaller is computed: one minus the other would lose it to rounding.
  const odds = Math.exp(-Math.abs(z))
  const larger = 1 / (1 + odds)
  const smaller = odds * larger
  return {density: (smaller * larger) / (spread * seconds), survival: z > 0 ? smaller : larger}
}

/** Density and survival at `seconds` of a run that ends at any moment up to `longest` seconds, all equally likely. */
export function uniformBelow(seconds: number, longest: number): EndDensity {
  return seconds < longest
    ? {density: 1 / longest, survival: 1 - seconds / longest}
    : {density: 0, survival: 0}
}
