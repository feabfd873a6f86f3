import type {Conclusion, FailureReason} from '../base/errors.ts'
import {oneALine, type Matcher} from '../base/matcher.ts'
import type {Job} from '../circleci/model.ts'
import {isUnfinished, jobStatus, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt, Verdict} from '../record/result.ts'
import type {Decision, Situation} from './context.ts'
import {autoRerunDueMs, hasRerunLeft} from './deciders.ts'
import {approvalNames} from './approve-lines.ts'
import {obstacleTo} from './jobs.ts'
import {ANONYMOUS_MS, decide, LATE_WORKFLOW_MS} from './verdict.ts'
import {nameOf} from './wording.ts'

/** What the input `approve` lists, and what is known of the jobs. */
export interface ApprovalFacts {
  readonly lines: Matcher
  /** Whether a line has its approval job in another pipeline that is read as one with this. */
  readonly isElsewhere: (line: string) => boolean
  /** Jobs of an attempt; `undefined` until they were read. */
  readonly of: (attempt: Attempt) => readonly Job[] | undefined
}

interface Approval {
  readonly attempt: Attempt
  readonly job: Job
  /** Of its workflow. */
  readonly jobs: readonly Job[]
}

/**
 * Decides when a step that only approves has done so: everything that the input `approve` lists reads as approved, by
 * whomever, and each line matched something. That is a verdict that passes. One that does not tells why an approval can
 * no longer come, with the reason of the pipeline. Pure.
 */
export function decideApproval(situation: Situation, facts: ApprovalFacts): Decision {
  const all = approvalsOf(situation, facts)
  const wanted = all.filter(({job}) => facts.lines.matches(job.name) === 'yes')
  const unmatched = facts.lines
    .unmatched(all.map(({job}) => job.name))
    .filter(line => !facts.isElsewhere(line))
  const open = wanted.filter(one => !isApproved(one))
  const isListed = situation.rollup.deciding.every(attempt => {
    const jobs = facts.of(attempt)
    return jobs !== undefined && (jobs.length > 0 || !isUnfinished(attempt.status))
  })
  if (open.length === 0 && unmatched.length === 0 && isListed) {
    return settle(situation, wanted)
  }
  for (const one of open) {
    const lost = lostTo(situation, one)
    if (lost !== undefined) return {kind: 'verdict', verdict: lost}
  }
  const decision = decide({...situation, jobs: undefined})
  if (decision.kind === 'wait') return decision
  const missing = [...unmatched, ...open.map(({job}) => job.name)].map(name => `"${name}"`)
  const {verdict} = decision
  if (verdict.conclusion !== 'success') {
    const message = `${verdict.message} Not approved: ${missing.join(', ')}.`
    return {kind: 'verdict', verdict: verdict.passes ? verdict : {...verdict, message}}
  }
  return fail(
    'input',
    `Input "approve": ${missing.join(', ')} matches no approval job of this pipeline, which has succeeded. ${approvalNames(all.map(({job}) => job.name))}${oneALine(unmatched)}`
  )
}

function approvalsOf({rollup}: Situation, facts: ApprovalFacts): readonly Approval[] {
  return rollup.deciding.flatMap(attempt => {
    const jobs = facts.of(attempt) ?? []
    return jobs.filter(({type}) => type === 'approval').map(job => ({attempt, job, jobs}))
  })
}

function isApproved({job}: Approval): boolean {
  return jobStatus(job.status).phase === 'success'
}

/** Everything known is approved: may there be more? */
function settle(situation: Situation, approved: readonly Approval[]): Decision {
  const {state, newestAgeMs, anonymousForMs, confirmed} = situation
  if (state !== 'created') return {kind: 'wait'}
  const leftMs = Math.max(LATE_WORKFLOW_MS - newestAgeMs, ANONYMOUS_MS - anonymousForMs)
  if (leftMs > 0) return {kind: 'wait', withinMs: leftMs}
  if (!confirmed) return {kind: 'wait', unconfirmed: true}
  if (approved.length === 0) {
    const message = 'Another pipeline has what "approve" lists.'
    const verdict: Verdict = {conclusion: 'skipped', reason: 'not-run', passes: true, message}
    return {kind: 'verdict', verdict}
  }
  const message = `Approved: ${approved.map(nameOf).join(', ')}.`
  return {
    kind: 'verdict',
    verdict: {conclusion: 'success', reason: undefined, passes: true, message}
  }
}

/** Why an approval job will not come on hold any more; `undefined`: it may. */
function lostTo(situation: Situation, approval: Approval): Verdict | undefined {
  const {attempt, job, jobs} = approval
  const what = `Approval job ${nameOf(approval)} can no longer be approved: `
  if (!isUnfinished(attempt.status)) {
    const phase = phaseOf(attempt.status)
    if (phase === 'failed' && autoRerunDueMs(situation, attempt) > 0) return undefined
    return lost(phase, `${what}its workflow ended as ${attempt.status}, and it is ${job.status}.`)
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

function lost(phase: Phase, message: string): Verdict {
  const [reason, conclusion] = REASONS[phase] ?? (['workflow-failed', 'failure'] as const)
  return {conclusion, reason, passes: false, message}
}

const REASONS: Partial<Record<Phase, readonly [FailureReason, Conclusion]>> = {
  success: ['input', 'failure'],
  'not-run': ['not-run', 'skipped'],
  canceled: ['canceled', 'cancelled'],
  unauthorized: ['unauthorized', 'failure'],
  error: ['config-error', 'failure']
}

function fail(reason: FailureReason, message: string): Decision {
  return {kind: 'verdict', verdict: {conclusion: 'failure', reason, passes: false, message}}
}
