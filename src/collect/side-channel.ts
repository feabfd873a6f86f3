import {AbortedError, UnavailableError} from '../circleci/faults.ts'
import type {CallOptions, CircleCI} from '../circleci/client.ts'
import type {Slug} from '../circleci/slug.ts'
import {errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {asSentence} from '../base/text.ts'

/** What everything that is collected from CircleCI needs. */
export interface CollectContext {
  readonly circleci: CircleCI
  readonly slug: Slug
  readonly log: Log
  /** Ends the collecting early; what was asked for then rejects with an `AbortedError`. */
  readonly signal?: AbortSignal | undefined
}

/** How long the faults of one side-channel request are retried, in milliseconds: a report is not worth a long wait. */
const PATIENCE_MS = 15_000
/** So many requests in a row without an answer, and the rest is not even tried. */
const GIVE_UP_AFTER = 3

/** Reads that may fail without changing the verdict: a failed one becomes `undefined` and a sentence. */
export class SideChannel {
  /** How its requests are to be made. */
  readonly options: CallOptions
  private readonly subject: string
  private readonly context: CollectContext
  private readonly failures: string[] = []
  private unanswered = 0

  /** `subject` begins the warning: `Some logs`. */
  constructor(subject: string, context: CollectContext) {
    this.subject = subject
    this.context = context
    this.options = {signal: context.signal, patienceMs: PATIENCE_MS}
  }

  /**
   * Resolves with what `read` does, or with `undefined` when it failed; `what` names it: `the log of job "test"`. Rejects
   * only with an `AbortedError`.
   */
  async attempt<T>(
    what: string,
    read: (options: CallOptions) => Promise<T>
  ): Promise<T | undefined> {
    if (this.unanswered >= GIVE_UP_AFTER) {
      this.failures.push(asSentence(`${what} was not requested: CircleCI did not answer`))
      return undefined
    }
    try {
      const value = await read(this.options)
      this.unanswered = 0
      return value
    } catch (error) {
      if (error instanceof AbortedError || this.context.signal?.aborted === true) throw error
      this.unanswered = error instanceof UnavailableError ? this.unanswered + 1 : 0
      this.failures.push(asSentence(`${what} could not be read: ${errorMessage(error)}`))
      return undefined
    }
  }

  /** One sentence for each read that failed, after one warning with the first of them. */
  finish(): readonly string[] {
    const {failures, subject, context} = this
    const [first] = failures
    if (first !== undefined) {
      const more = failures.length > 1 ? ` (and ${failures.length - 1} more like it)` : ''
      context.log.warning(
        `${subject} could not be read; this does not change the verdict. ${first}${more}`
      )
    }
    return failures
  }
}

/**
 * Lets signals, timers and answers through between two rows of a list that CircleCI may have made as long as it likes;
 * rejects with an `AbortedError` once the signal is aborted.
 */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>(resolve => {
    setImmediate(resolve)
  })
  if (signal?.aborted === true) throw new AbortedError('Reading the report')
}
