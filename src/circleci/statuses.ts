import type {Log} from '../base/log.ts'

/** What a status means for the verdict. An `unknown` one is taken as unfinished: it never ends a wait. */
export type Phase =
  | 'success'
  | 'not-run'
  | 'canceled'
  | 'unauthorized'
  | 'failed'
  | 'error'
  | 'on-hold'
  | 'blocked'
  | 'failing'
  | 'queued'
  | 'running'
  | 'unknown'

/** How a status is shown: what ended well or badly, what goes on, what waits for a turn or for a person. */
export type Kind = 'passed' | 'failed' | 'running' | 'waiting' | 'held' | 'stopped' | 'unknown'

/** All that a status means. */
export interface Status {
  readonly phase: Phase
  /** Whether it is final. On hold is not: somebody may approve. */
  readonly ended: boolean
  /** Whether it has run, so that it has a beginning. */
  readonly started: boolean
  readonly kind: Kind
  /** How it is called for people, where that is not the status itself. */
  readonly words?: string
}

/**
 * The statuses of a workflow, those that prove least last: of two answers that contradict each other the one further down
 * counts. Values: CircleCI's OpenAPI document, `GET /pipeline/{id}/workflow`. `queued`, waiting for a serial group, stands only in
 * https://circleci.com/docs/guides/orchestrate/workflows/
 */
export const WORKFLOW_STATUSES = {
  success: {phase: 'success', ended: true, started: true, kind: 'passed'},
  not_run: {phase: 'not-run', ended: true, started: false, kind: 'stopped', words: 'not run'},
  canceled: {phase: 'canceled', ended: true, started: true, kind: 'stopped'},
  unauthorized: {phase: 'unauthorized', ended: true, started: false, kind: 'failed'},
  failed: {phase: 'failed', ended: true, started: true, kind: 'failed'},
  error: {phase: 'error', ended: true, started: false, kind: 'failed'},
  on_hold: {phase: 'on-hold', ended: false, started: true, kind: 'held', words: 'on hold'},
  failing: {phase: 'failing', ended: false, started: true, kind: 'failed'},
  queued: {phase: 'running', ended: false, started: false, kind: 'waiting'},
  running: {phase: 'running', ended: false, started: true, kind: 'running'}
} as const satisfies Readonly<Record<string, Status>>

/**
 * The statuses of a job, those that prove least last, too. Values: CircleCI's OpenAPI document, `GET /workflow/{id}/job`.
 * `retried` has been replaced by another run. `unauthorized` counts as failed wherever failed jobs are named, though the verdict has a row of its own for it; `canceled` is
 * somebody's decision. An approval job is `blocked` until what it requires has ended, then `on_hold`.
 */
export const JOB_STATUSES = {
  success: {phase: 'success', ended: true, started: true, kind: 'passed'},
  retried: {phase: 'not-run', ended: true, started: true, kind: 'stopped'},
  not_run: {phase: 'not-run', ended: true, started: false, kind: 'stopped', words: 'not run'},
  canceled: {phase: 'canceled', ended: true, started: true, kind: 'stopped'},
  unauthorized: {phase: 'unauthorized', ended: true, started: false, kind: 'failed'},
  'terminated-unknown': {
    phase: 'failed',
    ended: true,
    started: true,
    kind: 'failed',
    words: 'terminated'
  },
  infrastructure_fail: {
    phase: 'failed',
    ended: true,
    started: true,
    kind: 'failed',
    words: 'infrastructure failure'
  },
  timedout: {phase: 'failed', ended: true, started: true, kind: 'failed', words: 'timed out'},
  failed: {phase: 'failed', ended: true, started: true, kind: 'failed'},
  on_hold: {phase: 'on-hold', ended: false, started: false, kind: 'held', words: 'on hold'},
  blocked: {phase: 'blocked', ended: false, started: false, kind: 'waiting'},
  not_running: {
    phase: 'queued',
    ended: false,
    started: false,
    kind: 'waiting',
    words: 'not running yet'
  },
  queued: {phase: 'queued', ended: false, started: false, kind: 'waiting'},
  running: {phase: 'running', ended: false, started: true, kind: 'running'}
} as const satisfies Readonly<Record<string, Status>>

const UNKNOWN: Status = {phase: 'unknown', ended: false, started: true, kind: 'unknown'}

/** Whose status it is. */
export type StatusOf = 'workflow' | 'job'

const TABLES: Readonly<Record<StatusOf, Readonly<Record<string, Status>>>> = {
  workflow: WORKFLOW_STATUSES,
  job: JOB_STATUSES
}

/** What a workflow's status means for the verdict. */
export function phaseOf(status: string): Phase {
  return workflowStatus(status).phase
}

/** What a job's status means; the steps of a job have the same. */
export function jobStatus(status: string): Status {
  return rowOf('job', status) ?? UNKNOWN
}

/** What a status means that may be a job's or a workflow's: where both have it, it is shown the same way. */
export function anyStatus(status: string): Status {
  return rowOf('job', status) ?? workflowStatus(status)
}

/** Whether a workflow can still change by itself. On hold counts: somebody may approve. */
export function isUnfinished(status: string): boolean {
  return !workflowStatus(status).ended
}

/** Whether a job, or a step of one, ended badly: `canceled` did not, `unauthorized` did. */
export function isFailed(status: string): boolean {
  return jobStatus(status).kind === 'failed'
}

/** Whether of two contradicting statuses the first proves less than the second, and so is the one to believe. */
export function provesLess(of: StatusOf, status: string, other: string): boolean {
  return rank(of, status) > rank(of, other)
}

/** Warns about each status that this version does not know, once. */
export class UnknownStatuses {
  private readonly log: Pick<Log, 'warning'>
  private readonly warned = new Set<string>()

  constructor(log: Pick<Log, 'warning'>) {
    this.log = log
  }

  /** Looks through the workflows, or the jobs, of an answer. */
  note(of: StatusOf, rows: readonly {readonly name: string; readonly status: string}[]): void {
    for (const {name, status} of rows) {
      const key = `${of} ${status}`
      if (rowOf(of, status) !== undefined || this.warned.has(key)) continue
      this.warned.add(key)
      const what = of === 'workflow' ? 'Workflow' : 'Job'
      this.log.warning(
        `${what} "${name}" has the status "${status}", which this version of the action does not know: it counts as still running.`
      )
    }
  }
}

function workflowStatus(status: string): Status {
  return rowOf('workflow', status) ?? UNKNOWN
}

function rowOf(of: StatusOf, status: string): Status | undefined {
  return Object.hasOwn(TABLES[of], status) ? TABLES[of][status] : undefined
}

function rank(of: StatusOf, status: string): number {
  const at = Object.keys(TABLES[of]).indexOf(status)
  return at === -1 ? Infinity : at
}
