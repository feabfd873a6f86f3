import type {CircleCI} from '../circleci/client.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Clock} from '../clock.ts'
import type {Log} from '../log.ts'
import {onlyHeld} from './jobs.ts'
import {listedIn} from './known.ts'
import {phaseOf, rollUp, type Attempt, type Rollup} from './rollup.ts'

/** CircleCI reruns workflows for so long. https://circleci.com/docs/guides/orchestrate/workflows/ */
const RERUN_WITHIN_MS = 90 * 24 * 3600 * 1000
/** Gaps between the looks for a rerun whose answer was lost: 30 s in all, then it is asked for once more. */
const LOST_LOOKS_MS = [2_000, 4_000, 8_000, 16_000]
/** How often a rerun that was certainly not taken is asked for, and the pause in between. */
const MAX_TRIES = 10
const UNTAKEN_PAUSE_MS = 5_000

/** What an earlier pipeline was found to need. */
export type Resumption =
  /** Failed attempts whose rerun was asked for; none when nothing of it had failed. */
  | {readonly kind: 'resumed'; readonly asked: readonly Attempt[]}
  /** A new pipeline is needed; `reason` is a clause. */
  | {readonly kind: 'impossible'; readonly reason: string}

/** What resuming needs from outside. */
export interface ResumeContext {
  readonly circleci: CircleCI
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  /** Patterns of the workflows that decide. */
  readonly workflows: readonly string[]
  /** Called before the first request that reruns something leaves. */
  readonly onRerun: () => void
}

/**
 * Reruns, from their failed jobs, the failed workflows of a pipeline that an earlier attempt of the GitHub run made.
 * What runs, is on hold or has succeeded meanwhile is left alone.
 */
export async function resumePipeline(
  pipeline: Pipeline,
  context: ResumeContext
): Promise<Resumption> {
  const {circleci, signal} = context
  const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
  if (ageMs > RERUN_WITHIN_MS) {
    return impossible('it is older than 90 days, the longest CircleCI reruns workflows')
  }
  if (pipeline.state === 'errored') return impossible('it is errored: its config could not be used')
  const workflows = listedIn(await circleci.workflows(pipeline.id, {signal}))
  const rollup = rollUp(workflows, context.workflows)
  const obstacle = obstacleIn(rollup) ?? (await holdInFailing(rollup, context))
  if (obstacle !== undefined) return impossible(obstacle)
  const failed = rollup.deciding.filter(({status}) => phaseOf(status) === 'failed')
  const asked: Attempt[] = []
  if (failed.length > 0) context.onRerun()
  for (const attempt of failed) {
    const refusal = await rerun(attempt, pipeline, context)
    if (refusal === undefined) asked.push(attempt)
    else if (asked.length === 0) return impossible(refusal)
  }
  return {kind: 'resumed', asked}
}

function impossible(reason: string): Resumption {
  return {kind: 'impossible', reason}
}

/** Why rerunning from failed cannot make this pipeline pass. */
function obstacleIn({setup, deciding}: Rollup): string | undefined {
  const brokenSetup = setup.find(({status}) => {
    const phase = phaseOf(status)
    return phase !== 'success' && phase !== 'running' && phase !== undefined
  })
  if (brokenSetup !== undefined) {
    return `its setup workflow "${brokenSetup.name}" is ${brokenSetup.status}, and a setup workflow cannot be rerun`
  }
  if (deciding.length === 0 && setup.length === 0) return 'it has no workflows that decide'
  const other = deciding.find(({status}) =>
    ['canceled', 'unauthorized', 'error', 'not-run'].includes(phaseOf(status) ?? '')
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
  {circleci, signal}: ResumeContext
): Promise<string | undefined> {
  for (const {id, name, status} of deciding) {
    if (phaseOf(status) !== 'failing') continue
    if (onlyHeld(await circleci.jobs(id, {signal}))) {
      return `its workflow "${name}" has failed behind an approval job on hold, and CircleCI reruns only workflows that have ended`
    }
  }
  return undefined
}

/** Asks for one rerun. Returns why it was refused, `undefined` when it is under way. */
async function rerun(
  attempt: Attempt,
  pipeline: Pipeline,
  context: ResumeContext
): Promise<string | undefined> {
  const {circleci, clock, log, signal} = context
  let lost = 0
  for (let tries = 1; ; tries += 1) {
    try {
      await circleci.rerunFromFailed(attempt.id, {signal})
      log.info(`Rerunning workflow "${attempt.name}" of pipeline #${pipeline.number} from failed.`)
      return undefined
    } catch (error) {
      if (error instanceof RefusedError) {
        // After a lost answer this may be the echo of a rerun that is under way: a new pipeline beside it would be one too many.
        if (lost > 0) return undefined
        return `CircleCI refused to rerun its workflow "${attempt.name}": ${error.words || `it answered ${error.status}`}`
      }
      if (!(error instanceof UnavailableError)) throw error
      if (error.processed === 'no') {
        if (tries >= MAX_TRIES) throw error
        await clock.sleep(UNTAKEN_PAUSE_MS, signal)
        continue
      }
      lost += 1
      if (await hasAppeared(attempt, pipeline, context)) return undefined
      if (lost > 1) throw error
    }
  }
}

/** Looks for a newer attempt of a workflow for as long as one may take to be listed. */
async function hasAppeared(
  {name, attempt}: Attempt,
  pipeline: Pipeline,
  {circleci, clock, signal, workflows}: ResumeContext
): Promise<boolean> {
  for (const gapMs of LOST_LOOKS_MS) {
    await clock.sleep(gapMs, signal)
    const listed = listedIn(await circleci.workflows(pipeline.id, {signal}))
    const {attempts} = rollUp(listed, workflows)
    if (attempts.some(one => one.name === name && one.attempt > attempt)) return true
  }
  return false
}
