import type {Scenario} from '../scenario.ts'
import {shop} from './shop.ts'

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
