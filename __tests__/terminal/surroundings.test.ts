import {describe, expect, it} from '@jest/globals'
import {placeOf, surroundingsOf} from '../../src/terminal/surroundings.ts'

const SHA = 'a'.repeat(40)
const MERGE = 'b'.repeat(40)

// Variables as each service documents them: the links are in the source.
const GITLAB = {
  CI: 'true',
  GITLAB_CI: 'true',
  CI_COMMIT_SHA: SHA,
  CI_COMMIT_REF_NAME: 'main',
  CI_COMMIT_BRANCH: 'main',
  CI_PROJECT_PATH: 'acme/group/shop'
}
const BUILDKITE = {
  BUILDKITE: 'true',
  BUILDKITE_COMMIT: SHA,
  BUILDKITE_BRANCH: 'main',
  BUILDKITE_TAG: '',
  BUILDKITE_PULL_REQUEST: 'false',
  BUILDKITE_PULL_REQUEST_REPO: '',
  BUILDKITE_REPO: 'git@github.com:acme/shop.git'
}
const JENKINS = {
  JENKINS_URL: 'https://jenkins.test/',
  GIT_COMMIT: SHA,
  GIT_BRANCH: 'origin/main',
  GIT_URL: 'https://github.com/acme/shop.git'
}
const AZURE = {
  BUILD_BUILDURI: 'vstfs:///Build/Build/1',
  BUILD_SOURCEBRANCH: 'refs/heads/feature/cart',
  BUILD_SOURCEVERSION: SHA,
  BUILD_REPOSITORY_URI: 'https://github.com/acme/shop'
}
const BITBUCKET = {
  BITBUCKET_BUILD_NUMBER: '7',
  BITBUCKET_BRANCH: 'main',
  BITBUCKET_COMMIT: SHA,
  BITBUCKET_REPO_FULL_NAME: 'acme/shop'
}
const CIRCLECI = {
  CIRCLECI: 'true',
  CIRCLE_BRANCH: 'main',
  CIRCLE_SHA1: SHA,
  CIRCLE_REPOSITORY_URL: 'git@github.com:acme/shop.git',
  CIRCLE_PROJECT_USERNAME: 'acme',
  CIRCLE_PROJECT_REPONAME: 'shop'
}

const GITHUB_SHOP = {repository: 'acme/shop', provider: 'gh'}
const BITBUCKET_SHOP = {repository: 'acme/shop', provider: 'bb'}

describe('where a command runs', () => {
  it.each([
    {
      where: 'GitLab, a branch',
      env: GITLAB,
      is: {name: 'GitLab CI/CD', repository: 'acme/group/shop', ref: {branch: 'main'}, commit: SHA}
    },
    {
      where: 'GitLab, a tag',
      env: {...GITLAB, CI_COMMIT_BRANCH: undefined, CI_COMMIT_REF_NAME: 'v1', CI_COMMIT_TAG: 'v1'},
      is: {name: 'GitLab CI/CD', repository: 'acme/group/shop', ref: {tag: 'v1'}, commit: SHA}
    },
    {
      where: 'GitLab, the merged result of a merge request',
      env: {
        ...GITLAB,
        CI_COMMIT_BRANCH: undefined,
        CI_COMMIT_SHA: MERGE,
        CI_MERGE_REQUEST_ID: '991',
        CI_MERGE_REQUEST_IID: '12',
        CI_MERGE_REQUEST_PROJECT_PATH: 'acme/group/shop',
        CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: 'acme/group/shop',
        CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'cart',
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: SHA,
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main'
      },
      is: {
        name: 'GitLab CI/CD',
        repository: 'acme/group/shop',
        ref: {branch: 'cart'},
        commit: SHA,
        pullRequest: 12
      }
    },
    {
      where: "GitLab, a fork's merge request, whose branch is in no project of CircleCI",
      env: {
        ...GITLAB,
        CI_COMMIT_BRANCH: undefined,
        CI_MERGE_REQUEST_ID: '991',
        CI_MERGE_REQUEST_IID: '12',
        CI_MERGE_REQUEST_PROJECT_PATH: 'acme/group/shop',
        CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: 'eve/shop',
        CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'main'
      },
      is: {
        name: 'GitLab CI/CD',
        repository: 'acme/group/shop',
        commit: SHA,
        pullRequest: 12
      }
    },
    {
      where: 'Buildkite, a branch',
      env: BUILDKITE,
      is: {name: 'Buildkite', ...GITHUB_SHOP, ref: {branch: 'main'}, commit: SHA}
    },
    {
      where: 'Buildkite, before it knows the commit',
      env: {...BUILDKITE, BUILDKITE_COMMIT: 'HEAD'},
      is: {name: 'Buildkite', ...GITHUB_SHOP, ref: {branch: 'main'}}
    },
    {
      where: 'Buildkite, a tag',
      env: {...BUILDKITE, BUILDKITE_TAG: 'v1', BUILDKITE_BRANCH: 'v1'},
      is: {name: 'Buildkite', ...GITHUB_SHOP, ref: {tag: 'v1'}, commit: SHA}
    },
    {
      where: 'Buildkite, a pull request',
      env: {
        ...BUILDKITE,
        BUILDKITE_BRANCH: 'cart',
        BUILDKITE_PULL_REQUEST: '12',
        BUILDKITE_PULL_REQUEST_REPO: 'git://github.com/acme/shop.git'
      },
      is: {
        name: 'Buildkite',
        ...GITHUB_SHOP,
        ref: {branch: 'cart'},
        commit: SHA,
        pullRequest: 12
      }
    },
    {
      where: "Buildkite, a fork's pull request",
      env: {
        ...BUILDKITE,
        BUILDKITE_BRANCH: 'eve:main',
        BUILDKITE_PULL_REQUEST: '12',
        BUILDKITE_PULL_REQUEST_REPO: 'git://github.com/eve/shop.git'
      },
      is: {
        name: 'Buildkite',
        ...GITHUB_SHOP,
        ref: {branch: 'pull/12/head'},
        commit: SHA,
        pullRequest: 12
      }
    },
    {
      where: 'Jenkins, one branch',
      env: JENKINS,
      is: {name: 'Jenkins', ...GITHUB_SHOP, ref: {branch: 'main'}, commit: SHA}
    },
    {
      where: 'Jenkins, a branch of a multibranch project',
      env: {...JENKINS, BRANCH_NAME: 'cart', GIT_BRANCH: 'cart'},
      is: {name: 'Jenkins', ...GITHUB_SHOP, ref: {branch: 'cart'}, commit: SHA}
    },
    {
      where: 'Jenkins, a tag',
      env: {...JENKINS, BRANCH_NAME: 'v1', TAG_NAME: 'v1'},
      is: {name: 'Jenkins', ...GITHUB_SHOP, ref: {tag: 'v1'}, commit: SHA}
    },
    {
      where: 'Jenkins, a pull request, whose head it does not tell',
      env: {...JENKINS, BRANCH_NAME: 'PR-12', CHANGE_ID: '12', CHANGE_BRANCH: 'cart'},
      is: {name: 'Jenkins', ...GITHUB_SHOP, ref: {branch: 'cart'}, pullRequest: 12}
    },
    {
      where: "Jenkins, a fork's pull request",
      env: {
        ...JENKINS,
        BRANCH_NAME: 'PR-12',
        CHANGE_ID: '12',
        CHANGE_BRANCH: 'main',
        CHANGE_FORK: 'eve'
      },
      is: {name: 'Jenkins', ...GITHUB_SHOP, ref: {branch: 'pull/12/head'}, pullRequest: 12}
    },
    {
      where: 'Jenkins, nothing checked out',
      env: {JENKINS_URL: 'https://jenkins.test/'},
      is: {name: 'Jenkins'}
    },
    {
      where: 'Azure, a branch',
      env: AZURE,
      is: {name: 'Azure Pipelines', ...GITHUB_SHOP, ref: {branch: 'feature/cart'}, commit: SHA}
    },
    {
      where: 'Azure, a tag',
      env: {...AZURE, BUILD_SOURCEBRANCH: 'refs/tags/v1'},
      is: {name: 'Azure Pipelines', ...GITHUB_SHOP, ref: {tag: 'v1'}, commit: SHA}
    },
    {
      where: 'Azure, a pull request',
      env: {
        ...AZURE,
        BUILD_SOURCEBRANCH: 'refs/pull/12/merge',
        BUILD_SOURCEVERSION: MERGE,
        SYSTEM_PULLREQUEST_PULLREQUESTID: '123456',
        SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: '12',
        SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/cart',
        SYSTEM_PULLREQUEST_SOURCECOMMITID: SHA,
        SYSTEM_PULLREQUEST_TARGETBRANCH: 'main',
        SYSTEM_PULLREQUEST_ISFORK: 'False'
      },
      is: {
        name: 'Azure Pipelines',
        ...GITHUB_SHOP,
        ref: {branch: 'cart'},
        commit: SHA,
        pullRequest: 12
      }
    },
    {
      where: "Azure, a fork's pull request",
      env: {
        ...AZURE,
        BUILD_SOURCEBRANCH: 'refs/pull/12/merge',
        BUILD_SOURCEVERSION: MERGE,
        SYSTEM_PULLREQUEST_PULLREQUESTID: '123456',
        SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: '12',
        SYSTEM_PULLREQUEST_SOURCEBRANCH: 'main',
        SYSTEM_PULLREQUEST_SOURCECOMMITID: SHA,
        SYSTEM_PULLREQUEST_ISFORK: 'True'
      },
      is: {
        name: 'Azure Pipelines',
        ...GITHUB_SHOP,
        ref: {branch: 'pull/12/head'},
        commit: SHA,
        pullRequest: 12
      }
    },
    {
      where: 'Bitbucket, a branch',
      env: BITBUCKET,
      is: {name: 'Bitbucket Pipelines', ...BITBUCKET_SHOP, ref: {branch: 'main'}, commit: SHA}
    },
    {
      where: 'Bitbucket, a tag',
      env: {...BITBUCKET, BITBUCKET_BRANCH: undefined, BITBUCKET_TAG: 'v1'},
      is: {name: 'Bitbucket Pipelines', ...BITBUCKET_SHOP, ref: {tag: 'v1'}, commit: SHA}
    },
    {
      where: 'Bitbucket, a pull request',
      env: {...BITBUCKET, BITBUCKET_BRANCH: 'cart', BITBUCKET_PR_ID: '12'},
      is: {
        name: 'Bitbucket Pipelines',
        ...BITBUCKET_SHOP,
        ref: {branch: 'cart'},
        commit: SHA,
        pullRequest: 12
      }
    },
    {
      where: 'CircleCI, a branch',
      env: CIRCLECI,
      is: {name: 'CircleCI', ...GITHUB_SHOP, ref: {branch: 'main'}, commit: SHA}
    },
    {
      where: 'CircleCI, a tag',
      env: {...CIRCLECI, CIRCLE_BRANCH: undefined, CIRCLE_TAG: 'v1'},
      is: {name: 'CircleCI', ...GITHUB_SHOP, ref: {tag: 'v1'}, commit: SHA}
    },
    {
      where: "CircleCI, a fork's pull request",
      env: {...CIRCLECI, CIRCLE_BRANCH: 'pull/12', CIRCLE_PR_NUMBER: '12'},
      is: {
        name: 'CircleCI',
        ...GITHUB_SHOP,
        ref: {branch: 'pull/12/head'},
        commit: SHA,
        pullRequest: 12
      }
    },
    {where: 'a laptop', env: {HOME: '/home/me'}, is: {}},
    {where: 'a CI nobody knows', env: {CI: 'true'}, is: {}}
  ])('$where', ({env, is}) => {
    expect(surroundingsOf(env)).toEqual({
      name: undefined,
      repository: undefined,
      provider: undefined,
      ref: undefined,
      commit: undefined,
      pullRequest: undefined,
      ...is
    })
  })
})

it.each([
  {url: 'https://github.com/acme/shop.git', is: GITHUB_SHOP},
  {url: 'https://token@github.com/acme/shop', is: GITHUB_SHOP},
  {url: 'git@github.com:acme/shop.git', is: GITHUB_SHOP},
  {url: 'ssh://git@github.com:22/acme/shop.git', is: GITHUB_SHOP},
  {url: 'git@bitbucket.org:acme/shop.git', is: BITBUCKET_SHOP},
  {url: 'https://gitlab.com/acme/group/shop.git', is: {repository: 'acme/group/shop'}},
  {url: 'https://github.com/acme', is: undefined},
  {url: 'https://github.com.evil.test/acme/shop', is: {repository: 'acme/shop'}},
  {url: '../shop', is: undefined},
  {url: undefined, is: undefined}
])('$url is a repository', ({url, is}) => {
  expect(placeOf(url)).toEqual(is)
})
