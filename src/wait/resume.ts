import type {CircleCI} from '../circleci/client.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Clock} from '../clock.ts'
import type {Log} from '../log.ts'
import {phaseOf, rollUp, type Attempt, type Rollup} from './rollup.ts'

/** CircleCI reruns workflows for so long. https://circleci.com/docs/guides/orchestrate/workflows/ */
const RERUN_WITHIN_MS = 90 * 24 * 3600 * 1000
/** How long a rerun whose answer was lost may take to be listed before it is asked for once more. */
const LOST_LOOK_MS = 5_000

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
 * What runs or has succeeded meanwhile is left alone.
 */
export async function resumePipeline(
  pipeline: Pipeline,
  context: ResumeContext
): Promise<Resumption> {
  const {circleci, clock, signal} = context
  if (clock.now() - Date.parse(pipeline.createdAt) > RERUN_WITHIN_MS) {
    return impossible('it is older than 90 days, the longest CircleCI reruns workflows')
  }
  if (pipeline.state === 'errored') return impossible('it is errored: its config could not be used')
  const workflows = await circleci.workflows(pipeline.id, {signal})
  const rollup = rollUp(workflows, context.workflows)
  const obstacle = obstacleIn(rollup)
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

/** Asks for one rerun. Returns why it was refused, `undefined` when it is under way. */
async function rerun(
  attempt: Attempt,
  pipeline: Pipeline,
  {circleci, clock, log, signal, workflows}: ResumeContext
): Promise<string | undefined> {
  for (let lost = 0; ; lost += 1) {
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
      if (!(error instanceof UnavailableError) || lost > 1) throw error
      await clock.sleep(LOST_LOOK_MS, signal)
      const now = rollUp(await circleci.workflows(pipeline.id, {signal}), workflows)
      if (now.attempts.some(({name, attempt: n}) => name === attempt.name && n > attempt.attempt)) {
        return undefined
      }
    }
  }
}
