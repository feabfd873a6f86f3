import {missedAims} from './aims.ts'
import {replay, type Outcome} from './figures.ts'
import {LIMITS, MAIN, MORE, type Scenario} from './scenarios.ts'
import {renderTable} from './table.ts'

/** Replays every scenario in virtual time, prints three tables, and exits with 1 when an aim is missed. */
const SIZE = {projects: 60, runs: 40, seed: 20_260_302}

const replayAll = (scenarios: readonly Scenario[]): Outcome[] =>
  scenarios.map(scenario => replay(scenario, SIZE))

const main = replayAll(MAIN)
const more = replayAll(MORE)
process.stdout.write([main, more, replayAll(LIMITS)].map(renderTable).join('\n'))
const missed = missedAims(main, more)
for (const sentence of missed) console.error(sentence)
process.exitCode = missed.length > 0 ? 1 : 0
