import {backoffMs} from '../../src/circleci/retry.ts'
import {AbortedError, UnavailableError} from '../../src/circleci/faults.ts'
import {ActionError} from '../../src/base/errors.ts'
import type {triggerOnce} from '../../src/trigger/once.ts'

/** How often a request is sent at most. */
const ATTEMPTS = 5

/** What most clients do: whatever keeps an answer away, the request is sent again. Here to be compared with. */
export const triggerBlindly: typeof triggerOnce = async (request, context) => {
  const {circleci, clock, random, signal} = context
  for (let attempts = 0; attempts < ATTEMPTS; attempts += 1) {
    if (signal.aborted) throw new AbortedError('The trigger')
    try {
      const reply = await circleci.trigger(request, {signal})
      if (reply.kind === 'no-pipeline') return reply
      const {number = 0} = reply.pipeline
      return {kind: 'created', pipeline: {...reply.pipeline, number}}
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error
      await clock.sleep(backoffMs(attempts, random, error.retryAfterMs), signal)
    }
  }
  throw new ActionError('api-unavailable', `No answer to ${ATTEMPTS} requests`)
}
