import {Fields, type Json} from '../base/json.ts'
import {isWebPage} from './answer.ts'
import type {ApiContext} from './api.ts'
import {decoded} from './encoding.ts'
import type {StepAction} from './model.ts'
import {lastBytes, type StepOutput} from './step-output.ts'
import {openStorage, toUnavailable} from './storage.ts'

// The logs of a job from API v3, for the day v1.1 has none. The shapes are those that CircleCI's own clients read:
// internal/apiclient/job.go of https://github.com/CircleCI-Public/circleci-cli, and JobApiClient.kt and RunModels.kt of
// https://github.com/CircleCI-Public/circleci-jetbrains-plugin.

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
