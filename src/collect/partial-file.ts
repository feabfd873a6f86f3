import {constants} from 'node:fs'
import {open, rename, unlink} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {onDisk} from './disk-error.ts'
import {FileWriter, type OpenFile} from './file-writer.ts'

/**
 * Exclusive, and never through a link. Windows has no O_NOFOLLOW (`undefined` counts as 0 here); O_EXCL alone does
 * there, as an existing link makes it fail.
 */
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/** A file that is being received, under a temporary name beside its place. */
export interface PartialFile {
  /** A writer of the stretch that begins at a position; several may write at once. */
  writerAt(position: number): FileWriter
  /** Forgets what was written; writers made before are of no use any more. */
  restart(): Promise<void>
  /** Writes what is left and gives the file its name, over what had it before. Rejects with a `DiskError`. */
  complete(): Promise<void>
  /** Removes the file; safe at any time, and of no effect after `complete`. */
  discard(): Promise<void>
}

/** Opens the temporary file for `place`; `temporaryName` must be unused in its folder. */
export async function openPartialFile(
  place: string,
  temporaryName: string,
  openFile: (path: string, flags: number) => Promise<OpenFile> = open
): Promise<PartialFile> {
  const path = join(dirname(place), temporaryName)
  const handle = await onDisk(path, () => openFile(path, FLAGS))
  let writers: FileWriter[] = []
  let state: 'open' | 'closed' | 'done' = 'open'
  const close = async (): Promise<void> => {
    if (state !== 'open') return
    state = 'closed'
    await handle.close()
  }
  const quiet = async (): Promise<void> => {
    await Promise.all(writers.map(writer => writer.quiet()))
  }
  return {
    writerAt: position => {
      const writer = new FileWriter(handle, path, position)
      writers.push(writer)
      return writer
    },
    restart: async () => {
      await quiet()
      writers = []
      await onDisk(path, () => handle.truncate(0))
    },
    complete: async () => {
      for (const writer of writers) await writer.finish()
      await onDisk(place, async () => {
        await close()
        await rename(path, place)
        state = 'done'
      })
    },
    discard: async () => {
      if (state === 'done') return
      await quiet()
      await close().catch(() => undefined)
      await unlink(path).catch(() => undefined)
    }
  }
}
