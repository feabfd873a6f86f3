import type {Clock} from '../base/clock.ts'

/** What the runner sends to end a step; SIGBREAK is SIGTERM's place on Windows (Ctrl-Break). */
const CANCEL_SIGNALS = {SIGINT: 130, SIGTERM: 143, SIGBREAK: 149} as const

/** How long a second signal leaves to write outputs, in milliseconds: the runner kills 2.5 s after it. */
const GRACE_MS = 1_500

/** A signal that asks this step to end. */
export type CancelSignal = keyof typeof CANCEL_SIGNALS

/** The part of `process` that reports signals. */
interface SignalSource {
  on(signal: CancelSignal, listener: () => void): unknown
  off(signal: CancelSignal, listener: () => void): unknown
}

/** How the rest of the program learns that the step is to end. */
export interface Cancellation {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** Stops listening: signals have their usual effect again. */
  dispose(): void
}

/**
 * Listens for the runner's cancellation. The first signal aborts `signal`, so that everything in flight ends and the
 * pipeline can be cancelled; a second one calls `exit` a moment later, and a third at once, with the shell's code for
 * that signal. `who` says who ends the step, for the verdict's sentence. The runner sends SIGINT, 7.5 s later SIGTERM and 2.5 s later kills (`ProcessInvoker.cs` in actions/runner).
 */
export function onCancel(
  source: SignalSource,
  exit: (code: number) => void,
  clock: Pick<Clock, 'alarm'>,
  who = 'GitHub cancelled the step'
): Cancellation {
  const controller = new AbortController()
  let disarm: (() => void) | undefined
  const names = Object.keys(CANCEL_SIGNALS) as CancelSignal[]
  const listeners = names.map(name => {
    const listener = (): void => {
      if (controller.signal.aborted) {
        const end = (): void => {
          exit(CANCEL_SIGNALS[name])
        }
        if (disarm === undefined) disarm = clock.alarm(GRACE_MS, end)
        else end()
        return
      }
      controller.abort(new Error(who))
    }
    source.on(name, listener)
    return {name, listener}
  })
  return {
    signal: controller.signal,
    dispose: () => {
      disarm?.()
      for (const {name, listener} of listeners) source.off(name, listener)
    }
  }
}
