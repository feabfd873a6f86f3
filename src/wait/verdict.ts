import type {Conclusion, FailureReason} from '../base/errors.ts'
import {oneALine} from '../base/matcher.ts'
import {quoted} from '../base/text.ts'
import {isUnfinished, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {Decision, JobFacts, Situation} from './context.ts'
import {
  autoRerunDueMs,
  decidersOf,
  failureSentence,
  hasRerunLeft,
  list,
  workflowDecider,
  type Decider
} from './deciders.ts'
import {messageLine} from './workflows.ts'

/** How long an empty list of workflows is believed to be only late, after the pipeline was first seen `created`. */
const NO_WORKFLOWS_AFTER_MS = 60_000
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
  const isEarly = isBad || situation.jobs !== undefined
  const isAnyOpen = situation.rollup.attempts.some(one => one.latest && isUnfinished(one.status))
  if (!isEarly || !(isAnyOpen || isGoingOn(situation))) return decision
  const message = `${verdict.message} The pipeline is left running.`
  return {...decision, verdict: {...verdict, message}}
}

/** Whether something that decides still goes on, so that the pipeline's state says nothing yet. */
export function isGoingOn(situation: Situation): boolean {
  return judgedOf(situation).some(isOpen)
}

/** What is judged: what decides, and setup workflows, which decide only by not succeeding. */
function judgedOf(situation: Situation): readonly Decider[] {
  const setup = situation.rollup.setup
    .map(attempt => workflowDecider(situation, attempt))
    .filter(({phase}) => phase !== 'success')
  return [...setup, ...decidersOf(situation)]
}

function judge(situation: Situation): Decision {
  const {rollup, state, policies} = situation
  if (state === 'errored') return errored(situation, [])
  const broken = [...rollup.setup, ...rollup.deciding].filter(
    one => phaseOf(one.status) === 'error'
  )
  if (broken.length > 0) return errored(situation, broken)
  const judged = judgedOf(situation)
  const inPhase = (phase: Phase): Decider[] => judged.filter(one => one.phase === phase)

  const failed = inPhase('failed')
  const lost = inPhase('failing').filter(({attempt}) => !hasRerunLeft(situation, attempt))
  if (policies.failFast && failed.length + lost.length > 0) return failure([...failed, ...lost])
  const anonymousMs = ANONYMOUS_MS - situation.anonymousForMs
  if (judged.some(isOpen) || anonymousMs > 0) {
    const rerunsMs = judged.map(({attempt}) => autoRerunDueMs(situation, attempt))
    const due = [...rerunsMs, anonymousMs].filter(ms => ms > 0)
    return {kind: 'wait', ...(due.length === 0 ? {} : {withinMs: Math.min(...due)})}
  }

  if (failed.length > 0) return failure(failed)
  const unauthorized = inPhase('unauthorized')
  if (unauthorized.length > 0) {
    const message = `${list(unauthorized, 'is')} unauthorized: a user who triggered or approved it has no access to a restricted context that it uses.`
    return end('failure', 'unauthorized', message)
  }
  const canceled = inPhase('canceled')
  if (canceled.length > 0) return end('cancelled', 'canceled', `${list(canceled, 'was')} canceled.`)
  // A setup workflow that did not run continues nothing.
  const idle = inPhase('not-run').filter(({attempt}) => attempt.setup)
  if (idle.length > 0) return onlyNotRun(situation, idle)
  const held = inPhase('on-hold')
  // While a setup workflow is on hold its pipeline makes no other.
  const waiting = held.some(one => one.attempt.setup) ? undefined : moreToCome(situation, held)
  if (waiting !== undefined) return waiting
  return held.length > 0 ? onHold(situation, held) : finished(situation, judged)
}

function isOpen({phase}: Decider): boolean {
  return phase === 'running' || phase === 'failing' || phase === 'unknown'
}

function errored({errors}: Situation, broken: readonly Attempt[]): Decision {
  const what =
    broken.length > 0
      ? `${list(broken.map(attempt => ({attempt})))} could not run`
      : 'CircleCI could not run the pipeline'
  const words = errors.map(messageLine)
  const why = words.length > 0 ? words.join('; ') : 'CircleCI gave no reason; its page may have one'
  const advice = words.some(text => /^(?:Unexpected argument|Type error for arg)/.test(text))
    ? ' Check the input "parameters" against what the config declares.'
    : ''
  return end('failure', 'config-error', `${what}: ${why}.${advice}`)
}

function failure(failed: readonly Decider[]): Decision {
  const isJob = failed.some(({job}) => job !== undefined)
  return end('failure', isJob ? 'job-failed' : 'workflow-failed', failureSentence(failed))
}

function onHold({policies}: Situation, held: readonly Decider[]): Decision {
  if (policies.onHold === 'wait') return {kind: 'wait', onHold: true}
  const names = [...new Set(held.flatMap(({holds}) => holds))]
  const jobs = names.length === 0 ? '' : `: ${quoted(names)}`
  const message = `${list(held, 'is')} on hold, waiting for approval${jobs}.`
  return end('action_required', 'on-hold', message, policies.onHold === 'succeed')
}

/** Everything that decides is finished or on hold, and nothing of it badly: is that all there is to come? */
function moreToCome(situation: Situation, held: readonly Decider[]): Decision | undefined {
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
  const pending =
    unmatched.length > 0
      ? unmatchedWorkflows(situation, held)
      : situation.jobs && unmatchedJobs(situation, situation.jobs, held)
  return pending ?? laterWorkflow(situation)
}

/** Nothing more is to come, and nothing went badly. */
function finished(situation: Situation, judged: readonly Decider[]): Decision {
  const successes = judged.filter(({phase}) => phase === 'success')
  if (successes.length === 0) return onlyNotRun(situation, judged)
  const setup = situation.jobs === undefined ? situation.rollup.setup : []
  const all = [...setup.map(attempt => ({attempt})), ...successes]
  return end('success', undefined, `${list(all)} succeeded.`, true)
}

function noWorkflows({policies, rollup: {setup, others}}: Situation): Decision {
  const passes = policies.onNoWorkflows === 'succeed'
  if (others.length > 0) {
    const message = `Input "workflows" excludes every workflow of this pipeline: ${namesOf(others)}.`
    return end('skipped', 'not-run', message, passes)
  }
  const after = setup.length > 0 ? ' after its setup workflow' : ''
  const message = `The pipeline ran no workflows${after}: the filters or "when" conditions in its config match none for this ref and these parameters.`
  return end('skipped', 'no-workflows', message, passes)
}

function onlyNotRun(situation: Situation, notRun: readonly Decider[]): Decision {
  const {rollup, jobs, policies} = situation
  const what =
    notRun.length > 0
      ? `${list(notRun, 'was')} not run.`
      : rollup.deciding.length > 0 && jobs !== undefined
        ? `Input "jobs" matches no job of this pipeline. ${jobNames(rollup.deciding, jobs)}`
        : `Input "workflows" matches no workflow of this pipeline. Its workflows are ${namesOf(rollup.others)}.`
  return end('skipped', 'not-run', what, policies.onNoWorkflows === 'succeed')
}

/** Workflows that were asked for and are not listed: late, mistyped, or not needed this time. */
function unmatchedWorkflows(situation: Situation, held: readonly Decider[]): Decision | undefined {
  const {deciding, others, unmatched} = situation.rollup
  const isGrowing = others.some(one => isUnfinished(one.status)) && !waitsForHolds(situation, held)
  if (isGrowing) return {kind: 'wait'}
  const names = namesOf([...deciding, ...others])
  const message = `Input "workflows": ${quoted(unmatched)} matches no workflow of this pipeline. Its workflows are ${names}.${oneALine(unmatched)}`
  return unmatchedLines(situation, held, message)
}

/** Jobs that were asked for and are not listed, or exclusions that leave nothing: a workflow that goes on may list more. */
function unmatchedJobs(
  situation: Situation,
  jobs: JobFacts,
  held: readonly Decider[]
): Decision | undefined {
  const {attempts, deciding} = situation.rollup
  const unmatched = jobs.unmatched(
    attempts.filter(one => one.deciding).flatMap(one => jobs.of(one) ?? [])
  )
  if (unmatched.length === 0 && (jobs.isElsewhere || decidersOf(situation).length > 0)) {
    return undefined
  }
  const open = deciding
    .filter(one => isUnfinished(one.status))
    .map(one => workflowDecider(situation, one))
  const stuck = open.filter(({phase}) => phase === 'failed')
  const waiting = open.filter(({phase}) => phase === 'on-hold')
  if (open.length > stuck.length + waiting.length) return {kind: 'wait'}
  if (stuck.length > 0) return failure(stuck)
  if (waiting.length > 0) return laterWorkflow(situation) ?? onHold(situation, waiting)
  if (unmatched.length === 0) return undefined
  const message = `Input "jobs": ${quoted(unmatched)} matches no job of the workflows that decide. ${jobNames(deciding, jobs)}${oneALine(unmatched)}`
  return unmatchedLines(situation, held, message)
}

function unmatchedLines(
  situation: Situation,
  held: readonly Decider[],
  message: string
): Decision | undefined {
  if (waitsForHolds(situation, held)) return {kind: 'wait', onHold: true}
  const left = NO_WORKFLOWS_AFTER_MS - situation.newestAgeMs
  if (left > 0) return {kind: 'wait', withinMs: left}
  const passes = situation.policies.onNoWorkflows === 'succeed'
  return passes ? undefined : end('failure', 'input', message)
}

function waitsForHolds({policies}: Situation, held: readonly Decider[]): boolean {
  return held.length > 0 && policies.onHold === 'wait'
}

/** The wait for a workflow that may still be on its way; `undefined`: it would be here. */
function laterWorkflow({newestAgeMs}: Situation): Decision | undefined {
  const left = LATE_WORKFLOW_MS - newestAgeMs
  return left > 0 ? {kind: 'wait', withinMs: left} : undefined
}

/** `Their jobs are "build", "deploy".` */
function jobNames(deciding: readonly Attempt[], jobs: JobFacts): string {
  const names = deciding
    .flatMap(attempt => jobs.of(attempt) ?? [])
    .filter(({type}) => type !== 'approval')
    .map(({name}) => name)
  if (names.length === 0) return `${list(deciding.map(attempt => ({attempt})))} listed none.`
  return `Their jobs are ${quoted([...new Set(names)])}.`
}

function namesOf(attempts: readonly Attempt[]): string {
  return quoted([...new Set(attempts.map(({name}) => name))])
}

/** A verdict; one that does not pass unless said so. */
export function end(
  conclusion: Conclusion,
  reason: FailureReason | undefined,
  message: string,
  passes = false
): Decision {
  return {kind: 'verdict', verdict: {conclusion, reason, passes, message}}
}
