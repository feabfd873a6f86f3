import {createHash} from 'node:crypto'
import {isObject} from '../base/json.ts'
import type {TriggerRequest} from '../circleci/trigger-request.ts'
import type {ParameterValue, Ref} from '../circleci/model.ts'
import {formatSlug, parseSlug, type Slug} from '../circleci/slug.ts'

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
  const nonce = Array.from({length: 4}, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  ).join('')
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
  return createHash('sha256')
    .update(JSON.stringify([salt, name, value]))
    .digest('hex')
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
