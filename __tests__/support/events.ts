import type {Ref} from '../../src/circleci/model.ts'

/** The repository every event below happens in, and two others. */
export const REPOSITORY = 'acme/shop'
export const FORK = 'mallory/shop'

/** Commits: what was pushed, the head of the pull request, its merge commit, the default branch's newest. */
export const PUSHED = '1111111111111111111111111111111111111111'
export const HEAD = '2222222222222222222222222222222222222222'
export const MERGE = '3333333333333333333333333333333333333333'
export const DEFAULT = '4444444444444444444444444444444444444444'

/** An event as GitHub gives it to a workflow, and what is to be made of it. */
export interface EventCase {
  readonly name: string
  readonly event: string
  /** GITHUB_REF and GITHUB_SHA. */
  readonly ref: string | undefined
  readonly sha: string
  readonly payload: unknown
  /** The ref to build, or what the error must say. */
  readonly expected: Ref | RegExp
  /** The commit the event is about. */
  readonly headSha: string | undefined
  /** The pull request it belongs to. */
  readonly pullRequest?: {readonly number: number; readonly fork: boolean | undefined}
}

const repository = {id: 1, name: 'shop', full_name: REPOSITORY, default_branch: 'main'}
const fork = {id: 2, name: 'shop', full_name: FORK, fork: true}
const upstream = {id: 3, name: 'shop', full_name: 'origin/shop'}

interface PullOptions {
  readonly ref?: string
  readonly repo?: unknown
}

/** Pull request #12 into `main`. */
export function pull({ref = 'feature/cart', repo = repository}: PullOptions = {}): object {
  return {
    number: 12,
    state: 'open',
    merge_commit_sha: MERGE,
    head: {label: `acme:${ref}`, ref, sha: HEAD, repo},
    base: {label: 'acme:main', ref: 'main', sha: DEFAULT, repo: repository}
  }
}

function listed(number: number, sha: string, base: {id: number; full_name: string}): object {
  const url = `https://api.github.com/repos/${base.full_name}`
  return {
    number,
    head: {ref: 'feature/cart', sha, repo: {id: 2, url: `https://api.github.com/repos/${FORK}`}},
    base: {ref: 'main', sha: DEFAULT, repo: {id: base.id, url}}
  }
}

function run(fields: object): object {
  return {
    action: 'completed',
    repository,
    workflow_run: {
      id: 77,
      event: 'push',
      head_branch: 'feature/cart',
      head_sha: HEAD,
      conclusion: 'success',
      pull_requests: [],
      repository,
      head_repository: repository,
      ...fields
    }
  }
}

const onDefault = {ref: 'refs/heads/main', sha: DEFAULT}
const onBehalf = {event: 'pull_request_target', head_sha: DEFAULT, head_commit: {id: HEAD}}
const onMerge = {ref: 'refs/pull/12/merge', sha: MERGE}
const ours = {number: 12, fork: false}
const theirs = {number: 12, fork: true}

const pullRequests: readonly EventCase[] = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment'
].flatMap(event => {
  const where = event === 'pull_request_target' ? onDefault : onMerge
  const common = {event, ...where, headSha: HEAD}
  return [
    {
      ...common,
      name: `${event} of this repository`,
      payload: {repository, number: 12, pull_request: pull()},
      expected: {branch: 'feature/cart'},
      pullRequest: ours
    },
    {
      ...common,
      name: `${event} of a fork whose branch is called main too`,
      payload: {repository, number: 12, pull_request: pull({ref: 'main', repo: fork})},
      expected: {branch: 'pull/12/head'},
      pullRequest: theirs
    },
    {
      ...common,
      name: `${event} of a fork that is gone`,
      payload: {repository, number: 12, pull_request: pull({ref: 'main', repo: null})},
      expected: {branch: 'pull/12/head'},
      pullRequest: theirs
    }
  ]
})

const closedPullRequests: readonly EventCase[] = ['pull_request', 'pull_request_target'].flatMap(
  event => {
    const where = event === 'pull_request_target' ? onDefault : onMerge
    const closed = (how: object): object => ({
      action: 'closed',
      repository,
      number: 12,
      pull_request: {...pull(), state: 'closed', ...how}
    })
    const common = {event, ...where, pullRequest: ours}
    return [
      {
        ...common,
        name: `${event} that was merged`,
        payload: closed({merged: true}),
        expected: {branch: 'main'},
        headSha: MERGE
      },
      {
        ...common,
        name: `${event} that was closed without being merged`,
        payload: closed({merged: false}),
        expected: /^pull request #12 was closed without being merged\./,
        headSha: HEAD
      },
      {
        ...common,
        name: `${event} that was merged, nobody says where`,
        payload: closed({merged: true, base: {}, merge_commit_sha: null}),
        expected: /does not say which branch pull request #12 was merged into/,
        headSha: undefined
      }
    ]
  }
)

const workflowRuns: readonly EventCase[] = [
  {
    name: 'workflow_run after a push',
    event: 'workflow_run',
    ...onDefault,
    payload: run({}),
    expected: {branch: 'feature/cart'},
    headSha: HEAD
  },
  {
    name: 'workflow_run after a pull request of this repository',
    event: 'workflow_run',
    ...onDefault,
    payload: run({event: 'pull_request', pull_requests: [listed(12, HEAD, repository)]}),
    expected: {branch: 'feature/cart'},
    headSha: HEAD,
    pullRequest: ours
  },
  {
    name: 'workflow_run after a release',
    event: 'workflow_run',
    ...onDefault,
    payload: run({event: 'release', head_branch: 'v1.2.0'}),
    expected: {tag: 'v1.2.0'},
    headSha: HEAD
  },
  {
    name: "workflow_run after a fork's run, without its pull request",
    event: 'workflow_run',
    ...onDefault,
    payload: run({event: 'pull_request', head_branch: 'main', head_repository: fork}),
    expected: /a branch of mallory\/shop.*does not say for which pull request.*"branch"/,
    headSha: HEAD
  },
  {
    name: "workflow_run after a fork's run, with its pull request",
    event: 'workflow_run',
    ...onDefault,
    payload: run({
      event: 'pull_request',
      head_branch: 'main',
      head_repository: fork,
      pull_requests: [listed(12, HEAD, repository)]
    }),
    expected: {branch: 'pull/12/head'},
    headSha: HEAD,
    pullRequest: theirs
  },
  {
    name: "workflow_run after a fork's run, listed with another head and another repository's pull request",
    event: 'workflow_run',
    ...onDefault,
    payload: run({
      event: 'pull_request',
      head_branch: 'main',
      head_repository: fork,
      pull_requests: [listed(12, PUSHED, repository), listed(13, HEAD, upstream)]
    }),
    expected: /does not say for which pull request/,
    headSha: HEAD
  },
  {
    name: "workflow_run after a fork's run with two pull requests",
    event: 'workflow_run',
    ...onDefault,
    payload: run({
      event: 'pull_request',
      head_repository: fork,
      pull_requests: [listed(12, HEAD, repository), listed(13, HEAD, repository)]
    }),
    expected: /does not say for which pull request/,
    headSha: HEAD
  },
  {
    name: 'workflow_run after the run of a fork that is gone',
    event: 'workflow_run',
    ...onDefault,
    payload: run({event: 'pull_request', head_branch: 'main', head_repository: null}),
    expected: /a repository that is gone/,
    headSha: HEAD
  },
  {
    name: 'workflow_run after pull_request_target, with its pull request',
    event: 'workflow_run',
    ...onDefault,
    payload: run({
      ...onBehalf,
      head_branch: 'main',
      pull_requests: [listed(12, HEAD, repository)]
    }),
    expected: {branch: 'feature/cart'},
    headSha: HEAD,
    pullRequest: ours
  },
  {
    name: 'workflow_run after pull_request_target, without its pull request',
    event: 'workflow_run',
    ...onDefault,
    payload: run({...onBehalf, head_branch: 'main'}),
    expected: /was for a pull request, and GitHub does not say for which pull request/,
    headSha: HEAD
  },
  {
    name: "workflow_run after a fork's pull_request_target",
    event: 'workflow_run',
    ...onDefault,
    payload: run({
      ...onBehalf,
      head_branch: 'main',
      head_repository: fork,
      pull_requests: [listed(12, HEAD, repository)]
    }),
    expected: {branch: 'pull/12/head'},
    headSha: HEAD,
    pullRequest: theirs
  },
  {
    name: 'workflow_run of a repository the payload does not name',
    event: 'workflow_run',
    ...onDefault,
    payload: run({head_repository: undefined}),
    expected: {branch: 'feature/cart'},
    headSha: HEAD
  },
  {
    name: 'workflow_run without a head branch',
    event: 'workflow_run',
    ...onDefault,
    payload: run({head_branch: null}),
    expected: /names no head branch/,
    headSha: HEAD
  }
]

/** Every event of the contract, and those that have no ref. */
export const EVENTS: readonly EventCase[] = [
  {
    name: 'push of a branch',
    event: 'push',
    ref: 'refs/heads/release/1.x',
    sha: PUSHED,
    payload: {repository, ref: 'refs/heads/release/1.x', after: PUSHED, deleted: false},
    expected: {branch: 'release/1.x'},
    headSha: PUSHED
  },
  {
    name: 'push of a tag',
    event: 'push',
    ref: 'refs/tags/v1.2.0',
    sha: PUSHED,
    payload: {repository, ref: 'refs/tags/v1.2.0', after: PUSHED, created: true, deleted: false},
    expected: {tag: 'v1.2.0'},
    headSha: PUSHED
  },
  {
    name: 'push that deletes a branch',
    event: 'push',
    ...onDefault,
    payload: {
      repository,
      ref: 'refs/heads/old',
      after: '0000000000000000000000000000000000000000',
      deleted: true
    },
    expected: /this push deleted refs\/heads\/old.*"branch"/,
    headSha: DEFAULT
  },
  {
    name: 'release',
    event: 'release',
    ref: 'refs/tags/v1.2.0',
    sha: PUSHED,
    payload: {repository, action: 'published', release: {id: 5, tag_name: 'v1.2.0'}},
    expected: {tag: 'v1.2.0'},
    headSha: PUSHED
  },
  {
    name: 'workflow_dispatch on a branch',
    event: 'workflow_dispatch',
    ref: 'refs/heads/feature/cart',
    sha: PUSHED,
    payload: {repository, ref: 'refs/heads/feature/cart', inputs: {}},
    expected: {branch: 'feature/cart'},
    headSha: PUSHED
  },
  {
    name: 'workflow_dispatch on a tag',
    event: 'workflow_dispatch',
    ref: 'refs/tags/v1.2.0',
    sha: PUSHED,
    payload: {repository, ref: 'refs/tags/v1.2.0', inputs: null},
    expected: {tag: 'v1.2.0'},
    headSha: PUSHED
  },
  {
    name: 'schedule',
    event: 'schedule',
    ...onDefault,
    payload: {schedule: '0 3 * * *'},
    expected: {branch: 'main'},
    headSha: DEFAULT
  },
  {
    name: 'merge_group',
    event: 'merge_group',
    ref: `refs/heads/gh-readonly-queue/main/pr-12-${DEFAULT}`,
    sha: PUSHED,
    payload: {
      repository,
      action: 'checks_requested',
      merge_group: {
        head_ref: `refs/heads/gh-readonly-queue/main/pr-12-${DEFAULT}`,
        head_sha: PUSHED,
        base_ref: 'refs/heads/main'
      }
    },
    expected: {branch: `gh-readonly-queue/main/pr-12-${DEFAULT}`},
    headSha: PUSHED
  },
  {
    name: 'deployment of a branch',
    event: 'deployment',
    ref: 'refs/heads/feature/cart',
    sha: PUSHED,
    payload: {repository, deployment: {id: 9, ref: 'feature/cart', sha: PUSHED}},
    expected: {branch: 'feature/cart'},
    headSha: PUSHED
  },
  {
    name: 'deployment of a tag',
    event: 'deployment',
    ref: 'refs/tags/v1.2.0',
    sha: PUSHED,
    payload: {repository, deployment: {id: 9, ref: 'v1.2.0', sha: PUSHED}},
    expected: {tag: 'v1.2.0'},
    headSha: PUSHED
  },
  {
    name: 'deployment of a commit',
    event: 'deployment',
    ref: undefined,
    sha: PUSHED,
    payload: {repository, deployment: {id: 9, ref: PUSHED, sha: PUSHED}},
    expected: /the deployment is of commit 1{40}/,
    headSha: PUSHED
  },
  {
    name: 'deployment of a short commit',
    event: 'deployment',
    ref: undefined,
    sha: PUSHED,
    payload: {repository, deployment: {id: 9, ref: PUSHED.slice(0, 7), sha: PUSHED}},
    expected: /the deployment is of commit 1{7},/,
    headSha: PUSHED
  },
  {
    name: 'deployment_status of a branch',
    event: 'deployment_status',
    ref: 'refs/heads/feature/cart',
    sha: PUSHED,
    payload: {
      repository,
      deployment: {id: 9, ref: 'feature/cart', sha: PUSHED},
      deployment_status: {id: 10, state: 'success'}
    },
    expected: {branch: 'feature/cart'},
    headSha: PUSHED
  },
  {
    name: "deployment_status of a pull request's merge commit",
    event: 'deployment_status',
    ref: 'refs/pull/12/merge',
    sha: MERGE,
    payload: {repository, deployment: {id: 9, ref: 'refs/pull/12/merge', sha: MERGE}},
    expected: /refs\/pull\/12\/merge, which is neither a branch nor a tag/,
    headSha: MERGE
  },
  ...closedPullRequests,
  ...pullRequests,
  ...workflowRuns,
  {
    name: 'issue_comment on a pull request',
    event: 'issue_comment',
    ...onDefault,
    payload: {
      repository,
      issue: {number: 12, pull_request: {url: 'https://api.github.com/repos/acme/shop/pulls/12'}},
      comment: {id: 1, body: '/circleci'}
    },
    expected: {branch: 'pull/12/head'},
    headSha: undefined,
    pullRequest: {number: 12, fork: undefined}
  },
  {
    name: 'issue_comment on an issue',
    event: 'issue_comment',
    ...onDefault,
    payload: {repository, issue: {number: 40}, comment: {id: 1, body: 'hello'}},
    expected: /the comment is on issue #40/,
    headSha: DEFAULT
  },
  {
    name: 'create of a branch',
    event: 'create',
    ref: 'refs/heads/feature/cart',
    sha: PUSHED,
    payload: {repository, ref: 'feature/cart', ref_type: 'branch', master_branch: 'main'},
    expected: {branch: 'feature/cart'},
    headSha: PUSHED
  },
  {
    name: 'create of a tag',
    event: 'create',
    ref: 'refs/tags/v1.2.0',
    sha: PUSHED,
    payload: {repository, ref: 'v1.2.0', ref_type: 'tag', master_branch: 'main'},
    expected: {tag: 'v1.2.0'},
    headSha: PUSHED
  },
  {
    name: 'delete',
    event: 'delete',
    ...onDefault,
    payload: {repository, ref: 'feature/cart', ref_type: 'branch'},
    expected: /delete event/,
    headSha: DEFAULT
  },
  {
    name: 'check_run',
    event: 'check_run',
    ...onDefault,
    payload: {repository, check_run: {id: 1, head_sha: HEAD}},
    expected: /the check_run event has no branch or tag of its own/,
    headSha: HEAD
  },
  {
    name: 'check_suite',
    event: 'check_suite',
    ...onDefault,
    payload: {repository, check_suite: {id: 1, head_branch: 'main', head_sha: HEAD}},
    expected: /the check_suite event has no branch or tag of its own/,
    headSha: HEAD
  },
  {
    name: 'status',
    event: 'status',
    ...onDefault,
    payload: {repository, sha: HEAD, branches: [{name: 'main'}]},
    expected: /the status event has no branch or tag of its own/,
    headSha: HEAD
  },
  ...['repository_dispatch', 'issues', 'label', 'watch', 'discussion', 'tomorrows_event'].map(
    event => ({
      name: event,
      event,
      ...onDefault,
      payload: {repository, action: 'x'},
      expected: new RegExp(`the ${event} event has no branch or tag of its own.*"branch" or "tag"`),
      headSha: DEFAULT
    })
  )
]

/** The variables GitHub's runner sets for an event; GITHUB_EVENT_PATH is where the payload was written. */
export function environmentOf(
  {event, ref, sha}: EventCase,
  eventPath: string
): Record<string, string> {
  return {
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_SHA: sha,
    ...(ref === undefined ? {} : {GITHUB_REF: ref})
  }
}
