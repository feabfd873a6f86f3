import type {Conclusion, FailureReason} from '../base/errors.ts'
import {oneALine, type Matcher} from '../base/matcher.ts'
import {quoted} from '../base/text.ts'
import type {Job} from '../circleci/model.ts'
import {isUnfinished, jobStatus, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {ApprovalGap, Decision, Situation} from './context.ts'
import {autoRerunDueMs, hasRerunLeft, nameOf} from './deciders.ts'
import {obstacleTo} from './jobs.ts'
import {describeNames} from './lines.ts'
import {ANONYMOUS_MS, decide, end, LATE_WORKFLOW_MS} from './verdict.ts'

/** What the input `approve` lists, and what is known of the jobs. */
export interface ApprovalFacts {
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
