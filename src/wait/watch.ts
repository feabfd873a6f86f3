import type {CallOptions} from '../circleci/client.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {isUnfinished, phaseOf} from '../circleci/statuses.ts'
import type {Attempt, WorkflowHistory} from '../record/result.ts'
import {Approver, decideApproval} from './approval.ts'
import type {
  Decision,
  JobFacts,
  MatchedInput,
  Rest,
  Situation,
  WaitContext,
  Watched
} from './context.ts'
import {decidersOf, isEnd} from './deciders.ts'
import {Holds} from './holds.ts'
import {JobLists, type JobMatcher} from './jobs.ts'
import {Lines} from './lines.ts'
import {Pace} from './schedule.ts'
import type {RetryOptions} from './patience.ts'
import {Reruns} from './reruns.ts'
import {rollUp, type Rollup} from './rollup.ts'
import {decide, isGoingOn} from './verdict.ts'
import {PipelineState, Workflows} from './workflows.ts'

/** How long the pipeline is asked for when the verdict does not hang on it, in milliseconds. */
const SIDE_PATIENCE_MS = 10_000
/** How soon the jobs of an ended workflow are read again while they contradict its end, in milliseconds. */
const OLD_AGAIN_MS = 2_000

/**
 * What this step knows of a pipeline, refreshed by `look`: one request for the workflows; the pipeline itself only
 * when no deciding workflow is running, jobs only where a hold may hide.
 */
export class Watch implements Watched {
  readonly name = 'The pipeline'
  /** Every attempt as last seen. */
  rollup: Rollup
  private readonly context: WaitContext
  private readonly workflows: Workflows
  private readonly state: PipelineState
  private readonly lists: JobLists
  private readonly approver: Approver
  private readonly holds: Holds
  private readonly reruns: Reruns
  private readonly pace: Pace
  private readonly lines: Lines
  /** Whether the step ends when everything is approved. */
  private readonly onlyApproves: boolean
  private isOld = false

  constructor(context: WaitContext) {
    this.context = context
    // What has not been listed matches no line.
    this.rollup = rollUp([], context.settings.workflows)
    this.workflows = new Workflows(context)
    this.state = new PipelineState(context)
    this.lists = new JobLists(context.circleci, id => this.workflows.stoppedForMs(id))
    this.approver = new Approver(context)
    this.holds = new Holds(context, this.lists, this.approver)
    this.reruns = new Reruns(context)
    this.pace = new Pace(context)
    this.lines = new Lines(context, this.lists, this.approver.listed)
    this.onlyApproves = context.settings.goal === 'approval'
  }

  /** The pipeline as last read. */
  get pipeline(): Pipeline | undefined {
    return this.state.pipeline
  }

  /** How earlier runs of its workflows went. */
  get histories(): ReadonlyMap<string, WorkflowHistory> {
    return this.pace.histories
  }

  async look(signal: AbortSignal, retry: RetryOptions, act = true): Promise<Decision> {
    const before = this.facts
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
    this.takeWorkflows()
    const {attempts, deciding, setup} = this.rollup
    // Where jobs decide they are read at each look, those of an ended workflow once more after its end.
    if (this.readsJobs) {
      await this.lists.refresh(
        attempts.filter(one => one.deciding),
        afterListing
      )
    }
    await this.holds.look([...deciding, ...setup], signal)
    this.lines.warn(this.rollup, id => this.holds.waitingFor(id))
    const {approver, showProgress} = this
    if (act) await approver.approveAll(this.holds.toApprove, signal, showProgress)
    await this.readPipeline(afterListing)
    if (act) await this.reruns.askDue(this.situation(false), signal, showProgress)
    this.isOld = listing.isOld
    return this.decide(before === this.facts)
  }

  /**
   * What follows from the last look. `confirmed`: its listing was asked for after everything else was known, and changed
   * nothing. One that grew old meanwhile gives no verdict.
   */
  decide(confirmed: boolean): Decision {
    const decision = this.judge(this.situation(confirmed))
    return this.isOld && decision.kind === 'verdict' ? {kind: 'wait', unconfirmed: true} : decision
  }

  private judge(situation: Situation): Decision {
    if (!this.onlyApproves) return decide(situation)
    return decideApproval(situation, {
      listed: this.approver.listed,
      gap: this.lines.approvalGap(this.rollup),
      jobsOf: id => this.lists.of(id)
    })
  }

  /** Whether a line of an input has something here: `workflows` a workflow, `jobs` a job, `approve` an approval job. */
  matches(input: MatchedInput, line: string): boolean {
    return !this.lines.unmatched(input, this.rollup).includes(line)
  }

  async lookForHolds(signal: AbortSignal): Promise<void> {
    await this.holds.look(this.unfinished(), signal, true)
  }

  rest(): Rest {
    const {lines, rollup} = this
    const unfinished =
      lines.jobs === undefined
        ? this.unfinished().map(attempt => {
            const holds = this.holds.waitingFor(attempt.id)
            return {attempt, phase: phaseOf(attempt.status), holds}
          })
        : decidersOf(this.situation(false)).filter(
            ({attempt, phase, job}) => isOpen(attempt) && !(job !== undefined && isEnd(phase))
          )
    return {
      unfinished,
      workflows: lines.missing('workflows', rollup),
      jobs: lines.missing('jobs', rollup),
      approvals: lines.approvalGap(rollup),
      waitsForPerson: this.waitsForPerson()
    }
  }

  private waitsForPerson(): boolean {
    const left = this.unfinished()
    const isGrowing = this.pipeline !== undefined && this.pipeline.state !== 'created'
    return (
      left.length > 0 &&
      left.every(attempt => this.holds.waitsForPerson(attempt)) &&
      // A setup workflow on hold keeps its pipeline from making others.
      (!isGrowing || left.some(({setup}) => setup))
    )
  }

  nextLookInMs(decision: Decision): number {
    const settling = this.rollup.deciding.flatMap(one => [
      this.holds.settlesInMs(one),
      this.reruns.askAgainInMs(one),
      !this.readsJobs || isOpen(one) || this.lists.isFinal(one) ? Infinity : OLD_AGAIN_MS
    ])
    return this.pace.pauseMs(decision, this.open(), settling, this.readsJobs)
  }

  /** What is acted on is shown before the act. */
  readonly showProgress = (): void => {
    this.context.onProgress({
      rollup: this.rollup,
      state: this.pipeline?.state,
      jobsOf: id => this.lists.of(id),
      holdsOf: id => this.holds.waitingFor(id),
      histories: this.histories
    })
  }

  /** Unfinished workflows that decide. */
  private open(): readonly Attempt[] {
    return [...this.rollup.deciding, ...this.rollup.setup].filter(isOpen)
  }

  private unfinished(): readonly Attempt[] {
    return this.rollup.attempts.filter(attempt => attempt.latest && isOpen(attempt))
  }

  /** Workflows the verdict hangs on: those that do not decide matter only while a line of `workflows` matches nothing. */
  private needed(): ReadonlySet<string> {
    const needed =
      this.lines.missing('workflows', this.rollup).length > 0 ? this.unfinished() : this.open()
    return new Set(needed.map(({id}) => id))
  }

  private takeWorkflows(): void {
    const {workflows} = this.context.settings
    this.rollup = rollUp(this.workflows.all, workflows, this.reruns.started)
    for (const {name} of this.rollup.deciding) this.pace.learn(name)
    this.pace.note(this.open())
  }

  /** Whether what ends the wait hangs on jobs. */
  private get readsJobs(): boolean {
    return this.lines.jobs !== undefined || this.onlyApproves
  }

  /** Its state matters once nothing that decides goes on, and is as good as the workflows known when it was read. */
  private async readPipeline(options: CallOptions): Promise<void> {
    const {circleci, log, pipeline} = this.context
    const situation = this.situation(true)
    const workflows = this.workflows.facts
    const settled = {...situation, state: 'created', newestAgeMs: Infinity}
    const isNear = this.onlyApproves && this.judge(settled).kind === 'verdict'
    if ((isGoingOn(situation) && !isNear) || this.state.isSettledWith(workflows)) return
    const decides = this.judge({...situation, state: undefined}).kind === 'wait'
    const side: CallOptions = {signal: options.signal, patienceMs: SIDE_PATIENCE_MS}
    try {
      this.state.take(await circleci.pipeline(pipeline.id, decides ? options : side), workflows)
    } catch (error) {
      if (decides || error instanceof AbortedError) throw error
      log.debug(`The pipeline could not be read, and decides nothing: ${String(error)}`)
    }
  }

  /** What is known now. */
  private situation(confirmed: boolean): Situation {
    return {
      state: this.pipeline?.state,
      errors: this.pipeline?.errors ?? [],
      rollup: {...this.rollup, unmatched: this.lines.missing('workflows', this.rollup)},
      createdForMs: this.state.createdForMs,
      newestAgeMs: this.workflows.newestAgeMs,
      anonymousForMs: this.workflows.anonymousForMs,
      stoppedForMs: ({id}) => this.workflows.stoppedForMs(id),
      rerunAhead: attempt => this.reruns.ahead(attempt),
      onlyHolds: attempt => this.holds.onlyHolds(attempt),
      jobs: this.lines.jobs && this.jobFacts(this.lines.jobs),
      confirmed,
      policies: this.context.settings
    }
  }

  private jobFacts(matcher: JobMatcher): JobFacts {
    const {settings, matchedElsewhere} = this.context
    const isElsewhere = (line: string): boolean => matchedElsewhere('jobs', line)
    return {
      ...matcher,
      unmatched: jobs => matcher.unmatched(jobs).filter(line => !isElsewhere(line)),
      isElsewhere: settings.jobs.some(isElsewhere),
      of: one => (isOpen(one) || this.lists.isFinal(one) ? this.lists.of(one.id) : undefined),
      heldBy: (attempt, job) => this.holds.heldBy(attempt, job)
    }
  }

  /** Everything a verdict hangs on, to compare: a listing that changes none of it was asked for after all of it was known. */
  get facts(): string {
    const {deciding} = this.rollup
    const holds = deciding.map(one => this.holds.onlyHolds(one) ?? null)
    const jobs =
      this.lines.jobs && decidersOf(this.situation(false)).map(one => [one.job, one.phase])
    const approvals = this.onlyApproves && deciding.map(({id}) => this.lists.of(id) ?? null)
    return JSON.stringify([this.workflows.facts, this.state.facts, holds, jobs, approvals])
  }
}

function isOpen(attempt: Attempt): boolean {
  return isUnfinished(attempt.status)
}
