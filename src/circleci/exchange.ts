import type {IncomingHttpHeaders, IncomingMessage} from 'node:http'

import {AbortedError, toWireFault, WireFault} from './faults.ts'
import type {Timeouts, WireReply, WireRequest} from './transport.ts'

/** One request and its answer, held to their time-outs: it always settles, and leaves no timer and no listener. */
export class Exchange {
  private readonly controller = new AbortController()
  private readonly request: WireRequest
  private readonly timeouts: Timeouts
  private readonly name: string
  private timer: NodeJS.Timeout | undefined
  private total: NodeJS.Timeout | undefined
  private expired: string | undefined
  private connected = false
  private onOver: () => void = () => undefined
  private readonly onAbort = (): void => {
    this.controller.abort()
  }

  constructor(request: WireRequest, timeouts: Timeouts) {
    this.request = request
    this.timeouts = timeouts
    this.name = `${request.method} ${request.url.pathname}`
  }

  /** Aborts when the caller's signal does, when time is up, and when the exchange is abandoned. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  /**
   * Runs it once. `send` puts the request on the wire: it has to call `connectionStands`, and to give up when the signal
   * aborts. `onOver` is called (at least once) when the body was read or closed, or when nothing came.
   */
  async run(send: () => Promise<IncomingMessage>, onOver: () => void): Promise<WireReply> {
    const {signal} = this.request
    this.onOver = onOver
    try {
      if (signal?.aborted === true) throw new AbortedError(this.name, {sent: false})
      signal?.addEventListener('abort', this.onAbort, {once: true})
      this.startTotal()
      this.limit(this.timeouts.connectMs, 'no connection')
      const message = await this.orAborted(send())
      this.limit(undefined)
      return this.replyOf(message)
    } catch (error) {
      this.finish()
      throw this.toFault(error)
    }
  }

  /** To be called once bytes of the request can go out. */
  connectionStands(): void {
    this.connected = true
    this.limit(this.timeouts.headersMs, 'no answer')
  }

  /** Ends it early, when the transport closes. */
  abandon(): void {
    this.expire('the transport was closed')
    this.finish()
  }

  /** Some ways in which Node drops a connection leave a request without any event: then the abort has to do. */
  private async orAborted<T>(answer: Promise<T>): Promise<T> {
    let onAbort = (): void => undefined
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => {
        // What the request itself has to say about its end is said by the next turn.
        setImmediate(reject, new Error('aborted'))
      }
      this.signal.addEventListener('abort', onAbort, {once: true})
    })
    try {
      return await Promise.race([answer, aborted])
    } finally {
      this.signal.removeEventListener('abort', onAbort)
    }
  }

  private replyOf(message: IncomingMessage): WireReply {
    let reading = false
    const read = this.read(message)
    return {
      status: message.statusCode ?? 0,
      headers: flatten(message.headers),
      body: {
        [Symbol.asyncIterator]: () => {
          reading = true
          return read
        }
      },
      close: () => {
        this.finish()
        // A body that is complete but unread (a redirect's, say) would keep its connection from the others.
        if (message.complete && !reading) message.resume()
        else if (!message.readableEnded) message.destroy()
      }
    }
  }

  /** Node rejects by itself when a body is cut, whether its length was declared or it came in chunks. */
  private async *read(message: IncomingMessage): AsyncGenerator<Uint8Array> {
    const chunks = message[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>
    try {
      for (;;) {
        this.limit(this.timeouts.idleMs, 'the body stalled')
        const next = await chunks.next()
        this.limit(undefined)
        if (next.done === true) break
        yield next.value
      }
    } catch (error) {
      throw this.toFault(error)
    } finally {
      this.finish()
      if (!message.readableEnded) message.destroy()
    }
  }

  private startTotal(): void {
    const {totalMs} = this.timeouts
    if (!Number.isFinite(totalMs)) return
    this.total = setTimeout(() => {
      this.expire(`took longer than ${totalMs / 1000} s`)
    }, totalMs)
  }

  private limit(ms: number | undefined, problem = ''): void {
    clearTimeout(this.timer)
    if (ms === undefined || this.signal.aborted) return
    this.timer = setTimeout(() => {
      this.expire(`${problem} within ${ms / 1000} s`)
    }, ms)
  }

  private expire(problem: string): void {
    this.expired ??= problem
    this.controller.abort()
  }

  private finish(): void {
    clearTimeout(this.timer)
    clearTimeout(this.total)
    this.request.signal?.removeEventListener('abort', this.onAbort)
    this.onOver()
  }

  private toFault(error: unknown): Error {
    if (this.expired !== undefined) return new WireFault(this.expired, this.connected, error)
    if (this.request.signal?.aborted === true) {
      return new AbortedError(this.name, {sent: this.connected})
    }
    return error instanceof WireFault ? error : toWireFault(error, this.connected)
  }
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? '')
    ])
  )
}
