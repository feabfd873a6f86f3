import {join} from 'node:path'

import envCi from 'env-ci'

import type {Ref} from '../circleci/model.ts'
import type {Environment} from '../runner/context.ts'

/** What is known of the place a command runs in. Nothing is guessed: what is not known is `undefined`. */
export interface Surroundings {
  /** The CI's name for people; `undefined`: no CI that is known. */
  readonly name: string | undefined
  /** `owner/name` of the repository. */
  readonly repository: string | undefined
  /** Where that lives, as CircleCI's slugs say it; `undefined`: neither on GitHub nor on Bitbucket. */
  readonly provider: 'gh' | 'bb' | undefined
  readonly ref: Ref | undefined
  /** A full hash; of a pull request its head. */
  readonly commit: string | undefined
  readonly pullRequest: number | undefined
}

/** What a service says otherwise, or more exactly, than env-ci reads it; an own `undefined` counts. */
interface Facts {
  readonly repositoryUrl?: string | undefined
  readonly branch?: string | undefined
  readonly tag?: string | undefined
  readonly commit?: string | undefined
  readonly pullRequest?: string | undefined
  /** Whether the pull request's branch is one of another repository. */
  readonly isFork?: boolean
}

/**
 * Reads where this runs from a CI's variables. env-ci knows which CI it is, and all there is to read for most of them;
 * where a service has the head of a pull request, a tag or a fork in variables that env-ci does not look at, they are in
 * the table below. Where variables say nothing env-ci asks git, and would take whatever is checked out: it gets a folder
 * that cannot exist.
 */
export function surroundingsOf(given: Environment): Surroundings {
  // Some services set what they have nothing to say about to an empty text.
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
  const nowhere = join(process.execPath, 'nowhere')
  const ci = envCi({env, cwd: nowhere})
  const {pr, service, slug} = ci
  if (!ci.isCi || service === undefined) return NOWHERE
  const common = {
    branch: pr === undefined ? ci.branch : ci.prBranch,
    tag: ci.tag,
    commit: ci.commit,
    pullRequest: pr,
    repositoryUrl: service === 'github' ? `https://github.com/${slug ?? ''}` : undefined
  }
  const facts: Facts = {...common, ...SERVICES[service]?.(env)}
  const place = placeOf(facts.repositoryUrl)
  const number = /^[1-9]\d{0,14}$/.test(facts.pullRequest ?? '')
    ? Number(facts.pullRequest)
    : undefined
  return {
    name: ci.name,
    repository: place?.repository ?? slug ?? undefined,
    provider: place?.provider,
    ref: refOf(facts, place?.provider === 'gh' ? number : undefined),
    commit: /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.exec(facts.commit ?? '')?.[0],
    pullRequest: number
  }
}

const NOWHERE: Surroundings = {
  name: undefined,
  repository: undefined,
  provider: undefined,
  ref: undefined,
  commit: undefined,
  pullRequest: undefined
}

const SERVICES: Readonly<Record<string, (env: Environment) => Facts>> = {
  // https://docs.gitlab.com/ci/variables/predefined_variables/
  gitlab: env => {
    if (!env['CI_MERGE_REQUEST_IID'])
      return {branch: env['CI_COMMIT_BRANCH'], pullRequest: undefined}
    return {
      pullRequest: env['CI_MERGE_REQUEST_IID'],
      // In a pipeline for the merged result CI_COMMIT_SHA is no commit of the branch.
      commit: env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] ?? env['CI_COMMIT_SHA'],
      isFork: env['CI_MERGE_REQUEST_SOURCE_PROJECT_PATH'] !== env['CI_MERGE_REQUEST_PROJECT_PATH']
    }
  },
  // https://buildkite.com/docs/pipelines/configure/environment-variables
  buildkite: env => {
    const fork = placeOf(env['BUILDKITE_PULL_REQUEST_REPO'])?.repository
    return {
      repositoryUrl: env['BUILDKITE_REPO'],
      isFork: fork !== undefined && fork !== placeOf(env['BUILDKITE_REPO'])?.repository
    }
  },
  // https://learn.microsoft.com/azure/devops/pipelines/build/variables
  azurePipelines: env => {
    const ref = env['BUILD_SOURCEBRANCH'] ?? ''
    const repositoryUrl = env['BUILD_REPOSITORY_URI']
    if (!ref.startsWith('refs/pull/')) {
      const isTag = ref.startsWith('refs/tags/')
      const name = ref.replace(/^refs\/(?:heads|tags)\//, '')
      return {repositoryUrl, branch: isTag ? undefined : name, tag: isTag ? name : undefined}
    }
    return {
      repositoryUrl,
      // BUILD_SOURCEVERSION is the merge commit, and the id of GitHub's pull requests is not their number.
      commit: env['SYSTEM_PULLREQUEST_SOURCECOMMITID'],
      pullRequest:
        env['SYSTEM_PULLREQUEST_PULLREQUESTNUMBER'] ?? env['SYSTEM_PULLREQUEST_PULLREQUESTID'],
      isFork: /^true$/i.test(env['SYSTEM_PULLREQUEST_ISFORK'] ?? '')
    }
  },
  // https://www.jenkins.io/doc/book/pipeline/multibranch/ and https://plugins.jenkins.io/git/#plugin-content-environment-variables
  jenkins: env => {
    const repositoryUrl = env['GIT_URL']
    const tag = env['TAG_NAME']
    if (!env['CHANGE_ID'] && !env['ghprbPullId'] && !env['gitlabMergeRequestId']) {
      // GIT_BRANCH has the remote in front, and in a multibranch project BRANCH_NAME has not.
      const branch = env['BRANCH_NAME'] ?? env['GIT_LOCAL_BRANCH']
      return {repositoryUrl, tag, branch: branch ?? env['GIT_BRANCH']?.replace(/^origin\//, '')}
    }
    return {
      repositoryUrl,
      branch: env['CHANGE_BRANCH'] ?? env['ghprbSourceBranch'] ?? env['gitlabSourceBranch'],
      // GIT_COMMIT may be a merge that only Jenkins has.
      commit: env['ghprbActualCommit'] ?? env['gitlabMergeRequestLastCommit'],
      isFork: Boolean(env['CHANGE_FORK'])
    }
  },
  // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
  bitbucket: env => ({
    repositoryUrl: `https://bitbucket.org/${env['BITBUCKET_REPO_FULL_NAME'] ?? ''}`,
    pullRequest: env['BITBUCKET_PR_ID'],
    branch: env['BITBUCKET_BRANCH']
  }),
  // https://circleci.com/docs/reference/variables/; the branch of a fork's pull request is called pull/<number>.
  circleci: env => ({
    repositoryUrl: env['CIRCLE_REPOSITORY_URL'],
    branch: env['CIRCLE_BRANCH'],
    isFork: /^pull\/\d+$/.test(env['CIRCLE_BRANCH'] ?? '')
  })
}

/** A tag wins, as services name a branch too; the head of a fork's pull request is `pull/<number>/head`, on GitHub alone. */
function refOf({tag, branch, isFork}: Facts, pullRequest: number | undefined): Ref | undefined {
  if (tag) return {tag}
  if (isFork === true) {
    return pullRequest === undefined ? undefined : {branch: `pull/${pullRequest}/head`}
  }
  return branch ? {branch} : undefined
}

/** The repository of a Git address, `https://...` or `git@...`. */
export function placeOf(
  url: string | undefined
): {readonly repository: string; readonly provider: 'gh' | 'bb' | undefined} | undefined {
  const [, host = '', repository] =
    /^(?:\w+:\/\/)?(?:[^/@]*@)?([\w.-]+)(?::\d+)?[/:]([\w.-]+(?:\/[\w.-]+)+)$/.exec(
      (url ?? '').replace(/(?:\.git)?\/?$/, '')
    ) ?? []
  if (repository === undefined) return undefined
  const provider = PROVIDERS[host.toLowerCase()]
  // Only these two name every repository by an owner and a name.
  if (provider !== undefined && repository.split('/').length !== 2) return undefined
  return {repository, provider}
}

const PROVIDERS: Readonly<Record<string, 'gh' | 'bb'>> = {
  'github.com': 'gh',
  'ssh.github.com': 'gh',
  'bitbucket.org': 'bb',
  'altssh.bitbucket.org': 'bb'
}
