import process from 'node:process'
import {scenarios, startSimulator} from '../../simulator/index.ts'
import {cli} from './cli.ts'
import type {Check} from './client.ts'
import {mcpServer} from './mcp-server.ts'

// `npm run real-clients` lets programs that others wrote for CircleCI's API use the simulator, and shows what came of
// it. They come from elsewhere, so it is no part of the tests; a client that is not there is passed over with a word.

// The simulator's hosts differ in their port only, and Go's HTTP client carries a token along from one to the other
// when it is redirected: artifacts are not redirected here.
const scenario = {...scenarios.failing, behaviour: {artifactDelivery: 'direct'}} as const
let used = 0

for (const {name, use} of [cli, mcpServer]) {
  process.stdout.write(`${name}\n`)
  // A minute old: everything in it is over.
  const simulator = await startSimulator({scenario})
  simulator.startPipeline({trigger: 'api', login: 'developer', createdAt: Date.now() - 60_000})
  try {
    const checks = await use(simulator)
    used += 1
    process.stdout.write(table(checks))
    if (!checks.every(({works}) => works)) process.exitCode = 1
  } catch (error) {
    process.stdout.write(`  It could not be used: ${(error as Error).message}\n`)
  } finally {
    await simulator.stop()
  }
}
if (used === 0) process.exitCode = 1

function table(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({asked}) => asked.length))
  const rows = checks.map(({asked, works, said}) => {
    const line = said.replaceAll(/\s+/g, ' ').trim()
    const short = line.length > 60 ? `${line.slice(0, 59)}…` : line
    return `  ${works ? 'works' : 'FAILS'}  ${asked.padEnd(width)}  ${short}\n`
  })
  const good = checks.filter(({works}) => works).length
  return `${rows.join('')}  ${good} of ${checks.length} work\n`
}
