import {join} from 'node:path'

import {mapBounded} from '../base/concurrency.ts'
import type {Clock} from '../base/clock.ts'
import {ActionError, errorMessage} from '../base/errors.ts'
import {type Log, Outage} from '../base/log.ts'
import {countOf, cut, withStop} from '../base/text.ts'
import type {CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {Artifact} from '../record/result.ts'
import {claimFolders, folderMaker, ignoresCase, makeRoot, type DownloadFolder} from './folder.ts'
import {planDownload, type ArtifactJob, type Neighbours, type PlannedFile} from './places.ts'
import {DownloadProgress} from './progress.ts'
import {receiveFile} from './transfer.ts'

/** Files on their way at once, unless said otherwise. */
const DOWNLOADS_AT_ONCE = 16
/** With so many files given up something is wrong that the others will meet too: no further one is started. */
const GIVE_UP_AFTER = 5
/** So many files are named in the error; more would bury the reason. */
const MAX_NAMED = 10
/** Most that is shown of what was said of one file, in UTF-16 units: it holds an address, and that a path. */
const MAX_REASON = 500

/** Where artifacts are downloaded to, and what else lies there. */
export interface DownloadTarget extends DownloadFolder, Neighbours {}

/** What is to be downloaded. */
export interface DownloadRequest extends DownloadTarget {
  /** As `selectArtifacts` returned them. */
  readonly artifacts: readonly Artifact[]
  /** All jobs of the listing, so that a file's place does not depend on what was selected. */
  readonly jobs: readonly ArtifactJob[]
  /** What could not be listed, as `job "test"`: what could be is fetched, then the download fails. */
  readonly unlisted?: readonly string[]
  /** Files on their way at once. */
  readonly atOnce?: number
  /** Called for every file that is there and could not keep its name, whatever becomes of the others. */
  readonly onRenamed?: (renamed: RenamedArtifact) => void
}

/** What downloading needs from outside. */
export interface DownloadContext {
  readonly circleci: Pick<CircleCI, 'openArtifact'>
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** An artifact that could not keep its name. */
export interface RenamedArtifact {
  readonly artifact: Artifact
  /** Path below the download folder, with `/`. */
  readonly savedAs: string
}

interface Failure {
  readonly artifact: Artifact
  readonly error: unknown
}

/**
 * Downloads artifacts of one pipeline to the places that `planDownload` gives them, several at a time, and resolves with how
 * many files and bytes that were. Throws an `ActionError('download')` that names what could not be fetched, after the others
 * finished; what was fetched stays. On abort the temporary files are removed and it rejects with an `AbortedError`.
 */
export async function downloadArtifacts(
  request: DownloadRequest,
  context: DownloadContext
): Promise<{readonly files: number; readonly bytes: number}> {
  const {folder, unlisted = [], written = new Set()} = request
  await makeRoot(folder)
  const files = await plan(request, context)
  if (request.isWorkspace) {
    // What an earlier pipeline of this step made is this step's own.
    const ours = tops(written)
    const needed = [...tops(files.map(({jobFolder}) => jobFolder))]
    await claimFolders(folder, new Set(needed.filter(name => !ours.has(name))))
  }
  for (const {jobFolder} of files) written.add(jobFolder)
  const progress = new DownloadProgress(files.length, context)
  try {
    const failures = await fetchAll(files, request, context, progress)
    if (failures.length + unlisted.length > 0) {
      throw incomplete(failures, unlisted, progress, folder)
    }
  } finally {
    progress.stop()
  }
  context.log.info(`Downloaded ${progress.summary()} into ${folder}`)
  return {files: progress.files, bytes: progress.bytes}
}

/** The folders that lie directly in the download folder. */
function tops(jobFolders: Iterable<string>): Set<string> {
  return new Set([...jobFolders].map(folder => folder.split('/', 1)[0] ?? ''))
}

async function plan(
  request: DownloadRequest,
  {random}: DownloadContext
): Promise<readonly PlannedFile[]> {
  const {artifacts, jobs, folder} = request
  const exact = planDownload(artifacts, jobs, false, request)
  const folded = planDownload(artifacts, jobs, true, request)
  const agree = exact.every(
    ({segments}, index) => segments.join('/') === folded[index]?.segments.join('/')
  )
  return agree || !(await ignoresCase(folder, temporaryName('case', random))) ? exact : folded
}

/** Fetches what it can; what failed comes in the order of the files. */
async function fetchAll(
  files: readonly PlannedFile[],
  {folder, atOnce = DOWNLOADS_AT_ONCE, onRenamed}: DownloadRequest,
  context: DownloadContext,
  progress: DownloadProgress
): Promise<readonly Failure[]> {
  const makeFolders = folderMaker(folder)
  const outage = new Outage('The download of artifacts', context)
  const onBytes = (count: number): void => {
    progress.addBytes(count)
  }
  const transfer = {...context, outage, onBytes}
  let contagious = 0
  const failures = await mapBounded(files, atOnce, async (file, index) => {
    if (contagious >= GIVE_UP_AFTER) return undefined
    const {artifact, segments, renamed} = file
    try {
      throwIfAborted(context)
      await makeFolders(segments.slice(0, -1))
      const name = temporaryName(String(index), context.random)
      progress.addFile(await receiveFile(artifact.url, join(folder, ...segments), name, transfer))
      if (renamed) onRenamed?.({artifact, savedAs: segments.join('/')})
      return undefined
    } catch (error) {
      throwIfAborted(context)
      // A file that is gone (404) says nothing about the others.
      if (!(error instanceof RefusedError)) contagious += 1
      return {artifact, error}
    }
  })
  return failures.filter(failure => failure !== undefined)
}

function throwIfAborted({signal}: DownloadContext): void {
  if (signal?.aborted === true) throw new AbortedError('The download of artifacts')
}

/** Short, as the folder's path may leave little room, and known from artifacts by its beginning. */
function temporaryName(tag: string, random: () => number): string {
  return `.circleci-${tag}-${Math.floor(random() * 2 ** 40).toString(36)}.part`
}

/** The error for an incomplete download: which files or jobs are missing, why, and what is there. */
function incomplete(
  failures: readonly Failure[],
  unlisted: readonly string[],
  {files, total}: DownloadProgress,
  folder: string
): ActionError {
  const problems = describeFailures(failures)
  if (files + failures.length < total) problems.push('After that no further file was tried.')
  if (unlisted.length > 0) {
    problems.push(`The artifacts of ${unlisted.join(', ')} could not be listed.`)
  }
  const kept = `${files.toLocaleString('en-US')} of ${countOf(total, 'file')}`
  return new ActionError(
    'download',
    `${problems.join(' ')} What was downloaded (${kept}) stays in ${folder}; re-run this job to try again.`,
    {cause: failures[0]?.error}
  )
}

/** One sentence for each reason, not for each file: a host that is down is down for all of them. */
function describeFailures(failures: readonly Failure[]): string[] {
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

/** Of many files only the host is named, so that what is the same for all of them is said once. */
function describeReason(error: unknown, many: boolean): string {
  const hint = error instanceof RefusedError ? (STATUS_HINTS[error.status] ?? '') : ''
  const message = withStop(cut(errorMessage(error), MAX_REASON))
  return (many ? message.replace(/(GET https?:\/\/[^/\s]+)\/\S*/, '$1/\u2026') : message) + hint
}
