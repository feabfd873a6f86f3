import {timeLimit} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {withStop} from '../base/text.ts'
import {matcher, type Matcher} from '../base/matcher.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Job} from '../circleci/model.ts'
import type {Attempt} from '../record/result.ts'
import type {WaitContext} from './context.ts'
import {isHold} from './jobs.ts'
import {Refusals} from './patience.ts'

/** How long an approved job may go on being on hold, in milliseconds, before its approval counts as one that did nothing. */
const APPROVED_WITHIN_MS = 60_000
/** How long reading whose approval it is may take, in milliseconds. */
const USER_MS = 2_000

/** An approval job on hold, and its workflow. */
export interface Hold {
  readonly attempt: Attempt
  readonly job: Job
}

/** Approves the approval jobs that the input `approve` lists. */
export class Approver {
  private readonly context: WaitContext
  private readonly named: Matcher
  private readonly approvedAt = new Map<string, number>()
  private readonly refusals = new Map<string, Refusals>()
  private readonly refused = new Set<string>()
  private user: Promise<string | undefined> | undefined

  constructor(context: WaitContext) {
    this.context = context
    this.named = matcher(context.settings.approve)
  }

  /** Whether an approval job is this step's: it has just approved it, or is going to. */
  handles(job: Job): boolean {
    return this.isApproved(job) || this.mayApprove(job)
  }

  /** Whether CircleCI took this step's approval less than a minute ago. */
  isApproved({id}: Job): boolean {
    const at = this.approvedAt.get(id)
    return at !== undefined && this.context.clock.now() - at < APPROVED_WITHIN_MS
  }

  /** Whether a job is on hold for this step to approve. */
  mayApprove(job: Job): boolean {
    if (!isHold(job) || this.isApproved(job) || this.refused.has(job.id)) return false
    return this.context.settings.approve.length > 0 && this.named.matches(job.name) === 'yes'
  }

  /** Milliseconds until a refused approval is asked for again; `Infinity`: none is. */
  askAgainInMs(job: Job): number {
    const refusals = this.refusals.get(job.id)
    return refusals !== undefined && this.mayApprove(job) ? refusals.askAgainInMs : Infinity
  }

  /** Approves these holds; `onDue` is called before. Rejects only with an `AbortedError`. */
  async approveAll(holds: readonly Hold[], signal: AbortSignal, onDue: () => void): Promise<void> {
    if (holds.length > 0) onDue()
    for (const hold of holds) await this.approve(hold, signal)
  }

  /** Approves a hold, unless that was refused a moment ago. */
  private async approve({attempt, job}: Hold, signal: AbortSignal): Promise<void> {
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
      if (error instanceof RefusedError) this.refuse(attempt, job, error)
      else if (!(error instanceof UnavailableError)) throw error
      else log.debug(`Approving "${job.name}" is tried again at the next poll: ${error.message}`)
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
    const why = words || `it answered ${status}`
    const what = withStop(
      `CircleCI refused to approve "${job.name}" of workflow "${attempt.name}": ${why}`
    )
    const refusals = this.refusals.get(job.id) ?? new Refusals(clock)
    this.refusals.set(job.id, refusals)
    if (!refusals.add()) {
      log.debug(what)
      return
    }
    this.refused.add(job.id)
    log.warning(
      `${what} The token's user needs permission to approve it; until then it waits for a person.`
    )
  }
}
