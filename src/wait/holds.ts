import {mapBounded} from '../base/concurrency.ts'
import {timeLimit} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {Outage} from '../base/log.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Job} from '../circleci/model.ts'
import {PATIENCE_MS} from '../circleci/retry.ts'
import {isUnfinished, phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {Approver, Hold} from './approval.ts'
import type {WaitContext} from './context.ts'
import {holdsBefore, isHold, onlyHoldsLeft, type JobLists} from './jobs.ts'

/** How often the jobs of a failing workflow are looked at: a hold nobody will approve may be all that keeps it open. */
const FAILING_LOOK_MS = 60_000
/**
 * How long approvals must have been all that is left of a workflow that CircleCI says is running, in milliseconds: between
 * two jobs it looks like that, too.
 */
const STILL_MS = 5_000
/** How soon an approval that CircleCI took is looked for, in milliseconds, when the step ends with it. */
const APPROVED_AGAIN_MS = 2_000
/** Requests for jobs under way at once. */
const AT_ONCE = 4
/** How long the jobs of one look may take to be read, in milliseconds: the wait does not stand still for them. */
const LOOK_MS = 5_000

/** What was seen of a workflow since it came into its status; times are of our own clock. */
interface Seen {
  readonly status: string
  /** When its jobs were last looked at; `undefined`: never, or not at the last attempt. */
  readonly at?: number
  /** Since when nothing but holds was left; `undefined`: something else is going on. */
  readonly onlyHoldsSince?: number | undefined
  /** Since when jobs have waited for nothing but holds, by their ids. */
  readonly heldSince?: ReadonlyMap<string, number>
  /** Since when its jobs could not be read. */
  readonly unreadSince?: number
}

/**
 * The holds of the workflows: their approval jobs that are on hold. Jobs are read only when that is called for: on hold,
 * failing (a hold may be all that is left), or at each poll while there is something to approve, because a workflow may say
 * `running` with a job on hold. Jobs that cannot be read end no wait.
 */
export class Holds {
  /** The holds that the last look found for this step to approve. */
  toApprove: readonly Hold[] = []
  private readonly context: WaitContext
  private readonly lists: JobLists
  private readonly approver: Approver
  private readonly seen = new Map<string, Seen>()
  private readonly outage: Outage

  constructor(context: WaitContext, lists: JobLists, approver: Approver) {
    this.context = context
    this.lists = lists
    this.approver = approver
    this.outage = new Outage('Looking for approval jobs', context)
  }

  /** Names of the holds that wait for a person: this step has not approved them and will not. */
  waitingFor(workflowId: string): readonly string[] {
    if (this.seen.get(workflowId)?.at === undefined) return []
    const waiting = this.in(workflowId).filter(job => !this.approver.handles(job))
    return waiting.map(({name}) => name)
  }

  /**
   * Names of the holds that are all that is left of a workflow, for a person to approve; `undefined` when it goes on without
   * them, or nothing is known. Where the jobs cannot be read for as long as a wait outlasts errors, CircleCI's `on_hold` is
   * believed without names.
   */
  onlyHolds({id, status}: Attempt): readonly string[] | undefined {
    const phase = phaseOf(status)
    const {at, onlyHoldsSince, unreadSince} = this.seen.get(id) ?? {}
    if (phase === 'on-hold' && unreadSince !== undefined && !this.hasLines) {
      if (this.context.clock.now() - unreadSince >= PATIENCE_MS) return []
    }
    return this.forPerson(this.in(id), at, onlyHoldsSince, phase === 'running' ? STILL_MS : 0)
  }

  /** Names of the holds that are all that a job waits for, for a person to approve; `undefined`: there is more to it. */
  heldBy({id, status}: Attempt, job: Job): readonly string[] | undefined {
    const {at, heldSince} = this.seen.get(id) ?? {}
    const holds = holdsBefore(this.lists.of(id) ?? [], job)
    const stillMs = phaseOf(status) === 'on-hold' ? 0 : STILL_MS
    return this.forPerson(holds, at, heldSince?.get(job.id), stillMs)
  }

  private forPerson(
    holds: readonly Job[] | undefined,
    at: number | undefined,
    since: number | undefined,
    stillMs: number
  ): readonly string[] | undefined {
    if (holds === undefined || at === undefined || since === undefined) return undefined
    if (at - since < stillMs) return undefined
    if (holds.some(job => this.approver.handles(job))) return undefined
    return holds.map(({name}) => name)
  }

  /** Whether a workflow now waits for nothing but a person: by its jobs, or by its status where they are not known. */
  waitsForPerson({id, status}: Attempt): boolean {
    if (this.in(id).some(job => this.approver.isApproved(job))) return false
    const {at, onlyHoldsSince} = this.seen.get(id) ?? {}
    return at === undefined ? phaseOf(status) === 'on-hold' : onlyHoldsSince !== undefined
  }

  /**
   * Milliseconds until a look at a workflow may show something new: holds seen alone in one that is running count as all
   * that is left of it, or a refused approval is asked for again. `Infinity`: nothing of the kind.
   */
  settlesInMs({id, status}: Attempt): number {
    const {at = 0, onlyHoldsSince, heldSince} = this.seen.get(id) ?? {}
    const phase = phaseOf(status)
    const holds = this.in(id)
    const since = phase === 'on-hold' ? [] : [...(heldSince?.values() ?? [])]
    if (phase === 'running' && onlyHoldsSince !== undefined) since.push(onlyHoldsSince)
    const awaitsApproved =
      this.context.settings.goal === 'approval' && holds.some(job => this.approver.isApproved(job))
    return Math.min(
      ...holds.map(job => this.approver.askAgainInMs(job)),
      ...since.map(from => STILL_MS - (at - from)).filter(ms => ms > 0),
      awaitsApproved ? APPROVED_AGAIN_MS : Infinity
    )
  }

  /** Reads the jobs of the workflows that call for it; of all of them with `all`. */
  async look(attempts: readonly Attempt[], signal: AbortSignal, all = false): Promise<void> {
    for (const {id, status} of attempts) {
      // What was seen of a workflow in another status is over.
      if (this.seen.get(id)?.status !== status) this.seen.set(id, {status})
    }
    const limit = timeLimit(this.context.clock, LOOK_MS, signal)
    try {
      const due = attempts.filter(attempt => all || this.isDue(attempt))
      const found = await mapBounded(due, AT_ONCE, attempt => this.read(attempt, limit.signal))
      if (signal.aborted) throw new AbortedError('Reading the jobs')
      this.toApprove = found.flat()
    } finally {
      limit.end()
    }
  }

  /** Looks at a workflow's jobs; returns the holds to approve. The listing of the workflows goes on to show how they end. */
  private async read(attempt: Attempt, signal: AbortSignal): Promise<readonly Hold[]> {
    const {clock, log, settings} = this.context
    const {id, name, status} = attempt
    const before = this.seen.get(id)
    try {
      // Held back by a rate limit, no answer would come within the time of a look.
      const options = {signal, patienceMs: 2_000, urgent: true}
      const known = this.hangsOnJobs(attempt) ? this.lists.of(id) : undefined
      const jobs = known ?? (await this.lists.read(attempt, options))
      const at = clock.now()
      const held = known?.filter(job => holdsBefore(known, job) !== undefined) ?? []
      this.seen.set(id, {
        status,
        at,
        onlyHoldsSince: onlyHoldsLeft(jobs) ? (before?.onlyHoldsSince ?? at) : undefined,
        heldSince: new Map(held.map(job => [job.id, before?.heldSince?.get(job.id) ?? at]))
      })
      if ([...this.seen.values()].every(one => one.unreadSince === undefined)) this.outage.over()
      if (!isUnfinished(status)) return []
      return jobs.filter(job => this.approver.mayApprove(job)).map(job => ({attempt, job}))
    } catch (error) {
      this.seen.set(id, {status, unreadSince: before?.unreadSince ?? clock.now()})
      if (this.hasLines || settings.onHold !== 'wait') this.outage.failed(error, 0)
      else log.debug(`The jobs of workflow "${name}" could not be read: ${errorMessage(error)}`)
      return []
    }
  }

  /** Whether what ends the wait hangs on its jobs: then they have just been read. */
  private hangsOnJobs({deciding}: Attempt): boolean {
    const {goal, jobs} = this.context.settings
    return deciding && (goal === 'approval' || jobs.length > 0)
  }

  private isDue(attempt: Attempt): boolean {
    if (!isUnfinished(attempt.status)) {
      // It may show that a line of `approve` matches nothing.
      return this.hasLines && attempt.deciding && this.lists.of(attempt.id) === undefined
    }
    if (this.hangsOnJobs(attempt)) return true
    const phase = phaseOf(attempt.status)
    const {at, onlyHoldsSince} = this.seen.get(attempt.id) ?? {}
    if (this.hasLines || this.context.settings.onHold !== 'wait') {
      return phase === 'running' || phase === 'failing' || phase === 'on-hold'
    }
    if (phase === 'on-hold') return onlyHoldsSince === undefined
    if (phase !== 'failing') return false
    if (at === undefined || onlyHoldsSince !== undefined) return true
    return this.context.clock.now() - at >= FAILING_LOOK_MS
  }

  private get hasLines(): boolean {
    return this.context.settings.approve.length > 0
  }

  private in(workflowId: string): readonly Job[] {
    return (this.lists.of(workflowId) ?? []).filter(isHold)
  }
}
