import type {ServerResponse} from 'node:http'
import {once} from 'node:events'
import type {Reply} from './reply.ts'

/** A reply that is to be sent whole, slowly, in part, or not at all. */
export interface Delivery {
  /** Absent: the connection is closed without an answer. */
  readonly reply?: Reply
  /** Waits this long before the headers; `Infinity` is for ever. */
  readonly stallHeaders?: number
  /** Stops after so many bytes of the body, and then closes the connection or waits. */
  readonly breakAt?: number
  /** How long to wait there; absent closes the connection. */
  readonly stallBody?: number
  readonly drip?: {readonly bytes: number; readonly everyMs: number}
}

/** Puts a reply on the wire. It gives up quietly when the client does, or when the signal aborts. */
export async function deliver(
  response: ServerResponse,
  {reply, stallHeaders = 0, breakAt, stallBody, drip}: Delivery,
  signal: AbortSignal
): Promise<void> {
  if (stallHeaders > 0) await pause(stallHeaders, signal)
  if (reply === undefined || signal.aborted) {
    response.destroy()
    return
  }
  const {content} = reply
  response.writeHead(reply.status, {...reply.headers, 'Content-Length': content.length})
  if (breakAt !== undefined) {
    response.flushHeaders()
    await writeAll(response, content.read(0, Math.min(breakAt, content.length)), drip, signal)
    if (stallBody === undefined) {
      await pause(5, signal)
      response.destroy()
      return
    }
    await pause(stallBody, signal)
  }
  await writeAll(response, content.read(breakAt ?? 0, content.length), drip, signal)
  response.end()
}

async function writeAll(
  response: ServerResponse,
  pieces: Iterable<Uint8Array>,
  drip: Delivery['drip'],
  signal: AbortSignal
): Promise<void> {
  for (const piece of pieces) {
    const size = drip?.bytes ?? piece.length
    for (let at = 0; at < piece.length; at += size) {
      if (response.destroyed || signal.aborted) return
      if (!response.write(piece.subarray(at, at + size))) {
        await once(response, 'drain', {signal}).catch(() => undefined)
      }
      if (drip !== undefined) await pause(drip.everyMs, signal)
    }
  }
}

/** Resolves after a time, or when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve()
      return
    }
    const timer = ms === Infinity ? undefined : setTimeout(finish, ms)
    function finish(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    signal.addEventListener('abort', finish, {once: true})
  })
}
