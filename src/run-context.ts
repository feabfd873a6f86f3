import type {CircleCI} from './circleci/client.ts'
import type {Slug} from './circleci/slug.ts'
import type {Clock} from './base/clock.ts'
import type {FileExists} from './collect/checkout.ts'
import type {DownloadFolder} from './collect/download-folder.ts'
import type {Inputs} from './runner/inputs.ts'
import type {Log} from './base/log.ts'
import type {PipelineInfo, Subject} from './record/result.ts'
import type {GitHubEvent} from './trigger/event.ts'
import type {Intent} from './trigger/intent.ts'
import type {Progress} from './wait/context.ts'

/** What the run needs to know of the event and of the GitHub run it is part of. */
export interface RunEvent extends GitHubEvent {
  /** The commit the event is about: of a pull request its head. */
  readonly headSha: string | undefined
  /** Of the GitHub run, the same in each of its attempts: digits. `undefined` outside of GitHub. */
  readonly runId: string | undefined
  /** More than 1 on "Re-run jobs". */
  readonly runAttempt: number
}

/** Everything `run` is handed; it reads nothing else. */
export interface RunContext {
  readonly inputs: Inputs
  readonly event: RunEvent
  readonly circleci: CircleCI
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** Aborts when GitHub cancels the step. */
  readonly signal: AbortSignal
  /** Where `artifacts-path` leads, already checked. */
  readonly downloadFolder: DownloadFolder | undefined
  /** `undefined`: there is no checkout. */
  readonly fileExists: FileExists | undefined
  readonly listener: RunListener
}

/** How this step stands to a pipeline. */
export interface PipelineFacts {
  readonly slug: Slug
  /** Whether it answers for the pipeline and may cancel it. */
  readonly owned: boolean
  readonly triggered: boolean
  readonly subject: Subject
}

/** A pipeline that this step answers for from now on. */
export interface ClaimedPipeline {
  readonly id: string
  readonly number: number
  readonly slug: Slug
}

/** Hears what happens while it happens. */
export interface RunListener {
  /** Before a trigger leaves; `undefined`: nothing is in flight. */
  intent(intent: Intent | undefined): void
  /** A pipeline is this step's, before all of it is known; `undefined`: it was not, after all. */
  claim(pipeline: ClaimedPipeline | undefined): void
  /** A pipeline is known. */
  pipeline(info: PipelineInfo, facts: PipelineFacts): void
  /** After every poll, and now and then in a long pause. */
  progress(progress: Progress, info: PipelineInfo): void
  /** An owned pipeline is about to be cancelled: what appears of it later is to be cancelled as well. */
  cancelled(): void
}
