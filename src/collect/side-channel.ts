import {AbortedError, UnavailableError} from '../circleci/faults.ts'
import type {CircleCI} from '../circleci/client.ts'
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
export const SIDE_PATIENCE_MS = 15_000
/** So many requests in a row without an answer, and the rest is not even tried. */
const GIVE_UP_AFTER = 3

/**
 * Reads that may fail without changing the verdict. A failed read becomes `undefined` and a sentence; the sentences
 * come out of `finish`, which also gives one warning however many reads failed. Only an abort is passed on.
 */
export interface SideChannel {
  /** Resolves with what `read` does, or with `undefined` when it failed; `what` names it: `the log of job "test"`. */
  attempt<T>(what: string, read: () => Promise<T>): Promise<T | undefined>
  /** One sentence for each read that failed, after one warning with the first of them. */
  finish(): readonly string[]
}

/** Makes a `SideChannel` whose warning begins with `subject`, e.g. `Some logs`. */
export function sideChannel(subject: string, context: CollectContext): SideChannel {
  const failures: string[] = []
  let unanswered = 0
  return {
    attempt: async (what, read) => {
      if (unanswered >= GIVE_UP_AFTER) {
        failures.push(asSentence(`${what} was not requested: CircleCI did not answer`))
        return undefined
      }
      try {
        const value = await read()
        unanswered = 0
        return value
      } catch (error) {
        if (error instanceof AbortedError || context.signal?.aborted === true) throw error
        unanswered = error instanceof UnavailableError ? unanswered + 1 : 0
        failures.push(asSentence(`${what} could not be read: ${errorMessage(error)}`))
        return undefined
      }
    },
    finish: () => {
      if (failures.length > 0) {
        const more = failures.length > 1 ? ` (and ${failures.length - 1} more like it)` : ''
        context.log.warning(
          `${subject} could not be read; this does not change the verdict. ${String(failures[0])}${more}`
        )
      }
      return failures
    }
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
