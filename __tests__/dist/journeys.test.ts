import {describe, expect, it} from '@jest/globals'
import {COMMIT} from '../../scripts/runner/environment.ts'
import type {Simulator} from '../../simulator/index.ts'
import {HEAD, pull} from '../support/events.ts'
import {expectArrival, travelAll, type Arrived, type Journey} from '../support/journeys.ts'
import {
  afterwards,
  failsSoon,
  job,
  longRunning,
  said,
  scenario,
  triggers,
  workflow,
  play
} from './stage.ts'

const green = scenario([workflow('build')])
const hold = job('approve-deploy', {type: 'approval'})
const held = scenario([
  workflow('release', [
    job('build'),
    {...hold, requires: ['build']},
    job('deploy', {requires: ['approve-deploy']})
  ])
])
const flaky = scenario([
  workflow('build', [job('e2e', {outcome: 'failed', attempts: [{outcome: 'success'}]})])
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
const approvalsIn = ({requests}: Simulator) =>
  requests.filter(({path: at}) => at.includes('/approve/'))
const webhook = (simulator: Simulator) =>
  simulator.startPipeline({ref: main, revision: COMMIT, trigger: 'webhook'})
/** Acts when pipelines have been asked for in vain, so that there is a wait for what comes of it. */
const onceAsked = (simulator: Simulator, act: () => unknown): void => {
  const timer = setInterval(() => {
    if (!simulator.requests.some(({path: at}) => at.endsWith('/pipeline'))) return
    clearInterval(timer)
    act()
  }, 20)
  afterwards(() => {
    clearInterval(timer)
  })
}
const earlierAttempt = (simulator: Simulator) =>
  simulator.startPipeline({ref: main, revision: COMMIT, trigger: 'api', login: 'developer'})
const again = {GITHUB_RUN_ATTEMPT: '2'}
const fromFailed = {'on-rerun': 'from-failed', branch: 'main'}

const journeys: readonly Journey[] = [
  {
    name: 'attach to a pipeline by its id',
    simulator: {scenario: green},
    before: simulator => ({pipeline: webhook(simulator).id}),
    verdict: '0 success',
    says: [/Attached to pipeline #101: http/],
    check: arrived => {
      nothingSent(arrived)
      expect(arrived.step.outputs).toMatchObject({triggered: 'false', 'pipeline-number': '101'})
    }
  },
  {
    name: 'attach to the pipeline of the commit, which appears while it waits',
    simulator: {scenario: hopeless},
    inputs: {pipeline: 'commit'},
    before: simulator => {
      onceAsked(simulator, () => webhook(simulator))
      return undefined
    },
    verdict: '1 failure workflow-failed',
    says: [/e2e/],
    check: nothingSent
  },
  {
    name: 'approve a hold',
    simulator: {scenario: held},
    inputs: {approve: 'approve-*'},
    verdict: '0 success',
    says: [/approve-deploy/],
    check: ({simulator}) => {
      expect(approvalsIn(simulator)).toHaveLength(1)
    }
  },
  {
    name: 'rerun what failed, which then passes',
    simulator: {scenario: flaky},
    inputs: {'rerun-failed': '2'},
    verdict: '0 success',
    check: ({step, simulator}) => {
      expect(JSON.parse(step.outputs['workflows'] ?? '')).toMatchObject([
        {name: 'build', status: 'success', attempt: 2}
      ])
      expect(simulator.pipelines()[0]?.workflows).toHaveLength(2)
    }
  },
  {
    name: 'the job is run again, and what failed is rerun in the pipeline there is',
    simulator: {scenario: flaky},
    env: again,
    inputs: fromFailed,
    before: simulator => {
      earlierAttempt(simulator)
      return undefined
    },
    verdict: '0 success',
    check: arrived => {
      nothingSent(arrived)
      expect(arrived.step.outputs).toMatchObject({triggered: 'false', 'pipeline-number': '101'})
      expect(arrived.simulator.pipelines()).toHaveLength(1)
    }
  },
  {
    name: 'a commit status and a comment, on success',
    simulator: {scenario: green},
    event: pullRequest,
    inputs: {'commit-status': 'circleci', comment: 'true'},
    verdict: '0 success',
    check: ({github, step}) => {
      expect(github.statuses[0]).toMatchObject({sha: HEAD, state: 'pending'})
      expect(github.statuses.at(-1)).toMatchObject({
        sha: HEAD,
        context: 'circleci',
        state: 'success',
        target_url: step.outputs['pipeline-url']
      })
      expect(github.comments.length).toBeLessThanOrEqual(1)
    }
  },
  {
    name: 'a commit status and a comment, on failure',
    simulator: {scenario: failsSoon},
    event: pullRequest,
    inputs: {'commit-status': 'circleci', comment: 'true'},
    verdict: '1 failure workflow-failed',
    check: ({github}) => {
      expect(github.statuses.at(-1)).toMatchObject({sha: HEAD, state: 'failure'})
      expect(github.comments).toHaveLength(1)
      expect(github.comments[0]?.body).toContain('test')
    }
  },
  {
    name: 'a commit status after a cancel',
    simulator: {scenario: longRunning},
    inputs: {'commit-status': 'circleci'},
    signalPlan: {when: /build: running/},
    verdict: '1 cancelled github-cancelled',
    check: ({github}) => {
      expect(github.statuses.at(-1)?.state).toBe('error')
    }
  },
  {
    name: 'no permission for either, which changes nothing but a warning each',
    simulator: {scenario: green},
    event: pullRequest,
    github: {denied: ['statuses', 'pull-requests']},
    inputs: {'commit-status': 'circleci', comment: 'true'},
    verdict: '0 success',
    check: ({step}) => {
      expect(said(step, 'warning').match(/statuses: write/g)).toHaveLength(1)
    }
  },
  {
    name: 'a GitHub that is not there',
    simulator: {scenario: failsSoon},
    event: pullRequest,
    env: {GITHUB_API_URL: 'http://127.0.0.1:9'},
    inputs: {'commit-status': 'circleci', comment: 'true'},
    verdict: '1 failure workflow-failed'
  }
]

describe('journeys', () => {
  const arrived = travelAll(journeys, play)

  it.each(journeys)('$name: $verdict', journey => {
    expectArrival(journey, arrived(journey))
    expect(arrived(journey).step.problems).toEqual([])
  })
})
