import type {Scenario, SetupSpec} from '../scenario.ts'
import {history} from './history.ts'
import {buildImage, checkout, lint, shop, unitTests} from './shop.ts'

/** A setup workflow that looks at the paths that changed. */
export const dynamicSetup: SetupSpec = {
  after: 0.3,
  workflow: {
    name: 'setup',
    jobs: [
      {
        name: 'path-filtering/filter',
        run: 0.8,
        resourceClass: 'small',
        steps: [
          ...checkout.slice(0, 1),
          {
            name: 'Set parameters',
            command: 'python3 /tmp/create-parameters.py',
            output:
              'services/api/.* matches: run-api = true\nservices/web/.* matches: run-web = true\n'
          },
          {
            name: 'Continue the pipeline',
            command: 'circleci-continue',
            output: '{"message":"Pipeline successfully continued."}\n'
          }
        ]
      }
    ]
  }
}

/** A setup workflow decides by the paths that changed which workflows follow in the same pipeline. */
export const dynamicConfig: Scenario = {
  name: 'dynamic-config',
  description: 'A setup workflow that continues into two more workflows.',
  project: shop,
  pipeline: {
    setup: dynamicSetup,
    workflows: [
      {name: 'api', jobs: [lint, unitTests, buildImage]},
      {name: 'web', appears: 0.4, jobs: [{...unitTests, name: 'web-tests', run: 1.1}]}
    ]
  },
  insights: {
    workflows: {
      setup: history({seconds: [1, 1, 2, 1, 1, 1]}),
      api: history({seconds: [4, 4, 5, 4, 6, 4, 4, 5], failsEvery: 6}),
      web: history({seconds: [2, 2, 2, 3, 2, 2]})
    }
  }
}
