/** Reads a text that somebody else has made. */
export type Reader = (text: string) => unknown

/** The most that `growth` may be: 10 is linear, 100 quadratic, and the rest is what garbage collection makes of it. */
export const LINEAR = 20

const SHORT = 20_000
const TIMES = 10
/** How often the short text is read to be compared. */
const SHORT_READS = 2
/**
 * Milliseconds for the long text: what takes less keeps nobody waiting, however it grows. Quadratic time cannot: that
 * would be 400 characters of the square in a nanosecond.
 */
const WORTH_MEASURING_MS = 100
const MOST_LOOKS = 10

/**
 * How many times more processor time reading takes for ten times the text, 200 kB beside 20 kB; 0 when it is too little to
 * measure. `make` makes a text of so many characters. The first look that finds it linear counts, else the least that
 * either took in ten: a busy machine or a garbage collection spoils some of them, and a quadratic reader is at 100 in each.
 */
export async function growth(
  make: (length: number) => string,
  read: Reader,
  worthMeasuringMs = WORTH_MEASURING_MS
): Promise<number> {
  const [short, long] = [make(SHORT), make(SHORT * TIMES)]
  const least = {short: Infinity, long: await spent(long, read, 1)}
  if (least.long < worthMeasuringMs) return 0
  const factor = (): number => (SHORT_READS * least.long) / least.short
  for (let look = 1; ; look += 1) {
    least.short = Math.min(least.short, await spent(short, read, SHORT_READS))
    if (factor() <= LINEAR || look === MOST_LOOKS) return factor()
    least.long = Math.min(least.long, await spent(long, read, 1))
  }
}

/** Milliseconds of processor time: unlike the clock on the wall, the same on a busy machine. */
async function spent(text: string, read: Reader, times: number): Promise<number> {
  const before = process.cpuUsage()
  for (let count = 0; count < times; count += 1) await read(text)
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000
}
