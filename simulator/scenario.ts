/**
 * A scenario: what one embedded CircleCI serves, written as data. Times are seconds on the simulator's clock and count
 * from the event named in each field. A test changes a scenario by spreading it: `{...failing, pipeline: {...}}`.
 */
export interface Scenario {
  readonly name: string
  /** One sentence for `--list`. */
  readonly description: string
  readonly project: ProjectSpec
  /** What every triggered pipeline runs, unless its definition says otherwise. */
  readonly pipeline: PipelineSpec
  readonly insights?: InsightsSpec
  /** Where this scenario departs from `defaultBehaviour`. */
  readonly behaviour?: Partial<Behaviour>
}

/** The one project a simulator has. */
export interface ProjectSpec {
  /** `gh/<org>/<repo>`, `bb/<org>/<repo>` or the opaque `circleci/<org>/<project>`. */
  readonly slug: string
  readonly name: string
  readonly organization: string
  readonly defaultBranch: string
  /** The only refs that exist, or, when absent, every ref whose name does not start with `no-such-`. */
  readonly branches?: readonly string[]
  readonly tags?: readonly string[]
  /** Head commits of refs; any other ref gets a stable made-up one. */
  readonly revisions?: Readonly<Record<string, string>>
  /** Pipeline parameters the config declares. */
  readonly parameters?: Readonly<Record<string, ParameterSpec>>
  /** Pipeline definitions; a project without any has the one CircleCI makes up for OAuth projects. */
  readonly definitions?: readonly DefinitionSpec[]
  /** Subject of the head commit. */
  readonly commitSubject?: string
}

/** https://circleci.com/docs/guides/orchestrate/pipeline-variables/#pipeline-parameters-in-configuration */
export interface ParameterSpec {
  readonly type: 'string' | 'integer' | 'boolean' | 'enum'
  readonly default: string | number | boolean
  readonly enum?: readonly string[]
}

/** One entry of a project's pipeline definitions. */
export interface DefinitionSpec {
  /** A UUID; made up from the name when absent. */
  readonly id?: string
  readonly name: string
  readonly description?: string
  /** `owner/repo` the config is read from, and the one checked out; the project's own repository when absent. */
  readonly configRepository?: string
  readonly checkoutRepository?: string
  readonly filePath?: string
  /** What this definition runs, when it is not the scenario's pipeline. */
  readonly pipeline?: PipelineSpec
}

/** What happens after a trigger. */
export interface PipelineSpec {
  /** How long the state is the meaningless first `created`. Default 0.1. */
  readonly created?: number
  /** How long `pending` (or `setup-pending`) lasts. Default 0.3. */
  readonly pending?: number
  /** A setup workflow, which continues into `workflows` when it succeeds. */
  readonly setup?: SetupSpec
  readonly workflows: readonly WorkflowSpec[]
  /** With errors the pipeline ends `errored` and has no workflows. */
  readonly errors?: readonly PipelineErrorSpec[]
  /** Pipelines that strangers start on the same ref after each one triggered over the API. */
  readonly followedBy?: readonly FollowerSpec[]
}

/** One error of an errored pipeline: `config`, `config-fetch`, `timeout`, `permission`, `plan`, … */
export interface PipelineErrorSpec {
  readonly type: string
  readonly message: string
}

/** https://circleci.com/docs/guides/orchestrate/dynamic-config/ */
export interface SetupSpec {
  readonly workflow: WorkflowSpec
  /**
   * `auto` continues `after` seconds after the setup workflow's success, `request` waits for `POST /pipeline/continue`,
   * `never` leaves the pipeline in `setup`. Default `auto`.
   */
  readonly continuation?: 'auto' | 'request' | 'never'
  /** Default 0.2. */
  readonly after?: number
}

/** A pipeline somebody else starts. */
export interface FollowerSpec {
  /** Seconds after the pipeline it follows was created. */
  readonly after: number
  readonly trigger?: string
  readonly login?: string
  readonly pipeline?: PipelineSpec
}

/** One workflow of a pipeline. */
export interface WorkflowSpec {
  readonly name: string
  readonly jobs: readonly JobSpec[]
  /** Seconds between the pipeline being ready and the workflow being listed. Default 0.2. */
  readonly appears?: number
  /** Run only when a pipeline parameter has this value. */
  readonly when?: {readonly parameter: string; readonly equals: string | number | boolean}
  /** Statuses shown before the jobs start, such as `queued` for a serial group, or one nobody has heard of. */
  readonly before?: readonly {readonly status: string; readonly seconds: number}[]
  /** The status at the end instead of the one its jobs give it, such as `error` or `unauthorized`. */
  readonly ends?: string
  /** How often CircleCI reruns it by itself: https://circleci.com/docs/guides/orchestrate/automatic-reruns/ */
  readonly maxAutoReruns?: number
  /** Seconds from the failure to the automatic rerun. Default 1. */
  readonly autoRerunDelay?: number
  /** Somebody cancels it, this long after its creation. */
  readonly canceled?: {readonly after: number; readonly by?: string}
}

/** One job of a workflow. */
export interface JobSpec {
  readonly name: string
  /** `build` (the default), `approval`, or any other type, such as `no-op`. */
  readonly type?: string
  /** Names of jobs that must succeed, or jobs with the statuses that will do. */
  readonly requires?: readonly (string | RequirementSpec)[]
  /** Seconds it waits for a machine once it may start. Default 0.2. */
  readonly queue?: number
  /** What it is called while it waits. Default `queued`. */
  readonly waiting?: 'queued' | 'not_running'
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
}

/** One artifact: text, bytes, or a number of made-up bytes. */
export interface ArtifactSpec {
  readonly path: string
  readonly content?: string | Uint8Array | {readonly bytes: number}
  readonly node?: number
}

/** What Insights knows from before the simulator started. */
export interface InsightsSpec {
  readonly workflows?: Readonly<Record<string, readonly RunSpec[]>>
  readonly flakyTests?: readonly FlakyTestSpec[]
}

/** One earlier run of a workflow. */
export interface RunSpec {
  readonly branch: string
  readonly seconds: number
  /** Default `success`. */
  readonly status?: string
  readonly hoursAgo: number
  readonly approval?: boolean
}

/** One test that passed and failed on the same commit. */
export interface FlakyTestSpec {
  readonly name: string
  readonly classname?: string
  readonly file?: string
  readonly job: string
  readonly workflow: string
  readonly times: number
}

/** Choices CircleCI's own documents leave open, or that depend on settings of the organization. */
export interface Behaviour {
  /** Whether bad parameters give an errored pipeline, as CircleCI's documents suggest, or a 400. */
  readonly badParameters: 'errored' | 'refused'
  /** Seconds from a cancel request to the status `canceled`. */
  readonly cancelDelay: number
  /** Whether cancelling a finished workflow or job is accepted (202) or refused (400). */
  readonly cancelFinished: 'accepted' | 'refused'
  /** Which branches auto-cancel redundant workflows: https://circleci.com/docs/guides/orchestrate/skip-build/ */
  readonly autoCancel: 'never' | 'non-default' | 'always'
  /** Refuses every approval with this. */
  readonly approvalRefusal?: {readonly status: number; readonly message: string}
  /** What the classic trigger endpoint answers for a `circleci/` project. */
  readonly classicRefusal: 400 | 404
  /** How often a workflow can be rerun: https://circleci.com/docs/guides/orchestrate/workflows/ */
  readonly rerunLimit: number
  /** The message of the run endpoint's 200 when no pipeline is made. */
  readonly skipCi?: string
  /** What a job is called whose requirements can no longer be met. */
  readonly unmet: 'not_run' | 'blocked'
  /** What the artifact host answers to a request without a good token. */
  readonly artifactRefusal: 401 | 404
  /** Whether the artifact host redirects to storage or answers itself. */
  readonly artifactDelivery: 'redirect' | 'direct'
  /** Whether artifact URLs are on their own host, as on Cloud, or on the API's, as on Server. */
  readonly artifactHost: 'own' | 'api'
  /** Whether storage answers ranges (206) or ignores them (200). */
  readonly ranges: boolean
  /** Whether presigned URLs stop working, and after how many seconds. */
  readonly presignedFor: number
}

/** What a scenario does unless it says otherwise. */
export const defaultBehaviour: Behaviour = {
  badParameters: 'errored',
  cancelDelay: 0.4,
  cancelFinished: 'accepted',
  autoCancel: 'never',
  classicRefusal: 404,
  rerunLimit: 100,
  unmet: 'not_run',
  artifactRefusal: 404,
  artifactDelivery: 'redirect',
  artifactHost: 'own',
  ranges: true,
  presignedFor: 300
}
