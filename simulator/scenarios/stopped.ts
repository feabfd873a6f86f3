import type {JobSpec, Scenario} from '../scenario.ts'
import {history, usual} from './history.ts'
import {buildImage, lint, shop, unitTests} from './shop.ts'

const longTests: JobSpec = {...unitTests, run: 5}

/** A push to the same branch makes the pipeline redundant, and CircleCI cancels it. */
export const superseded: Scenario = {
  name: 'superseded',
  description:
    'A newer pipeline on the same branch cancels this one (auto-cancel redundant workflows).',
  project: shop,
  pipeline: {
    workflows: [{name: 'build-and-test', jobs: [lint, longTests, buildImage]}],
    followedBy: [{after: 2, trigger: 'webhook', login: 'octo-dev'}]
  },
  behaviour: {autoCancel: 'always'},
  insights: {workflows: {'build-and-test': history({seconds: usual})}}
}

/** Somebody cancels the workflow in CircleCI's web app. */
export const canceled: Scenario = {
  name: 'canceled',
  description: 'Somebody cancels the workflow while it runs.',
  project: shop,
  pipeline: {
    workflows: [
      {
        name: 'build-and-test',
        jobs: [lint, longTests, buildImage],
        canceled: {after: 2, by: 'release-manager'}
      }
    ]
  }
}

/** A job uses a context that the person who triggered it may not use. */
export const unauthorized: Scenario = {
  name: 'unauthorized',
  description: 'A deployment that may not use its context ends unauthorized.',
  project: shop,
  pipeline: {
    workflows: [
      {
        name: 'deploy',
        jobs: [
          lint,
          {
            name: 'deploy-production',
            requires: ['lint'],
            outcome: 'unauthorized',
            contexts: ['acme-production'],
            messages: [{type: 'warning', message: 'The context acme-production is restricted.'}]
          }
        ]
      }
    ]
  }
}

/** A workflow whose only job is skipped, as in a serial group that a newer pipeline has passed. */
export const notRun: Scenario = {
  name: 'not-run',
  description: 'A workflow that ends not_run: its only job was skipped.',
  project: shop,
  pipeline: {
    workflows: [{name: 'deploy', jobs: [{name: 'deploy-staging', outcome: 'not_run', queue: 1}]}]
  }
}

/** A workflow that CircleCI could not run at all. */
export const workflowError: Scenario = {
  name: 'workflow-error',
  description: 'A workflow that ends with status error beside one that succeeds.',
  project: shop,
  pipeline: {
    workflows: [
      {name: 'build-and-test', jobs: [lint]},
      {name: 'nightly', jobs: [], before: [{status: 'running', seconds: 0.5}], ends: 'error'}
    ]
  }
}

/** A serial group: the workflow runs, waits in the queue until an older pipeline is through, and runs on. */
export const serialGroup: Scenario = {
  name: 'serial-group',
  description:
    'A workflow that is running, then queued behind another pipeline, and then succeeds.',
  project: shop,
  pipeline: {
    workflows: [
      {
        name: 'deploy',
        before: [
          {status: 'running', seconds: 0.5},
          {status: 'queued', seconds: 2}
        ],
        jobs: [{name: 'deploy-staging', run: 0.8}]
      }
    ]
  }
}

/** Statuses CircleCI's document does not list, before everything ends well. */
export const unknownStatus: Scenario = {
  name: 'unknown-status',
  description:
    'A workflow that is queued, then quarantined (which nobody knows), and then succeeds.',
  project: shop,
  pipeline: {
    workflows: [
      {
        name: 'build-and-test',
        before: [
          {status: 'queued', seconds: 1},
          {status: 'quarantined', seconds: 1.5}
        ],
        jobs: [lint, {...unitTests, run: 1}]
      }
    ]
  }
}
