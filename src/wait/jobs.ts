import type {CallOptions, CircleCI} from '../circleci/client.ts'
import type {Job} from '../circleci/model.ts'
import {distinct, isUnfinished, jobStatus, phaseOf} from '../circleci/statuses.ts'
import {mapBounded} from '../base/concurrency.ts'
import {isExclusion, matcherOf, textTest} from '../base/matcher.ts'
import type {Attempt} from '../record/result.ts'

/** Requests for the jobs of workflows under way at once. */
const AT_ONCE = 4
/** How long an ended workflow that succeeded is asked again for jobs that it says have not ended, in milliseconds. */
const SETTLES_MS = 10_000

/** The jobs of workflows, as shown by every answer so far. */
export class JobLists {
  private readonly circleci: Pick<CircleCI, 'jobs'>
  private readonly stoppedForMs: (workflowId: string) => number
  private readonly lists = new Map<
    string,
    {readonly jobs: readonly Job[]; readonly readAfterEnd: boolean}
  >()

  /** `stoppedForMs`: milliseconds since a workflow was first seen ended. */
  constructor(circleci: Pick<CircleCI, 'jobs'>, stoppedForMs: (workflowId: string) => number) {
    this.circleci = circleci
    this.stoppedForMs = stoppedForMs
  }

  /** As last read; `undefined`: never. */
  of(workflowId: string): readonly Job[] | undefined {
    return this.lists.get(workflowId)?.jobs
  }

  /** Those of several workflows, as far as they were read. */
  within(attempts: readonly Attempt[]): readonly Job[] {
    return attempts.flatMap(({id}) => this.of(id) ?? [])
  }

  /** Reads the jobs of a workflow once more. Rejects like the client does. */
  async read({id, status}: Attempt, options: CallOptions): Promise<readonly Job[]> {
    const listed = await this.circleci.jobs(id, options)
    const jobs = learnJobs(this.of(id) ?? [], listed)
    this.lists.set(id, {jobs, readAfterEnd: !isUnfinished(status)})
    return jobs
  }

  /** Reads the jobs of those workflows whose jobs are not final. Rejects like the client does. */
  async refresh(attempts: readonly Attempt[], options: CallOptions): Promise<void> {
    const due = attempts.filter(one => !this.isFinal(one))
    await mapBounded(due, AT_ONCE, attempt => this.read(attempt, options))
  }

  /**
   * Whether the jobs are as they will stay: read after the workflow had ended. Of one that succeeded none can be unfinished:
   * then the answer was old.
   */
  isFinal({id, status}: Attempt): boolean {
    const list = this.lists.get(id)
    if (list?.readAfterEnd !== true || isUnfinished(status)) return false
    const isOld = list.jobs.some(job => !jobStatus(job.status).ended)
    return !isOld || phaseOf(status) !== 'success' || this.stoppedForMs(id) >= SETTLES_MS
  }
}

/**
 * The jobs of a workflow after one more listing: a job that the listing lacks stays as it was, of two rows of one id that
 * which proves less counts, and an ended job stays ended.
 */
export function learnJobs(known: readonly Job[], listed: readonly Job[]): readonly Job[] {
  const jobs = new Map(known.map(job => [job.id, job]))
  for (const [id, job] of distinct('job', listed)) {
    const before = jobs.get(id)
    if (before === undefined || !jobStatus(before.status).ended) jobs.set(id, job)
  }
  return [...jobs.values()]
}

/** What the input `jobs` lists. */
export interface JobMatcher {
  /**
   * Whether a job decides. Jobs that CircleCI runs on a machine are meant by name or glob, other kinds by their exact name,
   * approvals never; a name too long to be matched decides.
   */
  readonly decides: (job: Pick<Job, 'name' | 'type'>) => boolean
  /** The lines without `!` that match none of the jobs. */
  readonly unmatched: (jobs: readonly Job[]) => readonly string[]
}

/** Makes the matcher of the input `jobs`; `undefined` when it is empty. */
export function jobMatcher(lines: readonly string[]): JobMatcher | undefined {
  if (lines.length === 0) return undefined
  const names = matcherOf<Pick<Job, 'name' | 'type'>>(lines, line => {
    const test = textTest(line, 'name')
    return ({name, type}) => (type === 'build' || name === line ? test(name) : 'no')
  })
  const isNamed = !lines.every(isExclusion)
  return {
    decides: job =>
      job.type !== 'approval' && (job.type === 'build' || isNamed) && names.matches(job) !== 'no',
    unmatched: jobs => names.unmatched(jobs.filter(({type}) => type !== 'approval'))
  }
}

/** Whether a job is a hold: an approval job that waits for a person. */
export function isHold(job: Job): boolean {
  return job.type === 'approval' && jobStatus(job.status).phase === 'on-hold'
}

/**
 * Whether nothing but holds is left of these jobs. A blocked job whose dependencies have ended as it requires is
 * about to run; one that names none waits for something that cannot be seen.
 */
export function onlyHoldsLeft(jobs: readonly Job[]): boolean {
  const ends = new Map(jobs.map(({id, status}) => [id, status]))
  const isReady = (job: Job): boolean =>
    job.dependencies.length > 0 &&
    job.dependencies.every(id => isSatisfied(job, id, ends.get(id) ?? ''))
  return (
    jobs.some(isHold) &&
    jobs.every(job => {
      const {phase, ended} = jobStatus(job.status)
      return ended || phase === 'on-hold' || (phase === 'blocked' && !isReady(job))
    })
  )
}

/** The holds that are all that a job waits for; `undefined` when something else comes first, or it will never run. */
export function holdsBefore(jobs: readonly Job[], job: Job): readonly Job[] | undefined {
  if (jobStatus(job.status).phase !== 'blocked' || obstacleTo(jobs, job) !== undefined) {
    return undefined
  }
  const before = chainOf(jobs, job)
  return onlyHoldsLeft(before) ? before.filter(isHold) : undefined
}

/** The first job that ended otherwise than is required for a job that has not run: that will not run any more. */
export function obstacleTo(
  jobs: readonly Job[],
  job: Job,
  seen: readonly Job[] = []
): Job | undefined {
  const chain = chainOf(jobs, job).filter(one => one === job || !jobStatus(one.status).ended)
  for (const one of chain) {
    const ended = jobs.find(
      ({id, status}) =>
        one.dependencies.includes(id) && jobStatus(status).ended && !isSatisfied(one, id, status)
    )
    if (ended === undefined || seen.includes(ended)) continue
    const isFirst = jobStatus(ended.status).phase !== 'not-run'
    return isFirst ? ended : (obstacleTo(jobs, ended, [...seen, ended]) ?? ended)
  }
  return undefined
}

function isSatisfied({requires}: Job, id: string, status: string): boolean {
  return (requires?.[id] ?? ['success']).includes(status)
}

/** A job, and everything that has to end before it can run. */
function chainOf(jobs: readonly Job[], job: Job): readonly Job[] {
  const chain = new Set([job])
  for (const {dependencies} of chain) {
    for (const one of jobs) if (dependencies.includes(one.id)) chain.add(one)
  }
  return [...chain]
}
