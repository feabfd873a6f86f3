import {triggerBody} from './circleci/trigger-request.ts'
import type {Pipeline, User} from './circleci/model.ts'
import {formatSlug, parseSlug, type Slug, linksFor} from './circleci/slug.ts'
import {ActionError} from './base/errors.ts'
import {takePipeline, type PipelineRecord, type ToldPipeline} from './record/record.ts'
import type {PipelineInfo} from './record/result.ts'
import type {RunContext, RunEvent} from './run.ts'
import {onePipeline, type PipelineInputs} from './runner/inputs.ts'
import {findPipeline} from './trigger/attach.ts'
import {triggerOnce} from './trigger/once.ts'
import type {EarlierResult} from './trigger/earlier.ts'
import {withRequestId, type RunAttempt} from './trigger/request-id.ts'
import {subjectOf, type Subject} from './trigger/ref.ts'
import {describeTarget, resolveTarget, type Target} from './trigger/target.ts'

/**
 * A pipeline this step is about: triggered now, attached to, or one that an earlier attempt of the GitHub run made.
 * `wanted` is all that may differ from one pipeline of a step to another, but for the project, which is in the record.
 * `undefined` for a dry run. Throws when there is none, saying why.
 */
export async function obtainPipeline(
  wanted: PipelineInputs,
  context: RunContext,
  record: PipelineRecord
): Promise<PipelineInfo | undefined> {
  const {inputs, circleci, signal, event, random, turn} = context
  record.subject = subjectFor(wanted, event, record.slug)
  const {pipeline} = wanted
  if ('id' in pipeline || 'number' in pipeline) return attach(pipeline, wanted, context, record)
  if (pipeline.kind !== 'new') throw new Error('The pipelines of a commit are taken elsewhere.')
  const user = inputs.dryRun ? await circleci.me({signal}) : undefined
  const {host, dryRun} = inputs
  const target = await resolveTarget(record.slug, {...wanted, host, dryRun}, event, context)
  record.ref = target.ref
  record.subject = subjectFor(wanted, event, record.slug, target.definition?.checkoutRepository)
  record.parameters = wanted.parameters
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
    if (earlier !== undefined) return own(earlier, false, context, record)
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

/** Whether this is about the event's own ref; a definition or a pipeline may tell that it is not. */
function subjectFor(
  {branch, tag, pipeline}: PipelineInputs,
  event: RunEvent,
  slug: Slug,
  checkoutRepository?: string
): Subject {
  const isNamed = pipeline.kind !== 'new'
  return subjectOf(event, {branch, tag, slug, checkoutRepository, isNamed})
}

async function trigger(
  target: Target,
  run: RunAttempt,
  context: RunContext,
  record: PipelineRecord
): Promise<PipelineInfo> {
  const {inputs, circleci, clock, random, log, signal, listener, turn} = context
  const {request, requestId} = withRequestId(target.request, run, random)
  record.parameters = request.parameters
  log.info(`Triggering a pipeline of ${describeTarget({...target, request})}.`)
  const outcome = await triggerOnce(request, {
    requestId,
    baseline: turn.baseline,
    circleci,
    clock,
    random,
    log,
    signal,
    host: inputs.host,
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

/** The pipeline of an earlier attempt with its failed workflows rerun; `undefined` when a new one is needed. */
async function resumeEarlier(
  {request}: Target,
  run: RunAttempt,
  context: RunContext,
  record: PipelineRecord
): Promise<Pipeline | undefined> {
  const {inputs, circleci, clock, random, signal, event, log} = context
  const {host} = inputs
  const {headSha: revision} = event
  const others = context.step.pipelines.filter(one => one !== record)
  const {findEarlier} = await import(/* webpackChunkName: "later" */ './trigger/earlier.ts')
  const found =
    revision === undefined
      ? ({kind: 'none', reason: 'the event does not say which commit it is about'} as const)
      : await findEarlier({request, revision, run}, {circleci, clock, random, log, host, signal})
  const isTaken = ({id}: Pipeline): boolean => others.some(({pipeline}) => pipeline?.id === id)
  const taken = {kind: 'none', reason: 'the only one there is belongs to another entry'} as const
  const resumed =
    found.kind === 'none'
      ? found
      : isTaken(found.pipeline)
        ? taken
        : await rerunFailed(found.pipeline, context, record)
  if (resumed.kind === 'none') {
    log.notice(`"on-rerun" is "from-failed", but a new pipeline is triggered: ${resumed.reason}.`)
    return undefined
  }
  const {number} = resumed.pipeline
  const url = linksFor(inputs.host).pipeline(record.slug, number)
  log.info(`Resuming pipeline #${number} of the earlier attempt: ${url}`)
  return resumed.pipeline
}

/** Reruns what failed in an earlier pipeline. From the first request on, this step answers for it. */
async function rerunFailed(
  pipeline: Pipeline,
  context: RunContext,
  record: PipelineRecord
): Promise<EarlierResult> {
  const {inputs, listener} = context
  const {waitContext} = await import(/* webpackChunkName: "later" */ './follow.ts')
  const {resumePipeline} = await import(/* webpackChunkName: "later" */ './wait/resume.ts')
  const info = takePipeline({...record}, pipeline)
  const {number, url} = info
  const resumed = await resumePipeline(pipeline, waitContext(context, record, info), () => {
    takePipeline(record, pipeline)
    record.owned = true
    listener.save()
  })
  if (resumed.kind === 'resumed') {
    const [lost] = resumed.lost
    if (lost !== undefined && !inputs.wait) {
      throw new ActionError(
        'api-unavailable',
        `It is not known whether workflow "${lost.name}" of pipeline #${number} is being rerun: CircleCI's answers were lost, and no rerun was listed. Look at ${url}`
      )
    }
    record.rerunsAsked = resumed.asked.map(attempt => attempt.id)
    return {kind: 'found', pipeline}
  }
  if (record.owned) {
    record.pipeline = undefined
    record.owned = false
    listener.save()
  }
  const reason = `pipeline #${number} of the earlier attempt cannot be resumed: ${resumed.reason} (${url})`
  return {kind: 'none', reason}
}

/** From now on this step answers for the pipeline. */
function own(
  pipeline: ToldPipeline,
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

function claim(pipeline: ToldPipeline, record: PipelineRecord): PipelineInfo {
  const {ref} = record
  record.owned = true
  return takePipeline(record, {
    ...pipeline,
    branch: pipeline.branch ?? (ref !== undefined && 'branch' in ref ? ref.branch : undefined),
    tag: pipeline.tag ?? (ref !== undefined && 'tag' in ref ? ref.tag : undefined)
  })
}

/** Takes the pipeline that was named. */
async function attach(
  choice: Parameters<typeof findPipeline>[0],
  wanted: PipelineInputs,
  context: RunContext,
  record: PipelineRecord
): Promise<PipelineInfo> {
  const {inputs, event, listener, log} = context
  const {slug} = record
  const pipeline = await findPipeline(choice, slug, {...context, host: inputs.host})
  refuseDouble(pipeline, record, context)
  record.attached = true
  // An id may belong to another project than the one named.
  record.slug = parseSlug(pipeline.projectSlug) ?? record.slug
  record.subject = subjectFor(wanted, event, record.slug)
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
