/** The hosts a simulator has, each on a port, and so an origin, of its own. */
export type HostName = 'api' | 'artifacts' | 'storage' | 'output'

/** A request as it came over the wire. */
export interface ApiRequest {
  readonly host: HostName
  readonly method: string
  /** Still percent-encoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * Returns a request's JSON, or undefined when it is not declared as JSON: CircleCI then ignores the body and goes on
 * with the defaults.
 * @throws SyntaxError
 */
export function jsonBody({headers, body}: ApiRequest): unknown {
  const declared = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (declared !== 'application/json' || body.length === 0) return undefined
  return JSON.parse(body.toString('utf8'))
}
