import {timeLimit} from '../base/clock.ts'
import {errorMessage, type Conclusion, type FailureReason} from '../base/errors.ts'
import {matcher, oneALine, type Matcher} from '../base/matcher.ts'
import {quoted, withStop} from '../base/text.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Job} from '../circleci/model.ts'
import {isUnfinished, jobStatus, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {ApprovalGap, Decision, Situation, WaitContext} from './context.ts'
import {autoRerunDueMs, hasRerunLeft, nameOf} from './deciders.ts'
import {isHold, obstacleTo} from './jobs.ts'
import {describeNames} from './lines.ts'
import {Refusals} from './patience.ts'
import {ANONYMOUS_MS, decide, end, LATE_WORKFLOW_MS} from './verdict.ts'

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
  /** What the input lists. */
  readonly listed: Matcher
  private readonly context: WaitContext
  private readonly approvedAt = new Map<string, number>()
  private readonly refusals = new Map<string, Refusals>()
  private readonly refused = new Set<string>()
  private user: Promise<string | undefined> | undefined

  constructor(context: WaitContext) {
    this.context = context
    this.listed = matcher(context.settings.approve)
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
    return this.context.settings.approve.length > 0 && this.listed.matches(job.name) === 'yes'
  }

  /** Milliseconds until a refused approval is asked for again; `Infinity`: none is. */
  askAgainInMs(job: Job): number {
    const refusals = this.refusals.get(job.id)
    return refusals !== undefined && this.mayApprove(job) ? refusals.askAgainInMs : Infinity
  }

  /** Approves these holds; `onDue` is called before. Refusals and outages reject nothing, all else does (an `AbortedError`). */
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
  private refuse(attempt: Attempt, job: Job, {why}: RefusedError): void {
    const {clock, log} = this.context
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

/** What the input `approve` lists, and what is known of the jobs. */
interface ApprovalFacts {
  readonly listed: Matcher
  readonly gap: ApprovalGap
  /** Jobs of a workflow; `undefined` until they were read. */
  readonly jobsOf: (workflowId: string) => readonly Job[] | undefined
}

interface Approval {
  readonly attempt: Attempt
  readonly job: Job
  /** Of its workflow. */
  readonly jobs: readonly Job[]
}

/**
 * Decides when a step that only approves has done so: everything that the input lists reads as approved, by whomever, and
 * each line matched something. That is a verdict that passes. One that does not says why an approval can no longer come,
 * with the reason of the pipeline. Pure.
 */
export function decideApproval(situation: Situation, facts: ApprovalFacts): Decision {
  const {deciding} = situation.rollup
  const {lines, names} = facts.gap
  const wanted = deciding.flatMap(attempt => {
    const jobs = facts.jobsOf(attempt.id) ?? []
    const isWanted = ({type, name}: Job): boolean =>
      type === 'approval' && facts.listed.matches(name) === 'yes'
    return jobs.filter(isWanted).map(job => ({attempt, job, jobs}))
  })
  const open = wanted.filter(({job}) => jobStatus(job.status).phase !== 'success')
  const isListed = deciding.every(({id, status}) => {
    const jobs = facts.jobsOf(id)
    return jobs !== undefined && (jobs.length > 0 || !isUnfinished(status))
  })
  if (open.length === 0 && lines.length === 0 && isListed) return settle(situation, wanted)
  for (const one of open) {
    const lost = lossOf(situation, one)
    if (lost !== undefined) return lost
  }
  const decision = decide(situation)
  if (decision.kind === 'wait') return decision
  const {conclusion, message, passes} = decision.verdict
  const missing = quoted([...lines, ...open.map(({job}) => job.name)])
  if (conclusion === 'success') {
    const text = `Input "approve": ${missing} matches no approval job of this pipeline, which has succeeded.`
    return end('failure', 'input', `${text} ${describeNames(names)}${oneALine(lines)}`)
  }
  if (passes) return decision
  const text = `${message} Not approved: ${missing}.`
  return {...decision, verdict: {...decision.verdict, message: text}}
}

/** Everything known is approved: may there be more? */
function settle(situation: Situation, approved: readonly Approval[]): Decision {
  const {state, newestAgeMs, anonymousForMs, confirmed} = situation
  if (state !== 'created') return {kind: 'wait'}
  const leftMs = Math.max(LATE_WORKFLOW_MS - newestAgeMs, ANONYMOUS_MS - anonymousForMs)
  if (leftMs > 0) return {kind: 'wait', withinMs: leftMs}
  if (!confirmed) return {kind: 'wait', unconfirmed: true}
  return approved.length === 0
    ? end('skipped', 'not-run', 'Another pipeline has what "approve" lists.', true)
    : end('success', undefined, `Approved: ${approved.map(nameOf).join(', ')}.`, true)
}

/** Why an approval job will not come on hold any more; `undefined`: it may. */
function lossOf(situation: Situation, approval: Approval): Decision | undefined {
  const {attempt, job, jobs} = approval
  const what = `Approval job ${nameOf(approval)} can no longer be approved: `
  if (!isUnfinished(attempt.status)) {
    if (autoRerunDueMs(situation, attempt) > 0) return undefined
    const why = `its workflow ended as ${attempt.status}, and it is ${job.status}.`
    return lost(phaseOf(attempt.status), what + why)
  }
  const obstacle = obstacleTo(jobs, job) ?? (jobStatus(job.status).ended ? job : undefined)
  if (obstacle === undefined || isCopy(obstacle, attempt)) return undefined
  if (hasRerunLeft(situation, attempt)) return undefined
  const why = obstacle === job ? 'it' : `"${obstacle.name}", which has to end before it,`
  return lost(jobStatus(obstacle.status).phase, `${what}${why} is ${obstacle.status}.`)
}

/** A rerun lists for a moment how a job ended before. */
function isCopy({stoppedAt}: Job, {attempt, createdAt}: Attempt): boolean {
  return attempt > 1 && !(Date.parse(stoppedAt ?? '') >= Date.parse(createdAt))
}

function lost(phase: Phase, message: string): Decision {
  const [conclusion, reason] = LOSSES[phase] ?? (['failure', 'workflow-failed'] as const)
  return end(conclusion, reason, message)
}

const LOSSES: Partial<Record<Phase, readonly [Conclusion, FailureReason]>> = {
  success: ['failure', 'input'],
  'not-run': ['skipped', 'not-run'],
  canceled: ['cancelled', 'canceled'],
  unauthorized: ['failure', 'unauthorized'],
  error: ['failure', 'config-error']
}
