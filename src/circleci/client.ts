import {Fields, type Json} from '../base/json.ts'
import {Api, withQuery, type ApiContext} from './api.ts'
import {isLoopback, openArtifact, type Download} from './storage.ts'
import type {UnavailableError} from './faults.ts'
import * as model from './model.ts'
import {CLOUD, slugPath, type Slug} from './slug.ts'
import {UnknownStatuses} from './statuses.ts'
import * as steps from './steps.ts'
import {readStepOutput} from './step-output.ts'
import {decodeTrigger, triggerBody, type TriggerRequest} from './trigger-request.ts'

/** How one call may take its time. */
export interface CallOptions {
  /** Ends the call early; it then rejects with an `AbortedError`. */
  readonly signal?: AbortSignal | undefined
  /** How long faults (not answers) are retried, in milliseconds: 0 sends the request once. Default: about a minute. */
  readonly patienceMs?: number
  /** Never held back by rate limits that other answers reported. For what stops things, such as a cancel. */
  readonly urgent?: boolean
  /**
   * Called before each pause between two attempts: what went wrong, the pause, and the patience left, in milliseconds;
   * `isLater` when it is a later page of a listing, whose first pages grow old meanwhile.
   */
  readonly onRetry?: (
    fault: UnavailableError,
    pauseMs: number,
    leftMs: number,
    isLater?: boolean
  ) => void
}

/** The pages of a listing, each read when it is asked for. */
export type Pages<T> = AsyncGenerator<readonly T[], void>

/** Which pipelines of a project to list. */
export interface PipelineQuery {
  /** Only those the token's user triggered. */
  readonly mine?: boolean
  readonly branch?: string | undefined
}

const V2 = '/api/v2'

/**
 * CircleCI's API as far as this action uses it: v2 (https://circleci.com/docs/api/v2/), and of v1.1 and v3 the steps of a
 * job. A method is an endpoint. All reject with `RefusedError` when CircleCI answered
 * no (a 4xx in its own JSON), `UnavailableError` when no usable answer came in the time given, `AbortedError` when the
 * signal ended it. What they return is awaited by the caller itself, so that the caller is on the stack of every error.
 */
export class CircleCI {
  readonly #context: ApiContext
  readonly #api: Api
  readonly #unknown: UnknownStatuses

  constructor(context: ApiContext) {
    this.#context = context
    this.#api = new Api(context)
    this.#unknown = new UnknownStatuses(context.log)
  }

  /** CircleCI's clock in epoch milliseconds, to the second, by the `Date` of its answers; `undefined` while none had one. */
  serverNow(): number | undefined {
    return this.#api.serverNow()
  }

  /** `GET /me`: whose token it is. */
  me(options?: CallOptions) {
    return this.#api.get(`${V2}/me`, model.decodeUser, options)
  }

  /** `GET /project/{slug}`. */
  project(slug: Slug, options?: CallOptions) {
    return this.#api.get(projectPath(slug), model.decodeProject, options)
  }

  /** `GET /projects/{id}/pipeline-definitions` (Cloud only). */
  definitions(projectId: string, options?: CallOptions) {
    const path = `${V2}/projects/${segment(projectId)}/pipeline-definitions`
    return this.#api.get(path, json => rowsOf(json, model.decodeDefinition), options)
  }

  /**
   * `POST /project/{slug}/pipeline` or `.../pipeline/run`, sent exactly once whatever happens. Rejects with an
   * `UnavailableError` whose `processed` says whether the request can have reached CircleCI.
   */
  trigger(request: TriggerRequest, options?: {signal?: AbortSignal | undefined}) {
    return this.#api.postOnce(
      `${projectPath(request.slug)}/pipeline${request.endpoint === 'run' ? '/run' : ''}`,
      triggerBody(request),
      (json, status) => decodeTrigger(json, status, request.endpoint),
      options?.signal
    )
  }

  /** `GET /pipeline/{id}`. */
  pipeline(id: string, options?: CallOptions) {
    return this.#api.get(`${V2}/pipeline/${segment(id)}`, model.decodePipeline, options)
  }

  /** `GET /project/{slug}/pipeline/{number}`. */
  pipelineByNumber(slug: Slug, number: number, options?: CallOptions) {
    return this.#api.get(`${projectPath(slug)}/pipeline/${number}`, model.decodePipeline, options)
  }

  /** `GET /project/{slug}/pipeline` or `.../pipeline/mine`, newest first. */
  pipelines(slug: Slug, {mine, branch}: PipelineQuery, options?: CallOptions) {
    const path = `${projectPath(slug)}/pipeline${mine === true ? '/mine' : ''}`
    const query = branch === undefined ? path : withQuery(path, {branch})
    return this.#api.pages(query, model.decodePipeline, options)
  }

  /** `GET /pipeline/{id}/values`: pipeline values and parameters, e.g. `pipeline.parameters.x`. */
  pipelineValues(id: string, options?: CallOptions) {
    return this.#api.get(`${V2}/pipeline/${segment(id)}/values`, model.decodeValues, options)
  }

  /** `GET /pipeline/{id}/config`. */
  pipelineConfig(id: string, options?: CallOptions) {
    return this.#api.get(`${V2}/pipeline/${segment(id)}/config`, model.decodeConfig, options)
  }

  /** `GET /pipeline/{id}/workflow`: the rows as listed, in any order. An id may come twice, and is '' where there is none. */
  workflows(pipelineId: string, options?: CallOptions) {
    const path = `${V2}/pipeline/${segment(pipelineId)}/workflow`
    const decode = (json: Json) => this.#unknown.note('workflow', model.decodeListedWorkflow(json))
    return this.#api.all(path, decode, options)
  }

  /** `GET /workflow/{id}`. https://circleci.com/docs/api/v2/#operation/getWorkflowById */
  workflow(id: string, options?: CallOptions) {
    const decode = (json: Json) => this.#unknown.note('workflow', model.decodeWorkflow(json))
    return this.#api.get(`${V2}/workflow/${segment(id)}`, decode, options)
  }

  /** `GET /workflow/{id}/job`: the rows as they are listed, in any order; one id may come twice. */
  jobs(workflowId: string, options?: CallOptions) {
    const path = `${V2}/workflow/${segment(workflowId)}/job`
    const decode = (json: Json) => this.#unknown.note('job', model.decodeJob(json))
    return this.#api.all(path, decode, options)
  }

  /** `POST /workflow/{id}/approve/{approval_request_id}`. */
  approve(workflowId: string, approvalRequestId: string, options?: CallOptions) {
    const path = `${V2}/workflow/${segment(workflowId)}/approve/${segment(approvalRequestId)}`
    return this.#api.post(path, options)
  }

  /** `POST /workflow/{id}/cancel`: asked for, not done yet, when it resolves. */
  cancelWorkflow(workflowId: string, options?: CallOptions) {
    return this.#api.post(`${V2}/workflow/${segment(workflowId)}/cancel`, options)
  }

  /** `POST /workflow/{id}/rerun` from failed, sent once; resolves with the new workflow's id. */
  rerunFromFailed(workflowId: string, options?: {signal?: AbortSignal | undefined}) {
    return this.#api.postOnce(
      `${V2}/workflow/${segment(workflowId)}/rerun`,
      {from_failed: true},
      json => new Fields(json, 'rerun').requiredString('workflow_id'),
      options?.signal
    )
  }

  /** `GET /project/{slug}/{number}/artifacts`. */
  artifacts(slug: Slug, jobNumber: number, options?: CallOptions) {
    return this.#api.pages(
      `${projectPath(slug)}/${jobNumber}/artifacts`,
      model.decodeArtifact,
      options
    )
  }

  /** `GET /project/{slug}/{number}/tests`. */
  tests(slug: Slug, jobNumber: number, options?: CallOptions) {
    return this.#api.pages(`${projectPath(slug)}/${jobNumber}/tests`, model.decodeTest, options)
  }

  /** First page of `GET /insights/{slug}/workflows/{name}`; without a branch: all branches. */
  workflowRuns(slug: Slug, name: string, branch: string | undefined, options?: CallOptions) {
    const path = `${V2}/insights/${slugPath(slug)}/workflows/${segment(name)}`
    const query = withQuery(path, branch === undefined ? {'all-branches': 'true'} : {branch})
    return this.#api.get(query, json => rowsOf(json, model.decodeRun), options)
  }

  /** `GET /insights/{slug}/flaky-tests`. */
  flakyTests(slug: Slug, options?: CallOptions): Promise<readonly model.FlakyTest[]> {
    const path = `${V2}/insights/${slugPath(slug)}/flaky-tests`
    return this.#api.get(path, model.decodeFlakyTests, options)
  }

  /** `GET /api/v1.1/project/{slug}/{number}`: the steps of a job. */
  stepActions(
    slug: Slug,
    jobNumber: number,
    options?: CallOptions
  ): Promise<readonly steps.StepAction[]> {
    const path = `/api/v1.1/project/${slugPath(slug)}/${jobNumber}`
    return this.#api.get(path, steps.decodeSteps, options)
  }

  /** Whether there is API v3: on Cloud alone (https://circleci.com/docs/guides/toolkit/api-intro/), or perhaps on loopback. */
  hasV3(): boolean {
    const {host} = this.#context
    return host === CLOUD || isLoopback(new URL(host).hostname)
  }

  /** `GET /api/v3/jobs/{id}`: the steps of a job, for when v1.1 has none. */
  jobSteps(jobId: string, options?: CallOptions): Promise<readonly steps.StepAction[]> {
    const path = `/api/v3/jobs/${segment(jobId)}`
    return this.#api.get(path, json => steps.decodeJobSteps(json, path), options)
  }

  /** What `stepOutput` returns, for a step of `jobSteps`. */
  stepLog(streams: readonly steps.StepStream[], maxBytes: number, options: CallOptions = {}) {
    return this.#api.persist('GET of a step output', options, () =>
      steps.readStepLog(this.#context, streams, maxBytes, options.signal)
    )
  }

  /** The last `maxBytes` of a step's output as text; `cut` when that is not all. No token goes to the presigned address. */
  stepOutput(outputUrl: string, maxBytes: number, options: CallOptions = {}) {
    return this.#api.persist('GET of a step output', options, () =>
      readStepOutput(this.#context, outputUrl, maxBytes, options.signal)
    )
  }

  /**
   * Opens an artifact, from byte `from` on where the host allows ranges (status 206). Redirects are followed; the token
   * goes only where `mayCarryToken` allows. One attempt: callers retry.
   */
  openArtifact(
    url: string,
    from: number,
    options?: {signal?: AbortSignal | undefined; ifRange?: string | undefined}
  ): Promise<Download> {
    return openArtifact(this.#context, url, from, options)
  }
}

function rowsOf<T>(json: Json, decode: (json: Json) => T): readonly T[] {
  return new Fields(json, 'listing').requiredList('items').map(decode)
}

function projectPath(slug: Slug): string {
  return `${V2}/project/${slugPath(slug)}`
}

/** One segment of a path. Half a surrogate pair, which JSON can hold, has no encoding. */
function segment(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
}
