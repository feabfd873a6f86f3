import type {Clock} from '../base/clock.ts'
import {ActionError, InputError} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import type {Mask} from '../base/mask.ts'
import {GitHub} from '../github/client.ts'
import {toFault, type GitHubFault} from '../github/fault.ts'
import {isSameRepository, type PullRequestPayload} from '../trigger/event.ts'
import {withPullRequest, type GitHubContext} from './context.ts'
import type {Inputs} from './inputs.ts'

/** How long nothing but errors from GitHub is outlasted, and the pause between two attempts, in milliseconds. */
const PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 5_000

/** What reading from GitHub takes. */
export interface HeadOptions {
  readonly clock: Clock
  readonly log: Log
  readonly mask: Mask
  /** Aborts when GitHub cancels the step. */
  readonly signal: AbortSignal
}

/**
 * The event of a comment on a pull request, with the commit and the branch of its head, when `pipeline: commit` asks for
 * them: the payload has neither. Any other event as it is. Throws an `ActionError` when GitHub does not answer.
 */
export async function withHeadOfComment(
  context: GitHubContext,
  inputs: Inputs,
  options: HeadOptions
): Promise<GitHubContext> {
  const {eventName, pullRequest, repository, apiUrl} = context
  const {githubToken: token, pipelines = [inputs]} = inputs
  const wanted = pipelines.some(
    ({pipeline}) => pipeline.kind === 'commit' && pipeline.revision === undefined
  )
  if (!wanted || eventName !== 'issue_comment' || pullRequest === undefined) return context
  if (token === undefined || repository === undefined) {
    throw new InputError(
      'github-token',
      `is empty, and ${NEEDED} of pull request #${pullRequest.number}: leave that input out to use the token of the workflow.`
    )
  }
  const {clock, mask, signal: cancelled} = options
  const connection = {token, apiUrl, repository, mask, clock, cancelled}
  const pull = await read(new GitHub(connection), pullRequest.number, options)
  options.log.info(
    `Pull request #${pull.number}, commented on, is at commit ${pull.headSha} of ${placeOf(pull, repository)}.`
  )
  return withPullRequest(context, pull)
}

const NEEDED = '"pipeline: commit" on a comment needs it to read the head'

async function read(
  github: GitHub,
  number: number,
  {clock, signal}: HeadOptions
): ReturnType<GitHub['pullRequest']> {
  const until = clock.now() + PATIENCE_MS
  for (;;) {
    try {
      return await github.pullRequest(number)
    } catch (error) {
      const fault = toFault(error)
      const isOver = clock.now() >= until || signal.aborted
      if (fault.kind !== 'unavailable' || isOver) throw explain(fault, number, signal.aborted)
      await clock.sleep(Math.max(LOOK_AGAIN_MS, fault.retryAfterMs ?? 0), signal)
    }
  }
}

function explain(fault: GitHubFault, number: number, isCancelled: boolean): ActionError {
  if (isCancelled) {
    const message = 'GitHub cancelled the job while its head was read.'
    return new ActionError('github-cancelled', message, {conclusion: 'cancelled'})
  }
  const problem = `${NEEDED} of pull request #${number}, and ${fault.message}`
  switch (fault.kind) {
    case 'permission':
      return new InputError(
        'github-token',
        `may not do enough: ${problem}. The job needs "permissions: pull-requests: read".`,
        {cause: fault}
      )
    case 'credentials':
    case 'refused':
      return new InputError('github-token', `did not help: ${problem}.`, {cause: fault})
    case 'unavailable':
      return new ActionError(
        'api-unavailable',
        `The head of pull request #${number} could not be read: ${fault.message}. Nothing was triggered; run the job again (https://www.githubstatus.com).`,
        {cause: fault}
      )
  }
}

function placeOf(pull: PullRequestPayload, repository: string): string {
  const {number, headRef, headRepository} = pull
  if (headRef !== undefined && isSameRepository(headRepository, repository)) {
    return `branch ${headRef}`
  }
  return `pull/${number}, from ${headRepository ?? 'a repository that is gone'}`
}
