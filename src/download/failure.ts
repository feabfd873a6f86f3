import {RefusedError} from '../circleci/faults.ts'
import {ActionError, errorMessage} from '../base/errors.ts'
import type {Artifact} from '../record/result.ts'
import {countOf, cut, withStop} from '../base/text.ts'

/** So many files are named in the error; more would bury the reason. */
const MAX_NAMED = 10

/** Most that is shown of what was said of one file, in UTF-16 units: it holds an address, and that a path. */
const MAX_REASON = 500

/** An artifact that could not be fetched, and why. */
export interface DownloadFailure {
  readonly artifact: Artifact
  readonly error: unknown
}

/** How far the download as a whole came. */
export interface DownloadOutcome {
  readonly failures: readonly DownloadFailure[]
  /** What could not be listed, as `job "test"`. */
  readonly unlisted: readonly string[]
  readonly fetched: number
  readonly total: number
  /** Whether files were not even tried because too many others had failed. */
  readonly gaveUp: boolean
  readonly folder: string
}

/** The error for an incomplete download: which files or jobs are missing, why, what is there; `undefined` when complete. */
export function downloadError(outcome: DownloadOutcome): ActionError | undefined {
  const {failures, unlisted, fetched, total, folder} = outcome
  if (failures.length === 0 && unlisted.length === 0) return undefined
  const problems = describeFailures(failures)
  if (outcome.gaveUp) problems.push('After that no further file was tried.')
  if (unlisted.length > 0) problems.push(describeUnlisted(unlisted))
  const kept = `${fetched.toLocaleString('en-US')} of ${countOf(total, 'file')}`
  return new ActionError(
    'download',
    `${problems.join(' ')} What was downloaded (${kept}) stays in ${folder}; re-run this job to try again.`,
    {cause: failures[0]?.error}
  )
}

/** One sentence for each reason, not for each file: a host that is down is down for all of them. */
function describeFailures(failures: readonly DownloadFailure[]): string[] {
  const reasons = new Map<string, string[]>()
  for (const {artifact, error} of failures.slice(0, MAX_NAMED)) {
    const reason = describeReason(error, failures.length > 1)
    const names = reasons.get(reason) ?? []
    reasons.set(reason, [...names, `"${cut(artifact.path)}" of job "${cut(artifact.job)}"`])
  }
  const sentences = [...reasons].map(
    ([reason, names]) =>
      `${names.length === 1 ? 'Artifact' : 'Artifacts'} ${names.join(', ')} could not be downloaded: ${reason}`
  )
  const more = failures.length - MAX_NAMED
  return more > 0 ? [...sentences, `Nor could ${countOf(more, 'other')}.`] : sentences
}

const STATUS_HINTS: Readonly<Record<number, string>> = {
  401: ' The host of the artifacts does not accept the token.',
  403: ' The host of the artifacts does not accept the token.',
  404: ' It may have expired: CircleCI keeps artifacts for 30 days at most.'
}

/** Of many files only the host is told, so that what is the same for all of them is said once. */
function describeReason(error: unknown, many: boolean): string {
  const hint = error instanceof RefusedError ? (STATUS_HINTS[error.status] ?? '') : ''
  const message = withStop(cut(errorMessage(error), MAX_REASON))
  return (many ? message.replace(/(GET https?:\/\/[^/\s]+)\/\S*/, '$1/\u2026') : message) + hint
}

function describeUnlisted(unlisted: readonly string[]): string {
  return `The artifacts of ${unlisted.join(', ')} could not be listed.`
}
