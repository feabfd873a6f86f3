import {onDisk} from './disk-error.ts'

/** Bytes that are gathered for one write: network chunks are small, and a write each would leave the line idle. */
const GATHERED_BYTES = 512 * 1024

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

/** Writes a stretch of an open file from one position on, in gathered pieces, while the next chunks are received. */
export class FileWriter {
  private readonly path: string
  private readonly handle: OpenFile
  private gathered: Uint8Array[] = []
  private gatheredFrom: number
  private end: number
  private writing: Promise<void> = Promise.resolve()

  /** `path` is for messages. */
  constructor(handle: OpenFile, path: string, from: number) {
    this.handle = handle
    this.path = path
    this.gatheredFrom = this.end = from
  }

  /** Where the next chunk goes. */
  get position(): number {
    return this.end
  }

  /**
   * Takes the next chunk, which must not be changed afterwards. Resolves when the next may come; a write to disk that
   * fails rejects this or a later call with a `DiskError`.
   */
  async write(chunk: Uint8Array): Promise<void> {
    this.gathered.push(chunk)
    this.end += chunk.length
    if (this.end - this.gatheredFrom >= GATHERED_BYTES) await this.flush()
  }

  /** Writes what is left; resolves when all is written. */
  async finish(): Promise<void> {
    await this.flush()
    await this.settled()
  }

  /** Resolves when no write is under way any more, whatever became of it. */
  async quiet(): Promise<void> {
    await this.writing.catch(() => undefined)
  }

  /** Starts writing what was gathered, once the write before is done. */
  private async flush(): Promise<void> {
    await this.settled()
    const {gathered, gatheredFrom} = this
    this.gathered = []
    this.gatheredFrom = this.end
    this.writing = writeAll(this.handle, gathered, gatheredFrom)
    // Whoever waits for it next hears of a failure; until then it must not count as unhandled.
    this.writing.catch(() => undefined)
  }

  private async settled(): Promise<void> {
    await onDisk(this.path, () => this.writing)
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
