import {formatDuration} from '../base/duration.ts'

/** How long earlier runs of a workflow took: the part of a `WorkflowHistory` an estimate needs. */
export interface UsualDuration {
  readonly runs: number
  readonly medianSeconds: number
  readonly p95Seconds: number
}

/** Whether a run has been going for longer than the p95 of earlier ones. False when history gives no estimate. */
export function isPastUsual(usual: UsualDuration | undefined, elapsedMs: number): boolean {
  return usual !== undefined && isTold(usual) && elapsedMs > usual.p95Seconds * 1000
}

/**
 * When a run is likely to end, in words for the log: `usually 12m, p95 15m; 7m so far`, or `last run 12m; 7m so far`
 * when only one is known. Once it is past its p95, `, longer than that` follows. `undefined` when history gives no
 * estimate.
 */
export function describeEta(
  usual: UsualDuration | undefined,
  elapsedMs: number
): string | undefined {
  if (usual === undefined || !isTold(usual)) return undefined
  const median = roughly(usual.medianSeconds)
  const p95 = roughly(usual.p95Seconds)
  const known = usual.runs === 1 ? `last run ${median}` : `usually ${median}`
  const soFar = `${roughly(elapsedMs / 1000)} so far`
  const late = isPastUsual(usual, elapsedMs) ? ', longer than that' : ''
  return `${known}${p95 === median ? '' : `, p95 ${p95}`}; ${soFar}${late}`
}

function isTold({runs, medianSeconds, p95Seconds}: UsualDuration): boolean {
  return runs > 0 && [medianSeconds, p95Seconds].every(s => Number.isFinite(s) && s >= 0)
}

/** As exact as an estimate is: whole minutes from five on, tens of seconds from one on. */
function roughly(seconds: number): string {
  const unit = seconds >= 5 * 60 ? 60 : seconds >= 60 ? 10 : 1
  const rounded = Math.round(seconds / unit) * unit
  return rounded < 1 ? '0s' : formatDuration(rounded * 1000).replace(/m 00s$/, 'm')
}
