import {createHash} from 'node:crypto'
import {isObject} from '../base/json.ts'
import type {ParameterValue, PipelineConfig, PipelineParameters, Ref} from '../circleci/model.ts'
import {formatSlug, parseSlug, type Slug} from '../circleci/slug.ts'
import type {TriggerRequest} from '../circleci/trigger-request.ts'

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
  const requestId = `${prefixOf(request, run)}${hexDigits(12, random)}`
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

function hexDigits(count: number, random: () => number): string {
  return Math.floor(random() * 16 ** count)
    .toString(16)
    .padStart(count, '0')
}

/** 12 hex digits that distinguish requests of one run, whatever the order of their parameters. */
function hashOf(request: TriggerRequest): string {
  const parameters = Object.entries(request.parameters).sort(([a], [b]) => (a < b ? -1 : 1))
  const facts =
    request.endpoint === 'classic'
      ? [request.ref]
      : [request.definitionId, request.checkout, request.config]
  return sha256([request.endpoint, formatSlug(request.slug), facts, parameters]).slice(0, 12)
}

/**
 * What is about to be triggered, as it is saved to state before the request leaves: enough for this process, or the post
 * step of a killed one, to find the pipeline again. Plain JSON without parameter values.
 */
export interface Intent {
  /** Version of this shape. */
  readonly version: 2
  /** 32 random hex digits: distinguishes two intents and salts the fingerprints. */
  readonly nonce: string
  /** The project, in short form: `gh/acme/shop`. */
  readonly slug: string
  /** The ref that was sent; absent when CircleCI was to choose. */
  readonly ref?: Ref
  /** Id of the definition that was named. */
  readonly definition?: string
  /** The ref its config is to be read from, where one was named. */
  readonly config?: Ref
  /** Fingerprints of the values, by name. */
  readonly parameters: Readonly<Record<string, string>>
  /** The id that stands for `{request-id}` in the parameters. */
  readonly requestId?: string
  /** The highest number that `pipeline/mine` listed before, 0 for none; absent when it could not be read. */
  readonly after?: number
  /** When the request left by CircleCI's clock, in epoch milliseconds; absent when that was not known. */
  readonly since?: number
  /** When the first request that CircleCI may have acted upon left, by this machine's clock, in epoch milliseconds. */
  readonly sentAt: number
}

/** What an intent holds besides the request. */
export type Circumstances = Pick<Intent, 'sentAt'> & {
  readonly [K in 'requestId' | 'after' | 'since']?: Intent[K] | undefined
}

/** The ref a trigger asks for, whichever endpoint it uses; `undefined` when CircleCI is to choose. */
export function refOfRequest(request: TriggerRequest): Ref | undefined {
  return request.endpoint === 'classic' ? request.ref : request.checkout
}

/** Makes the intent of a request that is about to leave. `random` is uniform in [0, 1). */
export function intentOf(
  request: TriggerRequest,
  {requestId, after, since, sentAt}: Circumstances,
  random: () => number
): Intent {
  const nonce = Array.from({length: 4}, () => hexDigits(8, random)).join('')
  const [definition, config] =
    request.endpoint === 'run' ? [request.definitionId, request.config] : []
  const parameters = Object.entries(request.parameters)
  const intent: {[K in keyof Intent]: Intent[K] | undefined} = {
    version: 2,
    nonce,
    slug: formatSlug(request.slug),
    ref: refOfRequest(request),
    definition,
    config,
    parameters: Object.fromEntries(
      parameters.map(([name, value]) => [name, fingerprint(nonce, name, value)])
    ),
    requestId,
    after,
    since: since === undefined ? undefined : Math.floor(since),
    sentAt: Math.floor(sentAt)
  }
  // As it is read back from state: without what is not known.
  return JSON.parse(JSON.stringify(intent)) as Intent
}

/**
 * Condenses one parameter into a SHA-256 in hex: of the salt, its name and its value with its type (`"1"` is not
 * `1`). State is a file that later steps of the job can read, so values are kept there only in this form; the
 * salt keeps equal values of two runs from looking alike.
 */
export function fingerprint(salt: string, name: string, value: ParameterValue): string {
  return sha256([salt, name, value])
}

/** In hex, of a value as JSON. */
function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

/** The project of an intent. */
export function slugOfIntent(intent: Intent): Slug {
  const slug = parseSlug(intent.slug)
  if (slug === undefined) throw new Error(`"${intent.slug}" is not a project slug`)
  return slug
}

/** More than 100 parameters with names of 128 characters (CircleCI's limits) and a ref can need. */
const MAX_TEXT_LENGTH = 64 * 1024
const HEX_32 = /^[0-9a-f]{32}$/
const HEX_64 = /^[0-9a-f]{64}$/
const WORD = /^[\w-]{1,100}$/

/**
 * Reads an intent back from state. Returns `undefined` for anything but exactly what `JSON.stringify` made of an
 * `Intent`: other steps of the job can write to state, and the post step cancels what it finds by it.
 */
export function parseIntent(text: string): Intent | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  return isIntent(json) ? json : undefined
}

function isIntent(json: unknown): json is Intent {
  if (!isObject(json) || !Object.keys(json).every(key => Object.hasOwn(CHECKS, key))) return false
  const fields = new Map<string, unknown>(Object.entries(json))
  return Object.entries(CHECKS).every(([key, check]) => check(fields.get(key)))
}

const CHECKS: Readonly<Record<keyof Intent, (value: unknown) => boolean>> = {
  version: value => value === 2,
  nonce: matches(HEX_32),
  slug: isShortSlug,
  ref: optional(isRef),
  definition: optional(matches(WORD)),
  config: optional(isRef),
  parameters: value => isObject(value) && Object.values(value).every(matches(HEX_64)),
  requestId: optional(matches(WORD)),
  after: optional(isWhole(0)),
  since: optional(isWhole(1)),
  sentAt: isWhole(1)
}

/** In JSON, what is not there is the only thing that is `undefined`. */
function optional(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return value => value === undefined || check(value)
}

function isWhole(least: number): (value: unknown) => boolean {
  return value => Number.isSafeInteger(value) && Number(value) >= least
}

function matches(pattern: RegExp): (value: unknown) => boolean {
  return value => typeof value === 'string' && pattern.test(value)
}

function isShortSlug(json: unknown): boolean {
  const slug = typeof json === 'string' ? parseSlug(json) : undefined
  return slug !== undefined && formatSlug(slug) === json
}

function isRef(json: unknown): boolean {
  const [[kind, name] = [], ...others] = isObject(json) ? Object.entries(json) : []
  return (
    others.length === 0 &&
    (kind === 'branch' || kind === 'tag') &&
    typeof name === 'string' &&
    name !== ''
  )
}
