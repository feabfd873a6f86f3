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
  const parent = process.ppid
  // `npm run` passes a signal on to its shell only: whoever stops npm would leave this process behind.
  const orphaned = setInterval(() => {
    if (process.ppid !== parent) end()
  }, 500)
  const end = (): void => {
    clearInterval(orphaned)
    void stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  process.stdout.write(`${JSON.stringify({url, token, slug, artifacts, storage})}\n`)
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken.`
  }
  return error.message
}
