import {triggerBody} from './circleci/client.ts'
import type {Pipeline, TriggeredPipeline, User} from './circleci/model.ts'
import {formatSlug, parseSlug} from './circleci/slug.ts'
import {linksFor} from './circleci/urls.ts'
import {ActionError, InputError} from './base/errors.ts'
import type {Findings} from './record/findings.ts'
import type {PipelineInfo} from './record/result.ts'
import type {RunContext} from './run-context.ts'
import {findPipeline, findPipelineOfCommit, type AttachContext} from './trigger/attach.ts'
import {triggerOnce} from './trigger/once.ts'
import {findEarlier, type EarlierResult} from './trigger/earlier.ts'
import {withRequestId, type RunAttempt} from './trigger/request-id.ts'
import {resumePipeline} from './wait/resume.ts'
import {subjectOf} from './trigger/ref.ts'
import {describeTarget, resolveTarget, type Target} from './trigger/target.ts'

/** Commits are 40 hex digits, 64 in repositories that use SHA-256. */
const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/i

/**
 * The pipeline this step is about: triggered now, attached to, or one that an earlier attempt of the GitHub run made.
 * `undefined` for a dry run. Throws when there is none, saying why.
 */
export async function obtainPipeline(
  context: RunContext,
  findings: Findings,
  deadline: number
): Promise<PipelineInfo | undefined> {
  const {inputs, circleci, signal, event} = context
  judgeSubject(context, findings)
  if (inputs.pipeline.kind !== 'new') return attach(context, findings, deadline)
  const user = inputs.dryRun ? await circleci.me({signal}) : undefined
  const target = await resolveTarget(findings.slug, inputs, event, context)
  findings.ref = target.ref
  judgeSubject(context, findings, target.definition?.checkoutRepository)
  findings.parameters = inputs.parameters
  if (user !== undefined) {
    await showRequest(target, user, context)
    return undefined
  }
  const run = runOf(context)
  if (inputs.onRerun === 'from-failed' && run.attempt > 1) {
    const earlier = await resumeEarlier(target, run, context, findings)
    if (earlier !== undefined) return own(earlier, false, context, findings)
  }
  return trigger(target, run, context, findings)
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

/** Finds out whether this is about the event's own ref; a definition or a pipeline may tell that it is not. */
function judgeSubject(
  {inputs, event}: RunContext,
  findings: Findings,
  checkoutRepository?: string
): void {
  const {branch, tag, pipeline} = inputs
  const {slug} = findings
  const isNamed = pipeline.kind === 'id' || pipeline.kind === 'number'
  findings.subject = subjectOf(event, {branch, tag, slug, checkoutRepository, isNamed})
  findings.eventCommit = event.headSha
}

/** The GitHub run this is part of; one of its own outside of GitHub. */
function runOf({event, random}: RunContext): RunAttempt {
  const runId = event.runId ?? Math.floor(random() * 1e15).toString()
  return {runId, attempt: event.runAttempt}
}

async function trigger(
  target: Target,
  run: RunAttempt,
  context: RunContext,
  findings: Findings
): Promise<PipelineInfo> {
  const {inputs, circleci, clock, random, log, signal, listener} = context
  const {request, requestId} = withRequestId(target.request, run, random)
  findings.parameters = request.parameters
  log.info(`Triggering a pipeline of ${describeTarget({...target, request})}.`)
  const outcome = await triggerOnce(request, {
    requestId,
    circleci,
    clock,
    random,
    log,
    signal,
    host: inputs.host,
    saveIntent: intent => {
      findings.inFlight = intent !== undefined
      listener.intent(intent)
    },
    savePipeline: ({id, number}) => {
      listener.claim({id, number, slug: findings.slug})
    }
  })
  if (outcome.kind === 'no-pipeline') {
    throw new ActionError(
      'no-pipeline',
      `CircleCI took the trigger and made no pipeline of ${formatSlug(findings.slug)}: ${outcome.message || 'it did not say why'}`,
      {conclusion: 'skipped'}
    )
  }
  const pipeline = outcome.kind === 'adopted' ? outcome.pipeline : justMade(outcome.pipeline)
  const info = own(pipeline, true, context, findings)
  log.info(`Triggered pipeline #${info.number}: ${info.url}`)
  if (!inputs.wait && info.state === 'errored') {
    log.warning(
      `CircleCI says that pipeline #${info.number} is errored: its config could not be used. ${info.url}`
    )
  }
  return info
}

/** A pipeline of which nothing is known but what the answer to its trigger told. */
function justMade(pipeline: TriggeredPipeline): Omit<Pipeline, 'errors' | 'projectSlug'> {
  return {
    ...pipeline,
    triggerType: '',
    actorLogin: undefined,
    branch: undefined,
    tag: undefined,
    revision: undefined
  }
}

/** The pipeline of an earlier attempt with its failed workflows rerun; `undefined` when a new one is needed. */
async function resumeEarlier(
  {request}: Target,
  run: RunAttempt,
  context: RunContext,
  findings: Findings
): Promise<Pipeline | undefined> {
  const {inputs, circleci, clock, random, signal, event, log} = context
  const {host} = inputs
  const {headSha: revision} = event
  const found =
    revision === undefined
      ? ({kind: 'none', reason: 'the event does not tell the commit'} as const)
      : await findEarlier({request, revision, run}, {circleci, clock, random, log, host, signal})
  const resumed =
    found.kind === 'none' ? found : await rerunFailed(found.pipeline, context, findings)
  if (resumed.kind === 'none') {
    log.notice(`"on-rerun" is "from-failed", but a new pipeline is triggered: ${resumed.reason}.`)
    return undefined
  }
  const {number} = resumed.pipeline
  const url = linksFor(inputs.host).pipeline(findings.slug, number)
  log.info(`Resuming pipeline #${number} of the earlier attempt: ${url}`)
  return resumed.pipeline
}

/** Reruns what failed in an earlier pipeline. From the first request on, this step answers for it. */
async function rerunFailed(
  pipeline: Pipeline,
  context: RunContext,
  findings: Findings
): Promise<EarlierResult> {
  const {inputs, listener} = context
  const {id, number} = pipeline
  const {slug} = findings
  const links = linksFor(inputs.host)
  const url = links.pipeline(slug, number)
  const claim = (claimed: boolean): void => {
    findings.pipeline = claimed ? findings.describe(pipeline) : undefined
    findings.owned = claimed
    listener.claim(claimed ? {id, number, slug} : undefined)
  }
  const resumed = await resumePipeline(pipeline, {
    ...context,
    host: inputs.host,
    pipeline: {number, url, workflowUrl: workflow => links.workflow(slug, number, workflow)},
    workflows: inputs.workflows,
    onRerun: () => {
      claim(true)
    }
  })
  if (resumed.kind === 'resumed') {
    const [lost] = resumed.lost
    if (lost !== undefined && !inputs.wait) {
      throw new ActionError(
        'api-unavailable',
        `Whether workflow "${lost.name}" of pipeline #${number} is being rerun is not known: CircleCI's answers were lost, and no rerun was listed. Look at ${url}`
      )
    }
    findings.rerunsAsked = resumed.asked.map(attempt => attempt.id)
    return {kind: 'found', pipeline}
  }
  if (findings.owned) claim(false)
  const reason = `pipeline #${number} of the earlier attempt cannot be resumed: ${resumed.reason} (${url})`
  return {kind: 'none', reason}
}

function own(
  pipeline: Omit<Pipeline, 'errors' | 'projectSlug'>,
  triggered: boolean,
  context: RunContext,
  findings: Findings
): PipelineInfo {
  const {ref} = findings
  const info = findings.describe({
    ...pipeline,
    branch: pipeline.branch ?? (ref !== undefined && 'branch' in ref ? ref.branch : undefined),
    tag: pipeline.tag ?? (ref !== undefined && 'tag' in ref ? ref.tag : undefined)
  })
  findings.pipeline = info
  findings.inFlight = false
  findings.triggered = triggered
  findings.owned = true
  context.listener.pipeline(info, {
    slug: findings.slug,
    subject: findings.subject,
    owned: true,
    triggered
  })
  return info
}

async function attach(
  context: RunContext,
  findings: Findings,
  deadline: number
): Promise<PipelineInfo> {
  const {inputs, circleci, clock, log, signal, event, listener} = context
  const attaching: AttachContext = {
    circleci,
    clock,
    log,
    signal,
    deadline,
    host: inputs.host
  }
  const choice = inputs.pipeline
  const pipeline =
    choice.kind === 'id' || choice.kind === 'number'
      ? await findPipeline(choice, findings.slug, attaching)
      : await findPipelineOfCommit(
          {
            revision: commitOf(event.headSha),
            slug: findings.slug,
            branch: inputs.branch,
            tag: inputs.tag
          },
          attaching
        )
  findings.attached = true
  // An id may belong to another project than the one named.
  findings.slug = parseSlug(pipeline.projectSlug) ?? findings.slug
  judgeSubject(context, findings)
  findings.pipeline = findings.describe(pipeline)
  const {number, url} = findings.pipeline
  listener.pipeline(findings.pipeline, {
    slug: findings.slug,
    subject: findings.subject,
    owned: false,
    triggered: false
  })
  log.info(`Attached to pipeline #${number}: ${url}`)
  return findings.pipeline
}

function commitOf(sha: string | undefined): string {
  if (sha !== undefined && SHA.test(sha)) return sha
  throw new InputError(
    'pipeline',
    'is "commit", and the event that started this workflow does not tell a commit: give the pipeline\'s id or number.'
  )
}
