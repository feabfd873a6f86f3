import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Job} from '../circleci/model.ts'
import {timeLimit} from '../clock.ts'
import {errorMessage} from '../errors.ts'
import {matcher, type Matcher} from '../matcher.ts'
import {Outage} from '../outage.ts'
import type {WaitContext} from './context.ts'
import {isHeld, learnJobs, onlyHeld} from './jobs.ts'
import {askAgainInMs, hasLasted, refusedAt, type Refusals} from './refusal.ts'
import {phaseOf, type Attempt} from './rollup.ts'
import {PATIENCE_MS} from './tolerance.ts'

/** How often the jobs of a failing workflow are looked at: a hold nobody will approve may be all that keeps it open. */
const FAILING_LOOK_MS = 60_000

/**
 * How long the holds must have been all that is left of a workflow that CircleCI says is running, in milliseconds:
 * between two jobs it looks like that, too.
 */
const STILL_MS = 5_000

/** Requests for jobs under way at once. */
const AT_ONCE = 4
/** How long the jobs of one look may take to be read, in milliseconds: the wait does not stand still for them. */
const LOOK_MS = 5_000

interface Look {
  readonly status: string
  readonly at: number
  readonly jobs: readonly Job[]
  /** Since when nothing but holds was left, by our clock; `undefined`: something else is going on. */
  readonly onlyHeldSince: number | undefined
}

/**
 * Knows the approval jobs of running workflows, and approves those it was told to, each once. Jobs are read only when
 * that is called for: on hold, failing (a hold may be all that is left), or at each poll while there is something to
 * approve, because a workflow may say `running` with a job on hold. Jobs that cannot be read end no wait.
 */
export class Holds {
  private readonly context: WaitContext
  private readonly named: Matcher
  private readonly looks = new Map<string, Look>()
  private readonly unreadSince = new Map<string, number>()
  private toApprove: (readonly [Attempt, Job])[] = []
  private readonly approved = new Set<string>()
  private readonly refusals = new Map<string, Refusals>()
  private readonly refused = new Set<string>()
  private readonly outage: Outage

  constructor(context: WaitContext) {
    this.context = context
    this.named = matcher(context.settings.approve)
    this.outage = new Outage('Looking for approval jobs', context)
  }

  /** Jobs of a workflow as last read here. */
  jobsOf(workflowId: string): readonly Job[] | undefined {
    return this.looks.get(workflowId)?.jobs
  }

  /** Approval jobs waiting for a person: those on hold that this step has not approved and will not. */
  waitingFor(workflowId: string): readonly string[] {
    const jobs = this.looks.get(workflowId)?.jobs ?? []
    return jobs
      .filter(job => isHeld(job) && !this.approved.has(job.id) && !this.mayApprove(job))
      .map(job => job.name)
  }

  /**
   * The holds that are all that is left of a workflow; `undefined` when it goes on without them, or nothing is known.
   * Where the jobs cannot be read for as long as a wait bears errors, CircleCI's `on_hold` is believed without names.
   */
  onlyHolds(attempt: Attempt): readonly string[] | undefined {
    const {approve} = this.context.settings
    const phase = phaseOf(attempt.status)
    if (phase === 'on-hold' && approve.length === 0 && this.unreadMs(attempt.id) >= PATIENCE_MS) {
      return []
    }
    const look = this.looks.get(attempt.id)
    if (look?.onlyHeldSince === undefined || !this.isHeldNow(attempt.id)) return undefined
    if (look.jobs.some(job => this.mayApprove(job))) return undefined
    const stillMs = phase === 'running' ? STILL_MS : 0
    if (look.at - look.onlyHeldSince < stillMs) return undefined
    return look.jobs.filter(isHeld).map(job => job.name)
  }

  /** Whether a workflow now waits for nothing but a person: by its jobs, or by its status where they are not known. */
  waitsForPerson({id, status}: Attempt): boolean {
    return this.looks.has(id) ? this.isHeldNow(id) : phaseOf(status) === 'on-hold'
  }

  private isHeldNow(id: string): boolean {
    const look = this.looks.get(id)
    if (look?.onlyHeldSince === undefined) return false
    return !look.jobs.some(job => isHeld(job) && this.approved.has(job.id))
  }

  /**
   * Milliseconds until a look at a workflow may tell something new: holds seen alone in one that is running count as all
   * that is left of it, or a refused approval is asked for again. `undefined`: nothing of the kind.
   */
  settlesInMs({id, status}: Attempt): number | undefined {
    const look = this.looks.get(id)
    const now = this.context.clock.now()
    const refused = (look?.jobs ?? []).flatMap(job => {
      const refusals = this.refusals.get(job.id)
      return refusals !== undefined && this.mayApprove(job) ? [askAgainInMs(refusals, now)] : []
    })
    const stillLeft =
      look?.onlyHeldSince === undefined || phaseOf(status) !== 'running'
        ? 0
        : STILL_MS - (look.at - look.onlyHeldSince)
    const times = stillLeft > 0 ? [...refused, stillLeft] : refused
    return times.length === 0 ? undefined : Math.min(...times)
  }

  /** Reads the jobs of the workflows that call for it; of all of them with `all`. */
  async look(attempts: readonly Attempt[], signal: AbortSignal, all = false): Promise<void> {
    const {clock} = this.context
    this.toApprove = []
    const limit = timeLimit(clock, LOOK_MS, signal)
    try {
      const due = attempts.filter(attempt => all || this.isDue(attempt))
      for (let next = 0; next < due.length; next += AT_ONCE) {
        const some = due.slice(next, next + AT_ONCE)
        await Promise.all(some.map(attempt => this.read(attempt, limit.signal)))
        if (signal.aborted) throw new AbortedError('Reading the jobs')
      }
    } finally {
      limit.end()
    }
  }

  private async read(attempt: Attempt, signal: AbortSignal): Promise<void> {
    const {circleci, clock} = this.context
    try {
      const listed = await circleci.jobs(attempt.id, {signal, patienceMs: 2_000})
      const at = clock.now()
      const last = this.looks.get(attempt.id)
      const jobs = learnJobs(last?.jobs ?? [], listed)
      const since = onlyHeld(jobs) ? (last?.onlyHeldSince ?? at) : undefined
      this.looks.set(attempt.id, {status: attempt.status, at, jobs, onlyHeldSince: since})
      for (const job of jobs) if (this.mayApprove(job)) this.toApprove.push([attempt, job])
      this.unreadSince.delete(attempt.id)
      if (this.unreadSince.size === 0) this.outage.over()
    } catch (error) {
      this.unread(attempt, error)
    }
  }

  /** The listing of the workflows goes on to tell how they end: only holds are not seen. */
  private unread({id, name}: Attempt, error: unknown): void {
    const {clock, log, settings} = this.context
    this.unreadSince.set(id, this.unreadSince.get(id) ?? clock.now())
    const isNeeded = settings.approve.length > 0 || settings.policies.onHold !== 'wait'
    if (isNeeded) this.outage.failed(error, 0)
    else log.debug(`The jobs of workflow "${name}" could not be read: ${errorMessage(error)}`)
  }

  private unreadMs(id: string): number {
    const now = this.context.clock.now()
    return now - (this.unreadSince.get(id) ?? now)
  }

  /** Whether the last look found a hold to approve. */
  hasApprovals(): boolean {
    return this.toApprove.length > 0
  }

  /** Approves the holds that the last look found. */
  async approve(signal: AbortSignal): Promise<void> {
    for (const [attempt, job] of this.toApprove) await this.approveOne(attempt, job, signal)
  }

  private mayApprove(job: Job): boolean {
    if (!isHeld(job) || this.approved.has(job.id) || this.refused.has(job.id)) return false
    return this.context.settings.approve.length > 0 && this.named.matches(job.name) === 'yes'
  }

  private isDue(attempt: Attempt): boolean {
    const phase = phaseOf(attempt.status)
    const last = this.looks.get(attempt.id)
    const changed = last?.status !== attempt.status
    const {approve, policies} = this.context.settings
    if (approve.length > 0 || policies.onHold !== 'wait') {
      return phase === 'running' || phase === 'failing' || phase === 'on-hold'
    }
    if (phase === 'on-hold') return changed || !last.jobs.some(isHeld)
    const age = this.context.clock.now() - (last?.at ?? 0)
    return phase === 'failing' && (changed || age >= FAILING_LOOK_MS)
  }

  private async approveOne(attempt: Attempt, job: Job, signal: AbortSignal): Promise<void> {
    const {circleci, clock, log} = this.context
    const refusals = this.refusals.get(job.id)
    if (refusals !== undefined && askAgainInMs(refusals, clock.now()) > 0) return
    try {
      await circleci.approve(attempt.id, job.approvalRequestId ?? job.id, {signal})
      this.approved.add(job.id)
      log.info(`Approved "${job.name}" of workflow "${attempt.name}".`)
    } catch (error) {
      if (error instanceof RefusedError) {
        this.refuse(attempt, job, error)
      } else if (error instanceof UnavailableError) {
        log.debug(`Approving "${job.name}" is tried again at the next poll: ${error.message}`)
      } else {
        throw error
      }
    }
  }

  /** Somebody else may have been faster, and a refusal may pass: what is still on hold is asked for again for a minute. */
  private refuse(attempt: Attempt, job: Job, {words, status}: RefusedError): void {
    const {clock, log} = this.context
    const what = `"${job.name}" of workflow "${attempt.name}"`
    const why = words || `it answered ${status}`
    const refusals = refusedAt(clock.now(), this.refusals.get(job.id))
    this.refusals.set(job.id, refusals)
    if (!hasLasted(refusals)) {
      log.debug(`CircleCI did not let ${what} be approved: ${why}`)
      return
    }
    this.refused.add(job.id)
    log.warning(
      `CircleCI did not let ${what} be approved: ${why}. Whoever the token belongs to needs the right to approve it; until then it waits for a person.`
    )
  }
}
