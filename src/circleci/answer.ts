import {cut, parseAddress} from '../base/text.ts'
import {errorMessage} from '../base/errors.ts'
import {parseRetryAfter} from './rate-limit.ts'
import {decoded} from './encoding.ts'
import {RefusedError, UnavailableError, WireFault} from './faults.ts'
import {isObject, ShapeError, type Json} from '../base/json.ts'
import type {WireReply} from './transport.ts'

/** No answer of the API comes near this; more is not read. Parsing so much takes a second or two, whatever it holds. */
const MAX_BODY_BYTES = 16 * 1024 * 1024
/** Longest plain text in an error's body that is taken for words, and most that is shown of a message, in characters. */
const MAX_PLAIN = 300
const MAX_WORDS = 2000

const NOTHING = 'nothing instead of JSON'
const OTHER_JSON = "JSON that is not CircleCI's"

/** A request and what came back. */
export interface Answer {
  /** Method and path, for people. */
  readonly request: string
  /** Origin of CircleCI. */
  readonly host: string
  readonly reply: WireReply
  /** When its headers came, by our clock. */
  readonly at: number
  /** CircleCI's time then, as far as it was known before; ours where it was not. */
  readonly serverNow: number
}

/** Whether a status is one that passes: overload, a time-out, a fault of the server's. Trying again may help. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

/** Whether a host of files sent a web page, which is a proxy's refusal or a login: their own are text, XML or JSON. */
export function isWebPage({headers}: Pick<WireReply, 'headers'>): boolean {
  return /^\s*text\/html/i.test(headers['content-type'] ?? '')
}

/**
 * What a 2xx says: `decode` is handed its JSON, `undefined` when it is empty. Everything else rejects: with a
 * `RefusedError` for a 4xx in CircleCI's JSON, a `WireFault` for a 2xx that is cut, and an `UnavailableError` for what may
 * pass, for what cannot be read or decoded, and for what is not CircleCI's word.
 */
export async function readAnswer<T>(answer: Answer, decode: (json: Json) => T): Promise<T> {
  const {status} = answer.reply
  if (status >= 200 && status < 300) {
    return decodeSafely(answer, parseJson(answer, await readText(answer)), decode)
  }
  const text = await readText(answer).catch(nothingUnlessAborted)
  if (isPassing(status)) throw passing(answer, text)
  const words = text === undefined ? undefined : wordsOfJson(text)
  if (status >= 400 && words !== undefined) throw new RefusedError(answer.request, status, words)
  // A redirect says it all, whatever becomes of its body.
  if (text !== undefined || status < 400) throw foreign(answer, kindOf(text ?? ''))
  const problem = `was answered ${status}, with a body that cannot be read`
  throw new UnavailableError(answer.request, problem, {status})
}

/** The fault of an answer that is nothing CircleCI would say. */
function foreign(answer: Answer, what: string, cause?: unknown): UnavailableError {
  const {request, host, reply, serverNow} = answer
  const {status, headers} = reply
  const redirect = status >= 300 && status < 400
  const said = redirect ? `, a redirect${targetOf(headers['location'])}` : ` with ${what}`
  return new UnavailableError(
    request,
    `was answered ${status}${said}: something at ${host} answers in CircleCI's place (a proxy, a login page, or another server)`,
    {foreign: true, status, retryAfterMs: parseRetryAfter(headers, serverNow), cause}
  )
}

/** The fault of an answer that may be CircleCI's, and is of no use. */
function unusable({request, reply}: Answer, problem: string, cause: unknown): UnavailableError {
  const {status} = reply
  return new UnavailableError(request, `was answered with ${problem}`, {status, cause})
}

/** Whatever a decoder throws is a fault of the answer: no answer may end a wait by its shape. */
function decodeSafely<T>(answer: Answer, json: Json, decode: (json: Json) => T): T {
  try {
    return decode(json)
  } catch (error) {
    if (json === undefined) throw foreign(answer, NOTHING, error)
    if (!isObject(json)) throw foreign(answer, OTHER_JSON, error)
    throw unusable(answer, `unexpected JSON (${errorMessage(error)})`, error)
  }
}

/** CircleCI's own words for a 429 are JSON, and have been seen as plain text ("Rate limited."). */
function passing(answer: Answer, text: string | undefined): UnavailableError {
  const {request, reply, serverNow} = answer
  const {status, headers} = reply
  const said = text === undefined ? undefined : wordsOfJson(text)
  const words = said ?? plainWords(text ?? '')
  if (status < 500 && text !== undefined && said === undefined && words === '') {
    return foreign(answer, kindOf(text))
  }
  return new UnavailableError(
    request,
    `was answered ${status}${words === '' ? '' : ` (${words})`}`,
    {
      processed: status === 429 && said !== undefined ? 'no' : 'unknown',
      status,
      retryAfterMs: parseRetryAfter(headers, serverNow)
    }
  )
}

/** A byte order mark, which some proxies put in front, is left out. */
async function readText(answer: Answer): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of decoded(answer.reply)) {
      size += chunk.length
      if (size > MAX_BODY_BYTES) throw new ShapeError(`more than ${MAX_BODY_BYTES} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof ShapeError ? unusable(answer, error.message, error) : error
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function nothingUnlessAborted(error: unknown): undefined {
  if (!(error instanceof WireFault) && !(error instanceof UnavailableError)) throw error
}

function parseJson(answer: Answer, text: string): Json {
  // Nothing is a fine answer to a cancel; a decoder that needs an object rejects it.
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!/^\s*[[{]/.test(text)) throw foreign(answer, kindOf(text), cause)
    throw unusable(answer, 'broken JSON: it may have been cut on the way', cause)
  }
}

/** CircleCI's words, '' when they are empty; `undefined` when the text is not what CircleCI sends with an error. */
function wordsOfJson(text: string): string | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(json)) return undefined
  const {message, error} = json as {message?: unknown; error?: unknown}
  const words = [message, error].find(value => typeof value === 'string')
  if (typeof words === 'string') return cut(words.trim(), MAX_WORDS)
  if (!isObject(error)) return undefined
  // API v3: {"error": {"type", "id", "title", "detail", "source"}}.
  const {title, detail} = error as {title?: unknown; detail?: unknown}
  return cut(
    [title, detail]
      .filter(part => typeof part === 'string')
      .join(': ')
      .trim(),
    MAX_WORDS
  )
}

/** An error's body that is short and plain text. */
function plainWords(text: string): string {
  const plain = text.trim()
  return /^[<[{"]/.test(plain) || plain.length > MAX_PLAIN ? '' : plain
}

function kindOf(text: string): string {
  const start = text.trim()[0]
  if (start === undefined) return NOTHING
  if (start === '<') return 'HTML instead of JSON'
  if (/[[{"]/.test(start)) return OTHER_JSON
  const words = plainWords(text)
  return `text instead of JSON${words === '' ? '' : ` ("${words}")`}`
}

function targetOf(location: string | undefined): string {
  const url = location === undefined ? undefined : parseAddress(location)
  return url === undefined ? '' : ` to ${url.origin}`
}
