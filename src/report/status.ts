import type {Conclusion} from '../base/errors.ts'
import {anyStatus, type Kind} from '../circleci/statuses.ts'
import type {PipelineResult, Verdict} from '../record/result.ts'

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
  success: {emoji: '✅', words: 'succeeded'},
  failure: {emoji: '❌', words: 'failed'},
  cancelled: {emoji: '🚫', words: 'was cancelled'},
  skipped: {emoji: '⏭️', words: 'ran nothing'},
  timed_out: {emoji: '⌛', words: 'did not finish in time'},
  action_required: {emoji: '⏸️', words: 'waits for approval'}
} as const satisfies Record<Conclusion, Pick<StatusLook, 'emoji' | 'words'>>

/** How a verdict is shown: a mark for Markdown, and words that complete a sentence that starts with "The pipeline". */
export function conclusionLook({conclusion, passes}: Verdict): Pick<StatusLook, 'emoji' | 'words'> {
  const look = CONCLUSIONS[conclusion]
  return conclusion === 'skipped' && !passes ? {...look, emoji: LOOKS.failed.emoji} : look
}

/** How a pipeline is shown: by how it ended, or by what became of it so far. */
export function pipelineLook({
  pipeline,
  verdict,
  triggered
}: Pick<PipelineResult, 'pipeline' | 'verdict' | 'triggered'>): Pick<
  StatusLook,
  'emoji' | 'words'
> {
  if (verdict !== undefined) return conclusionLook(verdict)
  const isNone = pipeline === undefined
  return {emoji: '🔵', words: isNone ? 'not triggered' : triggered ? 'triggered' : 'found'}
}
