import {InputError} from '../base/errors.ts'
import type {Ref} from '../circleci/model.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {branchOrTag, refOfEvent} from './event-ref.ts'
import {isSameRepository, type GitHubEvent} from './event.ts'

/** What to build. */
export interface RefChoice {
  /** `undefined`: none is sent, and CircleCI builds the project's default branch. */
  readonly ref: Ref | undefined
  /** Why it is this ref, or none, for the log: "the branch that was pushed". */
  readonly reason: string
}

/**
 * What was asked for: the event's own ref (`event`), something else of this repository (`other`: another branch or tag,
 * another commit, a pipeline's id or number), or a project of another repository (`elsewhere`).
 */
export type Subject = 'event' | 'other' | 'elsewhere'

/** What decides the ref besides the event. */
export interface RefOptions {
  /** The inputs; at most one of them is set. */
  readonly branch: string | undefined
  readonly tag: string | undefined
  readonly slug: Slug
  /** `owner/name` that the chosen definition checks out (`checkout_source`), when it is known. */
  readonly checkoutRepository?: string | undefined
  /** Whether a pipeline is named by its id or number, or a commit that is not the event's. */
  readonly isNamed?: boolean
}

/**
 * Chooses the ref to build. An explicit branch or tag wins, and alone; a project of another repository gets none,
 * because this repository's branch means nothing there; otherwise the event decides. An opaque slug whose
 * definition does not say what it checks out counts as this repository's: CircleCI refuses a branch it does not
 * have, whereas leaving it out would silently build the default branch. Throws an `InputError` when the event has no ref.
 */
export function chooseRef(event: GitHubEvent, options: RefOptions): RefChoice {
  const explicit = explicitRef(options)
  const elsewhere = otherRepository(event, options)
  if (explicit === undefined && elsewhere !== undefined) return {ref: undefined, reason: elsewhere}
  return explicit ?? requireRef(event)
}

function requireRef(event: GitHubEvent): RefChoice {
  const own = refOfEvent(event)
  if (typeof own !== 'string') return {ref: own[0], reason: own[1]}
  const unread = event.payloadProblem === undefined ? '' : ` (${event.payloadProblem})`
  throw new InputError(
    'branch',
    `is needed: ${own}${unread}. Set "branch" or "tag" to say what to build.`
  )
}

/** What is asked for, compared with what the event is about: an explicit ref that is the event's own is no other. */
export function subjectOf(event: GitHubEvent, options: RefOptions): Subject {
  if (otherRepository(event, options) !== undefined) return 'elsewhere'
  if (options.isNamed === true) return 'other'
  const explicit = explicitRef(options)
  if (explicit === undefined) return 'event'
  return ownNames(event).includes(nameOf(explicit.ref)) ? 'event' : 'other'
}

/**
 * Names of the ref whose pipelines of a commit are taken, as `nameOf` writes them: the given ref's, else the event's own.
 * `undefined` (any ref) for a commit that is not the event's, and in a project of another repository. Throws an
 * `InputError` when the event has no ref.
 */
export function refsOfCommit(
  event: GitHubEvent,
  options: RefOptions
): readonly string[] | undefined {
  const explicit = explicitRef(options)
  if (explicit !== undefined) return [nameOf(explicit.ref)]
  if (subjectOf(event, options) !== 'event') return undefined
  requireRef(event)
  return ownNames(event)
}

/** Every name of the event's own ref. */
function ownNames(event: GitHubEvent): readonly string[] {
  const own = refOfEvent(event)
  const pull = event.payload.pullRequest
  return [
    ...(typeof own === 'string' ? [] : [nameOf(own[0])]),
    ...(pull !== undefined && pull.closed === undefined ? [`pull/${pull.number}`] : [])
  ]
}

/** A ref with its kind, to show: `tag v1`, `branch main`. */
export function describeRef(ref: Ref): string {
  return 'tag' in ref ? `tag ${ref.tag}` : `branch ${ref.branch}`
}

/** A ref's name, to compare and to show: `tag v1`, `main`; `pull/<n>/head` is `pull/<n>`, as they are one ref. */
export function nameOf(ref: Ref): string {
  return 'tag' in ref ? `tag ${ref.tag}` : ref.branch.replace(/^(pull\/\d+)\/head$/, '$1')
}

function explicitRef({branch, tag}: RefOptions): (RefChoice & {readonly ref: Ref}) | undefined {
  if (tag !== undefined) return {ref: bareRef(tag, 'tag'), reason: 'input "tag"'}
  if (branch !== undefined) return {ref: bareRef(branch, 'branch'), reason: 'input "branch"'}
  return undefined
}

/** People pass `github.ref`; CircleCI wants the name alone, and `pull/<n>/head` as a branch. */
function bareRef(text: string, input: 'branch' | 'tag'): Ref {
  const [, pull] = /^refs\/(pull\/.+)$/s.exec(text) ?? []
  if (pull !== undefined) return {branch: pull}
  return branchOrTag(text) ?? (input === 'tag' ? {tag: text} : {branch: text})
}

function otherRepository(
  {repository, provider = 'gh'}: GitHubEvent,
  options: RefOptions
): string | undefined {
  const {slug, checkoutRepository} = options
  const shown = formatSlug(slug)
  if (checkoutRepository !== undefined && !isSameRepository(checkoutRepository, repository)) {
    return `${shown} checks out ${checkoutRepository}, not ${repository ?? 'this repository'}`
  }
  if (slug.provider === 'circleci') return undefined
  const named = `${slug.organization}/${slug.project}`
  if (slug.provider === provider && isSameRepository(named, repository)) return undefined
  return `${shown} is a different repository from ${repository ?? 'this one'}`
}
