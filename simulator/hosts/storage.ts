import {createHash} from 'node:crypto'
import {type Content, type Reply, partOf} from '../http/reply.ts'
import type {ApiRequest} from '../http/request.ts'
import {type World, behaviourOf} from '../world/world.ts'
import {artifactAt} from './artifacts.ts'
import {refusal, refusalOf} from './presigned.ts'

/** Answers like the bucket artifacts are kept in. */
export function answerStorage(world: World, request: ApiRequest): Reply {
  const refused = refusalOf(world, request)
  if (refused !== undefined) return refused
  const content = artifactAt(world, request.path)
  if (content === undefined) return refusal(404, 'NoSuchKey', 'The specified key does not exist.')
  return storedReply(world, request, content)
}

/** Returns content whole, or the range a client asks for, with what it needs to resume later. */
export function storedReply(world: World, request: ApiRequest, content: Content): Reply {
  const {ranges} = behaviourOf(world)
  const headers = {
    'Content-Type': 'application/octet-stream',
    ETag: `"${createHash('md5').update(`${request.path}:${content.length}`).digest('hex')}"`,
    ...(ranges ? {'Accept-Ranges': 'bytes'} : {})
  }
  const asked = ranges ? request.headers['range'] : undefined
  const changed =
    request.headers['if-range'] !== undefined && request.headers['if-range'] !== headers.ETag
  const range = asked === undefined || changed ? undefined : parseRange(asked, content.length)
  if (range === undefined) return {status: 200, headers, content}
  const [start, end] = range
  if (start >= end) {
    const reply = refusal(416, 'InvalidRange', 'The requested range is not satisfiable')
    return {...reply, headers: {...reply.headers, 'Content-Range': `bytes */${content.length}`}}
  }
  return {
    status: 206,
    headers: {...headers, 'Content-Range': `bytes ${start}-${end - 1}/${content.length}`},
    content: partOf(content, start, end)
  }
}

/** Returns the first byte and the one after the last, or undefined when the header is none that S3 honours. */
function parseRange(header: string, length: number): [number, number] | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return [Math.max(0, length - Number(last)), length]
  return [Number(first), last === '' ? length : Math.min(length, Number(last) + 1)]
}
