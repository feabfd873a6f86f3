import type {Download} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import {mapBounded} from './concurrency.ts'
import {isRangeFrom, isSameFile} from './download-headers.ts'
import type {FileWriter} from './file-writer.ts'
import type {PartialFile} from './partial-file.ts'
import {FinalFault, persist} from './persistence.ts'
import type {Transfer} from './transfer.ts'

/** The host takes part of the file for another file, or cannot send parts after all. */
export class IndivisibleFault extends FinalFault {}

/** A file of known length, of which the beginning is on its way. */
export interface Divided {
  readonly url: string
  readonly file: PartialFile
  readonly total: number
  readonly validator: string | undefined
  /** The answer that is there already: it becomes the first part. */
  readonly first: Download
  readonly count: number
}

interface Part {
  readonly writer: FileWriter
  readonly end: number
  first: Download | undefined
}

/**
 * Receives a file in several parts at a time: one connection rarely fills the line. Every part goes on where it stopped
 * when its connection breaks. When one fails the others stop; rejects with an `IndivisibleFault` when the file must
 * be received in one piece, and with a `FinalFault` when it cannot be received.
 */
export async function receiveParts(divided: Divided, transfer: Transfer): Promise<void> {
  const {total, count, file, first} = divided
  const size = Math.ceil(total / count)
  const parts = Array.from({length: count}, (_, index): Part => ({
    writer: file.writerAt(index * size),
    end: Math.min(total, (index + 1) * size),
    first: index === 0 ? first : undefined
  }))
  const ended = new AbortController()
  const signal = AbortSignal.any([ended.signal, ...(transfer.signal ? [transfer.signal] : [])])
  signal.addEventListener('abort', () => {
    first.close()
  })
  await mapBounded(parts, count, async part => {
    try {
      await persist(
        () => receivePart(part, divided, {...transfer, signal}),
        () => part.writer.position,
        {...transfer, signal}
      )
    } catch (error) {
      ended.abort()
      throw error instanceof FinalFault ? error : new FinalFault(error)
    }
  })
}

async function receivePart(part: Part, divided: Divided, transfer: Transfer): Promise<void> {
  const {writer, end} = part
  const from = writer.position
  if (from >= end) return
  const download = part.first ?? (await openPart(from, divided, transfer))
  part.first = undefined
  try {
    for await (const chunk of download.body) {
      const wanted = chunk.subarray(0, end - writer.position)
      await writer.write(wanted)
      transfer.onBytes(wanted.length)
      if (writer.position >= end) return
    }
  } finally {
    download.close()
  }
  throw new Error(`only ${writer.position - from} of ${end - from} bytes came`)
}

async function openPart(
  from: number,
  {url, total, validator}: Divided,
  {circleci, signal}: Transfer
): Promise<Download> {
  const download = await circleci
    .openArtifact(url, from, {signal, ifRange: validator})
    .catch((error: unknown) => {
      const unsatisfiable = error instanceof RefusedError && error.status === 416
      throw unsatisfiable ? new IndivisibleFault('the host has no such part') : error
    })
  const {status, headers} = download
  if (status === 206 && isRangeFrom(headers, from, total) && isSameFile(headers, validator)) {
    return download
  }
  download.close()
  throw new IndivisibleFault('the host sent another part than it was asked for')
}
