import {randomUUID} from 'node:crypto'
import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'

/** The runner's limit for one step's summary, in bytes. Source: actions/runner `FileCommandManager.cs`. */
const SUMMARY_LIMIT = 1024 * 1024

/** The files a step writes its results to. */
export interface CommandFiles {
  /** `GITHUB_OUTPUT` and its like, for the step's environment. */
  readonly env: Readonly<Record<string, string>>
  /** Reads what the step wrote. */
  read(): FileResults
}

/** What a step wrote to its command files. */
export interface FileResults {
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly path: readonly string[]
  /** Empty when the step wrote none, or more than GitHub takes. */
  readonly summary: string
  /** What the runner would complain about; any of it fails the step. */
  readonly problems: readonly string[]
}

/** Creates the empty command files of one step in a folder, with names of its own as the runner does. */
export function createCommandFiles(folder: string): CommandFiles {
  const id = randomUUID()
  const file = (name: string): string => path.join(folder, `${name}_${id}`)
  const files = {
    GITHUB_OUTPUT: file('set_output'),
    GITHUB_STATE: file('save_state'),
    GITHUB_ENV: file('set_env'),
    GITHUB_PATH: file('add_path'),
    GITHUB_STEP_SUMMARY: file('step_summary')
  }
  for (const name of Object.values(files)) writeFileSync(name, '')
  return {env: files, read: () => readFiles(files)}
}

function readFiles(files: Record<FileName, string>): FileResults {
  const problems: string[] = []
  const pairs = (name: FileName): Record<string, string> => {
    try {
      return parseKeyValueFile(readFileSync(files[name], 'utf8'))
    } catch (error) {
      problems.push(`Unable to process file command ${name}: ${(error as Error).message}`)
      return {}
    }
  }
  return {
    outputs: pairs('GITHUB_OUTPUT'),
    state: pairs('GITHUB_STATE'),
    env: pairs('GITHUB_ENV'),
    path: readFileSync(files.GITHUB_PATH, 'utf8').split(/\r?\n/).filter(Boolean),
    summary: readSummary(files.GITHUB_STEP_SUMMARY, problems),
    problems
  }
}

type FileName =
  'GITHUB_OUTPUT' | 'GITHUB_STATE' | 'GITHUB_ENV' | 'GITHUB_PATH' | 'GITHUB_STEP_SUMMARY'

function readSummary(file: string, problems: string[]): string {
  const bytes = readFileSync(file)
  if (bytes.length <= SUMMARY_LIMIT) return bytes.toString('utf8')
  problems.push(
    `The job summary was dropped: GitHub takes ${SUMMARY_LIMIT / 1024} KiB a step and this one has ${Math.ceil(bytes.length / 1024)} KiB.`
  )
  return ''
}

/**
 * Parses the text of `GITHUB_OUTPUT`, `GITHUB_STATE` or `GITHUB_ENV`: `name=value`, or `name<<delimiter`, lines, the
 * delimiter alone on a line. The last value of a name wins.
 * Source: actions/runner `src/Runner.Worker/FileCommandManager.cs`.
 *
 * @throws Error when the runner would refuse the file
 */
export function parseKeyValueFile(text: string): Record<string, string> {
  const lines = text.split(process.platform === 'win32' ? /\r?\n/ : '\n')
  const pairs: Record<string, string> = {}
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const equals = indexOrEnd(line, '=')
    const heredoc = indexOrEnd(line, '<<')
    if (equals === heredoc) throw new Error(`invalid format "${line}"`)
    if (equals < heredoc) {
      pairs[nameOf(line, equals)] = line.slice(equals + 1)
      continue
    }
    const delimiter = line.slice(heredoc + 2)
    if (delimiter === '') throw new Error(`the delimiter is empty in "${line}"`)
    const end = lines.indexOf(delimiter, index + 1)
    if (end < 0) throw new Error(`the delimiter "${delimiter}" of "${line}" never comes`)
    pairs[nameOf(line, heredoc)] = lines.slice(index + 1, end).join('\n')
    index = end
  }
  return pairs
}

function indexOrEnd(line: string, text: string): number {
  const index = line.indexOf(text)
  return index < 0 ? line.length : index
}

function nameOf(line: string, end: number): string {
  if (end === 0) throw new Error(`the name is empty in "${line}"`)
  return line.slice(0, end)
}
