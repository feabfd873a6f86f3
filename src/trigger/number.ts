import type {CircleCI, TriggerReply} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {TriggeredPipeline} from '../circleci/model.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {linksFor} from '../circleci/urls.ts'
import type {Clock} from '../base/clock.ts'
import {ActionError, errorMessage} from '../base/errors.ts'

/** How long CircleCI may take to tell the number, in milliseconds. */
const PATIENCE_MS = 60_000
/** Pause before it is asked again, in milliseconds. */
const PAUSE_MS = 5_000

/**
 * Completes the answer of a trigger that told an id and no number: the pipeline is ours, so it is asked for by its id.
 * Rejects with an `ActionError` (`trigger-ambiguous`) when it is not told for a minute, and with an `AbortedError`.
 */
export async function withNumber(
  {number, ...made}: Extract<TriggerReply, {kind: 'created'}>['pipeline'],
  slug: Slug,
  context: {
    readonly circleci: Pick<CircleCI, 'pipeline'>
    readonly clock: Clock
    readonly host: string
    readonly signal: AbortSignal
    readonly saveIntent: (intent: undefined) => void
  }
): Promise<TriggeredPipeline> {
  if (number !== undefined) return {...made, number}
  const {circleci, clock, host, signal, saveIntent} = context
  const deadline = clock.now() + PATIENCE_MS
  for (;;) {
    try {
      const pipeline = await circleci.pipeline(made.id, {signal, patienceMs: 0})
      return {...made, number: pipeline.number}
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof UnavailableError)) throw error
      if (clock.now() >= deadline) {
        // A person is sent to look.
        saveIntent(undefined)
        throw untold(made.id, slug, host, error)
      }
    }
    await clock.sleep(PAUSE_MS, signal)
    if (signal.aborted) throw new AbortedError('Asking for the number of the pipeline')
  }
}

function untold(id: string, slug: Slug, host: string, cause: Error): ActionError {
  const why = errorMessage(cause).replace(/\.+$/, '')
  return new ActionError(
    'trigger-ambiguous',
    `CircleCI made pipeline ${id} of ${formatSlug(slug)}, and does not tell its number (${why}). It may be running: look at ${linksFor(host).project(slug)}. To wait for it, run this step with "pipeline: ${id}".`,
    {cause}
  )
}
