/** A workflow command as the runner reads it from a log line. */
export interface Command {
  /** Lower case: the runner compares names without regard to case. */
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/**
 * The commands the runner acts on; any other name leaves the line plain text.
 * Source: actions/runner `src/Runner.Worker/ActionCommandManager.cs`, one class a command.
 */
export const KNOWN_COMMANDS: ReadonlySet<string> = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning'
])

type Escapes = readonly (readonly [code: string, character: string])[]

// `%25` comes last, so that `%250A` is the text `%0A` and not a line break.
const DATA_ESCAPES: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%']
]
const PROPERTY_ESCAPES: Escapes = [['%3A', ':'], ['%2C', ','], ...DATA_ESCAPES]
const OLD_ESCAPES: Escapes = [['%3B', ';'], ['%5D', ']'], ...DATA_ESCAPES]

/**
 * Reads a log line as the runner does: `::name key=value,key=value::data` at the start of the line (blanks before it
 * do not count), else `##[name key=value;key=value]data` anywhere in it. Returns `undefined` for plain text.
 * Source: actions/runner `src/Runner.Common/ActionCommand.cs`, TryParseV2 and TryParse.
 *
 * @param extra a name to accept besides the known ones: the token that ends `stop-commands`.
 */
export function parseCommand(line: string, extra?: string): Command | undefined {
  const isKnown = (name: string): boolean =>
    KNOWN_COMMANDS.has(name) || name === extra?.toLowerCase()
  const command = parseColons(line)
  if (command !== undefined && isKnown(command.name)) return command
  const old = parseBrackets(line)
  return old !== undefined && isKnown(old.name) ? old : undefined
}

function parseColons(line: string): Command | undefined {
  const text = line.trimStart()
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end < 0) return undefined
  const {name, rest} = splitHead(text.slice(2, end))
  return {
    name,
    properties: parseProperties(rest.trim(), ',', PROPERTY_ESCAPES),
    data: unescape(text.slice(end + 2), DATA_ESCAPES)
  }
}

function parseBrackets(line: string): Command | undefined {
  const start = line.indexOf('##[')
  if (start < 0) return undefined
  const end = line.indexOf(']', start)
  if (end < 0) return undefined
  const {name, rest} = splitHead(line.slice(start + 3, end))
  return {
    name,
    properties: parseProperties(rest, ';', OLD_ESCAPES),
    data: unescape(line.slice(end + 1), OLD_ESCAPES)
  }
}

function splitHead(head: string): {name: string; rest: string} {
  const space = head.indexOf(' ')
  if (space < 0) return {name: head.toLowerCase(), rest: ''}
  return {name: head.slice(0, space).toLowerCase(), rest: head.slice(space + 1)}
}

function parseProperties(
  text: string,
  separator: string,
  escapes: Escapes
): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const part of text.split(separator)) {
    // .NET's Split drops empty entries, so `=`s that lead, or that follow each other, are one.
    const [, key, value] = /^=*([^=]+)=+(.+)$/s.exec(part) ?? []
    if (key !== undefined && value !== undefined) {
      properties[key.toLowerCase()] = unescape(value, escapes)
    }
  }
  return properties
}

function unescape(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [code, character]) => result.replaceAll(code, character), text)
}
