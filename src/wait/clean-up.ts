import type {CircleCI} from '../circleci/client.ts'
import type {Workflow} from '../circleci/model.ts'
import {timeLimit, type Clock} from '../clock.ts'
import {errorMessage} from '../errors.ts'
import type {Log} from '../log.ts'
import {cancelWorkflows} from './cancel.ts'
import {isUnfinished} from './rollup.ts'

/** Longest time spent on it, in milliseconds: GitHub ends a cancelled job after five minutes. */
const BUDGET_MS = 120_000
/** Longest that one look may take. */
const LOOK_MS = 15_000
/** Pause between two looks. */
const LOOK_AGAIN_MS = 2_000
/** So many looks in a row without a running workflow mean that none will come. */
const QUIET_LOOKS = 4
/** States in which CircleCI is still making workflows. */
const GROWING = new Set(['setup-pending', 'setup', 'pending'])

/** A setup workflow that ended in anything but success continues nothing: its pipeline waits in `setup` for ever. */
function isBrokenSetup({setup, status}: Workflow): boolean {
  return setup && !isUnfinished(status) && status !== 'success'
}

/**
 * Cancels a pipeline's workflows until no more of them appear: a setup workflow's continuation, or a rerun, may come
 * after the first round. Says what was cancelled and what was not.
 */
export async function cleanUp(
  pipeline: {readonly id: string; readonly number: number},
  url: string,
  {circleci, clock, log}: {circleci: CircleCI; clock: Clock; log: Log}
): Promise<void> {
  const until = clock.now() + BUDGET_MS
  const told = new Set<string>()
  let quiet = 0
  let trouble = 'its workflows did not stop in time'
  while (clock.now() < until) {
    const {signal, end} = timeLimit(clock, LOOK_MS)
    try {
      const {workflows, open, cancelled} = await cancelWorkflows(circleci, pipeline.id, signal)
      for (const {id, name} of cancelled) {
        if (told.has(id)) continue
        told.add(id)
        log.notice(`Pipeline #${pipeline.number}: cancelled "${name}": ${url}`)
      }
      const {state} = await circleci.pipeline(pipeline.id, {
        signal,
        patienceMs: 2_000,
        urgent: true
      })
      const growing = GROWING.has(state) && !workflows.some(isBrokenSetup)
      quiet = open.length > 0 || growing ? 0 : quiet + 1
      if (quiet >= QUIET_LOOKS) {
        if (told.size === 0)
          log.info(`Pipeline #${pipeline.number} has no running workflows. ${url}`)
        return
      }
    } catch (error) {
      trouble = errorMessage(error)
    } finally {
      end()
    }
    await clock.sleep(LOOK_AGAIN_MS)
  }
  log.warning(
    `Pipeline #${pipeline.number} could not be cancelled completely and may be running: ${trouble}. ${url}`
  )
}
