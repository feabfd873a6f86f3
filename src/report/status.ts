import type {Conclusion} from '../base/errors.ts'
import {anyStatus, type Kind} from '../circleci/statuses.ts'

/** How a status is shown: a mark that survives plain text, one for Markdown, and the words. */
export interface StatusLook {
  readonly icon: string
  readonly emoji: string
  readonly words: string
  readonly kind: Kind
}

const LOOKS = {
  passed: {icon: '✓', emoji: '✅'},
  failed: {icon: '✗', emoji: '❌'},
  running: {icon: '●', emoji: '🔵'},
  waiting: {icon: '◌', emoji: '⚪'},
  held: {icon: '⏸', emoji: '⏸️'},
  stopped: {icon: '⊘', emoji: '🚫'},
  unknown: {icon: '?', emoji: '❔'}
} as const satisfies Record<Kind, Omit<StatusLook, 'kind' | 'words'>>

/** How a workflow's or job's status is shown. A status that is not known is shown as it came (still remote text). */
export function lookOf(status: string): StatusLook {
  const {kind, words} = anyStatus(status)
  return {...LOOKS[kind], kind, words: words ?? status.replaceAll('_', ' ')}
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
