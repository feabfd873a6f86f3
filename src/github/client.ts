import {attempter} from './attempts.ts'
import type {AttemptOptions, Attempts} from './attempts.ts'
import {Fields, isObject} from '../base/json.ts'
import {Mask} from '../base/mask.ts'
import {decodePullRequest, type PullRequestPayload} from '../trigger/event.ts'
import {GitHubFault, toFault} from './fault.ts'

const PAGE_SIZE = 100

type Package = typeof import('@actions/github')
type Octokit = ReturnType<Package['getOctokit']>

/** A comment of a pull request's conversation. */
export interface IssueComment {
  readonly id: number
  readonly body: string
  /** Login of who wrote it, an app's with its `[bot]`; '' for a deleted account. */
  readonly author: string
}

/** GitHub's words for the state of a commit status. */
export type StatusState = 'pending' | 'success' | 'failure' | 'error'

/** What a commit status says. */
export interface StatusFields {
  /** Its name; a newer status with the same one replaces it. */
  readonly context: string
  readonly state: StatusState
  /** 140 characters at most. */
  readonly description: string
  readonly targetUrl: string | undefined
}

/** GitHub's API, as far as this project uses it. Every method rejects with a `GitHubFault`. */
export interface GitHub {
  /** `POST /repos/{owner}/{repo}/statuses/{sha}`; not tried again once `superseded` aborts. */
  createStatus(sha: string, status: StatusFields, superseded?: AbortSignal): Promise<void>
  /** A pull request, its head commit for certain: `GET /repos/{owner}/{repo}/pulls/{number}`. */
  pullRequest(number: number): Promise<PullRequestPayload & {readonly headSha: string}>
  /** A page (from 1) of a pull request's conversation, oldest first; `isLast` when no page follows. */
  commentPage(
    pullRequest: number,
    page: number
  ): Promise<{readonly items: readonly IssueComment[]; readonly isLast: boolean}>
  /** `POST .../issues/{number}/comments`, sent once: an `unavailable` fault leaves open whether it was made. */
  createComment(pullRequest: number, body: string): Promise<void>
  /** `PATCH .../issues/comments/{id}`. */
  updateComment(id: number, body: string): Promise<void>
  /** Whose comments are the token's own: a login as `IssueComment.author` has it. */
  ownLogin(): Promise<string>
}

/** Where and as whom to speak to GitHub. */
export interface GitHubOptions extends AttemptOptions {
  readonly token: string
  /** GITHUB_API_URL; of GitHub Enterprise Server it ends in `/api/v3`. */
  readonly apiUrl: string
  /** `owner/name`. */
  readonly repository: string
  readonly userAgent: string
  /** Hides the tokens in everything that is written. */
  readonly mask?: Mask
}

/** Octokit would print GitHub's deprecation notices itself, past the log that makes remote text harmless. */
const SILENT = {debug: ignore, info: ignore, warn: ignore, error: ignore}

/**
 * Connects to GitHub's API. Most of it serves side channels, so it gives up soon (see `attempter`). Proxies are
 * honoured as `@actions/github` does.
 */
export function connectGitHub(options: GitHubOptions): GitHub {
  const {token, apiUrl: baseUrl, userAgent, mask = new Mask([])} = options
  const octokit = lazyOctokit(token, {baseUrl, userAgent, log: SILENT})
  const [owner = '', repo = ''] = options.repository.split('/')
  const attempt = attempter(options)
  const send = <T>(
    call: (client: Octokit, target: Target) => Promise<T>,
    attempts: Attempts = {}
  ): Promise<T> =>
    attempt(
      async signal => call(await octokit(), {owner, repo, request: {signal, log: SILENT}}),
      attempts
    )
  return {
    createStatus: (sha, status, superseded) =>
      send(
        async (client, target) => {
          const {targetUrl, ...fields} = mask.data(status)
          const route = 'POST /repos/{owner}/{repo}/statuses/{sha}'
          const link = targetUrl === undefined ? {} : {target_url: targetUrl}
          expectStatus(201, await client.request(route, {...target, sha, ...fields, ...link}))
        },
        {superseded}
      ),
    pullRequest: number =>
      send(async (client, target) => {
        const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
        return readPullRequest(await client.request(route, {...target, pull_number: number}))
      }),
    commentPage: (number, page) =>
      send(async (client, target) => {
        const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
        const query = {issue_number: number, per_page: PAGE_SIZE, page}
        return readCommentPage(await client.request(route, {...target, ...query}))
      }),
    createComment: (number, body) =>
      send(
        async (client, target) => {
          const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
          const comment = {issue_number: number, body: mask.text(body)}
          expectStatus(201, await client.request(route, {...target, ...comment}))
        },
        {once: true}
      ),
    updateComment: (id, body) =>
      send(async (client, target) => {
        const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
        const comment = {comment_id: id, body: mask.text(body)}
        expectStatus(200, await client.request(route, {...target, ...comment}))
      }),
    ownLogin: async () => {
      try {
        return await send(async (client, {request}) =>
          readLogin((await client.request('GET /user', {request})).data)
        )
      } catch (error) {
        if (toFault(error).kind !== 'permission') throw error
      }
      try {
        const viewer = await send(async (client, {request}) => client.graphql(VIEWER, {request}))
        return botLogin(readLogin((viewer as {viewer?: unknown}).viewer))
      } catch {
        return WORKFLOW_LOGIN
      }
    }
  }
}

/**
 * Makes an Octokit when it is first asked for: few steps speak to GitHub, and loading it takes its time. The package
 * reads the event's payload while it loads, and throws when that is broken; this project reads the payload by itself
 * (`runner/context.ts`), so it is hidden from the package.
 */
function lazyOctokit(...options: Parameters<Package['getOctokit']>): () => Promise<Octokit> {
  let octokit: Promise<Octokit> | undefined
  const load = async (): Promise<Octokit> => {
    delete process.env['GITHUB_EVENT_PATH']
    const {getOctokit} = await import(/* webpackChunkName: "github" */ '@actions/github')
    return getOctokit(...options)
  }
  return () => (octokit ??= load())
}

/**
 * `GET /user` answers an app's token with 403, and the workflow's own is one: "Resource not accessible by integration".
 * GraphQL's `viewer` tells `name[bot]` then (seen for apps' tokens in fullsend-ai/fullsend#1953 and
 * joshjohanning/bulk-github-repo-settings-sync-action#194, and for the workflow's own in
 * marocchino/sticky-pull-request-comment, whose `findPreviousComment` takes the `[bot]` off to compare with GraphQL's
 * authors, which have none; REST's `user.login` has it: open-multi-agent/open-multi-agent#492).
 */
const VIEWER = 'query { viewer { login } }'

/** Who comments with the token that GitHub gives every job. */
const WORKFLOW_LOGIN = 'github-actions[bot]'

/** Nobody can take a login in brackets: only apps have them, and `name` may be somebody else than `name[bot]`. */
function botLogin(login: string): string {
  return login.endsWith('[bot]') ? login : `${login}[bot]`
}

interface Target {
  readonly owner: string
  readonly repo: string
  readonly request: {readonly signal: AbortSignal; readonly log: typeof SILENT}
}

interface Reply {
  readonly status: number
  readonly headers: {readonly link?: string | undefined}
  readonly data: unknown
}

/** A write that was redirected arrives as a read, which answers 200 and changes nothing. */
function expectStatus(status: number, reply: Reply): void {
  if (reply.status === status) return
  throw new GitHubFault('refused', `GitHub answered ${reply.status} instead of ${status}`)
}

function readPullRequest({data}: Reply): PullRequestPayload & {readonly headSha: string} {
  const pull = isObject(data) ? decodePullRequest(new Fields(data, 'the pull request')) : undefined
  return pull?.headSha === undefined ? unreadable() : {...pull, headSha: pull.headSha}
}

function readLogin(json: unknown): string {
  const {login} = (json ?? {}) as {login?: unknown}
  return typeof login === 'string' && login !== '' ? login : unreadable()
}

function readCommentPage(reply: Reply): Awaited<ReturnType<GitHub['commentPage']>> {
  // Octokit hands over '' for a body that was cut: taken for an empty page, it would make a second comment.
  if (!Array.isArray(reply.data)) unreadable()
  const items = (reply.data as unknown[]).map(readComment)
  return {items, isLast: !(reply.headers.link ?? '').includes('rel="next"')}
}

function readComment(json: unknown): IssueComment {
  const {id, body, user} = (json ?? {}) as {
    id?: unknown
    body?: unknown
    user?: {login?: unknown; type?: unknown} | null
  }
  if (typeof id !== 'number') unreadable()
  const login = typeof user?.login === 'string' ? user.login : ''
  return {
    id,
    body: typeof body === 'string' ? body : '',
    author: user?.type === 'Bot' ? botLogin(login) : login
  }
}

function unreadable(): never {
  throw new GitHubFault(
    'unavailable',
    "GitHub's answer was incomplete or not what its API documents"
  )
}

function ignore(): void {
  // Said by nobody.
}
