import {type Reply, json} from '../http/reply.ts'
import type {Call} from './call.ts'
import {notFound} from './refusal.ts'

/**
 * Answers with one page of a list. Page tokens are opaque, belong to one list and name the last item seen, so that
 * items added in front do not shift the pages. A bad one is a 404 (CircleCI's own documentation repository, #6472).
 */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  view: (item: Item) => unknown,
  keyOf: (item: Item, index: number) => string = (_, index) => String(index)
): Reply {
  const keys = items.map(keyOf)
  const start = startOf(call, keys)
  const end = start + call.world.pageSize
  const last = keys[end - 1]
  const more = end < items.length && last !== undefined
  return json(200, {
    items: items.slice(start, end).map(view),
    next_page_token: more ? encode(call, last) : null
  })
}

function startOf(call: Call, keys: readonly string[]): number {
  const token = call.request.query.get('page-token')
  if (token === null || token === '') return 0
  const key = decode(call, token)
  const index = key === undefined ? -1 : keys.indexOf(key)
  if (index === -1) throw notFound()
  return index + 1
}

function encode({request}: Call, key: string): string {
  return Buffer.from(`${request.path}\n${key}`).toString('base64url')
}

function decode({request}: Call, token: string): string | undefined {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  return text.startsWith(`${request.path}\n`) ? text.slice(request.path.length + 1) : undefined
}
