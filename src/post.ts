import {readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'

import {linksFor} from './circleci/urls.ts'
import {systemClock, systemRandom} from './base/clock.ts'
import {ActionError, unexpected} from './base/errors.ts'
import {finishLeft} from './finish.ts'
import {readContext, type GitHubContext} from './runner/context.ts'
import {readInputs, type Inputs} from './runner/inputs.ts'
import type {Log} from './base/log.ts'
import type {Mask} from './base/mask.ts'
import {connect, maskTokens, openLog} from './setup.ts'
import {openSideChannels} from './report/side-channels.ts'
import {readState, type SavedState} from './runner/state.ts'

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
    const {circleci, transport} = connect(inputs.host, inputs.token, log)
    try {
      await Promise.all([
        finishLeft(state, inputs, {circleci, clock: systemClock, random: systemRandom, log}),
        endStatuses(state, inputs, {context, log, mask})
      ])
    } finally {
      transport.close()
    }
  } catch (error) {
    log.warning(`What the step started may still be running. ${unexpected(error)}`)
  }
}

/** A step that was killed could not say how it ended: its commit statuses would stay pending. */
async function endStatuses(
  {statusSha, pipelines: [pipeline]}: SavedState,
  inputs: Inputs,
  {context, log, mask}: {context: GitHubContext; log: Log; mask: Mask}
): Promise<void> {
  if (statusSha === undefined) return
  const options = {log, mask, clock: systemClock}
  const {statuses, end} = openSideChannels(inputs, context, options)
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
