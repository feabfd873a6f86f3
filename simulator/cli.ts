import {UsageError, parseCommandLine} from './command-line.ts'
import {type SimulatorOptions, startSimulator} from './index.ts'

await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<void> {
  try {
    const command = parseCommandLine(args)
    if ('print' in command) process.stdout.write(command.print)
    else await serve(command.serve)
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

async function serve(options: SimulatorOptions): Promise<void> {
  const {url, token, slug, artifacts, storage, stop} = await startSimulator(options)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stop()
    })
  }
  process.stdout.write(`${JSON.stringify({url, token, slug, artifacts, storage})}\n`)
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken.`
  }
  return error.message
}
