import {join} from 'node:path'

import {mapBounded} from '../base/concurrency.ts'
import type {Clock} from '../base/clock.ts'
import {type Log, Outage} from '../base/log.ts'
import type {CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {Artifact} from '../record/result.ts'
import {downloadError, type DownloadFailure} from './failure.ts'
import {claimFolders, folderMaker, ignoresCase, makeRoot} from './folder.ts'
import {planDownload, type ArtifactJob, type Neighbours, type PlannedFile} from './places.ts'
import {startProgress, type DownloadProgress} from './progress.ts'
import {receiveFile} from './transfer.ts'

/** Files on their way at once, unless said otherwise. */
export const DOWNLOADS_AT_ONCE = 16
/** With so many files given up something is wrong that the others will meet too: no further one is started. */
const GIVE_UP_AFTER = 5

/** What is to be downloaded, and where to. */
export interface DownloadRequest extends Omit<Neighbours, 'written'> {
  /** As `selectArtifacts` returned them. */
  readonly artifacts: readonly Artifact[]
  /** All jobs of the listing, so that a file's place does not depend on what was selected. */
  readonly jobs: readonly ArtifactJob[]
  /** Where `checkDownloadFolder` says; made when it does not exist. */
  readonly folder: string
  /** Whether other things lie there, which must stay: every job then needs a folder that is not there yet. */
  readonly isWorkspace?: boolean
  /** Folders of jobs that earlier pipelines of this step have written; this one's are added. */
  readonly written?: Set<string> | undefined
  /** What could not be listed, as `job "test"`: what could be is fetched, then the download fails. */
  readonly unlisted?: readonly string[]
  /** Files on their way at once. */
  readonly atOnce?: number
  /** Hears of every file that is there and could not keep its name, whatever becomes of the others. */
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

/** What a download brought. */
export interface DownloadReport {
  readonly folder: string
  readonly files: number
  readonly bytes: number
}

/**
 * Downloads artifacts of one pipeline into `<folder>/<job>/<node if parallel>/<path>` (see `planDownload`), several at a time, each streamed to a temporary
 * file beside its place and renamed once all its bytes are there. Throws an `ActionError('download')` that names
 * what could not be fetched, after the others finished; what was fetched stays. On abort the temporary files are
 * removed and it rejects with an `AbortedError`.
 */
export async function downloadArtifacts(
  request: DownloadRequest,
  context: DownloadContext
): Promise<DownloadReport> {
  const {folder, unlisted = [], written = new Set()} = request
  await makeRoot(folder)
  const files = await plan(request, context)
  if (request.isWorkspace === true) {
    // What an earlier pipeline of this step made is this step's own.
    const ours = tops(written)
    const needed = [...tops(files.map(({jobFolder}) => jobFolder))]
    await claimFolders(folder, new Set(needed.filter(name => !ours.has(name))))
  }
  for (const {jobFolder} of files) written.add(jobFolder)
  const progress = startProgress(files.length, context.clock, context.log)
  try {
    const failures = await fetchAll(files, request, context, progress)
    const error = downloadError({
      failures,
      unlisted,
      folder,
      fetched: progress.files,
      total: files.length,
      gaveUp: progress.files + failures.length < files.length
    })
    if (error !== undefined) throw error
  } finally {
    progress.stop()
  }
  context.log.info(`Downloaded ${progress.summary()} into ${folder}`)
  return {folder, files: progress.files, bytes: progress.bytes}
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

async function fetchAll(
  files: readonly PlannedFile[],
  {folder, atOnce = DOWNLOADS_AT_ONCE, onRenamed}: DownloadRequest,
  context: DownloadContext,
  progress: DownloadProgress
): Promise<readonly DownloadFailure[]> {
  const makeFolders = folderMaker(folder)
  const outage = new Outage('The download of artifacts', context)
  const transfer = {...context, outage, onBytes: progress.addBytes}
  const failures: (DownloadFailure & {readonly index: number})[] = []
  let contagious = 0
  await mapBounded(files, atOnce, async ({artifact, segments, renamed}, index) => {
    if (contagious >= GIVE_UP_AFTER) return
    try {
      if (isAborted(context)) throw new AbortedError('The download of artifacts')
      await makeFolders(segments.slice(0, -1))
      const name = temporaryName(String(index), context.random)
      progress.addFile(await receiveFile(artifact.url, join(folder, ...segments), name, transfer))
      if (renamed) onRenamed?.({artifact, savedAs: segments.join('/')})
    } catch (error) {
      if (isAborted(context)) throw new AbortedError('The download of artifacts')
      failures.push({artifact, error, index})
      // A file that is gone (404) says nothing about the others.
      if (!(error instanceof RefusedError)) contagious += 1
    }
  })
  return failures.sort((a, b) => a.index - b.index)
}

function isAborted({signal}: DownloadContext): boolean {
  return signal?.aborted === true
}

/** Short, as the folder's path may leave little room, and told from artifacts by its beginning. */
function temporaryName(tag: string, random: () => number): string {
  return `.circleci-${tag}-${Math.floor(random() * 2 ** 40).toString(36)}.part`
}
