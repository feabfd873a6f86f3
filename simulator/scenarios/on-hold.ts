import type {Scenario} from '../scenario.ts'
import {history} from './history.ts'
import {buildImage, checkout, lint, shop, unitTests} from './shop.ts'

/** A release that waits for a person before it goes to production, while another branch of it still runs. */
export const onHold: Scenario = {
  name: 'on-hold',
  description: 'A release that stops at an approval job until somebody approves it.',
  project: shop,
  pipeline: {
    workflows: [
      {
        name: 'release',
        jobs: [
          lint,
          {...unitTests, run: 1.2},
          {...buildImage, run: 0.8},
          {name: 'hold-production', type: 'approval', requires: ['build-image']},
          {
            name: 'deploy-production',
            requires: ['hold-production'],
            run: 1,
            contexts: ['acme-production'],
            steps: [
              ...checkout.slice(0, 1),
              {
                name: 'Deploy',
                command: 'helm upgrade shop charts/shop --wait',
                output: 'Release "shop" has been upgraded. Happy Helming!\nSTATUS: deployed\n'
              }
            ]
          },
          {
            name: 'browser-tests',
            requires: ['build-image'],
            run: 1.5,
            artifacts: [{path: 'screenshots/cart.png', content: {bytes: 2048}}]
          }
        ]
      }
    ]
  },
  insights: {workflows: {release: history({seconds: [6, 7, 6, 8, 6, 7, 6], every: 24})}}
}
