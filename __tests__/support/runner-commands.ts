/**
 * GitHub's runner as far as a step's standard output is concerned: which of its lines are commands. A re-implementation of
 * `ActionCommand` (`src/Runner.Common/ActionCommand.cs`) and of the stop token in `ActionCommandManager`
 * (`src/Runner.Worker/ActionCommandManager.cs`) of https://github.com/actions/runner. The runner looks for its keywords with
 * culture-sensitive `IndexOf` and `StartsWith`, to which invisible characters do not exist: here they are taken out first.
 */
export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const REGISTERED: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning'
]

const IGNORED_BY_COMPARISON = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** What the runner makes of everything a step printed: the commands it obeys and the lines it shows, in order. */
export function readAsRunner(stdout: string): {commands: RunnerCommand[]; shown: string[]} {
  const commands: RunnerCommand[] = []
  const shown: string[] = []
  let stopToken: string | undefined
  for (const line of stdout.replace(/\n$/, '').split(/\r\n|\r|\n/)) {
    const registered =
      stopToken === undefined ? REGISTERED : [...REGISTERED, stopToken.toLowerCase()]
    const command = parseDoubleColon(line, registered) ?? parseHashBracket(line, registered)
    if (command !== undefined && stopToken === undefined) {
      commands.push(command)
      if (command.name.toLowerCase() === 'stop-commands') stopToken = command.data
    } else if (command !== undefined && command.name.toLowerCase() === stopToken?.toLowerCase()) {
      commands.push(command)
      stopToken = undefined
    } else {
      shown.push(line)
    }
  }
  return {commands, shown}
}

/** `TryParseV2`: `::name key=value,key=value::data` at the start of the trimmed line. */
export function parseDoubleColon(
  line: string,
  registered: readonly string[] = REGISTERED
): RunnerCommand | undefined {
  const message = line.replace(IGNORED_BY_COMPARISON, '').trimStart()
  if (!message.startsWith('::')) return undefined
  const end = message.indexOf('::', 2)
  if (end < 0) return undefined
  const {name, properties} = splitInfo(message.slice(2, end))
  if (!registered.includes(name.toLowerCase())) return undefined
  return {
    name,
    properties: readProperties(properties.trim(), ',', {
      '%0D': '\r',
      '%0A': '\n',
      '%3A': ':',
      '%2C': ',',
      '%25': '%'
    }),
    data: unescape(message.slice(end + 2), {'%0D': '\r', '%0A': '\n', '%25': '%'})
  }
}

const HASH_ESCAPES = {'%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%'}

/** `TryParse`: `##[name key=value;key=value]data` anywhere in the line. */
export function parseHashBracket(
  line: string,
  registered: readonly string[] = REGISTERED
): RunnerCommand | undefined {
  const message = line.replace(IGNORED_BY_COMPARISON, '')
  const start = message.indexOf('##[')
  const end = start < 0 ? -1 : message.indexOf(']', start)
  if (end < 0) return undefined
  const {name, properties} = splitInfo(message.slice(start + 3, end))
  if (!registered.includes(name.toLowerCase())) return undefined
  return {
    name,
    properties: readProperties(properties, ';', HASH_ESCAPES),
    data: unescape(message.slice(end + 1), HASH_ESCAPES)
  }
}

function splitInfo(info: string): {name: string; properties: string} {
  const space = info.indexOf(' ')
  return space < 0
    ? {name: info, properties: ''}
    : {name: info.slice(0, space), properties: space > 0 ? info.slice(space + 1) : ''}
}

function readProperties(
  text: string,
  separator: string,
  escapes: Readonly<Record<string, string>>
): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=')
    if (equals > 0 && equals < part.length - 1) {
      properties[part.slice(0, equals)] = unescape(part.slice(equals + 1), escapes)
    }
  }
  return properties
}

function unescape(text: string, escapes: Readonly<Record<string, string>>): string {
  return Object.entries(escapes).reduce((rest, [from, to]) => rest.replaceAll(from, to), text)
}
