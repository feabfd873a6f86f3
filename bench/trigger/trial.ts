import type {Pipeline} from '../../src/circleci/model.ts'
import {AbortedError, RefusedError} from '../../src/circleci/faults.ts'
import {ActionError, errorMessage} from '../../src/base/errors.ts'
import type {Log} from '../../src/base/log.ts'
import {parseIntent, withRequestId, type Intent} from '../../src/trigger/intent.ts'
import {Baseline} from '../../src/trigger/first-read.ts'
import {triggerOnce} from '../../src/trigger/once.ts'
import {findIntended, type SearchResult} from '../../src/trigger/search.ts'
import {virtualClock} from './clock.ts'
import {drawPlan, type Plan, type PostFate} from './plan.ts'
import {Random} from './random.ts'
import {addStrangers, addTwins} from './strangers.ts'
import {World, type Made} from './world.ts'

/** How one schedule ended. */
export type Ending =
  | 'created'
  | 'adopted'
  | 'no-pipeline'
  | 'rejected'
  | 'aborted'
  | 'api-unavailable'
  /** Two requests were lost, or it was too late to send a second. */
  | 'ambiguous: lost twice'
  /** The search was denied, or failed for too long. */
  | 'ambiguous: search failed'
  /** More than one pipeline could be it. */
  | 'ambiguous: several'

/** What came of one schedule, and what the world knows besides. */
export interface Trial {
  readonly seed: number
  readonly plan: Plan
  readonly ending: Ending
  /** The pipeline the run came out with. */
  readonly pipeline: {readonly id: string} | undefined
  readonly message: string
  /** Pipelines that the run's POSTs made. */
  readonly ours: readonly Made[]
  readonly made: readonly Made[]
  /** What became of each POST. */
  readonly posts: readonly PostFate[]
  readonly faults: number
  /** GETs answered after the last POST. */
  readonly reads: number
  /** Virtual time from the first POST to the end, in milliseconds. */
  readonly elapsedMs: number
  /** By CircleCI's clock. */
  readonly endedAt: number
  /** What the run left in state. */
  readonly intent: Intent | undefined
  /** Whether a warning named two pipelines of this request. */
  readonly saidTwo: boolean
  /** How many POSTs there had been when each pipeline was first listed to the run. */
  readonly shown: ReadonlyMap<string, number>
  /** What the post step finds when the run was cancelled; `undefined` when it has nothing to look for. */
  readonly post: SearchResult | undefined
}

const nothing = (): void => undefined
const silent: Log = {
  debug: nothing,
  info: nothing,
  notice: nothing,
  warning: nothing,
  error: nothing,
  group: nothing
}

/** Runs the schedule of one seed; `changes` bend it, `trigger` is what is put to the test. */
export async function runTrial(
  seed: number,
  changes: Partial<Plan> = {},
  trigger: typeof triggerOnce = triggerOnce
): Promise<Trial> {
  const random = new Random(seed)
  const plan = {...drawPlan(random), ...changes}
  const clock = virtualClock()
  const world = new World(plan, clock, random)
  addStrangers(world, plan, random)
  addTwins(world, plan, random)
  const controller = new AbortController()
  if (plan.abortAt !== undefined) {
    clock.alarm(plan.abortAt, () => {
      controller.abort()
    })
  }
  const startedAt = clock.now()
  let saved = ''
  let saidTwo = false
  const log: Log = {
    ...silent,
    warning: text => {
      saidTwo ||= text.includes('two pipelines')
    }
  }
  const run = {runId: '4711', attempt: 1}
  const {request, requestId} = withRequestId(plan.request, run, random.next)
  const host = 'https://circleci.com'
  const context = {circleci: world.circleci, host, clock, random: random.next}
  const outcome = await settle(
    trigger(request, {
      ...context,
      log,
      baseline: new Baseline(),
      requestId,
      signal: controller.signal,
      saveIntent: intent => {
        saved = intent === undefined ? '' : JSON.stringify(intent)
      },
      savePipeline: () => undefined
    })
  )
  const elapsedMs = clock.now() - startedAt
  const endedAt = world.now()
  const posts = world.fates
  const reads = world.reads
  const shown = new Map(world.shown)
  const intent = parseIntent(saved)
  const isInFlight = outcome.ending === 'aborted' && intent !== undefined
  world.clearUp()
  const post = isInFlight ? await findIntended(intent, {...context, log: silent}) : undefined
  return {
    seed,
    plan,
    ...outcome,
    ours: world.made.filter(made => made.ours),
    made: world.made,
    posts,
    reads,
    shown,
    saidTwo,
    faults: world.faults,
    elapsedMs,
    endedAt,
    intent,
    post
  }
}

interface Outcome {
  readonly ending: Ending
  readonly pipeline: {readonly id: string} | undefined
  readonly message: string
}

async function settle(run: ReturnType<typeof triggerOnce>): Promise<Outcome> {
  try {
    const outcome = await run
    const pipeline = outcome.kind === 'no-pipeline' ? undefined : outcome.pipeline
    return {ending: outcome.kind, pipeline, message: ''}
  } catch (error) {
    return {ending: endingOf(error), pipeline: undefined, message: errorMessage(error)}
  }
}

function endingOf(error: unknown): Ending {
  if (error instanceof RefusedError) return 'rejected'
  if (error instanceof AbortedError) return 'aborted'
  if (!(error instanceof ActionError)) throw error
  if (error.reason === 'api-unavailable') return 'api-unavailable'
  if (error.reason !== 'trigger-ambiguous') throw error
  if (error.message.includes('looking for its pipeline failed')) return 'ambiguous: search failed'
  if (error.message.includes('it is not certain')) return 'ambiguous: several'
  return 'ambiguous: lost twice'
}

/** Whether the pipeline a run came out with is one of its own. */
export function isOurs(trial: Trial, pipeline: Pick<Pipeline, 'id'>): boolean {
  return trial.ours.some(made => made.pipeline.id === pipeline.id)
}
