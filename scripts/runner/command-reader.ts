import {parseCommand, type Command} from './commands.ts'

/** How bad an annotation is, in the runner's words. */
export type AnnotationLevel = 'error' | 'warning' | 'notice'

/** An annotation as the runner keeps it. */
export interface Annotation {
  readonly level: AnnotationLevel
  readonly message: string
  /** `title`, `file`, `line`, `endline`, `col`, `endcolumn`, as far as they were given. */
  readonly properties: Readonly<Record<string, string>>
}

/** What one log line means to the runner. */
export type LogEvent =
  | {readonly type: 'text'; readonly line: string}
  | {readonly type: 'group'; readonly title: string}
  | {readonly type: 'endgroup'}
  | {readonly type: 'annotation'; readonly annotation: Annotation}
  | {readonly type: 'debug'; readonly message: string}
  | {readonly type: 'mask'; readonly value: string}
  | {readonly type: 'output'; readonly name: string; readonly value: string}
  | {readonly type: 'state'; readonly name: string; readonly value: string}
  | {readonly type: 'stop'; readonly token: string; readonly line: string}
  | {readonly type: 'resume'; readonly line: string}
  /** A command that the runner obeys and that nothing here rests on (`echo`, problem matchers). */
  | {readonly type: 'command'; readonly command: Command}
  /** A command that the runner answers with an error. */
  | {readonly type: 'refused'; readonly command: Command; readonly reason: string}

/**
 * Returns a function that reads one log line after the other and says what each means. It remembers a
 * `stop-commands` until its token comes, as the runner does, so one reader serves a step's stdout and stderr together.
 */
export function commandReader(): (line: string) => LogEvent {
  let stopToken: string | undefined
  return line => {
    const command = parseCommand(line, stopToken)
    if (command === undefined) return {type: 'text', line}
    if (stopToken !== undefined) {
      if (command.name !== stopToken.toLowerCase()) return {type: 'text', line}
      stopToken = undefined
      return {type: 'resume', line}
    }
    const event = toEvent(command, line)
    if (event.type === 'stop') stopToken = event.token
    return event
  }
}

function toEvent(command: Command, line: string): LogEvent {
  const {name, data, properties} = command
  switch (name) {
    case 'error':
    case 'warning':
    case 'notice':
      return {type: 'annotation', annotation: {level: name, message: data, properties}}
    case 'group':
      return {type: 'group', title: data}
    case 'endgroup':
      return {type: 'endgroup'}
    case 'debug':
      return {type: 'debug', message: data}
    case 'add-mask':
      if (data.trim() === '') return refused(command, 'cannot mask an empty value')
      return {type: 'mask', value: data}
    case 'set-output':
    case 'save-state':
      return named(command)
    case 'set-env':
    case 'add-path':
      return refused(command, `"${name}" is disabled; write to the environment file instead`)
    case 'stop-commands':
      return stop(command, line)
    default:
      return {type: 'command', command}
  }
}

function named(command: Command): LogEvent {
  const name = command.properties['name']
  if (name === undefined) return refused(command, 'the field "name" is missing')
  return {type: command.name === 'set-output' ? 'output' : 'state', name, value: command.data}
}

// A token that is empty, or that is a command itself, could be written by anyone whose text is printed.
function stop(command: Command, line: string): LogEvent {
  const token = command.data
  const isCommand = parseCommand(`::${token}::`) !== undefined
  if (token === '' || isCommand || token.toLowerCase() === 'pause-logging') {
    return refused(command, 'the stop token must be neither empty nor a command')
  }
  return {type: 'stop', token, line}
}

function refused(command: Command, reason: string): LogEvent {
  return {type: 'refused', command, reason}
}
