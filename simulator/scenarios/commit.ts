import type {DefinitionSpec, PipelineSpec, Scenario} from '../scenario.ts'
import {failingUnitTests} from './failing.ts'
import {history, usual} from './history.ts'
import {buildImage, lint, shop, unitTests} from './shop.ts'

/** A definition of the GitHub App that starts so many seconds after a push. */
function ofApp(name: string, onPush: number, pipeline: PipelineSpec): DefinitionSpec {
  return {name, provider: 'github_app', filePath: `.circleci/${name}.yml`, onPush, pipeline}
}

/** A push starts pipelines of several definitions, one after another, through OAuth and the GitHub App. */
export const commit: Scenario = {
  name: 'commit',
  description:
    'A push starts four pipelines, 0, 1, 9 and 11 s after it, through OAuth and the GitHub App; the third is red.',
  project: {
    ...shop,
    definitions: [
      {name: 'build', undated: true, onPush: 0},
      ofApp('checks', 1, {workflows: [{name: 'checks', jobs: [{...lint, name: 'types'}]}]}),
      ofApp('tests', 9, {workflows: [{name: 'tests', jobs: [failingUnitTests]}]}),
      ofApp('docs', 11, {workflows: [{name: 'docs', jobs: [{name: 'build-docs', run: 1.1}]}]})
    ]
  },
  pipeline: {workflows: [{name: 'build-and-test', jobs: [lint, unitTests, buildImage]}]},
  insights: {workflows: {'build-and-test': history({seconds: usual, failsEvery: 8})}}
}
