import {triggerBlindly} from './blind.ts'
import {measure} from './figures.ts'
import {renderTable} from './table.ts'

/**
 * Runs random schedules in virtual time, prints the figures, and exits with 1 when a rule was broken. Arguments: how many
 * schedules (20,000), and the first seed (1).
 */
const runs = Number(process.argv[2] ?? 20_000)
const first = Number(process.argv[3] ?? 1)

const within = await measure(runs, first)
const beyond = await measure(Math.ceil(runs / 10), first, {
  lagMs: 40_000,
  twins: false,
  abortAt: undefined
})
const blind = await measure(runs, first, {}, triggerBlindly)
process.stdout.write(renderTable({'listings up to 15 s late': within, 'up to 40 s late': beyond}))
process.stdout.write(
  `\nA client that sends every unanswered request again: two or more pipelines in ${blind.doubled.toLocaleString('en')} of ${runs.toLocaleString('en')} schedules.\n`
)
const broken = [...within.violations, ...beyond.violations]
for (const sentence of broken) console.error(sentence)
process.exitCode = broken.length > 0 ? 1 : 0
