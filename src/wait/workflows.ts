import type {CallOptions} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Workflow} from '../circleci/model.ts'
import type {WaitContext} from './context.ts'
import {
  contradictsItself,
  learnAnswer,
  learnListing,
  missingOf,
  NOTHING_KNOWN,
  type Known,
  type KnownWorkflow
} from './known.ts'

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
        `Workflow "${dropped.name}" was ${dropped.status}, and CircleCI no longer knows it: it is in no listing, and by its id (${id}) it was not found for a minute. It is no longer waited for.`
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
