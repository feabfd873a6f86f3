import {timeLimit} from '../base/clock.ts'
import {errorMessage} from '../base/errors.ts'
import {formatDuration, quoted} from '../base/text.ts'
import {AbortedError, RefusedError, UnavailableError} from '../circleci/faults.ts'
import {pause} from '../circleci/retry.ts'
import type {Verdict} from '../record/result.ts'
import type {WaitContext, Watched} from './context.ts'
import {nameOf, type Decider} from './deciders.ts'
import {describeGap} from './lines.ts'
import {SHORTEST_MS} from './schedule.ts'
import {Patience} from './patience.ts'

/** How often a long pause is broken to show the progress, in milliseconds. */
const SIGN_OF_LIFE_MS = 30_000
/** How long the last look, at the deadline, may take, in milliseconds. */
const LAST_LOOK_MS = 10_000
/** So many of what is unfinished are named when the time is over. */
const MOST_NAMED = 5

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
      const decision = await patience.ask(
        options => watch.look(limit.signal, options),
        limit.signal
      )
      watch.showProgress()
      if (decision.kind === 'verdict') return decision.verdict
      const until = clock.now() + watch.nextLookInMs(decision)
      for (;;) {
        const ms = Math.min(SIGN_OF_LIFE_MS, until - clock.now())
        await pause('Waiting for the pipeline', ms, {clock, signal: limit.signal})
        if (clock.now() >= until) break
        watch.showProgress()
      }
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
      const decision = await watch.look(limit.signal, patience, false)
      watch.showProgress()
      if (decision.kind === 'verdict') return decision.verdict
      const pauseMs = decision.unconfirmed === true ? 0 : (decision.withinMs ?? Infinity)
      if (clock.now() + pauseMs > until) break
      await clock.sleep(Math.max(SHORTEST_MS, pauseMs), limit.signal)
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
  return [AbortedError, RefusedError, UnavailableError].some(kind => error instanceof kind)
}

function timedOut({pipeline, settings}: WaitContext, watch: Watched): Verdict {
  const {unfinished, workflows, jobs, approvals, waitsForPerson} = watch.rest()
  const timeout = formatDuration(settings.timeoutSeconds * 1000)
  const names = unfinished.slice(0, MOST_NAMED).map(describeUnfinished)
  if (unfinished.length > names.length) names.push(`${unfinished.length - names.length} more`)
  const sentences = [
    settings.goal === 'approval'
      ? `Not everything that "approve" lists was approved within ${timeout}.`
      : `${watch.name} had no verdict within ${timeout}.`,
    names.length > 0 && `Not finished: ${names.join(', ')}.`,
    workflows.length > 0 && `Input "workflows": ${quoted(workflows)} matched no workflow so far.`,
    jobs.length > 0 && `Input "jobs": ${quoted(jobs)} matched no job so far.`,
    describeGap(approvals),
    waitsForPerson
      ? `It waits for a person to approve: ${pipeline.url}. Input "on-hold" can end the step at a hold instead.`
      : 'Increase "timeout" if it needs longer.'
  ]
  const message = sentences.filter(Boolean).join(' ')
  return {conclusion: 'timed_out', reason: 'timeout', passes: false, message}
}

/** `"build" (running)`, `"release" (on hold: "hold-production")`. */
function describeUnfinished(one: Decider): string {
  const {attempt, job, holds} = one
  const {status} = job ?? attempt
  return `${nameOf(one)} (${holds.length > 0 ? `on hold: ${quoted(holds)}` : status})`
}
