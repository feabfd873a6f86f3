import {parseAddress} from '../base/address.ts'
import {isPassing, isWebPage} from './answer.ts'
import type {ApiContext} from './api.ts'
import {parseRetryAfter} from './rate-limit.ts'
import type {Download} from './client.ts'
import {RefusedError, UnavailableError} from './faults.ts'
import {isSafeAddress, mayCarryToken, UNSAFE_ADDRESS} from './token-scope.ts'
import type {WireReply} from './transport.ts'
import {WireFault} from './wire-fault.ts'

const MAX_REDIRECTS = 5

/**
 * Opens an artifact. Its host asks for the token of a private project and may redirect to a presigned address on
 * another origin, where the token would be a leak (and is refused: only one way to authenticate). So redirects are
 * followed by hand, the token is left behind at the first change of origin, and https never turns into http.
 */
export async function openArtifact(
  context: ApiContext,
  address: string,
  from: number,
  options: {signal?: AbortSignal | undefined; ifRange?: string | undefined} = {}
): Promise<Download> {
  let url = safeAddress(address, context.host)
  let token = mayCarryToken(url, context.host) ? context.token : undefined
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const reply = await open(context, url, from, token, options)
    if (reply.status < 300 || reply.status >= 400) return accept(nameOf(url), reply)
    reply.close()
    const next = followed(url, reply.headers['location'], context.host)
    if (next.origin !== url.origin || !mayCarryToken(next, context.host)) token = undefined
    url = next
  }
  throw dead(url, `was redirected more than ${MAX_REDIRECTS} times`)
}

/** Method, origin and path, without the query: a presigned address's signature is a secret. */
function nameOf(url: URL): string {
  return `GET ${url.origin}${url.pathname}`
}

function safeAddress(address: string, host: string): URL {
  const url = parseAddress(address)
  if (url === undefined || !isSafeAddress(url, host)) {
    throw new RefusedError('GET of an artifact', 400, `its address is ${UNSAFE_ADDRESS}`)
  }
  return url
}

function followed(url: URL, location: string | undefined, host: string): URL {
  const next = location === undefined ? undefined : parseAddress(location, url)
  if (next === undefined || !/^https?:$/.test(next.protocol)) {
    throw dead(url, 'was redirected without an address')
  }
  if (!isSafeAddress(next, host) || (url.protocol === 'https:' && next.protocol === 'http:')) {
    throw dead(url, `was redirected to ${next.origin}, which is ${UNSAFE_ADDRESS}: refused`)
  }
  return next
}

function dead(url: URL, problem: string): UnavailableError {
  return new UnavailableError(nameOf(url), problem, {processed: 'unknown', final: true})
}

async function open(
  {transport, log, clock}: ApiContext,
  url: URL,
  from: number,
  token: string | undefined,
  options: {signal?: AbortSignal | undefined; ifRange?: string | undefined}
): Promise<WireReply> {
  const started = clock.now()
  const headers: Record<string, string> = {accept: '*/*'}
  if (token !== undefined) headers['circle-token'] = token
  if (from > 0) headers['range'] = `bytes=${from}-`
  if (from > 0 && options.ifRange !== undefined) headers['if-range'] = options.ifRange
  try {
    const reply = await transport.send({
      method: 'GET',
      url,
      headers,
      signal: options.signal,
      isDownload: true
    })
    log.debug(`${nameOf(url)} → ${reply.status} in ${clock.now() - started} ms`)
    if (isPassing(reply.status)) {
      reply.close()
      throw new UnavailableError(nameOf(url), `was answered ${reply.status}`, {
        processed: 'no',
        status: reply.status,
        retryAfterMs: parseRetryAfter(reply.headers, clock.now())
      })
    }
    return reply
  } catch (error) {
    throw toUnavailable(nameOf(url), error)
  }
}

function accept(request: string, reply: WireReply): Download {
  if (reply.status !== 200 && reply.status !== 206) {
    reply.close()
    if (isWebPage(reply)) {
      throw new UnavailableError(request, `was answered ${reply.status} with a web page`, {
        processed: 'unknown',
        foreign: true,
        status: reply.status
      })
    }
    throw new RefusedError(request, reply.status, '')
  }
  return {
    status: reply.status,
    headers: reply.headers,
    close: () => {
      reply.close()
    },
    body: guarded(request, reply.body)
  }
}

async function* guarded(
  request: string,
  body: AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw toUnavailable(request, error)
  }
}

function toUnavailable(request: string, error: unknown): unknown {
  if (!(error instanceof WireFault)) return error
  return new UnavailableError(request, `failed: ${error.message}`, {
    processed: 'no',
    final: error.certificate,
    cause: error
  })
}
