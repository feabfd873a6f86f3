/** Time, passed in so that tests can drive it. */
export interface Clock {
  /**
   * Whole milliseconds since the Unix epoch: the machine's time when the process began, and steady from then on, whatever
   * its clock is set to. Not comparable with times of other machines.
   */
  now(): number
  /** Resolves `ms` milliseconds later, or at once when the signal aborts; it never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `action` once when `ms` milliseconds have passed, unless the returned function is called first. */
  alarm(ms: number, action: () => void): () => void
}

/** The machine's clock. Its alarms do not keep the process alive; its sleeps do. */
export const systemClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (signal?.aborted === true) {
        resolve()
        return
      }
      const finish = (): void => {
        stop()
        signal?.removeEventListener('abort', finish)
        resolve()
      }
      const stop = startTimer(ms, finish, timer => timer.ref())
      signal?.addEventListener('abort', finish, {once: true})
    }),
  alarm: (ms, action) => startTimer(ms, action, timer => timer.unref())
}

/** Node's timers hold 31 bits; given more (25 days) they go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function startTimer(
  ms: number,
  action: () => void,
  adjust: (timer: NodeJS.Timeout) => void
): () => void {
  let timer: NodeJS.Timeout
  const start = (left: number): void => {
    const part = Math.min(left, LONGEST_TIMER_MS)
    timer = setTimeout(() => {
      if (left > part) start(left - part)
      else action()
    }, part)
    adjust(timer)
  }
  start(Math.max(0, ms))
  return () => {
    clearTimeout(timer)
  }
}

/** The machine's randomness: uniform in [0, 1). Not for secrets. */
export const systemRandom = (): number => Math.random()

/** A signal that aborts when `ms` milliseconds have passed, when `parent` aborts, and at its `end`, which lets go of both. */
export function timeLimit(
  clock: Clock,
  ms: number,
  parent?: AbortSignal
): {readonly signal: AbortSignal; readonly end: () => void} {
  const controller = new AbortController()
  const end = (): void => {
    disarm()
    parent?.removeEventListener('abort', end)
    controller.abort()
  }
  const disarm = clock.alarm(ms, end)
  parent?.addEventListener('abort', end, {once: true})
  if (parent?.aborted === true) end()
  return {signal: controller.signal, end}
}
