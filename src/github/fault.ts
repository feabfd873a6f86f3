import {errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {cut} from '../base/text.ts'

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

/** A limit that does not tell when it ends: GitHub asks for a minute at least. */
const LIMITED_MS = 60_000

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

function kindOf(answer: Answer): GitHubFault['kind'] {
  const {status} = answer
  if (status >= 500 || isLimited(answer)) return 'unavailable'
  if (status === 401) return 'credentials'
  if (status === 403 || status === 404) return 'permission'
  return 'refused'
}

/**
 * Rate limits come as 429, or as 403 that only a header or its words tell from a missing permission; a secondary limit
 * may have no header. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
 * https://github.com/octokit/octokit.net/issues/2466
 */
function isLimited({status, headers, data}: Answer): boolean {
  if (status !== 403) return status === 429
  if (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0') return true
  const {message} = (data ?? {}) as {message?: unknown}
  return typeof message === 'string' && /rate limit/i.test(message.slice(0, 300))
}

function retryAfterOf(answer: Answer): number | undefined {
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN)
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000
  return isLimited(answer) ? LIMITED_MS : undefined
}

/** GitHub's message and, for a 422, what it has against which field; a page of HTML says nothing worth showing. */
function wordsOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return ''
  const {message, errors} = data as {message?: unknown; errors?: unknown}
  if (typeof message !== 'string') return ''
  const details = Array.isArray(errors) && errors.length > 0 ? `: ${JSON.stringify(errors)}` : ''
  return cut(`: ${message}${details}`, 300)
}

/** Tells the user once that a side channel does not work, and remembers whether it ever can. */
export interface OneWarning {
  /** Warns about a problem that no later attempt can mend. */
  giveUp(problem: string, advice: string): void
  /** Warns about a fault; only one that may pass leaves room for later attempts. */
  report(error: unknown): void
  hasGivenUp(): boolean
}

/**
 * Makes the single warning of a side channel. `subject` opens its sentence ("The pull request comment");
 * `permission` is what the workflow's token needs (`pull-requests: write`).
 */
export function oneWarning(
  log: Pick<Log, 'warning'>,
  subject: string,
  permission: string
): OneWarning {
  let warned = false
  let final = false
  const warn = (problem: string, advice: string): void => {
    if (!warned) log.warning(`${subject} is not up to date: ${problem}. ${advice}`)
    warned = true
  }
  return {
    hasGivenUp: () => final,
    giveUp: (problem, advice) => {
      final = true
      warn(problem, advice)
    },
    report: error => {
      const fault = toFault(error)
      final ||= fault.kind !== 'unavailable'
      warn(fault.message, ADVICE[fault.kind](permission))
    }
  }
}

const ADVICE = {
  permission: (permission: string) =>
    `The job needs "permissions: ${permission}", which workflows for pull requests from forks do not get by default.`,
  credentials: () => 'Check input "github-token".',
  unavailable: () => 'The verdict does not depend on it.',
  refused: () => 'The verdict does not depend on it.'
} as const
