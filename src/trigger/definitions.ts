import type {CallOptions, CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {PipelineDefinition} from '../circleci/model.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {CLOUD} from '../circleci/urls.ts'
import type {Clock} from '../base/clock.ts'
import {ActionError} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {Outage} from '../base/outage.ts'

/** What reading definitions needs from outside. */
export interface DefinitionsContext {
  readonly circleci: Pick<CircleCI, 'project' | 'definitions'>
  /** Origin of CircleCI: Cloud has the list, whatever one answer says. */
  readonly host: string
  readonly clock: Clock
  readonly log: Log
}

/** Pause before a list that is not there is asked for again, in milliseconds. */
const PAUSE_MS = 10_000
/** How often it must not be there before that is believed. */
const ASKED = {cloud: 4, server: 2}

/**
 * Lists the pipeline definitions of a project. Resolves with `undefined` on a CircleCI Server, which finds the project
 * and has no such list: a 404, twice. Rejects with an `ActionError` (`not-found`) when CircleCI Cloud answers 404 for
 * half a minute; else like the client, and with an `AbortedError`.
 */
export async function readDefinitions(
  slug: Slug,
  context: DefinitionsContext,
  options: CallOptions
): Promise<readonly PipelineDefinition[] | undefined> {
  const {circleci, host, clock} = context
  const {id} = await circleci.project(slug, options)
  const most = host === CLOUD ? ASKED.cloud : ASKED.server
  const outage = new Outage(`Listing the pipeline definitions of ${formatSlug(slug)}`, context)
  for (let asked = 1; ; asked += 1) {
    try {
      const definitions = await circleci.definitions(id, options)
      outage.over()
      return definitions
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error
      if (asked === most && host === CLOUD) throw missing(slug, error)
      if (asked === most) return undefined
      outage.failed(error, PAUSE_MS, (most - asked) * PAUSE_MS)
    }
    await clock.sleep(PAUSE_MS, options.signal)
    if (options.signal?.aborted === true) throw new AbortedError('Listing the definitions')
  }
}

function missing(slug: Slug, refusal: RefusedError): ActionError {
  return new ActionError(
    'not-found',
    `CircleCI knows the project ${formatSlug(slug)}, and not the list of its pipeline definitions (${refusal.message.replace(/\.+$/, '')}): nothing was triggered. Run the job again. If it stays so, give the definition's id as "definition", and "branch" or "tag": then no list is needed.`,
    {cause: refusal}
  )
}
