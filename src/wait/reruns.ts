import {formatDuration, withStop} from '../base/text.ts'
import {RefusedError, UnavailableError} from '../circleci/faults.ts'
import {isUnfinished, phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {Situation, WaitContext} from './context.ts'
import {autoRerunDueMs, hasFailed, isStuck} from './deciders.ts'
import {ASK_AGAIN_MS, REFUSED_FOR_MS, Refusals} from './patience.ts'

/** How long a rerun whose answer was lost may take to show up in the listing before it is asked for once more. */
const LOST_APPEARS_WITHIN_MS = 30_000
/** How long one that CircleCI confirmed may take. */
const APPEARS_WITHIN_MS = 5 * 60_000

interface Asked {
  readonly at: number
  /** False when the answer was lost. */
  readonly confirmed: boolean
  readonly times: number
}

/**
 * Reruns failed workflows from their failed jobs, up to N times each. A rerun whose answer was lost is first looked
 * for in the listing (any newer attempt of the name), and only asked for again when it does not appear. One that
 * CircleCI refuses is asked for again for a minute: it refuses a rerun until it has settled the end of the workflow.
 * https://support.circleci.com/hc/en-us/articles/49955000658715
 */
export class Reruns {
  /** Ids of the workflows that CircleCI started as reruns, oldest first, and of what each reruns. */
  readonly started = new Map<string, string>()
  private readonly context: Pick<
    WaitContext,
    'circleci' | 'clock' | 'log' | 'pipeline' | 'settings'
  >
  /** How many reruns each workflow has had, by its name. */
  private readonly used = new Map<string, number>()
  /** What was asked for an attempt, when it is asked for again, and how it was refused, by the attempt's id. */
  private readonly asked = new Map<string, Asked>()
  private readonly askAt = new Map<string, number>()
  private readonly refusals = new Map<string, Refusals>()
  /** Why reruns were refused for good, by the workflow's name. */
  private readonly refused = new Map<string, string>()
  private readonly explained = new Set<string>()

  constructor(context: Reruns['context']) {
    this.context = context
    for (const id of context.settings.rerunsAsked) {
      this.asked.set(id, {at: context.clock.now(), confirmed: true, times: 1})
    }
  }

  /** Whether CircleCI confirmed an attempt's rerun; false: its answer was lost, `undefined`: none was asked for or taken. */
  confirmed({id}: Attempt): boolean | undefined {
    return this.asked.get(id)?.confirmed
  }

  /** Why an attempt's rerun was refused for good; `undefined`: it was not. */
  refusalOf({name}: Attempt): string | undefined {
    return this.refused.get(name)
  }

  /** Whether an attempt that has failed, or goes on and may fail, will be, or is being, rerun by this step. */
  ahead(attempt: Attempt): boolean {
    const {setup, status} = attempt
    if ((phaseOf(status) !== 'failed' && !isUnfinished(status)) || setup) return false
    return this.isUnderWay(attempt) || this.isLeft(attempt)
  }

  /** Whether a failed attempt has a rerun left, none under way, and none to be asked for later. */
  private isDue(attempt: Attempt): boolean {
    const isLater = (this.askAt.get(attempt.id) ?? 0) > this.context.clock.now()
    return !this.isUnderWay(attempt) && this.isLeft(attempt) && !isLater
  }

  /** Whether what becomes of a failed attempt's rerun is not known yet. */
  isOpen(attempt: Attempt): boolean {
    return this.confirmed(attempt) !== true && this.ahead(attempt)
  }

  /** Milliseconds until a rerun that CircleCI did not take is asked for again; `Infinity`: there is none. */
  askAgainInMs({id}: Attempt): number {
    return Math.max(0, (this.askAt.get(id) ?? Infinity) - this.context.clock.now())
  }

  /**
   * Asks for the reruns that are due; `onDue` is called before. Nothing is rerun beside a workflow that could not run: the
   * pipeline cannot become green. Rejects like `ask`.
   */
  async askDue(situation: Situation, signal: AbortSignal, onDue: () => void): Promise<void> {
    const {deciding, setup} = situation.rollup
    const isBroken = [...deciding, ...setup].some(one => phaseOf(one.status) === 'error')
    if (isBroken || situation.state === 'errored') return
    for (const attempt of deciding) if (isStuck(situation, attempt)) this.explainStuck(attempt)
    const failed = deciding.filter(
      attempt => hasFailed(situation, attempt) && autoRerunDueMs(situation, attempt) === 0
    )
    await this.ask(failed, signal, onDue)
  }

  /**
   * Asks for those reruns of failed attempts that are due; `onDue` is called before. Refusals and outages reject nothing,
   * all else does (an `AbortedError`).
   */
  async ask(failed: readonly Attempt[], signal: AbortSignal, onDue: () => void): Promise<void> {
    const due = failed.filter(attempt => this.isDue(attempt))
    if (due.length > 0) onDue()
    for (const attempt of due) await this.rerun(attempt, signal)
  }

  /** Says once why an attempt that only its holds keep open is not rerun. */
  private explainStuck({id, name}: Attempt): void {
    if (this.context.settings.rerunFailed === 0 || this.explained.has(id)) return
    this.explained.add(id)
    this.context.log.notice(
      `Workflow "${name}" is failing, and only its holds are left: "rerun-failed" cannot rerun it, because CircleCI only reruns workflows that have ended.`
    )
  }

  private isLeft({id, name}: Attempt): boolean {
    if (this.refused.has(name)) return false
    const asked = this.asked.get(id)
    if (asked !== undefined) return !asked.confirmed && asked.times < 2
    return (this.used.get(name) ?? 0) < this.context.settings.rerunFailed
  }

  private isUnderWay({id}: Attempt): boolean {
    const asked = this.asked.get(id)
    if (asked === undefined) return false
    const within = asked.confirmed ? APPEARS_WITHIN_MS : LOST_APPEARS_WITHIN_MS
    return this.context.clock.now() - asked.at < within
  }

  /** Asks for the rerun of a failed attempt from its failed jobs. */
  private async rerun(attempt: Attempt, signal: AbortSignal): Promise<void> {
    const {circleci, clock, log, settings, pipeline} = this.context
    const {id, name} = attempt
    const times = (this.asked.get(id)?.times ?? 0) + 1
    // Asking again after a lost answer is the same rerun.
    const used = (this.used.get(name) ?? 0) + (times > 1 ? 0 : 1)
    const note = (confirmed: boolean): void => {
      this.asked.set(id, {at: clock.now(), confirmed, times})
      this.used.set(name, used)
    }
    this.askAt.delete(id)
    try {
      const newId = await circleci.rerunFromFailed(id, {signal})
      note(true)
      this.started.set(newId, id)
      log.info(
        `Workflow "${name}" failed: rerunning it from failed (${used} of ${settings.rerunFailed}): ${pipeline.workflowUrl(newId)}`
      )
    } catch (error) {
      if (error instanceof RefusedError) this.refuse(attempt, error)
      else if (!(error instanceof UnavailableError)) throw error
      else if (error.processed === 'no') {
        // The next poll asks again, unless CircleCI said when.
        if (error.retryAfterMs !== undefined) this.askAt.set(id, clock.now() + error.retryAfterMs)
      } else {
        note(false)
        log.info(
          `Asked for a rerun of workflow "${name}", but the answer was lost (${error.message}): looking for it.`
        )
      }
    }
  }

  private refuse({id, name}: Attempt, {why}: RefusedError): void {
    const {clock, log} = this.context
    const what = withStop(`CircleCI refused to rerun workflow "${name}" from failed: ${why}`)
    const before = this.refusals.get(id)
    const refusals = before ?? new Refusals(clock)
    this.refusals.set(id, refusals)
    if (refusals.add()) {
      this.refused.set(name, why)
      log.warning(what)
      return
    }
    this.askAt.set(id, clock.now() + ASK_AGAIN_MS)
    if (before === undefined) {
      log.info(`${what} Trying again for up to ${formatDuration(REFUSED_FOR_MS)}.`)
    }
  }
}
