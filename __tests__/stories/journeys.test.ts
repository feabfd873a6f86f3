import {describe, expect, it} from '@jest/globals'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {COMMIT} from '../../scripts/runner/environment.ts'
import type {Simulator} from '../../simulator/index.ts'
import {
  failsSoon,
  job,
  longRunning,
  said,
  scenario,
  triggers,
  workflow,
  type Played
} from '../dist/stage.ts'
import {pull} from '../support/events.ts'
import {expectArrival, travelAll, type Arrived, type Journey} from '../support/journeys.ts'
import {play} from '../support/step.ts'

const green = scenario([workflow('build')])
const hold = job('approve-deploy', {type: 'approval'})
const held = scenario([
  workflow('release', [
    job('build'),
    {...hold, requires: ['build']},
    job('deploy', {requires: ['approve-deploy']})
  ])
])
const hopeless = scenario([workflow('build', [job('e2e', {outcome: 'failed'})])])
const main = {branch: 'main'}
const pullRequest = {
  name: 'pull_request',
  payload: {number: 12, pull_request: pull({repo: {id: 1, full_name: 'acme/shop'}})}
}
const nothingSent = ({simulator}: Arrived): void => {
  expect(triggers(simulator)).toEqual([])
}
const downloaded = ({folders}: Played['step'], file: string): string =>
  readFileSync(path.join(folders.workspace, 'out', file), 'utf8')
const webhook = (simulator: Simulator) =>
  simulator.startPipeline({ref: main, revision: COMMIT, trigger: 'webhook'})
const earlierAttempt = (simulator: Simulator) =>
  simulator.startPipeline({ref: main, revision: COMMIT, trigger: 'api', login: 'developer'})
const again = {GITHUB_RUN_ATTEMPT: '2'}
const fromFailed = {'on-rerun': 'from-failed', branch: 'main'}

const journeys: readonly Journey[] = [
  {
    name: 'attach to a pipeline by its number',
    simulator: {scenario: hopeless},
    before: simulator => ({pipeline: `#${webhook(simulator).number}`}),
    verdict: '1 failure workflow-failed',
    check: nothingSent
  },
  {
    name: 'attach to the pipeline of the commit',
    simulator: {scenario: green},
    before: simulator => {
      webhook(simulator)
      // Neither somebody's own nor another commit's.
      earlierAttempt(simulator)
      simulator.startPipeline({ref: main, revision: 'f'.repeat(40)})
      return {pipeline: 'commit'}
    },
    verdict: '0 success',
    check: arrived => {
      nothingSent(arrived)
      expect(arrived.step.outputs['pipeline-number']).toBe('101')
    }
  },
  {
    name: 'attach to the pipeline of a commit that has none',
    simulator: {scenario: green},
    inputs: {pipeline: 'commit', timeout: '4s'},
    verdict: '1 timed_out timeout',
    says: [COMMIT.slice(0, 7), 'That commit has no pipelines at all'],
    check: nothingSent
  },
  {
    name: 'attach to a number that is none',
    simulator: {scenario: green},
    inputs: {pipeline: '4711'},
    verdict: '1 failure not-found',
    says: ['"pipeline"', '4711', 'gh/acme/shop'],
    check: nothingSent
  },
  {
    name: 'attach without waiting',
    simulator: {scenario: longRunning},
    before: simulator => ({pipeline: webhook(simulator).id, wait: 'false'}),
    verdict: '0 - -',
    check: ({step}) => {
      expect(step.outputs).toMatchObject({triggered: 'false', 'pipeline-number': '101'})
    }
  },
  {
    name: 'approve nothing that was not named',
    simulator: {scenario: held},
    inputs: {approve: 'other-*', 'on-hold': 'fail'},
    verdict: '1 action_required on-hold',
    says: ['"approve-deploy"']
  },
  {
    name: 'rerun what failed, which fails again',
    simulator: {scenario: hopeless},
    inputs: {'rerun-failed': '1'},
    verdict: '1 failure workflow-failed',
    says: ['(attempt 2)'],
    check: ({simulator}) => {
      expect(simulator.pipelines()[0]?.workflows).toHaveLength(2)
    }
  },
  {
    name: 'the job is run again, and there is nothing to rerun',
    simulator: {scenario: green},
    env: again,
    inputs: fromFailed,
    verdict: '0 success',
    says: [/a new pipeline is triggered:/],
    check: ({simulator}) => {
      expect(triggers(simulator)).toHaveLength(1)
    }
  },
  {
    name: "the job is run again, and another's pipeline is left alone",
    simulator: {scenario: failsSoon},
    env: again,
    inputs: fromFailed,
    before: simulator => {
      webhook(simulator)
      simulator.startPipeline({ref: main, revision: COMMIT, trigger: 'api', login: 'octo-dev'})
      return undefined
    },
    verdict: '1 failure workflow-failed',
    check: ({simulator}) => {
      expect(triggers(simulator)).toHaveLength(1)
      expect(simulator.pipelines().map(({workflows}) => workflows.length)).toEqual([1, 1, 1])
    }
  },
  {
    name: 'the first attempt triggers whatever there was',
    simulator: {scenario: failsSoon},
    inputs: fromFailed,
    before: simulator => {
      earlierAttempt(simulator)
      return undefined
    },
    verdict: '1 failure workflow-failed',
    check: ({simulator}) => {
      expect(triggers(simulator)).toHaveLength(1)
    }
  },
  {
    name: 'a commit status that links to an artifact',
    simulator: {
      scenario: scenario([
        workflow('build', [job('docs', {artifacts: [{path: 'docs/index.html'}]})])
      ])
    },
    event: pullRequest,
    inputs: {'commit-status': 'docs -> **/index.html'},
    verdict: '0 success',
    check: ({github, step}) => {
      expect(github.statuses.at(-1)).toMatchObject({
        context: 'docs',
        state: 'success',
        target_url: step.outputs['artifact-urls']
      })
    }
  },
  {
    name: 'a commit status after a timeout',
    simulator: {scenario: longRunning},
    inputs: {'commit-status': 'circleci', timeout: '6s'},
    verdict: '1 timed_out timeout',
    check: ({github}) => {
      expect(github.statuses.at(-1)).toMatchObject({sha: COMMIT, state: 'error'})
    }
  },
  {
    name: 'no permission to comment on a failure',
    simulator: {scenario: failsSoon},
    event: pullRequest,
    github: {denied: ['pull-requests']},
    inputs: {comment: 'true'},
    verdict: '1 failure workflow-failed',
    check: ({step}) => {
      expect(said(step, 'warning').match(/pull-requests: write/g)).toHaveLength(1)
    }
  },
  {
    name: 'artifacts of parallel nodes, and those that globs leave out',
    simulator: {
      scenario: scenario(
        [
          workflow('build', [
            job('unit', {
              parallelism: 3,
              outcome: 'failed',
              artifacts: [0, 1, 2].map(node => ({path: 'junit.xml', content: `${node}`, node}))
            }),
            job('pack', {
              artifacts: [
                {path: 'app.tgz', content: {bytes: 100_000}},
                {path: 'debug.log', content: 'x'}
              ]
            })
          ])
        ],
        {behaviour: {artifactHost: 'api'}}
      )
    },
    inputs: {artifacts: '**\n!*.log', 'artifacts-path': 'out'},
    verdict: '1 failure workflow-failed',
    check: ({step}) => {
      expect(downloaded(step, 'unit/0/junit.xml')).toBe('0')
      expect(downloaded(step, 'unit/1/junit.xml')).toBe('1')
      expect(downloaded(step, 'unit/2/junit.xml')).toBe('2')
      expect(downloaded(step, 'pack/app.tgz')).toHaveLength(100_000)
      expect(JSON.parse(step.outputs['artifacts'] ?? '')).toHaveLength(4)
      expect(step.outputs['artifact-urls']).not.toContain('debug.log')
    }
  }
]

describe('journeys', () => {
  const arrived = travelAll(journeys, play)

  it.each(journeys)('$name: $verdict', journey => {
    expectArrival(journey, arrived(journey))
    expect(arrived(journey).step.problems).toEqual([])
  })
})
