import type {CallOptions, CircleCI} from '../circleci/client.ts'
import {RefusedError, type UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {PATIENCE_MS, retry} from '../circleci/retry.ts'
import {formatSlug, type Slug, CLOUD} from '../circleci/slug.ts'
import type {Clock} from '../base/clock.ts'
import {ActionError} from '../base/errors.ts'
import {type Log, Outage} from '../base/log.ts'

/** How long CircleCI may not know a pipeline that was named, in milliseconds: it may have been made a moment ago. */
const KNOWN_WITHIN_MS = 30_000
/** How long nothing but errors is outlasted where `host` may be what is wrong, in milliseconds. */
const DOUBTED_PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 5_000

/** What attaching needs from outside. */
export interface AttachContext {
  readonly circleci: Pick<CircleCI, 'pipeline' | 'pipelineByNumber'>
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  readonly host: string
  readonly signal: AbortSignal
}

/**
 * How long a fault is borne before anything was read from a host, in milliseconds: less where something else answers in
 * CircleCI's place, and where a host that was set by hand does not resolve, as a typo does not heal.
 */
export function firstReadPatienceMs({foreign, unresolved}: UnavailableError, host: string): number {
  return foreign || (unresolved && host !== CLOUD) ? DOUBTED_PATIENCE_MS : PATIENCE_MS
}

/** Finds a pipeline by its id or number. Throws `not-found` when CircleCI does not know it for half a minute. */
export async function findPipeline(
  choice: {readonly id: string} | {readonly number: number},
  slug: Slug,
  context: AttachContext
): Promise<Pipeline> {
  const {circleci, clock, signal} = context
  const what =
    'id' in choice ? `Reading pipeline ${choice.id}` : `Reading pipeline #${choice.number}`
  const began = clock.now()
  const options: CallOptions = {signal, patienceMs: 0}
  const ask = (): Promise<Pipeline> =>
    'id' in choice
      ? circleci.pipeline(choice.id, options)
      : circleci.pipelineByNumber(slug, choice.number, options)
  for (;;) {
    try {
      return await patiently(what, ask, context)
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error
      if (clock.now() >= began + KNOWN_WITHIN_MS) throw unknownPipeline(choice, slug, error)
    }
    await clock.sleep(LOOK_AGAIN_MS, signal)
  }
}

/**
 * Asks again for as long as a wait would where nothing but errors comes, for a minute where something else answers in
 * CircleCI's place, and tells of it. Rejects with what came last, and with an `AbortedError`.
 */
export async function patiently<T>(
  what: string,
  ask: () => Promise<T>,
  context: Pick<AttachContext, 'clock' | 'random' | 'log' | 'host' | 'signal'>
): Promise<T> {
  const {clock, host} = context
  const outage = new Outage(what, context)
  const began = clock.now()
  const answer = await retry(what, ask, {
    ...context,
    leftMs: fault => began + firstReadPatienceMs(fault, host) - clock.now(),
    onRetry: (fault, pauseMs, leftMs) => {
      outage.failed(fault, pauseMs, leftMs)
    }
  })
  outage.over()
  return answer
}

function unknownPipeline(
  choice: {readonly id: string} | {readonly number: number},
  slug: Slug,
  refusal: RefusedError
): ActionError {
  const project = formatSlug(slug)
  const [what, check] =
    'id' in choice
      ? [`no pipeline with the id ${choice.id}`, '']
      : [`no pipeline number ${choice.number} in ${project}`, `, "project-slug" (${project})`]
  return new ActionError(
    'not-found',
    `Input "pipeline": CircleCI has ${what}, or the token has no access to it (CircleCI says: ${refusal.words || 'not found'}). Check the value${check} and that the token's user can open the project.`,
    {cause: refusal}
  )
}
