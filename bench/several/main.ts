import {setMaxListeners} from 'node:events'

import {someInputs, tell, verdictOf} from '../../__tests__/support/story.ts'
import type {Scenario} from '../../simulator/index.ts'
import {complain, readArguments} from '../command-line.ts'

const [pipelines, minutes, many] = readArguments({
  script: 'bench:several',
  description: `Compares one step of several pipelines with as many steps of one each, in virtual time against the simulator in this very
process: requests, and processor time, the simulator's included. Then the peak memory of a step of many pipelines, the simulator's
included. Prints a Markdown table.`,
  arguments: [
    {name: 'pipelines', what: 'pipelines to compare with', standard: 10},
    {name: 'minutes', what: 'minutes that each takes', standard: 10},
    {name: 'many', what: 'pipelines of the step whose memory is measured', standard: 50}
  ]
})

// As in the action: one signal ends everything.
setMaxListeners(0)

/** What a step cost. */
interface Cost {
  readonly requests: number
  readonly cpuMs: number
}

try {
  // Compiling what both need is neither's cost.
  await costOf(1)
  const apart: Cost[] = []
  for (let step = 1; step <= pipelines; step += 1) apart.push(await costOf(1))
  const sum = (of: (cost: Cost) => number): number => apart.reduce((all, one) => all + of(one), 0)
  const rows = [
    ['one step of all', pipelines, await costOf(pipelines)],
    [
      'a step for each',
      pipelines,
      {requests: sum(one => one.requests), cpuMs: sum(one => one.cpuMs)}
    ],
    ['one step of many', many, await costOf(many)]
  ] as const
  console.log('| step | pipelines | requests | a pipeline | processor time |')
  console.log('| --- | ---: | ---: | ---: | ---: |')
  for (const [name, count, {requests, cpuMs}] of rows) {
    const each = (requests / count).toFixed(0)
    console.log(`| ${name} | ${count} | ${requests} | ${each} | ${cpuMs.toFixed(0)} ms |`)
  }
  const peak = process.resourceUsage().maxRSS / 1024
  console.log(`\nPeak memory, the simulator's included: ${peak.toFixed(0)} MiB.`)
} catch (error) {
  complain(error)
}

/** Plays a step of so many pipelines. */
async function costOf(count: number): Promise<Cost> {
  const own = {...someInputs({url: '', token: '', slug: ''}), slug: undefined}
  const names = Array.from({length: count}, (_, index) => `pipeline-${index + 1}`)
  const before = process.cpuUsage()
  const told = await tell(
    {scenario: scenarioOf(minutes * 60)},
    {inputs: {pipelines: names.map(name => ({...own, name}))}}
  )
  const {user, system} = process.cpuUsage(before)
  if (verdictOf(told.result) !== 'success - passes') throw new Error(told.lines.join('\n'))
  return {requests: told.simulator.requests.length, cpuMs: (user + system) / 1000}
}

function scenarioOf(seconds: number): Scenario {
  const shares = [0.99, 1.01, 1, 1.04, 0.97, 1.02, 1, 1.1, 0.98, 1, 1.03, 0.96]
  return {
    name: 'bench',
    description: 'A pipeline that takes about as long as its runs before.',
    project: {slug: 'gh/acme/shop', name: 'shop', organization: 'acme', defaultBranch: 'main'},
    pipeline: {
      workflows: [
        {
          name: 'build',
          jobs: [
            {name: 'compile', run: seconds / 3},
            {name: 'test', requires: ['compile'], run: seconds / 3},
            {name: 'package', requires: ['test'], run: seconds / 3}
          ]
        }
      ]
    },
    insights: {
      workflows: {
        build: shares.map((share, index) => ({
          branch: 'main',
          seconds: Math.round(seconds * share),
          hoursAgo: 6 * (index + 1),
          status: 'success'
        }))
      }
    }
  }
}
