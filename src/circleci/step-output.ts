import type {ApiContext} from './api.ts'
import type {CallOptions} from './client.ts'
import {RefusedError, UnavailableError} from './faults.ts'
import {isLoopback} from './token-scope.ts'
import {API_TIMEOUTS, WireFault, type WireReply} from './transport.ts'

/**
 * The end of a step's output. CircleCI keeps it as JSON (`[{"type","time","message"}]`) at a presigned address: any
 * credential sent along would leak and be refused. At most `maxBytes` are read: of a longer output the last ones,
 * where the host allows ranges, else the first.
 */
export async function readStepOutput(
  context: ApiContext,
  address: string,
  maxBytes: number,
  options: CallOptions = {}
): Promise<{text: string; cut: boolean}> {
  const url = URL.canParse(address) ? new URL(address) : undefined
  // The query holds the signature: it stays out of every message.
  const request = `GET ${url === undefined ? 'of a step output' : url.origin + url.pathname}`
  if (
    url === undefined ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
  ) {
    throw new RefusedError(request, 400, 'its address is not an https address')
  }
  const started = context.clock.now()
  try {
    const reply = await context.transport.send({
      method: 'GET',
      url,
      headers: {accept: 'application/json', range: `bytes=-${maxBytes}`},
      signal: options.signal,
      timeouts: API_TIMEOUTS
    })
    context.log.debug(`${request} → ${reply.status} in ${context.clock.now() - started} ms`)
    if (reply.status === 204 || reply.status === 416) {
      reply.close()
      return {text: '', cut: false}
    }
    if (reply.status !== 200 && reply.status !== 206) {
      reply.close()
      throw new RefusedError(request, reply.status, '')
    }
    return await decodeReply(reply, maxBytes)
  } catch (error) {
    if (!(error instanceof WireFault)) throw error
    throw new UnavailableError(request, `failed: ${error.message}`, {
      processed: 'no',
      cause: error
    })
  }
}

async function decodeReply(
  reply: WireReply,
  maxBytes: number
): Promise<{text: string; cut: boolean}> {
  const chunks: Uint8Array[] = []
  let size = 0
  let complete = true
  for await (const chunk of reply.body) {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBytes) {
      complete = false
      break
    }
  }
  reply.close()
  const text = Buffer.concat(chunks).toString('utf8')
  const fromStart =
    reply.status === 200 || (reply.headers['content-range'] ?? '').startsWith('bytes 0-')
  return decodeOutput(text, fromStart, fromStart && complete)
}

/**
 * Joins the messages of an output. `text` may be a piece cut out of the JSON (its end when `fromStart` is false): then
 * whatever complete or broken-off messages it holds are joined.
 */
export function decodeOutput(
  text: string,
  fromStart: boolean,
  whole: boolean
): {text: string; cut: boolean} {
  if (whole) {
    try {
      const parsed: unknown = JSON.parse(text)
      if (Array.isArray(parsed)) return {text: parsed.map(messageOf).join(''), cut: false}
      if (typeof parsed === 'string') return {text: parsed, cut: false}
    } catch {
      // Not JSON: shown as it is, like the raw logs some servers keep.
    }
    return {text, cut: false}
  }
  const pieces: string[] = []
  if (!fromStart) pieces.push(brokenOffStart(text))
  for (const match of text.matchAll(/"message"\s*:\s*"((?:[^"\\]|\\.)*)("?)/gs)) {
    pieces.push(unescape(match[1] ?? ''))
  }
  return {text: pieces.join(''), cut: true}
}

function messageOf(item: unknown): string {
  if (typeof item !== 'object' || item === null || !('message' in item)) return ''
  return typeof item.message === 'string' ? item.message : ''
}

/** The rest of a message whose beginning was cut off: up to its closing quote, from the first whole line on. */
function brokenOffStart(text: string): string {
  const end = /^((?:[^"\\]|\\.)*)"\s*[,}]/s.exec(text)
  const rest = end?.[1]
  if (rest === undefined) return ''
  const line = rest.indexOf('\\n')
  return line === -1 ? '' : unescape(rest.slice(line + 2))
}

function unescape(piece: string): string {
  // A piece may end inside an escape; what is left of it is dropped.
  const whole = piece.replace(/\\(u[0-9a-fA-F]{0,3})?$/, '')
  try {
    return JSON.parse(`"${whole}"`) as string
  } catch {
    return whole
  }
}
