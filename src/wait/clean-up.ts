import type {CircleCI} from '../circleci/client.ts'
import type {Workflow} from '../circleci/model.ts'
import {timeLimit, type Clock} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import {cancelWorkflows, type CancelReport} from './cancel.ts'
import {isUnfinished} from '../circleci/statuses.ts'

/** Longest that one look may take, in milliseconds. */
const LOOK_MS = 10_000
/** Pause between two looks. */
const LOOK_AGAIN_MS = 2_000
/** When nothing new was listed for this long, nothing will come: a rerun or a continuation starts sooner. */
const QUIET_MS = 20_000
/** States in which CircleCI is still making workflows. */
const GROWING = new Set(['setup-pending', 'setup', 'pending'])

/** A pipeline to clean up, as it is called in the log. */
export interface DoomedPipeline {
  readonly id: string
  readonly number: number
  /** Its address for people. */
  readonly url: string
  /** Ids of the workflows last known as unfinished. */
  readonly workflows?: readonly string[] | undefined
}

/** What cleaning up needs from outside. */
export interface CleanUpContext {
  readonly circleci: CircleCI
  readonly clock: Clock
  readonly log: Log
  /** When to give up, in epoch milliseconds. */
  readonly until: number
}

/**
 * Cancels the workflows of pipelines until no more of them appear: a setup workflow's continuation, or a rerun, may come
 * after the first round. Says what was cancelled and what was not; never rejects.
 */
export async function cleanUp(
  pipelines: readonly DoomedPipeline[],
  context: CleanUpContext
): Promise<void> {
  const {clock, until} = context
  let left = pipelines.map(pipeline => new CleanUp(pipeline, context))
  while (left.length > 0) {
    const done = await Promise.all(left.map(one => one.look()))
    const isLast = clock.now() >= until
    for (const [index, one] of left.entries()) if (done[index] === true || isLast) one.conclude()
    left = isLast ? [] : left.filter((_, index) => done[index] !== true)
    if (left.length > 0) await clock.sleep(Math.min(LOOK_AGAIN_MS, until - clock.now()))
  }
}

/** One pipeline's part of it. */
class CleanUp {
  private readonly pipeline: DoomedPipeline
  private readonly context: CleanUpContext
  private readonly seen = new Set<string>()
  /** Names, by id, of the workflows that no answer has shown ended. */
  private readonly open = new Map<string, string>()
  private readonly told = new Set<string>()
  private quietSince: number
  private trouble: string | undefined

  constructor(pipeline: DoomedPipeline, context: CleanUpContext) {
    this.pipeline = pipeline
    this.context = context
    this.quietSince = context.clock.now()
    for (const id of pipeline.workflows ?? []) this.open.set(id, id)
  }

  /** Cancels what runs; resolves with whether nothing more is to come. */
  async look(): Promise<boolean> {
    const {clock, circleci} = this.context
    const {signal, end} = timeLimit(clock, LOOK_MS)
    const options = {signal, patienceMs: 2_000, urgent: true}
    try {
      const known = [...this.open].map(([id, name]) => ({id, name}))
      const report = await cancelWorkflows(circleci, this.pipeline.id, known, signal)
      const listed = report.workflows ?? []
      const missing = known.filter(({id}) => !listed.some(one => one.id === id))
      const asked = await Promise.allSettled(missing.map(({id}) => circleci.workflow(id, options)))
      const found = asked.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
      this.take([...listed, ...found], report)
      if (report.workflows === undefined || clock.now() - this.quietSince < QUIET_MS) return false
      const {state} = await circleci.pipeline(this.pipeline.id, options)
      return !GROWING.has(state) || listed.some(isBrokenSetup)
    } catch (error) {
      this.trouble = errorMessage(error)
      return false
    } finally {
      end()
    }
  }

  private take(workflows: readonly Workflow[], {cancelled, unlisted}: CancelReport): void {
    const {clock, log} = this.context
    const {number, url} = this.pipeline
    const isNew = workflows.some(({id}) => !this.seen.has(id))
    for (const {id, name, status} of workflows) {
      this.seen.add(id)
      if (isUnfinished(status)) this.open.set(id, name)
      else this.open.delete(id)
    }
    for (const {id, name} of cancelled) {
      const told = workflows.find(one => one.id === id)?.name ?? name
      if (!this.told.has(id)) log.notice(`Pipeline #${number}: cancelled "${told}": ${url}`)
      this.told.add(id)
    }
    if (this.open.size > 0 || isNew) this.quietSince = clock.now()
    this.trouble = this.open.size > 0 ? 'its workflows did not stop in time' : unlisted
  }

  /** Says how it ended. */
  conclude(): void {
    const {log} = this.context
    const {number, url} = this.pipeline
    if (this.trouble !== undefined) {
      log.warning(
        `Pipeline #${number} could not be cancelled completely and may be running: ${this.trouble}. ${url}`
      )
    } else if (this.told.size === 0) {
      log.info(`Pipeline #${number} has no running workflows. ${url}`)
    }
  }
}

/** A setup workflow that ended in anything but success continues nothing: its pipeline waits in `setup` for ever. */
function isBrokenSetup({setup, status}: Workflow): boolean {
  return setup && !isUnfinished(status) && status !== 'success'
}
