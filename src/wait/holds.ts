import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Job} from '../circleci/model.ts'
import {timeLimit} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {matcher, type Matcher} from '../base/matcher.ts'
import {Outage} from '../base/log.ts'
import type {WaitContext} from './context.ts'
import {holdsBefore, isHeld, onlyHeld, type JobLists} from './jobs.ts'
import {isUnfinished, phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import {PATIENCE_MS} from '../circleci/retry.ts'
import {Refusals} from './patience.ts'

/** How often the jobs of a failing workflow are looked at: a hold nobody will approve may be all that keeps it open. */
const FAILING_LOOK_MS = 60_000

/**
 * How long the holds must have been all that is left of a workflow that CircleCI says is running, in milliseconds:
 * between two jobs it looks like that, too.
 */
const STILL_MS = 5_000

/** How soon an approval that CircleCI took is looked for, in milliseconds, when the step ends with it. */
const APPROVED_AGAIN_MS = 2_000
/** How long it may take to tell whose approval it is, in milliseconds. */
const USER_MS = 2_000

/** Requests for jobs under way at once. */
const AT_ONCE = 4
/** How long the jobs of one look may take to be read, in milliseconds: the wait does not stand still for them. */
const LOOK_MS = 5_000
/** How long an approved job may go on being on hold, in milliseconds, before its approval counts as one that did nothing. */
const APPROVED_WITHIN_MS = 60_000

/** One look at the jobs of a workflow. It says nothing any more once they cannot be read, or its status has changed. */
interface Look {
  readonly at: number
  /** Since when nothing but holds was left, by our clock; `undefined`: something else is going on. */
  readonly onlyHeldSince: number | undefined
  /** Since when jobs have waited for nothing but holds, by their ids. */
  readonly heldSince: ReadonlyMap<string, number>
}

/**
 * Knows the approval jobs of running workflows, and approves those it was told to. Jobs are read only when that is
 * called for: on hold, failing (a hold may be all that is left), or at each poll while there is something to approve,
 * because a workflow may say `running` with a job on hold. Jobs that cannot be read end no wait.
 */
export class Holds {
  private readonly context: WaitContext
  private readonly lists: JobLists
  private readonly named: Matcher
  private readonly statuses = new Map<string, string>()
  private readonly looks = new Map<string, Look>()
  private readonly unreadSince = new Map<string, number>()
  private toApprove: (readonly [Attempt, Job])[] = []
  private readonly approvedAt = new Map<string, number>()
  private readonly refusals = new Map<string, Refusals>()
  private readonly refused = new Set<string>()
  private readonly outage: Outage
  private user: Promise<string | undefined> | undefined

  constructor(context: WaitContext, lists: JobLists) {
    this.context = context
    this.lists = lists
    this.named = matcher(context.settings.approve)
    this.outage = new Outage('Looking for approval jobs', context)
  }

  /** Approval jobs waiting for a person: those on hold that this step has not approved and will not. */
  waitingFor(workflowId: string): readonly string[] {
    if (!this.looks.has(workflowId)) return []
    return this.held(workflowId)
      .filter(job => !this.isApproved(job) && !this.mayApprove(job))
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
    if (look?.onlyHeldSince === undefined) return undefined
    const held = this.held(attempt.id)
    if (held.some(job => this.isApproved(job) || this.mayApprove(job))) return undefined
    const stillMs = phase === 'running' ? STILL_MS : 0
    if (look.at - look.onlyHeldSince < stillMs) return undefined
    return held.map(job => job.name)
  }

  /** Whether a workflow now waits for nothing but a person: by its jobs, or by its status where they are not known. */
  waitsForPerson({id, status}: Attempt): boolean {
    if (this.held(id).some(job => this.isApproved(job))) return false
    const look = this.looks.get(id)
    return look === undefined ? phaseOf(status) === 'on-hold' : look.onlyHeldSince !== undefined
  }

  private held(id: string): readonly Job[] {
    return (this.lists.of(id) ?? []).filter(isHeld)
  }

  /** The holds that only a person can approve and that are all that a job waits for; `undefined`: there is more to it. */
  heldBy({id, status}: Attempt, job: Job): readonly string[] | undefined {
    const since = this.looks.get(id)?.heldSince.get(job.id)
    const held = holdsBefore(this.lists.of(id) ?? [], job)
    if (since === undefined || held === undefined) return undefined
    if (held.some(one => this.isApproved(one) || this.mayApprove(one))) return undefined
    const stillMs = phaseOf(status) === 'on-hold' ? 0 : STILL_MS
    if ((this.looks.get(id)?.at ?? since) - since < stillMs) return undefined
    return held.map(({name}) => name)
  }

  /**
   * Milliseconds until a look at a workflow may tell something new: holds seen alone in one that is running count as all
   * that is left of it, or a refused approval is asked for again. `undefined`: nothing of the kind.
   */
  settlesInMs({id, status}: Attempt): number | undefined {
    const look = this.looks.get(id)
    const refused = this.held(id).flatMap(job => {
      const refusals = this.refusals.get(job.id)
      return refusals !== undefined && this.mayApprove(job) ? [refusals.askAgainInMs] : []
    })
    const phase = phaseOf(status)
    const since = phase === 'running' ? [look?.onlyHeldSince ?? []].flat() : []
    if (phase !== 'on-hold') since.push(...(look?.heldSince.values() ?? []))
    const still = since.map(at => STILL_MS - ((look?.at ?? at) - at)).filter(ms => ms > 0)
    if (
      this.context.settings.goal === 'approval' &&
      this.held(id).some(job => this.isApproved(job))
    ) {
      still.push(APPROVED_AGAIN_MS)
    }
    const times = [...refused, ...still]
    return times.length === 0 ? undefined : Math.min(...times)
  }

  /** Reads the jobs of the workflows that call for it; of all of them with `all`. */
  async look(attempts: readonly Attempt[], signal: AbortSignal, all = false): Promise<void> {
    const {clock} = this.context
    this.toApprove = []
    for (const attempt of attempts) this.note(attempt)
    const limit = timeLimit(clock, LOOK_MS, signal)
    try {
      const due = attempts.filter(attempt => all || this.isDue(attempt))
      for (let next = 0; next < due.length; next += AT_ONCE) {
        const some = due.slice(next, next + AT_ONCE)
        await Promise.all(some.map(attempt => this.read(attempt, limit.signal)))
      }
      if (signal.aborted) throw new AbortedError('Reading the jobs')
    } finally {
      limit.end()
    }
  }

  /** What was seen of a workflow in another status is over. */
  private note({id, status}: Attempt): void {
    if (this.statuses.get(id) === status) return
    this.statuses.set(id, status)
    this.looks.delete(id)
    this.unreadSince.delete(id)
  }

  private async read(attempt: Attempt, signal: AbortSignal): Promise<void> {
    const {clock} = this.context
    try {
      // Held back by a rate limit, no answer would come within the time of a look.
      const options = {signal, patienceMs: 2_000, urgent: true}
      const known = this.hangsOnJobs(attempt) ? this.lists.of(attempt.id) : undefined
      const jobs = known ?? (await this.lists.read(attempt, options))
      const at = clock.now()
      const before = this.looks.get(attempt.id)
      const blocked = known?.filter(job => holdsBefore(known, job) !== undefined) ?? []
      this.looks.set(attempt.id, {
        at,
        onlyHeldSince: onlyHeld(jobs) ? (before?.onlyHeldSince ?? at) : undefined,
        heldSince: new Map(blocked.map(({id}) => [id, before?.heldSince.get(id) ?? at]))
      })
      if (isUnfinished(attempt.status)) {
        for (const job of jobs) if (this.mayApprove(job)) this.toApprove.push([attempt, job])
      }
      this.unreadSince.delete(attempt.id)
      if (this.unreadSince.size === 0) this.outage.over()
    } catch (error) {
      this.unread(attempt, error)
    }
  }

  /** The listing of the workflows goes on to tell how they end: only holds are not seen. */
  private unread({id, name}: Attempt, error: unknown): void {
    const {clock, log, settings} = this.context
    this.looks.delete(id)
    this.unreadSince.set(id, this.unreadSince.get(id) ?? clock.now())
    const isNeeded = settings.approve.length > 0 || settings.onHold !== 'wait'
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

  private isApproved({id}: Job): boolean {
    const at = this.approvedAt.get(id)
    return at !== undefined && this.context.clock.now() - at < APPROVED_WITHIN_MS
  }

  private mayApprove(job: Job): boolean {
    if (!isHeld(job) || this.isApproved(job) || this.refused.has(job.id)) return false
    return this.context.settings.approve.length > 0 && this.named.matches(job.name) === 'yes'
  }

  /** Whether what ends the wait hangs on its jobs: then they have just been read. */
  private hangsOnJobs({deciding}: Attempt): boolean {
    const {goal, jobs} = this.context.settings
    return deciding && (goal === 'approval' || jobs.length > 0)
  }

  private isDue(attempt: Attempt): boolean {
    if (this.hangsOnJobs(attempt) || !isUnfinished(attempt.status)) return true
    const phase = phaseOf(attempt.status)
    const last = this.looks.get(attempt.id)
    const {approve, onHold} = this.context.settings
    if (approve.length > 0 || onHold !== 'wait') {
      return phase === 'running' || phase === 'failing' || phase === 'on-hold'
    }
    if (phase === 'on-hold') return last?.onlyHeldSince === undefined
    if (phase !== 'failing') return false
    if (last === undefined || last.onlyHeldSince !== undefined) return true
    return this.context.clock.now() - last.at >= FAILING_LOOK_MS
  }

  private async approveOne(attempt: Attempt, job: Job, signal: AbortSignal): Promise<void> {
    const {circleci, clock, log} = this.context
    if ((this.refusals.get(job.id)?.askAgainInMs ?? 0) > 0) return
    const again = this.approvedAt.has(job.id) ? ' again: it was still on hold a minute later' : ''
    try {
      await circleci.approve(attempt.id, job.approvalRequestId ?? job.id, {signal})
      this.approvedAt.set(job.id, clock.now())
      this.user ??= this.readUser(signal)
      const user = await this.user
      const by = user === undefined ? '' : ` as "${user}"`
      log.info(`Approved "${job.name}" of workflow "${attempt.name}"${by}${again}.`)
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

  /** Whom CircleCI will name as the one who approved: the token's user. */
  private async readUser(signal: AbortSignal): Promise<string | undefined> {
    const {circleci, clock, log} = this.context
    const limit = timeLimit(clock, USER_MS, signal)
    try {
      const {login, name} = await circleci.me({signal: limit.signal, patienceMs: 0, urgent: true})
      return login || name || undefined
    } catch (error) {
      log.debug(`Whose approval it is could not be read: ${errorMessage(error)}`)
      return undefined
    } finally {
      limit.end()
    }
  }

  /** Somebody else may have been faster, and a refusal may pass: what is still on hold is asked for again for a minute. */
  private refuse(attempt: Attempt, job: Job, {words, status}: RefusedError): void {
    const {clock, log} = this.context
    const what = `"${job.name}" of workflow "${attempt.name}"`
    const why = words || `it answered ${status}`
    const refusals = this.refusals.get(job.id) ?? new Refusals(clock)
    this.refusals.set(job.id, refusals)
    if (!refusals.add()) {
      log.debug(`CircleCI refused to approve ${what}: ${why}`)
      return
    }
    this.refused.add(job.id)
    log.warning(
      `CircleCI refused to approve ${what}: ${why}. The token's user needs permission to approve it; until then it waits for a person.`
    )
  }
}
