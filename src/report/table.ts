import {formatDuration} from '../base/duration.ts'
import type {Section} from './budget.ts'
import {lookOf} from './status.ts'
import {markdown} from './untrusted.ts'

/** One row of a Markdown table, from cells of finished Markdown. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

/** A table as a section whose items are its rows, under a title of finished Markdown. */
export function table(
  title: string,
  headings: readonly string[],
  rows: readonly string[],
  {noun, rank}: Pick<Section, 'noun' | 'rank'>
): Section {
  const open = `${title}\n\n${row(...headings)}${row(...headings.map(() => '---'))}`
  return {open, items: rows, close: '\n', noun, rank}
}

/** The same, folded under a summary line. */
export function foldedTable(
  summary: string,
  ...rest: Parameters<typeof table> extends [string, ...infer Rest] ? Rest : never
): Section {
  const inner = table(`<details>\n<summary>${summary}</summary>`, ...rest)
  return {...inner, close: '\n</details>\n\n'}
}

/** A cell with a status. */
export function statusCell(status: string): string {
  const {emoji, words} = lookOf(status)
  return `${emoji} ${markdown(words, 60)}`
}

/** A cell with a duration of so many milliseconds; empty when there is none. */
export function durationCell(ms: number | undefined): string {
  return ms === undefined ? '' : formatDuration(ms)
}
