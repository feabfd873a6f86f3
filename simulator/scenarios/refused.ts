import type {Scenario} from '../scenario.ts'
import {lint, shop} from './shop.ts'

/** A pipeline that ends errored because its configuration is not valid. */
export const configError: Scenario = {
  name: 'config-error',
  description: 'An errored pipeline: the configuration is not valid.',
  project: shop,
  pipeline: {
    workflows: [],
    errors: [
      {
        type: 'config',
        message:
          "Error calling workflow: 'build-and-test'\nError calling job: 'unit-tests'\nCannot find a definition for command named node/install-packages"
      },
      {
        type: 'config',
        message:
          "Job 'deploy' requires 'build-imagee', which is the name of 0 other jobs in workflow 'release'"
      }
    ]
  }
}

/** What CircleCI says of an old way to write a config, as it is announced to: an object for each finding. */
const deprecation = {
  type: 'config-deprecated-syntax',
  message:
    "The job 'unit-tests' uses 'machine: true', which is no longer supported.\nUse an image:\n  machine:\n    image: ubuntu-2404:current"
}

/** Several errors of types the document does not list, of several lines, with a warning beside them. */
export const configErrors: Scenario = {
  ...configError,
  name: 'config-errors',
  description: 'An errored pipeline with errors of several lines and unknown types, and a warning.',
  pipeline: {
    workflows: [],
    errors: [deprecation, ...(configError.pipeline.errors ?? []), {type: 'quota', message: ''}],
    warnings: [{type: 'orb-version', message: "The orb 'circleci/node@5' is out of date."}]
  }
}

/** A pipeline that CircleCI warns of, and runs. */
export const configWarning: Scenario = {
  name: 'config-warning',
  description: 'A pipeline that runs although CircleCI warns of its configuration.',
  project: shop,
  pipeline: {workflows: [{name: 'build-and-test', jobs: [lint]}], warnings: [deprecation]}
}

/** A pipeline all of whose workflows are filtered out: created, and empty for ever. */
export const noWorkflows: Scenario = {
  name: 'no-workflows',
  description: 'A pipeline that is created and never has a workflow.',
  project: shop,
  pipeline: {workflows: []}
}

/** A commit that asks CI to skip it: the run endpoint answers without a pipeline. */
export const skipCi: Scenario = {
  name: 'skip-ci',
  description: 'The run endpoint (definition "build") answers 200 with a message and no pipeline.',
  project: {...shop, commitSubject: 'Fix a typo [skip ci]'},
  pipeline: {workflows: []},
  behaviour: {skipCi: 'Ignoring pipeline due to CI skip in the commit'}
}
