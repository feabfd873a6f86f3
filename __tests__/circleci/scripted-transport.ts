import type {Transport, WireReply, WireRequest} from '../../src/circleci/transport.ts'

/** What happens to one request: an answer, or an error that is thrown. */
export type Step = Error | Answer | ((request: WireRequest) => Error | Answer)

/** An answer; a body is sent as it is when it is text or bytes, else as JSON. `broken` is thrown in the middle of it. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly broken?: Error | undefined
}

/** A transport that plays a script, the last step for ever, and keeps what it was asked. */
export interface ScriptedTransport extends Transport {
  readonly requests: readonly WireRequest[]
}

export function scriptedTransport(...steps: readonly Step[]): ScriptedTransport {
  const requests: WireRequest[] = []
  return {
    requests,
    send: async request => {
      const step = steps[Math.min(requests.length, steps.length - 1)]
      requests.push(request)
      const end = typeof step === 'function' ? step(request) : step
      await Promise.resolve()
      if (end instanceof Error) throw end
      return replyOf(end ?? {})
    },
    close: () => undefined
  }
}

function replyOf({status = 200, headers = {}, body = {}, broken}: Answer): WireReply {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  return {status, headers, body: halves(Buffer.from(raw), broken), close: () => undefined}
}

async function* halves(bytes: Buffer, broken: Error | undefined): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  const half = Math.ceil(bytes.length / 2)
  yield bytes.subarray(0, half)
  if (broken !== undefined) throw broken
  yield bytes.subarray(half)
}
