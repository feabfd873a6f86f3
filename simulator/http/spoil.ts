import type {Delivery} from './delivery.ts'
import type {SpoilKind} from './faults.ts'
import {type Reply, bytes, partOf, text} from './reply.ts'

const page =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>\n'

/** Returns what becomes of a request when a fault hits it; `answer` makes the request take effect. */
export function spoil(fault: SpoilKind, answer: () => Reply): Delivery {
  switch (fault.kind) {
    case 'cut-before':
      return {}
    case 'cut-after':
      answer()
      return {}
    case 'status':
    case 'html':
    case 'redirect':
      if (fault.processed === true) answer()
      return {reply: replacement(fault)}
    case 'stall-headers':
      return {
        reply: fault.processed === false ? replacement({kind: 'status', status: 504}) : answer(),
        stallHeaders: fault.ms ?? Infinity
      }
    case 'cut-body':
    case 'stall-body':
    case 'truncate':
    case 'empty':
    case 'drip':
      return damaged(fault, answer())
  }
}

function replacement(fault: Extract<SpoilKind, {kind: 'status' | 'html' | 'redirect'}>): Reply {
  switch (fault.kind) {
    case 'html':
      return text(fault.status ?? 200, fault.body ?? page, 'text/html; charset=utf-8')
    case 'redirect':
      return {status: fault.status ?? 302, headers: {Location: fault.location}, content: bytes('')}
    case 'status': {
      const body = fault.body ?? JSON.stringify({message: reason(fault.status)})
      const type = body.startsWith('{') ? 'application/json;charset=utf-8' : 'text/plain'
      const headers = {'Content-Type': type, ...fault.headers}
      return {status: fault.status, headers, content: bytes(body)}
    }
  }
}

function damaged(
  fault: Extract<SpoilKind, {kind: 'cut-body' | 'stall-body' | 'truncate' | 'empty' | 'drip'}>,
  reply: Reply
): Delivery {
  const half = Math.floor(reply.content.length / 2)
  switch (fault.kind) {
    case 'cut-body':
      return {reply, breakAt: fault.bytes ?? half}
    case 'stall-body':
      return {reply, breakAt: fault.bytes ?? half, stallBody: fault.ms ?? Infinity}
    case 'truncate':
      return {reply: {...reply, content: partOf(reply.content, 0, fault.bytes ?? half)}}
    case 'empty':
      return {reply: {...reply, content: bytes('')}}
    case 'drip':
      return {reply, drip: fault}
  }
}

function reason(status: number): string {
  if (status === 401) return 'You must log in first'
  if (status === 404) return 'Not Found'
  if (status === 429) return 'Rate limit exceeded.'
  if (status === 403) return 'Permission denied.'
  return status >= 500 ? 'Internal server error.' : 'Unexpected request body provided.'
}
