import type {CallOptions, CircleCI} from '../circleci/client.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {formatSlug} from '../circleci/slug.ts'
import {timeLimit} from '../base/clock.ts'
import {mapBounded} from '../base/concurrency.ts'
import {errorMessage} from '../base/errors.ts'
import {formatDuration} from '../base/text.ts'
import {patiently, type AskContext} from './first-read.ts'
import {
  areTooOld,
  definitionUnknown,
  notSettled,
  notStarted,
  refOf,
  standingOf,
  type CommitChoice,
  type Seen,
  type Standing
} from './commit-match.ts'
import {definitionOf, isMade} from './match.ts'

/** How long a commit's pipelines may take to appear, and one to show its definition, in milliseconds. */
const APPEARS_WITHIN_MS = 2 * 60_000
/**
 * One push may start several pipelines, some seconds apart. They count as complete this long after the search began, and
 * this long after the newest was first seen here, in milliseconds.
 */
const SETTLED_AFTER_MS = 15_000
const SETTLED_AFTER_NEWEST_MS = 10_000
const LOOK_AGAIN_MS = 5_000
/** Pages read in one look: at 20 pipelines a page, the newest thousand. */
const MAX_PAGES = 50
/** Requests beside the list are sent once each: how many at once, and in how many milliseconds all of them. */
const AT_ONCE = 4
const BESIDE_MS = 5_000
/** How many pipelines that show no commit are asked for by id in one look. */
const MOST_ASKED = 5

/** What a search needs from outside. */
interface CommitSearchContext extends AskContext {
  readonly circleci: Pick<CircleCI, 'pipeline' | 'pipelines' | 'pipelineValues'>
  readonly signal: AbortSignal
  /** Epoch milliseconds at which the step times out. */
  readonly deadline: number
}

/**
 * The pipelines that CircleCI itself started for a commit, found by what they show and not by their place in a list. Each
 * look lists again: they come one after another, and what one does not show at first it may show later.
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

  /** Milliseconds until a look may show more; `Infinity` once settled. */
  get nextLookInMs(): number {
    const left = this.#settlesAt() - this.#context.clock.now()
    return this.#settled ? Infinity : Math.min(LOOK_AGAIN_MS, left > 0 ? left : LOOK_AGAIN_MS)
  }

  /** The id of the definition that made a pipeline; `undefined`: it is not known. */
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
   * step has less time left) when none appears within two minutes, naming what there was instead. So it does when the
   * signal ends the search after a first look; the caller knows whether that was a timeout or a cancel.
   */
  async find(until: 'found' | 'settled'): Promise<void> {
    const {clock, log, host, signal, deadline} = this.#context
    const leftMs = deadline - clock.now()
    const withinMs = Math.min(APPEARS_WITHIN_MS, leftMs)
    const isTimeout = leftMs <= APPEARS_WITHIN_MS
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
        // The timeout may come during a look: what the looks before it saw says more than a timeout.
        if (began === undefined || !(error instanceof AbortedError)) throw error
      }
      // Nothing could appear while the list could not be read.
      began ??= clock.now()
      const isFound = this.#all('taken').length > 0
      if (isFound && (until === 'found' || this.#settled)) return
      const left = began + withinMs - clock.now()
      const isOver = left <= 0 && this.#all('unsure').length === 0
      if (!isFound && (isOver || signal.aborted)) {
        const instead = [...this.#all('unsure'), ...this.#all('other')]
        throw notStarted(this.#choice, instead, host, {withinMs, isTimeout})
      }
      if (signal.aborted) throw notSettled(this.#choice, this.taken, SETTLED_AFTER_MS)
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
    const before = this.#takenIds()
    const listed = await this.#list(options)
    const {signal, end} = timeLimit(clock, BESIDE_MS, options.signal)
    await this.#askForCommits(listed, {signal, patienceMs: 0})
    await this.#readValues({signal, patienceMs: 0})
    end()
    if (options.signal?.aborted === true) throw new AbortedError('The search for pipelines')
    const unsure = this.#all('unsure')
    if (unsure.some(({since}) => clock.now() - since >= APPEARS_WITHIN_MS)) {
      throw definitionUnknown(unsure)
    }
    this.#settled =
      this.taken.length > 0 &&
      unsure.length === 0 &&
      before === this.#takenIds() &&
      began >= this.#settlesAt()
  }

  #takenIds(): string {
    return this.taken.map(({id}) => id).join(' ')
  }

  #settlesAt(): number {
    const newest = this.#all('taken').map(({since}) => since + SETTLED_AFTER_NEWEST_MS)
    return Math.max(this.#startedAt + SETTLED_AFTER_MS, ...newest)
  }

  /** Reads pages until one has nothing that can still count. Returns the ids that were listed. */
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
      if (isKnown || pages === MAX_PAGES || areTooOld(page, this.#seen.values())) break
    }
    return listed
  }

  /** What an answer leaves out is not taken back. */
  #learn(read: Pipeline, values = this.#seen.get(read.id)?.values): void {
    const {log, clock} = this.#context
    const before = this.#seen.get(read.id)
    const {branch, tag, revision} = before?.pipeline ?? read
    const pipeline = {
      ...read,
      branch: read.branch ?? branch,
      tag: read.tag ?? tag,
      revision: read.revision ?? revision
    }
    const standing = standingOf(pipeline, values, this.#choice)
    const isSame = before?.standing.kind === standing.kind
    const since = isSame ? before.since : clock.now()
    this.#seen.set(read.id, {pipeline, since, values, standing})
    if (standing.kind !== 'other' || isSame) return
    const level = before?.standing.kind === 'taken' ? 'info' : 'debug'
    const commit = this.#choice.revision.slice(0, 7)
    log[level](
      `Pipeline #${read.number} (${read.id}) of commit ${commit} is not taken (${standing.why}).`
    )
  }

  /** One that does not show its commit yet may have left the list before it does. */
  async #askForCommits(listed: ReadonlySet<string>, options: CallOptions): Promise<void> {
    const {circleci, clock} = this.#context
    const after = clock.now() - APPEARS_WITHIN_MS
    const unknown = [...this.#seen.values()].filter(
      ({pipeline, since}) =>
        pipeline.revision === undefined && !listed.has(pipeline.id) && since >= after
    )
    await this.#beside(unknown.slice(0, MOST_ASKED), async ({id}) => {
      this.#learn(await circleci.pipeline(id, options))
    })
  }

  /** Values never change once a pipeline is made; while it is being made they may show more later. */
  async #readValues(options: CallOptions): Promise<void> {
    const {circleci} = this.#context
    const open = [...this.#all('taken'), ...this.#all('unsure')].filter(
      ({pipeline, values}) => values === undefined || !isMade(pipeline)
    )
    await this.#beside(open, async pipeline => {
      this.#learn(pipeline, await circleci.pipelineValues(pipeline.id, options))
    })
  }

  /** A side channel: what could not be read is read again in the next look. */
  async #beside(seen: readonly Seen[], read: (pipeline: Pipeline) => Promise<void>): Promise<void> {
    await mapBounded(seen, AT_ONCE, async ({pipeline}) => {
      try {
        await read(pipeline)
      } catch (error) {
        const problem = errorMessage(error)
        this.#context.log.debug(`Pipeline #${pipeline.number} could not be read: ${problem}`)
      }
    })
  }

  #all(kind: Standing['kind']): readonly Seen[] {
    return [...this.#seen.values()]
      .filter(({standing}) => standing.kind === kind)
      .sort((a, b) => a.pipeline.number - b.pipeline.number)
  }
}
