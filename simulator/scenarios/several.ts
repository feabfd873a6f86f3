import type {PipelineSpec, Scenario} from '../scenario.ts'
import {failing} from './failing.ts'
import {history, usual} from './history.ts'
import {passing} from './passing.ts'
import {buildImage, checkout, lint, shop} from './shop.ts'

const web: PipelineSpec = {workflows: failing.pipeline.workflows.slice(0, 1)}

const docs: PipelineSpec = {
  workflows: [
    {
      name: 'docs',
      jobs: [
        {...lint, name: 'links'},
        {
          name: 'build-docs',
          run: 1.1,
          requires: ['links'],
          steps: [...checkout, {name: 'Build the docs', command: 'npm run docs'}],
          artifacts: [{path: 'docs/index.html', content: '<!doctype html><title>Shop</title>\n'}]
        }
      ]
    }
  ]
}

const image: PipelineSpec = {
  workflows: [{name: 'image', jobs: [{...buildImage, requires: [], run: 2.4}]}]
}

/** A repository of several packages, each with a pipeline definition of its own. */
export const several: Scenario = {
  name: 'several',
  description: 'One repository with the definitions api, web, docs and image; that of web fails.',
  project: {
    ...shop,
    definitions: [
      {name: 'api', undated: true},
      {name: 'web', filePath: '.circleci/web.yml', pipeline: web},
      {name: 'docs', filePath: '.circleci/docs.yml', pipeline: docs},
      {name: 'image', filePath: '.circleci/image.yml', pipeline: image}
    ]
  },
  pipeline: {workflows: passing.pipeline.workflows.slice(0, 1)},
  insights: {workflows: {docs: history({seconds: usual, failsEvery: 9})}}
}
