import {readFileSync} from 'node:fs'

import {linksFor} from './circleci/urls.ts'
import {systemClock, systemRandom} from './clock.ts'
import {ActionError, errorMessage} from './errors.ts'
import {readContext} from './github/context.ts'
import {readInputs, type Inputs} from './inputs.ts'
import {connect, maskTokens, openLog} from './setup.ts'
import type {Mask} from './mask.ts'
import {openSideChannels} from './side-channels.ts'
import {cleanUp} from './wait/clean-up.ts'
import {readState, remainingDuty, type SavedPipeline, type SavedState} from './state.ts'
import {findIntended} from './trigger/search.ts'
import {slugOfIntent} from './trigger/intent.ts'
import type {ActionsLog} from './report/log.ts'
import type {CircleCI} from './circleci/client.ts'

/**
 * The post step: when the main step was cancelled or killed, finds and cancels what it left running, also a pipeline
 * whose trigger was under way. Does nothing after a step that came to its end. Never fails the job.
 */
export async function post(): Promise<void> {
  const mask = maskTokens(process.env)
  const log = openLog(mask)
  const inputs = inputsOrNothing(log)
  if (inputs?.token === undefined) return
  const state = readState()
  if (!state.settled) await endStatuses(state, inputs, log, mask)
  const duty = remainingDuty(state, inputs.onCancel)
  if (duty === 'nothing') return
  try {
    const {circleci, transport} = connect(inputs.host, inputs.token, log)
    try {
      await finish(state, duty, {circleci, host: inputs.host, log})
    } finally {
      transport.close()
    }
  } catch (error) {
    log.warning(
      `What the cancelled step started may still be running: ${errorMessage(error)}. Look at ${inputs.host}.`
    )
  }
}

/** A step that was killed could not say how it ended: its commit statuses would stay pending. */
async function endStatuses(
  {pipeline}: SavedState,
  inputs: Inputs,
  log: ActionsLog,
  mask: Mask
): Promise<void> {
  const context = readContext(process.env, path => readFileSync(path, 'utf8'))
  const {statuses, end} = openSideChannels(inputs, context, {log, mask, clock: systemClock})
  const pipelineUrl = pipeline && linksFor(inputs.host).pipeline(pipeline.slug, pipeline.number)
  const description = 'The step was ended before it had a verdict.'
  await end(async () =>
    statuses?.finish({state: 'error', description, pipelineUrl}, () => undefined)
  )
}

async function finish(
  state: SavedState,
  duty: 'cancel' | 'leave',
  {circleci, host, log}: {circleci: CircleCI; host: string; log: ActionsLog}
): Promise<void> {
  const pipeline = state.pipeline ?? (await findInFlight(state, circleci, log))
  if (pipeline === undefined) return
  const url = linksFor(host).pipeline(pipeline.slug, pipeline.number)
  if (duty === 'cancel') {
    await cleanUp(pipeline, url, {circleci, clock: systemClock, log})
    return
  }
  log.notice(`Pipeline #${pipeline.number} is left running, because "on-cancel" is "leave": ${url}`)
}

/** The main step has said what is wrong with its inputs. */
function inputsOrNothing(log: ActionsLog): Inputs | undefined {
  try {
    return readInputs(process.env)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.debug(error.message)
    return undefined
  }
}

async function findInFlight(
  {intent}: SavedState,
  circleci: CircleCI,
  log: ActionsLog
): Promise<SavedPipeline | undefined> {
  if (intent === undefined) return undefined
  const slug = slugOfIntent(intent)
  log.info('The step ended while its trigger was under way: looking for the pipeline.')
  const found = await findIntended(intent, {
    circleci,
    clock: systemClock,
    random: systemRandom,
    log
  })
  if (found.kind === 'found') return {id: found.pipeline.id, number: found.pipeline.number, slug}
  if (found.kind === 'none') {
    log.info('There is none: the trigger did not reach CircleCI.')
    return undefined
  }
  const which =
    found.kind === 'several'
      ? `one of ${found.pipelines.map(({number}) => `#${number}`).join(', ')}`
      : errorMessage(found.cause)
  log.warning(
    `The pipeline that the cancelled step may have started could not be told (${which}); nothing was cancelled.`
  )
  return undefined
}
