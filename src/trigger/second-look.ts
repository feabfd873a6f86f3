import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Pipeline, TriggeredPipeline} from '../circleci/model.ts'
import type {Intent} from './intent.ts'
import {Lookout} from './lookout.ts'
import type {SearchContext} from './search.ts'

/** How long after a second request its answer is trusted to be the only one, in milliseconds. */
const PAUSE_MS = 2_000

/**
 * Looks once more, after a second request made `pipeline`, whether the first one's has turned up after all. Returns
 * what may be it; nothing when there is none, and when that cannot be seen: there is a pipeline that is surely ours, so
 * a fault here, or the end of the job, takes nothing away. It never rejects because of CircleCI or the signal.
 */
export async function lookForOthers(
  {id}: TriggeredPipeline,
  intent: Intent,
  context: SearchContext
): Promise<readonly Pipeline[]> {
  const {clock, signal, log} = context
  await clock.sleep(PAUSE_MS, signal)
  try {
    const {sure} = await new Lookout(intent, {...context, signal}).look()
    return sure.filter(pipeline => pipeline.id !== id)
  } catch (error) {
    if (!isFault(error)) throw error
    log.debug(`Whether there is a second pipeline cannot be seen: ${error.message}`)
    return []
  }
}

function isFault(error: unknown): error is RefusedError | UnavailableError | AbortedError {
  return (
    error instanceof RefusedError ||
    error instanceof UnavailableError ||
    error instanceof AbortedError
  )
}
