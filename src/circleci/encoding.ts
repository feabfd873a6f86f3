import {Readable, type Transform} from 'node:stream'
import type * as zlib from 'node:zlib'

import {ShapeError} from '../base/json.ts'
import type {WireReply} from './transport.ts'

/** Content codings of RFC 9110, section 8.4.1, and Brotli of RFC 7932. */
const DECODERS: Readonly<Record<string, ((from: typeof zlib) => Transform) | undefined>> = {
  gzip: from => from.createGunzip(),
  'x-gzip': from => from.createGunzip(),
  deflate: from => from.createInflate(),
  br: from => from.createBrotliDecompress()
}

/** Whether a body is encoded, in whatever way. */
export function isEncoded(reply: Pick<WireReply, 'headers'>): boolean {
  return encodingOf(reply) !== 'identity'
}

/**
 * The chunks of a body, decoded: a proxy may encode what was not asked for. The reader bounds how much is unpacked.
 * Rejects with a `ShapeError` for an encoding that is unknown or broken.
 */
export async function* decoded(
  reply: Pick<WireReply, 'headers' | 'body'>
): AsyncGenerator<Uint8Array> {
  const encoding = encodingOf(reply)
  if (encoding === 'identity') {
    yield* reply.body
    return
  }
  const create = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined
  if (create === undefined) {
    throw new ShapeError(
      `a body in the encoding "${encoding.slice(0, 40)}", which was not requested`
    )
  }
  // Rarely needed, and slow to load.
  const decoder = create(await import('node:zlib'))
  let received = 0
  const source = Readable.from(reply.body).on('data', (chunk: Uint8Array) => {
    received += chunk.length
  })
  source.once('error', error => decoder.destroy(error))
  try {
    // Not a pipeline: that takes a reader who leaves early for a failure.
    yield* source.pipe(decoder) as AsyncIterable<Uint8Array>
  } catch (error) {
    // Nothing is nothing in any encoding.
    if (isBroken(error) && received === 0) return
    throw isBroken(error) ? new ShapeError(`a body whose ${encoding} encoding is broken`) : error
  } finally {
    source.destroy()
    decoder.destroy()
  }
}

function encodingOf({headers}: Pick<WireReply, 'headers'>): string {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  return encoding === '' ? 'identity' : encoding
}

/** Codes of zlib (https://nodejs.org/api/zlib.html#zlibconstants), and of Brotli (`ERR__ERROR_FORMAT_...`). */
function isBroken(error: unknown): boolean {
  const {code} = Object(error) as {code?: unknown}
  return typeof code === 'string' && /^(Z_|ERR__)/.test(code)
}
