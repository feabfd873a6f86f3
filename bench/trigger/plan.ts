import type {TriggerRequest} from '../../src/circleci/trigger-request.ts'
import type {PipelineParameters, Ref} from '../../src/circleci/model.ts'
import type {Slug} from '../../src/circleci/slug.ts'
import {PLACEHOLDER} from '../../src/trigger/intent.ts'
import type {Random} from './random.ts'

/** What happens to one POST. */
export type PostFate =
  | 'answered'
  | 'no-pipeline'
  | 'rejected'
  /** Certainly not acted upon. */
  | 'unreachable'
  | 'rate-limited'
  | 'bad-certificate'
  /** The answer is lost: never processed; processed; processed, but the loss shows only after 30 s; processed later. */
  | 'lost-before'
  | 'lost-after'
  | 'hung-before'
  | 'hung-after'
  | 'processed-late'

const LOSSES: ReadonlySet<PostFate> = new Set([
  'lost-before',
  'lost-after',
  'hung-before',
  'hung-after',
  'processed-late'
])

/** Whether the answer of a POST is lost. */
export function isLoss(fate: PostFate): boolean {
  return LOSSES.has(fate)
}

/** How the searches fare. */
export interface SearchWeather {
  /** Chance that one GET is answered 503 or cut. */
  readonly faultRate: number
  /** From when to when (milliseconds from the start) no GET is answered. */
  readonly outage: readonly [number, number] | undefined
  readonly mine: 'ok' | 'denied' | 'empty'
  readonly project: 'ok' | 'denied'
  /** Chance that a listing leaves a pipeline out. */
  readonly forgets: number
  /** Whether listings come in any order. */
  readonly shuffles: boolean
  /** Whether listings tell each pipeline twice. */
  readonly repeats: boolean
}

/** What CircleCI tells of a pipeline. */
export interface Telling {
  /** What `GET /pipeline/{id}/values` tells: as CircleCI's own clients say, with the parameters besides, or 403. */
  readonly values: 'built-in' | 'with-parameters' | 'refused'
  /** Whether the values tell the definition. */
  readonly definition: boolean
  /** How far the `Date` header is ahead of CircleCI's other clocks, in milliseconds; `undefined`: there is none. */
  readonly dateSkewMs: number | undefined
  /** How much earlier than it was a pipeline of ours says it was created, in milliseconds. */
  readonly driftMs: number
  /** Whether `created_at` is told in whole seconds. */
  readonly coarse: boolean
  /** Whether the project's list spells the user's login as `GET /me` does, in another case, or otherwise. */
  readonly login: 'same' | 'case' | 'other'
  /** Whether the values tell whether a branch is the default one. */
  readonly isDefault: boolean
}

/** One schedule: what is asked for, and everything the world will do to it. */
export interface Plan {
  /** One parameter holds `{request-id}` when `marked`. */
  readonly request: TriggerRequest
  readonly marked: boolean
  /** Whether the project's config declares parameters. */
  readonly declares: boolean
  readonly telling: Telling
  /** One fate a POST, in order; the last one repeats. */
  readonly posts: readonly PostFate[]
  readonly weather: SearchWeather
  /** CircleCI's clock minus the runner's, in milliseconds. */
  readonly skewMs: number
  /** How long a pipeline may stay out of the listings after its POST was answered or lost, in milliseconds. */
  readonly lagMs: number
  /** For how long a new pipeline's values and config are refused, in milliseconds. */
  readonly shyMs: number
  readonly pageSize: number
  /** What a 503 that loses an answer asks to be left alone for, in milliseconds. */
  readonly restMs: number | undefined
  readonly strangers: number
  /** Whether somebody with the same token sends the very same request meanwhile. */
  readonly twins: boolean
  /** Whether there is one that cannot be told from ours: the very same, but of a trigger type nobody knows. */
  readonly riddle: boolean
  /** When the job is cancelled, in milliseconds from the start. */
  readonly abortAt: number | undefined
}

export const SLUG: Slug = {provider: 'gh', organization: 'acme', project: 'shop'}
/** What the project's config declares, if anything. */
export const DEFAULTS: PipelineParameters = {suite: 'all', deploy: false, shards: 1, id: ''}
const PARAMETERS: PipelineParameters = {suite: 'unit', deploy: true, shards: 3}
export const OUR_DEFINITION = 'definition-1'
export const OTHER_DEFINITION = 'definition-2'
const REFS: readonly [Ref | undefined, ...(Ref | undefined)[]] = [
  {branch: 'main'},
  {branch: 'feature/x'},
  {branch: 'pull/12/head'},
  {tag: 'v1.2.3'},
  undefined
]

/** Draws a schedule. */
export function drawPlan(random: Random): Plan {
  const declares = random.chance(0.6)
  const marked = declares && random.chance(0.5)
  const weather = drawWeather(random)
  return {
    request: drawRequest(random, declares, marked),
    marked,
    declares,
    telling: drawTelling(random),
    posts: drawPosts(random),
    weather,
    skewMs: random.pick([0, random.between(-2e3, 2e3), random.between(-6e5, 6e5)]),
    lagMs: random.pick([0, 500, 3_000, 15_000]),
    shyMs: random.pick([0, 0, 1_000, 5_000]),
    // A short page out of order can look as if it were in order.
    pageSize: weather.shuffles ? 20 : random.whole(2, 20),
    restMs: random.chance(0.2) ? random.between(1_000, 60_000) : undefined,
    strangers: random.whole(0, 8),
    twins: random.chance(0.15),
    riddle: random.chance(0.05),
    abortAt: random.chance(0.1) ? random.between(0, 60_000) : undefined
  }
}

function drawTelling(random: Random): Telling {
  return {
    values: random.weighted({'built-in': 7, 'with-parameters': 2, refused: 1}),
    definition: random.chance(0.8),
    dateSkewMs: random.chance(0.1) ? undefined : skewOf(random),
    driftMs: random.chance(0.05) ? random.between(0, 4_000) : 0,
    coarse: random.chance(0.1),
    login: random.weighted({same: 6, case: 2, other: 2}),
    isDefault: random.chance(0.8)
  }
}

function skewOf(random: Random): number {
  return random.pick([0, 0, 0, random.between(-5_000, 5_000), random.between(-240_000, 240_000)])
}

function drawRequest(random: Random, declares: boolean, marked: boolean): TriggerRequest {
  const parameters = declares ? drawParameters(random, marked) : {}
  const ref = random.pick(REFS)
  if (random.chance(0.5)) return {endpoint: 'classic', slug: SLUG, ref, parameters}
  return {
    endpoint: 'run',
    slug: SLUG,
    definitionId: random.chance(0.8) ? OUR_DEFINITION : undefined,
    checkout: ref,
    config: ref,
    parameters
  }
}

/** None, all, or some of what is declared. */
function drawParameters(random: Random, marked: boolean): PipelineParameters {
  const share = random.pick([0, 0.5, 1])
  const some = Object.entries(PARAMETERS).filter(() => random.chance(share))
  return Object.fromEntries(marked ? [...some, ['id', PLACEHOLDER]] : some)
}

function drawPosts(random: Random): readonly PostFate[] {
  const posts: PostFate[] = []
  while (posts.length < 12) {
    posts.push(
      random.weighted<PostFate>({
        answered: 3,
        'no-pipeline': 0.3,
        rejected: 0.3,
        unreachable: 1,
        'rate-limited': 1,
        'bad-certificate': 0.1,
        'lost-before': 1,
        'lost-after': 2,
        'hung-before': 0.5,
        'hung-after': 0.5,
        'processed-late': 0.5
      })
    )
  }
  // Now and then nothing but refusals, to see the end of the trigger's patience.
  return random.chance(0.02) ? ['unreachable'] : posts
}

function drawWeather(random: Random): SearchWeather {
  const from = random.between(0, 40_000)
  return {
    faultRate: random.pick([0, 0, 0.05, 0.3]),
    outage: random.chance(0.15) ? [from, from + random.between(1_000, 90_000)] : undefined,
    mine: random.weighted({ok: 8, denied: 1, empty: 1}),
    project: random.weighted({ok: 9, denied: 1}),
    forgets: random.pick([0, 0, 0, 0.15]),
    shuffles: random.chance(0.15),
    repeats: random.chance(0.1)
  }
}
