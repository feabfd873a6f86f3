import type {CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {Patience, type PatienceContext} from './patience.ts'
import type {WatchedPipeline} from './context.ts'
import {onlyHeld} from './jobs.ts'
import {listedIn} from './workflows.ts'
import {Reruns} from './reruns.ts'
import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import {rollUp, type Rollup} from './rollup.ts'

/** CircleCI reruns workflows for so long. https://circleci.com/docs/guides/orchestrate/workflows/ */
const RERUN_WITHIN_MS = 90 * 24 * 3600 * 1000
/** Pause between two looks while a rerun is on its way, in milliseconds. */
const LOOK_AGAIN_MS = 5_000
/** So many listings must show nothing that decides before that is believed. */
const EMPTY_LISTINGS = 3
/** How long jobs may be asked for, in milliseconds: they decide nothing here. */
const JOBS_PATIENCE_MS = 10_000

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

/** What resuming needs from outside. */
export interface ResumeContext extends PatienceContext {
  readonly circleci: CircleCI
  readonly pipeline: Pick<WatchedPipeline, 'number' | 'url' | 'workflowUrl'>
  readonly signal: AbortSignal
  /** Patterns of the workflows that decide. */
  readonly workflows: readonly string[]
  /** Called before the first request that reruns something leaves. */
  readonly onRerun: () => void
}

/**
 * Reruns, from their failed jobs, the failed workflows of a pipeline that an earlier attempt of the GitHub run made.
 * What runs, is on hold or has succeeded meanwhile is left alone. Rejects like `Patience` when the pipeline cannot be read.
 */
export async function resumePipeline(
  pipeline: Pipeline,
  context: ResumeContext
): Promise<Resumption> {
  const {circleci, signal} = context
  const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
  if (ageMs > RERUN_WITHIN_MS) {
    return impossible('it is older than 90 days, and CircleCI does not rerun older workflows')
  }
  if (pipeline.state === 'errored') return impossible('it is errored: its config could not be used')
  const patience = new Patience(context)
  const list = async (): Promise<Rollup> => {
    const rows = await patience.ask(
      options => circleci.workflows(pipeline.id, {signal, ...options}),
      signal
    )
    return rollUp(listedIn(rows), context.workflows)
  }
  const rollup = await listFirst(list, context)
  if (rollup instanceof RefusedError) {
    return impossible(`its workflows cannot be read (${rollup.message})`)
  }
  const obstacle = obstacleIn(rollup) ?? (await holdInFailing(rollup, context))
  if (obstacle !== undefined) return impossible(obstacle)
  const failed = rollup.deciding.filter(({status}) => phaseOf(status) === 'failed')
  return failed.length === 0
    ? {kind: 'resumed', asked: [], lost: []}
    : rerunAll(failed, list, context)
}

/** The first listing that holds something, or the refusal that lasts: nothing has been started yet. */
async function listFirst(
  list: () => Promise<Rollup>,
  {clock, signal}: ResumeContext
): Promise<Rollup | RefusedError> {
  try {
    for (let listings = 1; ; listings += 1) {
      const rollup = await list()
      if (!isEmpty(rollup) || listings === EMPTY_LISTINGS) return rollup
      await rest(clock, signal)
    }
  } catch (error) {
    if (error instanceof RefusedError) return error
    throw error
  }
}

/** Asks for the reruns until each is confirmed, listed or given up. */
async function rerunAll(
  failed: readonly Attempt[],
  list: () => Promise<Rollup>,
  context: ResumeContext
): Promise<Resumption> {
  const {clock, signal, onRerun} = context
  const reruns = new Reruns({...context, settings: {rerunFailed: 1, rerunsAsked: []}})
  const listed = new Set<Attempt>()
  onRerun()
  for (;;) {
    const due = failed.filter(attempt => !listed.has(attempt) && reruns.isDue(attempt))
    for (const attempt of due) await reruns.ask(attempt, signal)
    const open = failed.filter(
      attempt => !listed.has(attempt) && reruns.confirmed(attempt) !== true && reruns.ahead(attempt)
    )
    if (open.length === 0) break
    await rest(clock, signal)
    const {attempts} = await list()
    for (const one of open) {
      const isNewer = ({name, attempt}: Attempt): boolean =>
        name === one.name && attempt > one.attempt
      if (attempts.some(isNewer)) listed.add(one)
    }
  }
  const asked = failed.filter(one => listed.has(one) || reruns.confirmed(one) !== undefined)
  const [first] = failed
  if (asked.length === 0 && first !== undefined) {
    return impossible(
      `CircleCI refused to rerun its workflow "${first.name}": ${reruns.refusalOf(first) ?? 'it did not say why'}`
    )
  }
  const lost = asked.filter(one => !listed.has(one) && reruns.confirmed(one) === false)
  return {kind: 'resumed', asked, lost}
}

async function rest(clock: Clock, signal: AbortSignal): Promise<void> {
  await clock.sleep(LOOK_AGAIN_MS, signal)
  if (signal.aborted) throw new AbortedError('Resuming a pipeline')
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
  const brokenSetup = setup.find(({status}) => {
    const phase = phaseOf(status)
    return phase !== 'success' && phase !== 'on-hold' && phase !== 'running' && phase !== 'unknown'
  })
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
 * Why a workflow that says `failing` goes nowhere: it waits for an approval that cannot help it, and CircleCI reruns
 * nothing that has not ended.
 * https://support.circleci.com/hc/en-us/articles/49955000658715
 */
async function holdInFailing(
  {deciding}: Rollup,
  {circleci, log, signal}: ResumeContext
): Promise<string | undefined> {
  for (const {id, name, status} of deciding) {
    if (phaseOf(status) !== 'failing') continue
    const jobs = await circleci
      .jobs(id, {signal, patienceMs: JOBS_PATIENCE_MS})
      .catch((error: unknown) => {
        if (error instanceof AbortedError) throw error
        log.debug(`The jobs of workflow "${name}" could not be read: ${errorMessage(error)}`)
        return []
      })
    if (onlyHeld(jobs)) {
      return `its workflow "${name}" has failed behind an approval job on hold, and CircleCI reruns only workflows that have ended`
    }
  }
  return undefined
}
