import {allSteps} from '../api/steps.ts'
import {type Reply, json} from '../http/reply.ts'
import type {ApiRequest} from '../http/request.ts'
import {findJob} from '../world/find.ts'
import type {JobRecord} from '../world/records.ts'
import type {World} from '../world/world.ts'
import {presign, refusal, refusalOf} from './presigned.ts'

/** Where a step printed something; `attempt` counts the tries before. */
export interface Printed {
  readonly node: number
  readonly step: number
  readonly attempt: number
}

/** Returns the presigned address of what a step printed on one node. */
export function outputUrl(world: World, job: JobRecord, {node, step, attempt}: Printed): string {
  return `${world.origins.output}${presign(world, `/actions/${job.id}/${node}/${step}/${attempt}`)}`
}

/** Answers like the bucket CircleCI keeps step output in: a JSON list of `{type, time, message}`. */
export function answerOutput(world: World, request: ApiRequest): Reply {
  const refused = refusalOf(world, request)
  if (refused !== undefined) return refused
  const [, id, , position, attempt] =
    /^\/actions\/([^/]+)\/(\d+)\/(\d+)\/(\d+)$/.exec(request.path) ?? []
  const job = findJob(world, candidate => candidate.id === id)?.job
  const step = allSteps(job?.spec.steps)[Number(position)]
  if (job === undefined || step === undefined) {
    return refusal(404, 'NoSuchKey', 'The specified key does not exist.')
  }
  const {output = '', error = ''} = step.tries?.[Number(attempt)] ?? step
  const time = new Date(world.now()).toISOString()
  return json(200, [...messages('out', output, time), ...messages('err', error, time)])
}

/** Output comes in chunks that end where the machine flushed, not where a line does. */
function messages(type: 'out' | 'err', output: string, time: string): object[] {
  const size = 4000
  const count = Math.ceil(output.length / size)
  return Array.from({length: count}, (_, index) => ({
    type,
    time,
    message: output.slice(index * size, (index + 1) * size)
  }))
}
