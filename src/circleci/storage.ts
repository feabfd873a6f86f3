import {parseAddress} from '../base/text.ts'
import {ShapeError} from '../base/json.ts'
import {isPassing, isWebPage} from './answer.ts'
import type {ApiContext} from './api.ts'
import {RefusedError, UnavailableError, WireFault} from './faults.ts'
import {parseRetryAfter} from './rate-limit.ts'
import type {WireReply, WireRequest} from './transport.ts'

// The hosts that keep artifacts and the outputs of steps: which of them may be asked, which get the token, and what their
// answers mean. They are not CircleCI's API: no JSON, and often a presigned address of another company.

const MAX_REDIRECTS = 5

/** As `URL` spells host names: loopback (RFC 6761, RFC 1122), unspecified, link-local (RFC 3927, RFC 4291) and IPv4 inside IPv6. */
const LOCAL =
  /^(?:(?:.*\.)?localhost\.?|(?:0|127)(?:\.\d+){3}|169\.254(?:\.\d+){2}|\[::1?\]|\[::ffff:.*|\[fe[89ab].*)$/

/**
 * Whether CircleCI's token may go to an address: the configured origin, and over https CircleCI's own hosts, which
 * serve artifacts (`output.circle-artifacts.com`, `<n>-<id>-gh.circle-artifacts.com`). Nothing else, ever.
 */
export function mayCarryToken(url: URL, host: string): boolean {
  if (!isSafeAddress(url, host) || url.username !== '' || url.password !== '') return false
  if (url.origin === new URL(host).origin) return true
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    /(^|\.)(circleci\.com|circle-artifacts\.com)$/.test(url.hostname)
  )
}

/** Whether a host name is this machine's own loopback, the only place where plain http is accepted. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}

/** What an address is that is not safe. */
const UNSAFE_ADDRESS = 'not an https address of another machine'

/**
 * Whether an address that CircleCI sent may be requested at all: over https, and nothing of this machine or its own network
 * segment, where services trust every caller (cloud metadata at 169.254.169.254 for one). A CircleCI that is itself
 * on loopback may point at its neighbours, over plain http too. Private networks are let through: a CircleCI Server keeps
 * its artifacts there.
 */
export function isSafeAddress({protocol, hostname}: URL, host: string): boolean {
  const secure = protocol === 'https:'
  if (isLoopback(new URL(host).hostname)) {
    return secure || (protocol === 'http:' && isLoopback(hostname))
  }
  return secure && !LOCAL.test(hostname)
}

/** A request to a host of files, and which answers are of use. */
interface StorageRequest extends Pick<WireRequest, 'headers' | 'signal' | 'isDownload'> {
  readonly isWanted: (reply: WireReply) => boolean
}

/** A body being received: its status, headers (lower case) and chunks; reading rejects when it is cut or stalls. */
export interface Download {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
  /** Drops the connection; safe at any time. */
  close(): void
}

/** The address of `what`, parsed. Throws a `RefusedError` when it may not be asked. */
export function storageUrl(address: string, what: string, host: string): URL {
  const url = parseAddress(address)
  if (url === undefined || !isSafeAddress(url, host)) {
    throw new RefusedError(`GET of ${what}`, 400, `its address is ${UNSAFE_ADDRESS}`)
  }
  return url
}

/** Asks a host of files once, following no redirect. A web page is no refusal: it is an `UnavailableError`. */
export async function openStorage(
  {transport, clock, log}: ApiContext,
  url: URL,
  {isWanted, ...request}: StorageRequest
): Promise<WireReply> {
  const name = nameOf(url)
  const started = clock.now()
  try {
    const reply = await transport.send({method: 'GET', url, ...request})
    log.debug(`${name} \u2192 ${reply.status} in ${clock.now() - started} ms`)
    if (isWanted(reply)) return reply
    reply.close()
    throw unwanted(name, reply, clock.now())
  } catch (error) {
    throw toUnavailable(url, error)
  }
}

function unwanted(name: string, reply: WireReply, now: number): RefusedError | UnavailableError {
  const {status, headers} = reply
  const foreign = status < 500 && isWebPage(reply)
  if (!foreign && !isPassing(status)) return new RefusedError(name, status, '')
  return new UnavailableError(name, `was answered ${status}${foreign ? ' with a web page' : ''}`, {
    foreign,
    status,
    retryAfterMs: parseRetryAfter(headers, now)
  })
}

/** The error for one that came while an address was asked or its body read. */
export function toUnavailable(url: URL, error: unknown): unknown {
  if (!(error instanceof WireFault) && !(error instanceof ShapeError)) return error
  return new UnavailableError(nameOf(url), `failed: ${error.message}`, {
    final: error instanceof WireFault && error.certificate,
    cause: error
  })
}

/** Method, origin and path, without the query: a presigned address's signature is a secret. */
function nameOf(url: URL): string {
  return `GET ${url.origin}${url.pathname}`
}

/**
 * Opens an artifact. Its host asks for the token of a private project and may redirect to a presigned address on
 * another origin, where the token would be a leak (and is refused: only one way to authenticate). So redirects are
 * followed by hand, the token is left behind at the first change of origin, and https never turns into http.
 */
export async function openArtifact(
  context: ApiContext,
  address: string,
  from: number,
  {signal, ifRange}: {signal?: AbortSignal | undefined; ifRange?: string | undefined} = {}
): Promise<Download> {
  const {host} = context
  const headers: Record<string, string> = {accept: '*/*'}
  if (from > 0) headers['range'] = `bytes=${from}-`
  if (from > 0 && ifRange !== undefined) headers['if-range'] = ifRange
  let url = storageUrl(address, 'an artifact', host)
  if (mayCarryToken(url, host)) headers['circle-token'] = context.token
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const request = {headers: {...headers}, signal, isDownload: true}
    const reply = await openStorage(context, url, {...request, isWanted: isFileOrRedirect})
    if (!isRedirect(reply))
      return {
        ...reply,
        close: () => {
          reply.close()
        },
        body: guarded(url, reply.body)
      }
    reply.close()
    const next = followed(url, reply.headers['location'], host)
    if (next.origin !== url.origin || !mayCarryToken(next, host)) delete headers['circle-token']
    url = next
  }
  throw dead(url, `was redirected more than ${MAX_REDIRECTS} times`)
}

function isRedirect({status}: WireReply): boolean {
  return status >= 300 && status < 400
}

function isFileOrRedirect(reply: WireReply): boolean {
  return reply.status === 200 || reply.status === 206 || isRedirect(reply)
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
  return new UnavailableError(nameOf(url), problem, {final: true})
}

async function* guarded(url: URL, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw toUnavailable(url, error)
  }
}
