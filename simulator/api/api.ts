import {type Reply, json, text} from '../http/reply.ts'
import {type RequestPattern, matches} from '../http/pattern.ts'
import type {ApiRequest} from '../http/request.ts'
import type {Answer} from '../http/server.ts'
import {answerArtifact} from '../hosts/artifacts.ts'
import {reconcile} from '../world/reconcile.ts'
import {type World, past} from '../world/world.ts'
import {authenticate} from './auth.ts'
import type {RateLimiter} from './rate-limit.ts'
import {TooManyRequests} from './rate-limit.ts'
import {Refusal, notFound} from './refusal.ts'
import {findRoute} from './router.ts'
import {routes} from './routes.ts'
import {refusalReply} from './v3/envelope.ts'

/** A route whose replies announce its end: https://www.rfc-editor.org/rfc/rfc9745 and rfc8594. */
export type Deprecation = RequestPattern & {
  readonly deprecation: string
  readonly sunset?: string
}

/** Answers requests to the API, and to artifacts where those are on the same host, as on CircleCI Server. */
export function createApi(
  world: World,
  limiter: RateLimiter,
  deprecations: readonly Deprecation[]
): Answer {
  return (request, ago) => {
    reconcile(world)
    if (request.path.startsWith('/output/job/')) return answerArtifact(world, request)
    const then = ago > 0 && request.method === 'GET' ? past(world, ago) : world
    const reply = answer(then, limiter, request)
    return {...reply, headers: {...reply.headers, ...noticeOf(deprecations, request)}}
  }
}

function answer(world: World, limiter: RateLimiter, request: ApiRequest): Reply {
  try {
    const user = authenticate(world.users, request)
    const match = findRoute(routes, request.method, request.path)
    const headers = limiter(user, `${request.method} ${match?.route.pattern ?? ''}`)
    if (match === undefined) throw notFound()
    const reply = match.route.handler({world, request, user, params: match.params})
    return {...reply, headers: {...headers, ...reply.headers}}
  } catch (error) {
    if (error instanceof TooManyRequests && error.plain) {
      const reply = text(429, error.message, 'text/plain')
      return {...reply, headers: {...reply.headers, ...error.headers}}
    }
    if (error instanceof Refusal) {
      return request.path.startsWith('/api/v3/') ? refusalReply(error) : error.toReply()
    }
    return json(500, {message: `Internal server error. ${String(error)}`})
  }
}

function noticeOf(
  deprecations: readonly Deprecation[],
  request: ApiRequest
): Record<string, string> {
  const notice = deprecations.find(entry => matches(entry, request))
  if (notice === undefined) return {}
  const {deprecation, sunset} = notice
  return {Deprecation: deprecation, ...(sunset === undefined ? {} : {Sunset: sunset})}
}
