import {missedAims} from './aims.ts'
import {replay} from './figures.ts'
import {MAIN, MORE} from './scenarios.ts'
import {renderTable} from './table.ts'

/** Replays every scenario in virtual time, prints two tables, and exits with 1 when an aim is missed. */
const SIZE = {projects: 60, runs: 40, seed: 20_260_302}

const main = MAIN.map(scenario => replay(scenario, SIZE))
const more = MORE.map(scenario => replay(scenario, SIZE))
process.stdout.write(`${renderTable(main)}\n${renderTable(more)}`)
const missed = missedAims(main, more)
for (const sentence of missed) console.error(sentence)
process.exitCode = missed.length > 0 ? 1 : 0
