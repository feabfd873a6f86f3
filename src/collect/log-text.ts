import {withoutTerminalCodes} from '../base/terminal-codes.ts'

/** Longest line that is shown, in UTF-16 units: enough for a stack frame or an assertion. */
const MAX_LINE = 1000

/** Wherever somebody who shows the log begins a line, but for the carriage return, which writes over its own. */
const LINE_BREAK = /[\n\v\f\u0085\u2028\u2029]/
/** What is left of C0 and DEL once line breaks and tabs are set apart; they have no place in a log for people. */
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f]/g

/** The end of a log, ready to be shown. */
export interface Tail {
  readonly lines: readonly string[]
  /** Whether earlier lines were left out. */
  readonly cut: boolean
}

/**
 * The last `count` lines of a terminal's output as plain text: escape sequences removed, lines that a progress bar
 * wrote over again and again reduced to what was visible last, very long lines cut, blank lines at the end dropped.
 * With `headless` the text lacks its beginning: its first line is likely half of one and is left out.
 */
export function tailOf(text: string, count: number, headless = false): Tail {
  const lines = withoutTerminalCodes(text)
    .split(LINE_BREAK)
    .map(line => cutLine(visible(line).replace(CONTROLS, '')))
  if (headless && lines.length > 1) lines.shift()
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  return {
    lines: count <= 0 ? [] : lines.slice(-count),
    cut: lines.length > Math.max(0, count) || headless
  }
}

/** What a line shows after its carriage returns: the last text written that is not blank. */
function visible(line: string): string {
  if (!line.includes('\r')) return line
  const segments = line.split('\r')
  return segments.findLast(segment => segment.trim() !== '') ?? ''
}

function cutLine(line: string): string {
  if (line.length <= MAX_LINE) return line
  // Never between the halves of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(line.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE
  return `${line.slice(0, end)}… (${line.length - end} more characters)`
}
