/** What the reference takes, in milliseconds, on the machine that the limits in the tests were chosen on. */
const REFERENCE_MS = 15

let slowness: number | undefined

/**
 * Milliseconds of processor time that `work` takes on a machine as fast as that one: measured by a reference that is
 * done in the same run. So a busy machine and a slow one tell the same.
 */
export function cpuTime(work: () => void): number {
  slowness ??= Math.min(...[1, 2, 3].map(() => spent(reference))) / REFERENCE_MS
  return spent(work) / slowness
}

function spent(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Some of what the code does: texts are made, taken apart, matched and sorted. */
function reference(): void {
  const text = Array.from({length: 20_000}, (_, index) => `${(index * 7919) % 20_000}/x`).join('\n')
  const lines = text.split('\n').filter(line => /^\d+\/x$/.test(line))
  lines.sort((one, other) => (one < other ? -1 : 1))
}
