import type {Pipeline, PipelineParameters} from '../circleci/model.ts'
import {formatSlug, linksFor, type Slug} from '../circleci/slug.ts'
import {ActionError} from '../base/errors.ts'
import {formatDuration} from '../base/text.ts'
import {definitionOf, valueOf} from './match.ts'
import {nameOf} from './ref.ts'

/** Which pipelines of a commit are taken. */
export interface CommitChoice {
  readonly slug: Slug
  readonly revision: string
  /** The ref's names, as `nameOf` writes them; `undefined`: any ref. */
  readonly refs: readonly string[] | undefined
  /** Name or id of the definition that made it; `undefined`: any. */
  readonly definition: string | undefined
  /** Id of the pipeline that this step itself runs in, on CircleCI. */
  readonly ownPipeline: string | undefined
}

/**
 * Whether a pipeline is one of those that are looked for: `unsure` when CircleCI does not say which definition made it,
 * `other` when it is of the commit and not taken, with the reason in a word or two; `unrelated` when it is of another
 * commit, or of none that is known (yet).
 */
export type Standing =
  {readonly kind: 'taken' | 'unsure' | 'unrelated'} | {readonly kind: 'other'; readonly why: string}

/** A pipeline of the project, as it stands by what is known of it. */
export interface Seen {
  readonly pipeline: Pipeline
  /** When it was first seen as it stands, in epoch milliseconds of our own clock. */
  readonly since: number
  /** `undefined` until they could be read. */
  readonly values: PipelineParameters | undefined
  readonly standing: Standing
}

/**
 * Compares a pipeline with what is looked for. Only what contradicts rules one out: a pipeline that shows no ref, or not
 * how it was started, is taken. `values` are `undefined` where they were not read.
 */
export function standingOf(
  pipeline: Pipeline,
  values: PipelineParameters | undefined,
  choice: CommitChoice
): Standing {
  if (pipeline.revision?.toLowerCase() !== choice.revision.toLowerCase()) return UNRELATED
  const why =
    (pipeline.id === choice.ownPipeline ? 'this step runs in it' : undefined) ??
    otherOrigin(pipeline, values) ??
    otherRef(pipeline, values, choice.refs)
  if (why !== undefined) return {kind: 'other', why}
  return choice.definition === undefined ? TAKEN : byDefinition(values, choice.definition)
}

const TAKEN: Standing = {kind: 'taken'}
const UNSURE: Standing = {kind: 'unsure'}
const UNRELATED: Standing = {kind: 'unrelated'}

/**
 * How a pipeline was started that CircleCI did not start by itself. The list of types is open, so what is none of these
 * is CircleCI's own; a custom webhook has the type of a push, and only the values show it.
 * https://circleci.com/docs/guides/orchestrate/pipeline-variables/ (`pipeline.event.name`, `pipeline.trigger.type`)
 */
function otherOrigin(
  {triggerType}: Pipeline,
  values: PipelineParameters | undefined
): string | undefined {
  const types = [
    triggerType,
    valueOf(values, 'pipeline.event.name') ?? '',
    valueOf(values, 'pipeline.trigger.type') ?? ''
  ]
  return types.find(type => /^(?:api|explicit|custom_webhook)$|^schedule/.test(type))
}

function otherRef(
  pipeline: Pipeline,
  values: PipelineParameters | undefined,
  refs: readonly string[] | undefined
): string | undefined {
  const ref = refOf(pipeline, values)
  if (ref === undefined || refs === undefined || refs.includes(ref)) return undefined
  return ref.startsWith('tag ') ? ref : `branch ${ref}`
}

/** Its ref's name, as `nameOf` writes it; of a tag where a branch is known besides. `undefined`: none is. */
export function refOf(
  pipeline: Pick<Pipeline, 'branch' | 'tag'>,
  values: PipelineParameters | undefined
): string | undefined {
  const tag = pipeline.tag ?? valueOf(values, 'pipeline.git.tag')
  if (tag !== undefined) return nameOf({tag})
  const branch = pipeline.branch ?? valueOf(values, 'pipeline.git.branch')
  return branch === undefined ? undefined : nameOf({branch})
}

/** `wanted` is an id or a name, and nothing says which. */
function byDefinition(values: PipelineParameters | undefined, wanted: string): Standing {
  const id = definitionOf(values)
  const name = valueOf(values, 'pipeline.name')
  if (id === wanted.toLowerCase() || name === wanted) return TAKEN
  if ((UUID.test(wanted) ? id : name) === undefined) return UNSURE
  return {kind: 'other', why: `definition "${name ?? id ?? ''}"`}
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** How much older than one pipeline of the commit another may be, in milliseconds of CircleCI's own times. */
const OLDER_BY_MS = 24 * 3600_000

/** Whether all of a page is too old to be of the commit, going by what was seen of that. */
export function areTooOld(page: readonly Pipeline[], seen: Iterable<Seen>): boolean {
  const times = [...seen]
    .filter(({standing}) => standing.kind !== 'unrelated')
    .map(({pipeline}) => Date.parse(pipeline.createdAt))
  const oldest = Math.min(...times.filter(time => !Number.isNaN(time)))
  return (
    times.length > 0 &&
    page.every(({createdAt}) => !(Date.parse(createdAt) >= oldest - OLDER_BY_MS))
  )
}

/** The error of a search that found none; `instead` are the pipelines of the commit that are not taken. */
export function notStarted(
  {slug, revision, refs, definition}: CommitChoice,
  instead: readonly Seen[],
  host: string,
  {withinMs, isTimeout}: {readonly withinMs: number; readonly isTimeout: boolean}
): ActionError {
  const others = instead.slice(-5).map(({pipeline: {number}, standing}) => {
    const why =
      standing.kind === 'other' ? standing.why : 'CircleCI does not say of which definition'
    return `#${number} (${why}) ${linksFor(host).pipeline(slug, number)}`
  })
  const seen =
    others.length === 0
      ? 'That commit has no pipelines at all'
      : `That commit only has pipelines that were started in other ways or for other refs: ${others.join(', ')}`
  const ref = refs?.[0] === undefined ? '' : ` on ${refs[0]}`
  const through = definition === undefined ? '' : ` through definition "${definition}"`
  const within = `${formatDuration(withinMs)}${isTimeout ? ', all that was left of "timeout"' : ''}`
  return new ActionError(
    isTimeout ? 'timeout' : 'not-found',
    `CircleCI started no pipeline for commit ${revision} in ${formatSlug(slug)}${ref}${through} within ${within}. ${seen}. Check that the project builds on pushes (and pull requests from forks, if this is one), that the commit does not say to skip CI, and "project-slug".`,
    isTimeout ? {conclusion: 'timed_out'} : {}
  )
}

/** The error of a search that timed out before it was certain that there is no other pipeline; that takes `afterMs`. */
export function notSettled(
  {revision}: CommitChoice,
  taken: readonly Pipeline[],
  afterMs: number
): ActionError {
  const names = taken.map(({number}) => `#${number}`).join(', ')
  return new ActionError(
    'timeout',
    `"timeout" was over before it was certain that CircleCI started no pipeline for commit ${revision} but ${names}: that takes ${formatDuration(afterMs)} and more.`,
    {conclusion: 'timed_out'}
  )
}

/** The error of pipelines that can be neither taken nor ruled out. */
export function definitionUnknown(unsure: readonly Seen[]): ActionError {
  const names = unsure.map(({pipeline}) => `#${pipeline.number}`).join(', ')
  return new ActionError(
    'not-found',
    `CircleCI does not say which definition made ${names}: leave "definition" out, or name the pipeline, by its number in "pipeline".`
  )
}
