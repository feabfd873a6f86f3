import type {Log} from '../log.ts'
import type {Verdict} from '../result.ts'
import type {GitHub, StatusFields, StatusState} from './client.ts'
import {GitHubFault, toFault} from './fault.ts'
import {latestOnly} from './latest-status.ts'
import type {CommitStatusLine} from './status-lines.ts'
import {oneWarning} from './warning.ts'

/** GitHub's limit for a status's description. */
const MAX_DESCRIPTION = 140

/** White space, controls and marks that reorder text; not the joiner that some emoji are made with. */
const INVISIBLE = /[\s\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** The commit statuses of one run. Nothing here rejects, and nothing changes the verdict. */
export interface CommitStatuses {
  /** Sets every status to pending; resolves when GitHub has the newest wording. */
  pending(description: string, pipelineUrl: string | undefined): Promise<void>
  /**
   * Sets every status to how the run ended. One that follows an artifact links to `artifactUrl(glob)`, its first
   * match, and is an error when there is none although the run succeeded.
   */
  finish(outcome: StatusOutcome, artifactUrl: (glob: string) => string | undefined): Promise<void>
}

/** How a run ended, in a status's words. */
export interface StatusOutcome {
  readonly state: Exclude<StatusState, 'pending'>
  readonly description: string
  readonly pipelineUrl: string | undefined
}

/** What the statuses are set on, and through what. */
export interface CommitStatusOptions {
  /** `undefined` without a `github-token`. */
  readonly github: GitHub | undefined
  readonly lines: readonly CommitStatusLine[]
  /** The event's head commit. */
  readonly sha: string | undefined
  /** Asked for its head commit when the event does not tell (a comment on a pull request). */
  readonly pullRequest: number | undefined
  readonly log: Pick<Log, 'warning'>
}

/**
 * Keeps the statuses that input `commit-status` names up to date: one request per change and status. A missing
 * token, commit or permission is warned about once, after which nothing is tried again.
 */
export function commitStatuses(options: CommitStatusOptions): CommitStatuses {
  const {lines} = options
  const post = statusPoster(options)
  const contexts = lines.map(line => ({line, writer: latestOnly(post)}))
  const setAll = async (
    fieldsOf: (line: CommitStatusLine) => Omit<StatusFields, 'context'>
  ): Promise<void> => {
    await Promise.all(
      contexts.map(({line, writer}) => writer({context: line.context, ...fieldsOf(line)}))
    )
  }
  return {
    pending: (description, pipelineUrl) =>
      setAll(() => ({
        state: 'pending',
        description: fitDescription(description),
        targetUrl: webUrl(pipelineUrl)
      })),
    finish: (outcome, artifactUrl) => setAll(line => finalFields(line, outcome, artifactUrl))
  }
}

/**
 * How a verdict shows in a commit status. A run the user lets pass is a success, one that found a fault in the code
 * a failure; one that ended without finding out (cancelled, timed out) is an error, GitHub's word for just that.
 */
export function statusState(
  verdict: Pick<Verdict, 'conclusion' | 'passes'>
): StatusOutcome['state'] {
  if (verdict.passes) return 'success'
  const {conclusion} = verdict
  return conclusion === 'cancelled' || conclusion === 'timed_out' ? 'error' : 'failure'
}

/** A description of at most 140 characters on one line, cut between characters as people see them. */
export function fitDescription(text: string): string {
  const line = text.replace(INVISIBLE, ' ').trim()
  if (line.length <= MAX_DESCRIPTION) return line
  let cut = ''
  for (const {segment} of new Intl.Segmenter().segment(line.slice(0, 2 * MAX_DESCRIPTION))) {
    if (cut.length + segment.length > MAX_DESCRIPTION - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}

function finalFields(
  line: CommitStatusLine,
  outcome: StatusOutcome,
  artifactUrl: (glob: string) => string | undefined
): Omit<StatusFields, 'context'> {
  const {state, description, pipelineUrl} = outcome
  const glob = line.artifactGlob
  const artifact = glob === undefined ? undefined : webUrl(artifactUrl(glob))
  if (glob !== undefined && artifact === undefined && state === 'success') {
    return {
      state: 'error',
      description: fitDescription(`No artifact matches ${glob}`),
      targetUrl: webUrl(pipelineUrl)
    }
  }
  return {
    state,
    description: fitDescription(description),
    targetUrl: artifact ?? webUrl(pipelineUrl)
  }
}

/** GitHub refuses a status whose link is not http or https. */
function webUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined
}

/** Sends a status unless that is known to be useless; resolves with whether GitHub took it. */
function statusPoster(
  options: CommitStatusOptions
): (fields: StatusFields, superseded: AbortSignal) => Promise<boolean> {
  const {github, lines, sha, pullRequest, log} = options
  const names = lines.map(line => `"${line.context}"`).join(', ')
  const warning = oneWarning(log, `The commit status ${names}`, 'statuses: write')
  let commit: Promise<string> | undefined
  return async (fields, superseded) => {
    if (warning.hasGivenUp()) return false
    if (github === undefined) {
      warning.giveUp(
        'input "github-token" is empty',
        'Leave that input out to use the token of the workflow.'
      )
      return false
    }
    try {
      commit ??= commitOf(github, sha, pullRequest)
      await github.createStatus(await commit, fields, superseded)
      return true
    } catch (error) {
      commit = undefined
      // Whether GitHub takes what is newer is still to be seen.
      if (!superseded.aborted || toFault(error).kind !== 'unavailable') warning.report(error)
      return false
    }
  }
}

function commitOf(
  github: GitHub,
  sha: string | undefined,
  pullRequest: number | undefined
): Promise<string> {
  if (sha !== undefined) return Promise.resolve(sha)
  if (pullRequest !== undefined) return github.headOf(pullRequest)
  return Promise.reject(new GitHubFault('refused', 'the event names no commit'))
}
