import type {CircleCI} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Ref} from '../circleci/model.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {ActionError} from '../base/errors.ts'

/** What the refused request was for. */
export interface RefusalFacts {
  readonly slug: Slug
  readonly host: string
  /** Completes "could not …": `trigger a pipeline of gh/acme/shop`. */
  readonly purpose: string
  /** Whether it was to trigger a pipeline, and whether without naming a definition. */
  readonly isTrigger: boolean
  /** The ref that a trigger asked for; `undefined` when CircleCI was to choose. */
  readonly ref: Ref | undefined
  readonly classic: boolean
  /** Whether CircleCI has told about it before, or made it for this step: then the address is right. */
  readonly wasReadable: boolean
  readonly signal?: AbortSignal | undefined
}

/** How long `GET /me` may be tried to tell a bad token from a missing right. */
const DIAGNOSIS_MS = 10_000

/**
 * Turns CircleCI's no into an error that says what to do. CircleCI answers 404 for what a token may not see, so
 * `GET /me`, whose 401 alone means that, tells a bad token (`auth`) from a wrong slug or a missing right (`not-found`). Everything else it refuses
 * is `rejected`, with its words.
 */
export async function explainRefusal(
  refusal: RefusedError,
  facts: RefusalFacts,
  circleci: CircleCI
): Promise<ActionError> {
  const {status, words} = refusal
  const said = words === '' ? `it answered ${status}` : `it answered ${status}: ${stop(words)}`
  const head = `CircleCI could not ${facts.purpose}${refOf(refusal, facts)}: ${said}`
  const fail = (reason: 'auth' | 'not-found' | 'rejected', advice: string): ActionError =>
    new ActionError(reason, `${end(head)} ${advice}`, {cause: refusal})
  if (status !== 401 && status !== 403 && status !== 404)
    return fail('rejected', adviceFor(words, facts.isTrigger))
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
      `${ownerOf(login)} could see it before: that user may have lost access to ${formatSlug(facts.slug)} meanwhile, or the project was deleted. What runs there goes on without this step.`
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
      ? ' A project connected through the GitHub App has a slug that starts with "circleci/" (Project Settings > Overview shows it), and "gh/…" does not find it.'
      : ''
  return `${ownerOf(login)} sees no project ${formatSlug(slug)}: check "project-slug" for typos, and that this user can open the project in CircleCI (it looks the same to a user without access).${app}`
}

function adviceFor(words: string, isTrigger: boolean): string {
  if (/branch not found/i.test(words)) {
    return 'Check that the branch exists in the repository that the project builds.'
  }
  if (/parameter|argument/i.test(words)) {
    return 'Check the input "parameters" against those that the CircleCI config declares, types included.'
  }
  return isTrigger ? 'Nothing was triggered.' : 'Its words should tell what to change.'
}

function stop(words: string): string {
  return words.replace(/(?<![.\s])[.\s]+$/, '')
}

function end(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
