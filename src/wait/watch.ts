import type {CallOptions} from '../circleci/client.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Job, Pipeline} from '../circleci/model.ts'
import type {WorkflowHistory} from '../record/result.ts'
import {decideApproval, type ApprovalFacts} from './approval.ts'
import {ApproveLines, type ApprovalGap} from './approve-lines.ts'
import {commaLines} from '../base/matcher.ts'
import {mapBounded} from '../base/concurrency.ts'
import {autoRerunDueMs, decidersOf, hasFailed, isEnd, type Decider} from './deciders.ts'
import {JobLists, jobMatcher, type JobMatcher} from './jobs.ts'
import {decide, isGoingOn} from './verdict.ts'
import type {Decision, JobFacts, MatchedInput, Progress, Situation, WaitContext} from './context.ts'
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

/** Requests for the jobs of workflows under way at once. */
const JOBS_AT_ONCE = 4
/** How soon the jobs of an ended workflow are read again while they contradict its end, in milliseconds. */
const OLD_AGAIN_MS = 2_000

/** What one look found, and what follows from it. */
export interface Look {
  readonly decision: Decision
}

/** What a wait looks at until there is a verdict: a pipeline, or several that are read as one. */
export interface Watched {
  /**
   * Looks once. Rejects like the client does when what the verdict hangs on cannot be read. With `act` false nothing is
   * approved and nothing rerun.
   */
  look(signal: AbortSignal, retry: RetryOptions, act?: boolean): Promise<Look>
  /** Milliseconds until an answer is likely to be another one, after a look that decided this. */
  nextLookInMs(decision: Decision): number
  /** Tells whoever shows the progress. */
  tell(): void
  /** Reads the jobs of everything unfinished, so that `waitsForPerson` can tell. */
  lookForHolds(signal: AbortSignal): Promise<void>
  /** Whether nothing but approvals is left. */
  waitsForPerson(): boolean
  /** What is still waited for: workflows, decide they or not, or with the input `jobs` the jobs that decide. */
  left(): readonly Decider[]
  readonly rollup: Pick<Rollup, 'unmatched'>
  /** Lines of the input `jobs` that no job known so far matches. */
  unmatchedJobs(): readonly string[]
  /** Lines of the input `approve` that no approval job known so far matches, and the names of those there are. */
  approvalGap(): ApprovalGap
  /** Begins a sentence about all of it. */
  readonly name: string
}

/**
 * What this step knows of a pipeline, refreshed by `look`: one request for the workflows; the pipeline itself only
 * when no deciding workflow is running, jobs only where a hold may hide.
 */
export class Watch implements Watched {
  /** Every attempt as last seen. */
  rollup: Rollup = rollUp([], [])
  readonly name = 'The pipeline'
  readonly histories = new Map<string, WorkflowHistory>()
  private readonly stretches = new Stretches()
  private readonly context: WaitContext
  private readonly workflows: Workflows
  private readonly state: PipelineState
  private readonly lists: JobLists
  private readonly holds: Holds
  private readonly reruns: Reruns
  private readonly startedAt: number
  private readonly unknown: UnknownStatuses
  /** What the input `jobs` lists. */
  private readonly matcher: JobMatcher | undefined
  /** Of a step that only approves: what it hangs on. */
  private readonly approvals: ApprovalFacts | undefined
  private readonly approveLines: ApproveLines
  private readonly asked = new Set<string>()
  /** Lines that were said to need no commas. */
  private readonly commasTold = new Set<string>()
  private lookedAt: number
  private isOld = false
  private ownUnmatched: readonly string[]

  constructor(context: WaitContext) {
    this.context = context
    this.unknown = new UnknownStatuses(context.log)
    this.workflows = new Workflows(context)
    this.state = new PipelineState(context)
    this.lists = new JobLists(context.circleci, this.unknown)
    this.matcher = jobMatcher(context.settings.jobs)
    this.approveLines = new ApproveLines(context.settings.approve, {
      log: context.log,
      lists: this.lists,
      isElsewhere: line => this.isElsewhere('approve', line)
    })
    if (context.settings.goal === 'approval') {
      this.approvals = {
        lines: this.approveLines.matcher,
        isElsewhere: line => this.isElsewhere('approve', line),
        of: ({id}) => this.lists.of(id)
      }
    }
    this.holds = new Holds(context, this.lists)
    this.reruns = new Reruns(context)
    this.startedAt = context.clock.now()
    this.lookedAt = context.pipeline.isNew ? this.startedAt : -Infinity
    this.ownUnmatched = context.settings.workflows
  }

  /** The pipeline as last read. */
  get pipeline(): Pipeline | undefined {
    return this.state.pipeline
  }

  async look(signal: AbortSignal, retry: RetryOptions, act = true): Promise<Look> {
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
    this.note()
    await this.readJobs(afterListing)
    await this.holds.look([...this.open(), ...this.endedUnread()], signal)
    this.approveLines.warn(this.rollup.deciding, id => this.holdsOf(id))
    this.warnOfCommas()
    if (act) await this.approve(signal)
    await this.readPipeline(afterListing)
    if (act) await this.rerun(signal)
    this.isOld = listing.isOld
    return {decision: this.decide(before === this.facts)}
  }

  /**
   * What follows from the last look. `confirmed`: its listing was asked for after everything else was known, and told
   * nothing new. One that grew old meanwhile gives no verdict.
   */
  decide(confirmed: boolean): Decision {
    const decision = this.judge(this.situation(confirmed))
    return this.isOld && decision.kind === 'verdict' ? {kind: 'wait', unconfirmed: true} : decision
  }

  private judge(situation: Situation): Decision {
    return this.approvals === undefined
      ? decide(situation)
      : decideApproval(situation, this.approvals)
  }

  /** Whether a line of an input has something here: `workflows` a workflow, `jobs` a job, `approve` an approval job. */
  matches(input: MatchedInput, line: string): boolean {
    const own = {
      workflows: () => this.ownUnmatched,
      jobs: () => this.matcher?.unmatched(this.jobsWithin()) ?? [],
      approve: () => this.approveLines.unmatchedIn(this.rollup.deciding)
    }
    return !own[input]().includes(line)
  }

  holdsOf(workflowId: string): readonly string[] {
    return this.holds.waitingFor(workflowId)
  }

  async lookForHolds(signal: AbortSignal): Promise<void> {
    await this.holds.look(this.unfinished(), signal, true)
  }

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

  nextLookInMs(decision: Decision): number {
    const {clock, settings} = this.context
    const now = clock.now()
    const open = this.open().map(attempt => {
      // How long whole runs take does not say when one of their jobs ends.
      const history = this.readsJobs ? undefined : this.histories.get(attempt.name)
      return this.stretches.progressOf(attempt, history?.durations ?? [], now)
    })
    // Without any, workflows, or more of them, are still to come.
    const workflows = open.length > 0 ? open : [{elapsedMs: this.elapsedMs(), durations: []}]
    const settling = this.rollup.deciding.flatMap(one => [
      this.holds.settlesInMs(one) ?? Infinity,
      this.reruns.askAgainInMs(one) ?? Infinity,
      !this.readsJobs || isOpen(one) || this.isRead(one) ? Infinity : OLD_AGAIN_MS
    ])
    const {pollIntervalMs} = settings
    const waits = this.context.waits?.() ?? 1
    return pauseBeforeNextLook(decision, workflows, settling, {pollIntervalMs, waits})
  }

  /** Milliseconds since the pipeline was made, as far as that is known. */
  private elapsedMs(): number {
    const {circleci, clock, pipeline} = this.context
    const waited = clock.now() - this.startedAt
    const age = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt)
    return pipeline.isNew || Number.isNaN(age) ? waited : Math.max(age, waited)
  }

  left(): readonly Decider[] {
    if (this.matcher === undefined) {
      return this.unfinished().map(attempt => {
        const holds = this.holdsOf(attempt.id)
        return {attempt, phase: phaseOf(attempt.status), holds}
      })
    }
    return decidersOf(this.situation(false)).filter(
      ({attempt, phase, job}) => isOpen(attempt) && !(job !== undefined && isEnd(phase))
    )
  }

  /** Workflows that ended before their jobs were read: they may tell that a line of `approve` matches nothing. */
  private endedUnread(): readonly Attempt[] {
    const {approve} = this.context.settings
    if (approve.length === 0 || this.readsJobs) return []
    return this.rollup.deciding.filter(one => !isOpen(one) && this.lists.of(one.id) === undefined)
  }

  approvalGap(): ApprovalGap {
    return this.approveLines.gapIn(this.rollup.deciding)
  }

  private jobsWithin(): readonly Job[] {
    const attempts = this.rollup.attempts.filter(({deciding}) => deciding)
    return attempts.flatMap(({id}) => this.lists.of(id) ?? [])
  }

  private isElsewhere(input: MatchedInput, line: string): boolean {
    return this.context.matchedElsewhere?.(input, line) === true
  }

  unmatchedJobs(): readonly string[] {
    return this.jobFacts()?.unmatched(this.jobsWithin()) ?? []
  }

  tell(): void {
    this.context.onProgress(this.progress())
  }

  private progress(): Progress {
    return {
      rollup: this.rollup,
      state: this.pipeline?.state,
      jobsOf: id => this.lists.of(id),
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
    const rollup = rollUp(this.workflows.all, settings.workflows, this.reruns.started)
    this.ownUnmatched = rollup.unmatched
    const unmatched = rollup.unmatched.filter(line => !this.isElsewhere('workflows', line))
    this.rollup = {...rollup, unmatched}
    this.unknown.note('workflow', this.rollup.attempts)
    for (const {name} of this.rollup.deciding) this.learn(name)
    const now = clock.now()
    const before = this.lookedAt
    this.stretches.update(this.open(), {now, serverNow: circleci.serverNow(), before})
    this.lookedAt = now
  }

  /** Where jobs decide they are read at each look, those of an ended workflow once more after its end. */
  private async readJobs(options: CallOptions): Promise<void> {
    if (!this.readsJobs) return
    const due = this.rollup.attempts.filter(one => one.deciding && !this.isRead(one))
    await mapBounded(due, JOBS_AT_ONCE, attempt => this.lists.read(attempt, options))
  }

  /** Whether what ends the wait hangs on jobs. */
  private get readsJobs(): boolean {
    return this.matcher !== undefined || this.approvals !== undefined
  }

  private isRead(attempt: Attempt): boolean {
    return this.lists.isFinal(attempt, this.workflows.stoppedForMs(attempt.id))
  }

  /** At once: after the wait is late for a mistake that is plain to see. */
  private warnOfCommas(): void {
    const {log, settings} = this.context
    const {attempts} = this.rollup
    const names = {
      workflows: attempts.map(({name}) => name),
      jobs: attempts.flatMap(({id}) => this.lists.of(id) ?? []).map(({name}) => name)
    }
    for (const input of ['workflows', 'jobs'] as const) {
      for (const line of commaLines(settings[input], names[input])) {
        if (this.commasTold.has(line)) continue
        this.commasTold.add(line)
        log.warning(
          `Input "${input}" has the line "${line}", which names several: write one a line, without commas.`
        )
      }
    }
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
    if (this.holds.hasApprovals()) this.tell()
    await this.holds.approve(signal)
  }

  /** Its state matters once nothing that decides goes on, and is as good as the workflows known when it was read. */
  private async readPipeline(options: CallOptions): Promise<void> {
    const {circleci, log, pipeline} = this.context
    const situation = this.situation(true)
    const workflows = this.workflows.facts
    const settled = {...situation, state: 'created', newestAgeMs: Infinity}
    const isNear = this.approvals !== undefined && this.judge(settled).kind === 'verdict'
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
      attempt => hasFailed(situation, attempt) && autoRerunDueMs(situation, attempt) === 0
    )
    const due = failed.filter(attempt => this.reruns.isDue(attempt))
    if (due.length > 0) this.tell()
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
      jobs: this.jobFacts(),
      confirmed,
      policies: this.context.settings.policies
    }
  }

  private jobFacts(): JobFacts | undefined {
    return (
      this.matcher && {
        ...this.matcher,
        unmatched: jobs =>
          this.matcher?.unmatched(jobs).filter(line => !this.isElsewhere('jobs', line)) ?? [],
        isElsewhere: this.context.settings.jobs.some(line => this.isElsewhere('jobs', line)),
        of: attempt =>
          isOpen(attempt) || this.isRead(attempt) ? this.lists.of(attempt.id) : undefined,
        heldBy: (attempt, job) => this.holds.heldBy(attempt, job)
      }
    )
  }

  /** Everything a verdict hangs on, to compare: a listing that changes none of it was asked for after all of it was known. */
  get facts(): string {
    const holds = this.rollup.deciding.map(one => this.holds.onlyHolds(one) ?? null)
    const jobs = this.matcher && decidersOf(this.situation(false)).map(one => [one.job, one.phase])
    const approvals =
      this.approvals && this.rollup.deciding.map(({id}) => this.lists.of(id) ?? null)
    return JSON.stringify([this.workflows.facts, this.state.facts, holds, jobs, approvals])
  }
}

function isOpen(attempt: Attempt): boolean {
  return isUnfinished(attempt.status)
}
