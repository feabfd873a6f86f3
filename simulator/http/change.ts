import {gzipSync} from 'node:zlib'
import {type Content, type Reply, bytes} from './reply.ts'

/** A row of a list, as CircleCI sends it. */
export type Row = Readonly<Record<string, unknown>>

/**
 * What is different about an answer that is otherwise the right one. The request takes effect, and all changes that
 * hit it are made, in their order.
 */
export type ChangeKind =
  /** Changes the rows on a page of a list; `simulator/listings.ts` has the usual ways to. */
  | {readonly kind: 'rows'; readonly change: (rows: readonly Row[]) => readonly Row[]}
  /** Sets fields of an object that is answered; undefined takes one out. */
  | {readonly kind: 'fields'; readonly fields: Row}
  /** Answers a GET as it would have been answered so many seconds ago. */
  | {readonly kind: 'stale'; readonly seconds: number}
  /** Sets headers; null takes one out, `Date` and `Content-Type` included. */
  | {readonly kind: 'headers'; readonly headers: Readonly<Record<string, string | null>>}
  /** Compresses the body, whatever the client accepts. */
  | {readonly kind: 'gzip'}
  /** Puts a byte order mark in front of the body. */
  | {readonly kind: 'bom'}
  /** Adds a field `nested` to an object: arrays in arrays, 100,000 deep by default. */
  | {readonly kind: 'nested'; readonly depth?: number}

const kinds: Readonly<Record<ChangeKind['kind'], true>> = {
  rows: true,
  fields: true,
  stale: true,
  headers: true,
  gzip: true,
  bom: true,
  nested: true
}

/** Tells changes from what replaces or breaks an answer. */
export function isChange<T extends {readonly kind: string}>(
  fault: T
): fault is Extract<T, ChangeKind> {
  return Object.hasOwn(kinds, fault.kind)
}

/** Returns a reply with one change made; `stale` is not made here but where the answer comes from. */
export function changed(reply: Reply, change: ChangeKind): Reply {
  switch (change.kind) {
    case 'stale':
      return reply
    case 'rows':
      return withRows(reply, change.change)
    case 'fields': {
      const fields = {...(JSON.parse(textOf(reply)) as Row), ...change.fields}
      return {...reply, content: bytes(JSON.stringify(fields))}
    }
    case 'headers':
      return {...reply, headers: merged(reply.headers, change.headers)}
    case 'gzip':
      return {
        ...reply,
        headers: {...reply.headers, 'Content-Encoding': 'gzip'},
        content: bytes(gzipSync(bufferOf(reply.content)))
      }
    case 'bom':
      return {...reply, content: bytes(`\uFEFF${textOf(reply)}`)}
    case 'nested': {
      const depth = change.depth ?? 100_000
      const nested = `{"nested":${'['.repeat(depth)}${']'.repeat(depth)}`
      const text = textOf(reply).replace(
        /^\{(?=(\}?))/,
        (_, end) => nested + (end === '' ? ',' : '')
      )
      return {...reply, content: bytes(text)}
    }
  }
}

function withRows(reply: Reply, change: (rows: readonly Row[]) => readonly Row[]): Reply {
  if (reply.status !== 200) return reply
  const body = JSON.parse(textOf(reply)) as {readonly items?: readonly Row[]}
  if (body.items === undefined) return reply
  return {...reply, content: bytes(JSON.stringify({...body, items: change(body.items)}))}
}

function merged(
  headers: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>
): Record<string, string> {
  const named = Object.keys(changes).map(name => name.toLowerCase())
  const kept = Object.entries(headers).filter(([name]) => !named.includes(name.toLowerCase()))
  const set = Object.entries(changes).filter(
    (entry): entry is [string, string] => entry[1] !== null
  )
  return Object.fromEntries([...kept, ...set])
}

function textOf({content}: Reply): string {
  return bufferOf(content).toString('utf8')
}

function bufferOf(content: Content): Buffer {
  return Buffer.concat([...content.read(0, content.length)])
}
