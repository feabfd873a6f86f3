import type {Run} from './insights-history.ts'

/** Figures of a set of durations, in whole seconds, as Insights gives them. */
export interface DurationMetrics {
  readonly min: number
  readonly mean: number
  readonly median: number
  readonly p95: number
  readonly max: number
  readonly standard_deviation: number
}

/** Returns the figures of some durations; all are 0 when there are none. */
export function durationMetrics(seconds: readonly number[]): DurationMetrics {
  const sorted = [...seconds].sort((a, b) => a - b)
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length)
  const variance =
    sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, sorted.length)
  return {
    min: Math.round(sorted[0] ?? 0),
    mean: Math.round(mean),
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    max: Math.round(sorted.at(-1) ?? 0),
    standard_deviation: Math.sqrt(variance)
  }
}

/** Returns the figures that workflows and jobs have in common. */
export function runMetrics(runs: readonly Pick<Run, 'status' | 'seconds'>[], days: number) {
  const successful = runs.filter(({status}) => status === 'success').length
  const total = runs.reduce((sum, {seconds}) => sum + seconds, 0)
  return {
    total_runs: runs.length,
    successful_runs: successful,
    failed_runs: runs.filter(({status}) => status === 'failed').length,
    success_rate: runs.length === 0 ? 0 : successful / runs.length,
    throughput: runs.length / Math.max(1, days),
    total_credits_used: Math.round(total / 6),
    duration_metrics: durationMetrics(runs.map(({seconds}) => seconds))
  }
}

function quantile(sorted: readonly number[], share: number): number {
  const index = Math.ceil(sorted.length * share) - 1
  return Math.round(sorted[Math.max(0, index)] ?? 0)
}
