import {createHash} from 'node:crypto'
import type {TriggerRequest} from '../circleci/trigger-request.ts'
import type {PipelineConfig, PipelineParameters} from '../circleci/model.ts'
import {formatSlug} from '../circleci/slug.ts'

/** Stands in a string parameter for the id of the request. */
export const PLACEHOLDER = '{request-id}'

/**
 * An id as it is sent: `ccp-<run id>-<attempt>-<hash of the request>-<random>`. Where CircleCI shows it in a pipeline,
 * the pipeline is this very request's, whatever else is unknown: its API has no idempotency key and shows no
 * parameters, but `GET /pipeline/{id}/config` shows the config compiled with them.
 */
const REQUEST_ID = /ccp-[0-9a-z]{1,40}-\d{1,9}-[0-9a-z]{1,64}-[0-9a-z]{1,64}/g
/** The longest of ours, in characters. */
export const MAX_REQUEST_ID_LENGTH = 64

/** The GitHub run and attempt a request belongs to. */
export interface RunAttempt {
  /** GITHUB_RUN_ID: digits. */
  readonly runId: string
  readonly attempt: number
}

/**
 * The request with every `{request-id}` in its string parameters replaced by one new id, and that id; `undefined` for
 * the id when there is none to replace. `random` is uniform in [0, 1).
 */
export function withRequestId(
  request: TriggerRequest,
  run: RunAttempt,
  random: () => number
): {readonly request: TriggerRequest; readonly requestId: string | undefined} {
  if (!takesRequestId(request)) return {request, requestId: undefined}
  const digits = Math.floor(random() * 16 ** 12).toString(16)
  const requestId = `${prefixOf(request, run)}${digits.padStart(12, '0')}`
  const parameters = Object.fromEntries(
    Object.entries(request.parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(PLACEHOLDER, requestId) : value
    ])
  )
  return {request: {...request, parameters}, requestId}
}

/** Recognises the ids that earlier attempts of the run gave to the same request, as it was before the replacement. */
export function earlierIds(request: TriggerRequest, run: RunAttempt): (id: string) => boolean {
  if (!takesRequestId(request)) return () => false
  const prefixes = Array.from({length: run.attempt - 1}, (_, index) =>
    prefixOf(request, {...run, attempt: index + 1})
  )
  return id => prefixes.some(prefix => id.startsWith(prefix))
}

/** The ids in a pipeline's values and its compiled config, each with the letters and digits that may follow it. */
export function requestIdsIn(
  values: PipelineParameters | undefined,
  config: PipelineConfig | undefined
): readonly string[] {
  const texts = [
    ...Object.values(values ?? {}).filter(value => typeof value === 'string'),
    config?.compiled ?? '',
    config?.compiledSetup ?? ''
  ]
  return texts.flatMap(text => [...text.matchAll(REQUEST_ID)].map(([id]) => id))
}

function takesRequestId({parameters}: TriggerRequest): boolean {
  return Object.values(parameters).some(
    value => typeof value === 'string' && value.includes(PLACEHOLDER)
  )
}

function prefixOf(request: TriggerRequest, {runId, attempt}: RunAttempt): string {
  return `ccp-${runId}-${attempt}-${hashOf(request)}-`
}

/** 12 hex digits that distinguish requests of one run, whatever the order of their parameters. */
function hashOf(request: TriggerRequest): string {
  const parameters = Object.entries(request.parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  const facts =
    request.endpoint === 'classic'
      ? [request.ref]
      : [request.definitionId, request.checkout, request.config]
  return createHash('sha256')
    .update(JSON.stringify([request.endpoint, formatSlug(request.slug), facts, parameters]))
    .digest('hex')
    .slice(0, 12)
}
