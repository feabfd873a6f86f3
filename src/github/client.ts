import {Fields, ShapeError} from '../base/json.ts'
import type {Mask} from '../base/mask.ts'
import {USER_AGENT} from '../base/version.ts'
import {decodePullRequest, type PullRequestPayload} from '../trigger/event.ts'
import {attempter, GitHubFault, toFault, type AttemptOptions, type Attempts} from './fault.ts'

const PAGE_SIZE = 100

type Octokit = ReturnType<(typeof import('@actions/github'))['getOctokit']>

/** A comment of a pull request's conversation. */
export type IssueComment = Readonly<ReturnType<typeof readComment>>

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

/** Where and as whom to speak to GitHub. */
export interface GitHubOptions extends AttemptOptions {
  readonly token: string
  /** GITHUB_API_URL; of GitHub Enterprise Server it ends in `/api/v3`. */
  readonly apiUrl: string
  /** `owner/name`. */
  readonly repository: string
  /** Hides the tokens in everything that is written. */
  readonly mask: Mask
}

/** Octokit would print GitHub's deprecation notices itself, past the log that makes remote text harmless. */
const SILENT = {debug: ignore, info: ignore, warn: ignore, error: ignore}

/**
 * GitHub's API, as far as this project uses it. Most of it serves side channels, so it gives up soon (see `attempter`).
 * Every method rejects with a `GitHubFault`. Proxies are honoured as `@actions/github` does.
 */
export class GitHub {
  readonly #options: GitHubOptions
  readonly #attempt: ReturnType<typeof attempter>
  #octokit: Promise<Octokit> | undefined

  constructor(options: GitHubOptions) {
    this.#options = options
    this.#attempt = attempter(options)
  }

  /** `POST /repos/{owner}/{repo}/statuses/{sha}`; not tried again once `superseded` aborts. */
  createStatus(sha: string, status: StatusFields, superseded?: AbortSignal): Promise<void> {
    const {targetUrl, ...fields} = this.#options.mask.data(status)
    const link = targetUrl === undefined ? {} : {target_url: targetUrl}
    const route = 'POST /repos/{owner}/{repo}/statuses/{sha}'
    return this.#ask(route, {sha, ...fields, ...link}, expectStatus(201), {superseded})
  }

  /** A pull request, its head commit for certain: `GET /repos/{owner}/{repo}/pulls/{number}`. */
  pullRequest(number: number): Promise<PullRequestPayload & {readonly headSha: string}> {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
    return this.#ask(route, {pull_number: number}, readPullRequest)
  }

  /** A page (from 1) of a pull request's conversation, oldest first; `isLast` when no page follows. */
  commentPage(pullRequest: number, page: number) {
    const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
    const query = {issue_number: pullRequest, per_page: PAGE_SIZE, page}
    return this.#ask(route, query, readCommentPage)
  }

  /** `POST .../issues/{number}/comments`, sent once: an `unavailable` fault leaves open whether it was made. */
  createComment(pullRequest: number, body: string): Promise<void> {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
    const comment = {issue_number: pullRequest, body: this.#options.mask.text(body)}
    return this.#ask(route, comment, expectStatus(201), {once: true})
  }

  /** `PATCH .../issues/comments/{id}`. */
  updateComment(id: number, body: string): Promise<void> {
    const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
    return this.#ask(
      route,
      {comment_id: id, body: this.#options.mask.text(body)},
      expectStatus(200)
    )
  }

  /** Whose comments are the token's own: a login as `IssueComment.author` has it. */
  async ownLogin(): Promise<string> {
    try {
      return await this.#send(async (client, request) =>
        readLogin((await client.request('GET /user', {request})).data)
      )
    } catch (error) {
      if (toFault(error).kind !== 'permission') throw error
    }
    try {
      const viewer = await this.#send((client, request) => client.graphql(VIEWER, {request}))
      return botLogin(readLogin((viewer as {viewer?: unknown}).viewer))
    } catch {
      return WORKFLOW_LOGIN
    }
  }

  #ask<T>(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    read: (reply: Reply) => T,
    attempts?: Attempts
  ): Promise<T> {
    const [owner = '', repo = ''] = this.#options.repository.split('/')
    return this.#send(
      async (client, request) =>
        read(await client.request(route, {owner, repo, ...parameters, request})),
      attempts
    )
  }

  #send<T>(
    call: (client: Octokit, request: RequestOptions) => Promise<T>,
    attempts?: Attempts
  ): Promise<T> {
    return this.#attempt(
      async signal => call(await (this.#octokit ??= this.#load()), {signal, log: SILENT}),
      attempts
    )
  }

  /**
   * Few steps speak to GitHub, and loading Octokit takes its time. The package reads the event's payload while it loads,
   * and throws when that is broken; this project reads the payload by itself (`runner/context.ts`), so it is hidden from
   * the package.
   */
  async #load(): Promise<Octokit> {
    const {token, apiUrl: baseUrl} = this.#options
    delete process.env['GITHUB_EVENT_PATH']
    const {getOctokit} = await import(/* webpackChunkName: "github" */ '@actions/github')
    return getOctokit(token, {baseUrl, userAgent: USER_AGENT, log: SILENT})
  }
}

/**
 * `GET /user` answers an app's token with 403, and the workflow's own is one: "Resource not accessible by integration".
 * GraphQL's `viewer` is `name[bot]` then (seen for apps' tokens in fullsend-ai/fullsend#1953 and
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

interface RequestOptions {
  readonly signal: AbortSignal
  readonly log: typeof SILENT
}

interface Reply {
  readonly status: number
  readonly headers: {readonly link?: string | undefined}
  readonly data: unknown
}

/** A write that was redirected arrives as a read, which answers 200 and changes nothing. */
function expectStatus(wanted: number): (reply: Reply) => void {
  return ({status}) => {
    if (status === wanted) return
    throw new GitHubFault('refused', `GitHub answered ${status} instead of ${wanted}`)
  }
}

function readPullRequest({data}: Reply): PullRequestPayload & {readonly headSha: string} {
  const pull = decodePullRequest(new Fields(data, 'pull request'))
  if (pull?.headSha === undefined) throw new ShapeError('pull request: no head commit')
  return {...pull, headSha: pull.headSha}
}

function readLogin(json: unknown): string {
  return new Fields(json, 'user').requiredString('login')
}

function readCommentPage({data, headers}: Reply) {
  // Octokit hands over '' for a body that was cut: taken for an empty page, it would make a second comment.
  if (!Array.isArray(data)) throw new ShapeError('comments: no list')
  return {items: data.map(readComment), isLast: !(headers.link ?? '').includes('rel="next"')}
}

function readComment(json: unknown) {
  const fields = new Fields(json, 'comment')
  const user = fields.object('user')
  const login = user?.string('login') ?? ''
  return {
    id: fields.requiredNumber('id'),
    body: fields.string('body') ?? '',
    /** Login of who wrote it, an app's with its `[bot]`; '' for a deleted account. */
    author: user?.string('type') === 'Bot' ? botLogin(login) : login
  }
}

function ignore(): void {
  // Nothing is printed.
}
