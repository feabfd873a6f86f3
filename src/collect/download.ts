import {lstat, mkdir, realpath} from 'node:fs/promises'
import {join} from 'node:path'

import type {CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {Outage} from '../base/outage.ts'
import type {Artifact} from '../record/result.ts'
import type {ArtifactJob} from './artifacts.ts'
import {mapBounded} from './concurrency.ts'
import {DiskError} from './disk-error.ts'
import {downloadError, type DownloadFailure} from './download-failure.ts'
import {planDownload, type PlannedFile} from './download-plan.ts'
import {startProgress, type DownloadProgress} from './download-progress.ts'
import {claimFolders, folderMaker} from './folder-maker.ts'
import {lanesOf} from './lanes.ts'
import {openPartialFile} from './partial-file.ts'
import {receive, type Transfer} from './transfer.ts'

/** Files on their way at once, unless said otherwise. */
export const DOWNLOADS_AT_ONCE = 16
/** From this length on, in bytes, a file is received in parts, unless said otherwise. */
const DIVIDED_FROM = 64 * 1024 * 1024
/** With so many files given up something is wrong that the others will meet too: no further one is started. */
const GIVE_UP_AFTER = 5

/** What is to be downloaded, and where to. */
export interface DownloadRequest {
  /** As `selectArtifacts` returned them. */
  readonly artifacts: readonly Artifact[]
  /** All jobs of the listing, so that a file's place does not depend on what was selected. */
  readonly jobs: readonly ArtifactJob[]
  /** Where `checkDownloadFolder` says; made when it does not exist. */
  readonly folder: string
  /** Whether other things lie there, which must stay: every job then needs a folder that is not there yet. */
  readonly isWorkspace?: boolean
  /** What could not be listed, as `job "test"`: what could be is fetched, then the download fails. */
  readonly unlisted?: readonly string[]
  /** Connections at once: a file each, and parts of large files on those that are left over. */
  readonly atOnce?: number
  readonly divideFrom?: number
  /** Hears of every file that is there and could not keep its name, whatever becomes of the others. */
  readonly onRenamed?: (renamed: RenamedArtifact) => void
}

/** What downloading needs from outside. */
export interface DownloadContext {
  readonly circleci: CircleCI
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
 * Downloads artifacts into `<folder>/<job>/<node if parallel>/<path>`, several at a time, each streamed to a temporary
 * file beside its place and renamed once all its bytes are there. Throws an `ActionError('download')` that names
 * what could not be fetched, after the others finished; what was fetched stays. On abort the temporary files are
 * removed and it rejects with an `AbortedError`.
 */
export async function downloadArtifacts(
  request: DownloadRequest,
  context: DownloadContext
): Promise<DownloadReport> {
  const {folder, unlisted = []} = request
  await makeRoot(folder)
  const files = await plan(request, context)
  if (request.isWorkspace === true)
    await claimFolders(folder, new Set(files.map(({segments}) => segments[0] ?? '')))
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
  return {
    folder,
    files: progress.files,
    bytes: progress.bytes
  }
}

/** Makes the folder; it must still be the one that was checked, not reached through a link made meanwhile. */
async function makeRoot(folder: string): Promise<void> {
  try {
    await mkdir(folder, {recursive: true})
    if ((await realpath(folder)) === folder) return
  } catch (error) {
    throw new DiskError(`The folder ${folder} could not be made: ${errorMessage(error)}.`, error)
  }
  throw new DiskError(`The folder ${folder} is reached through a symbolic link.`)
}

async function plan(
  {artifacts, jobs, folder}: DownloadRequest,
  {random}: DownloadContext
): Promise<readonly PlannedFile[]> {
  const exact = planDownload(artifacts, jobs, false)
  const folded = planDownload(artifacts, jobs, true)
  const agree = exact.every(
    ({segments}, index) => segments.join('/') === folded[index]?.segments.join('/')
  )
  return agree || !(await ignoresCase(folder, random)) ? exact : folded
}

/** Whether the file system takes two names that differ in case for one; found out by trying. */
async function ignoresCase(folder: string, random: () => number): Promise<boolean> {
  const name = temporaryName('case', random)
  const probe = await openPartialFile(join(folder, 'probe'), name)
  try {
    return await lstat(join(folder, name.toUpperCase())).then(
      () => true,
      () => false
    )
  } finally {
    await probe.discard()
  }
}

async function fetchAll(
  files: readonly PlannedFile[],
  request: DownloadRequest,
  context: DownloadContext,
  progress: DownloadProgress
): Promise<readonly DownloadFailure[]> {
  const {folder, atOnce = DOWNLOADS_AT_ONCE, divideFrom = DIVIDED_FROM, onRenamed} = request
  const makeFolders = folderMaker(folder)
  const lanes = lanesOf(atOnce)
  const outage = new Outage('The download of artifacts', context)
  const transfer = {...context, outage, lanes, divideFrom, onBytes: progress.addBytes}
  const failures: (DownloadFailure & {readonly index: number})[] = []
  let contagious = 0
  await mapBounded(files, atOnce, async ({artifact, segments, renamed}, index) => {
    if (contagious >= GIVE_UP_AFTER) return
    lanes.enter()
    try {
      if (isAborted(context)) throw new AbortedError('The download of artifacts')
      await makeFolders(segments.slice(0, -1))
      const name = temporaryName(String(index), context.random)
      progress.addFile(await fetchFile(artifact.url, join(folder, ...segments), name, transfer))
      if (renamed) onRenamed?.({artifact, savedAs: segments.join('/')})
    } catch (error) {
      if (isAborted(context)) throw new AbortedError('The download of artifacts')
      failures.push({artifact, error, index})
      // A file that is gone (404) says nothing about the others.
      if (!(error instanceof RefusedError)) contagious += 1
    } finally {
      lanes.leave()
    }
  })
  return failures.sort((a, b) => a.index - b.index)
}

function isAborted({signal}: DownloadContext): boolean {
  return signal?.aborted === true
}

async function fetchFile(
  url: string,
  place: string,
  temporary: string,
  transfer: Transfer
): Promise<number> {
  const file = await openPartialFile(place, temporary)
  try {
    const length = await receive(url, file, transfer)
    await file.complete()
    return length
  } finally {
    await file.discard()
  }
}

/** Short, as the folder's path may leave little room, and told from artifacts by its beginning. */
function temporaryName(tag: string, random: () => number): string {
  return `.circleci-${tag}-${Math.floor(random() * 2 ** 40).toString(36)}.part`
}
