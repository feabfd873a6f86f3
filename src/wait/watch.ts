import type {CallOptions} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {WorkflowHistory} from '../result.ts'
import {autoRerunDueMs, decide} from '../verdict.ts'
import type {Progress, WaitContext} from './context.ts'
import {Holds} from './holds.ts'
import {Reruns} from './reruns.ts'
import {Stretches} from './stretches.ts'
import {isUnfinished, phaseOf, rollUp, type Attempt, type Rollup} from './rollup.ts'
import type {Decision, Situation} from './situation.ts'

/** A pipeline created longer ago than this will not get its first workflow now. */
const OLD_PIPELINE_MS = 5 * 60_000
/** How long CircleCI may not know a pipeline it has just made. */
const VISIBLE_WITHIN_MS = 30_000

const STATES = new Set(['created', 'errored', 'setup-pending', 'setup', 'pending'])

/** What one look found, and what follows from it. */
export interface Look {
  readonly rollup: Rollup
  readonly decision: Decision
  readonly situation: Situation
}

/**
 * What this step knows of a pipeline, refreshed by `look`: one request for the workflows; the pipeline itself only
 * when no deciding workflow is running, jobs only where a hold may hide.
 */
export class Watch {
  /** The pipeline as last read. */
  pipeline: Pipeline | undefined
  /** Every attempt as last seen. */
  rollup: Rollup = rollUp([], [])
  readonly histories = new Map<string, WorkflowHistory>()
  readonly stretches = new Stretches()
  private readonly context: WaitContext
  private readonly holds: Holds
  private readonly reruns: Reruns
  private readonly startedAt: number
  private readonly unknown = new Set<string>()
  private readonly asked = new Set<string>()
  private readonly firstSeen = new Map<string, number>()
  private readonly firstStopped = new Map<string, number>()
  private createdSince: number | undefined

  constructor(context: WaitContext) {
    this.context = context
    this.holds = new Holds(context)
    this.reruns = new Reruns(context)
    this.startedAt = context.clock.now()
  }

  /** Looks once. Rejects like the client does, after five minutes of nothing but faults. */
  async look(
    signal: AbortSignal,
    patience: Pick<CallOptions, 'patienceMs' | 'onRetry'>
  ): Promise<Look> {
    const {circleci, settings, pipeline} = this.context
    const options = {signal, ...patience}
    const workflows = await this.tolerant(() => circleci.workflows(pipeline.id, options))
    if (workflows === undefined) return this.unchanged()
    this.rollup = rollUp(workflows, settings.workflows, this.reruns.ids)
    this.notice(this.rollup)
    const open = [...this.rollup.deciding, ...this.rollup.setup].filter(isOpen)
    await this.holds.look(open, options)
    // What is acted on is shown before the act.
    if (this.holds.hasApprovals()) this.context.onProgress(this.progress())
    await this.holds.approve(signal)
    this.stretches.update(open, circleci.serverNow() ?? this.context.clock.now())
    if (!open.some(one => phaseOf(one.status) !== 'on-hold')) {
      this.read(await this.tolerant(() => circleci.pipeline(pipeline.id, options)))
    }
    await this.rerun(signal)
    const situation = this.situation()
    return {rollup: this.rollup, situation, decision: decide(situation)}
  }

  /** Approval jobs of a workflow that wait for a person. */
  holdsOf(workflowId: string): readonly string[] {
    return this.holds.waitingFor(workflowId)
  }

  /** Milliseconds after which the same jobs of a workflow mean something else; `undefined`: never. */
  settlesInMs(attempt: Attempt): number | undefined {
    return this.holds.settlesInMs(attempt)
  }

  /** A listing that CircleCI did not find says nothing, least of all that there are no workflows. */
  private unchanged(): Look {
    return {rollup: this.rollup, situation: this.situation(), decision: {kind: 'wait'}}
  }

  /** For whoever shows the progress. */
  progress(): Progress {
    return {
      rollup: this.rollup,
      state: this.pipeline?.state,
      jobsOf: id => this.holds.jobsOf(id),
      holdsOf: id => this.holdsOf(id),
      histories: this.histories
    }
  }

  /** CircleCI may not find a pipeline right after making it; only then is "not found" no answer. */
  private async tolerant<T>(call: () => Promise<T>): Promise<T | undefined> {
    try {
      return await call()
    } catch (error) {
      const young = this.context.clock.now() - this.startedAt < VISIBLE_WITHIN_MS
      if (error instanceof RefusedError && error.status === 404 && young) return undefined
      throw error
    }
  }

  private notice(rollup: Rollup): void {
    const {clock, log} = this.context
    for (const attempt of rollup.attempts) {
      if (!this.firstSeen.has(attempt.id)) this.firstSeen.set(attempt.id, clock.now())
      if (!isUnfinished(attempt.status) && !this.firstStopped.has(attempt.id)) {
        this.firstStopped.set(attempt.id, clock.now())
      }
      if (phaseOf(attempt.status) === undefined && !this.unknown.has(attempt.status)) {
        this.unknown.add(attempt.status)
        log.warning(
          `Workflow "${attempt.name}" has the status "${attempt.status}", which this version does not know: it is taken as still running.`
        )
      }
    }
    for (const {name} of rollup.deciding) this.learn(name)
  }

  /** Off the critical path: the schedule does without until it is there. */
  private learn(name: string): void {
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

  private read(pipeline: Pipeline | undefined): void {
    const {clock, log} = this.context
    if (pipeline === undefined) return
    this.pipeline = pipeline
    const {state} = pipeline
    if (!STATES.has(state) && !this.unknown.has(state)) {
      this.unknown.add(state)
      log.warning(
        `The pipeline has the state "${state}", which this version does not know: more workflows are waited for.`
      )
    }
    if (state !== 'created') this.createdSince = undefined
    else this.createdSince ??= this.ageMs(pipeline.createdAt) > OLD_PIPELINE_MS ? 0 : clock.now()
  }

  private async rerun(signal: AbortSignal): Promise<void> {
    const situation = this.situation()
    const failed = this.rollup.deciding.filter(
      attempt => phaseOf(attempt.status) === 'failed' && autoRerunDueMs(situation, attempt) === 0
    )
    if (this.pipeline?.state === 'errored') return
    const due = failed.filter(attempt => this.reruns.isDue(attempt))
    if (due.length > 0) this.context.onProgress(this.progress())
    for (const attempt of due) await this.reruns.ask(attempt, signal)
  }

  private situation(): Situation {
    const {clock, settings} = this.context
    const ages = this.rollup.attempts.map(
      ({id, createdAt}) => this.ageMs(createdAt) || clock.now() - (this.firstSeen.get(id) ?? 0)
    )
    return {
      state: this.pipeline?.state,
      errors: this.pipeline?.errors ?? [],
      rollup: this.rollup,
      createdForMs: this.createdSince === undefined ? 0 : clock.now() - this.createdSince,
      newestAgeMs: Math.min(Infinity, ...ages),
      stoppedForMs: attempt => this.stoppedForMs(attempt),
      rerunAhead: attempt => this.reruns.ahead(attempt),
      onlyHolds: attempt => this.holds.onlyHolds(attempt),
      policies: settings.policies
    }
  }

  /** By CircleCI's clock where it tells when the workflow stopped, else since it was first seen stopped. */
  private stoppedForMs(attempt: Attempt): number {
    const {clock} = this.context
    const told = attempt.stoppedAt === undefined ? NaN : this.ageMs(attempt.stoppedAt)
    const seen = clock.now() - (this.firstStopped.get(attempt.id) ?? clock.now())
    return Number.isNaN(told) ? seen : told
  }

  /** Milliseconds since a time of CircleCI's; NaN when it is none. Of a new pipeline nothing is older than the wait. */
  private ageMs(iso: string): number {
    const {circleci, clock, pipeline} = this.context
    const told = (circleci.serverNow() ?? clock.now()) - Date.parse(iso)
    return pipeline.isNew ? Math.min(told, clock.now() - this.startedAt) : told
  }
}

function isOpen(attempt: Attempt): boolean {
  return isUnfinished(attempt.status)
}
