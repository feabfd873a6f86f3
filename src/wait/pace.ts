import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt, WorkflowHistory} from '../record/result.ts'
import type {Decision, WaitContext} from './context.ts'
import {AUTO, earliestPoll, type WorkflowProgress} from './schedule.ts'

/** Never looks again sooner than this, in milliseconds. */
export const SHORTEST_MS = 250
/** How many times longer than usual the pauses are while only people are waited for: an approval is not missed for being seen late. */
const ON_HOLD_PATIENCE = 2

/** What a workflow has been doing without a break. */
interface Segment {
  readonly onHold: boolean
  readonly since: number
  readonly partial: boolean
}

/**
 * How long to pause between two looks at a pipeline. Remembers since when each workflow has been in its current segment:
 * since it was created, came on hold, or went on after a hold. What history says about whole runs holds only for the first of
 * these, and not for a rerun, which repeats a part.
 */
export class Pace {
  /** How earlier runs went, by workflow, as far as it is known. */
  readonly histories = new Map<string, WorkflowHistory>()
  private readonly context: WaitContext
  private readonly segments = new Map<string, Segment>()
  private readonly asked = new Set<string>()
  private readonly startedAt: number
  private lookedAt: number

  constructor(context: WaitContext) {
    this.context = context
    this.startedAt = context.clock.now()
    this.lookedAt = context.pipeline.isNew ? this.startedAt : -Infinity
  }

  /** Takes note of the workflows that a look saw going on. A new one is as old as CircleCI says, but no older than the look before. */
  note(open: readonly Attempt[]): void {
    const {circleci, clock} = this.context
    const now = clock.now()
    for (const {id, status, createdAt, attempt, autoRerunNumber} of open) {
      const onHold = phaseOf(status) === 'on-hold'
      const known = this.segments.get(id)
      if (known?.onHold === onHold) continue
      const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(createdAt)
      const isAged = known === undefined && !onHold && !Number.isNaN(ageMs)
      this.segments.set(id, {
        onHold,
        since: isAged ? Math.min(now, Math.max(this.lookedAt, now - ageMs)) : now,
        partial: known !== undefined || (attempt > 1 && autoRerunNumber === 0)
      })
    }
    this.lookedAt = now
  }

  /** Asks for a workflow's history, once. Nobody waits for it: the pauses do without until it is there. */
  learn(name: string): void {
    if (this.asked.has(name)) return
    this.asked.add(name)
    this.context.historyOf(name).then(
      history => {
        if (history !== undefined) this.histories.set(name, history)
      },
      (error: unknown) => {
        this.context.log.debug(`No history of workflow "${name}": ${String(error)}`)
      }
    )
  }

  /**
   * Milliseconds until the next look: the user's fixed interval, else the earliest time at which an answer about one of the
   * `open` workflows is worth a request. It comes earlier where the same facts would give a verdict before, where something
   * settles or is asked for again (`settlesInMs`), and where a listing only has to be confirmed. `readsJobs`: how long whole
   * runs take does not say when one of their jobs ends.
   */
  pauseMs(
    decision: Decision,
    open: readonly Attempt[],
    settlesInMs: readonly number[],
    readsJobs: boolean
  ): number {
    if (decision.kind !== 'wait' || decision.unconfirmed === true) return SHORTEST_MS
    const {settings, waits} = this.context
    const progress = open.map(one => this.progressOf(one, readsJobs))
    // Without any, workflows, or more of them, are still to come.
    if (progress.length === 0) progress.push({elapsedMs: this.pipelineAgeMs(), durations: []})
    const patience = decision.onHold === true ? ON_HOLD_PATIENCE : 1
    const {pollIntervalSeconds: seconds} = settings
    const scheduledMs =
      seconds === undefined
        ? patience * earliestPoll(progress, {...AUTO, waits: waits()})
        : seconds * 1000
    const soonestMs = Math.min(scheduledMs, decision.withinMs ?? Infinity, ...settlesInMs)
    return Math.max(SHORTEST_MS, soonestMs)
  }

  /** How far a workflow is in its current segment. */
  progressOf({id, name}: Attempt, readsJobs = false): WorkflowProgress {
    const {onHold = false, since, partial = false} = this.segments.get(id) ?? {}
    const now = this.context.clock.now()
    // How long a person takes to approve has nothing to do with how long runs take.
    const durations = readsJobs || onHold ? [] : (this.histories.get(name)?.durations ?? [])
    return {elapsedMs: Math.max(0, now - (since ?? now)), durations, partial}
  }

  /** Milliseconds since the pipeline was made, as far as that is known. */
  private pipelineAgeMs(): number {
    const {circleci, clock, pipeline} = this.context
    const waitedMs = clock.now() - this.startedAt
    const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
    return pipeline.isNew || Number.isNaN(ageMs) ? waitedMs : Math.max(ageMs, waitedMs)
  }
}
