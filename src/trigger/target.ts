import type {CallOptions, CircleCI} from '../circleci/client.ts'
import type {TriggerRequest} from '../circleci/trigger-request.ts'
import {RefusedError} from '../circleci/faults.ts'
import {pause} from '../circleci/retry.ts'
import type {PipelineDefinition, PipelineParameters, Ref} from '../circleci/model.ts'
import {CLOUD, formatSlug, type Slug} from '../circleci/slug.ts'
import {ActionError, InputError} from '../base/errors.ts'
import {Outage} from '../base/log.ts'
import type {AskContext} from './first-read.ts'
import type {GitHubEvent} from './event.ts'
import {chooseRef, describeRef, type RefChoice} from './ref.ts'

/** The inputs that say what to trigger. */
interface TargetInputs {
  readonly branch: string | undefined
  readonly tag: string | undefined
  readonly definition: string | undefined
  readonly configRef: Ref | undefined
  /** Whether a definition is to be looked up even where its id would do. */
  readonly dryRun: boolean
  readonly parameters: PipelineParameters
}

/** What will be triggered, ready to be sent, and where each part of it comes from. */
export interface Target extends RefChoice {
  readonly request: TriggerRequest
  readonly definition: PipelineDefinition | undefined
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Decides endpoint, definition and ref. The run endpoint is used for a `circleci/` project and whenever a definition is
 * asked for; every other project takes the classic one. Requests are made only to find a definition. Throws an
 * `InputError` when definition or ref are missing or ambiguous; rejects like the client.
 */
export async function resolveTarget(
  slug: Slug,
  inputs: TargetInputs,
  event: GitHubEvent,
  context: DefinitionsContext
): Promise<Target> {
  const {branch, tag, parameters, configRef} = inputs
  const run = inputs.definition !== undefined || slug.provider === 'circleci'
  const {id, definition} = run ? await findDefinition(slug, inputs, context) : {}
  const {checkoutRepository} = definition ?? {}
  const {ref, reason} = chooseRef(event, {branch, tag, slug, checkoutRepository})
  const request: TriggerRequest = run
    ? {
        endpoint: 'run',
        slug,
        definitionId: id,
        checkout: ref,
        config: configRef ?? configRefFor(ref, definition),
        parameters
      }
    : {endpoint: 'classic', slug, ref, parameters}
  return {request, ref, reason, definition}
}

/** The config comes from the same ref as the code, unless it lives in another repository, where that ref means nothing. */
function configRefFor(
  ref: Ref | undefined,
  definition: PipelineDefinition | undefined
): Ref | undefined {
  const {configRepository, checkoutRepository} = definition ?? {}
  const elsewhere =
    configRepository !== undefined &&
    checkoutRepository !== undefined &&
    configRepository.toLowerCase() !== checkoutRepository.toLowerCase()
  return elsewhere ? undefined : ref
}

async function findDefinition(
  slug: Slug,
  inputs: TargetInputs,
  context: DefinitionsContext
): Promise<{readonly id?: string | undefined; readonly definition?: PipelineDefinition}> {
  const wanted = inputs.definition
  const isId = wanted !== undefined && UUID.test(wanted)
  // An id needs no lookup, unless what it checks out decides whether this repository's ref means anything.
  const isRefGiven = (inputs.branch ?? inputs.tag) !== undefined
  if (isId && !inputs.dryRun && (isRefGiven || slug.provider !== 'circleci')) return {id: wanted}
  const definitions = await readDefinitions(slug, context)
  if (definitions === undefined) {
    if (wanted === undefined || isId) return {id: wanted}
    throw new InputError(
      'definition',
      `names "${wanted}", but this CircleCI cannot list the definitions of ${formatSlug(slug)} (a CircleCI Server has no such list): give the definition's id instead.`
    )
  }
  const definition = pickDefinition(slug, wanted, definitions)
  return {id: definition.id, definition}
}

/** The definition with that id or name, or the only one there is. */
function pickDefinition(
  slug: Slug,
  wanted: string | undefined,
  definitions: readonly PipelineDefinition[]
): PipelineDefinition {
  const project = formatSlug(slug)
  const isWanted = ({id, name}: PipelineDefinition): boolean =>
    wanted === undefined || id.toLowerCase() === wanted.toLowerCase() || name === wanted
  const [first, ...others] = definitions.filter(isWanted)
  if (first !== undefined && others.length === 0) return first
  const list = definitions.map(({name, id}) => `"${name}" (${id})`).join(', ')
  const problem =
    definitions.length === 0
      ? `cannot be chosen: ${project} has no pipeline definitions. Add one in its Project Settings > Pipelines.`
      : wanted === undefined
        ? `is needed, because ${project} has several pipeline definitions: ${list}. Name one of them.`
        : first === undefined
          ? `names "${wanted}", which ${project} does not have. Its pipeline definitions are ${list}.`
          : `names "${wanted}", which several pipeline definitions of ${project} are called: give an id instead. They are ${list}.`
  throw new InputError('definition', problem)
}

/** What reading definitions needs from outside. */
interface DefinitionsContext extends Pick<AskContext, 'host' | 'clock' | 'log' | 'signal'> {
  readonly circleci: Pick<CircleCI, 'project' | 'definitions'>
}

/** Pause before a missing list is asked for again, in milliseconds. */
const PAUSE_MS = 10_000
/** How many 404 in a row mean that it is missing. */
const ASKED = {cloud: 4, server: 2}

/**
 * Lists the pipeline definitions of a project. Resolves with `undefined` on a CircleCI Server, which finds the project
 * and has no such list: a 404, twice. Cloud has the list, whatever one answer says: rejects with an `ActionError`
 * (`not-found`) when it answers 404 for half a minute. Rejects else like the client.
 */
export async function readDefinitions(
  slug: Slug,
  context: DefinitionsContext,
  options: CallOptions = {signal: context.signal}
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
    await pause('Listing the definitions', PAUSE_MS, {clock, signal: options.signal})
  }
}

function missing(slug: Slug, refusal: RefusedError): ActionError {
  return new ActionError(
    'not-found',
    `CircleCI found the project ${formatSlug(slug)}, but not the list of its pipeline definitions (${refusal.message.replace(/\.+$/, '')}): nothing was triggered. Run the job again. If that does not help, set "definition" to the definition's id, and "branch" or "tag": then the list is not needed.`,
    {cause: refusal}
  )
}

/** What is to be triggered, for the line before: project, ref and why, definition, parameters. Raw text. */
export function describeTarget(target: Target): string {
  const {request, ref, reason, definition} = target
  const what = ref === undefined ? 'its default branch' : describeRef(ref)
  const parts = [`${formatSlug(request.slug)}: ${what} (${reason})`]
  if (definition !== undefined) parts.push(`definition "${definition.name}" (${definition.id})`)
  else if (request.endpoint === 'run' && request.definitionId !== undefined) {
    parts.push(`definition ${request.definitionId}`)
  }
  if (request.endpoint === 'run' && request.config !== undefined && request.config !== ref) {
    parts.push(`config from ${describeRef(request.config)}`)
  }
  const parameters = Object.entries(request.parameters).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`
  )
  if (parameters.length > 0) parts.push(`parameters ${parameters.join(', ')}`)
  return parts.join(', ')
}
