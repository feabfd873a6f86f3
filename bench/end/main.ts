import {fileURLToPath} from 'node:url'

import {runAction} from '../../scripts/runner/run-action.ts'
import {startSimulator, type JobSpec, type Scenario} from '../../simulator/index.ts'
import {complain, readArguments} from '../command-line.ts'

const [runs, latencyMs, entry, cases] = readArguments({
  script: 'bench:end',
  description: `Measures the end of a step: from CircleCI's answer that every workflow has succeeded to the exit of the bundle's
process, with default inputs, over loopback. Prints a Markdown table of the medians.`,
  arguments: [
    {name: 'runs', what: 'runs of each case', standard: 5},
    {name: 'latency', what: 'milliseconds until an answer comes', standard: 60},
    {
      name: 'entry',
      what: 'the bundle to run',
      standard: fileURLToPath(new URL('../../dist/index.js', import.meta.url))
    },
    {name: 'cases', what: 'cases measured, the smallest first', standard: 6}
  ]
})

/** Jobs of a pipeline, and artifacts of all of them together. */
const CASES = [
  {jobs: 1, artifacts: 20},
  {jobs: 1, artifacts: 2000},
  {jobs: 10, artifacts: 20},
  {jobs: 10, artifacts: 2000},
  {jobs: 50, artifacts: 200},
  {jobs: 50, artifacts: 2000}
] as const

/** The end of one step. */
interface End {
  readonly ms: number
  readonly requests: number
  /** Most requests of which each was sent after the one before was answered. */
  readonly depth: number
}

try {
  const rows: string[] = []
  for (const {jobs, artifacts} of CASES.slice(0, cases)) {
    const ends: End[] = []
    for (let run = 1; run <= runs; run += 1) {
      process.stderr.write(`${jobs} jobs, ${artifacts} artifacts: run ${run} of ${runs}\n`)
      ends.push(await measure(jobs, artifacts))
    }
    ends.sort((a, b) => a.ms - b.ms)
    const middle = ends[Math.floor(runs / 2)]
    if (middle === undefined) throw new Error('Nothing was measured.')
    const {ms, requests, depth} = middle
    const times = `${ms.toFixed(0)} ms (${ends[0]?.ms.toFixed(0)} to ${ends.at(-1)?.ms.toFixed(0)})`
    rows.push(`| ${[jobs, artifacts.toLocaleString('en'), times, requests, depth].join(' | ')} |`)
  }
  console.log(`An answer comes after ${latencyMs} ms; medians, with fastest and slowest run.\n`)
  console.log('| jobs | artifacts | last answer to exit | requests | round trips deep |')
  console.log(`| ---: | ---: | ---: | ---: | ---: |\n${rows.join('\n')}`)
} catch (error) {
  complain(error)
}

/** Has the bundle take a pipeline that has ended, so that all it has to do is the end. */
async function measure(jobs: number, artifacts: number): Promise<End> {
  let ahead = 0
  const now = (): number => Date.now() + ahead
  const scenario = scenarioOf(jobs, artifacts)
  const simulator = await startSimulator({scenario, clock: {now}, latencyMs})
  try {
    const {number} = simulator.startPipeline()
    ahead = 3_600_000
    const {url: host, token, slug} = simulator
    const inputs = {host, token, 'project-slug': slug, wait: 'true', pipeline: String(number)}
    const step = await runAction({entry, inputs})
    const exited = now()
    step.dispose()
    if (step.outputs['conclusion'] !== 'success') throw new Error(step.printed)
    const {requests} = simulator
    const last = requests.findLastIndex(({path}) => path.endsWith('/workflow'))
    const verdictAt = (requests[last]?.at ?? NaN) + latencyMs
    const later = requests.slice(last + 1).map(({at}) => at)
    return {ms: exited - verdictAt, requests: later.length, depth: depthOf(later)}
  } finally {
    await simulator.stop()
  }
}

function depthOf(arrivals: readonly number[]): number {
  let depth = 0
  let answered = -Infinity
  for (const at of arrivals) {
    if (at < answered) continue
    depth += 1
    answered = at + latencyMs
  }
  return depth
}

function scenarioOf(count: number, artifacts: number): Scenario {
  const jobs = Array.from({length: count}, (_, index): JobSpec => ({
    name: `job-${index + 1}`,
    artifacts: Array.from({length: Math.ceil(artifacts / count)}, (_, file) => ({
      path: `reports/file-${file + 1}.html`,
      content: 'a'
    }))
  }))
  return {
    name: 'bench',
    description: 'A pipeline that has ended.',
    project: {slug: 'gh/acme/shop', name: 'shop', organization: 'acme', defaultBranch: 'main'},
    pipeline: {workflows: [{name: 'build', jobs}]}
  }
}
