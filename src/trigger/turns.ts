import {AbortedError} from '../circleci/faults.ts'
import {Baseline} from './first-read.ts'

/** Ends the story of an entry whose request is not sent, because of what became of another one. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}

/** The place of one entry among those of its step. */
export interface Turn {
  /** What was there before the step's first trigger in this project. */
  readonly baseline: Baseline
  /** This entry is checked, and has nothing to send. */
  checked(): void
  /**
   * Resolves when every entry of the step is checked, and those before this one in its project have sent what they had to.
   * Rejects with a `NotSentError` when nothing is to be sent any more, and with an `AbortedError`.
   */
  take(signal: AbortSignal): Promise<void>
  /** This entry has sent what it had to, or never will. */
  done(): void
}

/**
 * Has the entries of a step send their requests in their order: one after another within a project, as each could be taken
 * for another's whose answer was lost; projects side by side; and nothing before all of them are checked.
 */
export class Turns {
  private readonly maySend: () => boolean
  private readonly baselines = new Map<string, Baseline>()
  private readonly lasts = new Map<string, Promise<void>>()
  private readonly allChecked: Promise<unknown>
  readonly turns: readonly Turn[]

  /** `projects`: that of each entry. `maySend`: whether anything is to be sent still. */
  constructor(projects: readonly string[], maySend: () => boolean) {
    this.maySend = maySend
    const checks = projects.map(() => new Signal())
    this.allChecked = Promise.all(checks.map(({given}) => given))
    this.turns = checks.map((check, index) => this.turnOf(projects[index] ?? '', check))
  }

  private turnOf(project: string, check: Signal): Turn {
    const baseline = this.baselines.get(project) ?? new Baseline()
    this.baselines.set(project, baseline)
    const before = this.lasts.get(project)
    const sent = new Signal()
    this.lasts.set(project, sent.given)
    return {
      baseline,
      checked: check.give,
      take: async signal => {
        check.give()
        await this.allChecked
        await before
        if (signal.aborted) throw new AbortedError('The step')
        if (!this.maySend()) throw new NotSentError('Another entry has failed.')
      },
      done: () => {
        check.give()
        sent.give()
      }
    }
  }
}

/** Something that is waited for, given once. */
class Signal {
  give: () => void = () => undefined
  readonly given = new Promise<void>(resolve => {
    this.give = resolve
  })
}
