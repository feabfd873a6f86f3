import {readInputs, type Inputs} from './inputs.ts'
import {linksFor} from './circleci/urls.ts'
import {systemClock, systemRandom} from './clock.ts'
import {ActionError, errorMessage} from './errors.ts'
import {cleanUp} from './wait/clean-up.ts'
import {connect, maskToken, openLog} from './setup.ts'
import {readState, type SavedPipeline} from './state.ts'
import {findIntended} from './trigger/search.ts'
import {slugOfIntent} from './trigger/intent.ts'
import type {ActionsLog} from './report/log.ts'
import type {CircleCI} from './circleci/client.ts'

/**
 * The post step: when the main step was cancelled or killed, finds and cancels what it left running, also a pipeline
 * whose trigger was under way. Does nothing after a step that came to its end. Never fails the job.
 */
export async function post(): Promise<void> {
  maskToken(process.env)
  const state = readState()
  if (state.settled || (state.pipeline === undefined && state.intent === undefined)) return
  const log = openLog()
  const inputs = inputsOrNothing(log)
  if (inputs?.token === undefined) return
  const {circleci, transport} = connect(inputs.host, inputs.token, log)
  try {
    const pipeline = state.pipeline ?? (await findInFlight(state, circleci, log))
    if (pipeline === undefined) return
    const url = linksFor(inputs.host).pipeline(pipeline.slug, pipeline.number)
    if (inputs.onCancel === 'leave') {
      log.notice(
        `Pipeline #${pipeline.number} is left running, because "on-cancel" is "leave": ${url}`
      )
      return
    }
    await cleanUp(pipeline, url, {circleci, clock: systemClock, log})
  } catch (error) {
    log.warning(
      `What the cancelled step started may still be running: ${errorMessage(error)}. Look at ${inputs.host}.`
    )
  } finally {
    transport.close()
  }
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
  {intent}: ReturnType<typeof readState>,
  circleci: CircleCI,
  log: ActionsLog
): Promise<SavedPipeline | undefined> {
  if (intent === undefined) return undefined
  const slug = slugOfIntent(intent)
  log.info('The step ended while its trigger was under way: looking for the pipeline.')
  const found = await findIntended(intent, {
    circleci,
    clock: systemClock,
    random: systemRandom
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
