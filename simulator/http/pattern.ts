import type {HostName} from './request.ts'

/** Which requests something is meant for; what is left out matches everything. */
export interface RequestPattern {
  /** Default `api`. */
  readonly host?: HostName
  readonly method?: string
  /**
   * The whole path without the query. In a string `*` stands for one segment and `**` for any number; on the API host
   * the leading `/api/v2` may be left out.
   */
  readonly path?: string | RegExp
}

/** Says whether a request is one of those a pattern is meant for. */
export function matches(
  {host = 'api', method, path}: RequestPattern,
  request: {readonly host: HostName; readonly method: string; readonly path: string}
): boolean {
  if (host !== request.host) return false
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (path === undefined) return true
  const expression = typeof path === 'string' ? globOf(path) : path
  return [request.path, request.path.replace(/^\/api\/v2/, '')].some(
    candidate => candidate.search(expression) !== -1
  )
}

function globOf(path: string): RegExp {
  const source = path
    .split(/(\*\*|\*)/)
    .map(part => {
      if (part === '**') return '.*'
      return part === '*' ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}$`)
}
