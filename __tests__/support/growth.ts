/** Reads a text that somebody else has made. */
export type Reader = (text: string) => unknown

/** Less than this, in milliseconds for 200 kB, and nothing grows that anybody would notice. */
const WORTH_MEASURING_MS = 50
/** Enough to be told from the processor clock's own steps, in milliseconds. */
const MEASURABLE_MS = 4
/** More than linear, but also what a garbage collection can make of it: worth another look. */
const DOUBTFUL = 17
const MOST_LOOKS = 5

/**
 * How many times more processor time reading takes for ten times the text, 200 kB beside 20 kB: 10 when it is linear,
 * 100 when it is quadratic; 0 when it is too little to measure. `make` makes a text of so many characters. It is the
 * least of several looks, each at as many repetitions as can be measured: neither a busy machine nor a garbage collection
 * tells.
 */
export async function growth(make: (length: number) => string, read: Reader): Promise<number> {
  const [short, long] = [make(20_000), make(200_000)]
  await read(short)
  if ((await spent(long, read, 1)) < WORTH_MEASURING_MS) return 0
  let times = 1
  while ((await spent(short, read, times)) < MEASURABLE_MS) times *= 2
  let factor = Infinity
  for (let look = 0; look < MOST_LOOKS && factor > DOUBTFUL; look += 1) {
    const before = await spent(short, read, times)
    factor = Math.min(factor, (await spent(long, read, times)) / before)
  }
  return factor
}

/** Milliseconds of processor time: unlike the clock on the wall, the same on a busy machine. */
async function spent(text: string, read: Reader, times: number): Promise<number> {
  const before = process.cpuUsage()
  for (let count = 0; count < times; count += 1) await read(text)
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000
}
