import type {Conclusion} from '../base/errors.ts'

/** How a status is shown: a mark that survives plain text, one for Markdown, and the words. */
export interface StatusLook {
  readonly icon: string
  readonly emoji: string
  readonly words: string
  readonly kind: 'passed' | 'failed' | 'running' | 'waiting' | 'held' | 'stopped' | 'unknown'
}

const LOOKS = {
  passed: {icon: '✓', emoji: '✅'},
  failed: {icon: '✗', emoji: '❌'},
  running: {icon: '●', emoji: '🔵'},
  waiting: {icon: '◌', emoji: '⚪'},
  held: {icon: '⏸', emoji: '⏸️'},
  stopped: {icon: '⊘', emoji: '🚫'},
  unknown: {icon: '?', emoji: '❔'}
} as const

/** The status enums of workflows and jobs in CircleCI's API v2 (`GET /pipeline/{id}/workflow`, `GET /workflow/{id}/job`). */
const KINDS: Readonly<Record<string, StatusLook['kind']>> = {
  success: 'passed',
  failed: 'failed',
  failing: 'failed',
  error: 'failed',
  errored: 'failed',
  infrastructure_fail: 'failed',
  timedout: 'failed',
  'terminated-unknown': 'failed',
  unauthorized: 'failed',
  running: 'running',
  queued: 'waiting',
  not_running: 'waiting',
  blocked: 'waiting',
  on_hold: 'held',
  canceled: 'stopped',
  not_run: 'stopped',
  retried: 'stopped'
}

const WORDS: Readonly<Record<string, string>> = {
  infrastructure_fail: 'infrastructure failure',
  timedout: 'timed out',
  'terminated-unknown': 'terminated',
  not_running: 'not running yet',
  not_run: 'not run'
}

/** How a workflow's or job's status is shown. A status that is not known is shown as it came (still remote text). */
export function lookOf(status: string): StatusLook {
  const kind = Object.hasOwn(KINDS, status) ? (KINDS[status] ?? 'unknown') : 'unknown'
  const words = Object.hasOwn(WORDS, status) ? WORDS[status] : undefined
  return {...LOOKS[kind], kind, words: words ?? status.replaceAll('_', ' ')}
}

/** Whether a job with this status counts as failed; a cancelled one does not. */
export function isFailed(status: string): boolean {
  return lookOf(status).kind === 'failed'
}

const CONCLUSIONS = {
  success: {icon: '✓', emoji: '✅', words: 'succeeded'},
  failure: {icon: '✗', emoji: '❌', words: 'failed'},
  cancelled: {icon: '⊘', emoji: '🚫', words: 'was cancelled'},
  skipped: {icon: '–', emoji: '⏭️', words: 'ran nothing'},
  timed_out: {icon: '✗', emoji: '⌛', words: 'was not finished in time'},
  action_required: {icon: '⏸', emoji: '⏸️', words: 'waits for approval'}
} as const satisfies Record<Conclusion, Omit<StatusLook, 'kind'>>

/** How a conclusion is shown; its words complete a sentence that starts with "The pipeline". */
export function conclusionLook(conclusion: Conclusion): Omit<StatusLook, 'kind'> {
  return CONCLUSIONS[conclusion]
}
