import {meanGain, type Outcome} from './figures.ts'

/** What the schedule is held to, against a fixed poll of 10 s. */
const AIMS = {meanGain: 3, leastGain: 1}

/** Says, a sentence each, which aims were missed; none when all are met. */
export function missedAims(main: readonly Outcome[], more: readonly Outcome[]): string[] {
  const all = [...main, ...more]
  const missed: string[] = []
  for (const [what, outcomes] of [
    ['the main scenarios', main],
    ['all scenarios', all]
  ] as const) {
    const gain = meanGain(outcomes)
    if (!(gain >= AIMS.meanGain)) {
      missed.push(`The mean gain over ${what} is ${gain.toFixed(2)}, below ${AIMS.meanGain}.`)
    }
  }
  for (const {name, gain, schedule} of all) {
    if (!(gain >= AIMS.leastGain)) {
      missed.push(`The gain of "${name}" is ${gain.toFixed(2)}, below ${AIMS.leastGain}.`)
    }
    if (!(schedule.p95Allowed <= 1)) {
      const percent = (100 * schedule.p95Allowed).toFixed(0)
      missed.push(
        `The p95 lag of "${name}" is ${percent} % of the longer of 15 s and 3 % of the run.`
      )
    }
  }
  return missed
}
