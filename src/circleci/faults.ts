/** CircleCI answered, and the answer is no (4xx other than 408 and 429). Never retried. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly status: number
  /** CircleCI's own words, or '' when the body had none. */
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

/**
 * No usable answer came: connection faults, time-outs, cut bodies, 408, 429, 5xx, HTML instead of JSON.
 * `processed` is `no` when the request certainly was not acted upon (refused connection, DNS, TLS, proxy refusal,
 * 429) and `unknown` otherwise. `final` is true when trying again cannot help (a certificate error).
 */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
  readonly request: string
  readonly processed: 'no' | 'unknown'
  readonly final: boolean
  readonly status: number | undefined
  /** What the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    request: string,
    problem: string,
    details: {
      processed: 'no' | 'unknown'
      final?: boolean
      status?: number | undefined
      retryAfterMs?: number | undefined
      cause?: unknown
    }
  ) {
    super(`${request} ${problem}`, {cause: details.cause})
    this.request = request
    this.processed = details.processed
    this.final = details.final ?? false
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
  }
}

/** The caller's signal ended the call. */
export class AbortedError extends Error {
  override readonly name = 'AbortedError'

  constructor(request: string) {
    super(`${request} was abandoned`)
  }
}
