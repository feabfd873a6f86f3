import type {UnavailableError} from '../circleci/faults.ts'
import {formatDuration} from '../duration.ts'
import type {WaitContext} from './context.ts'
import type {Patience} from './watch.ts'

/**
 * Tells the user about an API in trouble without crying wolf: a single fault is a debug line, the second in a row one
 * warning (later ones of the same step are information), and the end of the trouble is said.
 */
export class Trouble {
  private readonly context: Pick<WaitContext, 'clock' | 'log'>
  private since: number | undefined
  private faults = 0
  private warned = false

  constructor(context: Pick<WaitContext, 'clock' | 'log'>) {
    this.context = context
  }

  /** Options for a call that may be retried for so long. */
  patience(patienceMs: number): Patience {
    return {
      patienceMs,
      onRetry: fault => {
        this.fault(fault, patienceMs)
      }
    }
  }

  /** A call went through. */
  over(): void {
    if (this.since !== undefined && this.faults > 1) {
      const lasted = formatDuration(this.context.clock.now() - this.since)
      this.context.log.info(`CircleCI's API answers again, after ${lasted}.`)
    }
    this.since = undefined
    this.faults = 0
  }

  private fault(fault: UnavailableError, patienceMs: number): void {
    const {clock, log} = this.context
    this.since ??= clock.now()
    this.faults += 1
    if (this.faults !== 2) {
      log.debug(`Trying again: ${fault.message}`)
      return
    }
    const message = `CircleCI's API is in trouble: ${fault.message}. The wait goes on as long as it answers once in ${formatDuration(patienceMs)}.`
    if (this.warned) log.info(message)
    else log.warning(message)
    this.warned = true
  }
}
