/** One argument of a bench, in its place on the command line. */
export interface Argument {
  readonly name: string
  /** What it is and in which unit, without its default. */
  readonly what: string
  /** A number makes it a whole number above 0. */
  readonly standard: number | string
}

/** What a bench is called with. */
export interface Command<Arguments extends readonly Argument[]> {
  /** The script in package.json. */
  readonly script: string
  readonly description: string
  readonly arguments: Arguments
}

/** The values of a command's arguments, in their order. */
export type Values<Arguments extends readonly Argument[]> = {
  [Index in keyof Arguments]: Arguments[Index]['standard'] extends number ? number : string
}

/**
 * Reads the arguments a bench was started with. `--help` prints them and ends the process; what cannot be understood
 * ends it with 2 and a sentence on stderr.
 */
export function readArguments<const Arguments extends readonly Argument[]>(
  command: Command<Arguments>
): Values<Arguments> {
  const given = process.argv.slice(2)
  if (given.some(text => text === '--help' || text === '-h')) {
    process.stdout.write(helpOf(command))
    process.exit(0)
  }
  try {
    return parseArguments(command, given)
  } catch (error) {
    complain(error)
    process.exit(2)
  }
}

/** The same from a list of texts. Throws an `Error` that names the argument and what it takes. */
export function parseArguments<const Arguments extends readonly Argument[]>(
  command: Command<Arguments>,
  given: readonly string[]
): Values<Arguments> {
  const {length} = command.arguments
  const odd = given.find(text => text.startsWith('-')) ?? given[length]
  if (odd !== undefined)
    throw new Error(`"${odd}" is not understood: "npm run ${command.script} -- --help" helps.`)
  return command.arguments.map(({name, standard}, index) => {
    const text = given[index]
    if (text === undefined || typeof standard === 'string') return text ?? standard
    if (!/^[1-9]\d{0,8}$/.test(text))
      throw new Error(`<${name}> must be a whole number above 0, not "${text}".`)
    return Number(text)
  }) as Values<Arguments>
}

/** Says why a bench could not be run, a sentence without a stack, and has the process end with 1. */
export function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

/** What `--help` prints. */
export function helpOf({
  script,
  description,
  arguments: list
}: Command<readonly Argument[]>): string {
  const usage = list.map(({name}) => ` [${name}]`).join('')
  const width = Math.max(...list.map(({name}) => name.length))
  const lines = list.map(
    ({name, what, standard}) => `  ${name.padEnd(width)}  ${what} (default ${standard})\n`
  )
  return `npm run ${script} --${usage}\n\n${description}\n\n${lines.join('')}`
}
