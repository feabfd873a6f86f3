import {isWebPage} from './answer.ts'
import type {ApiContext} from './api.ts'
import {decoded, isEncoded} from './encoding.ts'
import {openStorage, storageUrl, toUnavailable} from './storage.ts'
import type {WireReply} from './transport.ts'

/** Where the host sends more than was asked for, so much is read to find the end, in bytes. */
const MAX_READ_BYTES = 64 * 1024 * 1024
const MAX_SLACK_BYTES = 1024 * 1024

/** A string of JSON after its opening quote, as far as it goes. */
const STRING = String.raw`[^"\\]*(?:\\.[^"\\]*)*`
const MESSAGE = new RegExp(String.raw`"message"\s*:\s*"(${STRING})`, 'gs')
/** An escaped line end, or return of a progress bar, that surely is one: in a piece cut anywhere, the `\n` of a `\\n` is not. */
const LINE_END = /[^\\]\\[nr]/
const ESCAPES: Readonly<Record<string, string>> = {b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'}

/** A step's output, or its end. */
export interface StepOutput {
  readonly text: string
  /** Whether the beginning was left out. */
  readonly cut: boolean
}

/**
 * The last `maxBytes` at most of a step's output, as text; one attempt. It is kept at a presigned address: any credential
 * sent along would leak and be refused. Only the end is asked for; from a host that sends the whole all the same, or
 * keeps it compressed, the end is picked out.
 */
export async function readStepOutput(
  context: ApiContext,
  address: string,
  maxBytes: number,
  signal?: AbortSignal
): Promise<StepOutput> {
  const url = storageUrl(address, 'a step output', context.host)
  const ask = (range: Record<string, string>): Promise<WireReply> =>
    openStorage(context, url, {
      headers: {accept: 'application/json', ...range},
      signal,
      // Shown as a log a web page would only mislead.
      isWanted: reply => [200, 204, 206, 416].includes(reply.status) && !isWebPage(reply)
    })
  let reply = await ask({range: `bytes=-${maxBytes}`})
  if (isEncoded(reply) && !fromStart(reply)) {
    // The end of a compressed file cannot be read without its beginning.
    reply.close()
    reply = await ask({})
  }
  try {
    return await decodeReply(reply, maxBytes)
  } catch (error) {
    throw toUnavailable(url, error)
  }
}

async function decodeReply(reply: WireReply, maxBytes: number): Promise<StepOutput> {
  if (reply.status === 204 || reply.status === 416) {
    reply.close()
    return {text: '', cut: false}
  }
  try {
    const {bytes, whole} = await lastBytes(decoded(reply), maxBytes)
    const text = new TextDecoder().decode(bytes)
    return whole && fromStart(reply)
      ? {text: decodeOutput(text), cut: false}
      : {text: decodeOutputEnd(text), cut: true}
  } finally {
    reply.close()
  }
}

/** The last bytes of a body. They are its last only as far as it was read: `MAX_READ_BYTES`. */
export async function lastBytes(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number
): Promise<{bytes: Buffer; whole: boolean}> {
  let chunks: Uint8Array[] = []
  let kept = 0
  let read = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    kept += chunk.length
    read += chunk.length
    if (read > MAX_READ_BYTES) break
    // Once in a while, so that many small chunks are not copied again and again.
    if (kept > 2 * maxBytes + MAX_SLACK_BYTES) {
      chunks = [Buffer.concat(chunks).subarray(-maxBytes)]
      kept = maxBytes
    }
  }
  const all = Buffer.concat(chunks)
  return {bytes: all.subarray(Math.max(0, all.length - maxBytes)), whole: read <= maxBytes}
}

function fromStart({status, headers}: WireReply): boolean {
  return status !== 206 || (headers['content-range'] ?? '').startsWith('bytes 0-')
}

/** The text of an output: the messages of CircleCI's JSON (`[{"type","time","message"}]`), or the raw log of some servers. */
export function decodeOutput(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed)) return wellFormed(parsed.map(messageOf).join(''))
    return typeof parsed === 'string' ? wellFormed(parsed) : text
  } catch {
    return text
  }
}

/**
 * The text of an output whose beginning is missing, cut anywhere: in a message, an escape, between two messages. Begins
 * with the first whole line; when no line is whole, with what is left of one. The end may be missing as well.
 */
export function decodeOutputEnd(text: string): string {
  const messages = messagesFrom(text)
  if (messages.trim() !== '') return messages
  return isEndOfJson(text) ? onlyLine(text) : fromFirstLine(text)
}

function messagesFrom(text: string): string {
  const lineEnd = LINE_END.exec(text)
  const message = text.search(MESSAGE)
  const pieces: string[] = []
  let rest = text
  // Only messages hold line ends: one before the first message is in the message that was cut.
  if (lineEnd !== null && (message === -1 || lineEnd.index < message)) {
    rest = text.slice(lineEnd.index + lineEnd[0].length)
    pieces.push(new RegExp(`^${STRING}`, 's').exec(rest)?.[0] ?? '')
  }
  for (const [, piece = ''] of rest.matchAll(MESSAGE)) pieces.push(piece)
  return wellFormed(pieces.map(unescape).join(''))
}

function messageOf(item: unknown): string {
  if (typeof item !== 'object' || item === null || !('message' in item)) return ''
  return typeof item.message === 'string' ? item.message : ''
}

/** What is left of one very long line. */
function onlyLine(text: string): string {
  const piece = new RegExp(`^(${STRING})"\\s*[,}]`, 's').exec(text)?.[1] ?? ''
  return wellFormed(unescape(piece))
}

function isEndOfJson(text: string): boolean {
  return /\}\s*\]\s*$/.test(text)
}

function fromFirstLine(text: string): string {
  return wellFormed(text.slice(text.indexOf('\n') + 1))
}

/** Resolves JSON's escapes; one that is broken off at the end is dropped, one that JSON does not know is its letter. */
function unescape(piece: string): string {
  return piece.replaceAll(
    /\\(?:u([0-9a-f]{4})|u[0-9a-f]{0,3}$|(.)|$)/gis,
    (_, hex: string | undefined, letter: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
      return letter === undefined ? '' : (ESCAPES[letter] ?? letter)
    }
  )
}

/** Half a surrogate pair is no text: it would be mangled differently by everyone who writes it. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd')
}
