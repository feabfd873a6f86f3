import {backoffMs} from '../circleci/backoff.ts'
import type {CircleCI, Download} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Clock} from '../clock.ts'
import type {Log} from '../log.ts'
import {errorMessage} from '../errors.ts'
import {DiskError} from './disk-error.ts'
import type {PartialFile} from './partial-file.ts'

/** Attempts in a row that may bring nothing new before a file is given up. */
const FRUITLESS_ATTEMPTS = 5
/** Attempts in all: a host that hands out a few bytes at a time is no host. */
const MAX_ATTEMPTS = 40
/** Longest pause a host may ask for, in milliseconds. */
const MAX_PAUSE_MS = 60_000

/** What receiving a file needs. */
export interface TransferContext {
  readonly circleci: CircleCI
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/** The body was not what its headers promised. */
class LengthFault extends Error {
  override readonly name = 'LengthFault'
}

/**
 * Receives an artifact into `file`, however often the connection breaks: goes on where it stopped when the host knows
 * ranges and the file is still the same (`If-Range` with a strong `ETag` or a date, RFC 9110 section 13.1.5), else
 * from the start. Resolves once all bytes the host announced are written; rejects with the last fault when several
 * attempts in a row brought nothing new, and at once when trying again cannot help. `onBytes` hears of every chunk.
 */
export async function receive(
  url: string,
  file: PartialFile,
  context: TransferContext,
  onBytes: (count: number) => void
): Promise<void> {
  const {clock, random, log, signal} = context
  const attempt = new Attempt(url, file, context, onBytes)
  let best = 0
  let fruitless = 0
  for (let count = 1; ; count += 1) {
    try {
      await attempt.run()
      return
    } catch (error) {
      fruitless = file.length > best ? 1 : fruitless + 1
      best = Math.max(best, file.length)
      if (isFinal(error) || fruitless >= FRUITLESS_ATTEMPTS || count >= MAX_ATTEMPTS) throw error
      const asked = error instanceof UnavailableError ? error.retryAfterMs : undefined
      const pause = backoffMs(fruitless, random, Math.min(asked ?? 0, MAX_PAUSE_MS))
      log.debug(
        `Download attempt ${count} ended: ${errorMessage(error)}; next in ${Math.round(pause)} ms`
      )
      await clock.sleep(pause, signal)
    }
  }
}

class Attempt {
  private readonly url: string
  private readonly file: PartialFile
  private readonly context: TransferContext
  private readonly onBytes: (count: number) => void
  /** What proves that the rest belongs to what is here already. */
  private validator: string | undefined
  /** Length of the whole, when it was told. */
  private total: number | undefined

  constructor(
    url: string,
    file: PartialFile,
    context: TransferContext,
    onBytes: (count: number) => void
  ) {
    this.url = url
    this.file = file
    this.context = context
    this.onBytes = onBytes
  }

  async run(): Promise<void> {
    const from = this.validator === undefined ? 0 : this.file.length
    const download = await this.open(from)
    try {
      await this.begin(download, from)
      await this.write(download)
    } finally {
      download.close()
    }
  }

  private async open(from: number): Promise<Download> {
    const {circleci, signal} = this.context
    try {
      return await circleci.openArtifact(this.url, from, {signal, ifRange: this.validator})
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 416 || from === 0) throw error
      // The file is shorter now, or the host miscounts: what is here already is worth nothing.
      await this.forget()
      throw new LengthFault(`the host has no bytes from ${from} on`)
    }
  }

  /** Makes the file ready for what this answer holds. */
  private async begin({status, headers}: Download, from: number): Promise<void> {
    if (status === 206 && from > 0) {
      const [, start, total] =
        /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? []
      const same = total === '*' || this.total === undefined || Number(total) === this.total
      if (Number(start) === from && same) return
      await this.forget()
      throw new LengthFault('the host sent another range than it was asked for')
    }
    if (status !== 200) throw new LengthFault(`the host answered ${status}`)
    if (this.file.length > 0) await this.forget()
    this.validator = strongValidator(headers)
    const length = headers['content-length']
    this.total = length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined
  }

  private async write({body}: Download): Promise<void> {
    const {file, total} = this
    for await (const chunk of body) {
      if (total !== undefined && file.length + chunk.length > total) {
        await this.forget()
        throw new LengthFault(`the host sent more than the ${total} bytes it announced`)
      }
      await file.write(chunk)
      this.onBytes(chunk.length)
    }
    if (total !== undefined && file.length !== total) {
      throw new LengthFault(`only ${file.length} of ${total} bytes came`)
    }
  }

  private async forget(): Promise<void> {
    this.validator = undefined
    await this.file.restart()
  }
}

/** A weak ETag must not be used with `If-Range` (RFC 9110, section 13.1.5). */
function strongValidator(headers: Readonly<Record<string, string>>): string | undefined {
  const etag = headers['etag']
  if (etag?.startsWith('"') === true) return etag
  return etag === undefined ? headers['last-modified'] : undefined
}

function isFinal(error: unknown): boolean {
  if (error instanceof UnavailableError) return error.final
  return (
    error instanceof AbortedError || error instanceof RefusedError || error instanceof DiskError
  )
}
