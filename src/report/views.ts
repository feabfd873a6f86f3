import type {PipelineResult, Result} from '../record/result.ts'
import {oneLine} from './escape.ts'

/** One pipeline of a step, as a result of its own. */
export interface View extends Result {
  /** What tells it from the step's other pipelines; `undefined` for the only one. Raw text. */
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
 * What a pipeline is called among others: by the name of its entry, and by its number where it has no name or shares it.
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
