import type {CallOptions} from '../circleci/client.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Clock} from '../base/clock.ts'
import type {Decision, MatchedInput, Rest, WaitContext, Watched} from './context.ts'
import {SHORTEST_MS} from './schedule.ts'
import type {RetryOptions} from './patience.ts'
import {decideTogether, type Member} from './together.ts'
import {Watch} from './watch.ts'

/** Where the pipelines come from: they appear one after another. */
interface CommitPipelines {
  /** Lists once. */
  look(options: CallOptions): Promise<void>
  /** In the order of their numbers. */
  readonly taken: readonly Pipeline[]
  /** Whether no further one is to be expected, and the last listing found none. */
  readonly isSettled: boolean
  readonly nextLookInMs: number
  definitionOf(id: string): string | undefined
}

/** What watching the pipelines of a commit needs. */
interface CommitWatchContext {
  readonly clock: Clock
  readonly failFast: boolean
  readonly pipelines: CommitPipelines
  /** What it takes to watch one of them, when it appears. */
  readonly contextOf: (pipeline: Pipeline) => WaitContext
  /** The pipelines that are taken have changed. */
  readonly onChange: (taken: readonly Pipeline[]) => void
}

interface Entry {
  readonly watch: Watch
  readonly context: WaitContext
  /** When it is worth the next look, in epoch milliseconds; `Infinity`: it had ended at the last. */
  dueAt: number
}

/** What is due so soon, in milliseconds, is looked at with the others. */
const TOGETHER_MS = 1_000

/**
 * Watches the pipelines of a commit as if they were one, while they still appear. No verdict before no further one is to
 * be expected; each rests on one more listing of the commit's pipelines, and of what each of them runs.
 */
export class CommitWatch implements Watched {
  readonly #context: CommitWatchContext
  readonly #entries = new Map<string, Entry>()
  #listAt = -Infinity
  #confirming = false
  #decidedBy: string | undefined

  constructor(context: CommitWatchContext) {
    this.#context = context
    this.#follow()
  }

  /** Id of the pipeline that decided the last verdict. */
  get decidedBy(): string | undefined {
    return this.#decidedBy
  }

  /** The watch of a pipeline that is taken. */
  watchOf(id: string): Watch | undefined {
    return this.#entries.get(id)?.watch
  }

  get name(): string {
    return this.#entries.size === 1 ? 'The pipeline' : 'The pipelines of the commit'
  }

  rest(): Rest {
    const rests = this.#watches.map(watch => watch.rest())
    const open = this.#watches.filter(watch => watch.decide(true).kind === 'wait')
    return {
      unfinished: rests.flatMap(({unfinished}) => unfinished),
      workflows: inAll(rests.map(({workflows}) => workflows)),
      jobs: inAll(rests.map(({jobs}) => jobs)),
      approvals: {
        lines: inAll(rests.map(({approvals}) => approvals.lines)),
        names: rests.flatMap(({approvals}) => approvals.names)
      },
      waitsForPerson: open.length > 0 && open.every(watch => watch.rest().waitsForPerson)
    }
  }

  async look(signal: AbortSignal, retry: RetryOptions, act = true): Promise<Decision> {
    const {clock, pipelines} = this.#context
    const before = this.#facts()
    const all = this.#confirming || !act
    if (all || clock.now() >= this.#listAt) {
      await pipelines.look({signal, ...retry})
      this.#listAt = clock.now() + pipelines.nextLookInMs
      this.#follow()
    }
    const entries = [...this.#entries.values()]
    const due = entries.filter(entry => all || dueAt(entry) - clock.now() <= TOGETHER_MS)
    const looked = await Promise.allSettled(
      due.map(entry => this.#lookAt(entry, signal, retry, act))
    )
    for (const one of looked) if (one.status === 'rejected') throw one.reason
    const decision = this.#decide(all && before === this.#facts())
    this.#confirming = decision.kind === 'wait' && decision.unconfirmed === true
    return decision
  }

  async #lookAt(entry: Entry, signal: AbortSignal, retry: RetryOptions, act: boolean) {
    const {watch} = entry
    const decision = await watch.look(signal, retry, act)
    const now = this.#context.clock.now()
    // What has ended is looked at again when everything else has.
    const over = watch.decide(true).kind === 'verdict'
    entry.dueAt = over ? Infinity : now + watch.nextLookInMs(decision)
  }

  #decide(confirmed: boolean): Decision {
    const {pipelines, failFast} = this.#context
    const decision = decideTogether(this.#members(), failFast)
    if (decision.kind === 'wait') return decision
    if (!pipelines.isSettled) return {kind: 'wait', withinMs: pipelines.nextLookInMs}
    if (!confirmed) return {kind: 'wait', unconfirmed: true}
    this.#decidedBy = pipelines.taken.find(({number}) => number === decision.decidedBy)?.id
    return decision
  }

  #members(): readonly Member[] {
    const {pipelines} = this.#context
    return [...this.#entries].map(([id, {watch, context}]) => ({
      number: context.pipeline.number,
      url: context.pipeline.url,
      definition: pipelines.definitionOf(id),
      decision: watch.decide(true)
    }))
  }

  nextLookInMs(decision: Decision): number {
    const {clock} = this.#context
    const times = [...this.#entries.values()].map(dueAt)
    const dueInMs = Math.min(this.#listAt, ...times) - clock.now()
    const withinMs = decision.kind === 'wait' ? (decision.withinMs ?? Infinity) : 0
    return Math.max(SHORTEST_MS, this.#confirming ? 0 : Math.min(dueInMs, withinMs))
  }

  showProgress(): void {
    for (const watch of this.#watches) watch.showProgress()
  }

  async lookForHolds(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#watches.map(watch => watch.lookForHolds(signal)))
  }

  get #watches(): readonly Watch[] {
    return [...this.#entries.values()].map(({watch}) => watch)
  }

  /** Watches what is taken, and nothing else. */
  #follow(): void {
    const {pipelines, contextOf, onChange} = this.#context
    const {taken} = pipelines
    const ids = taken.map(({id}) => id)
    const known = [...this.#entries.keys()]
    if (ids.length === known.length && ids.every(id => this.#entries.has(id))) return
    onChange(taken)
    for (const id of known) if (!ids.includes(id)) this.#entries.delete(id)
    for (const pipeline of taken) {
      if (this.#entries.has(pipeline.id)) continue
      const matchedElsewhere = (input: MatchedInput, line: string): boolean =>
        [...this.#entries].some(([id, {watch}]) => id !== pipeline.id && watch.matches(input, line))
      const context = {...contextOf(pipeline), matchedElsewhere}
      this.#entries.set(pipeline.id, {watch: new Watch(context), context, dueAt: -Infinity})
    }
  }

  #facts(): string {
    return JSON.stringify([...this.#entries].map(([id, {watch}]) => [id, watch.facts]))
  }
}

/** As `Entry.dueAt`; at once for what had ended until another pipeline no longer had what a line of an input names. */
function dueAt({watch, dueAt: at}: Entry): number {
  return at === Infinity && watch.decide(true).kind === 'wait' ? -Infinity : at
}

function inAll([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter(line => others.every(lines => lines.includes(line)))
}
