import type {CircleCI} from '../circleci/client.ts'
import type {Slug} from '../circleci/slug.ts'
import type {Log} from '../base/log.ts'

/** What everything that is collected from CircleCI needs. */
export interface CollectContext {
  readonly circleci: CircleCI
  readonly slug: Slug
  readonly log: Log
  /** Ends the collecting early; what was asked for then rejects with an `AbortedError`. */
  readonly signal?: AbortSignal | undefined
}
