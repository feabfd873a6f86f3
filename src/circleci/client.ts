import {Fields, isObject, ShapeError, type Json} from '../base/json.ts'
import {Api, type ApiContext} from './api.ts'
import {isLoopback, openArtifact} from './storage.ts'
import type {UnavailableError} from './faults.ts'
import * as model from './model.ts'
import {slugPath, type Slug, CLOUD} from './slug.ts'
import {decodeJobSteps, readStepLog, type StepStream} from './step-log.ts'
import {readStepOutput} from './step-output.ts'

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

/** The pages of a listing, each read when it is asked for. */
export type Pages<T> = AsyncGenerator<readonly T[], void>

/** Which pipelines of a project to list. */
export interface PipelineQuery {
  /** Only those the token's user triggered. */
  readonly mine?: boolean
  readonly branch?: string | undefined
}

/** What a trigger asks for. The run endpoint also takes a definition and the ref of the config. */
export type TriggerRequest =
  | {
      readonly endpoint: 'classic'
      readonly slug: Slug
      readonly ref: model.Ref | undefined
      readonly parameters: model.PipelineParameters
    }
  | {
      readonly endpoint: 'run'
      readonly slug: Slug
      readonly definitionId: string | undefined
      readonly checkout: model.Ref | undefined
      readonly config: model.Ref | undefined
      readonly parameters: model.PipelineParameters
    }

/** The two answers of a trigger that was understood: a pipeline, or a message saying why there is none. */
export type TriggerReply =
  | {
      readonly kind: 'created'
      /** Its number is `undefined` where the answer has only the id. */
      readonly pipeline: Omit<model.TriggeredPipeline, 'number'> & {
        readonly number: number | undefined
      }
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

const V2 = '/api/v2'
/** A guard, not a limit: pages hold 20 rows or more (observed), so this is at least 200,000 artifacts of one job. */
const MAX_PAGES = 10_000
/** More workflows than any pipeline has, and more jobs than any workflow. */
const MAX_ROWS = 10_000

/**
 * CircleCI's API as far as this action uses it: v2 (https://circleci.com/docs/api/v2/), and of v1.1 only the page of a
 * job, which has its steps, as has v3's. A method is an endpoint. All reject with `RefusedError` when CircleCI answered
 * no (a 4xx in its own JSON), `UnavailableError` when no usable answer came in the time given, `AbortedError` when the
 * signal ended it. What they return is awaited by the caller itself, so that the caller is on the stack of every error.
 */
export class CircleCI {
  readonly #context: ApiContext
  readonly #api: Api

  constructor(context: ApiContext) {
    this.#context = context
    this.#api = new Api(context)
  }

  /**
   * CircleCI's clock in epoch milliseconds, as of the `Date` of its last answer and cut to seconds as that is; the only
   * time CircleCI's times may be compared with. `undefined` while no answer had one: nothing is known then.
   */
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
    return this.#pages(withQuery(path, {branch}), model.decodePipeline, options)
  }

  /** `GET /pipeline/{id}/values`: pipeline values and parameters, e.g. `pipeline.parameters.x`. */
  pipelineValues(id: string, options?: CallOptions) {
    return this.#api.get(`${V2}/pipeline/${segment(id)}/values`, model.decodeValues, options)
  }

  /** `GET /pipeline/{id}/config`. */
  pipelineConfig(id: string, options?: CallOptions) {
    return this.#api.get(`${V2}/pipeline/${segment(id)}/config`, model.decodeConfig, options)
  }

  /**
   * `GET /pipeline/{id}/workflow`: the rows as they are listed, in any order. One id may come twice, and `id` is ''
   * where a row has none.
   */
  workflows(pipelineId: string, options?: CallOptions) {
    const path = `${V2}/pipeline/${segment(pipelineId)}/workflow`
    return this.#all(path, model.decodeListedWorkflow, options)
  }

  /** `GET /workflow/{id}`. https://circleci.com/docs/api/v2/#operation/getWorkflowById */
  workflow(id: string, options?: CallOptions) {
    return this.#api.get(`${V2}/workflow/${segment(id)}`, model.decodeWorkflow, options)
  }

  /** `GET /workflow/{id}/job`: the rows as they are listed, in any order; one id may come twice. */
  jobs(workflowId: string, options?: CallOptions) {
    return this.#all(`${V2}/workflow/${segment(workflowId)}/job`, model.decodeJob, options)
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
    return this.#pages(`${projectPath(slug)}/${jobNumber}/artifacts`, model.decodeArtifact, options)
  }

  /** `GET /project/{slug}/{number}/tests`. */
  tests(slug: Slug, jobNumber: number, options?: CallOptions) {
    return this.#pages(`${projectPath(slug)}/${jobNumber}/tests`, model.decodeTest, options)
  }

  /** First page of `GET /insights/{slug}/workflows/{name}`; without a branch: all branches. */
  workflowRuns(slug: Slug, name: string, branch: string | undefined, options?: CallOptions) {
    const path = `${V2}/insights/${slugPath(slug)}/workflows/${segment(name)}`
    const query = branch === undefined ? {'all-branches': 'true'} : {branch}
    return this.#api.get(withQuery(path, query), json => rowsOf(json, model.decodeRun), options)
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
  ): Promise<readonly model.StepAction[]> {
    const path = `/api/v1.1/project/${slugPath(slug)}/${jobNumber}`
    return this.#api.get(path, model.decodeSteps, options)
  }

  /**
   * Whether there is API v3, which a Server has not yet (https://circleci.com/docs/guides/toolkit/api-intro/). A CircleCI
   * on loopback is one to try things with, and may have it.
   */
  hasV3(): boolean {
    const {host} = this.#context
    return host === CLOUD || isLoopback(new URL(host).hostname)
  }

  /** `GET /api/v3/jobs/{id}`: the steps of a job, for when v1.1 has none. */
  jobSteps(jobId: string, options?: CallOptions): Promise<readonly model.StepAction[]> {
    const path = `/api/v3/jobs/${segment(jobId)}`
    return this.#api.get(path, json => decodeJobSteps(json, path), options)
  }

  /** The same of what a step printed as `stepOutput`, for a step of `jobSteps`. */
  stepLog(streams: readonly StepStream[], maxBytes: number, options: CallOptions = {}) {
    return this.#api.persist('GET of a step output', options, () =>
      readStepLog(this.#context, streams, maxBytes, options.signal)
    )
  }

  /**
   * The last `maxBytes` at most of a step's output, as plain text. `output_url` is presigned: no token is sent.
   * `cut` is true when the beginning was left out.
   */
  stepOutput(outputUrl: string, maxBytes: number, options: CallOptions = {}) {
    return this.#api.persist('GET of a step output', options, () =>
      readStepOutput(this.#context, outputUrl, maxBytes, options.signal)
    )
  }

  /**
   * Opens an artifact, from byte `from` on where the host allows ranges (status 206). Redirects are followed; the
   * token goes only where `mayCarryToken` allows. One attempt: callers retry.
   */
  openArtifact(
    url: string,
    from: number,
    options?: {signal?: AbortSignal | undefined; ifRange?: string | undefined}
  ): Promise<Download> {
    return openArtifact(this.#context, url, from, options)
  }

  /** Every row of a listing. One that moved to the next page while we read comes twice. */
  async #all<T>(path: string, decode: (json: Json) => T, options?: CallOptions) {
    const rows: T[] = []
    for await (const page of this.#pages(path, decode, options, MAX_ROWS)) rows.push(...page)
    return rows
  }

  /**
   * A listing that never ends, or comes back to a page it gave before, is no listing: taken for the whole it could hide a
   * failed workflow, and whoever handles a million rows at once runs out of stack.
   */
  async *#pages<T>(
    path: string,
    decode: (json: Json) => T,
    options: CallOptions = {},
    maxRows = Infinity
  ): Pages<T> {
    const seen = new Set<string>()
    let rows = 0
    const decodePage = (json: Json) => {
      const fields = new Fields(json, 'listing')
      const items = fields.requiredList('items').map(decode)
      // Taken for the last page, one whose successor cannot be read could hide a failed workflow.
      const next = fields.optionalString('next_page_token') ?? ''
      if (seen.has(next)) throw new ShapeError('listing: its pages come again')
      if (seen.size >= MAX_PAGES) throw new ShapeError(`listing: more than ${MAX_PAGES} pages`)
      if (rows + items.length > maxRows) throw new ShapeError(`listing: more than ${maxRows} rows`)
      return {items, next}
    }
    const {onRetry} = options
    const onLater: CallOptions['onRetry'] =
      onRetry &&
      ((...[fault, pauseMs, leftMs]) => {
        onRetry(fault, pauseMs, leftMs, true)
      })
    for (let token = ''; ;) {
      const first = token === ''
      const page = first ? path : withQuery(path, {'page-token': token})
      const call = first || onLater === undefined ? options : {...options, onRetry: onLater}
      const {items, next} = await this.#api.get(page, decodePage, call)
      yield items
      if (next === '') return
      rows += items.length
      seen.add(next)
      token = next
    }
  }
}

/** The body of a trigger; what was not asked for is left out, as CircleCI refuses empty values. */
export function triggerBody(request: TriggerRequest): Record<string, Json> {
  const parameters = Object.keys(request.parameters).length > 0 ? request.parameters : undefined
  const body =
    request.endpoint === 'classic'
      ? {...request.ref, parameters}
      : {
          definition_id: request.definitionId,
          config: request.config,
          checkout: request.checkout,
          parameters
        }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}

/**
 * The run endpoint answers 200 where it understood and made no pipeline (a commit that says to skip CI, for one), with
 * whatever body; a classic trigger that made one is answered 201, and 200 counts only with a message.
 * https://circleci.com/docs/api/v2/#operation/triggerPipelineRun
 */
function decodeTrigger(
  json: Json,
  status: number,
  endpoint: TriggerRequest['endpoint']
): TriggerReply {
  // Whatever a run's 200 holds, it is not a pipeline's id.
  if (endpoint === 'run' && status === 200 && !isObject(json)) {
    return {kind: 'no-pipeline', message: ''}
  }
  const fields = new Fields(json, 'trigger')
  const message = fields.string('message')
  const id = fields.string('id') ?? ''
  if (id === '' && status === 200 && (endpoint === 'run' || message !== undefined)) {
    return {kind: 'no-pipeline', message: message ?? ''}
  }
  if (id === '') throw new ShapeError('trigger: no "id"')
  const number = fields.number('number')
  return {
    kind: 'created',
    pipeline: {
      id,
      number: Number.isSafeInteger(number) && Number(number) > 0 ? number : undefined,
      state: fields.string('state') ?? 'pending',
      createdAt: fields.string('created_at') ?? ''
    }
  }
}

function rowsOf<T>(json: Json, decode: (json: Json) => T): readonly T[] {
  return new Fields(json, 'listing').requiredList('items').map(decode)
}

function projectPath(slug: Slug): string {
  return `${V2}/project/${slugPath(slug)}`
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) given.set(name, value)
  }
  if (given.size === 0) return path
  return `${path}${path.includes('?') ? '&' : '?'}${given.toString()}`
}

/** One segment of a path. Half a surrogate pair, which JSON can hold, has no encoding. */
function segment(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
}
