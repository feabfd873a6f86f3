import type {UnavailableError} from './faults.ts'
import type {
  FlakyTest,
  Job,
  JobArtifact,
  Pipeline,
  PipelineConfig,
  PipelineDefinition,
  PipelineParameters,
  Project,
  Ref,
  StepAction,
  TestResult,
  TriggeredPipeline,
  User,
  Workflow,
  WorkflowRun
} from './model.ts'
import type {Slug} from './slug.ts'

/** How one call may take its time. */
export interface CallOptions {
  /** Ends the call early; it then rejects with an `AbortedError`. */
  readonly signal?: AbortSignal | undefined
  /**
   * How long faults (not answers) are retried, in milliseconds: 0 sends the request once. Each attempt has
   * time-outs of its own. Default: about a minute.
   */
  readonly patienceMs?: number
  /** Never held back by the rate limits that answers to other requests told. For what stops things, such as a cancel. */
  readonly urgent?: boolean
  /**
   * Told before each pause between two attempts: what went wrong, the pause, and the patience left, in milliseconds;
   * `isLater` when it is a later page of a listing, whose first pages grow old meanwhile.
   */
  readonly onRetry?: (
    fault: UnavailableError,
    pauseMs: number,
    leftMs: number,
    isLater?: boolean
  ) => void
}

/** One page of a listing; `next` is the token of the following page. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | undefined
}

/** Which pipelines of a project to list, newest first. */
export interface PipelineQuery {
  /** Only those the token's user triggered. */
  readonly mine?: boolean
  readonly branch?: string | undefined
  readonly pageToken?: string | undefined
}

/** What a trigger asks for. The run endpoint also takes a definition and the ref of the config. */
export type TriggerRequest =
  | {
      readonly endpoint: 'classic'
      readonly slug: Slug
      readonly ref: Ref | undefined
      readonly parameters: PipelineParameters
    }
  | {
      readonly endpoint: 'run'
      readonly slug: Slug
      readonly definitionId: string | undefined
      readonly checkout: Ref | undefined
      readonly config: Ref | undefined
      readonly parameters: PipelineParameters
    }

/** The two answers of a trigger that was understood: a pipeline, or a message saying why there is none. */
export type TriggerReply =
  | {
      readonly kind: 'created'
      /** Its number is `undefined` where the answer told only the id. */
      readonly pipeline: Omit<TriggeredPipeline, 'number'> & {readonly number: number | undefined}
    }
  | {readonly kind: 'no-pipeline'; readonly message: string}

/** A body being received: its status, headers (lower case) and chunks; reading rejects when it is cut or stalls. */
export interface Download {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
  /** Drops the connection; safe at any time. */
  close(): void
}

/**
 * CircleCI, as far as this project uses it. One method is one endpoint (a listing reads all its pages unless it
 * says "page"). Every method rejects with `RefusedError` when CircleCI answered no (a 4xx in its own JSON),
 * `UnavailableError` when no usable answer came in the time given, `AbortedError` when the signal ended it.
 */
export interface CircleCI {
  /** `GET /me`: whose token it is. */
  me(options?: CallOptions): Promise<User>
  /** `GET /project/{slug}`. */
  project(slug: Slug, options?: CallOptions): Promise<Project>
  /** `GET /projects/{id}/pipeline-definitions` (Cloud only). */
  definitions(projectId: string, options?: CallOptions): Promise<readonly PipelineDefinition[]>
  /**
   * `POST /project/{slug}/pipeline` or `…/pipeline/run`, sent exactly once whatever happens. Rejects with an
   * `UnavailableError` whose `processed` says whether the request can have reached CircleCI.
   */
  trigger(
    request: TriggerRequest,
    options?: {signal?: AbortSignal | undefined}
  ): Promise<TriggerReply>
  /** `GET /pipeline/{id}`. */
  pipeline(id: string, options?: CallOptions): Promise<Pipeline>
  /** `GET /project/{slug}/pipeline/{number}`. */
  pipelineByNumber(slug: Slug, number: number, options?: CallOptions): Promise<Pipeline>
  /** A page of `GET /project/{slug}/pipeline` or `…/pipeline/mine`, newest first. */
  pipelinePage(slug: Slug, query: PipelineQuery, options?: CallOptions): Promise<Page<Pipeline>>
  /** `GET /pipeline/{id}/values`: pipeline values and parameters, e.g. `pipeline.parameters.x`. */
  pipelineValues(id: string, options?: CallOptions): Promise<PipelineParameters>
  /** `GET /pipeline/{id}/config`. */
  pipelineConfig(id: string, options?: CallOptions): Promise<PipelineConfig>
  /**
   * `GET /pipeline/{id}/workflow`: the rows as they are listed, in any order. One id may come twice, and `id` is ''
   * where a row has none.
   */
  workflows(pipelineId: string, options?: CallOptions): Promise<readonly Workflow[]>
  /** `GET /workflow/{id}`. https://circleci.com/docs/api/v2/#operation/getWorkflowById */
  workflow(id: string, options?: CallOptions): Promise<Workflow>
  /** `GET /workflow/{id}/job`: the rows as they are listed, in any order; one id may come twice. */
  jobs(workflowId: string, options?: CallOptions): Promise<readonly Job[]>
  /** `POST /workflow/{id}/approve/{approval_request_id}`. */
  approve(workflowId: string, approvalRequestId: string, options?: CallOptions): Promise<void>
  /** `POST /workflow/{id}/cancel`: asked for, not done yet, when it resolves. */
  cancelWorkflow(workflowId: string, options?: CallOptions): Promise<void>
  /** `POST /workflow/{id}/rerun` from failed, sent once; resolves with the new workflow's id. */
  rerunFromFailed(workflowId: string, options?: {signal?: AbortSignal | undefined}): Promise<string>
  /** A page of `GET /project/{slug}/{number}/artifacts`. */
  artifactPage(
    slug: Slug,
    jobNumber: number,
    pageToken?: string,
    options?: CallOptions
  ): Promise<Page<JobArtifact>>
  /** A page of `GET /project/{slug}/{number}/tests`. */
  testPage(
    slug: Slug,
    jobNumber: number,
    pageToken?: string,
    options?: CallOptions
  ): Promise<Page<TestResult>>
  /** First page of `GET /insights/{slug}/workflows/{name}`; without a branch: all branches. */
  workflowRuns(
    slug: Slug,
    workflowName: string,
    branch: string | undefined,
    options?: CallOptions
  ): Promise<readonly WorkflowRun[]>
  /** `GET /insights/{slug}/flaky-tests`. */
  flakyTests(slug: Slug, options?: CallOptions): Promise<readonly FlakyTest[]>
  /** `GET /api/v1.1/project/{slug}/{number}`: the steps of a job. */
  stepActions(slug: Slug, jobNumber: number, options?: CallOptions): Promise<readonly StepAction[]>
  /**
   * The last `maxBytes` at most of a step's output, as plain text. `output_url` is presigned: no token is sent.
   * `cut` is true when the beginning was left out.
   */
  stepOutput(
    outputUrl: string,
    maxBytes: number,
    options?: CallOptions
  ): Promise<{text: string; cut: boolean}>
  /**
   * Opens an artifact, from byte `from` on where the host allows ranges (status 206). Redirects are followed; the
   * token goes only where `token-scope.ts` allows. One attempt: callers retry.
   */
  openArtifact(
    url: string,
    from: number,
    options?: {signal?: AbortSignal | undefined; ifRange?: string | undefined}
  ): Promise<Download>
  /**
   * CircleCI's clock in epoch milliseconds, as the `Date` of its last answer told it and cut to seconds as that is; the
   * only time CircleCI's times may be compared with. `undefined` while no answer has told one: nothing is known then.
   */
  serverNow(): number | undefined
}
