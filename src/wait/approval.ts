import type {Conclusion, FailureReason} from '../base/errors.ts'
import {matcher, oneALine, type Matcher} from '../base/matcher.ts'
import {quoted} from '../base/text.ts'
import type {Job} from '../circleci/model.ts'
import {isUnfinished, jobStatus, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {Decision, Situation, WaitContext} from './context.ts'
import {autoRerunDueMs, hasRerunLeft, nameOf} from './deciders.ts'
import {obstacleTo, type JobLists} from './jobs.ts'
import {ANONYMOUS_MS, decide, end, LATE_WORKFLOW_MS} from './verdict.ts'

/** Lines of the input `approve` that match none of the approval jobs known so far, and the names of these jobs. */
export interface ApprovalGap {
  readonly lines: readonly string[]
  readonly names: readonly string[]
}

interface Approval {
  readonly attempt: Attempt
  readonly job: Job
  /** Of its workflow. */
  readonly jobs: readonly Job[]
}

/** The input `approve`, and the approval jobs of the workflows that decide. */
export class Approvals {
  private readonly context: Pick<WaitContext, 'log' | 'matchedElsewhere'>
  private readonly lists: Pick<JobLists, 'of'>
  private readonly matcher: Matcher
  private seen = ''
  private warned = ''

  constructor(context: WaitContext, lists: Pick<JobLists, 'of'>) {
    this.context = context
    this.lists = lists
    this.matcher = matcher(context.settings.approve)
  }

  /** Lines that no approval job of these workflows matches. */
  unmatched(deciding: readonly Attempt[]): readonly string[] {
    return this.matcher.unmatched(this.namesIn(deciding))
  }

  /** The same, but for lines that match one in another pipeline that is read as one with this. */
  gap(deciding: readonly Attempt[]): ApprovalGap {
    const lines = this.unmatched(deciding).filter(
      line => !this.context.matchedElsewhere('approve', line)
    )
    return {lines, names: this.namesIn(deciding)}
  }

  /** Warns once two looks in a row have shown, by what is on hold or has ended, that a line matches nothing. */
  warn(deciding: readonly Attempt[], holdsOf: (workflowId: string) => readonly string[]): void {
    const open = deciding.filter(({status}) => isUnfinished(status))
    const isShown = open.length === 0 || open.some(({id}) => holdsOf(id).length > 0)
    const isKnown = deciding.length > 0 && deciding.every(({id}) => this.lists.of(id) !== undefined)
    const gap = this.gap(deciding)
    const text = gap.lines.length > 0 && isShown && isKnown ? describeGap(gap) : ''
    if (text !== '' && text === this.seen && text !== this.warned) {
      this.context.log.warning(text)
      this.warned = text
    }
    this.seen = text
  }

  /**
   * Decides when a step that only approves has done so: everything that the input lists reads as approved, by whomever, and
   * each line matched something. That is a verdict that passes. One that does not says why an approval can no longer come,
   * with the reason of the pipeline.
   */
  decide(situation: Situation): Decision {
    const {deciding} = situation.rollup
    const wanted = this.in(deciding).filter(({job}) => this.matcher.matches(job.name) === 'yes')
    const open = wanted.filter(({job}) => jobStatus(job.status).phase !== 'success')
    const {lines, names} = this.gap(deciding)
    const isListed = deciding.every(({id, status}) => {
      const jobs = this.lists.of(id)
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

  private in(deciding: readonly Attempt[]): readonly Approval[] {
    return deciding.flatMap(attempt => {
      const jobs = this.lists.of(attempt.id) ?? []
      return jobs.filter(({type}) => type === 'approval').map(job => ({attempt, job, jobs}))
    })
  }

  private namesIn(deciding: readonly Attempt[]): readonly string[] {
    return this.in(deciding).map(({job}) => job.name)
  }
}

/** Says that lines of the input `approve` match none of the approval jobs known so far. */
export function describeGap({lines, names}: ApprovalGap): string {
  return `Input "approve": ${quoted(lines)} matches no approval job of this pipeline so far. ${describeNames(names)}${oneALine(lines)}`
}

function describeNames(names: readonly string[]): string {
  if (names.length === 0) return 'It has no approval jobs.'
  return `Its approval jobs are ${quoted([...new Set(names)])}.`
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
