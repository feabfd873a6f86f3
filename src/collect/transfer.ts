import type {CircleCI, Download} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import {errorMessage} from '../base/errors.ts'
import {
  contentLength,
  isDivisible,
  isRangeFrom,
  isSameFile,
  validatorOf
} from './download-headers.ts'
import type {FileWriter} from './file-writer.ts'
import type {Lanes} from './lanes.ts'
import type {PartialFile} from './partial-file.ts'
import {IndivisibleFault, receiveParts} from './parts.ts'
import {FinalFault, persist, type PersistenceContext} from './persistence.ts'

/** Parts of a file that may be on their way at once. */
const MOST_PARTS = 4

/** What receiving a file needs. */
export interface Transfer extends PersistenceContext {
  readonly circleci: CircleCI
  readonly lanes: Lanes
  /** From this length on, in bytes, a file is received in parts, if the host can and lanes are free. */
  readonly divideFrom: number
  /** Hears of every chunk. */
  readonly onBytes: (count: number) => void
}

/** The body was not what its headers promised. */
class LengthFault extends Error {
  override readonly name = 'LengthFault'
}

/**
 * Receives an artifact into `file`, however often the connection breaks: goes on where it stopped when the host knows
 * ranges and the file is still the same, else from the start; a large one in several parts at a time. Resolves with
 * its length once all bytes the host announced are taken; rejects with the last fault when several attempts in a row
 * brought nothing new, and at once when trying again cannot help.
 */
export async function receive(url: string, file: PartialFile, transfer: Transfer): Promise<number> {
  const reception = new Reception(url, file, transfer)
  try {
    await persist(
      () => reception.attempt(),
      () => reception.length,
      transfer
    )
  } catch (error) {
    throw error instanceof FinalFault ? error.cause : error
  }
  return reception.length
}

class Reception {
  private readonly url: string
  private readonly file: PartialFile
  private readonly transfer: Transfer
  private writer: FileWriter
  private validator: string | undefined
  /** Length of the whole, when it was told. */
  private total: number | undefined
  /** Set once it was received in parts. */
  private dividedLength: number | undefined
  private mayBeDivided = true

  constructor(url: string, file: PartialFile, transfer: Transfer) {
    this.url = url
    this.file = file
    this.transfer = transfer
    this.writer = file.writerAt(0)
  }

  get length(): number {
    return this.dividedLength ?? this.writer.position
  }

  async attempt(): Promise<void> {
    const from = this.validator === undefined ? 0 : this.writer.position
    const download = await this.open(from)
    try {
      await this.begin(download, from)
      if (from > 0 || !(await this.divide(download))) await this.write(download)
    } finally {
      download.close()
    }
  }

  private async open(from: number): Promise<Download> {
    const {circleci, signal} = this.transfer
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
      const same = isSameFile(headers, this.validator)
      if (same && isRangeFrom(headers, from, this.total)) return
      await this.forget()
      throw new LengthFault(
        same
          ? 'the host sent another range than it was asked for'
          : 'the file has become another one'
      )
    }
    if (status !== 200) throw new LengthFault(`the host answered ${status}`)
    if (this.writer.position > 0) await this.forget()
    this.validator = validatorOf(headers)
    this.total = contentLength(headers)
  }

  /** Receives the file in parts if that is possible and worth it; tells whether it was. */
  private async divide(first: Download): Promise<boolean> {
    const {url, file, total, validator, transfer} = this
    if (!this.mayBeDivided || total === undefined || total < transfer.divideFrom) return false
    if (first.status !== 200 || !isDivisible(first.headers)) return false
    const borrowed = transfer.lanes.borrow(MOST_PARTS - 1)
    if (borrowed === 0) return false
    try {
      await receiveParts({url, file, total, validator, first, count: borrowed + 1}, transfer)
      this.dividedLength = total
      return true
    } catch (error) {
      if (!(error instanceof IndivisibleFault)) throw error
      this.mayBeDivided = false
      await this.forget()
      throw new LengthFault(errorMessage(error))
    } finally {
      transfer.lanes.giveBack(borrowed)
    }
  }

  private async write({body}: Download): Promise<void> {
    const {writer, total} = this
    for await (const chunk of body) {
      if (total !== undefined && writer.position + chunk.length > total) {
        await this.forget()
        throw new LengthFault(`the host sent more than the ${total} bytes it announced`)
      }
      await writer.write(chunk)
      this.transfer.onBytes(chunk.length)
    }
    if (total !== undefined && writer.position !== total) {
      throw new LengthFault(`only ${writer.position} of ${total} bytes came`)
    }
  }

  private async forget(): Promise<void> {
    this.validator = undefined
    await this.file.restart()
    this.writer = this.file.writerAt(0)
  }
}
