import type {CallOptions} from '../circleci/client.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {WorkflowHistory} from '../record/result.ts'
import {autoRerunDueMs, decide, isGoingOn} from './verdict.ts'
import type {Decision, Progress, Situation, WaitContext} from './context.ts'
import {Holds} from './holds.ts'
import {PipelineState} from './pipeline-state.ts'
import type {RetryOptions} from './patience.ts'
import {Reruns} from './reruns.ts'
import {isUnfinished, phaseOf, UnknownStatuses} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import {rollUp, type Rollup} from './rollup.ts'
import {pauseBeforeNextLook, Stretches} from './schedule.ts'
import {Workflows} from './workflows.ts'

/** How long the pipeline is asked for when the verdict does not hang on it, in milliseconds. */
const SIDE_PATIENCE_MS = 10_000

/** What one look found, and what follows from it. */
export interface Look {
  readonly rollup: Rollup
  readonly decision: Decision
}

/**
 * What this step knows of a pipeline, refreshed by `look`: one request for the workflows; the pipeline itself only
 * when no deciding workflow is running, jobs only where a hold may hide.
 */
export class Watch {
  /** Every attempt as last seen. */
  rollup: Rollup = rollUp([], [])
  readonly histories = new Map<string, WorkflowHistory>()
  private readonly stretches = new Stretches()
  private readonly context: WaitContext
  private readonly workflows: Workflows
  private readonly state: PipelineState
  private readonly holds: Holds
  private readonly reruns: Reruns
  private readonly startedAt: number
  private readonly unknown: UnknownStatuses
  private readonly asked = new Set<string>()
  private lookedAt: number

  constructor(context: WaitContext) {
    this.context = context
    this.unknown = new UnknownStatuses(context.log)
    this.workflows = new Workflows(context)
    this.state = new PipelineState(context)
    this.holds = new Holds(context, this.unknown)
    this.reruns = new Reruns(context)
    this.startedAt = context.clock.now()
    this.lookedAt = context.pipeline.isNew ? this.startedAt : -Infinity
  }

  /** The pipeline as last read. */
  get pipeline(): Pipeline | undefined {
    return this.state.pipeline
  }

  /**
   * Looks once. Rejects like the client does when what the verdict hangs on cannot be read. With `act` false nothing is
   * approved and nothing rerun.
   */
  async look(signal: AbortSignal, retry: RetryOptions, act = true): Promise<Look> {
    const before = this.facts()
    const listing = {isOld: false}
    const retried =
      (isLate: boolean): RetryOptions['onRetry'] =>
      (fault, pauseMs, leftMs, isLater = isLate) => {
        if (isLater) listing.isOld = true
        retry.onRetry(fault, pauseMs, leftMs)
      }
    const afterListing: CallOptions = {signal, ...retry, onRetry: retried(true)}
    await this.workflows.list({signal, ...retry, onRetry: retried(false)})
    await this.workflows.askForMissing(this.needed(), afterListing)
    this.note()
    await this.holds.look(this.open(), signal)
    if (act) await this.approve(signal)
    await this.readPipeline(afterListing)
    if (act) await this.rerun(signal)
    const decision = decide(this.situation(!listing.isOld && before === this.facts()))
    const again: Decision = {kind: 'wait', unconfirmed: true}
    const isOldVerdict = listing.isOld && decision.kind === 'verdict'
    return {rollup: this.rollup, decision: isOldVerdict ? again : decision}
  }

  /** Approval jobs of a workflow that wait for a person. */
  holdsOf(workflowId: string): readonly string[] {
    return this.holds.waitingFor(workflowId)
  }

  /** Reads the jobs of everything unfinished, so that `waitsForPerson` can tell. */
  async lookForHolds(signal: AbortSignal): Promise<void> {
    await this.holds.look(this.unfinished(), signal, true)
  }

  /** Whether nothing but approvals is left of the pipeline. */
  waitsForPerson(): boolean {
    const left = this.unfinished()
    const isGrowing = this.pipeline !== undefined && this.pipeline.state !== 'created'
    return (
      left.length > 0 &&
      left.every(attempt => this.holds.waitsForPerson(attempt)) &&
      // A setup workflow on hold keeps its pipeline from making others.
      (!isGrowing || left.some(({setup}) => setup))
    )
  }

  /** Milliseconds until an answer about this pipeline is likely to be another one, after a look that decided this. */
  nextLookInMs(decision: Decision): number {
    const {clock, settings} = this.context
    const now = clock.now()
    const open = this.open().map(attempt =>
      this.stretches.progressOf(attempt, this.histories.get(attempt.name)?.durations ?? [], now)
    )
    // Without any, workflows, or more of them, are still to come.
    const workflows = open.length > 0 ? open : [{elapsedMs: this.elapsedMs(), durations: []}]
    const settling = this.rollup.deciding.flatMap(one => [
      this.holds.settlesInMs(one) ?? Infinity,
      this.reruns.askAgainInMs(one) ?? Infinity
    ])
    return pauseBeforeNextLook(decision, workflows, settling, settings.pollIntervalMs)
  }

  /** Milliseconds since the pipeline was made, as far as that is known. */
  private elapsedMs(): number {
    const {circleci, clock, pipeline} = this.context
    const waited = clock.now() - this.startedAt
    const age = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
    return pipeline.isNew || Number.isNaN(age) ? waited : Math.max(age, waited)
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

  /** Unfinished workflows that decide. */
  private open(): readonly Attempt[] {
    return [...this.rollup.deciding, ...this.rollup.setup].filter(isOpen)
  }

  private unfinished(): readonly Attempt[] {
    return this.rollup.attempts.filter(attempt => attempt.latest && isOpen(attempt))
  }

  /** Workflows the verdict hangs on: those that do not decide matter only while a name on the list is not found. */
  private needed(): ReadonlySet<string> {
    const {unmatched} = this.rollup
    return new Set((unmatched.length > 0 ? this.unfinished() : this.open()).map(({id}) => id))
  }

  private note(): void {
    const {circleci, clock, settings} = this.context
    this.rollup = rollUp(this.workflows.all, settings.workflows, this.reruns.started)
    this.unknown.note('workflow', this.rollup.attempts)
    for (const {name} of this.rollup.deciding) this.learn(name)
    const now = clock.now()
    const before = this.lookedAt
    this.stretches.update(this.open(), {now, serverNow: circleci.serverNow(), before})
    this.lookedAt = now
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

  /** What is acted on is shown before the act. */
  private async approve(signal: AbortSignal): Promise<void> {
    if (this.holds.hasApprovals()) this.context.onProgress(this.progress())
    await this.holds.approve(signal)
  }

  /** Its state matters once nothing that decides goes on, and is as good as the workflows known when it was read. */
  private async readPipeline(options: CallOptions): Promise<void> {
    const {circleci, log, pipeline} = this.context
    const situation = this.situation(true)
    const workflows = this.workflows.facts
    if (isGoingOn(situation) || this.state.isSettledWith(workflows)) return
    const decides = decide({...situation, state: undefined}).kind === 'wait'
    const side: CallOptions = {signal: options.signal, patienceMs: SIDE_PATIENCE_MS}
    try {
      this.state.take(await circleci.pipeline(pipeline.id, decides ? options : side), workflows)
    } catch (error) {
      if (decides || error instanceof AbortedError) throw error
      log.debug(`The pipeline could not be read, and decides nothing: ${String(error)}`)
    }
  }

  /** Nothing is rerun beside a workflow that could not run: the pipeline cannot become green. */
  private async rerun(signal: AbortSignal): Promise<void> {
    const situation = this.situation(false)
    const {deciding, setup} = this.rollup
    const isBroken = [...deciding, ...setup].some(one => phaseOf(one.status) === 'error')
    if (isBroken || this.pipeline?.state === 'errored') return
    for (const attempt of deciding) {
      const isHeld = this.holds.onlyHolds(attempt) !== undefined
      if (phaseOf(attempt.status) === 'failing' && isHeld) this.reruns.explainHeld(attempt)
    }
    const failed = deciding.filter(
      attempt => phaseOf(attempt.status) === 'failed' && autoRerunDueMs(situation, attempt) === 0
    )
    const due = failed.filter(attempt => this.reruns.isDue(attempt))
    if (due.length > 0) this.context.onProgress(this.progress())
    for (const attempt of due) await this.reruns.ask(attempt, signal)
  }

  private situation(confirmed: boolean): Situation {
    return {
      state: this.pipeline?.state,
      errors: this.pipeline?.errors ?? [],
      rollup: this.rollup,
      createdForMs: this.state.createdForMs,
      newestAgeMs: this.workflows.newestAgeMs,
      anonymousForMs: this.workflows.anonymousForMs,
      stoppedForMs: ({id}) => this.workflows.stoppedForMs(id),
      rerunAhead: attempt => this.reruns.ahead(attempt),
      onlyHolds: attempt => this.holds.onlyHolds(attempt),
      confirmed,
      policies: this.context.settings.policies
    }
  }

  /** Everything a verdict hangs on, to compare: a listing that changes none of it was asked for after all of it was known. */
  private facts(): string {
    const holds = this.rollup.deciding.map(one => this.holds.onlyHolds(one) ?? null)
    return JSON.stringify([this.workflows.facts, this.state.facts, holds])
  }
}

function isOpen(attempt: Attempt): boolean {
  return isUnfinished(attempt.status)
}
