import type {ApiContext} from '../circleci/api.ts'
import type {CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {PATIENCE_MS, retry} from '../circleci/retry.ts'
import {CLOUD, formatSlug, type Slug} from '../circleci/slug.ts'
import {timeLimit} from '../base/clock.ts'
import {ActionError} from '../base/errors.ts'
import {ShapeError} from '../base/json.ts'
import {Outage} from '../base/log.ts'

/** How long nothing but errors is outlasted where `host` may be what is wrong, in milliseconds. */
const DOUBTED_PATIENCE_MS = 60_000
/** How long CircleCI may not know a pipeline that was named, in milliseconds: it may have been made a moment ago. */
const KNOWN_WITHIN_MS = 30_000
const LOOK_AGAIN_MS = 5_000
/** How long the baseline may take, in milliseconds: it must not hold up a trigger. */
const BASELINE_LIMIT_MS = 3_000

/** What repeated requests to CircleCI need from outside. */
export interface AskContext extends Pick<ApiContext, 'host' | 'clock' | 'random' | 'log'> {
  readonly signal?: AbortSignal | undefined
}

/** The part of CircleCI's API it takes to find a pipeline again. */
type Reads = 'me' | 'project' | 'definitions' | 'pipelines' | 'pipelineValues' | 'pipelineConfig'

/** What finding a pipeline needs from outside. */
export interface SearchContext extends AskContext {
  readonly circleci: Pick<CircleCI, Reads | 'serverNow'>
}

/**
 * How long faults are retried before anything was read from a host, in milliseconds: less where something else answers in
 * CircleCI's place, and where a host that was set by hand does not resolve, as a typo does not heal.
 */
export function firstReadPatienceMs({foreign, unresolved}: UnavailableError, host: string): number {
  return foreign || (unresolved && host !== CLOUD) ? DOUBTED_PATIENCE_MS : PATIENCE_MS
}

/** Repeats a request after faults, for as long as `patienceMs` says, and logs that. Rejects like `retry`. */
export async function patiently<T>(
  what: string,
  ask: () => Promise<T>,
  context: AskContext,
  patienceMs = (fault: UnavailableError) => firstReadPatienceMs(fault, context.host),
  outage = new Outage(what, context)
): Promise<T> {
  const {clock} = context
  const began = clock.now()
  const answer = await retry(what, ask, {
    ...context,
    leftMs: fault => began + patienceMs(fault) - clock.now(),
    onRetry: (fault, pauseMs, leftMs) => {
      outage.failed(fault, pauseMs, leftMs)
    }
  })
  outage.over()
  return answer
}

/** A pipeline as it is named: by its id or its number. */
export type Named = {readonly id: string} | {readonly number: number}

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

/** What was there in a project before the first trigger of a step: none of it is what a trigger made. */
export class Baseline {
  #after: number | undefined
  #isRead = false

  /**
   * The highest number that `pipeline/mine` listed before the first trigger, whatever clocks say; 0 when it listed none,
   * `undefined` when it could not be read. Read once: without an answer, or with a fault or a refusal, the trigger goes
   * ahead. When something else answers in CircleCI's place, it is asked again for a minute, then nothing is triggered:
   * rejects with an `ActionError` (`api-unavailable`); with an `AbortedError` when the signal ended it.
   */
  async read(slug: Slug, outage: Outage, context: SearchContext): Promise<number | undefined> {
    if (context.signal?.aborted === true) throw new AbortedError('The trigger')
    if (!this.#isRead) this.made((await readNewest(slug, outage, context)) ?? -1)
    this.#isRead = true
    return this.#after
  }

  /** The step made this one itself: no later trigger of its did. */
  made(number: number): void {
    if (number > (this.#after ?? -1)) this.#after = number
  }
}

async function readNewest(
  slug: Slug,
  outage: Outage,
  context: SearchContext
): Promise<number | undefined> {
  const ask = (): Promise<number | undefined> => readOnce(slug, context)
  try {
    return await patiently('The trigger', ask, context, () => DOUBTED_PATIENCE_MS, outage)
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    const {notCircleCI} = await import(/* webpackChunkName: "later" */ './failure.ts')
    throw notCircleCI({slug, host: context.host}, error)
  }
}

/** One attempt. Rejects with an `UnavailableError` only when something else answered in CircleCI's place. */
async function readOnce(
  slug: Slug,
  {circleci, clock, signal}: SearchContext
): Promise<number | undefined> {
  const limit = timeLimit(clock, BASELINE_LIMIT_MS, signal)
  try {
    const options = {signal: limit.signal, patienceMs: 0}
    const page = await circleci.pipelines(slug, {mine: true}, options).next()
    const newest = page.done === true ? [] : page.value
    return Math.max(0, ...newest.map(({number}) => number))
  } catch (error) {
    const passes =
      error instanceof RefusedError ||
      (error instanceof UnavailableError && !isForeign(error)) ||
      (error instanceof AbortedError && signal?.aborted !== true)
    if (!passes) throw error
    return undefined
  } finally {
    limit.end()
  }
}

/** JSON that is no list of pipelines is no answer of CircleCI's either: enough to hold a trigger back. */
function isForeign({foreign, cause}: UnavailableError): boolean {
  return foreign || cause instanceof ShapeError
}
