import type {CircleCI} from './circleci/client.ts'
import type {Clock} from './base/clock.ts'
import type {FileExists} from './collect/test-path.ts'
import type {DownloadFolder} from './download/folder.ts'
import type {Inputs} from './runner/inputs.ts'
import type {Log} from './base/log.ts'
import type {RunListener} from './report/reporter.ts'
import type {GitHubEvent} from './trigger/event.ts'

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
