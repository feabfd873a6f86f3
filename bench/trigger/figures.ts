import {triggerOnce} from '../../src/trigger/once.ts'
import {isLoss, type Plan} from './plan.ts'
import {isOurs, runTrial, type Ending, type Trial} from './trial.ts'
import {violations} from './verdict.ts'

/** Counts over many schedules. */
export interface Figures {
  readonly runs: number
  readonly endings: Readonly<Record<Ending, number>>
  /** Requests that were sent. */
  readonly requests: number
  /** Schedules in which a request that was certainly not acted upon was sent again. */
  readonly retried: number
  /** Schedules in which an answer was lost. */
  readonly lost: number
  /** Schedules in which a request whose answer was lost was sent once more. */
  readonly resent: number
  /** Schedules that ended with another's pipeline, asked for by the very same request with the same token. */
  readonly twinsTaken: number
  /** Schedules that made two pipelines, or more. */
  readonly doubled: number
  /** Of those, schedules that said so. */
  readonly doubledAndSaid: number
  /** What must never happen, with the seed it happened with. */
  readonly violations: readonly string[]
}

const ENDINGS: readonly Ending[] = [
  'created',
  'adopted',
  'no-pipeline',
  'rejected',
  'aborted',
  'api-unavailable',
  'ambiguous: lost twice',
  'ambiguous: search failed',
  'ambiguous: several'
]

/** Runs the schedules of the seeds `first` to `first + runs - 1`, each bent by `changes`, with `trigger`. */
export async function measure(
  runs: number,
  first = 1,
  changes: Partial<Plan> = {},
  trigger: typeof triggerOnce = triggerOnce
): Promise<Figures> {
  const all: Summary[] = []
  for (let seed = first; seed < first + runs; seed += 1) {
    all.push(summarize(await runTrial(seed, changes, trigger)))
  }
  const count = (test: (summary: Summary) => boolean): number => all.filter(test).length
  return {
    runs,
    endings: Object.fromEntries(
      ENDINGS.map(ending => [ending, count(summary => summary.ending === ending)])
    ) as Record<Ending, number>,
    requests: all.reduce((sum, {requests}) => sum + requests, 0),
    retried: count(({retried}) => retried),
    lost: count(({lost}) => lost),
    resent: count(({resent}) => resent),
    twinsTaken: count(({twinTaken}) => twinTaken),
    doubled: count(({doubled}) => doubled),
    doubledAndSaid: count(({doubled, said}) => doubled && said),
    violations: all.flatMap(({violations: found}) => found)
  }
}

/** What is kept of a trial: thousands of whole worlds would not let go of their memory. */
interface Summary {
  readonly ending: Ending
  readonly requests: number
  readonly retried: boolean
  readonly lost: boolean
  readonly resent: boolean
  readonly twinTaken: boolean
  readonly doubled: boolean
  /** Whether a warning or an error told of two pipelines, or that there may be. */
  readonly said: boolean
  readonly violations: readonly string[]
}

function summarize(trial: Trial): Summary {
  const {posts, pipeline, ours, seed, ending, saidTwo} = trial
  const earlier = posts.slice(0, -1)
  return {
    ending,
    requests: posts.length,
    retried: earlier.some(fate => !isLoss(fate)),
    lost: posts.some(isLoss),
    resent: earlier.some(isLoss),
    twinTaken: pipeline !== undefined && !isOurs(trial, pipeline),
    doubled: ours.length > 1,
    said: saidTwo || ending.startsWith('ambiguous'),
    violations: violations(trial).map(what => `seed ${seed}: ${what}`)
  }
}
