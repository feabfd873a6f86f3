import type {Conclusion} from '../base/errors.ts'
import {anyStatus, type Kind} from '../circleci/statuses.ts'
import type {PipelineResult, Result, Verdict} from '../record/result.ts'
import {oneLine} from './escape.ts'

// How a pipeline among others, its status and its verdict are shown, the same in log, summary, chart and comment.

/** One pipeline of a step, as a result of its own. */
export interface View extends Result {
  /** How it is named among the step's other pipelines; `undefined` for the only one. Raw text. */
  readonly label: string | undefined
}

/**
 * The pipelines of a step, each as a result of its own, in the order in which they were asked for. Of a step that passes
 * all do: one that did not, such as one of a commit that ran nothing, did not count beside the others.
 */
export function viewsOf(result: Result): View[] {
  const {pipelines, verdict} = result
  if (pipelines.length <= 1) return [{...result, label: undefined}]
  return pipelines.map(one => ({
    ...result,
    ...one,
    pipelines,
    verdict: one.verdict && {
      ...one.verdict,
      passes: one.verdict.passes || verdict?.passes === true
    },
    label: labelOf(one, pipelines)
  }))
}

/** Whether a pipeline has ended, and so that the step cannot pass. */
export function isRed({verdict}: Pick<PipelineResult, 'verdict'>): boolean {
  return verdict?.passes === false
}

type Named = Pick<PipelineResult, 'name' | 'pipeline'>

/**
 * What a pipeline is called among others: by its entry's name, and by its number where that is missing or shared.
 * `undefined` when there are no others.
 */
export function labelOf(one: Named, all: readonly Named[]): string | undefined {
  if (all.length <= 1) return undefined
  const {name, pipeline} = one
  const number = pipeline === undefined ? undefined : `#${pipeline.number}`
  if (name === undefined) return number ?? 'no pipeline'
  const isShared = all.some(other => other !== one && other.name === name)
  return isShared && number !== undefined ? `${name} ${number}` : name
}

/** The label as it stands before lines: `[api] `; nothing without one. Raw text of one line. */
export function prefixOf(label: string | undefined): string {
  return label === undefined ? '' : `[${oneLine(label, 80)}] `
}

/** What `of` finds in each pipeline, in turns: one of each, then a second of each, ... First of those that do not pass. */
export function inTurns<T>(views: readonly View[], of: (view: View) => readonly T[]): T[] {
  const found = views.flatMap(view =>
    of(view).map((item, turn) => ({item, turn, round: isRed(view) ? 0 : 1}))
  )
  return found.sort((a, b) => a.round - b.round || a.turn - b.turn).map(({item}) => item)
}

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
