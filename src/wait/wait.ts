import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {timeLimit} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import type {Verdict} from '../record/result.ts'
import {Patience} from './patience.ts'
import type {WaitContext} from './context.ts'
import {unmatchedApprovals} from './approve-lines.ts'
import type {Decider} from './deciders.ts'
import {nameOf} from './wording.ts'
import type {Watched} from './watch.ts'

const SIGN_OF_LIFE_MS = 30_000
/** How long the last look, at the deadline, may take, in milliseconds. */
const LAST_LOOK_MS = 10_000
/** The shortest pause between two requests of the last look, in milliseconds. */
const LAST_PAUSE_MS = 250

/**
 * Resolves with the pipeline's verdict; with `timed_out` when it has none at the deadline, nor within the ten seconds
 * of one last look. Rejects with an `AbortedError` when GitHub cancels the step, with a `RefusedError` when CircleCI
 * says no and goes on saying no (401, 403, 404), and with `api-unavailable` after five minutes of nothing but errors.
 */
export async function waitForVerdict(context: WaitContext, watch: Watched): Promise<Verdict> {
  const {clock, signal, deadline} = context
  const limit = timeLimit(clock, deadline - clock.now(), signal)
  const patience = new Patience(context)
  try {
    for (;;) {
      const look = await patience.ask(options => watch.look(limit.signal, options), limit.signal)
      watch.tell()
      if (look.decision.kind === 'verdict') return look.decision.verdict
      const pause = watch.nextLookInMs(look.decision)
      await rest(context, pause, limit.signal, () => {
        watch.tell()
      })
      if (limit.signal.aborted) throw new AbortedError('Waiting for the pipeline')
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof AbortedError)) throw error
    return await lastLook(context, watch)
  } finally {
    limit.end()
  }
}

/** What it proves is the verdict; no rule is lifted for it, and nothing more is approved or rerun. */
async function lastLook(context: WaitContext, watch: Watched): Promise<Verdict> {
  const {clock, signal, log} = context
  const until = clock.now() + LAST_LOOK_MS
  const limit = timeLimit(clock, LAST_LOOK_MS, signal)
  const onRetry = ({message}: UnavailableError): void => {
    log.debug(`Trying again: ${message}`)
  }
  try {
    for (;;) {
      const patience = {patienceMs: until - clock.now(), onRetry, urgent: true}
      const {decision} = await watch.look(limit.signal, patience, false)
      watch.tell()
      if (decision.kind === 'verdict') return decision.verdict
      const pauseMs = decision.unconfirmed === true ? 0 : (decision.withinMs ?? Infinity)
      if (clock.now() + pauseMs > until) break
      await clock.sleep(Math.max(LAST_PAUSE_MS, pauseMs), limit.signal)
    }
    await watch.lookForHolds(limit.signal)
  } catch (error) {
    if (signal.aborted || !isNoAnswer(error)) throw error
    log.debug(`The last poll failed: ${errorMessage(error)}`)
  } finally {
    limit.end()
  }
  return timedOut(context, watch)
}

function isNoAnswer(error: unknown): boolean {
  return (
    error instanceof AbortedError ||
    error instanceof RefusedError ||
    error instanceof UnavailableError
  )
}

/** Sleeps, and in a long sleep gives a sign of life now and then. */
async function rest(
  {clock}: WaitContext,
  ms: number,
  signal: AbortSignal,
  sign: () => void
): Promise<void> {
  const until = clock.now() + ms
  for (;;) {
    await clock.sleep(Math.min(SIGN_OF_LIFE_MS, until - clock.now()), signal)
    if (clock.now() >= until || signal.aborted) return
    sign()
  }
}

function timedOut({timeoutText, pipeline, settings}: WaitContext, watch: Watched): Verdict {
  const open = watch.left()
  const names = open.slice(0, 5).map(openName)
  if (open.length > names.length) names.push(`${open.length - names.length} more`)
  const left = names.length > 0 ? ` Not finished: ${names.join(', ')}.` : ''
  const unmatched =
    unmatchedText('workflow', watch.rollup.unmatched) + unmatchedText('job', watch.unmatchedJobs())
  const gap = watch.approvalGap()
  const unapproved = gap.lines.length === 0 ? '' : ` ${unmatchedApprovals(gap)}`
  const what =
    settings.goal === 'approval'
      ? `Not everything that "approve" lists was approved within ${timeoutText}.`
      : `${watch.name} had no verdict within ${timeoutText}.`
  const advice = watch.waitsForPerson()
    ? `It waits for a person to approve: ${pipeline.url}. Input "on-hold" can end the step at a hold instead.`
    : 'Increase "timeout" if it needs longer.'
  return {
    conclusion: 'timed_out',
    reason: 'timeout',
    passes: false,
    message: `${what}${left}${unmatched}${unapproved} ${advice}`
  }
}

/** `"build" (running)`, `"release" (on hold: "hold-production")`. */
function openName(one: Decider): string {
  const {attempt, job, holds} = one
  const {status} = job ?? attempt
  const words = holds.length > 0 ? `on hold: ${holds.map(name => `"${name}"`).join(', ')}` : status
  return `${nameOf(one)} (${words})`
}

function unmatchedText(what: 'workflow' | 'job', lines: readonly string[]): string {
  if (lines.length === 0) return ''
  const names = lines.map(line => `"${line}"`).join(', ')
  return ` Input "${what}s": ${names} matched no ${what} so far.`
}
