import type {Clock} from './clock.ts'
import {errorMessage} from './errors.ts'
import {formatDuration} from './text.ts'

/** What the code may say to the user: how it is printed, and made harmless, only `report/` and `terminal/` know. */
export interface Log {
  /** Shown only when step debug logging is on. */
  debug(message: string): void
  info(message: string): void
  notice(message: string): void
  warning(message: string): void
  error(message: string): void
  /** A folded block of lines under a title. The lines may be remote text. */
  group(title: string, lines: readonly string[]): void
}

/** Makes a log of a function for messages, whatever their level, and one for blocks. */
export function makeLog(
  say: (level: Exclude<keyof Log, 'group'>, message: string) => void,
  group: Log['group']
): Log {
  const at = (level: Exclude<keyof Log, 'group'>) => (message: string) => {
    say(level, message)
  }
  return {
    debug: at('debug'),
    info: at('info'),
    notice: at('notice'),
    warning: at('warning'),
    error: at('error'),
    group
  }
}

/** The log of one of several pipelines: its name goes before everything it says. */
export function namedLog(log: Log, name: string | undefined): Log {
  if (name === undefined) return log
  const prefix = `[${name}] `
  return makeLog(
    (level, message) => {
      log[level](prefix + message)
    },
    (title, lines) => {
      log.group(prefix + title, lines)
    }
  )
}

/** Least time between two lines about one thing that keeps failing, in milliseconds. */
const SILENCE_MS = 30_000
/** A first failure is reported when the next attempt is this far away; a single one that is soon made good is not. */
const LONG_PAUSE_MS = 5_000

/** Reports what keeps failing and is retried: when it begins, every half minute at most, and when it is over. */
export class Outage {
  private readonly what: string
  private readonly clock: Clock
  private readonly log: Log
  private since: number | undefined
  private failures = 0
  private reported = false
  /** As last reported. */
  private cause = ''
  private saidAt = -Infinity

  /** `what` begins a sentence and goes before "fails": `The trigger of gh/acme/shop`. */
  constructor(what: string, {clock, log}: {readonly clock: Clock; readonly log: Log}) {
    this.what = what
    this.clock = clock
    this.log = log
  }

  /** An attempt failed; the next is made in `pauseMs`, and attempts for another `leftMs`, where that is known. */
  failed(fault: unknown, pauseMs: number, leftMs?: number): void {
    const {log} = this
    const now = this.clock.now()
    this.since ??= now
    this.failures += 1
    const cause = errorMessage(fault).replace(/[.\s]+$/, '')
    if (now - this.saidAt < SILENCE_MS || (this.failures === 1 && pauseMs < LONG_PAUSE_MS)) {
      log.debug(`${this.what} failed: ${cause}. Trying again in ${formatDuration(pauseMs)}.`)
      return
    }
    const left = leftMs === undefined ? undefined : formatDuration(leftMs)
    if (this.reported) {
      const end = left === undefined ? '' : `; ${left} left`
      const news = cause === this.cause ? '' : `: ${cause}`
      log.info(`${this.what} still fails ${this.soFar()}${end}${news}.`)
    } else {
      // Once as a warning, which GitHub shows beside the run; an API on and off would fill that list.
      const level = this.saidAt === -Infinity ? 'warning' : 'info'
      const end = left === undefined ? '' : ` for up to ${left}`
      log[level](`${this.what} failed: ${cause}. Retrying${end}.`)
    }
    this.cause = cause
    this.reported = true
    this.saidAt = now
  }

  /** An attempt went through. */
  over(): void {
    if (this.reported) this.log.info(`${this.what} succeeded ${this.soFar()}.`)
    this.since = undefined
    this.failures = 0
    this.reported = false
  }

  private soFar(): string {
    const attempts = this.failures === 1 ? '1 failed attempt' : `${this.failures} failed attempts`
    return `after ${attempts} in ${formatDuration(this.clock.now() - (this.since ?? 0))}`
  }
}
