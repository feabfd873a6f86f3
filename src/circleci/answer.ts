import {parseAddress} from '../address.ts'
import {parseRetryAfter} from './backoff.ts'
import {RefusedError, UnavailableError} from './faults.ts'
import {ShapeError, type Json} from './fields.ts'
import type {WireReply} from './transport.ts'
import {WireFault} from './wire-fault.ts'

/** No answer of the API comes near this; more is not read. */
const MAX_BODY_BYTES = 64 * 1024 * 1024
/** Longest plain text in an error's body that is taken for words, and most that is shown of a message, in characters. */
const MAX_PLAIN = 300
const MAX_WORDS = 2000

/** Whether a status is one that passes: overload, a time-out, a fault of the server's. Trying again may help. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

/**
 * The JSON of an answer; `undefined` for an empty 2xx. Everything else rejects: with a `RefusedError` for a 4xx that
 * stays, an `UnavailableError` for what may pass and for a body that is no JSON, a `WireFault` for one that is cut.
 * `now` is in epoch milliseconds.
 */
export async function readAnswer(request: string, reply: WireReply, now: number): Promise<Json> {
  const {status, headers} = reply
  if (status >= 200 && status < 300) return parseJson(request, await readText(reply))
  // The status says it all, whatever becomes of the body.
  const words = wordsOf(await readText(reply).catch(nothingUnlessAborted))
  if (status >= 300 && status < 400) {
    throw new UnavailableError(
      request,
      `was answered ${status}, a redirect${describeTarget(headers['location'])}: is "host" the address of CircleCI itself?`,
      {processed: 'no', final: true, status}
    )
  }
  if (!isPassing(status)) throw new RefusedError(request, status, words)
  throw new UnavailableError(
    request,
    `was answered ${status}${words === '' ? '' : ` (${words})`}`,
    {
      processed: status === 429 ? 'no' : 'unknown',
      status,
      retryAfterMs: parseRetryAfter(headers, now)
    }
  )
}

async function readText(reply: WireReply): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of reply.body) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new ShapeError(`more than ${MAX_BODY_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function nothingUnlessAborted(error: unknown): string {
  if (error instanceof WireFault || error instanceof ShapeError) return ''
  throw error
}

function parseJson(request: string, text: string): Json {
  // Nothing is a fine answer to a cancel; whoever needs an object will miss it when decoding.
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnavailableError(request, `was answered with ${whatElse(text)}`, {
      processed: 'unknown',
      cause
    })
  }
}

function whatElse(text: string): string {
  if (/^\s*[[{]/.test(text)) return 'broken JSON: it may have been cut on the way'
  const what = /^\s*</.test(text) ? 'HTML' : 'text'
  return `${what} instead of JSON: a proxy or a login page may stand between this runner and CircleCI`
}

/** CircleCI's words in an error's body: its `message`, or the text itself when it is short and plain. */
function wordsOf(text: string): string {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json !== 'object' || json === null || !('message' in json)) return ''
    const {message} = json
    if (message === null) return ''
    const words = typeof message === 'string' ? message.trim() : JSON.stringify(message)
    return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words
  } catch {
    const plain = text.trim()
    return plain.startsWith('<') || plain.length > MAX_PLAIN ? '' : plain
  }
}

function describeTarget(location: string | undefined): string {
  const url = location === undefined ? undefined : parseAddress(location)
  return url === undefined ? '' : ` to ${url.origin}`
}
