import {setMaxListeners} from 'node:events'
import {readFileSync} from 'node:fs'

import {parseSlug, type Slug} from './circleci/slug.ts'
import {sayProblem, checkCommandFiles, writeOutputs} from './report/delivery.ts'
import {ActionError, errorMessage, InputError, unexpected} from './base/errors.ts'
import {withHeadOfComment, type HeadOptions} from './runner/comment-head.ts'
import {readContext, type GitHubContext} from './runner/context.ts'
import type {Cancellation} from './runner/signals.ts'
import {readInputs} from './runner/inputs.ts'
import type {Mask} from './base/mask.ts'
import type {ActionsLog} from './report/log.ts'
import {resultOf, stepRecord, type StepRecord} from './record/record.ts'
import {failed} from './record/result.ts'
import {folderFor, playStep, type Prepared, MACHINE, maskTokens, openLog} from './play.ts'

/** The main step: reads inputs and event, runs, reports, and alone decides the exit code. Never rejects. */
export async function main(cancellation: Cancellation): Promise<void> {
  const mask = maskTokens(process.env)
  const log = openLog(mask)
  // One signal ends everything, this one or one that follows it: however many listen is no leak, and no warning.
  setMaxListeners(0)
  setMaxListeners(0, cancellation.signal)
  try {
    const {verdict} = await perform(log, mask, cancellation.signal)
    if (verdict?.passes === false) process.exitCode = 1
  } catch (error) {
    process.exitCode = 1
    crash(error, log)
  }
  if (!cancellation.signal.aborted) {
    cancellation.dispose()
    return
  }
  // Nothing that is still under way, such as a commit status, is worth the seconds the runner grants. Signals are listened
  // for until the end: one that follows must not take the exit code away.
  process.stdout.write('', () => process.exit())
}

function crash(error: unknown, log: ActionsLog): void {
  log.error(unexpected(error))
  log.debug(error instanceof Error ? (error.stack ?? '') : String(error))
  try {
    writeOutputs({conclusion: 'failure', 'failure-reason': ''})
  } catch (cause) {
    log.debug(errorMessage(cause))
  }
}

/** Everything a step does between its masks and its exit code. Rejects with an unexpected error only. */
export async function perform(
  log: ActionsLog,
  mask: Mask,
  signal: AbortSignal,
  world = MACHINE
): Promise<StepRecord> {
  const {clock} = world
  const event = readContext(process.env, path => readFileSync(path, 'utf8'))
  const step = stepRecord({startedAt: clock.now(), eventCommit: event.headSha})
  const prepared = await prepare(event, step, {log, mask, signal, clock})
  if (prepared === undefined) {
    await sayProblem(mask.data(resultOf(step, clock.now())), log)
    return step
  }
  await playStep(prepared, {step, log, mask, signal, world})
  return step
}

/** Everything that can be checked without asking CircleCI; `undefined` once what is wrong is the step's verdict. */
async function prepare(
  event: GitHubContext,
  step: StepRecord,
  options: HeadOptions
): Promise<Prepared | undefined> {
  try {
    const inputs = await readInputs(process.env)
    checkCommandFiles(process.env, inputs)
    const isOwnNeeded = (inputs.pipelines ?? [inputs]).some(({slug}) => slug === undefined)
    const ownSlug = isOwnNeeded ? slugOf(event) : undefined
    const token = inputs.token ?? missingToken(event)
    if (inputs.idle.length > 0) {
      const names = inputs.idle.map(name => `"${name}"`).join(', ')
      const verb = inputs.idle.length === 1 ? 'has' : 'have'
      options.log.warning(`${names} ${verb} no effect without "wait: true".`)
    }
    const downloadFolder = await folderFor(inputs, event)
    const context = await withHeadOfComment(event, inputs, options)
    step.eventCommit = context.headSha
    return {inputs, context, ownSlug, token, downloadFolder}
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    step.verdict = failed(error)
    return undefined
  }
}

function slugOf(context: GitHubContext): Slug {
  const slug = parseSlug(`gh/${context.repository ?? ''}`)
  if (slug !== undefined) return slug
  throw new InputError(
    'project-slug',
    'is required: the environment does not say which repository this workflow runs in.'
  )
}

function missingToken(context: GitHubContext): never {
  throw new InputError(
    'token',
    `is empty, and so are CIRCLE_TOKEN, CIRCLECI_TOKEN and CCI_TOKEN. ${whereToGetOne(context)}`
  )
}

/**
 * Which runs get no secrets, or others:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 * https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
function whereToGetOne({actor, eventName, pullRequest}: GitHubContext): string {
  if (actor === 'dependabot[bot]') {
    return "Dependabot started this run, and GitHub gives such a run only the secrets kept for Dependabot: add the token there as well, under the same name (the repository's Settings > Secrets and variables > Dependabot)."
  }
  const isRestricted = eventName.startsWith('pull_request') && eventName !== 'pull_request_target'
  if (pullRequest?.fork === true && isRestricted) {
    return 'This pull request comes from a fork, and GitHub gives workflows of forks no secrets, whichever there are: let CircleCI build pull requests from forks by itself, or have a maintainer start the pipeline after reading the change ("Pull requests from forks" in docs/security.md of this action).'
  }
  return 'Create a personal API token in CircleCI (User Settings > Personal API Tokens), keep it as a secret of this repository, and pass it with "token: ${{ secrets.CIRCLECI_TOKEN }}".'
}
