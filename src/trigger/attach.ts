import type {CallOptions, CircleCI} from '../circleci/client.ts'
import {AbortedError, RefusedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {retry} from '../circleci/retry.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {linksFor} from '../circleci/urls.ts'
import type {Clock} from '../base/clock.ts'
import {formatDuration} from '../base/text.ts'
import {ActionError} from '../base/errors.ts'
import {type Log, Outage} from '../base/log.ts'

/** How long a commit's pipeline may take to appear, in milliseconds. */
export const APPEARS_WITHIN_MS = 2 * 60_000
/** How long CircleCI may not know a pipeline that was named, in milliseconds: it may have been made a moment ago. */
const KNOWN_WITHIN_MS = 30_000
/** How long nothing but errors is borne where a pipeline was named, in milliseconds, as in the wait for one. */
const PATIENCE_MS = 5 * 60_000
/** The same while something else answers in CircleCI's place: nothing was read from this host yet. */
const FOREIGN_PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 5_000
/** Pages read for a commit: with 20 pipelines a page, the newest thousand. */
const MAX_PAGES = 50

/** What attaching needs from outside. */
export interface AttachContext {
  readonly circleci: Pick<CircleCI, 'pipeline' | 'pipelineByNumber' | 'pipelines'>
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  readonly host: string
  readonly signal: AbortSignal
  /** Epoch milliseconds at which the step times out. */
  readonly deadline: number
}

/** Finds a pipeline by its id or number. Throws `not-found` when CircleCI does not know it for half a minute. */
export async function findPipeline(
  choice: {readonly id: string} | {readonly number: number},
  slug: Slug,
  context: AttachContext
): Promise<Pipeline> {
  const {circleci, clock, signal} = context
  const what =
    'id' in choice ? `Reading pipeline ${choice.id}` : `Reading pipeline #${choice.number}`
  const outage = new Outage(what, context)
  const began = clock.now()
  const options: CallOptions = {signal, patienceMs: 0}
  const ask = (): Promise<Pipeline> =>
    'id' in choice
      ? circleci.pipeline(choice.id, options)
      : circleci.pipelineByNumber(slug, choice.number, options)
  for (;;) {
    try {
      const pipeline = await retry(what, ask, {
        ...context,
        leftMs: ({foreign}) => began + (foreign ? FOREIGN_PATIENCE_MS : PATIENCE_MS) - clock.now(),
        onRetry: (fault, pauseMs, leftMs) => {
          outage.failed(fault, pauseMs, leftMs)
        }
      })
      outage.over()
      return pipeline
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error
      if (clock.now() >= began + KNOWN_WITHIN_MS) throw unknownPipeline(choice, slug, error)
    }
    await clock.sleep(LOOK_AGAIN_MS, signal)
  }
}

function unknownPipeline(
  choice: {readonly id: string} | {readonly number: number},
  slug: Slug,
  refusal: RefusedError
): ActionError {
  const project = formatSlug(slug)
  const [what, check] =
    'id' in choice
      ? [`no pipeline with the id ${choice.id}`, '']
      : [`no pipeline number ${choice.number} in ${project}`, `, "project-slug" (${project})`]
  return new ActionError(
    'not-found',
    `Input "pipeline": CircleCI has ${what}, or the token has no access to it (CircleCI says: ${refusal.words || 'not found'}). Check the value${check} and that the token's user can open the project.`,
    {cause: refusal}
  )
}

/** Which pipelines of a commit are taken. */
export interface CommitChoice {
  readonly revision: string
  readonly slug: Slug
  /** Narrow the search; `undefined`: any. */
  readonly branch: string | undefined
  readonly tag: string | undefined
}

/**
 * Finds the pipelines that CircleCI itself started (by a webhook) for a commit, newest first, waiting up to two minutes
 * for the first to appear. Throws `not-found` (`timeout` when the step has less time left) naming what there was instead,
 * also when the signal ends the search after a first look: whether that was the step's time-out or GitHub cancelling the
 * step is for the caller to tell.
 */
export async function findPipelinesOfCommit(
  commit: CommitChoice,
  context: AttachContext
): Promise<readonly [Pipeline, ...Pipeline[]]> {
  const {clock, log, signal} = context
  const leftMs = context.deadline - clock.now()
  const withinMs = Math.min(APPEARS_WITHIN_MS, leftMs)
  const until = clock.now() + withinMs
  const short = commit.revision.slice(0, 7)
  log.info(
    `Looking for the pipeline that CircleCI started for commit ${short} in ${formatSlug(commit.slug)}, for up to ${formatDuration(withinMs)}.`
  )
  const known: Known = {ids: new Set(), ofCommit: []}
  for (let looks = 0; ; looks += 1) {
    try {
      await readNew(commit, known, context)
    } catch (error) {
      // The step's time may end in the last look: what the looks before it saw still tells more than a timeout.
      if (looks === 0 || !(error instanceof AbortedError)) throw error
    }
    const [newest, ...older] = known.ofCommit.filter(isCircleCIs)
    if (newest !== undefined) return [newest, ...older]
    const left = until - clock.now()
    if (left <= 0 || signal.aborted) {
      const isTimeout = leftMs <= APPEARS_WITHIN_MS
      throw notStarted(commit, known.ofCommit, context.host, {withinMs, isTimeout})
    }
    await clock.sleep(Math.min(LOOK_AGAIN_MS, left), signal)
  }
}

function isCircleCIs({triggerType}: Pipeline): boolean {
  return triggerType === 'webhook'
}

/** What earlier looks have read: only what is newer needs reading again. */
interface Known {
  readonly ids: Set<string>
  /** Newest first. */
  ofCommit: readonly Pipeline[]
}

async function readNew(
  commit: CommitChoice,
  known: Known,
  {circleci, signal}: AttachContext
): Promise<void> {
  const found: Pipeline[] = []
  const earlier = new Set(known.ids)
  let pages = 0
  for await (const page of circleci.pipelines(commit.slug, {branch: commit.branch}, {signal})) {
    const fresh = page.filter(({id}) => !earlier.has(id))
    for (const {id} of fresh) known.ids.add(id)
    found.push(...fresh.filter(pipeline => isOfCommit(pipeline, commit)))
    pages += 1
    if (fresh.length < page.length || pages === MAX_PAGES) break
    // Newest first: once there is a match, older pages hold older ones.
    if (found.some(isCircleCIs)) break
  }
  known.ofCommit = [...found, ...known.ofCommit]
}

function isOfCommit(pipeline: Pipeline, {revision, branch, tag}: CommitChoice): boolean {
  if (pipeline.revision?.toLowerCase() !== revision.toLowerCase()) return false
  if (branch !== undefined && pipeline.branch !== branch) return false
  return tag === undefined || pipeline.tag === tag
}

function notStarted(
  commit: CommitChoice,
  others: readonly Pipeline[],
  host: string,
  {withinMs, isTimeout}: {readonly withinMs: number; readonly isTimeout: boolean}
): ActionError {
  const links = linksFor(host)
  const list = others
    .slice(0, 5)
    .map(
      ({number, triggerType}) =>
        `#${number} (${triggerType || 'unknown trigger'}) ${links.pipeline(commit.slug, number)}`
    )
  const seen =
    list.length === 0
      ? 'That commit has no pipelines at all'
      : `That commit only has pipelines that were started in other ways: ${list.join(', ')}`
  const within = `${formatDuration(withinMs)}${isTimeout ? ', all that was left of "timeout"' : ''}`
  return new ActionError(
    isTimeout ? 'timeout' : 'not-found',
    `CircleCI started no pipeline for commit ${commit.revision} in ${formatSlug(commit.slug)} within ${within}. ${seen}. Check that the project builds on pushes (and pull requests from forks, if this is one), that the commit does not say to skip CI, and "project-slug".`,
    isTimeout ? {conclusion: 'timed_out'} : {}
  )
}
