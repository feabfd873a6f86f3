import type {TriggerRequest} from '../circleci/client.ts'
import type {Ref} from '../circleci/model.ts'
import {formatSlug, parseSlug, type Slug} from '../circleci/slug.ts'
import {fingerprintAll, type Fingerprints} from './fingerprint.ts'

/**
 * What is about to be triggered, in the form it is saved to state in before the request leaves: enough to find the
 * pipeline again, by this process or by the post step of a killed one. It is plain JSON and holds no parameter
 * values.
 */
export interface Intent {
  /** Version of this shape. */
  readonly version: 1
  /** 32 random hex digits: tells two intents apart and salts the fingerprints. */
  readonly nonce: string
  /** The project, in short form: `gh/acme/shop`. */
  readonly slug: string
  /** The ref that was sent; absent when CircleCI was to choose. */
  readonly ref?: Ref
  readonly parameters: Fingerprints
  /** When the first request that CircleCI may have acted upon left, by this machine's clock, in epoch milliseconds. */
  readonly sentAt: number
}

/** The ref a trigger asks for, whichever endpoint it uses; `undefined` when CircleCI is to choose. */
export function refOfRequest(request: TriggerRequest): Ref | undefined {
  return request.endpoint === 'classic' ? request.ref : request.checkout
}

/** Makes the intent of a request that is about to leave at `sentAt`. `random` is uniform in [0, 1). */
export function intentOf(request: TriggerRequest, sentAt: number, random: () => number): Intent {
  const nonce = Array.from({length: 4}, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  ).join('')
  const ref = refOfRequest(request)
  return {
    version: 1,
    nonce,
    slug: formatSlug(request.slug),
    ...(ref === undefined ? {} : {ref}),
    parameters: fingerprintAll(nonce, request.parameters),
    sentAt: Math.floor(sentAt)
  }
}

/** The project of an intent. */
export function slugOfIntent(intent: Intent): Slug {
  const slug = parseSlug(intent.slug)
  if (slug === undefined) throw new Error(`"${intent.slug}" is not a project slug`)
  return slug
}

/** More than 100 parameters with names of 128 characters (CircleCI's limits) and a ref can need. */
const MAX_TEXT_LENGTH = 64 * 1024
const KEYS = new Set(['version', 'nonce', 'slug', 'ref', 'parameters', 'sentAt'])
const HEX_32 = /^[0-9a-f]{32}$/
const HEX_64 = /^[0-9a-f]{64}$/

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
  if (!isRecord(json) || !Object.keys(json).every(key => KEYS.has(key))) return false
  const {version, nonce, slug, parameters, sentAt} = json
  return (
    version === 1 &&
    isMatch(nonce, HEX_32) &&
    isShortSlug(slug) &&
    (!('ref' in json) || isRef(json['ref'])) &&
    isRecord(parameters) &&
    Object.values(parameters).every(value => isMatch(value, HEX_64)) &&
    Number.isSafeInteger(sentAt) &&
    Number(sentAt) > 0
  )
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function isMatch(json: unknown, pattern: RegExp): boolean {
  return typeof json === 'string' && pattern.test(json)
}

function isShortSlug(json: unknown): boolean {
  if (typeof json !== 'string') return false
  const slug = parseSlug(json)
  return slug !== undefined && formatSlug(slug) === json
}

function isRef(json: unknown): json is Ref {
  if (!isRecord(json)) return false
  const [[kind, name] = [], ...others] = Object.entries(json)
  return (
    others.length === 0 &&
    (kind === 'branch' || kind === 'tag') &&
    typeof name === 'string' &&
    name !== ''
  )
}
