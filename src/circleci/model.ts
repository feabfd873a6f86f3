/**
 * CircleCI's objects as this project uses them: the API's snake_case turned into camelCase by
 * `decode.ts`, times kept as the ISO 8601 strings that were sent, absent and null told as `undefined`.
 * Status strings are open (`string`): CircleCI adds values without notice, and one we do not know must
 * never end a wait.
 */

/** What to build: one branch or one tag. */
export type Ref = {readonly branch: string} | {readonly tag: string}

/** A value of a pipeline parameter, in one of CircleCI's three types (enumerations are strings). */
export type ParameterValue = string | number | boolean
/** Pipeline parameters by name. */
export type PipelineParameters = Readonly<Record<string, ParameterValue>>

/**
 * Why a pipeline is errored, or what CircleCI warns about, in its words. A message may have several lines; types are
 * open (`config`, `plan`, `config-deprecated-syntax`, …).
 * https://circleci.com/changelog/api-change-pipeline-error-response-format-update/
 */
export interface PipelineMessage {
  readonly type: string
  readonly message: string
}

/** A pipeline: `GET /pipeline/{id}`. */
export interface Pipeline {
  readonly id: string
  readonly number: number
  readonly projectSlug: string
  /** `created`, `errored`, `setup-pending`, `setup`, `pending`, or a value unknown today. */
  readonly state: string
  readonly createdAt: string
  readonly errors: readonly PipelineMessage[]
  /** What CircleCI says of the config without refusing it. */
  readonly warnings?: readonly PipelineMessage[]
  /** `webhook`, `api`, `explicit`, `scheduled_pipeline`, or another. */
  readonly triggerType: string
  readonly actorLogin: string | undefined
  readonly branch: string | undefined
  readonly tag: string | undefined
  /** The default branch of its repository, where that is told. */
  readonly defaultBranch?: string | undefined
  /** The commit built; may be missing for some integrations. */
  readonly revision: string | undefined
}

/**
 * A pipeline's config as it was written, and as CircleCI compiled it with the values of its parameters. The setup texts
 * are '' without a setup workflow, and each text is while there is none yet.
 */
export interface PipelineConfig {
  readonly source: string
  readonly setupSource: string
  readonly compiled: string
  readonly compiledSetup: string
}

/** The answer of a trigger that made a pipeline. */
export interface TriggeredPipeline {
  readonly id: string
  readonly number: number
  readonly state: string
  readonly createdAt: string
}

/** One run of a workflow, first runs and reruns alike: `GET /pipeline/{id}/workflow`. */
export interface Workflow {
  readonly id: string
  readonly name: string
  readonly pipelineId: string
  readonly pipelineNumber: number
  readonly projectSlug: string
  /** `success`, `running`, `not_run`, `failed`, `error`, `failing`, `on_hold`, `canceled`, `unauthorized`, or another. */
  readonly status: string
  readonly createdAt: string
  readonly stoppedAt: string | undefined
  /** True for a setup workflow (`tag: setup`), whose success continues the pipeline. */
  readonly setup: boolean
  /** Which automatic rerun this is; 0 for a first run. */
  readonly autoRerunNumber: number
  /** How many automatic reruns the config allows; 0 for none. */
  readonly maxAutoReruns: number
}

/** A job of a workflow: `GET /workflow/{id}/job`. */
export interface Job {
  readonly id: string
  readonly name: string
  /** `build`, `approval`, or another; only `build` has logs, tests and artifacts. */
  readonly type: string
  readonly status: string
  readonly number: number | undefined
  readonly startedAt: string | undefined
  readonly stoppedAt: string | undefined
  /** Ids of the jobs this one waits for. */
  readonly dependencies: readonly string[]
  /** Statuses that satisfy a dependency, by its id; where none are told it is `success`. */
  readonly requires?: Readonly<Record<string, readonly string[]>> | undefined
  readonly approvalRequestId: string | undefined
}

/** A project: `GET /project/{slug}`. */
export interface Project {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** `GitHub`, `Bitbucket` or `CircleCI` (the last: GitHub App, GitLab and the like). */
  readonly provider: string
}

/** A pipeline definition of a project (run endpoint only). */
export interface PipelineDefinition {
  readonly id: string
  readonly name: string
  readonly description: string | undefined
  readonly configRepository: string | undefined
  readonly checkoutRepository: string | undefined
}

/** Who a token belongs to: `GET /me`. */
export interface User {
  readonly id: string
  readonly login: string
  readonly name: string
}

/** An artifact: `GET /project/{slug}/{job-number}/artifacts`. */
export interface JobArtifact {
  readonly path: string
  readonly nodeIndex: number
  readonly url: string
}

/** A test's result as the job stored it: `GET /project/{slug}/{job-number}/tests`. */
export interface TestResult {
  readonly name: string
  readonly classname: string
  readonly file: string | undefined
  readonly source: string | undefined
  /** `success`, `skipped`, `failure`, `error`, or another; anything but the first two is a failure. */
  readonly result: string
  readonly message: string | undefined
}

/** One past run of a workflow, as Insights tells it. */
export interface WorkflowRun {
  readonly id: string
  readonly branch: string | undefined
  /** Seconds. */
  readonly duration: number | undefined
  readonly status: string | undefined
  readonly createdAt: string
}

/** A test that Insights knows to be flaky: `GET /insights/{slug}/flaky-tests`. */
export interface FlakyTest {
  readonly testName: string
  readonly classname: string | undefined
  readonly file: string | undefined
  readonly jobName: string
}

/** One action of one step of a job, from the v1.1 build page. */
export interface StepAction {
  readonly stepName: string
  /** The parallel run it belongs to. */
  readonly nodeIndex: number
  readonly status: string
  /** CircleCI may leave this out: then only `status` tells. */
  readonly failed: boolean | undefined
  readonly exitCode: number | undefined
  readonly command: string | undefined
  /** Presigned and short-lived: no token may be sent to it. */
  readonly outputUrl: string | undefined
  readonly hasOutput: boolean
}
