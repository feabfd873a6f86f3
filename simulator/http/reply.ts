/** Bytes that can be read in pieces, so that a gigabyte needs no memory. */
export interface Content {
  readonly length: number
  /** Yields the bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): Iterable<Uint8Array>
}

/** An answer before it is put on the wire. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly content: Content
}

/** Returns content that is held in memory. */
export function bytes(value: string | Uint8Array): Content {
  const buffer = Buffer.from(value)
  return {length: buffer.length, read: (start, end) => [buffer.subarray(start, end)]}
}

/** Returns made-up content of any size; every byte follows from its position, so ranges fit together. */
export function madeUpBytes(length: number): Content {
  return {length, read: (start, end) => readMadeUp(start, Math.min(end, length))}
}

/** Returns a part of some content. */
export function partOf(content: Content, start: number, end: number): Content {
  return {
    length: end - start,
    read: (from, to) => content.read(start + from, Math.min(end, start + to))
  }
}

/** Returns a JSON reply, with the type CircleCI declares. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: {'Content-Type': 'application/json;charset=utf-8', ...headers},
    content: bytes(JSON.stringify(body))
  }
}

/** Returns a reply of another type. */
export function text(status: number, body: string, type: string): Reply {
  return {status, headers: {'Content-Type': type}, content: bytes(body)}
}

const block = Buffer.from(Array.from({length: 65_536}, (_, index) => (index * 31 + 7) % 251))

function* readMadeUp(start: number, end: number): Generator<Uint8Array> {
  for (let at = start; at < end;) {
    const offset = at % block.length
    const size = Math.min(block.length - offset, end - at)
    yield block.subarray(offset, offset + size)
    at += size
  }
}
