import type {PipelineMessage} from '../circleci/model.ts'
import type {Verdict} from '../record/result.ts'
import type {Attempt} from '../record/result.ts'
import type {Rollup} from './rollup.ts'

/** The policies that the verdict table leaves to the user. */
export interface Policies {
  readonly failFast: boolean
  readonly onHold: 'wait' | 'fail' | 'succeed'
  readonly onNoWorkflows: 'fail' | 'succeed'
}

/** Everything known about a pipeline at one moment. All durations are of our own clock, since something was seen here. */
export interface Situation {
  /** State as last read, and the errors that came with it; `undefined` until it was read. */
  readonly state: string | undefined
  readonly errors: readonly PipelineMessage[]
  readonly rollup: Rollup
  /** Milliseconds that the pipeline has been `created`; 0 while it is not. */
  readonly createdForMs: number
  /** Milliseconds since the newest workflow was first seen; `Infinity` without workflows. */
  readonly newestAgeMs: number
  /** Milliseconds since a row without an id was last listed; `Infinity`: never. */
  readonly anonymousForMs: number
  /** Milliseconds since a workflow was first seen ended, by id. */
  readonly stoppedForMs: (attempt: Attempt) => number
  /** Whether this step will rerun (or has asked to rerun) the failed attempt. */
  readonly rerunAhead: (attempt: Attempt) => boolean
  /** Approval jobs of a workflow that only a person can approve now; `undefined` when something else goes on in it. */
  readonly onlyHolds: (attempt: Attempt) => readonly string[] | undefined
  /** Whether the last listing was asked for after everything else here was known, and told nothing new. */
  readonly confirmed: boolean
  readonly policies: Policies
}

/** What to do now: end with a verdict, or look again. */
export type Decision =
  | {readonly kind: 'verdict'; readonly verdict: Verdict; readonly deciders: readonly Attempt[]}
  | {
      readonly kind: 'wait'
      /** Milliseconds after which the same facts give another decision; `undefined`: never. */
      readonly withinMs?: number
      /** True when only holds are left and the policy is to wait for them. */
      readonly held?: boolean
      /** True when all that is missing is one more listing that says the same. */
      readonly unconfirmed?: boolean
    }
