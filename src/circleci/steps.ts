import {Fields, type Json} from '../base/json.ts'
import {isWebPage} from './answer.ts'
import type {ApiContext} from './api.ts'
import {decoded} from './encoding.ts'
import {lastBytes, type StepOutput} from './step-output.ts'
import {openStorage, toUnavailable} from './storage.ts'

// The logs of a job from API v3, for the day v1.1 has none. The shapes are those that CircleCI's own clients read:
// internal/apiclient/job.go of https://github.com/CircleCI-Public/circleci-cli, and JobApiClient.kt and RunModels.kt of
// https://github.com/CircleCI-Public/circleci-jetbrains-plugin.

/** One action of one step of a job. */
export type StepAction = Readonly<ReturnType<typeof decodeSteps>[number]> & {
  /** Where its output is when API v3 listed it, without an `outputUrl`. */
  readonly streams?: readonly StepStream[]
}

/** Where one of the streams of a step is kept. */
export interface StepStream {
  /** Below CircleCI's host, which wants the token. */
  readonly path: string
  /** How long it is; `undefined` where CircleCI does not say. */
  readonly bytes: number | undefined
}

/** A server that cuts every answer short is asked so often for the rest. */
const MAX_REQUESTS = 20

const FAILED = new Set(['failed', 'errored', 'timedout', 'infrastructure_fail'])

/**
 * Reads the v1.1 build page. https://circleci.com/docs/api/v1/#single-job. Of the tries of a step that CircleCI reran by
 * itself only the last counts: https://circleci.com/docs/guides/orchestrate/automatic-reruns/
 */
export function decodeSteps(json: Json) {
  const fields = new Fields(json, 'job page')
  return fields.objects('steps').flatMap(step =>
    lastTries(step.objects('actions')).map(action => ({
      stepName: step.string('name') ?? '',
      /** The parallel run it belongs to. */
      nodeIndex: action.number('index') ?? 0,
      status: action.string('status') ?? '',
      /** CircleCI may leave this out: then only `status` says. */
      failed: action.boolean('failed'),
      exitCode: action.number('exit_code'),
      command: action.string('bash_command'),
      /** Presigned and short-lived: no token may be sent to it. */
      outputUrl: action.string('output_url'),
      hasOutput: action.boolean('has_output') ?? action.string('output_url') !== undefined
    }))
  )
}

/** The actions of a step without those that another one of the same parallel run came after. */
function lastTries(actions: readonly Fields[]): readonly Fields[] {
  const byNode = new Map<number, Fields>()
  for (const action of actions) {
    const node = action.number('index') ?? 0
    const attempt = (one: Fields): number => one.number('auto_rerun_number') ?? 0
    const other = byNode.get(node)
    if (other === undefined || attempt(action) >= attempt(other)) byNode.set(node, action)
  }
  return [...byNode.values()]
}

/** Reads `GET /api/v3/jobs/{id}`: the steps of every parallel run; of the tries of a step the last. */
export function decodeJobSteps(json: Json, jobPath: string): readonly StepAction[] {
  const job = new Fields(json, 'job').object('data')?.object('attributes')
  return (job?.objects('parallel_executions') ?? []).flatMap((execution, nodeIndex) => {
    const steps = execution.objects('steps').map(step => actionOf(step, nodeIndex, jobPath))
    return [...new Map(steps).values()]
  })
}

function actionOf(step: Fields, nodeIndex: number, jobPath: string): [number, StepAction] {
  const number = step.number('num') ?? 0
  const outcome = step.string('outcome') ?? ''
  const query = new URLSearchParams({
    'filter[execution]': String(nodeIndex),
    'filter[step_num]': String(number)
  })
  const streams = ['stdout', 'stderr'].map(name => ({
    path: `${jobPath}/${name}?${query.toString()}`,
    bytes: sizeOf(step.number(`${name}_bytes`))
  }))
  const action = {
    stepName: step.string('name') ?? '',
    nodeIndex,
    status: outcome,
    failed: FAILED.has(outcome),
    exitCode: step.number('exit_code'),
    command: step.string('command'),
    outputUrl: undefined,
    hasOutput: streams.some(({bytes}) => bytes !== 0),
    streams
  }
  return [number, action]
}

function sizeOf(bytes: number | undefined): number | undefined {
  return Number.isSafeInteger(bytes) && Number(bytes) >= 0 ? bytes : undefined
}

/** The last `maxBytes` at most of each stream, one after the other; one attempt. */
export async function readStepLog(
  context: ApiContext,
  streams: readonly StepStream[],
  maxBytes: number,
  signal?: AbortSignal
): Promise<StepOutput> {
  const read: StepOutput[] = []
  for (const stream of streams) {
    if (stream.bytes !== 0) read.push(await readStream(context, stream, maxBytes, signal))
  }
  const texts = read.map(({text}) => text).filter(text => text !== '')
  return {
    text: texts.map(text => (text.endsWith('\n') ? text : `${text}\n`)).join(''),
    cut: read.some(({cut}) => cut)
  }
}

async function readStream(
  context: ApiContext,
  {path, bytes = 0}: StepStream,
  maxBytes: number,
  signal: AbortSignal | undefined
): Promise<StepOutput> {
  const url = new URL(path, context.host)
  const start = Math.max(0, bytes - maxBytes)
  let end = Buffer.alloc(0)
  let whole = start === 0
  for (let at = start, requests = 0; requests < MAX_REQUESTS; requests += 1) {
    const reply = await openStorage(context, url, {
      headers: {accept: '*/*', 'circle-token': context.token, range: `bytes=${at}-`},
      signal,
      // 404 says that nothing was written, 416 that there is nothing past this byte.
      isWanted: ({status, headers}) =>
        [200, 206, 404, 416].includes(status) && !isWebPage({headers})
    })
    try {
      if (reply.status === 404 || reply.status === 416) break
      const part = await lastBytes(decoded(reply), maxBytes)
      // A host that takes no ranges sent all of it.
      const all = reply.status === 200 ? part.bytes : Buffer.concat([end, part.bytes])
      whole = (reply.status === 200 || whole) && part.whole && all.length <= maxBytes
      end = Buffer.from(all.subarray(-maxBytes))
      at += part.bytes.length
      if (reply.status === 200 || reply.headers['x-terminal'] === 'true') break
      if (part.bytes.length === 0 || (bytes > 0 && at >= bytes)) break
    } catch (error) {
      throw toUnavailable(url, error)
    } finally {
      reply.close()
    }
  }
  return {text: new TextDecoder().decode(end), cut: !whole}
}
