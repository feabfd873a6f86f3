import type {Conclusion, FailureReason} from '../base/errors.ts'
import {oneALine} from '../base/matcher.ts'
import {isUnfinished, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {Decision, Policies, Situation} from './context.ts'
import {messageLine} from './pipeline-state.ts'
import {list, sentence} from './wording.ts'

/** How long an empty list of workflows is believed to be only late, after the pipeline was first seen `created`. */
export const NO_WORKFLOWS_AFTER_MS = 60_000
/** How long an automatic rerun that is due may take to appear. */
export const AUTO_RERUN_GRACE_MS = 60_000
/** How long a workflow listed without an id is waited for after it was last listed. */
export const ANONYMOUS_MS = 60_000
/**
 * How long after the newest workflow was first seen another one may still be on its way. A green verdict before that could
 * overlook a workflow that goes on to fail; workflows that ran longer than this pay nothing.
 */
export const LATE_WORKFLOW_MS = 5_000

/**
 * Applies the verdict table: a pure function of what the API returned and of how long it has been so. What passes rests
 * on one more listing than what ends badly: a workflow that one listing lacks must not go unnoticed.
 */
export function decide(situation: Situation): Decision {
  const decision = judge(situation)
  if (decision.kind === 'wait') return decision
  const {verdict} = decision
  if (verdict.passes && !situation.confirmed) return {kind: 'wait', unconfirmed: true}
  const isBad = verdict.conclusion === 'failure' || verdict.conclusion === 'cancelled'
  if (!isBad || !goesOn(situation)) return decision
  const message = `${verdict.message} The pipeline is left running.`
  return {...decision, verdict: {...verdict, message}}
}

/** Whether anything of the pipeline outlives a verdict. */
function goesOn(situation: Situation): boolean {
  const {attempts} = situation.rollup
  return isGoingOn(situation) || attempts.some(one => one.latest && isUnfinished(one.status))
}

/** Whether something that decides still goes on, so that the pipeline's state says nothing yet. */
export function isGoingOn(situation: Situation): boolean {
  const {deciding, setup} = situation.rollup
  return [...deciding, ...setup].some(one => isOpen(settledPhase(situation, one)))
}

function judge(situation: Situation): Decision {
  const {rollup, state} = situation
  if (state === 'errored') return errored(situation)
  const setup = rollup.setup.filter(attempt => settledPhase(situation, attempt) !== 'success')
  const judged = [...setup, ...rollup.deciding]
  const phases = new Map(judged.map(attempt => [attempt, settledPhase(situation, attempt)]))
  const inPhase = (phase: Phase): Attempt[] => judged.filter(one => phases.get(one) === phase)

  const broken = inPhase('error')
  if (broken.length > 0) return errored(situation, broken)
  const failed = inPhase('failed')
  const doomed = [...failed, ...inPhase('failing').filter(one => !hasRerunLeft(situation, one))]
  const unfinished = judged.filter(one => isOpen(phases.get(one)))
  if (situation.policies.failFast && doomed.length > 0) {
    return end('failure', 'workflow-failed', sentence(doomed))
  }
  const anonymousMs = ANONYMOUS_MS - situation.anonymousForMs
  if (unfinished.length > 0 || anonymousMs > 0) {
    return {kind: 'wait', ...graceOf(situation, judged, anonymousMs)}
  }

  if (failed.length > 0) return end('failure', 'workflow-failed', sentence(failed))
  const unauthorized = inPhase('unauthorized')
  if (unauthorized.length > 0) return notAuthorized(unauthorized)
  const canceled = inPhase('canceled')
  if (canceled.length > 0) {
    return end('cancelled', 'canceled', `${list(canceled, 'was')} canceled.`)
  }
  // A setup workflow that did not run continues nothing.
  if (setup.some(one => phases.get(one) === 'not-run')) return onlyNotRun(situation.policies, setup)
  const held = inPhase('on-hold')
  // While a setup workflow is on hold its pipeline makes no other.
  const waiting = held.some(one => one.setup) ? undefined : moreToCome(situation, held)
  return (
    waiting ?? (held.length > 0 ? onHold(situation, held) : finished(situation, inPhase('success')))
  )
}

/** A failed workflow with a rerun due is not settled yet, and one that only holds keep from failing is. */
function settledPhase(situation: Situation, attempt: Attempt): Phase {
  const phase = phaseOf(attempt.status)
  if (phase === 'failed') {
    const isDue = situation.rerunAhead(attempt) || autoRerunDueMs(situation, attempt) > 0
    return isDue ? 'running' : phase
  }
  const holds = situation.onlyHolds(attempt)
  if (phase === 'failing') return holds === undefined ? phase : 'failed'
  if (phase === 'on-hold') return holds === undefined ? 'running' : phase
  if (phase === 'running' && holds !== undefined) return 'on-hold'
  return phase
}

function isOpen(phase: Phase | undefined): boolean {
  return phase === 'running' || phase === 'failing' || phase === 'unknown'
}

/**
 * Milliseconds that the successor of a failed workflow may still take to appear; 0 when none is due. Automatic reruns
 * follow first runs and one another, never a manual rerun.
 * https://circleci.com/docs/guides/orchestrate/automatic-reruns/
 */
export function autoRerunDueMs(situation: Situation, attempt: Attempt): number {
  if (!hasAutoRerunLeft(attempt)) return 0
  return Math.max(0, AUTO_RERUN_GRACE_MS - situation.stoppedForMs(attempt))
}

function hasAutoRerunLeft({attempt, autoRerunNumber, maxAutoReruns}: Attempt): boolean {
  const manual = attempt > 1 && autoRerunNumber === 0
  return !manual && maxAutoReruns > autoRerunNumber
}

function hasRerunLeft(situation: Situation, attempt: Attempt): boolean {
  return hasAutoRerunLeft(attempt) || situation.rerunAhead(attempt)
}

function graceOf(
  situation: Situation,
  judged: readonly Attempt[],
  anonymousMs: number
): {withinMs?: number} {
  const due = judged
    .filter(one => phaseOf(one.status) === 'failed')
    .map(one => autoRerunDueMs(situation, one))
    .concat(anonymousMs)
    .filter(ms => ms > 0)
  return due.length === 0 ? {} : {withinMs: Math.min(...due)}
}

function errored(situation: Situation, broken: readonly Attempt[] = []): Decision {
  const words = situation.errors.map(messageLine)
  const what =
    broken.length > 0 ? `${list(broken)} could not run` : 'CircleCI could not run the pipeline'
  const why =
    words.length > 0 ? `: ${words.join('; ')}` : ': CircleCI gave no reason; its page may have one'
  return end('failure', 'config-error', `${what}${why}.`)
}

function notAuthorized(attempts: readonly Attempt[]): Decision {
  return end(
    'failure',
    'unauthorized',
    `${list(attempts, 'is')} unauthorized: a user who triggered or approved it has no access to a restricted context that it uses.`
  )
}

function onHold(situation: Situation, held: readonly Attempt[]): Decision {
  const names = held.flatMap(one => situation.onlyHolds(one) ?? [])
  const {onHold: policy} = situation.policies
  if (policy === 'wait') return {kind: 'wait', onHold: true}
  const jobs = names.length === 0 ? '' : `: ${names.map(name => `"${name}"`).join(', ')}`
  return end(
    'action_required',
    'on-hold',
    `${list(held, 'is')} on hold, waiting for approval${jobs}.`,
    policy === 'succeed'
  )
}

/** Every deciding workflow is finished or on hold, and none of them badly: is that all there is to come? */
function moreToCome(situation: Situation, held: readonly Attempt[]): Decision | undefined {
  const {rollup, state} = situation
  const {deciding, setup, others, unmatched} = rollup
  // Only `created` says that no (further) workflows are being made.
  if (state !== 'created') return {kind: 'wait'}
  if (deciding.length === 0 && (others.length === 0 || unmatched.length === 0)) {
    // A setup workflow's success has only just let the pipeline go on.
    const idleMs = Math.min(situation.createdForMs, ...setup.map(situation.stoppedForMs))
    const left = NO_WORKFLOWS_AFTER_MS - idleMs
    return left > 0 ? {kind: 'wait', withinMs: left} : noWorkflows(situation)
  }
  const pending = unmatched.length > 0 ? unmatchedPatterns(situation, held) : undefined
  if (pending !== undefined) return pending
  const left = LATE_WORKFLOW_MS - situation.newestAgeMs
  return left > 0 ? {kind: 'wait', withinMs: left} : undefined
}

/** Nothing more is to come, and nothing went badly. */
function finished({rollup, policies}: Situation, successes: readonly Attempt[]): Decision {
  if (successes.length === 0) return onlyNotRun(policies, rollup.deciding, rollup.others)
  const all = [...rollup.setup, ...successes]
  return end('success', undefined, `${list(all)} succeeded.`, true)
}

function noWorkflows(situation: Situation): Decision {
  const passes = situation.policies.onNoWorkflows === 'succeed'
  const {setup, others} = situation.rollup
  if (others.length > 0) {
    return end(
      'skipped',
      'not-run',
      `Input "workflows" excludes every workflow of this pipeline: ${namesOf(others)}.`,
      passes
    )
  }
  const after = setup.length > 0 ? ' after its setup workflow' : ''
  return end(
    'skipped',
    'no-workflows',
    `The pipeline ran no workflows${after}: the filters or "when" conditions in its config match none for this ref and these parameters.`,
    passes
  )
}

function onlyNotRun(
  policies: Policies,
  attempts: readonly Attempt[],
  others: readonly Attempt[] = []
): Decision {
  const passes = policies.onNoWorkflows === 'succeed'
  const what =
    attempts.length > 0
      ? `${list(attempts, 'was')} not run.`
      : `Input "workflows" matches no workflow of this pipeline. Its workflows are ${namesOf(others)}.`
  return end('skipped', 'not-run', what, passes)
}

/** Workflows that were asked for and are not listed: late, mistyped, or not needed this time. */
function unmatchedPatterns(situation: Situation, held: readonly Attempt[]): Decision | undefined {
  const {rollup, policies} = situation
  if (held.length > 0 && policies.onHold === 'wait') return {kind: 'wait', onHold: true}
  const open = rollup.others.some(one => isUnfinished(one.status))
  if (open) return {kind: 'wait'}
  const left = NO_WORKFLOWS_AFTER_MS - situation.newestAgeMs
  if (left > 0) return {kind: 'wait', withinMs: left}
  if (policies.onNoWorkflows === 'succeed') return undefined
  const names = namesOf([...rollup.deciding, ...rollup.others])
  const patterns = rollup.unmatched.map(pattern => `"${pattern}"`).join(', ')
  return end(
    'failure',
    'input',
    `Input "workflows": ${patterns} matches no workflow of this pipeline. Its workflows are ${names}.${oneALine(rollup.unmatched)}`
  )
}

function namesOf(attempts: readonly Attempt[]): string {
  return [...new Set(attempts.map(one => `"${one.name}"`))].join(', ')
}

function end(
  conclusion: Conclusion,
  reason: FailureReason | undefined,
  message: string,
  passes = false
): Decision {
  return {kind: 'verdict', verdict: {conclusion, reason, passes, message}}
}
