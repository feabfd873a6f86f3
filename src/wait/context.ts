import type {CircleCI} from '../circleci/client.ts'
import type {Clock} from '../base/clock.ts'
import type {Job, PipelineMessage} from '../circleci/model.ts'
import type {Log} from '../base/log.ts'
import type {Attempt, PipelineInfo, Verdict, WorkflowHistory} from '../record/result.ts'
import type {Decider} from './deciders.ts'
import type {JobMatcher} from './jobs.ts'
import type {RetryOptions} from './patience.ts'
import type {Rollup} from './rollup.ts'

/** What a wait needs to know and to be able to do. */
export interface WaitContext {
  readonly circleci: CircleCI
  /** Origin of CircleCI, for people. */
  readonly host: string
  readonly clock: Clock
  readonly log: Log
  /** Aborts when GitHub cancels the step. */
  readonly signal: AbortSignal
  /** Epoch milliseconds at which the wait ends in `timed_out`. */
  readonly deadline: number
  readonly pipeline: WatchedPipeline
  readonly settings: WaitSettings
  /** Earlier runs of a workflow; `undefined` when there are none or they could not be read. */
  readonly historyOf: (workflow: string) => Promise<WorkflowHistory | undefined>
  /** How many pipelines the step waits for, this one among them: they share its requests. */
  readonly waits: () => number
  /** Whether a line of an input matches something in another pipeline that is read as one with this. */
  readonly matchedElsewhere: (input: MatchedInput, line: string) => boolean
  /** Called after every poll. */
  readonly onProgress: (progress: Progress) => void
}

/** The inputs that list names of what a pipeline has. */
export type MatchedInput = 'workflows' | 'jobs' | 'approve'

/** The pipeline to wait for. */
export interface WatchedPipeline extends Pick<PipelineInfo, 'id' | 'number' | 'url' | 'createdAt'> {
  /** Whether this step has just triggered it: nothing of it is older than the wait. */
  readonly isNew: boolean
  /** Its workflows' pages. */
  readonly workflowUrl: (workflowId: string) => string
}

/** The policies that the verdict table leaves to the user. */
export interface Policies {
  readonly failFast: boolean
  readonly onHold: 'wait' | 'fail' | 'succeed'
  readonly onNoWorkflows: 'fail' | 'succeed'
}

/** The inputs that shape a wait, and what else the step wants of it. */
export interface WaitSettings extends Policies {
  /** Names or globs of the workflows that decide; empty: all. */
  readonly workflows: readonly string[]
  /** Names or globs of the jobs that decide; empty: whole workflows do. */
  readonly jobs: readonly string[]
  /** Names or globs of approval jobs to approve. */
  readonly approve: readonly string[]
  readonly rerunFailed: number
  /** `undefined`: by the schedule. */
  readonly pollIntervalSeconds: number | undefined
  readonly timeoutSeconds: number
  /** What ends the wait: the verdict, or that everything in `approve` is approved. */
  readonly goal: 'verdict' | 'approval'
  /** Ids of failed attempts whose rerun was asked for before the wait began. */
  readonly rerunsAsked: readonly string[]
}

/** What a wait looks at until there is a verdict: a pipeline, or several that are read as one. */
export interface Watched {
  /** Begins a sentence about all of it. */
  readonly name: string
  /**
   * Looks once. Rejects like the client does when what the verdict hangs on cannot be read. With `act` false nothing is
   * approved and nothing rerun.
   */
  look(signal: AbortSignal, retry: RetryOptions, act?: boolean): Promise<Decision>
  /** Milliseconds until an answer is likely to be another one, after a look that decided this. */
  nextLookInMs(decision: Decision): number
  /** Hands the progress to whoever shows it. */
  showProgress(): void
  /** Reads the jobs of everything unfinished, so that `rest` knows what waits for a person. */
  lookForHolds(signal: AbortSignal): Promise<void>
  /** What is still waited for. */
  rest(): Rest
}

/** What a wait has not seen when its time is over. */
export interface Rest {
  /** Unfinished workflows, decide they or not; with the input `jobs` the jobs that decide. */
  readonly unfinished: readonly Decider[]
  /** Lines of inputs that nothing known so far matches. */
  readonly workflows: readonly string[]
  readonly jobs: readonly string[]
  readonly approvals: ApprovalGap
  /** Whether nothing but approvals is left. */
  readonly waitsForPerson: boolean
}

/** Lines of the input `approve` that match none of the approval jobs known so far, and the names of these jobs. */
export interface ApprovalGap {
  readonly lines: readonly string[]
  readonly names: readonly string[]
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
  /** Names of a workflow's approval jobs that wait for a person. */
  readonly holdsOf: (workflowId: string) => readonly string[]
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
  /** Milliseconds since a workflow was first seen ended. */
  readonly stoppedForMs: (attempt: Attempt) => number
  /** Whether this step will rerun (or has asked to rerun) the failed attempt. */
  readonly rerunAhead: (attempt: Attempt) => boolean
  /** Names of the holds that are all that is left of a workflow, for a person to approve; `undefined`: it goes on. */
  readonly onlyHolds: (attempt: Attempt) => readonly string[] | undefined
  /** With the input `jobs`: what is known of the jobs; `undefined`: the workflows decide. */
  readonly jobs: JobFacts | undefined
  /** Whether the last listing was asked for after everything else here was known, and changed nothing. */
  readonly confirmed: boolean
  readonly policies: Policies
}

/** Which jobs decide, and what is known of them. */
export interface JobFacts extends JobMatcher {
  /** Whether a line has its jobs in another pipeline that is read as one with this: then this one may have none. */
  readonly isElsewhere: boolean
  /** Jobs of an attempt; `undefined` until they were read, and of one that has ended until they were read after that. */
  readonly of: (attempt: Attempt) => readonly Job[] | undefined
  /** Names of the holds that are all that a job waits for, for a person to approve; `undefined`: there is more to it. */
  readonly heldBy: (attempt: Attempt, job: Job) => readonly string[] | undefined
}

/** What to do now: end with a verdict, or look again. */
export type Decision =
  | {readonly kind: 'verdict'; readonly verdict: Verdict}
  | {
      readonly kind: 'wait'
      /** Milliseconds after which the same facts give another decision; `undefined`: never. */
      readonly withinMs?: number
      /** True when only approvals are left and the policy is to wait for them. */
      readonly onHold?: boolean
      /** True when all that is missing is one more listing that says the same. */
      readonly unconfirmed?: boolean
    }
