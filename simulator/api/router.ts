import type {Handler} from './call.ts'

/** One operation: its method, its path and what answers it. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** Segments; `:x` is any one, `:slug` is a project slug: three segments, or one with its slashes escaped. */
  readonly pattern: string
  readonly handler: Handler
}

/** A route found for a path. */
export interface RouteMatch {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** Returns the first route that fits. The order of the routes decides between `/pipeline/mine` and `/pipeline/:number`. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string
): RouteMatch | undefined {
  const segments = path.split('/').slice(1)
  for (const route of routes) {
    if (route.method !== method) continue
    const params = matchSegments(route.pattern.split('/').slice(1), segments)
    if (params !== undefined) return {route, params}
  }
  return undefined
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[]
): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  let at = 0
  for (const part of pattern) {
    const width = part === ':slug' && !/%2f/i.test(segments[at] ?? '') ? 3 : 1
    const taken = segments.slice(at, at + width).map(decode)
    if (taken.length < width || taken.includes(undefined) || taken.includes('')) return undefined
    const value = taken.join('/')
    if (part.startsWith(':')) params[part.slice(1)] = value
    else if (part !== value) return undefined
    at += width
  }
  return at === segments.length ? params : undefined
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
