import type {RunSpec} from '../scenario.ts'

/** What a made-up history is made of. */
export interface HistorySpec {
  readonly branch?: string
  /** Seconds of each run, newest first. */
  readonly seconds: readonly number[]
  /** Every n-th run failed. */
  readonly failsEvery?: number
  /** Hours between two runs. Default 6. */
  readonly every?: number
}

/** Returns earlier runs for Insights. */
export function history({branch = 'main', seconds, failsEvery, every = 6}: HistorySpec): RunSpec[] {
  return seconds.map((duration, index) => ({
    branch,
    seconds: duration,
    hoursAgo: (index + 1) * every,
    status: failsEvery !== undefined && (index + 1) % failsEvery === 0 ? 'failed' : 'success'
  }))
}

/** Durations of the shop's own workflow: steady, with a slow one now and then. */
export const usual = [4, 5, 4, 6, 5, 4, 5, 9, 5, 4, 5, 6, 4, 5, 5, 4, 12, 5, 4, 5, 6, 5, 4, 5]
