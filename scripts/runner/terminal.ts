import {styleText} from 'node:util'
import type {Annotation, LogEvent} from './command-reader.ts'
import {harmless, harmlessInColour} from './harmless.ts'

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
  readonly show: (event: LogEvent) => void
  /** Shows what is left of a group that nobody ended. */
  readonly end: () => void
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
    const {title, file, line} = properties
    const text = title === undefined ? message : `${title}\n${message}`
    const [first = '', ...more] = harmless(text).split('\n')
    print(paint(style, `${word}: ${first}`))
    for (const next of more) print(paint(style, `  ${next}`.trimEnd()))
    if (file !== undefined) {
      print(paint('dim', `  at ${harmless(file)}${line === undefined ? '' : `:${line}`}`))
    }
  }
  return {
    end: endGroup,
    show: event => {
      switch (event.type) {
        case 'text':
          print(options.colour ? harmlessInColour(event.line) : harmless(event.line))
          break
        case 'stop':
        case 'resume':
          print(paint('dim', harmless(event.line)))
          break
        case 'group':
          endGroup()
          print(paint('bold', `▾ ${harmless(event.title)}`))
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
          if (options.debug === true) print(paint('magenta', `Debug: ${harmless(event.message)}`))
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
