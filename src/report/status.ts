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
  passed: {icon: '\u2713', emoji: '\u2705'},
  failed: {icon: '\u2717', emoji: '\u274c'},
  running: {icon: '\u25cf', emoji: '\ud83d\udd35'},
  waiting: {icon: '\u25cc', emoji: '\u26aa'},
  held: {icon: '\u23f8', emoji: '\u23f8\ufe0f'},
  stopped: {icon: '\u2298', emoji: '\ud83d\udeab'},
  unknown: {icon: '?', emoji: '\u2754'}
} as const satisfies Record<Kind, Omit<StatusLook, 'kind' | 'words'>>

/** How a workflow's or job's status is shown. A status that is not known is shown as it came (still remote text). */
export function lookOf(status: string): StatusLook {
  const {kind, words} = anyStatus(status)
  return {...LOOKS[kind], kind, words: words ?? status.replaceAll('_', ' ')}
}

const CONCLUSIONS = {
  success: {emoji: '\u2705', words: 'succeeded'},
  failure: {emoji: '\u274c', words: 'failed'},
  cancelled: {emoji: '\ud83d\udeab', words: 'was cancelled'},
  skipped: {emoji: '\u23ed\ufe0f', words: 'ran nothing'},
  timed_out: {emoji: '\u231b', words: 'did not finish in time'},
  action_required: {emoji: '\u23f8\ufe0f', words: 'waits for approval'}
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
  return {
    emoji: '\ud83d\udd35',
    words: isNone ? 'not triggered' : triggered ? 'triggered' : 'found'
  }
}
