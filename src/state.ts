import * as core from '@actions/core'

import {formatSlug, parseSlug, type Slug} from './circleci/slug.ts'
import {parseIntent, type Intent} from './trigger/intent.ts'

/** The pipeline this step answers for, as kept for the post step. */
export interface SavedPipeline {
  readonly id: string
  readonly number: number
  readonly slug: Slug
}

/** What the main step left for the post step. */
export interface SavedState {
  /** False when this is the main step. */
  readonly isPost: boolean
  /** True when the main step came to its end by itself: nothing is left to do. */
  readonly settled: boolean
  /** True once the main step had begun to cancel what it answers for: the post step finishes that. */
  readonly cancelling: boolean
  /** A trigger that may have been under way. */
  readonly intent: Intent | undefined
  readonly pipeline: SavedPipeline | undefined
}

/** Nothing that could be more than one segment of a path. */
const ID = /^[\w-]{1,100}$/

/** Marks the main step as begun, so that the same bundle knows the post step when it runs again. */
export function markBegun(): void {
  core.saveState('begun', 'true')
}

/** Marks the main step as ended by itself. */
export function markSettled(): void {
  core.saveState('settled', 'true')
}

/** Marks that the pipeline is being cancelled: workflows may still appear, and the post step has to see to them. */
export function markCancelling(): void {
  core.saveState('cancelling', 'true')
}

/** Keeps a trigger's intent before it is sent; `undefined` when nothing is under way any more. */
export function saveIntent(intent: Intent | undefined): void {
  core.saveState('intent', intent === undefined ? '' : JSON.stringify(intent))
}

/** Keeps the pipeline this step answers for; `undefined`: for none any more. */
export function savePipeline(pipeline: SavedPipeline | undefined): void {
  const text = pipeline && JSON.stringify({...pipeline, slug: formatSlug(pipeline.slug)})
  core.saveState('pipeline', text ?? '')
}

/**
 * What the post step has to do with what the main step left: what was being cancelled is cancelled to the end, and what
 * a killed step left running goes by `on-cancel`.
 */
export function remainingDuty(
  state: SavedState,
  onCancel: 'cancel' | 'leave'
): 'nothing' | 'cancel' | 'leave' {
  if (state.pipeline === undefined && state.intent === undefined) return 'nothing'
  if (state.cancelling) return 'cancel'
  return state.settled ? 'nothing' : onCancel
}

/**
 * Reads the state back. Anything that is not exactly what the main step writes counts as not there: what is found here
 * is cancelled, and other steps of the job could have written it.
 */
export function readState(): SavedState {
  return {
    isPost: core.getState('begun') === 'true',
    settled: core.getState('settled') === 'true',
    cancelling: core.getState('cancelling') === 'true',
    intent: parseIntent(core.getState('intent')),
    pipeline: parsePipeline(core.getState('pipeline'))
  }
}

function parsePipeline(text: string): SavedPipeline | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof json !== 'object' || json === null) return undefined
  const {id, number, slug, ...more} = json as Record<string, unknown>
  const parsed = typeof slug === 'string' ? parseSlug(slug) : undefined
  if (parsed === undefined || formatSlug(parsed) !== slug) return undefined
  if (typeof id !== 'string' || !ID.test(id) || Object.keys(more).length > 0) return undefined
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number <= 0) return undefined
  return {id, number, slug: parsed}
}
