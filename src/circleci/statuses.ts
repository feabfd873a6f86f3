import type {Log} from '../base/log.ts'

/** How a status is shown: what ended well or badly, what goes on, what waits for a turn or for a person. */
export type Kind = 'passed' | 'failed' | 'running' | 'waiting' | 'held' | 'stopped' | 'unknown'

/** What a phase means for the verdict, and how it is shown. An `unknown` status is taken as unfinished: it never ends a wait. */
const PHASES = {
  success: {ended: true, started: true, kind: 'passed'},
  'not-run': {ended: true, started: false, kind: 'stopped'},
  canceled: {ended: true, started: true, kind: 'stopped'},
  unauthorized: {ended: true, started: false, kind: 'failed'},
  failed: {ended: true, started: true, kind: 'failed'},
  error: {ended: true, started: false, kind: 'failed'},
  'on-hold': {ended: false, started: false, kind: 'held'},
  blocked: {ended: false, started: false, kind: 'waiting'},
  failing: {ended: false, started: true, kind: 'failed'},
  queued: {ended: false, started: false, kind: 'waiting'},
  running: {ended: false, started: true, kind: 'running'},
  unknown: {ended: false, started: true, kind: 'unknown'}
} as const satisfies Readonly<Record<string, Omit<Status, 'phase'>>>

/** What a status means for the verdict. */
export type Phase = keyof typeof PHASES

/** All that a status means. */
export interface Status {
  readonly phase: Phase
  /** Whether it is final. On hold is not: somebody may approve. */
  readonly ended: boolean
  /** Whether a job in it has run, so that it has a beginning. */
  readonly started: boolean
  readonly kind: Kind
  /** What people call it, where that is not the status itself. */
  readonly words?: string
}

/**
 * The statuses of a workflow. Those that prove least come last: of two answers that contradict each other the one further
 * down counts. Values: CircleCI's OpenAPI document, `GET /pipeline/{id}/workflow`. `queued`, waiting for a serial group, stands
 * only in https://circleci.com/docs/guides/orchestrate/workflows/
 */
export const WORKFLOW_STATUSES: Readonly<Record<string, Status>> = {
  success: row('success'),
  not_run: row('not-run'),
  canceled: row('canceled'),
  unauthorized: row('unauthorized'),
  failed: row('failed'),
  error: row('error'),
  on_hold: row('on-hold'),
  failing: row('failing'),
  queued: row('running', {kind: 'waiting', started: false}),
  running: row('running')
}

/**
 * The statuses of a job, in the same order. Values: CircleCI's OpenAPI document, `GET /workflow/{id}/job`. `retried` has been
 * replaced by another run. `unauthorized` counts as failed wherever failed jobs are named, though the verdict has a row of its
 * own for it; `canceled` is somebody's decision. An approval job is `blocked` until what it requires has ended, then `on_hold`.
 */
export const JOB_STATUSES: Readonly<Record<string, Status>> = {
  success: row('success'),
  retried: row('not-run', {started: true}),
  not_run: row('not-run'),
  canceled: row('canceled'),
  unauthorized: row('unauthorized'),
  'terminated-unknown': row('failed', {words: 'terminated'}),
  infrastructure_fail: row('failed', {words: 'infrastructure failure'}),
  timedout: row('failed', {words: 'timed out'}),
  failed: row('failed'),
  on_hold: row('on-hold'),
  blocked: row('blocked'),
  not_running: row('queued', {words: 'not running yet'}),
  queued: row('queued'),
  running: row('running')
}

const UNKNOWN = row('unknown')

function row(phase: Phase, special: Partial<Status> = {}): Status {
  return {phase, ...PHASES[phase], ...special}
}

/** Whose status it is. */
export type StatusOf = 'workflow' | 'job'

const TABLES = {workflow: WORKFLOW_STATUSES, job: JOB_STATUSES}

/** What a workflow's status means for the verdict. */
export function phaseOf(status: string): Phase {
  return statusOf('workflow', status).phase
}

/** What a job's status means; the steps of a job have the same. */
export function jobStatus(status: string): Status {
  return statusOf('job', status)
}

/** What a status means that may be a job's or a workflow's: where both have it, it is shown the same way. */
export function anyStatus(status: string): Status {
  return isKnown('job', status) ? jobStatus(status) : statusOf('workflow', status)
}

/** Whether a workflow can still change by itself. On hold counts: somebody may approve. */
export function isUnfinished(status: string): boolean {
  return !statusOf('workflow', status).ended
}

/** Whether a job, or a step of one, ended badly: `canceled` did not, `unauthorized` did. */
export function isFailed(status: string): boolean {
  return jobStatus(status).kind === 'failed'
}

/** Whether of two contradicting statuses the first proves less than the second, and so is the one to believe. */
export function provesLess(of: StatusOf, status: string, other: string): boolean {
  const order = Object.keys(TABLES[of])
  const rank = (one: string): number => (isKnown(of, one) ? order.indexOf(one) : Infinity)
  return rank(status) > rank(other)
}

/**
 * The rows of a listing by their ids; those without are left out. Of rows that contradict each other the one that proves
 * less counts.
 */
export function distinct<T extends {readonly id: string; readonly status: string}>(
  of: StatusOf,
  rows: readonly T[]
): Map<string, T> {
  const byId = new Map<string, T>()
  for (const row of rows) {
    if (row.id === '') continue
    const other = byId.get(row.id)
    if (other === undefined || provesLess(of, row.status, other.status)) byId.set(row.id, row)
  }
  return byId
}

/** Warns about each status that this version does not know, once. */
export class UnknownStatuses {
  private readonly log: Pick<Log, 'warning'>
  private readonly warned = new Set<string>()

  constructor(log: Pick<Log, 'warning'>) {
    this.log = log
  }

  /** Looks at a workflow, or a job, that was read; returns it. */
  note<T extends {readonly name: string; readonly status: string}>(of: StatusOf, row: T): T {
    const {name, status} = row
    const key = `${of} ${status}`
    if (isKnown(of, status) || this.warned.has(key)) return row
    this.warned.add(key)
    const what = of === 'workflow' ? 'Workflow' : 'Job'
    this.log.warning(
      `${what} "${name}" has the status "${status}", which this version of the action does not know: it counts as still running.`
    )
    return row
  }
}

function statusOf(of: StatusOf, status: string): Status {
  return (isKnown(of, status) ? TABLES[of][status] : undefined) ?? UNKNOWN
}

function isKnown(of: StatusOf, status: string): boolean {
  return Object.hasOwn(TABLES[of], status)
}
