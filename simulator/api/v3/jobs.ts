import type {Reply} from '../../http/reply.ts'
import {definitionsOf} from '../../world/definitions.ts'
import {findJob} from '../../world/find.ts'
import type {WorkflowRecord} from '../../world/records.ts'
import {type JobNow, workflowNow} from '../../world/workflow.ts'
import {type World, idOf} from '../../world/world.ts'
import {artifactUrl} from '../artifacts.ts'
import {type Call, param} from '../call.ts'
import {type FoundJob, isStarted, nodeStatuses} from '../jobs.ts'
import {projectIds} from '../project.ts'
import {Refusal, notFound} from '../refusal.ts'
import {type StepNow, stepsOf} from '../steps.ts'
import {testView} from '../tests.ts'
import {timestamp} from '../timestamp.ts'
import {entity, list, plain, progress, requiredFilter, visible} from './envelope.ts'

/** `GET /api/v3/jobs/{id}`: with the steps of each node, none before it has started. */
export function getJob(call: Call): Reply {
  const {world} = call
  const {workflow, now} = jobOf(call)
  const {attributes, ...job} = jobView(world, workflow, now)
  return entity({...job, attributes: {...attributes, parallel_executions: executions(world, now)}})
}

/** `GET /api/v3/jobs/{id}/artifacts` */
export function getArtifacts(call: Call): Reply {
  const {world} = call
  const {now, job} = jobOf(call)
  const stored = isStored(world, now) ? (now.job.spec.artifacts ?? []) : []
  return list(
    stored.map(artifact => {
      const url = artifactUrl(world, job.id, artifact)
      const attributes = {path: artifact.path, url, execution: artifact.node ?? 0}
      return {id: idOf(world, `artifact ${url}`), attributes}
    })
  )
}

/** `GET /api/v3/jobs/{id}/tests`: a result a line, and 404 when there are none. */
export function getTests(call: Call): Reply {
  const {now} = jobOf(call)
  const results = isStored(call.world, now) ? (now.job.spec.tests ?? []) : []
  if (results.length === 0) throw notFound('Tests not found')
  const lines = results.map(result => `${JSON.stringify(testView(result))}\n`)
  return plain(200, lines.join(''), {'Content-Type': 'application/x-ndjson'})
}

/** `GET /api/v3/jobs/{id}/stdout` */
export function getStdout(call: Call): Reply {
  const {step, stoppedAt} = stepOf(call)
  return output(call, step.output, stoppedAt !== null)
}

/** `GET /api/v3/jobs/{id}/stderr` */
export function getStderr(call: Call): Reply {
  const {step, stoppedAt} = stepOf(call)
  return output(call, step.error, stoppedAt !== null)
}

/** `GET /api/v3/jobs/{id}/stdout/condensed`: the lines that speak of errors; CircleCI does not say how it picks them. */
export function getCondensed(call: Call): Reply {
  const lines = (stepOf(call).step.output ?? '').split('\n')
  const telling = lines.filter(line => /error|fail|expect|receive|●|✕/i.test(line))
  return plain(200, (telling.length > 0 ? telling : lines).slice(-50).join('\n'))
}

/** Returns a job as v3 lists it. */
export function jobView(world: World, workflow: WorkflowRecord, now: JobNow) {
  const {job, plan, status} = now
  const ended = plan.stop <= world.now()
  return {
    id: job.id,
    attributes: {
      number: job.number,
      name: job.spec.name,
      type: job.spec.type ?? 'build',
      ...progress(status),
      ...(isStarted(world, now) ? {started_at: timestamp(plan.start)} : {}),
      ...(ended ? {ended_at: timestamp(plan.stop)} : {})
    },
    references: {
      workflow: {id: workflow.id},
      project: {id: projectIds(world).project},
      pipeline: {id: workflow.pipeline.definitionId ?? definitionsOf(world)[0]?.id},
      user: {id: workflow.startedBy.id}
    }
  }
}

function jobOf(call: Call): FoundJob {
  const id = param(call, 'id')
  const {job, workflow} = visible(
    call,
    findJob(call.world, it => it.id === id),
    'Job'
  )
  const now = workflowNow(call.world, workflow).jobs.find(it => it.job === job)
  return {job, workflow, now: visible(call, now, 'Job')}
}

function isStored(world: World, now: JobNow): boolean {
  return isStarted(world, now) && now.plan.stop <= world.now()
}

function executions(world: World, now: JobNow): object[] {
  const steps = stepsOf(world, now)
  return nodeStatuses(now).flatMap((_, index) => {
    const own = steps.flatMap(step => {
      const node = step.nodes.find(it => it.index === index)
      return node === undefined ? [] : [stepView(step, node.status)]
    })
    return own.length === 0 ? [] : [{steps: own}]
  })
}

/** Of the tries of a step only the last is shown; how CircleCI shows the others here is not known. */
function stepView({step, position, startedAt, stoppedAt}: StepNow, status: string): object {
  const checkout = /^checkout/i.test(step.name)
  const type = position === 0 ? 'spinup_environment' : checkout ? 'checkout' : 'run'
  const exitCode = status === 'failed' ? (step.exitCode ?? 1) : 0
  return {
    num: position,
    name: step.name,
    type,
    ...progress(status),
    ...(type === 'run' && stoppedAt !== null ? {exit_code: exitCode} : {}),
    ...(step.command === undefined ? {} : {command: step.command}),
    started_at: timestamp(startedAt),
    ended_at: timestamp(stoppedAt),
    stdout_bytes: Buffer.byteLength(step.output ?? ''),
    stderr_bytes: Buffer.byteLength(step.error ?? '')
  }
}

function stepOf(call: Call): StepNow {
  const {now} = jobOf(call)
  const execution = Number(requiredFilter(call, 'execution'))
  const number = Number(requiredFilter(call, 'step_num'))
  const found = stepsOf(call.world, now).find(({position}) => position === number)
  if (found?.nodes.some(({index}) => index === execution) !== true) throw notFound('Step not found')
  return found
}

/**
 * 404 says that nothing has been written, 416 that there is nothing past an offset, `X-Terminal` that nothing more
 * will come (CircleCI's JetBrains plugin, JobApiClient.kt).
 */
function output({request}: Call, written: string | undefined, terminal: boolean): Reply {
  if (written === undefined || written === '') throw notFound('Output not found')
  const bytes = Buffer.from(written)
  const headers = terminal ? {'X-Terminal': 'true'} : {}
  const from = /^bytes=(\d+)-$/.exec(request.headers['range'] ?? '')?.[1]
  if (from === undefined) return plain(200, bytes, headers)
  if (Number(from) >= bytes.length) throw new Refusal(416, 'Nothing past this offset')
  const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`
  return plain(206, bytes.subarray(Number(from)), {...headers, 'Content-Range': range})
}
