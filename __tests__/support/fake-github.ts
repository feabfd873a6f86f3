import {createServer} from 'node:http'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/** A request as it arrived. */
export interface GitHubRequest {
  readonly method: string
  /** Below the API's base, with the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

/** What goes wrong with a request instead of its answer. */
export type GitHubFaultPlan =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The connection ends without an answer; `processed` whether GitHub acted first. */
  | {readonly kind: 'cut'; readonly processed: boolean}
  /** The answer ends in the middle. */
  | {readonly kind: 'cut-body'}
  /** No answer, and the connection stays. */
  | {readonly kind: 'stall'}

export interface FakeStatus {
  readonly sha: string
  readonly context: string
  readonly state: string
  readonly description: string
  readonly target_url: string | null
}

export interface FakeComment {
  readonly id: number
  readonly issue: number
  body: string
  readonly user: {readonly login: string; readonly type: 'Bot' | 'User' | ''}
  /** How often it was written. */
  edits: number
}

/** The head of a pull request; its repository is `null` once that is gone. */
export interface FakeHead {
  readonly sha: string
  readonly ref: string
  readonly repo: {readonly full_name: string} | null
}

export interface FakeGitHubOptions {
  readonly token?: string
  readonly repository?: string
  /** Path of the API on its host: '' on github.com, `/api/v3` on GitHub Enterprise Server. */
  readonly basePath?: string
  /** The user whose token it is; without one it is an app's. */
  readonly login?: string
  /** The app whose token it is: by default the workflow's own. */
  readonly app?: string
  /** What GraphQL says of who the token is, when it is not what REST says; `null`: it is refused. */
  readonly viewer?: string | null
  /** What the token may not do: `statuses` or `pull-requests`. */
  readonly denied?: readonly string[]
  /** Head commits of the pull requests that exist, or all of their heads. */
  readonly heads?: Readonly<Record<number, string | FakeHead>>
  /** Called for each request; what it returns happens instead. */
  readonly fault?: (request: GitHubRequest) => GitHubFaultPlan | undefined
}

/** A small GitHub on loopback: commit statuses, the comments of pull requests, and who the token is. */
export interface FakeGitHub {
  /** For GITHUB_API_URL. */
  readonly url: string
  readonly token: string
  readonly repository: string
  /** Every request, oldest first. */
  readonly requests: GitHubRequest[]
  /** Every status that was set, oldest first. */
  readonly statuses: FakeStatus[]
  readonly comments: FakeComment[]
  /** Adds a comment somebody else wrote. */
  addComment(comment: {
    issue?: number
    body: string
    login: string
    type: 'Bot' | 'User' | ''
  }): FakeComment
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const NOT_FOUND: Answer = {status: 404, body: {message: 'Not Found', status: '404'}}
const DENIED: Answer = {
  status: 403,
  body: {message: 'Resource not accessible by integration', status: '403'}
}

/** Starts a `FakeGitHub` on a free port of loopback. */
export async function startFakeGitHub(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const token = options.token ?? 'ghs_fake'
  const repository = options.repository ?? 'acme/shop'
  const basePath = options.basePath ?? ''
  const requests: GitHubRequest[] = []
  const statuses: FakeStatus[] = []
  const comments: FakeComment[] = []
  let nextId = 1000

  const addComment: FakeGitHub['addComment'] = ({issue = 12, body, login, type}) => {
    const comment: FakeComment = {id: (nextId += 1), issue, body, user: {login, type}, edits: 0}
    comments.push(comment)
    return comment
  }

  const setStatus = (sha: string, body: unknown): Answer => {
    if (options.denied?.includes('statuses') === true) return DENIED
    const {context, state, description, target_url: target} = body as Record<string, unknown>
    const errors = [
      !['pending', 'success', 'failure', 'error'].includes(String(state)) && 'state',
      (typeof context !== 'string' || context === '') && 'context',
      (typeof description !== 'string' || description.length > 140) && 'description',
      target !== undefined &&
        (typeof target !== 'string' || !/^https?:/.test(target)) &&
        'target_url'
    ].filter(field => field !== false)
    if (errors.length > 0) return invalid(errors)
    if (!/^[0-9a-f]{40}$/.test(sha)) {
      return {status: 422, body: {message: `No commit found for SHA: ${sha}`}}
    }
    const status = {
      ...{sha, context: String(context), state: String(state), description: String(description)},
      target_url: typeof target === 'string' ? target : null
    }
    statuses.push(status)
    return {status: 201, body: {id: statuses.length, ...status}}
  }

  const listComments = (issue: number, query: URLSearchParams): Answer => {
    const perPage = Number(query.get('per_page') ?? 30)
    const page = Number(query.get('page') ?? 1)
    const all = comments.filter(comment => comment.issue === issue)
    const next = `<http://elsewhere.test/?page=${page + 1}>; rel="next"`
    const last = '<http://elsewhere.test/?page=1>; rel="first"'
    return {
      status: 200,
      body: all.slice((page - 1) * perPage, page * perPage),
      headers: {link: all.length > page * perPage ? next : last}
    }
  }

  const author = {
    login: options.login ?? options.app ?? 'github-actions[bot]',
    type: options.login === undefined ? 'Bot' : 'User'
  } as const

  const writeComment = (issue: number, body: unknown): Answer => {
    if (options.denied?.includes('pull-requests') === true) return DENIED
    const {body: text} = body as {body?: unknown}
    if (typeof text !== 'string' || text === '' || text.length > 65_536) return invalid(['body'])
    return {status: 201, body: addComment({issue, body: text, ...author})}
  }

  const editComment = (id: number, body: unknown): Answer => {
    if (options.denied?.includes('pull-requests') === true) return DENIED
    const comment = comments.find(candidate => candidate.id === id)
    if (comment === undefined) return NOT_FOUND
    comment.body = String((body as {body?: unknown}).body)
    comment.edits += 1
    return {status: 200, body: comment}
  }

  const answer = ({method, path, headers, body}: GitHubRequest): Answer => {
    const authorization = String(headers['authorization'] ?? '')
    if (authorization !== `token ${token}`) {
      return {status: 401, body: {message: 'Bad credentials', status: '401'}}
    }
    const url = new URL(path, 'http://github.test')
    const [first, ...rest] = url.pathname.split('/').slice(1).map(decodeURIComponent)
    if (method === 'GET' && url.pathname === '/user') {
      return options.login === undefined ? DENIED : {status: 200, body: author}
    }
    if (method === 'POST' && url.pathname === '/graphql') {
      const {viewer = author.login} = options
      return viewer === null ? DENIED : {status: 200, body: {data: {viewer: {login: viewer}}}}
    }
    if (first !== 'repos' || `${rest[0]}/${rest[1]}`.toLowerCase() !== repository.toLowerCase()) {
      return NOT_FOUND
    }
    const [kind = '', name = '', detail] = rest.slice(2)
    if (method === 'POST' && kind === 'statuses') return setStatus(name, body)
    if (method === 'GET' && kind === 'pulls') {
      const found = options.heads?.[Number(name)]
      const head = typeof found === 'string' ? {sha: found} : found
      return head === undefined ? NOT_FOUND : {status: 200, body: {number: Number(name), head}}
    }
    if (kind !== 'issues') return NOT_FOUND
    if (method === 'PATCH' && name === 'comments') return editComment(Number(detail), body)
    if (method === 'GET' && detail === 'comments')
      return listComments(Number(name), url.searchParams)
    if (method === 'POST' && detail === 'comments') return writeComment(Number(name), body)
    return NOT_FOUND
  }

  const server = createServer((incoming, response) => {
    void receive(incoming, basePath).then(request => {
      if (request === undefined) {
        reply(response, NOT_FOUND)
        return
      }
      requests.push(request)
      const fault = options.fault?.(request)
      if (fault === undefined) reply(response, answer(request))
      else misbehave(response, fault, () => answer(request))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    ...{token, repository, requests, statuses, comments, addComment},
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

function invalid(fields: readonly unknown[]): Answer {
  const errors = fields.map(field => ({resource: 'Status', code: 'invalid', field}))
  return {status: 422, body: {message: 'Validation Failed', errors}}
}

async function receive(
  incoming: IncomingMessage,
  basePath: string
): Promise<GitHubRequest | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  // GitHub Enterprise Server has it beside REST, not below: /api/graphql and /api/v3.
  const graphql = `${basePath.replace(/\/v3$/, '')}/graphql`
  const url = incoming.url === graphql ? `${basePath}/graphql` : (incoming.url ?? '')
  if (!url.startsWith(`${basePath}/`)) return undefined
  return {
    method: incoming.method ?? '',
    path: url.slice(basePath.length),
    headers: incoming.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown)
  }
}

function reply(response: ServerResponse, {status, body, headers}: Answer): void {
  const isText = typeof body === 'string'
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json; charset=utf-8',
    ...headers
  })
  response.end(isText ? body : JSON.stringify(body ?? {}))
}

function misbehave(response: ServerResponse, fault: GitHubFaultPlan, process: () => Answer): void {
  switch (fault.kind) {
    case 'answer':
      reply(response, {body: {}, ...fault})
      return
    case 'cut':
      if (fault.processed) process()
      response.destroy()
      return
    case 'cut-body': {
      const {status, body} = process()
      const text = JSON.stringify(body)
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': text.length
      })
      response.write(text.slice(0, text.length / 2))
      setImmediate(() => response.destroy())
      return
    }
    case 'stall':
  }
}
