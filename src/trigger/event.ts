import type {EventRef} from './event-ref.ts'

/**
 * What the event that started the GitHub workflow says about branches, tags and commits. `trigger/` names what it
 * needs here and knows nothing of GitHub's environment; `github/context.ts` fills it in. Every piece may be missing:
 * the payload is a file anybody can have written.
 */
export interface GitHubEvent {
  /** GITHUB_EVENT_NAME; '' when it is not set. */
  readonly eventName: string
  /** `owner/name` of the repository the workflow runs in. */
  readonly repository: string | undefined
  /** Where the repository lives, as a slug says it; `undefined`: on GitHub. */
  readonly provider?: 'gh' | 'bb' | undefined
  /** The event's own ref where it is known already, outside of GitHub. */
  readonly own?: EventRef | undefined
  /** GITHUB_REF: `refs/heads/…`, `refs/tags/…` or `refs/pull/…`. */
  readonly ref: string | undefined
  readonly payload: EventPayload
  /** Why the payload could not be read, for an error that needs it; `undefined` when it was. */
  readonly payloadProblem: string | undefined
}

/** The pieces of the event payload this project uses. */
export interface EventPayload {
  /** `owner/name` of `repository`. */
  readonly repository: string | undefined
  /** `ref` of push (full), create and delete (bare). */
  readonly ref: string | undefined
  /** `ref_type` of create and delete: `branch` or `tag`. */
  readonly refType: string | undefined
  /** True for the push that deletes a branch or tag. */
  readonly deleted: boolean
  /** `release.tag_name`. */
  readonly releaseTag: string | undefined
  readonly pullRequest: PullRequestPayload | undefined
  readonly issue: {readonly number: number; readonly isPullRequest: boolean} | undefined
  readonly workflowRun: WorkflowRunPayload | undefined
  readonly mergeGroup: CommitPayload | undefined
  readonly deployment: CommitPayload | undefined
  /** The commit a check_run, check_suite or status event is about. */
  readonly checkedSha: string | undefined
}

/** A ref and the commit it stood at. */
export interface CommitPayload {
  readonly ref: string | undefined
  readonly sha: string | undefined
}

/** The pull request of an event, as its payload has it. */
export interface PullRequestPayload {
  readonly number: number
  readonly headRef: string | undefined
  readonly headSha: string | undefined
  /** `owner/name`; `null` when that repository is gone, `undefined` when the payload does not say. */
  readonly headRepository: string | null | undefined
  /** Set when the event is that it was closed. */
  readonly closed?: ClosedPullRequest | undefined
}

/** How a pull request was closed. */
export interface ClosedPullRequest {
  readonly merged: boolean
  /** The branch it was to be merged into. */
  readonly baseRef: string | undefined
  /** `merge_commit_sha`: the commit on the base branch once it is merged. */
  readonly mergeSha: string | undefined
}

/** The run that a workflow_run event follows. */
export interface WorkflowRunPayload {
  /** The event that started that run. */
  readonly event: string | undefined
  readonly headBranch: string | undefined
  /** The commit it built; after pull_request_target the head of the pull request. */
  readonly headSha: string | undefined
  /** `owner/name`; `null` when that repository is gone, `undefined` when the payload does not say. */
  readonly headRepository: string | null | undefined
  /** This repository's pull requests with that head commit; GitHub lists none for a fork's. */
  readonly pullRequests: readonly ListedPullRequest[]
}

/** A pull request that GitHub lists with a run. */
export interface ListedPullRequest {
  readonly number: number
  readonly headRef: string | undefined
}

/** Whether two `owner/name` are one repository; GitHub's names ignore case. An unknown one is no other's equal. */
export function isSameRepository(
  one: string | null | undefined,
  other: string | null | undefined
): boolean {
  return (
    typeof one === 'string' &&
    typeof other === 'string' &&
    one.toLowerCase() === other.toLowerCase()
  )
}
