import {errorMessage} from '../base/errors.ts'
import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {pause} from '../circleci/retry.ts'
import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {WaitContext} from './context.ts'
import {onlyHoldsLeft} from './jobs.ts'
import {Patience} from './patience.ts'
import {Reruns} from './reruns.ts'
import {rollUp, type Rollup} from './rollup.ts'
import {Workflows} from './workflows.ts'

/** CircleCI reruns workflows for so long. https://circleci.com/docs/guides/orchestrate/workflows/ */
const RERUN_WITHIN_MS = 90 * 24 * 3600 * 1000
/** Pause between two listings while a rerun is on its way, in milliseconds. */
const LIST_AGAIN_MS = 5_000
/** So many listings must show nothing that decides before that is believed. */
const EMPTY_LISTINGS = 3
/** How long jobs may be asked for, in milliseconds: without them the pipeline is taken as it is. */
const JOBS_PATIENCE_MS = 10_000

/** What an earlier pipeline was found to need. */
type Resumption =
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
 * Reruns, from their failed jobs, the failed workflows of a pipeline that an earlier attempt of the GitHub run made: those
 * that have failed at the first listing. What runs then, is on hold or has succeeded is left alone. `onRerun` is called
 * once, right before the first request that reruns something leaves. Rejects like `Patience` when the pipeline cannot be
 * read.
 */
export async function resumePipeline(
  pipeline: Pipeline,
  context: WaitContext,
  onRerun: () => void
): Promise<Resumption> {
  const {circleci, settings, signal} = context
  const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
  if (ageMs > RERUN_WITHIN_MS) {
    return impossible('it is older than 90 days, and CircleCI does not rerun older workflows')
  }
  if (pipeline.state === 'errored') return impossible('it is errored: its config could not be used')
  const workflows = new Workflows(context)
  const patience = new Patience(context)
  const list = async (): Promise<Rollup> => {
    await patience.ask(options => workflows.list({signal, ...options}), signal)
    return rollUp(workflows.all, settings.workflows)
  }
  const first = await listFirst(list, context)
  if (first instanceof RefusedError) {
    return impossible(`its workflows cannot be read (${first.message})`)
  }
  const obstacle = obstacleIn(first) ?? (await holdInFailing(first, context))
  if (obstacle !== undefined) return impossible(obstacle)
  const failed = first.deciding.filter(({status}) => phaseOf(status) === 'failed')
  return rerunAll(failed, list, context, onRerun)
}

/** The first listing that holds something, or the refusal that lasts. */
async function listFirst(
  list: () => Promise<Rollup>,
  context: WaitContext
): Promise<Rollup | RefusedError> {
  try {
    for (let listings = 1; ; listings += 1) {
      const rollup = await list()
      if (!isEmpty(rollup) || listings === EMPTY_LISTINGS) return rollup
      await rest(context)
    }
  } catch (error) {
    if (error instanceof RefusedError) return error
    throw error
  }
}

/** Asks for the reruns of these until each is confirmed, listed or given up, whatever becomes of the rest. */
async function rerunAll(
  failed: readonly Attempt[],
  list: () => Promise<Rollup>,
  context: WaitContext,
  onRerun: () => void
): Promise<Resumption> {
  const {settings, signal} = context
  const reruns = new Reruns({...context, settings: {...settings, rerunFailed: 1, rerunsAsked: []}})
  let onFirst: (() => void) | undefined = onRerun
  const onDue = (): void => {
    onFirst?.()
    onFirst = undefined
  }
  /** Ids of attempts that a listing has shown a newer one of. */
  const replaced = new Set<string>()
  for (let open = failed; ;) {
    await reruns.ask(open, signal, onDue)
    open = open.filter(one => reruns.isOpen(one))
    if (open.length === 0) break
    await rest(context)
    const {attempts} = await list()
    for (const {id, latest} of attempts) if (!latest) replaced.add(id)
    open = open.filter(({id}) => !replaced.has(id))
  }
  const asked = failed.filter(one => replaced.has(one.id) || reruns.confirmed(one) !== undefined)
  const [first] = failed
  if (asked.length === 0 && first !== undefined) {
    const why = reruns.refusalOf(first) ?? 'it did not say why'
    return impossible(`CircleCI refused to rerun its workflow "${first.name}": ${why}`)
  }
  const lost = asked.filter(one => !replaced.has(one.id) && reruns.confirmed(one) === false)
  return {kind: 'resumed', asked, lost}
}

function rest(context: WaitContext): Promise<void> {
  return pause('Resuming a pipeline', LIST_AGAIN_MS, context)
}

function isEmpty({deciding, setup}: Rollup): boolean {
  return deciding.length === 0 && setup.length === 0
}

function impossible(reason: string): Resumption {
  return {kind: 'impossible', reason}
}

/** Why rerunning from failed cannot make this pipeline pass. */
function obstacleIn(rollup: Rollup): string | undefined {
  const {setup, deciding} = rollup
  const going = ['success', 'on-hold', 'running', 'unknown']
  const brokenSetup = setup.find(({status}) => !going.includes(phaseOf(status)))
  if (brokenSetup !== undefined) {
    return `its setup workflow "${brokenSetup.name}" is ${brokenSetup.status}, and a setup workflow cannot be rerun`
  }
  if (isEmpty(rollup)) return 'it has no workflows that decide'
  const other = deciding.find(({status}) =>
    ['canceled', 'unauthorized', 'error'].includes(phaseOf(status))
  )
  return other === undefined
    ? undefined
    : `its workflow "${other.name}" is ${other.status}, and only failed workflows can be rerun from failed`
}

/**
 * Why a workflow that says `failing` goes nowhere: an approval that cannot help it is all it waits for.
 * https://support.circleci.com/hc/en-us/articles/49955000658715
 */
async function holdInFailing(
  {deciding}: Rollup,
  {circleci, log, signal}: WaitContext
): Promise<string | undefined> {
  for (const {id, name} of deciding.filter(({status}) => phaseOf(status) === 'failing')) {
    try {
      const jobs = await circleci.jobs(id, {signal, patienceMs: JOBS_PATIENCE_MS})
      if (!onlyHoldsLeft(jobs)) continue
      return `its workflow "${name}" has failed behind an approval job on hold, and CircleCI reruns only workflows that have ended`
    } catch (error) {
      if (error instanceof AbortedError) throw error
      log.debug(`The jobs of workflow "${name}" could not be read: ${errorMessage(error)}`)
    }
  }
  return undefined
}
