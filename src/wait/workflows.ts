import type {CallOptions} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Pipeline, PipelineMessage, Workflow} from '../circleci/model.ts'
import {distinct, isUnfinished, provesLess} from '../circleci/statuses.ts'
import type {WaitContext} from './context.ts'

/** How often a listing that contradicts itself is taken again, and the pause before, in milliseconds. */
const RETAKES = 3
const RETAKE_PAUSE_MS = 1_000
/** So many missing workflows are asked for by id in one look; the others stay as they were. */
const MOST_ASKED = 10
/** So many listings in a row must lack a workflow, and ... */
const GONE_LISTINGS = 3
/** ... CircleCI answer "not found" about it by id for so long, in milliseconds, before it is dropped. */
const GONE_MS = 60_000

/** What is known of one workflow from every answer so far; times are epoch milliseconds of our own clock. */
interface Known {
  readonly workflow: Workflow
  readonly firstSeenAt: number
  /** When it was first seen ended; `undefined`: it has not been. */
  readonly endedAt: number | undefined
  /** Listings in a row that lacked it. */
  readonly missed: number
  /** Since when it is not found by id either; `undefined`: it was, or it was not asked for. */
  readonly notFoundSince?: number
}

/**
 * A pipeline's workflows. Lists promise nothing, so an answer adds to what is known and takes nothing away: what a listing
 * lacks stays as it was, no ended workflow becomes unfinished again, and of rows that disagree the less finished counts.
 */
export class Workflows {
  private readonly context: Pick<WaitContext, 'circleci' | 'clock' | 'log' | 'pipeline'>
  private readonly known = new Map<string, Known>()
  private anonymousAt = -Infinity

  constructor(context: Workflows['context']) {
    this.context = context
  }

  /** Every workflow known, in no order. */
  get all(): readonly Workflow[] {
    return [...this.known.values()].map(({workflow}) => workflow)
  }

  /** Ids and statuses, to compare. */
  get facts(): string {
    const facts = this.all.map(({id, status}) => `${id} ${status}`)
    return facts.sort().join('\n')
  }

  /** Milliseconds since the newest was first seen; `Infinity` without any. */
  get newestAgeMs(): number {
    const seen = [...this.known.values()].map(({firstSeenAt}) => firstSeenAt)
    return this.context.clock.now() - Math.max(...seen)
  }

  /** Milliseconds since a row without an id was last listed; `Infinity`: never. */
  get anonymousForMs(): number {
    return this.context.clock.now() - this.anonymousAt
  }

  /** Milliseconds since a workflow was first seen ended; 0: it was not. */
  stoppedForMs(id: string): number {
    const now = this.context.clock.now()
    return now - (this.known.get(id)?.endedAt ?? now)
  }

  /** Ids of the unfinished workflows that the last listing lacked: each is to be asked for by id. */
  get missing(): readonly string[] {
    const missing = [...this.known].filter(
      ([, {workflow, missed}]) => missed > 0 && isUnfinished(workflow.status)
    )
    return missing.map(([id]) => id)
  }

  /** Takes a listing, and takes it again where it contradicts itself. Rejects like the client does. */
  async list(options: CallOptions): Promise<void> {
    const {circleci, clock, pipeline} = this.context
    for (let retakes = 0; ; retakes += 1) {
      const rows = await circleci.workflows(pipeline.id, options)
      const doubtful = this.contradictions(rows)
      const isLast = retakes === RETAKES || doubtful.size === 0
      this.takeListing(rows, isLast ? new Set() : doubtful)
      if (isLast) return
      await clock.sleep(RETAKE_PAUSE_MS, options.signal)
    }
  }

  /** Asks by id for those of `ids` that the listing lacked. Rejects like the client does, but for "not found". */
  async askForMissing(ids: ReadonlySet<string>, options: CallOptions): Promise<void> {
    const missing = this.missing.filter(id => ids.has(id))
    for (const id of missing.slice(0, MOST_ASKED)) {
      const answer = this.context.circleci.workflow(id, options).catch((error: unknown) => {
        if (error instanceof RefusedError && error.status === 404) return undefined
        throw error
      })
      this.takeAnswer(id, await answer)
    }
  }

  /** Ids of which a listing has rows that disagree, and of which no end is known. */
  private contradictions(rows: readonly Workflow[]): ReadonlySet<string> {
    const statuses = new Map<string, string>()
    const disagreeing = rows.filter(({id, status}) => {
      const other = statuses.get(id) ?? status
      statuses.set(id, status)
      return id !== '' && other !== status && this.known.get(id)?.endedAt === undefined
    })
    return new Set(disagreeing.map(({id}) => id))
  }

  /** Of the `doubtful`, which are going to be listed again, no end is believed. */
  private takeListing(rows: readonly Workflow[], doubtful: ReadonlySet<string>): void {
    const {clock} = this.context
    if (rows.some(({id}) => id === '')) this.anonymousAt = clock.now()
    const listed = distinct('workflow', rows)
    for (const [id, one] of this.known) {
      if (!listed.has(id)) this.known.set(id, {...one, missed: one.missed + 1})
    }
    for (const [id, row] of listed) {
      const isDoubtful = doubtful.has(id) && !isUnfinished(row.status)
      this.learn(isDoubtful ? {...row, status: 'unknown'} : row, 0)
    }
  }

  /** Takes what was answered about a workflow by id; `undefined`: not found. One that is gone for good is dropped. */
  private takeAnswer(id: string, answer: Workflow | undefined): void {
    const {clock, log} = this.context
    const one = this.known.get(id)
    if (one === undefined) return
    if (answer !== undefined) {
      this.learn(answer, one.missed)
      return
    }
    const notFoundSince = one.notFoundSince ?? clock.now()
    if (one.missed < GONE_LISTINGS || clock.now() - notFoundSince < GONE_MS) {
      this.known.set(id, {...one, notFoundSince})
      return
    }
    this.known.delete(id)
    const {name, status} = one.workflow
    log.warning(
      `Workflow "${name}" was ${status}, but CircleCI no longer has it: it is in no listing, and its id (${id}) was not found for a minute. The step no longer waits for it.`
    )
  }

  private learn(row: Workflow, missed: number): void {
    const now = this.context.clock.now()
    const before = this.known.get(row.id)
    const workflow = before === undefined ? row : update(before.workflow, row)
    const endedAt = before?.endedAt ?? (isUnfinished(workflow.status) ? undefined : now)
    this.known.set(row.id, {workflow, firstSeenAt: before?.firstSeenAt ?? now, endedAt, missed})
  }
}

/** What an answer leaves out is not taken back, and an end stands: of two ends the worse one. */
function update(before: Workflow, row: Workflow): Workflow {
  const stands =
    !isUnfinished(before.status) &&
    (isUnfinished(row.status) || provesLess('workflow', before.status, row.status))
  return {
    ...row,
    status: stands ? before.status : row.status,
    createdAt: row.createdAt || before.createdAt,
    stoppedAt: row.stoppedAt ?? before.stoppedAt,
    setup: row.setup || before.setup,
    autoRerunNumber: Math.max(row.autoRerunNumber, before.autoRerunNumber),
    maxAutoReruns: Math.max(row.maxAutoReruns, before.maxAutoReruns)
  }
}

/** States of a pipeline that this version knows. */
const STATES = new Set(['created', 'errored', 'setup-pending', 'setup', 'pending'])

/** The pipeline itself, as it was last read, and since when it is `created`. */
export class PipelineState {
  /** As last read. */
  pipeline: Pipeline | undefined
  private readonly context: Pick<WaitContext, 'clock' | 'log'>
  private readonly shown = new Set<string>()
  private createdSince: number | undefined
  private readWith = ''

  constructor(context: PipelineState['context']) {
    this.context = context
  }

  /** The state, and the workflows that were known when it was read, to compare. */
  get facts(): string {
    return `${this.pipeline?.state ?? ''}\n${this.readWith}`
  }

  /** Milliseconds since it was first seen `created`; 0 while it is not. */
  get createdForMs(): number {
    const now = this.context.clock.now()
    return now - (this.createdSince ?? now)
  }

  /** Whether it was `created` when read beside these workflows: then it makes no more. */
  isSettledWith(workflows: string): boolean {
    return workflows !== '' && this.pipeline?.state === 'created' && this.readWith === workflows
  }

  /** Takes what was read of the pipeline after these workflows were known, and shows what is new in it. */
  take(pipeline: Pipeline, workflows: string): void {
    const {clock, log} = this.context
    const {state, errors, warnings} = pipeline
    this.pipeline = pipeline
    this.readWith = workflows
    this.createdSince = state === 'created' ? (this.createdSince ?? clock.now()) : undefined
    const unknown = `The pipeline has the state "${state}", which this version of the action does not know: the step keeps waiting for workflows.`
    const warning = `CircleCI warns about the config: ${warnings.map(messageLine).join('; ')}`
    this.quote("CircleCI's messages about the config", errors)
    this.quote("CircleCI's warnings about the config", warnings)
    for (const text of [STATES.has(state) ? '' : unknown, warnings.length > 0 ? warning : '']) {
      if (text !== '' && this.isNew(text)) log.warning(text)
    }
  }

  /** Shows messages of several lines as they are. */
  private quote(title: string, messages: readonly PipelineMessage[]): void {
    const lines = messages.flatMap(({type, message}) => [`${type}:`, ...message.split(/\r?\n/)])
    const isLong = messages.some(({message}) => messageLines(message).length > 1)
    if (isLong && this.isNew([title, ...lines].join('\n'))) this.context.log.group(title, lines)
  }

  private isNew(text: string): boolean {
    const isNew = !this.shown.has(text)
    this.shown.add(text)
    return isNew
  }
}

/**
 * One of CircleCI's messages about a config, which may have several lines, as one: `In step 3: Unexpected argument(s): x
 * (config)`.
 */
export function messageLine({message, type}: PipelineMessage): string {
  return `${messageLines(message).join(' ') || 'no message'} (${type})`
}

/** Its lines without the marks that draw a tree (`|`, `\u2022`), and without empty ones. */
function messageLines(message: string): readonly string[] {
  return message
    .split(/\r\n|[\n\r]/)
    .map(line => line.replace(/^[\s|\u2022]+/, '').trimEnd())
    .filter(line => line !== '')
}
