import {formatDuration} from '../base/text.ts'
import type {Result} from '../record/result.ts'
import {code, link, markdown} from './escape.ts'
import {row, table, wholeText, type Section} from './sections.ts'
import {conclusionLook, pipelineLook} from './status.ts'
import {pipelineDurationMs} from './timeline.ts'
import {isRed, type View} from './views.ts'

/**
 * What became of each pipeline of a step that has several: a table under the verdict on all of them, whose sentence follows
 * when no row says why. `mark` is the heading's.
 */
export function pipelineTable(
  {verdict}: Result,
  views: readonly View[],
  mark: '##' | '###'
): Section[] {
  const red = views.filter(isRed).length
  const emoji = verdict === undefined ? '\ud83d\udd35' : conclusionLook(verdict).emoji
  const passed = verdict?.passes === true ? ': all passed' : ''
  const why = red > 0 || verdict?.passes !== false ? '' : `${markdown(verdict.message, 2000)}\n\n`
  const outcomes = red === 0 ? passed : `: ${red} did not pass`
  const severalProjects = new Set(views.map(({slug}) => slug)).size > 1
  return [
    table(`${mark} ${emoji} ${views.length} CircleCI pipelines${outcomes}`, {
      headings: ['Pipeline', ...(severalProjects ? ['Project'] : []), 'Result', 'Took'],
      rows: views.map(view => pipelineRow(view, severalProjects)),
      noun: 'pipeline',
      rank: 8
    }),
    wholeText(why)
  ]
}

function pipelineRow(view: View, severalProjects: boolean): string {
  const {label = '', pipeline, slug, verdict} = view
  const number = pipeline === undefined || label.includes('#') ? '' : ` #${pipeline.number}`
  const {emoji, words} = pipelineLook(view)
  const why = isRed(view) ? `<br><sub>${markdown(verdict?.message ?? '', 200)}</sub>` : ''
  return row(
    link(markdown(label + number, 100), pipeline?.url),
    ...(severalProjects ? [code(slug)] : []),
    `${emoji} ${words}${why}`,
    pipeline === undefined ? '' : formatDuration(pipelineDurationMs(view))
  )
}
