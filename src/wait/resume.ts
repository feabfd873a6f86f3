import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {WaitContext} from './context.ts'
import {isStuck} from './deciders.ts'
import {Patience} from './patience.ts'
import type {Rollup} from './rollup.ts'
import {Watch} from './watch.ts'

/** CircleCI reruns workflows for so long. https://circleci.com/docs/guides/orchestrate/workflows/ */
const RERUN_WITHIN_MS = 90 * 24 * 3600 * 1000
/** Pause between two looks while a rerun is on its way, in milliseconds. */
const LOOK_AGAIN_MS = 5_000
/** So many looks must show nothing that decides before that is believed. */
const EMPTY_LOOKS = 3

/** What an earlier pipeline was found to need. */
export type Resumption =
  /**
   * Failed attempts that are being rerun, or may be; none when nothing of it had failed. Of those in `lost` that is not
   * known: CircleCI's answers were lost, and no rerun was listed since.
   */
  | {
      readonly kind: 'resumed'
      readonly asked: readonly Attempt[]
      readonly lost: readonly Attempt[]
    }
  /** A new pipeline is needed; `reason` is a clause. */
  | {readonly kind: 'impossible'; readonly reason: string}

/**
 * Reruns, from their failed jobs, the failed workflows of a pipeline that an earlier attempt of the GitHub run made.
 * What runs, is on hold or has succeeded meanwhile is left alone. `onRerun` is called before the first request that reruns
 * something leaves. Rejects like `Patience` when the pipeline cannot be read.
 */
export async function resumePipeline(
  pipeline: Pipeline,
  context: WaitContext,
  onRerun: () => void
): Promise<Resumption> {
  const {circleci, settings} = context
  const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
  if (ageMs > RERUN_WITHIN_MS) {
    return impossible('it is older than 90 days, and CircleCI does not rerun older workflows')
  }
  if (pipeline.state === 'errored') return impossible('it is errored: its config could not be used')
  const once = {goal: 'verdict', jobs: [], approve: [], rerunFailed: 1, rerunsAsked: []} as const
  const watch = new Watch({
    ...context,
    settings: {...settings, ...once},
    historyOf: () => Promise.resolve(undefined),
    onProgress: () => undefined
  })
  const look = lookerAt(watch, context)
  try {
    for (let looks = 1; ; looks += 1) {
      await look(false)
      if (!isEmpty(watch.rollup) || looks === EMPTY_LOOKS) break
      await rest(context)
    }
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return impossible(`its workflows cannot be read (${error.message})`)
  }
  const obstacle = obstacleIn(watch)
  if (obstacle !== undefined) return impossible(obstacle)
  if (failedIn(watch).length === 0) return {kind: 'resumed', asked: [], lost: []}
  onRerun()
  for (;;) {
    await look(true)
    if (!failedIn(watch).some(one => watch.reruns.isOpen(one))) break
    await rest(context)
  }
  return outcomeOf(watch)
}

/** Looks once, through the API's bad days; with `act` it reruns what has failed. */
function lookerAt(watch: Watch, context: WaitContext): (act: boolean) => Promise<unknown> {
  const {signal} = context
  const patience = new Patience(context)
  return act => patience.ask(options => watch.look(signal, options, act), signal)
}

async function rest({clock, signal}: WaitContext): Promise<void> {
  await clock.sleep(LOOK_AGAIN_MS, signal)
  if (signal.aborted) throw new AbortedError('Resuming a pipeline')
}

function failedIn({rollup}: Watch): readonly Attempt[] {
  return rollup.deciding.filter(({status}) => phaseOf(status) === 'failed')
}

function outcomeOf(watch: Watch): Resumption {
  const {rollup, reruns} = watch
  const asked = rollup.attempts.filter(one => reruns.confirmed(one) !== undefined)
  const [first] = failedIn(watch)
  if (asked.length === 0 && first !== undefined) {
    const why = reruns.refusalOf(first) ?? 'it did not say why'
    return impossible(`CircleCI refused to rerun its workflow "${first.name}": ${why}`)
  }
  const lost = asked.filter(one => one.latest && reruns.confirmed(one) === false)
  return {kind: 'resumed', asked, lost}
}

function isEmpty({deciding, setup}: Rollup): boolean {
  return deciding.length === 0 && setup.length === 0
}

function impossible(reason: string): Resumption {
  return {kind: 'impossible', reason}
}

/** Why rerunning from failed cannot make this pipeline pass. */
function obstacleIn(watch: Watch): string | undefined {
  const {setup, deciding} = watch.rollup
  const going = ['success', 'on-hold', 'running', 'unknown']
  const brokenSetup = setup.find(({status}) => !going.includes(phaseOf(status)))
  if (brokenSetup !== undefined) {
    return `its setup workflow "${brokenSetup.name}" is ${brokenSetup.status}, and a setup workflow cannot be rerun`
  }
  if (isEmpty(watch.rollup)) return 'it has no workflows that decide'
  const other = deciding.find(({status}) =>
    ['canceled', 'unauthorized', 'error'].includes(phaseOf(status))
  )
  if (other !== undefined) {
    return `its workflow "${other.name}" is ${other.status}, and only failed workflows can be rerun from failed`
  }
  // https://support.circleci.com/hc/en-us/articles/49955000658715
  const situation = watch.situation(false)
  const stuck = deciding.find(one => isStuck(situation, one))
  return stuck === undefined
    ? undefined
    : `its workflow "${stuck.name}" has failed behind an approval job on hold, and CircleCI reruns only workflows that have ended`
}
