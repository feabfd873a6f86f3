import type {CircleCI} from '../circleci/client.ts'
import {RefusedError, type UnavailableError} from '../circleci/faults.ts'
import type {Ref} from '../circleci/model.ts'
import {CLOUD, formatSlug, linksFor, type Slug} from '../circleci/slug.ts'
import {formatDuration, withStop} from '../base/text.ts'
import {ActionError, errorMessage} from '../base/errors.ts'
import type {Loss} from './once.ts'
import type {SearchResult} from './search.ts'

/** What was to be triggered, and where. */
interface Place {
  readonly host: string
  readonly slug: Slug
}

/** The error of a trigger that certainly started nothing, however often it was sent. */
export function unreachable({
  host,
  slug,
  fault,
  attempts
}: Place & {readonly fault: UnavailableError; readonly attempts: number}): ActionError {
  const tried = attempts === 1 ? 'once' : `${attempts} times`
  const wait =
    fault.retryAfterMs === undefined
      ? ''
      : ` It asked to wait ${formatDuration(fault.retryAfterMs)} before trying again.`
  return new ActionError(
    'api-unavailable',
    `No pipeline of ${formatSlug(slug)} was started: ${host} did not accept the trigger, tried ${tried}. Last error: ${clause(fault)}.${wait} ${howToReach(host, fault)}`,
    {cause: fault}
  )
}

/** What to do where no usable answer came. */
export function howToReach(host: string, {final, unresolved}: UnavailableError): string {
  if (final) {
    return `Check the input "host", and that this runner trusts the certificate of ${host}.`
  }
  if (host === CLOUD) {
    return `Check that this runner can reach ${host} (status of CircleCI Cloud: https://status.circleci.com), then run the job again.`
  }
  return unresolved
    ? `Check the input "host" (${host}) for typos, and that this runner can resolve that name.`
    : `Check the input "host", and that this runner can reach ${host}, then run the job again.`
}

/** The error of a trigger whose pipeline may be running unseen, or cannot be distinguished from others. */
export function ambiguous(
  {host, slug}: Place,
  {fault, count, refusal}: Pick<Loss, 'fault' | 'count' | 'refusal'>,
  doubt: SearchResult
): ActionError {
  const links = linksFor(host)
  const answers =
    count === 1
      ? `CircleCI's answer to the trigger of ${formatSlug(slug)} was lost`
      : `CircleCI's answers to ${count} triggers of ${formatSlug(slug)} were lost`
  const again = refusal === undefined ? '' : `, sent once more it created none (${clause(refusal)})`
  const look = `Look at ${links.project(slug)} and cancel what you do not want.`
  return new ActionError(
    'trigger-ambiguous',
    `${answers} (${clause(fault)})${again}, and ${describe(doubt, number => links.pipeline(slug, number))}. A pipeline may be running. ${look} ${howToGoOn(doubt)}`,
    {cause: doubt.kind === 'failed' ? doubt.cause : fault}
  )
}

function describe(doubt: SearchResult, link: (number: number) => string): string {
  switch (doubt.kind) {
    case 'none':
      return 'no pipeline of it was found, which does not prove that none was created'
    case 'failed':
      return `looking for its pipeline failed: ${clause(doubt.cause)}`
    case 'found':
      return `it created #${doubt.pipeline.number} ${link(doubt.pipeline.number)}, and perhaps another`
    case 'several': {
      const {pipelines} = doubt
      const list = pipelines.map(
        ({number, why}) => `#${number} ${link(number)}${why === '' ? '' : ` (${why})`}`
      )
      return pipelines.length === 1
        ? `it is not certain whether it created this pipeline: ${list.join('')}`
        : `it is not certain which of these pipelines it created: ${list.join(', ')}`
    }
  }
}

function howToGoOn(doubt: SearchResult): string {
  const known =
    doubt.kind === 'several' ? doubt.pipelines : doubt.kind === 'found' ? [doubt.pipeline] : []
  const numbers = known.map(({number}) => `"pipeline: ${number}"`)
  const wait = numbers.length === 0 ? '"pipeline: <its number>"' : numbers.join(' or ')
  return `To wait for a pipeline that is there, run this step with ${wait}; if nothing is running, run the job again.`
}

/** The error where something else answers in CircleCI's place: nothing is triggered then. */
export function notCircleCI({host, slug}: Place, fault: UnavailableError): ActionError {
  const who = fault.foreign ? '' : `: something at ${host} answers in CircleCI's place`
  return new ActionError(
    'api-unavailable',
    `No pipeline of ${formatSlug(slug)} was started: ${clause(fault)}${who}. Check the input "host", and any proxy between this runner and CircleCI.`,
    {cause: fault}
  )
}

/** The error of a pipeline that was made, and whose number CircleCI does not show. */
export function numberless({host, slug}: Place, id: string, cause: Error): ActionError {
  return new ActionError(
    'trigger-ambiguous',
    `CircleCI created pipeline ${id} of ${formatSlug(slug)}, but does not say its number (${clause(cause)}). It may be running: look at ${linksFor(host).project(slug)}. To wait for it, run this step with "pipeline: ${id}".`,
    {cause}
  )
}

/** What the refused request was for. */
export interface RefusalFacts {
  readonly slug: Slug
  readonly host: string
  /** Completes "could not ...": `trigger a pipeline of gh/acme/shop`. */
  readonly purpose: string
  /** Whether it was to trigger a pipeline, and whether without naming a definition. */
  readonly isTrigger: boolean
  /** The ref that a trigger asked for; `undefined` when CircleCI was to choose. */
  readonly ref: Ref | undefined
  readonly classic: boolean
  /** Whether it was readable before, or CircleCI made it for this step: then the address is right. */
  readonly wasReadable: boolean
  readonly signal?: AbortSignal | undefined
}

/** How long `GET /me` may take, in milliseconds. */
const DIAGNOSIS_MS = 10_000

/**
 * Turns CircleCI's no into an error that says what to do. CircleCI answers 404 for what a token may not see, so a 401 of
 * `GET /me` distinguishes a bad token (`auth`) from a wrong slug or a missing right (`not-found`). Everything else it
 * refuses is `rejected`, with its words.
 */
export async function explainRefusal(
  refusal: RefusedError,
  facts: RefusalFacts,
  circleci: CircleCI
): Promise<ActionError> {
  const {status, words} = refusal
  const said = `it answered ${status}${words === '' ? '' : `: ${clause(words)}`}`
  const head = `CircleCI could not ${facts.purpose}${refOf(refusal, facts)}: ${said}`
  const fail = (reason: 'auth' | 'not-found' | 'rejected', advice: string): ActionError =>
    new ActionError(reason, `${withStop(head)} ${advice}`, {cause: refusal})
  if (![401, 403, 404].includes(status)) return fail('rejected', adviceFor(words, facts.isTrigger))
  const login = await whose(circleci, facts.signal)
  if (login === undefined) {
    return fail(
      'auth',
      `The token is not valid on ${facts.host}: it may be revoked, expired, a project token (only personal API tokens work), or of another CircleCI. Create one under User Settings > Personal API Tokens and update the secret.`
    )
  }
  if (facts.wasReadable) {
    return fail(
      status === 404 ? 'not-found' : 'auth',
      `${ownerOf(login)} could see it before: that user may have lost access to ${formatSlug(facts.slug)} meanwhile, or the project was deleted. Pipelines that run there continue without this step.`
    )
  }
  if (status === 401 || status === 403) {
    return fail(
      'auth',
      `${ownerOf(login)} may not do this in ${formatSlug(facts.slug)}: give that user access to the project, or use the token of somebody who has it.`
    )
  }
  return fail('not-found', notFoundAdvice(login, facts))
}

/** Only a trigger sends a ref. */
function refOf({request}: RefusedError, {isTrigger, ref}: RefusalFacts): string {
  if (!isTrigger || !/^POST .*\/pipeline(\/run)?$/.test(request)) return ''
  if (ref === undefined) return ' on its default branch'
  return 'tag' in ref ? ` on tag "${ref.tag}"` : ` on branch "${ref.branch}"`
}

/** The login behind the token; '' when that cannot be asked now, `undefined` when the token is not valid. */
async function whose(
  circleci: CircleCI,
  signal: AbortSignal | undefined
): Promise<string | undefined> {
  try {
    const {login, name} = await circleci.me({signal, patienceMs: DIAGNOSIS_MS})
    return login || name || 'a user without a name'
  } catch (error) {
    return error instanceof RefusedError && error.status === 401 ? undefined : ''
  }
}

/** Begins a sentence about what the token's user may do. */
function ownerOf(login: string): string {
  return login === ''
    ? 'The user of the token'
    : `The token is valid and belongs to "${login}", who`
}

function notFoundAdvice(login: string, {slug, isTrigger, classic}: RefusalFacts): string {
  const app =
    isTrigger && classic && slug.provider === 'gh'
      ? ' A project connected through the GitHub App has a slug that starts with "circleci/" (Project Settings > Overview shows it), and "gh/\u2026" does not find it.'
      : ''
  return `${ownerOf(login)} cannot see a project ${formatSlug(slug)}: check "project-slug" for typos, and that this user can open the project in CircleCI (its answer is the same for a user without access).${app}`
}

function adviceFor(words: string, isTrigger: boolean): string {
  if (/branch not found/i.test(words)) {
    return 'Check that the branch exists in the repository that the project builds.'
  }
  if (/parameter|argument/i.test(words)) {
    return 'Check the input "parameters" against those that the CircleCI config declares, types included.'
  }
  return isTrigger ? 'Nothing was triggered.' : "CircleCI's message should say what to change."
}

/** An error's message as a part of a sentence that ends with a full stop of its own. */
function clause(error: unknown): string {
  return errorMessage(error).replace(/(?<![.\s])[.\s]+$/, '')
}
