import type {CircleCI} from '../circleci/client.ts'
import {RefusedError, type UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {PATIENCE_MS, retry} from '../circleci/retry.ts'
import {CLOUD, formatSlug, type Slug} from '../circleci/slug.ts'
import {ActionError} from '../base/errors.ts'
import {Outage} from '../base/log.ts'
import type {AskContext} from './baseline.ts'

/** How long CircleCI may not know a pipeline that was named, in milliseconds: it may have been made a moment ago. */
const KNOWN_WITHIN_MS = 30_000
/** How long nothing but errors is outlasted where `host` may be what is wrong, in milliseconds. */
const DOUBTED_PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 5_000

/** A pipeline as it is named: by its id or its number. */
export type Named = {readonly id: string} | {readonly number: number}

/**
 * How long faults are retried before anything was read from a host, in milliseconds: less where something else answers in
 * CircleCI's place, and where a host that was set by hand does not resolve, as a typo does not heal.
 */
export function firstReadPatienceMs({foreign, unresolved}: UnavailableError, host: string): number {
  return foreign || (unresolved && host !== CLOUD) ? DOUBTED_PATIENCE_MS : PATIENCE_MS
}

/** Finds a pipeline by its id or number. Throws `not-found` when CircleCI does not know it for half a minute. */
export async function findPipeline(
  named: Named,
  slug: Slug,
  context: AskContext & {readonly circleci: Pick<CircleCI, 'pipeline' | 'pipelineByNumber'>}
): Promise<Pipeline> {
  const {circleci, clock, signal} = context
  const options = {signal, patienceMs: 0}
  const [name, ask] =
    'id' in named
      ? [named.id, () => circleci.pipeline(named.id, options)]
      : [`#${named.number}`, () => circleci.pipelineByNumber(slug, named.number, options)]
  const began = clock.now()
  for (;;) {
    try {
      return await patiently(`Reading pipeline ${name}`, ask, context)
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error
      if (clock.now() >= began + KNOWN_WITHIN_MS) throw unknownPipeline(named, slug, error)
    }
    await clock.sleep(LOOK_AGAIN_MS, signal)
  }
}

/**
 * Asks again for as long as `firstReadPatienceMs` says where nothing but errors comes, and logs that. Rejects with what
 * came last, and with an `AbortedError`.
 */
export async function patiently<T>(
  what: string,
  ask: () => Promise<T>,
  context: AskContext
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

function unknownPipeline(named: Named, slug: Slug, refusal: RefusedError): ActionError {
  const project = formatSlug(slug)
  const [what, check] =
    'id' in named
      ? [`no pipeline with the id ${named.id}`, '']
      : [`no pipeline number ${named.number} in ${project}`, `, "project-slug" (${project})`]
  return new ActionError(
    'not-found',
    `Input "pipeline": CircleCI has ${what}, or the token has no access to it (CircleCI says: ${refusal.words || 'not found'}). Check the value${check} and that the token's user can open the project.`,
    {cause: refusal}
  )
}
