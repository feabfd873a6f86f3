/** Time, passed in so that tests can drive it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Resolves `ms` milliseconds later, or at once when the signal aborts; it never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `action` once when `ms` milliseconds have passed, unless the returned function is called first. */
  alarm(ms: number, action: () => void): () => void
}

/** The machine's clock. Its timers never keep the process alive longer than the work that waits for them. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise(resolve => {
      if (signal?.aborted === true) {
        resolve()
        return
      }
      const finish = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', finish)
        resolve()
      }
      const timer = setTimeout(finish, Math.max(0, ms))
      signal?.addEventListener('abort', finish, {once: true})
    }),
  alarm: (ms, action) => {
    const timer = setTimeout(action, Math.max(0, ms))
    timer.unref()
    return () => {
      clearTimeout(timer)
    }
  }
}
