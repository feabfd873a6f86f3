import {existsSync} from 'node:fs'
import process from 'node:process'
import {readActionFile} from '../runner/action-file.ts'
import {showsColour} from '../runner/terminal.ts'
import {HELP, listing, parseArguments, UsageError} from './arguments.ts'
import {showScenario} from './show.ts'

// `npm run demo`: the action against an embedded CircleCI, shown as GitHub would show it.

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const request = parseArguments(args)
    if (request.kind === 'show') return await show(request)
    process.stdout.write(request.kind === 'help' ? HELP : listing())
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

/** Shows a scenario on this process's terminal; resolves to the exit code. */
async function show(
  request: Pick<Parameters<typeof showScenario>[0], 'scenario' | 'debug' | 'unfold'>
) {
  if (!existsSync(readActionFile().main)) {
    process.stderr.write('dist/index.js is not there: "npm run bundle" makes it.\n')
    return 1
  }
  const cancel = new AbortController()
  // A Ctrl-C can come twice, from the terminal and through npm: both mean the same cancel.
  const onSignal = (): void => {
    if (!cancel.signal.aborted) process.stdout.write('\nCancelling the step, as GitHub would …\n')
    cancel.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return showScenario({
    ...request,
    colour: showsColour(process.stdout, process.env),
    width: process.stdout.columns || 100,
    write: text => process.stdout.write(text),
    cancel: cancel.signal
  })
}
