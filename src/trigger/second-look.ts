import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {TriggeredPipeline} from '../circleci/model.ts'
import type {Intent} from './intent.ts'
import {Lookout, type Candidate, type SearchContext} from './search.ts'

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
): Promise<readonly Candidate[]> {
  const {clock, signal, log} = context
  await clock.sleep(PAUSE_MS, signal)
  try {
    const candidates = await new Lookout(intent, context).look()
    return candidates.filter(candidate => candidate.id !== id)
  } catch (error) {
    if (error instanceof AbortedError) return []
    if (!(error instanceof RefusedError || error instanceof UnavailableError)) throw error
    log.warning(`Whether the first request made a pipeline too cannot be seen: ${error.message}`)
    return []
  }
}
