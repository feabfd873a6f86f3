/** How a run's end is spread over time: the two functions a hazard is made of, both of seconds since the start. */
export interface EndDensity {
  /** Chance per second of ending at that moment. */
  readonly density: number
  /** Chance of still running then. */
  readonly survival: number
}

/**
 * Density and survival at `seconds` of a log-logistic distribution: half of the runs end before `median`, and
 * `spread` is its scale in logarithmic time (0.01: within some 5 %; 0.5: from a fifth to five times the median). Its
 * tails are powers of time, so no moment is ever impossible, and both are closed forms. `seconds`, `median` and
 * `spread` are positive and finite.
 */
export function logLogistic(seconds: number, median: number, spread: number): EndDensity {
  const z = Math.log(seconds / median) / spread
  // Of the two tails the smaller is computed, as one minus the other would lose it to rounding.
  const tail = Math.exp(-Math.abs(z))
  const body = 1 / (1 + tail)
  const small = tail * body
  return {density: (small * body) / (spread * seconds), survival: z > 0 ? small : body}
}
