import type {Behaviour} from './behaviour.ts'
import type {InsightsSpec} from './insights-spec.ts'
import type {JobSpec} from './job-spec.ts'

export type {Behaviour} from './behaviour.ts'
export type * from './insights-spec.ts'
export type * from './job-spec.ts'

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
  /** Whether jobs use its value, so that the compiled config holds it. Default false. */
  readonly used?: boolean
}

/** Who tells CircleCI what to build. Pipelines of the two OAuth kinds have `vcs`, others `trigger_parameters`. */
export type Provider = 'github_oauth' | 'bitbucket_oauth' | 'github_app' | 'gitlab'

/** One entry of a project's pipeline definitions. */
export interface DefinitionSpec {
  /** A UUID; made up from the name when absent. */
  readonly id?: string
  readonly name: string
  readonly description?: string
  /** Default what the project's slug says: OAuth, or the GitHub App for an opaque one. */
  readonly provider?: Provider
  /**
   * Seconds after a push that it starts a pipeline. A project none of whose definitions says starts one with its first,
   * at once.
   */
  readonly onPush?: number
  /** `owner/repo` the config is read from, and the one checked out; the project's own repository when absent. */
  readonly configRepository?: string
  readonly checkoutRepository?: string
  readonly filePath?: string
  /** Whether it tells no `created_at`, as old ones and those of OAuth projects do. */
  readonly undated?: boolean
  /** What this definition runs, when it is not the scenario's pipeline. */
  readonly pipeline?: PipelineSpec
}

/** What happens after a trigger. */
export interface PipelineSpec {
  /** How long the state is the meaningless first `created`. Default 0.1. */
  readonly created?: number
  /** How long `pending` (or `setup-pending`) lasts. Default 0.3. */
  readonly pending?: number
  /** How long it is missing from the lists of pipelines; by id it can be read at once. Default 0. */
  readonly listed?: number | {readonly mine?: number; readonly project?: number}
  /** A setup workflow, which continues into `workflows` when it succeeds. */
  readonly setup?: SetupSpec
  readonly workflows: readonly WorkflowSpec[]
  /** With errors the pipeline ends `errored` and has no workflows. */
  readonly errors?: readonly PipelineErrorSpec[]
  /** What CircleCI warns of beside them, or beside a pipeline that runs. */
  readonly warnings?: readonly PipelineErrorSpec[]
  /** Pipelines that strangers start on the same ref after each one triggered over the API. */
  readonly followedBy?: readonly FollowerSpec[]
}

/** One error or warning of a pipeline: `config`, `config-fetch`, `timeout`, `permission`, `plan`, … */
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
  /** Somebody cancels its first run, this long after its creation. */
  readonly canceled?: {readonly after: number; readonly by?: string}
}
