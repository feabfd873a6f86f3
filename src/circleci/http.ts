import {Api, type ApiContext} from './api.ts'
import {openArtifact} from './artifact-host.ts'
import type {CallOptions, CircleCI, Page, TriggerReply, TriggerRequest} from './client.ts'
import {
  decodeArtifact,
  decodeConfig,
  decodeDefinition,
  decodeFlakyTests,
  decodeJob,
  decodeListedWorkflow,
  decodePipeline,
  decodeProject,
  decodeRun,
  decodeSteps,
  decodeTest,
  decodeUser,
  decodeValues,
  decodeWorkflow
} from './decode.ts'
import {Fields, isObject, ShapeError, type Json} from './fields.ts'
import {slugPath} from './slug.ts'
import {readStepOutput} from './step-output.ts'

const V2 = '/api/v2'
/** More pages, and more rows in all of them, than any listing here can have. */
const MAX_PAGES = 200
const MAX_ROWS = 10_000

/**
 * CircleCI over HTTP: API v2 (https://circleci.com/docs/api/v2/), and of v1.1 only the page of a job, the one place
 * that tells its steps. Slugs go out with literal slashes, each segment encoded.
 */
export function createCircleCI(context: ApiContext): CircleCI {
  const api = new Api(context)
  return {
    serverNow: () => api.serverNow(),
    me: options => api.get(`${V2}/me`, decodeUser, options),
    project: (slug, options) => api.get(`${V2}/project/${slugPath(slug)}`, decodeProject, options),
    definitions: (projectId, options) =>
      api.get(
        `${V2}/projects/${segment(projectId)}/pipeline-definitions`,
        json => new Fields(json, 'definitions').requiredList('items').map(decodeDefinition),
        options
      ),
    trigger: (request, options) =>
      api.postOnce(
        triggerPath(request),
        triggerBody(request),
        (json, status) => decodeTrigger(json, status, request.endpoint),
        options?.signal
      ),
    pipeline: (id, options) => api.get(`${V2}/pipeline/${segment(id)}`, decodePipeline, options),
    pipelineByNumber: (slug, number, options) =>
      api.get(`${V2}/project/${slugPath(slug)}/pipeline/${number}`, decodePipeline, options),
    pipelinePage: (slug, query, options) =>
      api.get(
        withQuery(`${V2}/project/${slugPath(slug)}/pipeline${query.mine === true ? '/mine' : ''}`, {
          branch: query.branch,
          'page-token': query.pageToken
        }),
        pageOf(decodePipeline),
        options
      ),
    pipelineValues: (id, options) =>
      api.get(`${V2}/pipeline/${segment(id)}/values`, decodeValues, options),
    pipelineConfig: (id, options) =>
      api.get(`${V2}/pipeline/${segment(id)}/config`, decodeConfig, options),
    workflows: (pipelineId, options) =>
      allPages(
        api,
        `${V2}/pipeline/${segment(pipelineId)}/workflow`,
        decodeListedWorkflow,
        options
      ),
    workflow: (id, options) => api.get(`${V2}/workflow/${segment(id)}`, decodeWorkflow, options),
    jobs: (workflowId, options) =>
      allPages(api, `${V2}/workflow/${segment(workflowId)}/job`, decodeJob, options),
    approve: (workflowId, requestId, options) =>
      api.post(`${V2}/workflow/${segment(workflowId)}/approve/${segment(requestId)}`, options),
    cancelWorkflow: (workflowId, options) =>
      api.post(`${V2}/workflow/${segment(workflowId)}/cancel`, options),
    rerunFromFailed: (workflowId, options) =>
      api.postOnce(
        `${V2}/workflow/${segment(workflowId)}/rerun`,
        {from_failed: true},
        json => new Fields(json, 'rerun').requiredString('workflow_id'),
        options?.signal
      ),
    artifactPage: (slug, jobNumber, pageToken, options) =>
      api.get(
        withQuery(`${V2}/project/${slugPath(slug)}/${jobNumber}/artifacts`, {
          'page-token': pageToken
        }),
        pageOf(decodeArtifact),
        options
      ),
    testPage: (slug, jobNumber, pageToken, options) =>
      api.get(
        withQuery(`${V2}/project/${slugPath(slug)}/${jobNumber}/tests`, {'page-token': pageToken}),
        pageOf(decodeTest),
        options
      ),
    workflowRuns: (slug, name, branch, options) =>
      api.get(
        withQuery(`${V2}/insights/${slugPath(slug)}/workflows/${segment(name)}`, {
          branch,
          'all-branches': branch === undefined ? 'true' : undefined
        }),
        json => new Fields(json, 'workflow runs').requiredList('items').map(decodeRun),
        options
      ),
    flakyTests: (slug, options) =>
      api.get(`${V2}/insights/${slugPath(slug)}/flaky-tests`, decodeFlakyTests, options),
    stepActions: (slug, jobNumber, options) =>
      api.get(`/api/v1.1/project/${slugPath(slug)}/${jobNumber}`, decodeSteps, options),
    stepOutput: (url, maxBytes, options = {}) =>
      api.persist('GET of a step output', options, () =>
        readStepOutput(context, url, maxBytes, options.signal)
      ),
    openArtifact: (url, from, options) => openArtifact(context, url, from, options)
  }
}

function triggerPath(request: TriggerRequest): string {
  const path = `${V2}/project/${slugPath(request.slug)}/pipeline`
  return request.endpoint === 'run' ? `${path}/run` : path
}

/** The body of a trigger; what was not asked for is left out, as CircleCI refuses empty values. */
export function triggerBody(request: TriggerRequest): Record<string, Json> {
  const parameters =
    Object.keys(request.parameters).length > 0 ? {...request.parameters} : undefined
  const body: Record<string, Json> =
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

function pageOf<T>(decode: (json: Json) => T): (json: Json) => Page<T> {
  return json => {
    const fields = new Fields(json, 'listing')
    const items = fields.requiredList('items').map(decode)
    // Taken for the last page, one whose successor cannot be read could hide a failed workflow.
    const next = fields.optionalString('next_page_token')
    return {items, next: next === '' ? undefined : next}
  }
}

/**
 * Every row of a listing. One that never ends, or comes back to a page it gave before, is no listing: taken for the
 * whole it could hide a failed workflow, and whoever handles a million rows at once runs out of stack. An item that moved to the next page while we read is told twice.
 */
async function allPages<T>(
  api: Api,
  path: string,
  decode: (json: Json) => T,
  options: CallOptions | undefined
): Promise<readonly T[]> {
  const items: T[] = []
  const seen = new Set<string>()
  const decodePage = pageOf(decode)
  const decodeNewPage = (json: Json): Page<T> => {
    const page = decodePage(json)
    if (items.length + page.items.length > MAX_ROWS) {
      throw new ShapeError(`listing: more than ${MAX_ROWS} rows`)
    }
    if (page.next === undefined) return page
    if (seen.has(page.next)) throw new ShapeError('listing: its pages come again')
    if (seen.size >= MAX_PAGES) throw new ShapeError(`listing: more than ${MAX_PAGES} pages`)
    return page
  }
  const onRetry = options?.onRetry
  const later: CallOptions | undefined =
    onRetry === undefined
      ? options
      : {
          ...options,
          onRetry: (fault, pauseMs, leftMs) => {
            onRetry(fault, pauseMs, leftMs, true)
          }
        }
  for (let token: string | undefined; ;) {
    const {items: more, next} = await api.get(
      withQuery(path, {'page-token': token}),
      decodeNewPage,
      token === undefined ? options : later
    )
    items.push(...more)
    if (next === undefined) return items
    seen.add(next)
    token = next
  }
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) given.set(name, value)
  }
  return given.size === 0 ? path : `${path}?${given.toString()}`
}

/** One segment of a path. Half a surrogate pair, which JSON can hold, has no encoding. */
function segment(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
}
