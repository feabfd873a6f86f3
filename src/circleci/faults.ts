/**
 * CircleCI answered, and the answer is no: a 4xx (other than 408 and 429) with CircleCI's own JSON, `{"message"}`,
 * `{"error": "text"}` or v3's `{"error": {}}`. A 4xx with anything else is not CircleCI's word. Not asked for again here.
 * Of the hosts of artifacts and outputs, which have no JSON, it is any such 4xx that is not a web page.
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
}

/** What is known of an `UnavailableError` besides its message. */
export interface FaultDetails {
  /**
   * `no`: the request certainly was not acted upon (refused connection, DNS, TLS, proxy refusal, a 429 of CircleCI's
   * own); `unknown` otherwise.
   */
  readonly processed: 'no' | 'unknown'
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
    this.processed = details.processed
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
