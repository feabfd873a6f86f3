import {ActionError, errorMessage} from '../errors.ts'
import type {Artifact} from '../result.ts'
import {asSentence, countOf} from './sentence.ts'

/** So many files are named in the error; more would bury the reason. */
const MAX_NAMED = 10

/** An artifact that could not be fetched, and why. */
export interface DownloadFailure {
  readonly artifact: Artifact
  readonly error: unknown
}

/** How far the download as a whole came. */
export interface DownloadOutcome {
  readonly failures: readonly DownloadFailure[]
  /** Jobs whose artifacts could not be listed. */
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
  const problems = failures
    .slice(0, MAX_NAMED)
    .map(
      ({artifact, error}) =>
        `Artifact "${artifact.path}" of job "${artifact.job}" could not be downloaded: ${asSentence(errorMessage(error))}`
    )
  if (failures.length > MAX_NAMED) {
    problems.push(`Nor could ${countOf(failures.length - MAX_NAMED, 'other')}.`)
  }
  if (outcome.gaveUp) problems.push('After that no further file was tried.')
  if (unlisted.length > 0) problems.push(describeUnlisted(unlisted))
  const kept = `${fetched.toLocaleString('en-US')} of ${countOf(total, 'file')}`
  return new ActionError(
    'download',
    `${problems.join(' ')} What was fetched (${kept}) stays in ${folder}; re-run this job to try again.`,
    {cause: failures[0]?.error}
  )
}

function describeUnlisted(unlisted: readonly string[]): string {
  const names = unlisted.map(name => `"${name}"`).join(', ')
  return `The artifacts of ${unlisted.length === 1 ? 'job' : 'jobs'} ${names} could not be listed.`
}
