import {type IncomingMessage, type Server, type ServerResponse, createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {changed} from './change.ts'
import {type Delivery, deliver, pause} from './delivery.ts'
import type {FaultPlan} from './faults.ts'
import {type Latency, latencyOf} from './latency.ts'
import type {RecordedRequest} from './record.ts'
import type {Reply} from './reply.ts'
import type {ApiRequest, HostName} from './request.ts'
import {spoil} from './spoil.ts'

/** What the hosts of one simulator share. */
export interface HostSettings {
  readonly now: () => number
  /** The time of the `Date` header; undefined sends none. */
  readonly date: () => number | undefined
  readonly latency: Latency
  readonly faults: FaultPlan
  readonly requests: RecordedRequest[]
  readonly signal: AbortSignal
}

/** A host that listens. */
export interface Host {
  readonly url: string
  close(): Promise<void>
}

/** Answers a request as it was so many seconds ago, usually none. */
export type Answer = (request: ApiRequest, ago: number) => Reply

/** Starts one host on loopback and resolves when it listens; port 0 takes any free one. */
export async function startHost(
  name: HostName,
  port: number,
  answer: Answer,
  settings: HostSettings
): Promise<Host> {
  const server = createServer((message, response) => {
    serve(name, message, response, answer, settings).catch(() => {
      response.destroy()
    })
  })
  server.keepAliveTimeout = 60_000
  await listen(server, port)
  const {port: taken} = server.address() as AddressInfo
  return {url: `http://127.0.0.1:${taken}`, close: () => close(server)}
}

async function serve(
  name: HostName,
  message: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  settings: HostSettings
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => {
    // With a reason of its own, as Node else makes an error with a stack, for each request.
    gone.abort('closed')
  })
  const signal = AbortSignal.any([settings.signal, gone.signal])
  const request = await readRequest(name, message)
  const entry = record(request, message.url ?? '/', settings)
  const {changes, spoil: fault} = settings.faults.pick(request)
  const latency = latencyOf(settings.latency, request)
  if (latency > 0) await pause(latency, signal)
  const ago = changes.reduce((sum, it) => sum + (it.kind === 'stale' ? it.seconds : 0), 0)
  const dated = (): Reply => changes.reduce(changed, withDate(answer(request, ago), settings))
  const delivery: Delivery = fault === undefined ? {reply: dated()} : spoil(fault, dated)
  if (delivery.stallHeaders !== Infinity) entry.status = delivery.reply?.status ?? 0
  response.sendDate = false
  await deliver(response, delivery, signal)
}

function withDate(reply: Reply, {date}: HostSettings): Reply {
  const now = date()
  if (now === undefined) return reply
  return {...reply, headers: {Date: new Date(now).toUTCString(), ...reply.headers}}
}

async function readRequest(host: HostName, message: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const [path = '/', query = ''] = (message.url ?? '/').split(/\?(.*)/s, 2)
  const headers = Object.entries(message.headers).map(([key, value]) => [
    key,
    [value].flat().join(', ')
  ])
  return {
    host,
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks)
  }
}

type Writable<T> = {-readonly [K in keyof T]: T[K]}

function record(
  {host, method, path, headers, body}: ApiRequest,
  url: string,
  {requests, now}: HostSettings
): Writable<RecordedRequest> {
  const entry: Writable<RecordedRequest> = {
    origin: host,
    method,
    url,
    path,
    headers,
    body: body.toString('utf8'),
    at: now(),
    status: 0
  }
  requests.push(entry)
  return entry
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
