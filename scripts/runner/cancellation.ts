import type {ChildProcess} from 'node:child_process'

/** When and how a step is cancelled. */
export interface SignalPlan {
  /** Milliseconds after the start, a log line that matches, or a signal that aborts. */
  readonly when: number | RegExp | AbortSignal
  /** Kills at once instead, as when the runner itself is lost. */
  readonly kill?: boolean
  /** Waits between the signals; tests shorten them. */
  readonly waits?: SignalWaits
}

/** How long the runner waits before it becomes harsher, in milliseconds. */
export interface SignalWaits {
  readonly afterInterrupt: number
  readonly afterTerminate: number
}

/** The runner's own waits. Source: actions/runner `src/Runner.Sdk/ProcessInvoker.cs`. */
export const RUNNER_WAITS: SignalWaits = {afterInterrupt: 7500, afterTerminate: 2500}

/** Watches one process for the moment of a `SignalPlan`. */
export interface Cancellation {
  /** Whether any signal was sent. */
  readonly cancelled: boolean
  /** To be called with each line of the log. */
  onLine(line: string): void
  /** To be called when the process has ended. */
  stop(): void
}

/**
 * Cancels a process as the runner does: SIGINT, then SIGTERM, then a kill, each to the process itself and not to its
 * children. On Windows Node can only end a process, so the first signal ends it there.
 */
export function watchCancellation(child: ChildProcess, plan: SignalPlan | undefined): Cancellation {
  let cancelled = false
  let timer: NodeJS.Timeout | undefined
  const later = (ms: number, action: () => void): void => {
    timer = setTimeout(action, ms)
  }
  const cancel = (): void => {
    if (cancelled) return
    cancelled = true
    clearTimeout(timer)
    if (plan?.kill === true) {
      child.kill('SIGKILL')
      return
    }
    const waits = plan?.waits ?? RUNNER_WAITS
    child.kill('SIGINT')
    later(waits.afterInterrupt, () => {
      child.kill('SIGTERM')
      later(waits.afterTerminate, () => child.kill('SIGKILL'))
    })
  }
  const when = plan?.when
  if (typeof when === 'number') later(when, cancel)
  if (when instanceof AbortSignal) {
    if (when.aborted) cancel()
    else when.addEventListener('abort', cancel, {once: true})
  }
  return {
    get cancelled() {
      return cancelled
    },
    onLine: line => {
      // `search` ignores the state that `test` keeps in a global pattern.
      if (when instanceof RegExp && line.search(when) >= 0) cancel()
    },
    stop: () => {
      clearTimeout(timer)
      if (when instanceof AbortSignal) when.removeEventListener('abort', cancel)
    }
  }
}
