import {constants} from 'node:fs'
import {open, rename, unlink} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import {onDisk} from './disk-error.ts'

/**
 * Exclusive, and never through a link. Windows has no O_NOFOLLOW (`undefined` counts as 0 here); O_EXCL alone does
 * there, as an existing link makes it fail.
 */
const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/** Bytes that are gathered for one write: network chunks are small, and a write each would leave the line idle. */
const GATHERED_BYTES = 512 * 1024

/** A file that is being received, under a temporary name beside its place. */
export interface PartialFile {
  /** Bytes taken so far. */
  readonly length: number
  /**
   * Takes the next chunk, which must not be changed afterwards. Resolves when the next may come; a write to disk that
   * fails rejects this or a later call with a `DiskError`.
   */
  write(chunk: Uint8Array): Promise<void>
  /** Forgets what was taken and begins anew. */
  restart(): Promise<void>
  /** Writes what is left and gives the file its name, over what had it before. */
  complete(): Promise<void>
  /** Removes the file; safe at any time, and of no effect after `complete`. */
  discard(): Promise<void>
}

/** What is needed of an open file; Node's `FileHandle` has it. */
export interface OpenFile {
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number
  ): Promise<{bytesWritten: number}>
  writev(buffers: readonly Uint8Array[], position: number): Promise<{bytesWritten: number}>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** Opens the temporary file for `place`; `temporaryName` must be unused in its folder. */
export async function openPartialFile(
  place: string,
  temporaryName: string,
  openFile: (path: string, flags: number) => Promise<OpenFile> = open
): Promise<PartialFile> {
  const path = join(dirname(place), temporaryName)
  return new GatheringFile(place, path, await onDisk(path, () => openFile(path, FLAGS)))
}

class GatheringFile implements PartialFile {
  length = 0
  private readonly place: string
  private readonly path: string
  private readonly handle: OpenFile
  private gathered: Uint8Array[] = []
  private gatheredBytes = 0
  private written = 0
  /** The write under way: the next chunks are received meanwhile. */
  private writing: Promise<void> = Promise.resolve()
  private state: 'open' | 'closed' | 'done' = 'open'

  constructor(place: string, path: string, handle: OpenFile) {
    this.place = place
    this.path = path
    this.handle = handle
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.gathered.push(chunk)
    this.gatheredBytes += chunk.length
    this.length += chunk.length
    if (this.gatheredBytes >= GATHERED_BYTES) await this.flush()
  }

  async restart(): Promise<void> {
    await this.settled()
    this.gathered = []
    this.gatheredBytes = this.written = this.length = 0
    await onDisk(this.path, () => this.handle.truncate(0))
  }

  async complete(): Promise<void> {
    await this.flush()
    await this.settled()
    await onDisk(this.place, async () => {
      await this.close()
      await rename(this.path, this.place)
      this.state = 'done'
    })
  }

  async discard(): Promise<void> {
    if (this.state === 'done') return
    await this.writing.catch(() => undefined)
    await this.close().catch(() => undefined)
    await unlink(this.path).catch(() => undefined)
  }

  /** Starts writing what was gathered, once the write before is done. */
  private async flush(): Promise<void> {
    await this.settled()
    const {gathered, written} = this
    this.gathered = []
    this.written += this.gatheredBytes
    this.gatheredBytes = 0
    this.writing = writeAll(this.handle, gathered, written)
    // Whoever waits for it next hears of a failure; until then it must not count as unhandled.
    this.writing.catch(() => undefined)
  }

  private async settled(): Promise<void> {
    await onDisk(this.path, () => this.writing)
  }

  private async close(): Promise<void> {
    if (this.state !== 'open') return
    this.state = 'closed'
    await this.handle.close()
  }
}

async function writeAll(
  handle: OpenFile,
  chunks: readonly Uint8Array[],
  position: number
): Promise<void> {
  if (chunks.length === 0) return
  const bytes = chunks.reduce((sum, {length}) => sum + length, 0)
  const {bytesWritten} = await handle.writev(chunks, position)
  if (bytesWritten === bytes) return
  // A disk may take less than it was given, and then says why at the next try.
  let rest = Buffer.concat(chunks).subarray(bytesWritten)
  let at = position + bytesWritten
  while (rest.length > 0) {
    const next = await handle.write(rest, 0, rest.length, at)
    rest = rest.subarray(next.bytesWritten)
    at += next.bytesWritten
  }
}
