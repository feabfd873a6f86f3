/** What Insights knows from before the simulator started. */
export interface InsightsSpec {
  readonly workflows?: Readonly<Record<string, readonly RunSpec[]>>
  readonly flakyTests?: readonly FlakyTestSpec[]
}

/** One earlier run of a workflow. */
export interface RunSpec {
  readonly branch: string
  readonly seconds: number
  /** Default `success`. */
  readonly status?: string
  readonly hoursAgo: number
  readonly approval?: boolean
}

/** One test that passed and failed on the same commit. */
export interface FlakyTestSpec {
  readonly name: string
  readonly classname?: string
  readonly file?: string
  readonly job: string
  readonly workflow: string
  readonly times: number
}
