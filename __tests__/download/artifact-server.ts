import {createHash} from 'node:crypto'
import http from 'node:http'
import type {AddressInfo, Socket} from 'node:net'

import {CircleCI} from '../../src/circleci/client.ts'
import {createTransport} from '../../src/circleci/transport.ts'
import {systemClock} from '../../src/base/clock.ts'
import {recordedLog} from '../collect/builders.ts'

/** What goes wrong with one request; without one the file is served as S3 would. */
export type Fault =
  | {readonly kind: 'none'}
  | {readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string>}
  /** The connection is cut after so many bytes of the body. */
  | {readonly kind: 'cut'; readonly after: number}
  /** The connection stays open and silent after so many bytes of the body. */
  | {readonly kind: 'stall'; readonly after: number}
  /** The range asked for is ignored. */
  | {readonly kind: 'whole'}
  /** A 206 that begins elsewhere than asked for. */
  | {readonly kind: 'wrong-range'}
  /** The file has another ETag and content from now on. */
  | {readonly kind: 'changed'; readonly content: Buffer}
  /** The same, of a host that does not look at If-Range: it sends the part of the new file. */
  | {readonly kind: 'changed-unconditional'; readonly content: Buffer}
  | {readonly kind: 'redirect'; readonly to: string}

export interface ServedFile {
  content: Buffer
  /** What happens to the first request, the second, …; then all goes well. */
  readonly faults?: Fault[]
  readonly etag?: 'strong' | 'weak' | 'none'
  /** Without a Content-Length, as chunks. */
  readonly chunked?: boolean
  /** Whether it says that it knows ranges. Default true. */
  readonly divisible?: boolean
}

export interface ArtifactServer {
  readonly url: (path: string) => string
  /** `path range if-range` of each request. */
  readonly requests: readonly string[]
  /** The most requests that were under way at once. */
  readonly most: () => number
  /** The real client, whose stalls end after `idleMs`. */
  readonly circleci: CircleCI
  readonly close: () => Promise<void>
}

/** Serves files over HTTP on loopback, with the faults a network or host can have; each answer after `delayMs`. */
export async function startArtifactServer(
  files: Readonly<Record<string, ServedFile>>,
  {delayMs = 0, idleMs = 10_000}: {readonly delayMs?: number; readonly idleMs?: number} = {}
): Promise<ArtifactServer> {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  let running = 0
  let most = 0
  const server = http.createServer((request, response) => {
    running += 1
    most = Math.max(most, running)
    response.once('close', () => {
      running -= 1
    })
    const path = decodeURIComponent(request.url ?? '')
    const {range = '-', 'if-range': ifRange = '-'} = request.headers
    requests.push(`${path} ${range} ${String(ifRange)}`)
    setTimeout(() => {
      const file = files[path]
      if (file === undefined) response.writeHead(404).end('no such file')
      else serve(file, request, response)
    }, delayMs)
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transport = createTransport('test', {
    connectMs: 10_000,
    headersMs: 10_000,
    totalMs: 60_000,
    // A download has twice as long.
    idleMs: idleMs / 2
  })
  return {
    url: path => origin + path.split('/').map(encodeURIComponent).join('/'),
    requests,
    most: () => most,
    circleci: new CircleCI({
      host: origin,
      token: 'secret',
      transport,
      clock: systemClock,
      random: () => 0.5,
      log: recordedLog()
    }),
    close: async () => {
      transport.close()
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    }
  }
}

function serve(
  file: ServedFile,
  request: http.IncomingMessage,
  response: http.ServerResponse
): void {
  const fault = file.faults?.shift()
  if (fault?.kind === 'changed' || fault?.kind === 'changed-unconditional') {
    file.content = fault.content
  }
  if (fault?.kind === 'status') {
    response.writeHead(fault.status, fault.headers).end('trouble')
    return
  }
  if (fault?.kind === 'redirect') {
    response.writeHead(302, {location: fault.to}).end()
    return
  }
  const {content} = file
  const etag = `"${createHash('md5').update(content).digest('hex')}"`
  const from =
    fault?.kind === 'whole' ? 0 : startOf(request, etag, fault?.kind !== 'changed-unconditional')
  if (from > 0 && from >= content.length) {
    response.writeHead(416).end()
    return
  }
  const start = fault?.kind === 'wrong-range' ? from + 1 : from
  const body = content.subarray(from)
  response.writeHead(from > 0 ? 206 : 200, {
    ...(file.etag !== 'none' && {etag: file.etag === 'weak' ? `W/${etag}` : etag}),
    ...(from > 0 && {'content-range': `bytes ${start}-${content.length - 1}/${content.length}`}),
    ...(file.divisible !== false && {'accept-ranges': 'bytes'}),
    ...(file.chunked !== true && {'content-length': String(body.length)})
  })
  if (fault?.kind !== 'cut' && fault?.kind !== 'stall') {
    response.end(body)
    return
  }
  response.write(body.subarray(0, fault.after), () => {
    // Time for the bytes to be read: a reset would throw those away that are still in the kernel. Where the process
    // itself had no time, they are read before the next `setImmediate`.
    if (fault.kind === 'cut') setTimeout(() => setImmediate(() => response.destroy()), 20)
  })
}

function startOf({headers}: http.IncomingMessage, etag: string, isConditional: boolean): number {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
  const condition = headers['if-range']
  return !isConditional || condition === undefined || condition === etag ? start : 0
}
