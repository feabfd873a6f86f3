import {constants} from 'node:fs'
import {open, rename, unlink, type FileHandle} from 'node:fs/promises'
import {dirname, join} from 'node:path'

import type {Clock} from '../base/clock.ts'
import type {Outage} from '../base/log.ts'
import type {CircleCI} from '../circleci/client.ts'
import type {Download} from '../circleci/storage.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import {retry} from '../circleci/retry.ts'
import {onDisk} from './folder.ts'

/** Attempts in a row that may bring no new byte before a file is given up. */
const FRUITLESS_ATTEMPTS = 5
/** Attempts in all: a host that sends a few bytes at a time will not send a file. */
const MAX_ATTEMPTS = 40
/** Longest pause a host may ask for, in milliseconds. */
const MAX_PAUSE_MS = 60_000
/** Bytes gathered for one write: network chunks are small, and a write for each would slow the download down. */
const WRITE_BYTES = 512 * 1024
/**
 * Exclusive, and never through a link. Windows has no O_NOFOLLOW (`undefined` counts as 0 here); O_EXCL alone does there,
 * as an existing link makes it fail. Not O_APPEND: Windows refuses to truncate such a file
 * (https://github.com/nodejs/node/issues/3177).
 */
const {O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW} = constants
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW

/** What receiving a file needs. */
export interface TransferContext {
  readonly circleci: Pick<CircleCI, 'openArtifact'>
  readonly clock: Clock
  readonly random: () => number
  readonly signal?: AbortSignal | undefined
  /** Given every attempt that failed, and that one went through. */
  readonly outage: Outage
  /** Called for every chunk, with its length in bytes. */
  readonly onBytes: (count: number) => void
  /** Opens the temporary file; the file system's own unless given. */
  readonly openFile?: (path: string, flags: number) => Promise<OpenFile>
}

/** What is needed of an open file. */
export interface OpenFile extends Pick<FileHandle, 'truncate' | 'close'> {
  /** Writes `length` bytes from `offset` on at `position` of the file, or only some of them. */
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number
  ): Promise<{readonly bytesWritten: number}>
}

/**
 * Receives an artifact under a temporary name beside its place and renames it, over what had its name before, once all
 * bytes the host announced are there. A broken transfer goes on where it stopped while the host knows ranges and the
 * file is the same, else from the start. Resolves with the length in bytes. Rejects with the last fault when several
 * attempts in a row brought nothing, and at once when trying again cannot help (a `DiskError`, a `RefusedError`, an
 * `AbortedError`); the temporary file never stays.
 */
export async function receiveFile(
  url: string,
  place: string,
  temporaryName: string,
  context: TransferContext
): Promise<number> {
  const path = join(dirname(place), temporaryName)
  const file = await onDisk(path, () => (context.openFile ?? open)(path, NEW_FILE))
  const transfer = new Transfer(url, path, file, context)
  try {
    try {
      await transfer.finish()
    } finally {
      await onDisk(path, () => file.close())
    }
    await onDisk(place, () => rename(path, place))
    return transfer.position
  } catch (error) {
    await unlink(path).catch(() => undefined)
    throw error
  }
}

/** One file on its way. */
class Transfer {
  /** Bytes written so far. */
  position = 0
  private readonly url: string
  private readonly path: string
  private readonly file: OpenFile
  private readonly context: TransferContext
  private validator: string | undefined
  /** Length of the whole, when the host announced it. */
  private total: number | undefined

  constructor(url: string, path: string, file: OpenFile, context: TransferContext) {
    this.url = url
    this.path = path
    this.file = file
    this.context = context
  }

  /** Makes attempts until all bytes are there, for as long as they bring some. */
  async finish(): Promise<void> {
    const {outage} = this.context
    let attempts = 0
    let fruitless = 0
    let best = 0
    await retry('The download', () => this.attempt(), {
      ...this.context,
      leftMs: fault => {
        attempts += 1
        fruitless = this.position > best ? 1 : fruitless + 1
        best = Math.max(best, this.position)
        const enough = fruitless >= FRUITLESS_ATTEMPTS || attempts >= MAX_ATTEMPTS
        return fault.final || enough ? 0 : MAX_PAUSE_MS
      },
      advanced: () => fruitless === 1,
      onRetry: (fault, pauseMs) => {
        outage.failed(fault, pauseMs)
      }
    })
    outage.over()
  }

  private async attempt(): Promise<void> {
    const from = this.validator === undefined ? 0 : this.position
    const download = await this.open(from)
    try {
      await this.begin(download, from)
      await this.take(download.body)
    } finally {
      download.close()
    }
    const {position, total} = this
    if (total !== undefined && position !== total)
      throw broken(`only ${position} of ${total} bytes came`)
  }

  private async open(from: number): Promise<Download> {
    const {circleci, signal} = this.context
    try {
      return await circleci.openArtifact(this.url, from, {signal, ifRange: this.validator})
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 416 || from === 0) throw error
      // The file is shorter now, or the host miscounts: what is here already is worth nothing.
      return this.startOver(`the host has no bytes from ${from} on`)
    }
  }

  /** Makes the file ready for what this answer holds. */
  private async begin({status, headers}: Download, from: number): Promise<void> {
    if (status === 206 && from > 0) {
      if (!isSameFile(headers, this.validator)) return this.startOver('the file has changed')
      if (isRangeFrom(headers, from, this.total)) return
      return this.startOver('the host sent another range than it was asked for')
    }
    if (status !== 200) throw broken(`the host answered ${status}`)
    if (this.position > 0) await this.forget()
    this.validator = validatorOf(headers)
    this.total = contentLength(headers)
  }

  /** Writes the chunks, gathered; what came before a fault is written, too. */
  private async take(body: AsyncIterable<Uint8Array>): Promise<void> {
    let gathered: Uint8Array[] = []
    let bytes = 0
    const flush = async (): Promise<void> => {
      const [chunk, length] = [Buffer.concat(gathered), bytes]
      gathered = []
      bytes = 0
      let done = 0
      while (done < length) {
        const write = () => this.file.write(chunk, done, length - done, this.position)
        const {bytesWritten} = await onDisk(this.path, write)
        done += bytesWritten
        this.position += bytesWritten
      }
    }
    try {
      for await (const chunk of body) {
        gathered.push(chunk)
        bytes += chunk.length
        if (this.position + bytes > (this.total ?? Infinity)) {
          gathered = []
          bytes = 0
          await this.startOver(`the host sent more than the ${this.total} bytes it announced`)
        }
        this.context.onBytes(chunk.length)
        if (bytes >= WRITE_BYTES) await flush()
      }
    } finally {
      await flush()
    }
  }

  private async startOver(problem: string): Promise<never> {
    await this.forget()
    throw broken(problem)
  }

  private async forget(): Promise<void> {
    this.validator = undefined
    this.position = 0
    await onDisk(this.path, () => this.file.truncate(0))
  }
}

/** The body was not what its headers promised: worth another attempt. */
function broken(problem: string): UnavailableError {
  return new UnavailableError('The download', `broke off: ${problem}`, {processed: 'unknown'})
}

/** Headers of an answer, by lower-case name. */
type Headers = Download['headers']

/** The length a whole answer (200) announces; `undefined` when it comes in chunks. */
function contentLength(headers: Headers): number | undefined {
  const length = headers['content-length']
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined
}

/**
 * Whether a part (206) begins at `from` and is a part of `total` bytes (when both are known):
 * https://www.rfc-editor.org/rfc/rfc9110#section-14.4
 */
function isRangeFrom(headers: Headers, from: number, total: number | undefined): boolean {
  const [, start, whole] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? []
  const same = whole === '*' || total === undefined || Number(whole) === total
  return start !== undefined && Number(start) === from && same
}

/**
 * Whether an answer to `If-Range` can be of the file that `validator` stands for: a host that sends a part of another
 * file, with that one's tag or date, has not looked at the header.
 */
function isSameFile(headers: Headers, validator: string | undefined): boolean {
  const own = validator?.startsWith('"') === true ? headers['etag'] : headers['last-modified']
  return validator === undefined || own === undefined || own === validator
}

/**
 * What proves, sent as `If-Range`, that a part belongs to what is here already: a strong `ETag`, or the date when there
 * is no tag at all; a weak tag must not be used (RFC 9110, section 13.1.5).
 */
function validatorOf(headers: Headers): string | undefined {
  const etag = headers['etag']
  if (etag?.startsWith('"') === true) return etag
  return etag === undefined ? headers['last-modified'] : undefined
}
