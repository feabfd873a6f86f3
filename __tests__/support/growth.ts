/** Reads a text that somebody else has made. */
export type Reader = (text: string) => unknown

/** Less than this, in milliseconds for 200 kB, and nothing grows that anybody would notice. */
const WORTH_MEASURING_MS = 50
/** Enough to be told from the processor clock's own steps, in milliseconds. */
const MEASURABLE_MS = 4
const RUNS = 2

/**
 * How many times more processor time reading takes for ten times the text, 200 kB beside 20 kB: 10 when it is linear,
 * 100 when it is quadratic; 0 when it is too little to measure. `make` makes a text of so many characters. Each time is
 * the least of several, of as many repetitions as can be measured: neither a busy machine nor a garbage collection tells.
 */
export async function growth(make: (length: number) => string, read: Reader): Promise<number> {
  const [short, long] = [make(20_000), make(200_000)]
  await read(short)
  if ((await spent(long, read, 1)) < WORTH_MEASURING_MS) return 0
  let times = 1
  while ((await spent(short, read, times)) < MEASURABLE_MS) times *= 2
  return (await least(long, read, times)) / (await least(short, read, times))
}

async function least(text: string, read: Reader, times: number): Promise<number> {
  let found = Infinity
  for (let run = 0; run < RUNS; run += 1) found = Math.min(found, await spent(text, read, times))
  return found
}

/** Milliseconds of processor time: unlike the clock on the wall, the same on a busy machine. */
async function spent(text: string, read: Reader, times: number): Promise<number> {
  const before = process.cpuUsage()
  for (let count = 0; count < times; count += 1) await read(text)
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000
}
