import type {CallOptions} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Workflow} from '../circleci/model.ts'
import {isUnfinished, provesLess} from '../circleci/statuses.ts'
import type {WaitContext} from './context.ts'

/** How often a listing that contradicts itself is taken again, and the pause before, in milliseconds. */
const RETAKES = 3
const RETAKE_PAUSE_MS = 1_000
/** So many missing workflows are asked for by id in one look; the others stay as they were. */
const MOST_ASKED = 10

/** A pipeline's workflows: what every answer so far has told, and the requests that tell more. */
export class Workflows {
  private readonly context: Pick<WaitContext, 'circleci' | 'clock' | 'log' | 'pipeline'>
  private known: Known = NOTHING_KNOWN

  constructor(context: Pick<WaitContext, 'circleci' | 'clock' | 'log' | 'pipeline'>) {
    this.context = context
  }

  /** Every workflow known, in no order. */
  get all(): readonly Workflow[] {
    return this.known.workflows.map(({workflow}) => workflow)
  }

  /** Ids and statuses, to compare. */
  get facts(): string {
    return this.all
      .map(({id, status}) => `${id} ${status}`)
      .sort()
      .join('\n')
  }

  /** Milliseconds since the newest was first seen; `Infinity` without any. */
  get newestAgeMs(): number {
    const seen = this.known.workflows.map(({firstSeenAt}) => firstSeenAt)
    return this.context.clock.now() - Math.max(...seen)
  }

  /** Milliseconds since a row without an id was last listed; `Infinity`: never. */
  get anonymousForMs(): number {
    return this.context.clock.now() - (this.known.anonymousAt ?? -Infinity)
  }

  /** Milliseconds since a workflow was first seen ended; 0: it was not. */
  stoppedForMs(id: string): number {
    const endedAt = this.find(id)?.endedAt
    return endedAt === undefined ? 0 : this.context.clock.now() - endedAt
  }

  /** Takes a listing, and takes it again where it contradicts itself. Rejects like the client does. */
  async list(options: CallOptions): Promise<void> {
    const {circleci, clock, pipeline} = this.context
    for (let retakes = 0; ; retakes += 1) {
      const rows = await circleci.workflows(pipeline.id, options)
      const last = retakes === RETAKES || !contradictsItself(this.known, rows)
      this.known = learnListing(this.known, rows, clock.now(), last)
      if (last) return
      await clock.sleep(RETAKE_PAUSE_MS, options.signal)
    }
  }

  /** Asks by id for those of `ids` that the listing lacked. Rejects like the client does, but for "not found". */
  async askForMissing(ids: ReadonlySet<string>, options: CallOptions): Promise<void> {
    const {circleci, clock, log} = this.context
    const missing = missingOf(this.known).filter(id => ids.has(id))
    for (const id of missing.slice(0, MOST_ASKED)) {
      const answer = await orNotFound(circleci.workflow(id, options))
      const {known, dropped} = learnAnswer(this.known, id, answer, clock.now())
      this.known = known
      if (dropped === undefined) continue
      log.warning(
        `Workflow "${dropped.name}" was ${dropped.status}, but CircleCI no longer has it: it is in no listing, and its id (${id}) was not found for a minute. The step no longer waits for it.`
      )
    }
  }

  private find(id: string): KnownWorkflow | undefined {
    return this.known.workflows.find(({workflow}) => workflow.id === id)
  }
}

async function orNotFound(answer: Promise<Workflow>): Promise<Workflow | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RefusedError && error.status === 404) return undefined
    throw error
  }
}

/** So many listings in a row must lack a workflow, and ... */
const GONE_LISTINGS = 3
/** ... CircleCI answer "not found" about it by id for so long, in milliseconds, before it is dropped. */
const GONE_MS = 60_000

/** What is known of one workflow from every answer so far; times are epoch milliseconds of our own clock. */
export interface KnownWorkflow {
  readonly workflow: Workflow
  readonly firstSeenAt: number
  /** When it was first seen ended; `undefined`: it has not been. */
  readonly endedAt: number | undefined
  /** Listings in a row that lacked it. */
  readonly missed: number
  /** Since when it is not found by id either; `undefined`: it was, or it was not asked for. */
  readonly notFoundSince: number | undefined
}

/** What is known of a pipeline's workflows. */
export interface Known {
  readonly workflows: readonly KnownWorkflow[]
  /** When a row without an id was last listed; `undefined`: never. */
  readonly anonymousAt: number | undefined
}

/** What is known before the first listing. */
export const NOTHING_KNOWN: Known = {workflows: [], anonymousAt: undefined}

/**
 * Adds what a listing told. Lists promise nothing, so one adds to what is known and takes nothing away: what it lacks
 * stays as it was (`missingOf` says what to ask for by id), no ended workflow becomes unfinished again, and of rows that
 * disagree the less finished counts. Unless `last`, a listing that contradicts itself is going to be taken again: until
 * then neither of two ends is believed.
 */
export function learnListing(
  known: Known,
  rows: readonly Workflow[],
  now: number,
  last = true
): Known {
  const listed = new Map<string, Workflow[]>()
  for (const row of rows) {
    if (row.id !== '') listed.set(row.id, [...(listed.get(row.id) ?? []), row])
  }
  const before = new Map(known.workflows.map(one => [one.workflow.id, one]))
  const missing = known.workflows.filter(({workflow}) => !listed.has(workflow.id))
  return {
    workflows: [
      ...missing.map(one => ({...one, missed: one.missed + 1})),
      ...[...listed].map(([id, same]) => learn(before.get(id), oneOf(same, last), now, 0))
    ],
    anonymousAt: rows.some(({id}) => id === '') ? now : known.anonymousAt
  }
}

/** The workflows that a single listing tells, each once. */
export function listedIn(rows: readonly Workflow[]): readonly Workflow[] {
  return learnListing(NOTHING_KNOWN, rows, 0).workflows.map(({workflow}) => workflow)
}

/** Whether two rows of one id disagree about a workflow that is not known to have ended. */
export function contradictsItself(known: Known, rows: readonly Workflow[]): boolean {
  const statuses = new Map<string, string>()
  return rows.some(({id, status}) => {
    const other = statuses.get(id) ?? status
    statuses.set(id, status)
    return id !== '' && other !== status && isOpen(known, id)
  })
}

function isOpen({workflows}: Known, id: string): boolean {
  const one = workflows.find(({workflow}) => workflow.id === id)
  return one === undefined || isUnfinished(one.workflow.status)
}

/** Ids of the unfinished workflows that the last listing lacked: each is to be asked for by id. */
export function missingOf({workflows}: Known): readonly string[] {
  return workflows
    .filter(({workflow, missed}) => missed > 0 && isUnfinished(workflow.status))
    .map(({workflow}) => workflow.id)
}

/**
 * Adds what was answered about a workflow by id (`undefined`: not found). One that three listings in a row lacked, and
 * that was not found for a minute, is forgotten, and is then `dropped`.
 */
export function learnAnswer(
  known: Known,
  id: string,
  answer: Workflow | undefined,
  now: number
): {readonly known: Known; readonly dropped?: Workflow} {
  const one = known.workflows.find(({workflow}) => workflow.id === id)
  if (one === undefined) return {known}
  const others = known.workflows.filter(other => other !== one)
  const notFoundSince = one.notFoundSince ?? now
  if (answer === undefined && one.missed >= GONE_LISTINGS && now - notFoundSince >= GONE_MS) {
    return {known: {...known, workflows: others}, dropped: one.workflow}
  }
  const learned =
    answer === undefined ? {...one, notFoundSince} : learn(one, answer, now, one.missed)
  return {known: {...known, workflows: [...others, learned]}}
}

function learn(
  before: KnownWorkflow | undefined,
  row: Workflow,
  now: number,
  missed: number
): KnownWorkflow {
  const workflow = before === undefined ? row : update(before.workflow, row)
  const ended = isUnfinished(workflow.status) ? undefined : now
  return {
    workflow,
    firstSeenAt: before?.firstSeenAt ?? now,
    endedAt: before?.endedAt ?? ended,
    missed,
    notFoundSince: undefined
  }
}

/** One workflow out of all rows of its id. */
function oneOf(rows: readonly Workflow[], last: boolean): Workflow {
  const one = rows.reduce((a, b) => (provesLess('workflow', b.status, a.status) ? b : a))
  const disagree = rows.some(({status}) => status !== one.status)
  return disagree && !last && !isUnfinished(one.status) ? {...one, status: 'unknown'} : one
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
