import {readArguments} from '../command-line.ts'
import {missedAims} from './aims.ts'
import {replay, type Outcome} from './figures.ts'
import {LIMITS, MAIN, MORE, type Scenario} from './scenarios.ts'
import {renderTable} from './table.ts'

/** What the aims are about: fewer replays miss or meet them by chance. */
const WHOLE = {projects: 60, runs: 40}

const [projects, runs] = readArguments({
  script: 'bench:polling',
  description: `Replays every scenario in virtual time and prints three tables. Exits with 1 when an aim is missed;
the aims are judged from ${WHOLE.projects} projects with ${WHOLE.runs} runs on.`,
  arguments: [
    {name: 'projects', what: 'projects a scenario, each with a history', standard: WHOLE.projects},
    {name: 'runs', what: 'runs that are waited for in each project', standard: WHOLE.runs}
  ]
})

const replayAll = (scenarios: readonly Scenario[]): Outcome[] =>
  scenarios.map(scenario => replay(scenario, {projects, runs, seed: 20_260_302}))

const main = replayAll(MAIN)
const more = replayAll(MORE)
process.stdout.write([main, more, replayAll(LIMITS)].map(renderTable).join('\n'))
if (projects >= WHOLE.projects && runs >= WHOLE.runs) {
  const missed = missedAims(main, more)
  for (const sentence of missed) console.error(sentence)
  process.exitCode = missed.length > 0 ? 1 : 0
} else {
  console.error('The aims are not judged: this was less than the whole.')
}
