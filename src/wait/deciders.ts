import {listOf} from '../base/text.ts'
import type {Job} from '../circleci/model.ts'
import {isFailed, isUnfinished, jobStatus, phaseOf, type Phase} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {JobFacts, Situation} from './context.ts'

/** How long an automatic rerun that is due may take to appear. */
const AUTO_RERUN_GRACE_MS = 60_000
/** So many workflows, or jobs, are named in a sentence. */
const MOST_NAMED = 8

/** Something that decides the verdict, and how far it is. */
export interface Decider {
  /** The workflow, or that of the job. */
  readonly attempt: Attempt
  /** With the input `jobs`: the job that decides. */
  readonly job?: Job
  readonly phase: Phase
  /** Names of the approval jobs that are all it waits for. */
  readonly holds: readonly string[]
}

/** What decides: the latest attempts of the workflows, or with the input `jobs` those of the jobs that it lists. */
export function decidersOf(situation: Situation): readonly Decider[] {
  const {jobs, rollup} = situation
  if (jobs === undefined) return rollup.deciding.map(one => workflowDecider(situation, one))
  return rollup.deciding.flatMap(newest =>
    jobsWithin(situation, jobs, newest).map(one =>
      one.phase === 'failed' ? {...one, phase: settled(situation, newest)} : one
    )
  )
}

/** A workflow as a decider: with a rerun due a failed one goes on, and one that only holds keep from failing has failed. */
export function workflowDecider(situation: Situation, attempt: Attempt): Decider {
  const phase = phaseOf(attempt.status)
  const holds = situation.onlyHolds(attempt)
  if (phase === 'failed') return {attempt, phase: settled(situation, attempt), holds: holds ?? []}
  if (holds === undefined) {
    return {attempt, phase: phase === 'on-hold' ? 'running' : phase, holds: []}
  }
  const held: Partial<Record<Phase, Phase>> = {failing: 'failed', running: 'on-hold'}
  return {attempt, phase: held[phase] ?? phase, holds}
}

/** Whether something that decides has failed within a workflow that ended as failed, whatever reruns are left. */
export function hasFailed(situation: Situation, attempt: Attempt): boolean {
  const {jobs} = situation
  if (phaseOf(attempt.status) !== 'failed') return false
  return (
    jobs === undefined || jobsWithin(situation, jobs, attempt).some(({phase}) => phase === 'failed')
  )
}

/** Whether a workflow says `failing` and only its holds keep it from ending. */
export function isStuck(situation: Situation, attempt: Attempt): boolean {
  return phaseOf(attempt.status) === 'failing' && situation.onlyHolds(attempt) !== undefined
}

/** What failed is final as soon as no rerun can follow; before that its workflow has to end. */
function settled(situation: Situation, newest: Attempt): Phase {
  if (!isUnfinished(newest.status)) {
    const isRerunDue = situation.rerunAhead(newest) || autoRerunDueMs(situation, newest) > 0
    return isRerunDue ? 'running' : 'failed'
  }
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
  const isOpen = isUnfinished(newest.status)
  const own = isOpen ? 'running' : phaseOf(newest.status)
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
      const one = {attempt, job, holds: []}
      if (!isOpen) return {...one, phase: ended(job, attempt)}
      if (attempt !== newest || isCopy(job)) return {...one, phase: copied(job)}
      return {attempt, job, ...going(situation, facts, attempt, job)}
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

/** How far a job is whose workflow goes on. */
function going(
  situation: Situation,
  facts: JobFacts,
  attempt: Attempt,
  job: Job
): Pick<Decider, 'phase' | 'holds'> {
  const {phase} = jobStatus(job.status)
  if (isEnd(phase)) return {phase, holds: []}
  const holds = facts.heldBy(attempt, job)
  if (holds !== undefined) return {phase: 'on-hold', holds}
  // Where only approvals are left of the whole workflow, the job goes the way of the workflow.
  const whole = workflowDecider(situation, attempt)
  const isLeft = whole.phase === 'on-hold' || (whole.phase === 'failed' && whole.holds.length > 0)
  return isLeft ? whole : {phase: 'running', holds: []}
}

/**
 * Milliseconds that the successor of a failed workflow may still take to appear; 0 when none is due. Automatic reruns
 * follow first runs and one another, never a manual rerun.
 * https://circleci.com/docs/guides/orchestrate/automatic-reruns/
 */
export function autoRerunDueMs(situation: Situation, attempt: Attempt): number {
  if (phaseOf(attempt.status) !== 'failed' || !hasAutoRerunLeft(attempt)) return 0
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

/** Something that decides, as it is named: a workflow, or a job of one. */
type Named = Pick<Decider, 'attempt' | 'job'>

/** `"a"`, `"a" (attempt 2)`, `"e2e" of workflow "a"`. */
export function nameOf({attempt: {name, attempt}, job}: Named): string {
  const workflow = attempt > 1 ? `"${name}" (attempt ${attempt})` : `"${name}"`
  return job === undefined ? workflow : `"${job.name}" of workflow ${workflow}`
}

/** The subject of a sentence: `Workflows "a" and "b" were`, `Job "e2e" of workflow "a"`; cut after a few names. */
export function list(items: readonly Named[], verb?: 'is' | 'was'): string {
  const workflows = items.filter(({job}) => job === undefined)
  const jobs = items.filter(({job}) => job !== undefined)
  const parts = [
    ...some('Workflow', workflows),
    ...some(workflows.length === 0 ? 'Job' : 'job', jobs)
  ]
  const one = items.length === 1
  const verbs = {is: one ? ' is' : ' are', was: one ? ' was' : ' were'}
  return `${parts.join(' and ')}${verb === undefined ? '' : verbs[verb]}`
}

function some(noun: string, items: readonly Named[]): readonly string[] {
  if (items.length === 0) return []
  const names = items.slice(0, MOST_NAMED).map(nameOf)
  if (items.length > names.length) names.push(`${items.length - names.length} more`)
  return [`${noun}${items.length === 1 ? '' : 's'} ${listOf(names)}`]
}

/** `Workflow "a" failed. Workflow "b" is failing.`, and of a job that never ran `... was not run, because ...` */
export function failureSentence(failed: readonly Decider[]): string {
  const failing = failed.filter(
    ({attempt, job}) => job === undefined && phaseOf(attempt.status) === 'failing'
  )
  const notRun = failed.filter(({job}) => job !== undefined && !isFailed(job.status))
  const ended = failed.filter(one => !failing.includes(one) && !notRun.includes(one))
  return [
    ended.length > 0 && `${list(ended)} failed.`,
    failing.length > 0 && `${list(failing, 'is')} failing.`,
    notRun.length > 0 && `${list(notRun, 'was')} not run, because its workflow failed.`
  ]
    .filter(Boolean)
    .join(' ')
}
