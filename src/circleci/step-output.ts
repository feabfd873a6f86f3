import {parseAddress} from '../base/address.ts'
import {isPassing, isWebPage} from './answer.ts'
import type {ApiContext} from './api.ts'
import {parseRetryAfter} from './rate-limit.ts'
import {decoded, isEncoded} from './encoding.ts'
import {RefusedError, UnavailableError} from './faults.ts'
import {ShapeError} from '../base/json.ts'
import {decodeOutput, decodeOutputEnd} from './output-text.ts'
import {isSafeAddress, UNSAFE_ADDRESS} from './token-scope.ts'
import type {WireReply} from './transport.ts'
import {WireFault} from './wire-fault.ts'

/** Where the host sends more than was asked for, so much is read to find the end, in bytes. */
const MAX_READ_BYTES = 64 * 1024 * 1024
const MAX_SLACK_BYTES = 1024 * 1024

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
  const url = parseAddress(address)
  if (url === undefined || !isSafeAddress(url, context.host)) {
    throw new RefusedError('GET of a step output', 400, `its address is ${UNSAFE_ADDRESS}`)
  }
  // The query holds the signature: it stays out of every message.
  const request = `GET ${url.origin}${url.pathname}`
  const ask = (headers: Record<string, string>): Promise<WireReply> =>
    open(request, url, headers, context, signal)
  try {
    let reply = await ask({range: `bytes=-${maxBytes}`})
    if (isEncoded(reply) && !fromStart(reply)) {
      // The end of a compressed file cannot be read without its beginning.
      reply.close()
      reply = await ask({})
    }
    return await decodeReply(reply, maxBytes)
  } catch (error) {
    throw toUnavailable(request, error)
  }
}

async function open(
  request: string,
  url: URL,
  headers: Record<string, string>,
  {transport, clock, log}: ApiContext,
  signal: AbortSignal | undefined
): Promise<WireReply> {
  const started = clock.now()
  const reply = await transport.send({
    method: 'GET',
    url,
    headers: {accept: 'application/json', ...headers},
    signal
  })
  const {status} = reply
  log.debug(`${request} → ${status} in ${clock.now() - started} ms`)
  const isPage = isWebPage(reply)
  if ([200, 204, 206, 416].includes(status) && !isPage) return reply
  reply.close()
  if (status < 500 && isPage) {
    // Shown as a log it would only mislead.
    throw new UnavailableError(request, `was answered ${status} with a web page`, {
      processed: 'unknown',
      foreign: true,
      status
    })
  }
  if (!isPassing(status)) throw new RefusedError(request, status, '')
  throw new UnavailableError(request, `was answered ${status}`, {
    processed: 'unknown',
    status,
    retryAfterMs: parseRetryAfter(reply.headers, clock.now())
  })
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
async function lastBytes(
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

function toUnavailable(request: string, error: unknown): unknown {
  if (!(error instanceof WireFault) && !(error instanceof ShapeError)) return error
  return new UnavailableError(request, `failed: ${error.message}`, {
    processed: 'unknown',
    final: error instanceof WireFault && error.certificate,
    cause: error
  })
}
