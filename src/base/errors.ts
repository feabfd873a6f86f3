/** GitHub's words for how a check ended; the values of the `conclusion` output. */
export type Conclusion =
  'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required'

/** Why a step did not simply succeed; the values of the `failure-reason` output. */
export type FailureReason =
  | 'workflow-failed'
  | 'job-failed'
  | 'config-error'
  | 'unauthorized'
  | 'canceled'
  | 'superseded'
  | 'no-pipeline'
  | 'no-workflows'
  | 'not-run'
  | 'on-hold'
  | 'timeout'
  | 'api-unavailable'
  | 'auth'
  | 'not-found'
  | 'trigger-ambiguous'
  | 'github-cancelled'
  | 'input'
  | 'rejected'
  | 'download'

/** An error a user can act on: whole sentences that say what failed, on what, why, and what to do. */
export class ActionError extends Error {
  override readonly name = 'ActionError'
  readonly reason: FailureReason
  readonly conclusion: Conclusion

  constructor(
    reason: FailureReason,
    message: string,
    options: {cause?: unknown; conclusion?: Conclusion} = {}
  ) {
    super(message, options.cause === undefined ? {} : {cause: options.cause})
    this.reason = reason
    this.conclusion = options.conclusion ?? 'failure'
  }
}

/** An `ActionError` about one input: says which, and what it got. Thrown before any request, where none is needed to know. */
export class InputError extends ActionError {
  readonly input: string
  readonly #problem: string

  constructor(input: string, problem: string, options: {cause?: unknown} = {}) {
    super('input', `Input "${input}" ${problem}`, options)
    this.input = input
    this.#problem = problem
  }

  /** The same about an input that an entry of `pipelines` sets. */
  inEntry(name: string): ActionError {
    const message = `Input "pipelines", entry "${name}": "${this.input}" ${this.#problem}`
    return new ActionError('input', message, {cause: this})
  }
}

/** The message for an unexpected error; its stack belongs into a debug line. */
export function unexpected(error: unknown): string {
  return `An unexpected error occurred: ${errorMessage(error)}. Please report it, with the log of a run that has debug logging enabled.`
}

/** The message of anything that can be thrown, for embedding in a sentence; never empty, and never throws. */
export function errorMessage(error: unknown): string {
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0) {
    return error.errors.map(errorMessage).join('; ')
  }
  if (error instanceof Error) return error.message || error.name
  if (typeof error !== 'object' || error === null) return String(error) || 'an empty text'
  const {message} = error as {message?: unknown}
  return typeof message === 'string' && message !== '' ? message : 'an error without a message'
}
