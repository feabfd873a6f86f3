import type {CallOptions} from '../circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import type {Job} from '../circleci/model.ts'
import {matcher, type Matcher} from '../matcher.ts'
import type {WaitContext} from './context.ts'
import {phaseOf, type Attempt} from './rollup.ts'

/** How often the jobs of a failing workflow are looked at: a hold nobody will approve may be all that keeps it open. */
const FAILING_LOOK_MS = 60_000

/**
 * How long the holds must have been all that is left of a workflow that CircleCI says is running, in milliseconds:
 * between two jobs it looks like that, too.
 */
const STILL_MS = 5_000

/** How long the second look after a refused approval may be tried, in milliseconds. */
const REFUSAL_PATIENCE_MS = 5_000

/** Statuses of a job that does nothing, and will not unless something else happens first. */
const IDLE_STATUSES = new Set([
  'blocked',
  'not_run',
  'success',
  'failed',
  'canceled',
  'unauthorized',
  'infrastructure_fail',
  'timedout',
  'terminated-unknown',
  'retried',
  'on_hold'
])

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
 * approve, because a workflow may say `running` with a job on hold.
 */
export class Holds {
  private readonly context: WaitContext
  private readonly named: Matcher
  private readonly looks = new Map<string, Look>()
  private toApprove: (readonly [Attempt, Job])[] = []
  private readonly approved = new Set<string>()
  private readonly refused = new Set<string>()

  constructor(context: WaitContext) {
    this.context = context
    this.named = matcher(context.settings.approve)
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

  /** The holds that are all that is left of a workflow; `undefined` when it goes on without them, or nothing is known. */
  onlyHolds(attempt: Attempt): readonly string[] | undefined {
    const look = this.looks.get(attempt.id)
    if (look?.onlyHeldSince === undefined) return undefined
    const held = look.jobs.filter(isHeld)
    if (held.some(job => this.approved.has(job.id))) return undefined
    const stillMs = phaseOf(attempt.status) === 'running' ? STILL_MS : 0
    if (look.at - look.onlyHeldSince < stillMs) return undefined
    return held.map(job => job.name)
  }

  /** Milliseconds until holds seen alone in a running workflow count as all that is left of it; `undefined`: there are none. */
  settlesInMs({id, status}: Attempt): number | undefined {
    const look = this.looks.get(id)
    if (look?.onlyHeldSince === undefined || phaseOf(status) !== 'running') return undefined
    const left = STILL_MS - (look.at - look.onlyHeldSince)
    return left > 0 ? left : undefined
  }

  /** Reads the jobs of the workflows that call for it. */
  async look(attempts: readonly Attempt[], options: CallOptions): Promise<void> {
    this.toApprove = []
    for (const attempt of attempts) {
      if (!this.isDue(attempt)) continue
      const jobs = await this.context.circleci.jobs(attempt.id, options)
      const at = this.context.clock.now()
      const since = onlyHeld(jobs) ? (this.looks.get(attempt.id)?.onlyHeldSince ?? at) : undefined
      this.looks.set(attempt.id, {status: attempt.status, at, jobs, onlyHeldSince: since})
      for (const job of jobs) if (this.mayApprove(job)) this.toApprove.push([attempt, job])
    }
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
    const {circleci, log} = this.context
    try {
      await circleci.approve(attempt.id, job.approvalRequestId ?? job.id, {signal})
      this.approved.add(job.id)
      log.info(`Approved "${job.name}" of workflow "${attempt.name}".`)
    } catch (error) {
      if (error instanceof RefusedError) {
        await this.refuse(attempt, job, error, signal)
      } else if (error instanceof UnavailableError) {
        log.debug(`Approving "${job.name}" is tried again at the next poll: ${error.message}`)
      } else {
        throw error
      }
    }
  }

  /** Somebody else may have been faster: then there is nothing to complain about. */
  private async refuse(
    attempt: Attempt,
    job: Job,
    refusal: RefusedError,
    signal: AbortSignal
  ): Promise<void> {
    const {circleci, log} = this.context
    this.refused.add(job.id)
    const options = {signal, patienceMs: REFUSAL_PATIENCE_MS}
    const now = await circleci.jobs(attempt.id, options).catch((error: unknown) => {
      if (error instanceof AbortedError) throw error
      return [job]
    })
    if (!now.some(({id, status}) => id === job.id && status === 'on_hold')) {
      log.debug(`"${job.name}" of workflow "${attempt.name}" was approved by somebody else.`)
      return
    }
    log.warning(
      `CircleCI did not let "${job.name}" of workflow "${attempt.name}" be approved: ${refusal.words || `it answered ${refusal.status}`}. Whoever the token belongs to needs the right to approve it; until then it waits for a person.`
    )
  }
}

function onlyHeld(jobs: readonly Job[]): boolean {
  return jobs.some(isHeld) && jobs.every(job => IDLE_STATUSES.has(job.status))
}

function isHeld(job: Job): boolean {
  return job.type === 'approval' && job.status === 'on_hold'
}
