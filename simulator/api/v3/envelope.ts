import {type Reply, bytes, json} from '../../http/reply.ts'
import type {Call} from '../call.ts'
import {Refusal, notFound} from '../refusal.ts'

/**
 * What API v3 says for a status of v2: a phase and, once it is over, an outcome; while it runs, the outcome it is
 * heading for. The words are those CircleCI's own CLI reads (internal/apiclient/job.go and run.go in
 * https://github.com/CircleCI-Public/circleci-cli at 5bb7183).
 */
export interface Progress {
  readonly phase: string
  readonly outcome?: string
  readonly current_outcome?: string
}

const progressOf: Readonly<Record<string, Progress>> = {
  blocked: {phase: 'created'},
  created: {phase: 'created'},
  on_hold: {phase: 'created'},
  queued: {phase: 'queued'},
  not_running: {phase: 'queued'},
  running: {phase: 'started'},
  failing: {phase: 'started', current_outcome: 'failed'},
  success: {phase: 'ended', outcome: 'succeeded'},
  failed: {phase: 'ended', outcome: 'failed'},
  error: {phase: 'ended', outcome: 'errored'},
  'terminated-unknown': {phase: 'ended', outcome: 'errored'},
  canceled: {phase: 'ended', outcome: 'canceled'},
  unauthorized: {phase: 'ended', outcome: 'unauthorized'},
  timedout: {phase: 'ended', outcome: 'timedout'},
  infrastructure_fail: {phase: 'ended', outcome: 'infrastructure_fail'},
  not_run: {phase: 'ended', outcome: 'not_run'}
}

/** Returns how far something is; a status nobody has heard of is shown as a phase of that name. */
export function progress(status: string): Progress {
  return progressOf[status] ?? {phase: status}
}

/** Answers with one thing. */
export function entity(data: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return json(status, {data}, headers)
}

/** Answers with a whole list. The CLI reads one page of workflows, jobs and artifacts, so these come in one. */
export function list(data: readonly unknown[]): Reply {
  return json(200, {data, page: {next: null, prev: null}})
}

/** Answers with one page of a list; a cursor names the last item seen. */
export function page<Item extends {readonly id: string}>(
  items: readonly Item[],
  view: (item: Item) => unknown,
  {cursor, limit}: {readonly cursor: string; readonly limit: number}
): Reply {
  const last = Buffer.from(cursor, 'base64url').toString('utf8')
  const start = cursor === '' ? 0 : items.findIndex(({id}) => id === last) + 1
  if (cursor !== '' && start === 0) throw new Refusal(400, 'Invalid page cursor')
  const shown = items.slice(start, start + limit)
  const more = start + limit < items.length
  const next = more ? Buffer.from(shown.at(-1)?.id ?? '').toString('base64url') : null
  return json(200, {data: shown.map(view), page: {next, prev: null}})
}

/** Answers with what is no JSON, such as a log. */
export function plain(
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {}
): Reply {
  const type = {'Content-Type': 'application/octet-stream'}
  return {status, headers: {...type, ...headers}, content: bytes(body)}
}

/** Returns a filter of the query, `filter[name]`. */
export function filter({request}: Call, name: string): string | undefined {
  return request.query.get(`filter[${name}]`) ?? undefined
}

/** Returns a filter without which an operation means nothing. */
export function requiredFilter(call: Call, name: string): string {
  const value = filter(call, name)
  if (value === undefined) throw new Refusal(400, `Query parameter 'filter[${name}]' is required.`)
  return value
}

/** Returns something a call names when the caller may see it: v3 says 404 of what one may not see. */
export function visible<Thing>({user}: Call, thing: Thing | undefined, name: string): Thing {
  if (thing === undefined || user.access === 'none') throw notFound(`${name} not found`)
  return thing
}

const types: Readonly<Record<number, readonly [type: string, title: string]>> = {
  400: ['validation_error', 'Bad Request'],
  401: ['unauthorized', 'Unauthorized'],
  403: ['forbidden', 'Forbidden'],
  404: ['not_found', 'Not Found'],
  416: ['range_not_satisfiable', 'Range Not Satisfiable'],
  429: ['rate_limited', 'Too Many Requests']
}

/** Returns an error as v3 writes it. */
export function refusalReply({status, message, headers}: Refusal): Reply {
  const [type, title] = types[status] ?? ['error', 'Error']
  const error = {id: '6f9c1f0e-1f1b-4c53-9f53-2d2f0c9a5b11', type, title, detail: message}
  return json(status, {error}, {...headers})
}
