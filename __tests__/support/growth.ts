import {cpuTime} from './cpu-time.ts'

/** Enough to be told from the processor clock's own steps, in milliseconds. */
const MEASURABLE_MS = 4
const RUNS = 3

/**
 * How many times more processor time `read` takes for ten times the text, 200 kB beside 20 kB: 10 when it is linear,
 * 100 when it is quadratic. `make` makes a text of so many characters. Each time is the least of several, of as many
 * repetitions as can be measured, so that neither a busy machine nor a garbage collection tells.
 */
export function growth(make: (length: number) => string, read: (text: string) => void): number {
  const [short, long] = [make(20_000), make(200_000)]
  const repeated = (text: string, times: number): number =>
    cpuTime(() => {
      for (let count = 0; count < times; count += 1) read(text)
    })
  let times = 1
  while (repeated(short, times) < MEASURABLE_MS) times *= 2
  const least = (text: string): number =>
    Math.min(...Array.from({length: RUNS}, () => repeated(text, times)))
  return least(long) / least(short)
}
