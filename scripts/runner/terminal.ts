import {stripVTControlCharacters, styleText} from 'node:util'
import type {Annotation, LogEvent} from './command-reader.ts'

/** Where the log goes and how. */
export interface TerminalOptions {
  readonly write: (text: string) => void
  readonly colour: boolean
  /** Whether debug lines are shown, as with step debug logging. */
  readonly debug?: boolean
  /** How many lines of a group stay visible; the rest is folded. All by default. */
  readonly groupLines?: number
}

/** Shows a log line by line. */
export interface LogTerminal {
  show(event: LogEvent): void
  /** Shows what is left of a group that nobody ended. */
  end(): void
}

type Style = Parameters<typeof styleText>[0]

const LEVELS = {
  error: {word: 'Error', style: 'red'},
  warning: {word: 'Warning', style: 'yellow'},
  notice: {word: 'Notice', style: 'cyan'}
} as const

/**
 * Makes a terminal that shows a step's log as GitHub's page does: groups under their titles, annotations in colour,
 * commands not at all. A terminal has no triangle to click, so a long group keeps its last lines and says how many
 * are folded.
 */
export function logTerminal(options: TerminalOptions): LogTerminal {
  const paint = (style: Style, text: string): string =>
    options.colour ? styleText(style, text, {validateStream: false}) : text
  const visible = options.groupLines ?? Infinity
  let group: string[] | undefined

  const print = (line: string): void => {
    if (group === undefined) options.write(`${line}\n`)
    else group.push(line)
  }
  const endGroup = (): void => {
    const lines = group ?? []
    group = undefined
    const folded = Math.max(0, lines.length - visible)
    const bar = paint('dim', '  │ ')
    if (folded > 0)
      print(bar + paint('dim', `… ${folded} earlier ${folded === 1 ? 'line' : 'lines'} folded`))
    for (const line of lines.slice(folded)) print(bar + line)
  }
  const annotation = ({level, message, properties}: Annotation): void => {
    const {word, style} = LEVELS[level]
    const [first = '', ...more] = clean(message, false).split('\n')
    const {file, line} = properties
    print(paint(style, `${word}: ${first}`))
    for (const text of more) print(paint(style, `  ${text}`))
    if (file !== undefined) {
      print(paint('dim', `  at ${clean(file, false)}${line === undefined ? '' : `:${line}`}`))
    }
  }
  return {
    end: endGroup,
    show: event => {
      switch (event.type) {
        case 'text':
          print(clean(event.line, options.colour))
          break
        case 'stop':
        case 'resume':
          print(paint('dim', clean(event.line, false)))
          break
        case 'group':
          endGroup()
          print(paint('bold', `▾ ${clean(event.title, false)}`))
          group = []
          break
        case 'endgroup':
          endGroup()
          break
        case 'annotation':
          annotation(event.annotation)
          break
        case 'refused':
          print(
            paint(
              'red',
              `Error: Unable to process command "${event.command.name}": ${event.reason}`
            )
          )
          break
        case 'debug':
          if (options.debug === true)
            print(paint('magenta', `Debug: ${clean(event.message, false)}`))
          break
        case 'mask':
        case 'output':
        case 'state':
        case 'command':
          break
      }
    }
  }
}

// GitHub's page shows colours and nothing else that a terminal would obey: no cursor moves, no titles, no links.
function clean(text: string, keepColour: boolean): string {
  const parts = keepColour ? text.split(COLOUR) : [text]
  const cleaned = parts.map((part, index) =>
    index % 2 === 1 ? part : stripVTControlCharacters(part).replace(CONTROL, '')
  )
  const reset = parts.length > 1 ? '\u001B[0m' : ''
  return cleaned.join('') + reset
}

const COLOUR = /(\u001B\[[\d;]*m)/
// Every control character but tab and line feed.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g

/**
 * Whether a stream shows colours: a terminal that has not asked for none. https://no-color.org and the `FORCE_COLOR`
 * of Node have the last word.
 */
export function showsColour(
  stream: {readonly isTTY?: boolean},
  env: Readonly<Record<string, string | undefined>>
): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0'
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false
  return stream.isTTY === true
}
