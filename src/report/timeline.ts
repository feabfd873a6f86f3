import {jobStatus} from '../circleci/statuses.ts'
import type {JobRun, Result, WorkflowAttempt} from '../record/result.ts'

/** When one job waited and ran; epoch milliseconds, `undefined` where it did not. */
export interface JobTiming {
  readonly job: JobRun
  readonly startedAt: number | undefined
  /** When it stopped; for a job that has not, when the result was taken. */
  readonly endedAt: number | undefined
  /** Milliseconds from when nothing but a free machine was missing any more to when it started. */
  readonly queuedMs: number | undefined
  /** Milliseconds from started to ended; for an approval, the time it was on hold. */
  readonly ranMs: number | undefined
  /** Whether it ran in an earlier attempt and was only carried over into this one. */
  readonly carriedOver: boolean
  /** Whether it is part of the chain that decided when the pipeline ended. */
  readonly critical: boolean
}

type Timing = Omit<JobTiming, 'critical'>

/** When each job of a result was queued and ran, with the critical path marked. */
export function timeJobs(result: Result): JobTiming[] {
  const byId = new Map(result.jobs.map(job => [key(job), job]))
  const workflows = new Map(result.workflows.map(workflow => [workflow.id, workflow]))
  const timings = result.jobs.map(job =>
    timeJob(job, byId, workflows.get(job.workflowId), result.finishedAt)
  )
  const critical = criticalPath(timings, result.workflows)
  return timings.map(timing => ({...timing, critical: critical.has(timing)}))
}

function key(job: JobRun, id = job.id): string {
  return `${job.workflowId} ${id}`
}

function timeJob(
  job: JobRun,
  byId: ReadonlyMap<string, JobRun>,
  workflow: WorkflowAttempt | undefined,
  now: number
): Timing {
  const dependencies = job.dependencies.map(id => byId.get(key(job, id)))
  const createdAt = time(workflow?.createdAt)
  const stoppedAt = time(job.stoppedAt)
  const carriedOver = stoppedAt !== undefined && createdAt !== undefined && stoppedAt < createdAt
  const readyAt = latest([
    createdAt,
    ...dependencies.map(dependency => time(dependency?.stoppedAt))
  ])
  const startedAt = job.type === 'approval' ? heldSince(job, readyAt) : startOf(job)
  const endedAt = startedAt === undefined ? undefined : Math.max(startedAt, stoppedAt ?? now)
  const isQueued = jobStatus(job.status).phase === 'queued'
  const waitedUntil = startedAt ?? (isQueued ? now : undefined)
  return {
    job,
    startedAt,
    endedAt,
    queuedMs: job.type === 'approval' || carriedOver ? undefined : span(readyAt, waitedUntil),
    ranMs: span(startedAt, endedAt),
    carriedOver
  }
}

function startOf(job: JobRun): number | undefined {
  // What has not started may have a `started_at` all the same.
  return jobStatus(job.status).started ? time(job.startedAt) : undefined
}

/** An approval's own `started_at` is when its workflow started; it is on hold from when nothing else is missing. */
function heldSince(job: JobRun, readyAt: number | undefined): number | undefined {
  return ['on-hold', 'success'].includes(jobStatus(job.status).phase) ? readyAt : undefined
}

/** Milliseconds between two times, never negative: clocks of different machines disagree by a little. */
function span(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from)
}

/**
 * The chain that decided the end: from the job that ended last, each time to the dependency that ended last, and from a
 * workflow's first job to the earlier attempt or the setup workflow that had to end before this one could begin.
 */
function criticalPath(
  timings: readonly Timing[],
  workflows: readonly WorkflowAttempt[]
): ReadonlySet<Timing> {
  const byId = new Map(timings.map(timing => [key(timing.job), timing]))
  const path = new Set<Timing>()
  let next = lastEnded(timings.filter(({job}) => job.latest))
  while (next !== undefined && !path.has(next)) {
    path.add(next)
    const {job} = next
    const dependencies = job.dependencies.map(id => byId.get(key(job, id))).filter(isDefined)
    const before = predecessors(job, workflows)
    next =
      lastEnded(dependencies) ?? lastEnded(timings.filter(one => before.has(one.job.workflowId)))
  }
  return path
}

/** Ids of the workflows whose end let this job's workflow begin. */
function predecessors(job: JobRun, workflows: readonly WorkflowAttempt[]): ReadonlySet<string> {
  const own = workflows.find(({id}) => id === job.workflowId)
  if (own === undefined) return new Set()
  const isBefore = (other: WorkflowAttempt): boolean =>
    other.id !== own.id &&
    (own.attempt > 1
      ? other.name === own.name && other.attempt === own.attempt - 1
      : other.setup && !own.setup)
  return new Set(workflows.filter(isBefore).map(({id}) => id))
}

function lastEnded(timings: readonly Timing[]): Timing | undefined {
  return timings
    .filter(({endedAt, carriedOver}) => endedAt !== undefined && !carriedOver)
    .reduce<Timing | undefined>(
      (last, timing) =>
        last === undefined || (timing.endedAt ?? 0) > (last.endedAt ?? 0) ? timing : last,
      undefined
    )
}

/** How long the pipeline took, in milliseconds: until the step ended where a workflow has not; without one, the step. */
export function pipelineDurationMs(result: Result): number {
  const from = time(result.pipeline?.createdAt) ?? result.startedAt
  const ends = result.workflows.map(({stoppedAt}) => time(stoppedAt) ?? result.finishedAt)
  return Math.max(0, (latest(ends) ?? result.finishedAt) - from)
}

/** How long one attempt of a workflow took or has taken so far, in milliseconds. */
export function workflowDurationMs(workflow: WorkflowAttempt, now: number): number | undefined {
  return span(time(workflow.createdAt), time(workflow.stoppedAt) ?? now)
}

/** Epoch milliseconds of an ISO 8601 time; `undefined` for anything else. */
function time(text: string | undefined): number | undefined {
  const parsed = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(parsed) ? undefined : parsed
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter(isDefined)
  return known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b))
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined
}
