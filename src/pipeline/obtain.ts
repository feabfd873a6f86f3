import {triggerBody} from '../circleci/trigger-request.ts'
import type {Pipeline, User} from '../circleci/model.ts'
import {formatSlug, linksFor, parseSlug} from '../circleci/slug.ts'
import {ActionError} from '../base/errors.ts'
import {takePipeline, type PipelineRecord, type ReadPipeline} from '../record/record.ts'
import type {PipelineInfo} from '../record/result.ts'
import type {RunContext} from './run.ts'
import {onePipeline} from '../runner/inputs.ts'
import {findPipeline, type Named} from '../trigger/first-read.ts'
import {triggerOnce} from '../trigger/once.ts'
import {withRequestId, type RunAttempt} from '../trigger/intent.ts'
import {subjectOf, type Subject} from '../trigger/ref.ts'
import {describeTarget, resolveTarget, type Target} from '../trigger/target.ts'

/**
 * The pipeline of an entry: triggered now, attached to, or one that an earlier attempt of the GitHub run made.
 * `undefined` for a dry run. Throws when there is none, saying why.
 */
export async function obtainPipeline(
  context: RunContext,
  record: PipelineRecord
): Promise<PipelineInfo | undefined> {
  const {inputs, circleci, signal, event, random, turn, log} = context
  const {pipeline, host} = inputs
  record.subject = subjectFor(context, record)
  if ('id' in pipeline || 'number' in pipeline) return attach(pipeline, context, record)
  if (pipeline.kind !== 'new') throw new Error('The pipelines of a commit are taken elsewhere.')
  const user = inputs.dryRun ? await circleci.me({signal}) : undefined
  const target = await resolveTarget(record.slug, inputs, event, {...context, host})
  record.ref = target.ref
  record.subject = subjectFor(context, record, target.definition?.checkoutRepository)
  record.parameters = inputs.parameters
  if (user !== undefined) {
    await showRequest(target, user, context)
    return undefined
  }
  await turn.take(signal)
  // Outside of GitHub the run is one of its own.
  const runId = event.runId ?? Math.floor(random() * 1e15).toString()
  const run = {runId, attempt: event.runAttempt}
  if (inputs.onRerun === 'from-failed' && run.attempt > 1) {
    const earlier = await resumeEarlier(target, run, context, record)
    if (typeof earlier !== 'string') return own(earlier, false, context, record)
    log.notice(`"on-rerun" is "from-failed", but a new pipeline is triggered: ${earlier}.`)
  }
  return trigger(target, run, context, record)
}

/** A dry run's last part: looks the project up and shows the request that would be sent. Rejects like the client. */
async function showRequest(target: Target, user: User, context: RunContext): Promise<void> {
  const {circleci, signal, inputs, log} = context
  const {request} = target
  const project = await circleci.project(request.slug, {signal})
  const path = request.endpoint === 'run' ? 'pipeline/run' : 'pipeline'
  log.info(
    `Dry run: the token belongs to "${user.login}", and the project is "${project.name}" (${linksFor(inputs.host).project(request.slug)}).`
  )
  log.info(`Dry run: would trigger a pipeline of ${describeTarget(target)}.`)
  log.group('The request that would be sent', [
    `POST ${inputs.host}/api/v2/project/${formatSlug(request.slug)}/${path}`,
    ...JSON.stringify(triggerBody(request), null, 2).split('\n')
  ])
  log.info('Dry run: nothing was triggered.')
}

/** Whether this is about the event's own ref; a definition or a pipeline may show that it is not. */
function subjectFor(
  {inputs, event}: RunContext,
  {slug}: PipelineRecord,
  checkoutRepository?: string
): Subject {
  const {branch, tag, pipeline} = inputs
  return subjectOf(event, {branch, tag, slug, checkoutRepository, isNamed: pipeline.kind !== 'new'})
}

async function trigger(
  target: Target,
  run: RunAttempt,
  context: RunContext,
  record: PipelineRecord
): Promise<PipelineInfo> {
  const {inputs, random, log, listener, turn} = context
  const {request, requestId} = withRequestId(target.request, run, random)
  record.parameters = request.parameters
  log.info(`Triggering a pipeline of ${describeTarget({...target, request})}.`)
  const outcome = await triggerOnce(request, {
    ...context,
    host: inputs.host,
    requestId,
    baseline: turn.baseline,
    saveIntent: intent => {
      record.intent = intent
      listener.save()
      // What waiting needs is loaded while the answer is on the way.
      if (inputs.wait) import(/* webpackChunkName: "later" */ './follow.ts').catch(() => undefined)
    },
    savePipeline: pipeline => {
      claim(pipeline, record)
      listener.save()
    }
  })
  if (outcome.kind === 'no-pipeline') {
    throw new ActionError(
      'no-pipeline',
      `CircleCI accepted the trigger but created no pipeline of ${formatSlug(record.slug)}: ${outcome.message || 'it did not say why'}`,
      {conclusion: 'skipped'}
    )
  }
  const info = own(outcome.pipeline, true, context, record)
  turn.baseline.made(info.number)
  log.info(`Triggered pipeline #${info.number}: ${info.url}`)
  if (!inputs.wait && info.state === 'errored') {
    log.warning(
      `CircleCI says that pipeline #${info.number} is errored: its config could not be used. ${info.url}`
    )
  }
  return info
}

/** The pipeline of an earlier attempt, its failed workflows being rerun; or a clause that says why a new one is needed. */
async function resumeEarlier(
  {request}: Target,
  run: RunAttempt,
  context: RunContext,
  record: PipelineRecord
): Promise<Pipeline | string> {
  const {inputs, event, step} = context
  const {headSha: revision} = event
  if (revision === undefined) return 'the event does not say which commit it is about'
  const {findEarlier} = await import(/* webpackChunkName: "later" */ '../trigger/earlier.ts')
  const found = await findEarlier({request, revision, run}, {...context, host: inputs.host})
  if (typeof found === 'string') return found
  const isTaken = step.pipelines.some(one => one !== record && one.pipeline?.id === found.id)
  if (isTaken) return 'the only one there is belongs to another entry'
  return rerunFailed(found, context, record)
}

/** Reruns what failed in an earlier pipeline. From the first request on, this step answers for it. */
async function rerunFailed(
  pipeline: Pipeline,
  context: RunContext,
  record: PipelineRecord
): Promise<Pipeline | string> {
  const {inputs, listener, log} = context
  const {waitContext} = await import(/* webpackChunkName: "later" */ './follow.ts')
  const {resumePipeline} = await import(/* webpackChunkName: "later" */ '../wait/resume.ts')
  const info = takePipeline({...record}, pipeline)
  const {number, url} = info
  const resumed = await resumePipeline(pipeline, waitContext(context, record, info), () => {
    takePipeline(record, pipeline)
    record.owned = true
    listener.save()
  })
  if (resumed.kind === 'impossible') {
    if (record.owned) {
      record.pipeline = undefined
      record.owned = false
      listener.save()
    }
    return `pipeline #${number} of the earlier attempt cannot be resumed: ${resumed.reason} (${url})`
  }
  const [lost] = resumed.lost
  if (lost !== undefined && !inputs.wait) {
    throw new ActionError(
      'api-unavailable',
      `It is not known whether workflow "${lost.name}" of pipeline #${number} is being rerun: CircleCI's answers were lost, and no rerun was listed. Look at ${url}`
    )
  }
  record.rerunsAsked = resumed.asked.map(attempt => attempt.id)
  log.info(`Resuming pipeline #${number} of the earlier attempt: ${url}`)
  return pipeline
}

/** From now on this step answers for the pipeline. */
function own(
  pipeline: ReadPipeline,
  triggered: boolean,
  context: RunContext,
  record: PipelineRecord
): PipelineInfo {
  const info = claim(pipeline, record)
  record.triggered = triggered
  record.intent = undefined
  context.listener.known(record)
  return info
}

function claim(pipeline: ReadPipeline, record: PipelineRecord): PipelineInfo {
  const {branch, tag} = {branch: undefined, tag: undefined, ...record.ref}
  record.owned = true
  return takePipeline(record, {
    ...pipeline,
    branch: pipeline.branch ?? branch,
    tag: pipeline.tag ?? tag
  })
}

/** Takes the pipeline that was named. */
async function attach(
  named: Named,
  context: RunContext,
  record: PipelineRecord
): Promise<PipelineInfo> {
  const {inputs, listener, log} = context
  const pipeline = await findPipeline(named, record.slug, {...context, host: inputs.host})
  refuseDouble(pipeline, record, context)
  record.attached = true
  // An id may belong to another project than the one named.
  record.slug = parseSlug(pipeline.projectSlug) ?? record.slug
  record.subject = subjectFor(context, record)
  const info = takePipeline(record, pipeline)
  listener.known(record)
  log.info(`Attached to pipeline #${info.number}: ${info.url}`)
  return info
}

/** Two entries that turn out to be one pipeline are an error: throws an `InputError`. */
export function refuseDouble(
  {id}: Pick<Pipeline, 'id'>,
  {name}: PipelineRecord,
  {step}: Pick<RunContext, 'step'>
): void {
  const double = step.pipelines.find(one => one.pipeline?.id === id && one.name !== name)?.name
  if (name !== undefined && double !== undefined) throw onePipeline(double, name)
}
