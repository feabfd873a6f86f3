import {errorMessage} from '../base/errors.ts'

/**
 * CircleCI answered no: a 4xx (other than 408 and 429) with its own JSON, `{"message"}`, `{"error": "text"}` or v3's
 * `{"error": {}}`. Of the hosts of artifacts and outputs, which have no JSON, it is any 4xx that is not a web page.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly status: number
  /** CircleCI's own words, or '' when there were none. */
  readonly words: string
  /** Method and path, for people: `GET /api/v2/me`. */
  readonly request: string

  constructor(request: string, status: number, words: string) {
    super(`${request} was answered ${status}${words === '' ? '' : `: ${words}`}`)
    this.request = request
    this.status = status
    this.words = words
  }

  /** Why, as a clause: CircleCI's own words, or its status where there were none. */
  get why(): string {
    return this.words || `it answered ${this.status}`
  }
}

/** What is known of an `UnavailableError` besides its message. */
interface FaultDetails {
  /**
   * `no`: the request certainly was not acted upon (refused connection, DNS, TLS, proxy refusal, a 429 of CircleCI's
   * own). `unknown` by default.
   */
  readonly processed?: 'no' | 'unknown'
  /** Trying again cannot help (a certificate error). */
  readonly final?: boolean
  /** Something else answers in CircleCI's place: a 2xx, 3xx or 4xx that is not CircleCI's JSON. Never with a 5xx. */
  readonly foreign?: boolean
  /** The name of the host does not resolve. */
  readonly unresolved?: boolean
  readonly status?: number | undefined
  /** What the server asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

/** No usable answer came: connection faults, time-outs, cut bodies, 408, 429, 5xx, anything but CircleCI's JSON. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
  /** Method and path, for people. */
  readonly request: string
  readonly processed: 'no' | 'unknown'
  readonly final: boolean
  readonly foreign: boolean
  readonly unresolved: boolean
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(request: string, problem: string, details: FaultDetails) {
    super(`${request} ${problem}`, {cause: details.cause})
    this.request = request
    this.processed = details.processed ?? 'unknown'
    this.final = details.final ?? false
    this.foreign = details.foreign ?? false
    this.unresolved = details.unresolved ?? false
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
  }
}

/** The caller's signal ended the call. */
export class AbortedError extends Error {
  override readonly name = 'AbortedError'
  /** False when the request certainly never left. */
  readonly sent: boolean

  constructor(request: string, {sent = true}: {readonly sent?: boolean} = {}) {
    super(`${request} was abandoned`)
    this.sent = sent
  }
}

/** The connection failed. `connected`: whether the request can have left this machine. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
  readonly connected: boolean
  /** A certificate that is not trusted: trying again does not help. */
  readonly certificate: boolean
  /** The host's name does not resolve, now or at all. */
  readonly unresolved: boolean

  constructor(message: string, connected: boolean, cause?: unknown) {
    super(message, {cause})
    this.connected = connected
    this.certificate = !connected && isCertificateError(cause)
    this.unresolved = !connected && /^(ENOTFOUND|EAI_AGAIN)$/.test(codeOf(cause))
  }
}

/** The fault for an error of Node's or of the proxy tunnel's, in words for people, with Node's code. */
export function toWireFault(error: unknown, connected: boolean): WireFault {
  const proxy = proxyProblem(errorMessage(error))
  return new WireFault(proxy ?? describe(error), connected, error)
}

function describe(error: unknown): string {
  const code = codeOf(error)
  const message = causesOf(error).map(errorMessage).join('; ')
  return code === '' || message.includes(code) ? message : `${message} (${code})`
}

/** Where a host has several addresses, Node tries them all and throws an `AggregateError` without a message. */
function causesOf(error: unknown): readonly unknown[] {
  const {errors} = Object(error) as {errors?: unknown}
  return Array.isArray(errors) && errors.length > 0 ? errors : [error]
}

/** The tunnel that @actions/http-client uses gives every failure of a proxy this sentence, and `ECONNRESET` as its code. */
function proxyProblem(message: string): string | undefined {
  const [, status, cause] =
    /^tunneling socket could not be established, (?:statusCode=(\d+)|cause=(.*))$/s.exec(message) ??
    []
  if (status !== undefined) {
    return `the proxy answered ${status}${status === '407' ? ' (it requires credentials)' : ''}`
  }
  return cause === undefined ? undefined : `the proxy cannot be reached: ${cause}`
}

function codeOf(error: unknown): string {
  const {code} = Object(causesOf(error)[0]) as {code?: unknown}
  return typeof code === 'string' ? code : ''
}

/** OpenSSL's verification codes, as Node names them. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isCertificateError(error: unknown): boolean {
  return /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|ERROR_IN_C|HOSTNAME_MISMATCH|PATH_LENGTH_|INVALID_CA|INVALID_PURPOSE)/.test(
    codeOf(error)
  )
}
