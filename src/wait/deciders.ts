import type {Job} from '../circleci/model.ts'
import {isUnfinished, jobStatus, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {JobFacts, Situation} from './context.ts'

/** How long an automatic rerun that is due may take to appear. */
export const AUTO_RERUN_GRACE_MS = 60_000

/** Something that decides the verdict, and how far it is. */
export interface Decider {
  /** The workflow, or that of the job. */
  readonly attempt: Attempt
  /** With the input `jobs`: the job that decides. */
  readonly job?: Job
  readonly phase: Phase
  /** The approval jobs that are all it waits for. */
  readonly holds: readonly string[]
}

/** What decides: the latest attempts of the workflows, or with the input `jobs` those of the jobs that it lists. */
export function decidersOf(situation: Situation): readonly Decider[] {
  const {deciding} = situation.rollup
  return deciding.flatMap(attempt => decidersWithin(situation, attempt))
}

/** A workflow as a decider. One that failed and has a rerun due is not settled yet, and one that only holds keep from failing is. */
export function workflowDecider(situation: Situation, attempt: Attempt): Decider {
  const phase = phaseOf(attempt.status)
  const holds = situation.onlyHolds(attempt)
  const settled = ((): Phase => {
    if (phase === 'failed') return isRerunDue(situation, attempt) ? 'running' : phase
    if (phase === 'failing') return holds === undefined ? phase : 'failed'
    if (phase === 'on-hold') return holds === undefined ? 'running' : phase
    return phase === 'running' && holds !== undefined ? 'on-hold' : phase
  })()
  return {attempt, phase: settled, holds: holds ?? []}
}

/** Whether something that decides has failed within a workflow that ended as failed, whatever reruns are left. */
export function hasFailed(situation: Situation, attempt: Attempt): boolean {
  const {jobs} = situation
  if (phaseOf(attempt.status) !== 'failed') return false
  return jobs === undefined || jobsWithin(situation, jobs, attempt).some(isFailed)
}

function isFailed({phase}: Decider): boolean {
  return phase === 'failed'
}

function decidersWithin(situation: Situation, newest: Attempt): readonly Decider[] {
  const {jobs} = situation
  if (jobs === undefined) return [workflowDecider(situation, newest)]
  return jobsWithin(situation, jobs, newest).map(one =>
    isFailed(one) ? {...one, phase: settled(situation, newest)} : one
  )
}

/** A failed job is final as soon as no rerun can follow; before that its workflow has to end. */
function settled(situation: Situation, newest: Attempt): Phase {
  if (!isUnfinished(newest.status)) return isRerunDue(situation, newest) ? 'running' : 'failed'
  const isStuck = situation.onlyHolds(newest) !== undefined
  return isStuck || !hasRerunLeft(situation, newest) ? 'failed' : 'failing'
}

/**
 * The jobs of a workflow that decide, each in the newest attempt that lists it. Where the jobs are not all known the
 * workflow stands for them: what is absent proves nothing.
 */
function jobsWithin(situation: Situation, facts: JobFacts, newest: Attempt): readonly Decider[] {
  const attempts = situation.rollup.attempts
    .filter(({name, setup}) => name === newest.name && !setup)
    .toReversed()
  const known = attempts.map(attempt => facts.of(attempt))
  const lists = known.map(jobs => jobs ?? [])
  const own = isUnfinished(newest.status) ? 'running' : phaseOf(newest.status)
  if (known.includes(undefined)) return [{attempt: newest, phase: 'running', holds: []}]
  if (lists[0]?.length === 0 && own !== 'success' && own !== 'not-run') {
    return [{attempt: newest, phase: own, holds: []}]
  }
  const seen = new Set<string>()
  return attempts.flatMap((attempt, index) => {
    const older = new Set(lists.slice(index + 1).flatMap(jobs => jobs.map(({id}) => id)))
    const isCopy = (job: Job): boolean =>
      older.has(job.id) || Date.parse(job.stoppedAt ?? '') < Date.parse(attempt.createdAt)
    const rows = (lists[index] ?? []).filter(job => facts.decides(job) && !seen.has(job.name))
    for (const {name} of rows) seen.add(name)
    return withoutReplaced(rows, isCopy).map(job => {
      if (attempt === newest && isUnfinished(newest.status)) {
        return going(situation, facts, attempt, job, isCopy(job))
      }
      const phase = isUnfinished(newest.status) ? copied(job) : ended(job, attempt)
      return {attempt, job, phase, holds: []}
    })
  })
}

/** Of rows of one name the copy of an earlier run, and what has been retried, give way to the run that followed. */
function withoutReplaced(rows: readonly Job[], isCopy: (job: Job) => boolean): readonly Job[] {
  const isReplaced = (job: Job): boolean => isCopy(job) || job.status === 'retried'
  return rows.filter(
    job => !isReplaced(job) || !rows.some(other => other.name === job.name && !isReplaced(other))
  )
}

/** What an earlier attempt's job is worth while a rerun goes on: its success counts, and nothing else. */
function copied({status}: Job): Phase {
  return jobStatus(status).phase === 'success' ? 'success' : 'running'
}

/** A job of a workflow that has ended: what did not end by itself ended with its workflow. */
function ended({status}: Job, attempt: Attempt): Phase {
  const {phase} = jobStatus(status)
  if (isEnd(phase)) return phase
  const own = phaseOf(attempt.status)
  return own === 'success' ? 'not-run' : own
}

/** Whether a job in this phase has come to its own end, whatever becomes of its workflow. */
export function isEnd(phase: Phase): boolean {
  return ['success', 'failed', 'canceled', 'unauthorized'].includes(phase)
}

/** A job of a workflow that goes on. */
function going(
  situation: Situation,
  facts: JobFacts,
  attempt: Attempt,
  job: Job,
  isCopy: boolean
): Decider {
  const {phase} = jobStatus(job.status)
  if (isCopy) return {attempt, job, phase: copied(job), holds: []}
  if (isEnd(phase)) return {attempt, job, phase, holds: []}
  const holds = facts.heldBy(attempt, job)
  if (holds !== undefined) return {attempt, job, phase: 'on-hold', holds}
  // Where nothing but holds is left of the whole workflow, the job goes the way of the workflow.
  const {phase: whole, holds: left} = workflowDecider(situation, attempt)
  const isLeft = whole === 'on-hold' || (whole === 'failed' && left.length > 0)
  return {attempt, job, phase: isLeft ? whole : 'running', holds: isLeft ? left : []}
}

/** Whether a workflow that has failed will have a successor. */
function isRerunDue(situation: Situation, attempt: Attempt): boolean {
  if (phaseOf(attempt.status) !== 'failed') return false
  return situation.rerunAhead(attempt) || autoRerunDueMs(situation, attempt) > 0
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

/** Whether a workflow that fails, or has failed, may have a successor yet. */
export function hasRerunLeft(situation: Situation, attempt: Attempt): boolean {
  return hasAutoRerunLeft(attempt) || situation.rerunAhead(attempt)
}

function hasAutoRerunLeft({attempt, autoRerunNumber, maxAutoReruns}: Attempt): boolean {
  const manual = attempt > 1 && autoRerunNumber === 0
  return !manual && maxAutoReruns > autoRerunNumber
}
