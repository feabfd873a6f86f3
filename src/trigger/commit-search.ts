import type {CallOptions, CircleCI} from '../circleci/client.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline, PipelineParameters} from '../circleci/model.ts'
import {formatSlug, linksFor} from '../circleci/slug.ts'
import {timeLimit, type Clock} from '../base/clock.ts'
import {mapBounded} from '../base/concurrency.ts'
import {ActionError, errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {formatDuration} from '../base/text.ts'
import {patiently} from './attach.ts'
import {refOf, standingOf, type CommitChoice, type Standing} from './commit-match.ts'
import {definitionOf} from './match.ts'

/** How long a commit's pipelines may take to appear, and one to tell its definition, in milliseconds. */
const APPEARS_WITHIN_MS = 2 * 60_000
/**
 * One push may start several pipelines, some seconds apart. They count as all of them so long after the search began, and
 * so long after the newest was first seen here, in milliseconds.
 */
const SETTLED_AFTER_MS = 15_000
const SETTLED_AFTER_NEWEST_MS = 10_000
const LOOK_AGAIN_MS = 5_000
/** Pages read in one look: with 20 pipelines a page, the newest thousand. */
const MAX_PAGES = 50
/** How much older than a pipeline of the commit others of it may be, in milliseconds of CircleCI's own times. */
const OLDER_BY_MS = 24 * 3600_000
/** What is asked for beside the list: so many requests at once, each sent once, in so many milliseconds together. */
const AT_ONCE = 4
const BESIDE_MS = 5_000
/** So many pipelines that tell no commit are asked for by id in one look. */
const MOST_ASKED = 5

/** What a search needs from outside. */
export interface CommitSearchContext {
  readonly circleci: Pick<CircleCI, 'pipeline' | 'pipelines' | 'pipelineValues'>
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  readonly host: string
  readonly signal: AbortSignal
  /** Epoch milliseconds at which the step times out. */
  readonly deadline: number
}

/** A pipeline of the project; times are epoch milliseconds of our own clock. */
interface Seen {
  readonly pipeline: Pipeline
  /** When it was first seen as it stands. */
  readonly since: number
  /** `undefined` while CircleCI does not tell them. */
  readonly values: PipelineParameters | undefined
  readonly standing: Standing
}

/**
 * The pipelines that CircleCI itself started for a commit, found by what is told of them and not by their place in a list.
 * Each look lists again: they come one after another, and what one does not tell at first it may tell later.
 */
export class CommitSearch {
  readonly #choice: CommitChoice
  readonly #context: CommitSearchContext
  readonly #seen = new Map<string, Seen>()
  readonly #startedAt: number
  #settled = false

  constructor(choice: CommitChoice, context: CommitSearchContext) {
    this.#choice = choice
    this.#context = context
    this.#startedAt = context.clock.now()
  }

  /** Those that are taken, in the order of their numbers. */
  get taken(): readonly Pipeline[] {
    return this.#all('taken').map(({pipeline}) => pipeline)
  }

  /** Whether no further one is to be expected, and the last listing found none. */
  get isSettled(): boolean {
    return this.#settled
  }

  /** Milliseconds until a look may tell more; `Infinity` once settled. */
  get nextLookInMs(): number {
    const left = this.#settlesAt() - this.#context.clock.now()
    return this.#settled ? Infinity : Math.min(LOOK_AGAIN_MS, left > 0 ? left : LOOK_AGAIN_MS)
  }

  /** The id of the definition that made a pipeline; `undefined`: it is not told. */
  definitionOf(id: string): string | undefined {
    return definitionOf(this.#seen.get(id)?.values)
  }

  /** Those CircleCI started for the commit on branches, when a tag's are looked for. */
  get ofBranches(): readonly Pipeline[] {
    const anyRef = {...this.#choice, refs: undefined}
    return this.#all('other').flatMap(({pipeline, values}) => {
      const isBranch = refOf(pipeline, values)?.startsWith('tag ') === false
      return isBranch && standingOf(pipeline, values, anyRef).kind !== 'other' ? [pipeline] : []
    })
  }

  /**
   * Looks until there is one (`settled`: until no further one is to be expected). Throws `not-found` (`timeout` when the
   * step has less time left) when none appears within two minutes, naming what there was instead, also when the signal
   * ends the search after a first look: whether that was the step's time-out or GitHub cancelling the step is for the
   * caller to tell.
   */
  async find(until: 'found' | 'settled'): Promise<void> {
    const {clock, log, signal, deadline} = this.#context
    const leftMs = deadline - clock.now()
    const withinMs = Math.min(APPEARS_WITHIN_MS, leftMs)
    const {revision, slug} = this.#choice
    log.info(
      `Looking for the pipelines that CircleCI started for commit ${revision.slice(0, 7)} in ${formatSlug(slug)}, for up to ${formatDuration(withinMs)}.`
    )
    const what = `Listing the pipelines of ${formatSlug(slug)}`
    let began: number | undefined
    for (;;) {
      try {
        await patiently(what, () => this.look({signal, patienceMs: 0}), this.#context)
      } catch (error) {
        // The step's time may end in the last look: what the looks before it saw still tells more than a timeout.
        if (began === undefined || !(error instanceof AbortedError)) throw error
      }
      // While the list could not be read nothing could appear.
      began ??= clock.now()
      const isFound = this.#all('taken').length > 0
      if (isFound && (until === 'found' || this.#settled)) return
      const left = began + withinMs - clock.now()
      const isOver = left <= 0 && this.#all('unsure').length === 0
      if (!isFound && (isOver || signal.aborted)) {
        throw this.#notStarted(withinMs, leftMs <= APPEARS_WITHIN_MS)
      }
      if (signal.aborted) throw this.#notSettled()
      const pauseMs = isFound || left <= 0 ? this.nextLookInMs : Math.min(LOOK_AGAIN_MS, left)
      await clock.sleep(pauseMs, signal)
    }
  }

  /**
   * Lists once. Rejects like the client does when the list cannot be read, and with `not-found` when CircleCI does not say
   * for two minutes which definition made a pipeline.
   */
  async look(options: CallOptions): Promise<void> {
    const {clock} = this.#context
    const began = clock.now()
    const before = this.facts
    const listed = await this.#list(options)
    const {signal, end} = timeLimit(clock, BESIDE_MS, options.signal)
    await this.#askForCommits(listed, {signal, patienceMs: 0})
    await this.#readValues({signal, patienceMs: 0})
    end()
    if (options.signal?.aborted === true) throw new AbortedError(SEARCH)
    this.#refuseUntold()
    this.#settled =
      this.taken.length > 0 &&
      this.#all('unsure').length === 0 &&
      before === this.facts &&
      began >= this.#settlesAt()
  }

  /** Which pipelines are taken, to compare. */
  get facts(): string {
    return this.taken.map(({id}) => id).join(' ')
  }

  #settlesAt(): number {
    const newest = this.#all('taken').map(({since}) => since + SETTLED_AFTER_NEWEST_MS)
    return Math.max(this.#startedAt + SETTLED_AFTER_MS, ...newest)
  }

  /** Reads pages until one tells nothing that can still count. Returns the ids that were listed. */
  async #list(options: CallOptions): Promise<ReadonlySet<string>> {
    const {circleci} = this.#context
    const earlier = new Set(this.#seen.keys())
    const listed = new Set<string>()
    let pages = 0
    // Not the list of one branch: whether it has the pipelines that have no `vcs` is not known.
    for await (const page of circleci.pipelines(this.#choice.slug, {}, options)) {
      for (const pipeline of page) {
        listed.add(pipeline.id)
        this.#learn(pipeline)
      }
      pages += 1
      const isKnown = page.every(({id}) => earlier.has(id))
      if (isKnown || pages === MAX_PAGES || this.#areTooOld(page)) break
    }
    return listed
  }

  #areTooOld(page: readonly Pipeline[]): boolean {
    const times = [...this.#seen.values()]
      .filter(({standing}) => standing.kind !== 'unrelated')
      .map(({pipeline}) => Date.parse(pipeline.createdAt))
    const oldest = Math.min(...times.filter(time => !Number.isNaN(time)))
    return (
      times.length > 0 &&
      page.every(({createdAt}) => !(Date.parse(createdAt) >= oldest - OLDER_BY_MS))
    )
  }

  /** What an answer leaves out is not taken back. */
  #learn(told: Pipeline, values = this.#seen.get(told.id)?.values): void {
    const before = this.#seen.get(told.id)
    const {branch, tag, revision} = before?.pipeline ?? told
    const pipeline = {
      ...told,
      branch: told.branch ?? branch,
      tag: told.tag ?? tag,
      revision: told.revision ?? revision
    }
    const standing = standingOf(pipeline, values, this.#choice)
    const isSame = before?.standing.kind === standing.kind
    const since = isSame ? before.since : this.#context.clock.now()
    this.#seen.set(told.id, {pipeline, since, values, standing})
    this.#tellOther(before?.standing, standing, pipeline)
  }

  #tellOther(before: Standing | undefined, standing: Standing, {number, id}: Pipeline): void {
    if (standing.kind !== 'other' || before?.kind === 'other') return
    const {log} = this.#context
    const level = before?.kind === 'taken' ? 'info' : 'debug'
    const commit = this.#choice.revision.slice(0, 7)
    log[level](`Pipeline #${number} (${id}) of commit ${commit} is not taken (${standing.why}).`)
  }

  /** One that does not tell its commit yet may have left the list before it does. */
  async #askForCommits(listed: ReadonlySet<string>, options: CallOptions): Promise<void> {
    const {circleci, clock} = this.#context
    const after = clock.now() - APPEARS_WITHIN_MS
    const untold = [...this.#seen.values()].filter(
      ({pipeline, since}) =>
        pipeline.revision === undefined && !listed.has(pipeline.id) && since >= after
    )
    await mapBounded(untold.slice(0, MOST_ASKED), AT_ONCE, async ({pipeline}) => {
      const told = await this.#unlessUntold(circleci.pipeline(pipeline.id, options))
      if (told !== undefined) this.#learn(told)
    })
  }

  /** Values never change once a pipeline is made; while it is being made they may tell more later. */
  async #readValues(options: CallOptions): Promise<void> {
    const {circleci} = this.#context
    const open = [...this.#all('taken'), ...this.#all('unsure')].filter(
      ({pipeline, values}) => values === undefined || !MADE.has(pipeline.state)
    )
    await mapBounded(open, AT_ONCE, async ({pipeline}) => {
      const read = circleci.pipelineValues(pipeline.id, options)
      const values = await this.#unlessUntold(read)
      if (values !== undefined) this.#learn(pipeline, values)
    })
  }

  /** A side channel: what it does not tell is not told. */
  async #unlessUntold<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await answer
    } catch (error) {
      this.#context.log.debug(`Not told of a pipeline of the commit: ${errorMessage(error)}`)
      return undefined
    }
  }

  #refuseUntold(): void {
    const unsure = this.#all('unsure')
    const oldest = Math.min(...unsure.map(({since}) => since))
    if (!(this.#context.clock.now() - oldest >= APPEARS_WITHIN_MS)) return
    const names = unsure.map(({pipeline}) => `#${pipeline.number}`).join(', ')
    throw new ActionError(
      'not-found',
      `CircleCI does not say which definition made ${names}: leave "definition" out, or name the pipeline, by its number in "pipeline".`
    )
  }

  #all(kind: Standing['kind']): readonly Seen[] {
    return [...this.#seen.values()]
      .filter(({standing}) => standing.kind === kind)
      .sort((a, b) => a.pipeline.number - b.pipeline.number)
  }

  #notStarted(withinMs: number, isTimeout: boolean): ActionError {
    const {slug, revision} = this.#choice
    const links = linksFor(this.#context.host)
    const others = [...this.#all('unsure'), ...this.#all('other')]
      .slice(-5)
      .map(
        ({pipeline: {number}, standing}) =>
          `#${number} (${standing.kind === 'other' ? standing.why : 'definition not told'}) ${links.pipeline(slug, number)}`
      )
    const seen =
      others.length === 0
        ? 'That commit has no pipelines at all'
        : `That commit only has pipelines that were started in other ways or for other refs: ${others.join(', ')}`
    const within = `${formatDuration(withinMs)}${isTimeout ? ', all that was left of "timeout"' : ''}`
    return new ActionError(
      isTimeout ? 'timeout' : 'not-found',
      `CircleCI started no pipeline for commit ${revision} in ${formatSlug(slug)}${this.#onRef()} within ${within}. ${seen}. Check that the project builds on pushes (and pull requests from forks, if this is one), that the commit does not say to skip CI, and "project-slug".`,
      isTimeout ? {conclusion: 'timed_out'} : {}
    )
  }

  #notSettled(): ActionError {
    const names = this.taken.map(({number}) => `#${number}`).join(', ')
    return new ActionError(
      'timeout',
      `"timeout" was over before it was certain that CircleCI started no pipeline for commit ${this.#choice.revision} but ${names}: that takes ${formatDuration(SETTLED_AFTER_MS)} and more.`,
      {conclusion: 'timed_out'}
    )
  }

  #onRef(): string {
    const {refs, definition} = this.#choice
    const ref = refs?.[0] === undefined ? '' : ` on ${refs[0]}`
    return definition === undefined ? ref : `${ref} through definition "${definition}"`
  }
}

/** For the error of a search that was ended. */
const SEARCH = 'The search for the pipelines of the commit'
const MADE = new Set(['created', 'errored'])
