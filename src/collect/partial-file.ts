import {constants} from 'node:fs'
import {lstat, mkdir, open, rename, unlink, type FileHandle} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {ActionError, errorMessage} from '../errors.ts'

/**
 * Exclusive, and never through a link. Windows has no O_NOFOLLOW (`undefined` counts as 0 here); O_EXCL alone does
 * there, as an existing link makes it fail.
 */
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/** The disk refused, or something is in the way there: trying again does not help. */
export class DiskError extends ActionError {
  constructor(problem: string, cause?: unknown) {
    super('download', problem, {cause})
  }
}

/** A file that is being received, under a temporary name beside its place. */
export interface PartialFile {
  /** Bytes written so far. */
  readonly length: number
  /** Writes on; the chunk may be reused once this resolves. Rejects with a `DiskError`. */
  write(chunk: Uint8Array): Promise<void>
  /** Forgets what was written and begins anew. */
  restart(): Promise<void>
  /** Gives the file its name, over what had it before. */
  complete(): Promise<void>
  /** Removes the file; safe at any time, and of no effect after `complete`. */
  discard(): Promise<void>
}

/** Opens the temporary file for `place`; `temporaryName` must be unused in its folder. */
export async function openPartialFile(place: string, temporaryName: string): Promise<PartialFile> {
  const path = join(dirname(place), temporaryName)
  const handle = await onDisk(path, () => open(path, FLAGS, 0o666))
  let length = 0
  let state: 'open' | 'closed' | 'done' = 'open'
  const close = async (): Promise<void> => {
    if (state !== 'open') return
    state = 'closed'
    await handle.close()
  }
  return {
    get length() {
      return length
    },
    write: chunk =>
      onDisk(path, async () => {
        await writeAll(handle, chunk, length)
        length += chunk.length
      }),
    restart: () =>
      onDisk(path, async () => {
        length = 0
        await handle.truncate(0)
      }),
    complete: () =>
      onDisk(place, async () => {
        await close()
        await rename(path, place)
        state = 'done'
      }),
    discard: async () => {
      if (state === 'done') return
      await close().catch(() => undefined)
      await unlink(path).catch(() => undefined)
    }
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < chunk.length) {
    const {bytesWritten} = await handle.write(
      chunk,
      written,
      chunk.length - written,
      position + written
    )
    written += bytesWritten
  }
}

/**
 * Makes folders below `root`, one by one, and refuses to pass through anything but a real folder: a symbolic link
 * that lies in the download folder (from a checkout, a cache, an earlier step) would lead out of it.
 */
export function folderMaker(root: string): (segments: readonly string[]) => Promise<void> {
  const made = new Map<string, Promise<void>>()
  const make = async (path: string): Promise<void> => {
    await mkdir(path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw diskError(path, error)
    })
    const found = await onDisk(path, () => lstat(path))
    if (found.isDirectory()) return
    const what = found.isSymbolicLink() ? 'a symbolic link' : 'a file'
    throw new DiskError(
      `${path} is ${what} where a folder is needed. Remove it, or choose another folder with "artifacts-path".`
    )
  }
  return async segments => {
    let path = root
    for (const segment of segments) {
      path = join(path, segment)
      const making = made.get(path) ?? make(path)
      made.set(path, making)
      await making
    }
  }
}

async function onDisk<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw diskError(path, error)
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  EISDIR: 'a folder of that name is in the way',
  ENOTEMPTY: 'a folder of that name is in the way',
  ENAMETOOLONG: 'the path is too long'
}

function diskError(path: string, error: unknown): DiskError {
  if (error instanceof DiskError) return error
  const code = codeOf(error)
  const hint = HINTS[code] ?? errorMessage(error)
  return new DiskError(
    `${path} could not be written: ${hint}${code === '' ? '' : ` (${code})`}.`,
    error
  )
}

/** The code of a system error, `ENOENT` for one, or ''. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
