import {readArguments} from '../command-line.ts'
import {triggerBlindly} from './blind.ts'
import {measure} from './figures.ts'
import {renderTable} from './table.ts'

const [runs, first] = readArguments({
  script: 'bench:trigger',
  description:
    'Runs random schedules in virtual time and prints the figures. Exits with 1 when a rule was broken.',
  arguments: [
    {name: 'schedules', what: 'how many', standard: 20_000},
    {name: 'first', what: 'seed of the first one', standard: 1}
  ]
})

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
