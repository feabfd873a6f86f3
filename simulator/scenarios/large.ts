import type {ArtifactSpec, JobSpec, Scenario} from '../scenario.ts'
import {history} from './history.ts'
import {lint, shop, unitTests} from './shop.ts'

/** A pipeline that takes forty seconds. */
export const slow: Scenario = {
  name: 'slow',
  description: 'A workflow that takes about 40 seconds.',
  project: shop,
  pipeline: {
    workflows: [
      {
        name: 'build-and-test',
        jobs: [
          lint,
          unitTests,
          {...unitTests, name: 'e2e', requires: ['unit-tests'], queue: 2, run: 36}
        ]
      }
    ]
  },
  insights: {
    workflows: {
      'build-and-test': history({seconds: [40, 41, 39, 42, 40, 44, 40, 39, 41, 60], failsEvery: 9})
    }
  }
}

/** A pipeline with 50 jobs, each of which keeps 400 artifacts. */
export const huge: Scenario = {
  name: 'huge',
  description: '50 jobs with 400 artifacts each; one of them fails.',
  project: shop,
  pipeline: {
    workflows: [{name: 'matrix', jobs: Array.from({length: 50}, (_, index) => matrixJob(index))}]
  },
  insights: {workflows: {matrix: history({seconds: [4, 4, 5, 4, 4, 4]})}}
}

/** Jobs come in five waves of ten. */
function matrixJob(index: number): JobSpec {
  const shard = String(index + 1).padStart(2, '0')
  const failed = index === 49
  return {
    name: `shard-${shard}`,
    run: 0.4 + (index % 10) / 20,
    queue: 0.1,
    outcome: failed ? 'failed' : 'success',
    requires: index < 10 ? [] : [`shard-${String(index - 9).padStart(2, '0')}`],
    steps: [
      {
        name: 'Run the shard',
        command: `npm run shard ${shard}`,
        output: `Shard ${shard}\n`,
        fails: failed
      }
    ],
    tests: Array.from({length: 30}, (_, test) => ({
      name: `Shard ${shard} case ${test + 1}`,
      classname: `shard-${shard}`,
      file: `/home/circleci/project/src/shards/shard-${shard}.test.ts`,
      seconds: 0.02,
      ...(failed && test < 12 ? {result: 'failure', message: `Error: case ${test + 1} broke`} : {})
    })),
    artifacts: Array.from({length: 400}, (_, file) => artifact(shard, file))
  }
}

function artifact(shard: string, file: number): ArtifactSpec {
  return {path: `reports/shard-${shard}/case-${String(file + 1).padStart(3, '0')}.json`}
}
