import {formatDuration} from '../duration.ts'

/** How long earlier runs of a workflow took: the part of a `WorkflowHistory` an estimate needs. */
export interface UsualDuration {
  readonly runs: number
  readonly medianSeconds: number
  readonly p95Seconds: number
}

/** Whether a run has been going for longer than 95 of 100 earlier ones took. False with no history. */
export function isPastUsual(usual: UsualDuration | undefined, elapsedMs: number): boolean {
  return usual !== undefined && isTold(usual) && elapsedMs > usual.p95Seconds * 1000
}

/**
 * When a run is likely to end, in words for the log: `usually 12m 00s, p95 15m 00s; 7m 00s so far`, with `: longer
 * than usual` once it is past its p95. `undefined` when history gives no estimate.
 */
export function describeEta(
  usual: UsualDuration | undefined,
  elapsedMs: number
): string | undefined {
  if (usual === undefined || !isTold(usual)) return undefined
  const median = formatDuration(usual.medianSeconds * 1000)
  const p95 = formatDuration(usual.p95Seconds * 1000)
  const spread = median === p95 ? `usually ${median}` : `usually ${median}, p95 ${p95}`
  const soFar = `${spread}; ${formatDuration(elapsedMs)} so far`
  return isPastUsual(usual, elapsedMs) ? `${soFar}: longer than usual` : soFar
}

function isTold({runs, medianSeconds, p95Seconds}: UsualDuration): boolean {
  return runs > 0 && Number.isFinite(medianSeconds) && Number.isFinite(p95Seconds)
}
