import {errorMessage} from '../errors.ts'

/**
 * GitHub's API did not do what was asked. `permission`: 403 or 404, which is how GitHub also hides what a token may
 * not see; `credentials`: 401; `unavailable`: no answer, 5xx or a rate limit, worth another try; `refused`: the rest.
 */
export class GitHubFault extends Error {
  override readonly name = 'GitHubFault'
  readonly kind: 'permission' | 'credentials' | 'unavailable' | 'refused'
  /** What GitHub asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    kind: GitHubFault['kind'],
    problem: string,
    options: {retryAfterMs?: number | undefined; cause?: unknown} = {}
  ) {
    super(problem, {cause: options.cause})
    this.kind = kind
    this.retryAfterMs = options.retryAfterMs
  }
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly data: unknown
}

/** Turns anything Octokit rejects with into a `GitHubFault`, with GitHub's own words where it gave any. */
export function toFault(error: unknown): GitHubFault {
  if (error instanceof GitHubFault) return error
  const answer = answerOf(error)
  if (answer === undefined) {
    const problem = `GitHub could not be reached: ${errorMessage(rootOf(error))}`
    return new GitHubFault('unavailable', problem, {cause: error})
  }
  const problem = `GitHub answered ${answer.status}${wordsOf(answer.data)}`
  return new GitHubFault(kindOf(answer), problem, {
    cause: error,
    retryAfterMs: retryAfterOf(answer)
  })
}

function answerOf(error: unknown): Answer | undefined {
  if (typeof error !== 'object' || error === null || !('response' in error)) return undefined
  return error.response as Answer | undefined
}

/** What is at the bottom: fetch only says "fetch failed", and its cause why. */
function rootOf(error: unknown): unknown {
  let root = error
  for (let depth = 0; depth < 5; depth += 1) {
    if (typeof root !== 'object' || root === null || !('cause' in root)) break
    if (root.cause === undefined || root.cause === null) break
    root = root.cause
  }
  return root
}

function kindOf({status, headers}: Answer): GitHubFault['kind'] {
  // Rate limits come as 429 or as 403 with one of these: https://docs.github.com/en/rest/using-the-rest-api
  const isLimited = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0'
  if (status === 429 || status >= 500 || (status === 403 && isLimited)) return 'unavailable'
  if (status === 401) return 'credentials'
  if (status === 403 || status === 404) return 'permission'
  return 'refused'
}

function retryAfterOf({headers}: Answer): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

/** GitHub's message and, for a 422, what it has against which field; a page of HTML says nothing worth showing. */
function wordsOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return ''
  const {message, errors} = data as {message?: unknown; errors?: unknown}
  if (typeof message !== 'string') return ''
  const details = Array.isArray(errors) && errors.length > 0 ? `: ${JSON.stringify(errors)}` : ''
  const words = `: ${message}${details}`
  return words.length > 300 ? `${words.slice(0, 299)}…` : words
}
