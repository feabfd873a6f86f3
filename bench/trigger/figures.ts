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
  /** Schedules that made two pipelines. */
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

/** Runs the schedules of the seeds `first` to `first + runs - 1`, each bent by `changes`. */
export async function measure(
  runs: number,
  first = 1,
  changes: Partial<Plan> = {}
): Promise<Figures> {
  const trials: Trial[] = []
  for (let seed = first; seed < first + runs; seed += 1) trials.push(await runTrial(seed, changes))
  const count = (test: (trial: Trial) => boolean): number => trials.filter(test).length
  return {
    runs,
    endings: Object.fromEntries(
      ENDINGS.map(ending => [ending, count(trial => trial.ending === ending)])
    ) as Record<Ending, number>,
    requests: trials.reduce((sum, {posts}) => sum + posts.length, 0),
    retried: count(({posts}) => posts.slice(0, -1).some(fate => !isLoss(fate))),
    lost: count(({posts}) => posts.some(isLoss)),
    resent: count(({posts}) => posts.slice(0, -1).some(isLoss)),
    twinsTaken: count(trial => trial.pipeline !== undefined && !isOurs(trial, trial.pipeline)),
    doubled: count(isDoubled),
    doubledAndSaid: count(trial => isDoubled(trial) && trial.ending === 'ambiguous: several'),
    violations: trials.flatMap(trial =>
      violations(trial).map(what => `seed ${trial.seed}: ${what}`)
    )
  }
}

function isDoubled({ours}: Trial): boolean {
  return ours.length > 1
}
