/** One job of a workflow. */
export interface JobSpec {
  readonly name: string
  /** `build` (the default), `approval`, or any other type, such as `no-op`. */
  readonly type?: string
  /** Names of jobs that must succeed, or jobs with the statuses that will do. */
  readonly requires?: readonly (string | RequirementSpec)[]
  /** Seconds it waits for a machine once it may start. Default 0.2. */
  readonly queue?: number
  /** What it is called while it waits, though all it requires has succeeded. Default `queued`. */
  readonly waiting?: 'queued' | 'not_running' | 'blocked'
  /** Seconds it runs. Default 1. */
  readonly run?: number
  /** How it ends: `success` (the default), `failed`, `timedout`, `infrastructure_fail`, `unauthorized`, any string. */
  readonly outcome?: string
  /** How many nodes it runs on. Default 1. */
  readonly parallelism?: number
  /** The nodes that fail when the outcome is not a success. Default the first. */
  readonly failedNodes?: readonly number[]
  readonly steps?: readonly StepSpec[]
  readonly tests?: readonly TestSpec[]
  readonly artifacts?: readonly ArtifactSpec[]
  readonly contexts?: readonly string[]
  readonly resourceClass?: string
  readonly messages?: readonly {readonly type: string; readonly message: string}[]
  /** Whether an approval job has a job number, as some have (its details are 404 all the same). Default false. */
  readonly numbered?: boolean
  /** Somebody approves it this long after it came on hold. */
  readonly approved?: {readonly after: number; readonly by?: string}
  /** What differs on the second, third, … attempt; the last entry stays. */
  readonly attempts?: readonly Partial<JobSpec>[]
}

/** A job that may end in another way than `success` for its dependant to run. */
export interface RequirementSpec {
  readonly job: string
  readonly statuses: readonly string[]
}

/** One step of a job; the last one that `fails` is where a failed job stops. */
export interface StepSpec {
  readonly name: string
  readonly command?: string
  readonly output?: string
  /** What it prints on stderr. */
  readonly error?: string
  /** Whether it is the step that fails when the job fails. */
  readonly fails?: boolean
  /** Default 1. */
  readonly exitCode?: number
  /** Whether its `failed` is null instead of true, as real build pages have it on some steps. */
  readonly failedUnknown?: boolean
  /** Whether it runs although an earlier step failed (`when: always`). */
  readonly always?: boolean
  /**
   * Tries that failed before the one that decided, as automatic reruns of steps make them:
   * https://circleci.com/docs/guides/orchestrate/automatic-reruns/
   */
  readonly tries?: readonly StepTry[]
}

/** One try of a step that failed and was made again. */
export interface StepTry {
  readonly output?: string
  readonly error?: string
  /** Default 1. */
  readonly exitCode?: number
}

/** One test result. */
export interface TestSpec {
  readonly name: string
  readonly classname?: string
  readonly file?: string
  /** Default `success`. */
  readonly result?: string
  readonly message?: string
  readonly seconds?: number
  readonly source?: string
  /** Fields that are otherwise than usual, such as a `message` of null; undefined leaves one out. */
  readonly fields?: Readonly<Record<string, unknown>>
}

/** One artifact: text, bytes, or a number of made-up bytes. */
export interface ArtifactSpec {
  readonly path: string
  readonly content?: string | Uint8Array | {readonly bytes: number}
  readonly node?: number
}
