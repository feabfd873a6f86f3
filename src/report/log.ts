import * as core from '@actions/core'
import {makeLog, type Log} from '../base/log.ts'
import {Mask} from '../base/mask.ts'
import type {Annotation} from './failures.ts'
import {annotationText, defuse, inline, plainLines, quotedLines} from './escape.ts'

/** A `Log` that can also annotate. */
export interface ActionsLog extends Log {
  annotate(annotation: Annotation): void
}

/** What a log is made of. */
interface LogOptions {
  /** Prints to the step's standard output. */
  readonly write: (text: string) => void
  /** Makes a token nobody can guess; called once a group. */
  readonly random: () => string
  /** Whether step debug logging is on (`RUNNER_DEBUG`). */
  readonly isDebug?: () => boolean
  /** Hides the tokens before anything is cut; the runner does so only with what was printed. */
  readonly mask?: Mask
}

/**
 * Makes the log of a step. Whatever it is given, the runner finds no commands but those of this file: messages pass
 * through `escape.ts`, the lines of a group are quoted besides and stand between `stop-commands` and a fresh token.
 */
export function createLog(options: LogOptions): ActionsLog {
  const {write, random, isDebug = core.isDebug, mask = new Mask([])} = options
  const log = makeLog(
    (level, message) => {
      if (level === 'info') write(infoLines(mask.text(message)))
      else if (level !== 'debug' || isDebug()) {
        write(command(level, {}, annotationText(mask.text(message))))
      }
    },
    (title, lines) => {
      write(groupLines(mask.text(title), mask.data(lines), random()))
    }
  )
  const annotate = (annotation: Annotation): void => {
    const {level, message, title, file, line} = mask.data(annotation)
    const properties = {title: inline(title, 255), ...place(file, line)}
    write(command(level, properties, annotationText(message)))
  }
  return {...log, annotate}
}

/** Further lines are quoted, so that remote text with line breaks cannot pass for lines of ours. */
function infoLines(message: string): string {
  const [first = '', ...others] = plainLines(message)
  return `${[defuse(first), ...quotedLines(others)].join('\n')}\n`
}

function groupLines(title: string, lines: readonly string[], token: string): string {
  return [
    command('group', {}, inline(title)),
    command('stop-commands', {}, token),
    ...quotedLines(lines).map(line => `${line}\n`),
    command(token, {}, ''),
    command('endgroup', {}, '')
  ].join('')
}

/** A path that had to be changed to be shown is no path any more. */
function place(file: string | undefined, line: number | undefined): Record<string, string> {
  if (file === undefined || file === '' || inline(file, 4096) !== file) return {}
  return line === undefined ? {file} : {file, line: String(line)}
}

/** One workflow command, escaped as the runner unescapes it (actions/runner, `ActionCommand`: `%`, CR, LF; in properties also `:` and `,`). */
function command(name: string, properties: Readonly<Record<string, string>>, data: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`)
  return `::${[name, pairs.join(',')].filter(part => part !== '').join(' ')}::${escapeData(data)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
