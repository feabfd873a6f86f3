/** A row of the table: what was run, what came of it, and how that differs from what was expected, if it does. */
export interface Row {
  readonly what: string
  readonly came: string
  readonly differs: string
}
