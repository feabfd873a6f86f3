import type {CircleCI} from '../circleci/client.ts'
import type {Clock} from '../base/clock.ts'
import type {Job} from '../circleci/model.ts'
import type {Log} from '../base/log.ts'
import type {WorkflowHistory} from '../record/result.ts'
import type {Rollup} from './rollup.ts'
import type {Policies} from './situation.ts'

/** What a wait needs to know and to be able to do. */
export interface WaitContext {
  readonly circleci: CircleCI
  /** Origin of CircleCI, for people. */
  readonly host: string
  readonly clock: Clock
  readonly log: Log
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Aborts when GitHub cancels the step. */
  readonly signal: AbortSignal
  /** Epoch milliseconds at which the wait ends in `timed_out`. */
  readonly deadline: number
  /** The timeout in words, such as `1h 00m`. */
  readonly timeoutText: string
  readonly pipeline: WatchedPipeline
  readonly settings: WaitSettings
  /** Earlier runs of a workflow; `undefined` when there are none or they could not be read. */
  readonly historyOf: (workflow: string) => Promise<WorkflowHistory | undefined>
  /** Told after every poll. */
  readonly onProgress: (progress: Progress) => void
}

/** The pipeline to wait for. */
export interface WatchedPipeline {
  /** Whether this step has just triggered it: nothing of it is older than the wait. */
  readonly isNew: boolean
  readonly id: string
  readonly number: number
  readonly url: string
  readonly createdAt: string
  /** Its workflows' pages. */
  readonly workflowUrl: (workflowId: string) => string
}

/** The inputs that shape a wait. */
export interface WaitSettings {
  readonly policies: Policies
  /** Names or globs of the workflows that decide; empty: all. */
  readonly workflows: readonly string[]
  /** Names or globs of approval jobs to approve. */
  readonly approve: readonly string[]
  readonly rerunFailed: number
  /** Ids of failed attempts whose rerun was asked for before the wait began. */
  readonly rerunsAsked: readonly string[]
  /** `undefined`: by the schedule. */
  readonly pollIntervalMs: number | undefined
}

/** What a poll found out, for whoever shows it. */
export interface Progress {
  readonly rollup: Rollup
  /** State as last read. */
  readonly state: string | undefined
  /** Jobs of a workflow, where they were read anyway. */
  readonly jobsOf: (workflowId: string) => readonly Job[] | undefined
  /** Histories known so far, by workflow name. */
  readonly histories: ReadonlyMap<string, WorkflowHistory>
  /** Holds of a workflow that wait for a person, by name. */
  readonly holdsOf: (workflowId: string) => readonly string[]
}
