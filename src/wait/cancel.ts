import type {CircleCI} from '../circleci/client.ts'
import type {Workflow} from '../circleci/model.ts'
import {distinct, isUnfinished, phaseOf} from '../circleci/statuses.ts'
import {timeLimit, type Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {formatDuration} from '../base/text.ts'
import type {Log} from '../base/log.ts'

/** Longest that one round may take, in milliseconds. */
const ROUND_MS = 10_000
/** Pause between two rounds. */
const ROUND_AGAIN_MS = 2_000
/** When nothing new was listed for this long, nothing will come: a rerun or a continuation starts sooner. */
const QUIET_MS = 20_000
/** How long the faults of one request are retried, in milliseconds. */
const PATIENCE_MS = 2_000
/** States in which CircleCI is still making workflows. */
const GROWING = new Set(['setup-pending', 'setup', 'pending'])

/** A pipeline to cancel, as it is called in the log. */
export interface DoomedPipeline {
  readonly id: string
  readonly number: number
  /** Its address for people. */
  readonly url: string
  /** Workflows last known as unfinished; where their names are not known, by their ids. */
  readonly workflows: readonly {readonly id: string; readonly name: string}[]
  /** Whether the log has said of these that they were cancelled. */
  readonly reported?: boolean
}

/** What cancelling needs from outside. */
export interface CancelContext {
  readonly circleci: CircleCI
  readonly clock: Clock
  readonly log: Log
}

/**
 * Cancels every unfinished workflow of a pipeline, all at once, and says what was cancelled and what was not. It is one
 * round: what appears later is left. Never rejects.
 */
export async function cancelPipeline(
  pipeline: DoomedPipeline,
  context: CancelContext,
  signal: AbortSignal
): Promise<void> {
  const cancelling = new Cancelling(pipeline, context)
  await cancelling.round(signal)
  cancelling.concludeRound()
}

/**
 * Cancels the workflows of pipelines until no more of them appear, or it is `until` (epoch milliseconds): a setup
 * workflow's continuation, or a rerun, may come after the first round. Never rejects.
 */
export async function cancelForGood(
  pipelines: readonly DoomedPipeline[],
  context: CancelContext & {readonly until: number}
): Promise<void> {
  const {clock, until} = context
  let left = pipelines.map(pipeline => new Cancelling(pipeline, context))
  for (let round = 1; left.length > 0; round += 1) {
    const done = await Promise.all(left.map(one => one.roundAndLook()))
    const isLast = clock.now() >= until
    for (const [index, one] of left.entries()) if (done[index] === true || isLast) one.conclude()
    left = isLast ? [] : left.filter((_, index) => done[index] !== true)
    if (round === 1) for (const one of left) one.sayItWaits()
    if (left.length > 0) await clock.sleep(Math.min(ROUND_AGAIN_MS, until - clock.now()))
  }
}

/** The cancelling of one pipeline; there is no request that cancels a pipeline, only one for each workflow. */
class Cancelling {
  private readonly pipeline: DoomedPipeline
  private readonly context: CancelContext
  private readonly name: string
  /** Names by id; a workflow that no answer has shown is called by what it was known as. */
  private readonly names: Map<string, string>
  /** Ids of the workflows that no answer has shown ended. */
  private readonly open: Set<string>
  /** Ids of the workflows of which CircleCI took the cancel, and which had not ended by themselves. */
  private readonly cancelled = new Set<string>()
  /** Ids of those of which the log has said so. */
  private readonly reported: Set<string>
  /** Why CircleCI did not take a cancel in the last round, by the workflow's id. */
  private refused = new Map<string, string>()
  /** Why the workflows could not be listed in the last round. */
  private unlisted: string | undefined
  private quietSince: number
  /** Why nothing shows yet that all have ended. */
  private problem: string | undefined

  constructor(pipeline: DoomedPipeline, context: CancelContext) {
    this.pipeline = pipeline
    this.context = context
    this.name = `Pipeline #${pipeline.number}`
    this.names = new Map(pipeline.workflows.map(({id, name}) => [id, name]))
    this.open = new Set(this.names.keys())
    this.reported = new Set(pipeline.reported === true ? this.open : [])
    this.quietSince = context.clock.now()
  }

  /**
   * Asks CircleCI to cancel what is unfinished. Those known as unfinished do not wait for the listing that may add others
   * to them. Cancelling is asynchronous, and asking twice does no harm. Returns what was listed.
   */
  async round(signal: AbortSignal): Promise<readonly Workflow[]> {
    const {circleci} = this.context
    const options = {signal, patienceMs: PATIENCE_MS, urgent: true}
    this.refused = new Map()
    this.unlisted = undefined
    const cancel = async (id: string): Promise<void> => {
      try {
        await circleci.cancelWorkflow(id, options)
        this.cancelled.add(id)
      } catch (error) {
        this.refused.set(id, errorMessage(error))
      }
    }
    const known = new Set(this.open)
    const list = async (): Promise<readonly Workflow[]> => {
      try {
        const rows = await circleci.workflows(this.pipeline.id, options)
        const listed = [...distinct('workflow', rows).values()]
        const others = listed.filter(({id, status}) => isUnfinished(status) && !known.has(id))
        await Promise.all(others.map(({id}) => cancel(id)))
        return listed
      } catch (error) {
        this.unlisted = errorMessage(error)
        return []
      }
    }
    const [listed] = await Promise.all([list(), ...[...known].map(cancel)])
    this.take(listed)
    return listed
  }

  /** One round, and whether nothing more is to come. */
  async roundAndLook(): Promise<boolean> {
    const {clock, circleci} = this.context
    const {signal, end} = timeLimit(clock, ROUND_MS)
    const options = {signal, patienceMs: PATIENCE_MS, urgent: true}
    try {
      const known = [...this.open]
      const listed = await this.round(signal)
      const missing = known.filter(id => !listed.some(one => one.id === id))
      const asked = await Promise.allSettled(missing.map(id => circleci.workflow(id, options)))
      this.take(asked.flatMap(one => (one.status === 'fulfilled' ? [one.value] : [])))
      this.report()
      this.problem = this.open.size > 0 ? 'its workflows did not stop in time' : this.unlisted
      if (this.open.size > 0) this.quietSince = clock.now()
      if (this.unlisted !== undefined || clock.now() - this.quietSince < QUIET_MS) return false
      const {state} = await circleci.pipeline(this.pipeline.id, options)
      return !GROWING.has(state) || listed.some(isBrokenSetup)
    } catch (error) {
      this.problem = errorMessage(error)
      return false
    } finally {
      end()
    }
  }

  private take(workflows: readonly Workflow[]): void {
    for (const {id, name, status} of workflows) {
      if (!this.names.has(id)) this.quietSince = this.context.clock.now()
      this.names.set(id, name)
      if (isUnfinished(status)) this.open.add(id)
      else this.open.delete(id)
      if (!isUnfinished(status) && phaseOf(status) !== 'canceled') this.cancelled.delete(id)
    }
  }

  /** Says what has been cancelled since this was last said. */
  private report(): void {
    const fresh = [...this.cancelled].filter(id => !this.reported.has(id))
    for (const id of fresh) this.reported.add(id)
    const names = fresh.map(id => this.quoted(id)).join(', ')
    if (names !== '') {
      this.context.log.notice(`${this.name}: cancelled ${names}: ${this.pipeline.url}`)
    }
  }

  /** Says what one round could do, and what not. */
  concludeRound(): void {
    this.report()
    for (const [id, why] of this.refused) {
      if (!this.open.has(id)) continue
      this.context.log.warning(
        `${this.name}: workflow ${this.quoted(id)} could not be cancelled and may be running: ${why}. ${this.pipeline.url}`
      )
    }
    if (this.unlisted !== undefined) {
      this.warnOfRest(`its workflows could not be listed: ${this.unlisted}`)
    }
  }

  /** Says how it ended. */
  conclude(): void {
    if (this.problem !== undefined) this.warnOfRest(this.problem)
    else if (this.reported.size === 0) {
      this.context.log.info(`${this.name} has no running workflows. ${this.pipeline.url}`)
    }
  }

  /** What goes on in silence otherwise: a setup workflow may have continued meanwhile. */
  sayItWaits(): void {
    this.context.log.info(
      `${this.name}: waiting until no workflow has appeared for ${formatDuration(QUIET_MS)}, to cancel those too.`
    )
  }

  private warnOfRest(why: string): void {
    this.context.log.warning(
      `${this.name} could not be cancelled completely and may be running: ${why}. ${this.pipeline.url}`
    )
  }

  private quoted(id: string): string {
    return `"${this.names.get(id) ?? id}"`
  }
}

/** A setup workflow that ended in anything but success continues nothing: its pipeline waits in `setup` for ever. */
function isBrokenSetup({setup, status}: Workflow): boolean {
  return setup && !isUnfinished(status) && phaseOf(status) !== 'success'
}
