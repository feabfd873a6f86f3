import {isDeepStrictEqual} from 'node:util'

import type {Log} from '../base/log.ts'
import type {BuiltCommit, Verdict} from '../record/result.ts'
import type {GitHub, StatusFields, StatusState} from './client.ts'
import {GitHubFault, notUpToDate, toFault} from './fault.ts'

/** GitHub's limit for a status's description. */
const MAX_DESCRIPTION = 140

/** White space, controls and marks that reorder text; not the joiner that some emoji are made with. */
const INVISIBLE = /[\s\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** One commit status that input `commit-status` asks for. */
export interface CommitStatusLine {
  /** The status's name on GitHub. */
  readonly context: string
  /** Links the status to the first artifact that matches. */
  readonly artifactGlob: string | undefined
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
  /** Asked for its head commit when the event has none (a comment on a pull request). */
  readonly pullRequest: number | undefined
  readonly log: Pick<Log, 'warning'>
  /** Called with the commit on which statuses are pending from now on, before GitHub is asked. */
  readonly onPending?: ((sha: string) => void) | undefined
}

/** What a status says, but for its name. */
type Said = Omit<StatusFields, 'context'>

/**
 * Keeps the statuses that input `commit-status` names up to date: one request per change and status. Nothing here
 * rejects, and nothing changes the verdict. A missing token, commit or permission is warned about once, after which
 * nothing is tried again.
 */
export class CommitStatuses {
  readonly #options: CommitStatusOptions
  readonly #names: string
  readonly #writers: ReadonlyMap<CommitStatusLine, ReturnType<typeof latestOnly>>
  #eventCommit: Promise<string> | undefined
  #warned = false
  #final = false

  constructor(options: CommitStatusOptions) {
    this.#options = options
    this.#names = options.lines.map(({context}) => `"${context}"`).join(', ')
    this.#writers = new Map(options.lines.map(line => [line, latestOnly(this.#post)]))
  }

  /** Sets every status to pending; resolves when GitHub has the newest wording. */
  async pending(
    description: string,
    targetUrl: string | undefined,
    {subject, revision}: BuiltCommit
  ): Promise<void> {
    if (subject === 'other' && revision === undefined) return
    const sha = subject === 'other' ? revision : undefined
    await this.#setAll(sha, () => ({state: 'pending', description, targetUrl}))
  }

  /**
   * Sets every status to how the run ended. One that follows an artifact links to `artifactUrl(glob)`, its first match,
   * and is an error when there is none although the run succeeded. On the event's own commit it is an error, too, unless
   * CircleCI built just that commit.
   */
  async finish(
    outcome: StatusOutcome,
    artifactUrl: (glob: string) => string | undefined,
    {subject, revision}: BuiltCommit
  ): Promise<void> {
    const {log, lines} = this.#options
    const isBuilt = outcome.pipelineUrl !== undefined && lines.length > 0
    if (subject === 'other' && revision === undefined) {
      // Without a pipeline no commit was built, and the event's has nothing to do with it.
      if (isBuilt) {
        log.warning(
          `The commit status ${this.#names} was not set: CircleCI names no single commit that it built, and the step asked for something other than the event's own ref.`
        )
      }
      return
    }
    const honest =
      subject === 'event' && isBuilt ? await this.#onlyIfBuilt(outcome, revision) : outcome
    await this.#setAll(subject === 'other' ? revision : undefined, line =>
      finalFields(line, honest, artifactUrl)
    )
  }

  async #setAll(sha: string | undefined, sayOf: (line: CommitStatusLine) => Said): Promise<void> {
    const writes = [...this.#writers].map(([line, write]) => {
      const said = sayOf(line)
      const description = fitDescription(said.description)
      const targetUrl = webUrl(said.targetUrl)
      return write({...said, sha, context: line.context, description, targetUrl})
    })
    await Promise.all(writes)
  }

  /** The outcome as it may stand on the event's commit: an error unless CircleCI built that very commit. */
  async #onlyIfBuilt(outcome: StatusOutcome, revision: string | undefined): Promise<StatusOutcome> {
    const sha = await this.#commitOfEvent().catch(() => undefined)
    if (sha !== undefined && sha.toLowerCase() === revision?.toLowerCase()) return outcome
    const problem =
      revision === undefined
        ? 'CircleCI does not say which commit it built'
        : `CircleCI built commit ${revision.slice(0, 10)}, not this one`
    return {...outcome, state: 'error', description: `${problem}. ${outcome.description}`}
  }

  /** Sends a status unless that is known to be useless; resolves with whether GitHub took it. */
  readonly #post = async (
    {sha: built, ...fields}: PlacedStatus,
    superseded: AbortSignal
  ): Promise<boolean> => {
    const {github, onPending} = this.#options
    if (this.#final) return false
    if (github === undefined) {
      this.#warn(undefined)
      return false
    }
    try {
      const sha = built ?? (await this.#commitOfEvent())
      if (fields.state === 'pending') onPending?.(sha)
      await github.createStatus(sha, fields, superseded)
      return true
    } catch (error) {
      // Whether GitHub takes what is newer is still to be seen.
      if (!superseded.aborted || toFault(error).kind !== 'unavailable') this.#warn(error)
      return false
    }
  }

  #warn(error: unknown): void {
    this.#final ||= error === undefined || toFault(error).kind !== 'unavailable'
    if (this.#warned) return
    this.#warned = true
    const subject = `The commit status ${this.#names}`
    this.#options.log.warning(notUpToDate(subject, 'statuses: write', error))
  }

  /** Found once; a failure is tried again. */
  async #commitOfEvent(): Promise<string> {
    const {github, sha, pullRequest} = this.#options
    if (sha !== undefined) return sha
    if (pullRequest === undefined || github === undefined) {
      throw new GitHubFault('refused', 'the event has no commit')
    }
    try {
      this.#eventCommit ??= github.pullRequest(pullRequest).then(({headSha}) => headSha)
      return await this.#eventCommit
    } catch (error) {
      this.#eventCommit = undefined
      throw error
    }
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
  return `${cut.trimEnd()}\u2026`
}

function finalFields(
  {artifactGlob: glob}: CommitStatusLine,
  {state, description, pipelineUrl}: StatusOutcome,
  artifactUrl: (glob: string) => string | undefined
): Said {
  const artifact = glob === undefined ? undefined : webUrl(artifactUrl(glob))
  if (glob !== undefined && artifact === undefined && state === 'success') {
    return {state: 'error', description: `No artifact matches ${glob}`, targetUrl: pipelineUrl}
  }
  return {state, description, targetUrl: artifact ?? pipelineUrl}
}

/** GitHub refuses a status whose link is not http or https. */
function webUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined
}

/** A commit status, and the commit it belongs on; `undefined`: the event's. */
export interface PlacedStatus extends StatusFields {
  readonly sha: string | undefined
}

/**
 * Makes a writer of one commit status that sends changes only, one at a time and in order: what is said while a
 * request is under way is sent after it, and of several such things only the newest. The promise resolves when
 * there is nothing left to send. `post` resolves with whether GitHub took the status; its signal aborts when something
 * newer is to be said.
 */
export function latestOnly(
  post: (fields: PlacedStatus, superseded: AbortSignal) => Promise<boolean>
): (fields: PlacedStatus) => Promise<void> {
  let underWay = new AbortController()
  let wanted: PlacedStatus | undefined
  let taken: PlacedStatus | undefined
  let tail = Promise.resolve()

  const sendNewest = async (): Promise<void> => {
    const fields = wanted
    wanted = undefined
    if (fields === undefined || isDeepStrictEqual(fields, taken)) return
    underWay = new AbortController()
    if (await post(fields, underWay.signal)) taken = fields
  }
  return fields => {
    wanted = fields
    underWay.abort()
    tail = tail.then(sendNewest)
    return tail
  }
}
