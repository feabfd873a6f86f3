import type {PipelineSpec, ProjectSpec, Scenario} from '../scenario.ts'
import {history, usual} from './history.ts'
import {buildImage, lint, shop, unitTests} from './shop.ts'

const appProject: ProjectSpec = {
  ...shop,
  slug: 'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat',
  definitions: [{name: 'build', description: 'Every push to the shop.'}]
}

const build: PipelineSpec = {
  workflows: [{name: 'build-and-test', jobs: [lint, unitTests, buildImage]}]
}

/** A project of the GitHub App: an opaque slug, one definition, the run endpoint only, and no `vcs` in its pipelines. */
export const githubApp: Scenario = {
  name: 'github-app',
  description: 'A GitHub App project with one definition; pipelines have no vcs block.',
  project: appProject,
  pipeline: build,
  insights: {workflows: {'build-and-test': history({seconds: usual, failsEvery: 8})}}
}

/** The same project with three definitions, one of which reads its configuration from another repository. */
export const githubAppDefinitions: Scenario = {
  ...githubApp,
  name: 'github-app-definitions',
  description: 'A GitHub App project with the definitions build, nightly and compliance.',
  project: {
    ...appProject,
    definitions: [
      {name: 'build', description: 'Every push to the shop.'},
      {
        name: 'nightly',
        description: 'Everything, in every browser.',
        filePath: '.circleci/nightly.yml',
        pipeline: {workflows: [{name: 'browsers', jobs: [{...unitTests, name: 'firefox'}]}]}
      },
      {
        name: 'compliance',
        description: 'Checks the organization asks for.',
        configRepository: 'acme/ci-config',
        filePath: 'compliance.yml',
        pipeline: {workflows: [{name: 'compliance', jobs: [{name: 'licences', run: 0.7}]}]}
      }
    ]
  }
}

/** A project of an organization that uses both OAuth and the GitHub App: every push starts a pipeline of each. */
export const oauthAndApp: Scenario = {
  ...githubApp,
  name: 'oauth-and-app',
  description:
    'A push starts two pipelines a second apart: one through OAuth, one through the GitHub App.',
  project: {
    ...shop,
    definitions: [
      {name: 'build', undated: true, onPush: 0},
      {
        name: 'app-checks',
        provider: 'github_app',
        filePath: '.circleci/checks.yml',
        onPush: 1,
        pipeline: {workflows: [{name: 'checks', jobs: [{...lint, name: 'types'}]}]}
      }
    ]
  }
}

/** A project on GitLab. */
export const gitlab: Scenario = {
  ...githubApp,
  name: 'gitlab',
  description: 'A GitLab project with one definition; pipelines have no vcs block.',
  project: {...appProject, definitions: [{name: 'build', provider: 'gitlab'}]}
}
