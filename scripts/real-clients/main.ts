import process from 'node:process'
import {scenarios, startSimulator} from '../../simulator/index.ts'
import type {Check} from './client.ts'
import {mcpServer} from './mcp-server.ts'

// `npm run real-clients` lets programs that others wrote for CircleCI's API use the simulator, and shows what came of it.
// It fetches them, so it needs the network, and is no part of the tests.

const clients = [mcpServer]
const width = 88

for (const {name, use} of clients) {
  process.stdout.write(`${name}\n`)
  // A minute old: everything in it is over.
  const simulator = await startSimulator({scenario: scenarios.failing})
  simulator.startPipeline({trigger: 'api', login: 'developer', createdAt: Date.now() - 60_000})
  try {
    const checks = await use(simulator)
    for (const check of checks) process.stdout.write(`${row(check)}\n`)
    if (!checks.every(({works}) => works)) process.exitCode = 1
  } catch (error) {
    process.stderr.write(`  It could not be used: ${(error as Error).message}\n`)
    process.exitCode = 1
  } finally {
    await simulator.stop()
  }
}

function row({asked, works, said}: Check): string {
  const line = said.replaceAll(/\s+/g, ' ').trim()
  const short = line.length > width ? `${line.slice(0, width - 1)}…` : line
  return `  ${works ? 'works' : 'FAILS'}  ${asked.padEnd(28)}${short}`
}
