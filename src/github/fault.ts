import type {Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {ShapeError} from '../base/json.ts'
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

/** A limit without an end: GitHub asks for a minute at least. */
const LIMITED_MS = 60_000

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly data: unknown
}

/** Turns anything a call rejects with into a `GitHubFault`, with GitHub's own words where it gave any. */
export function toFault(error: unknown): GitHubFault {
  if (error instanceof GitHubFault) return error
  if (error instanceof ShapeError) {
    const problem = "GitHub's answer was incomplete or not what its API documents"
    return new GitHubFault('unavailable', problem, {cause: error})
  }
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

/** The first cause: fetch only says "fetch failed", and its cause why. */
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
 * Rate limits come as 429, or as a 403 that only a header or its message distinguishes from a missing permission; a
 * secondary limit may have no header. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
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

/** GitHub's message and, for a 422, its errors by field; a page of HTML says nothing worth showing. */
function wordsOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return ''
  const {message, errors} = data as {message?: unknown; errors?: unknown}
  if (typeof message !== 'string') return ''
  const details = Array.isArray(errors) && errors.length > 0 ? `: ${JSON.stringify(errors)}` : ''
  return cut(`: ${message}${details}`, 300)
}

/** How long one request may take, in milliseconds, and how long once the step has been cancelled. */
const TIMEOUT_MS = {usual: 10_000, hurried: 2_000}
/** What is waited before the second and the third attempt, unless GitHub asks for more. */
const RETRY_DELAYS_MS: readonly number[] = [1_000, 3_000]
/** More patience than this is not worth a side channel. */
const MAX_RETRY_AFTER_MS = 10_000

/** What limits all calls to GitHub. */
export interface AttemptOptions {
  readonly clock: Clock
  /** Once aborted there is little time: one attempt each, of two seconds. */
  readonly cancelled?: AbortSignal | undefined
  /** Once aborted there is none: nothing is sent, and what is under way is given up for the signal's reason. */
  readonly closed?: AbortSignal | undefined
}

/** How often one call may be attempted. */
export interface Attempts {
  /** A single time: what it does may have been done though no answer came. */
  readonly once?: boolean
  /** Not again once aborted: something newer is to be said. */
  readonly superseded?: AbortSignal | undefined
}

/**
 * Returns a function that makes a call until it is answered, three times at most; each attempt gets a signal that aborts
 * it after ten seconds. It rejects with a `GitHubFault`, at once when `closed` aborts. A rate limit that is too long to
 * wait for applies to all calls: nothing is sent until it ends, because GitHub bans clients that continue.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function attempter(options: AttemptOptions) {
  const {clock, cancelled, closed} = options
  let limit = {until: -Infinity, fault: new GitHubFault('unavailable', '')}
  return async <T>(
    call: (signal: AbortSignal) => Promise<T>,
    {once = false, superseded}: Attempts = {}
  ): Promise<T> => {
    if (clock.now() < limit.until) throw limit.fault
    const ends = [superseded, closed].filter(signal => signal !== undefined)
    const isOver = (): boolean => ends.some(({aborted}) => aborted)
    for (let made = 0; ; made += 1) {
      try {
        return await attemptOnce(options, call)
      } catch (error) {
        const fault = toFault(error)
        const {kind, retryAfterMs = 0} = fault
        if (retryAfterMs > MAX_RETRY_AFTER_MS) limit = {until: clock.now() + retryAfterMs, fault}
        const delay = once ? Infinity : (RETRY_DELAYS_MS[made] ?? Infinity)
        const wait = Math.max(delay, retryAfterMs)
        const isLast = kind !== 'unavailable' || wait > MAX_RETRY_AFTER_MS
        if (isLast || cancelled?.aborted === true || isOver()) throw fault
        await clock.sleep(wait, AbortSignal.any([...ends, ...(cancelled ? [cancelled] : [])]))
        if (isOver()) throw fault
      }
    }
  }
}

async function attemptOnce<T>(
  {clock, cancelled, closed}: AttemptOptions,
  call: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  closed?.throwIfAborted()
  const controller = new AbortController()
  const signal = AbortSignal.any([controller.signal, ...(closed ? [closed] : [])])
  const stop = limitTime(clock, cancelled, TIMEOUT_MS, ms => {
    controller.abort(new Error(`no answer within ${ms / 1000} s`))
  })
  // Also where the call does not listen to the signal.
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', abort, {once: true})
  })
  try {
    return await Promise.race([call(signal), aborted])
  } finally {
    stop()
  }
}

/**
 * Calls `expire` when the usual time is over, or, once the step has been cancelled, the hurried one, with that time in
 * milliseconds. Returns what calls it off.
 */
export function limitTime(
  clock: Clock,
  cancelled: AbortSignal | undefined,
  {usual, hurried}: {readonly usual: number; readonly hurried: number},
  expire: (ms: number) => void
): () => void {
  const stops: (() => void)[] = []
  const arm = (ms: number): void => {
    const alarm = (): void => {
      expire(ms)
    }
    stops.push(clock.alarm(ms, alarm))
  }
  const hurry = (): void => {
    arm(hurried)
  }
  arm(cancelled?.aborted === true ? hurried : usual)
  cancelled?.addEventListener('abort', hurry, {once: true})
  return () => {
    cancelled?.removeEventListener('abort', hurry)
    for (const stop of stops) stop()
  }
}

/**
 * Says why a status or comment is not up to date, and what to do. `subject` opens the sentence ("The pull request comment");
 * `permission` is what the workflow's token needs (`pull-requests: write`); `error`: `undefined` when there is no token.
 */
export function notUpToDate(subject: string, permission: string, error: unknown): string {
  const said = `${subject} is not up to date:`
  if (error === undefined) {
    return `${said} input "github-token" is empty. Leave that input out to use the token of the workflow.`
  }
  const {kind, message} = toFault(error)
  const advice = {
    permission: `The job needs "permissions: ${permission}", which workflows for pull requests from forks do not get by default.`,
    credentials: 'Check input "github-token".',
    unavailable: 'The verdict does not depend on it.',
    refused: 'The verdict does not depend on it.'
  }
  return `${said} ${message}. ${advice[kind]}`
}
