import {readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'

import {linksFor} from './circleci/slug.ts'
import {systemClock, timeLimit} from './base/clock.ts'
import {ActionError, errorMessage, unexpected} from './base/errors.ts'
import {readContext, type GitHubContext} from './runner/context.ts'
import {readInputs, type Inputs} from './runner/inputs.ts'
import type {Log} from './base/log.ts'
import type {Mask} from './base/mask.ts'
import {connect, MACHINE, maskTokens, openLog, type World} from './play.ts'
import type {ActionsLog} from './report/log.ts'
import {openGitHubReports} from './report/github-reports.ts'
import {readState, type SavedPipeline, type SavedState} from './runner/state.ts'
import {slugOfIntent, type Intent} from './trigger/intent.ts'
import {findIntended} from './trigger/search.ts'
import {cancelForGood, type CancelContext} from './wait/cancel.ts'

/**
 * The post step: when the main step was cancelled or killed, finds and cancels what it left running, also a pipeline
 * whose trigger was under way. Does nothing after a step that came to its end. Never fails the job.
 */
export async function post(): Promise<void> {
  const mask = maskTokens(process.env)
  const log = openLog(mask)
  try {
    const inputs = await inputsOrNothing(log)
    const context = readContext(process.env, path => readFileSync(path, 'utf8'))
    const state = readState(context.runnerTemp ?? tmpdir())
    if (inputs?.token === undefined) return
    await finishStep(state, inputs, inputs.token, {context, log, mask})
  } catch (error) {
    log.warning(`What the step started may still be running. ${unexpected(error)}`)
  }
}

/** Finishes what a step left: its pipelines and triggers under way, and its commit statuses. Takes a minute at most. */
export async function finishStep(
  state: SavedState,
  inputs: Inputs,
  token: string,
  {context, log, mask, world = MACHINE}: FinishStage
): Promise<void> {
  const {circleci, transport} = connect(inputs.host, token, log, world)
  try {
    await Promise.all([
      finishLeft(state, inputs, {...world, circleci, log}),
      endStatuses(state, inputs, {context, log, mask})
    ])
  } finally {
    transport.close()
  }
}

/** Where a step is finished, and what shows it. */
interface FinishStage {
  readonly context: GitHubContext
  readonly log: ActionsLog
  readonly mask: Mask
  readonly world?: World
}

/** A step that was killed could not say how it ended: its commit statuses would stay pending. */
async function endStatuses(
  {statusSha, pipelines: [pipeline]}: SavedState,
  inputs: Inputs,
  {context, log, mask}: {context: GitHubContext; log: Log; mask: Mask}
): Promise<void> {
  if (statusSha === undefined) return
  const options = {log, mask, clock: systemClock}
  const {statuses, end} = openGitHubReports(inputs, context, options)
  const pipelineUrl = pipeline && linksFor(inputs.host).pipeline(pipeline.slug, pipeline.number)
  const description = 'The step ended before it had a verdict.'
  await end(async () =>
    statuses?.finish({state: 'error', description, pipelineUrl}, () => undefined, {
      subject: 'other',
      revision: statusSha
    })
  )
}

/** The main step has said what is wrong with its inputs. */
async function inputsOrNothing(log: Log): Promise<Inputs | undefined> {
  try {
    return await readInputs(process.env)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.debug(error.message)
    return undefined
  }
}

/** Longest time spent on all pipelines together, in milliseconds: GitHub ends a cancelled job after five minutes. */
const BUDGET_MS = 60_000

/** What finishing needs from outside. */
type FinishContext = CancelContext & {readonly random: () => number}

/**
 * Cancels what a step left, or says that it is left running: the pipelines that are known at once, those of triggers
 * under way as soon as they are found. Takes a minute at most; never rejects.
 */
export async function finishLeft(
  state: SavedState,
  {host, onCancel}: Pick<Inputs, 'host' | 'onCancel'>,
  context: FinishContext
): Promise<void> {
  const until = context.clock.now() + BUDGET_MS
  const isLeft = !state.cancelling && onCancel === 'leave'
  const finish = async (pipelines: readonly SavedPipeline[]): Promise<void> => {
    const known = pipelines.map(({id, number, slug, workflows: ids = []}) => {
      const workflows = ids.map(workflow => ({id: workflow, name: workflow}))
      const url = linksFor(host).pipeline(slug, number)
      return {id, number, workflows, url, reported: state.cancelling}
    })
    if (!isLeft) return cancelForGood(known, {...context, until})
    for (const {number, url} of known) {
      context.log.notice(
        `Pipeline #${number} is left running, because "on-cancel" is "leave": ${url}`
      )
    }
  }
  await Promise.all([
    finish(state.pipelines),
    ...state.intents.map(async intent => finish(await findInFlight(intent, {host, until}, context)))
  ])
}

async function findInFlight(
  intent: Intent,
  {host, until}: {readonly host: string; readonly until: number},
  context: FinishContext
): Promise<readonly SavedPipeline[]> {
  const {clock, log} = context
  const slug = slugOfIntent(intent)
  log.info('The step ended while its trigger was under way: looking for the pipeline.')
  const {signal, end} = timeLimit(clock, until - clock.now())
  try {
    const found = await findIntended(intent, {...context, host, signal})
    if (found.kind === 'found') return [{...found.pipeline, slug}]
    if (found.kind === 'none') {
      log.info('There is none: the trigger did not reach CircleCI.')
      return []
    }
    throw found.kind === 'failed'
      ? found.cause
      : new Error(`one of ${found.pipelines.map(({number}) => `#${number}`).join(', ')}`)
  } catch (error) {
    log.warning(
      `The step may have started a pipeline, and it is not clear which (${errorMessage(error)}): nothing was cancelled. Look at ${linksFor(host).project(slug)}`
    )
    return []
  } finally {
    end()
  }
}
