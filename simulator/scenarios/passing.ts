import type {Scenario} from '../scenario.ts'
import {history, usual} from './history.ts'
import {buildImage, lint, shop, unitTests} from './shop.ts'

/** A pipeline whose two workflows succeed. */
export const passing: Scenario = {
  name: 'passing',
  description: 'Two workflows with tests and artifacts; everything succeeds.',
  project: shop,
  pipeline: {
    workflows: [
      {name: 'build-and-test', jobs: [lint, unitTests, buildImage]},
      {
        name: 'docs',
        appears: 0.5,
        jobs: [
          {
            name: 'build-docs',
            run: 1.1,
            steps: [{name: 'Build the docs', command: 'npm run docs', output: 'Wrote 42 pages\n'}],
            artifacts: [{path: 'docs/index.html', content: '<!doctype html><title>Shop</title>\n'}]
          }
        ]
      }
    ]
  },
  insights: {
    workflows: {
      'build-and-test': [
        ...history({seconds: usual, failsEvery: 8}),
        ...history({branch: 'develop', seconds: usual.slice(5), failsEvery: 5, every: 9})
      ],
      docs: history({seconds: [2, 2, 3, 2, 2, 2, 2, 3]})
    }
  }
}
