import {signatureOf} from '../identity.ts'
import {type Reply, text} from '../http/reply.ts'
import type {ApiRequest} from '../http/request.ts'
import {type World, behaviourOf} from '../world/world.ts'

/** Returns a path with the query that lets anybody read it for a while, as S3 presigns one. */
export function presign(world: World, path: string): string {
  const expires = Math.floor(world.now() / 1000) + behaviourOf(world).presignedFor
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Expires': String(expires),
    'X-Amz-Signature': signatureOf(world.seed, `${path}\n${expires}`)
  })
  return `${path}?${query.toString()}`
}

/**
 * Returns what S3 answers to a request it does not let through, or undefined. A request with credentials besides the
 * signature is refused, so a client that carries its token along finds out.
 */
export function refusalOf(world: World, request: ApiRequest): Reply | undefined {
  const {headers, query, path} = request
  if (headers['authorization'] !== undefined || headers['circle-token'] !== undefined) {
    return refusal(400, 'InvalidArgument', 'Only one auth mechanism allowed')
  }
  const expires = query.get('X-Amz-Expires') ?? ''
  if (query.get('X-Amz-Signature') !== signatureOf(world.seed, `${path}\n${expires}`)) {
    return refusal(403, 'SignatureDoesNotMatch', 'The request signature does not match')
  }
  if (Number(expires) * 1000 <= world.now()) {
    return refusal(403, 'AccessDenied', 'Request has expired')
  }
  return undefined
}

/** Returns an error as S3 writes it. */
export function refusal(status: number, code: string, message: string): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return text(status, body, 'application/xml')
}
