import {AbortedError} from '../circleci/faults.ts'
import {Baseline} from './first-read.ts'

/** Ends an entry whose request is not sent, because another one failed. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}

/** The place of one entry among those of its step. */
export interface Turn {
  /** What was there before the step's first trigger in this project. */
  readonly baseline: Baseline
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
 * for another's whose answer was lost; projects side by side; and nothing before all of them are checked. `projects`: that
 * of each entry. `maySend`: whether anything is to be sent still.
 */
export function turnsOf(projects: readonly string[], maySend: () => boolean): readonly Turn[] {
  const baselines = new Map<string, Baseline>()
  const lasts = new Map<string, Promise<void>>()
  const entries = projects.map(project => ({project, checked: new Signal(), sent: new Signal()}))
  const allChecked = Promise.all(entries.map(({checked}) => checked.given))
  return entries.map(({project, checked, sent}) => {
    const baseline = baselines.get(project) ?? new Baseline()
    const before = lasts.get(project)
    baselines.set(project, baseline)
    lasts.set(project, sent.given)
    return {
      baseline,
      take: async signal => {
        checked.give()
        await allChecked
        await before
        if (signal.aborted) throw new AbortedError('The step')
        if (!maySend()) throw new NotSentError('Another entry has failed.')
      },
      done: () => {
        checked.give()
        sent.give()
      }
    }
  })
}

/** Something that is waited for, given once. */
class Signal {
  give: () => void = () => undefined
  readonly given = new Promise<void>(resolve => {
    this.give = resolve
  })
}
