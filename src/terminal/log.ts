import {plainLines, defuse, quotedLines} from '../report/escape.ts'
import type {ActionsLog} from '../report/log.ts'
import {makeLog} from '../base/log.ts'
import type {Mask} from '../base/mask.ts'
import type {Environment} from '../runner/context.ts'

/** What a log on a terminal or in another CI is made of. */
interface TerminalLogOptions {
  readonly write: (text: string) => void
  /** Hides the tokens. */
  readonly mask: Mask
  /** How the place folds a block of lines; `undefined`: it does not. */
  readonly sections: Sections | undefined
  readonly colour: boolean
  readonly isDebug: boolean
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** CIs that fold sections of a log. */
export type Sections = 'gitlab' | 'buildkite' | 'azure'

/** Every CI's words for a command, wherever they stand in a line (GitLab's and Azure's) or at its start (Buildkite's). */
const COMMANDS = /##(?=vso\[)|section_(?=start:|end:)/gi
const LINE_START = /^\s*(?:---|\+\+\+|~~~|\^\^\^)/

const RED = 31
const YELLOW = 33
const BOLD = 1

/**
 * Makes the log of a command. No place takes anything of it for its own syntax but what this file writes: text loses
 * its control characters, the words of every CI's commands are taken apart, and all but the first line of a message is quoted.
 *
 * GitLab: https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
 * Buildkite: https://buildkite.com/docs/pipelines/configure/managing-log-output
 * Azure: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function createTerminalLog(options: TerminalLogOptions): ActionsLog {
  const {write, mask, sections, isDebug} = options
  const paint = (code: number, text: string): string =>
    options.colour ? `\x1b[${code}m${text}\x1b[0m` : text
  const isAzure = sections === 'azure'
  let isInSection = false
  let count = 0
  const say = (text: string, label = '', code?: number): void => {
    // Buildkite's sections only end where the next begins.
    if (isInSection && sections === 'buildkite') write('+++ CircleCI pipeline\n')
    isInSection = false
    const [first = '', ...others] = plainLines(mask.text(text))
    const start = code === undefined ? label : paint(code, label)
    const line = label === '' ? harmless(first) : `${start} ${inside(first)}`
    write(`${[line, ...quotedLines(others).map(inside)].join('\n')}\n`)
  }
  const log = makeLog(
    (level, message) => {
      if (level === 'warning') say(message, isAzure ? '##[warning]' : 'Warning:', YELLOW)
      else if (level === 'error') say(message, isAzure ? '##[error]' : 'Error:', RED)
      else if (level !== 'debug') say(message)
      else if (isDebug) say(message, 'Debug:')
    },
    (title, lines) => {
      count += 1
      const id = `${Math.floor(options.now() / 1000)}:circleci_pipeline_${count}`
      const heading = paint(BOLD, harmless(plainLines(mask.text(title)).join(' ')))
      const body = quotedLines(mask.data(lines)).map(line => `${inside(line)}\n`)
      write([...opening(sections, heading, id), ...body, ...closing(sections, id)].join(''))
      isInSection = true
    }
  )
  // Only GitHub shows annotations; what they say is in the groups and the error.
  return {...log, annotate: () => undefined}
}

function opening(sections: Sections | undefined, title: string, id: string): string[] {
  if (sections === 'gitlab')
    return [`\x1b[0Ksection_start:${id}[collapsed=true]\r\x1b[0K${title}\n`]
  if (sections === 'azure') return [`##[group]${title}\n`]
  return [`${sections === 'buildkite' ? '---' : '\u25b8'} ${title}\n`]
}

function closing(sections: Sections | undefined, id: string): string[] {
  if (sections === 'gitlab') return [`\x1b[0Ksection_end:${id}\r\x1b[0K\n`]
  return sections === 'azure' ? ['##[endgroup]\n'] : []
}

/** One whole line in which no CI finds a command. */
export function harmless(line: string): string {
  const safe = inside(line)
  return LINE_START.test(safe) ? `| ${safe}` : safe
}

/** The same for text that does not stand at the start of a line. */
function inside(line: string): string {
  return defuse(line).replace(COMMANDS, '$& ')
}

/** How the CI that set these variables folds a block. */
export function sectionsOf(env: Environment): Sections | undefined {
  if (env['GITLAB_CI'] === 'true') return 'gitlab'
  if (env['BUILDKITE'] === 'true') return 'buildkite'
  return env['TF_BUILD'] === undefined ? undefined : 'azure'
}

/** Whether to colour, by the usual conventions: https://no-color.org, https://force-color.org. */
export function wantsColour(env: Environment, isTerminal: boolean): boolean {
  const forced = env['FORCE_COLOR'] ?? ''
  if ((env['NO_COLOR'] ?? '') !== '') return false
  if (forced !== '') return !/^(?:0|false)$/i.test(forced)
  return isTerminal && env['TERM'] !== 'dumb'
}
