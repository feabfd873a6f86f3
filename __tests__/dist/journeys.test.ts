import {describe, expect, it} from '@jest/globals'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {COMMIT} from '../../scripts/runner/environment.ts'
import type {Simulator} from '../../simulator/index.ts'
import {HEAD, pull} from '../support/events.ts'
import {startFakeGitHub, type FakeGitHub, type FakeGitHubOptions} from '../support/fake-github.ts'
import {
  actOn,
  afterwards,
  failsSoon,
  job,
  longRunning,
  playAll,
  said,
  scenario,
  simulate,
  triggers,
  verdictOf,
  workflow,
  type Act,
  type Played
} from './stage.ts'

interface Journey extends Act {
  readonly name: string
  readonly verdict: string
  readonly says?: readonly (string | RegExp)[]
  readonly github?: FakeGitHubOptions
  /** Everything else there is to see. */
  readonly check?: (played: Arrived) => void
}

interface Arrived extends Played {
  readonly github: FakeGitHub
}

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
const downloaded = ({folders}: Played['step'], file: string): string =>
  readFileSync(path.join(folders.workspace, 'out', file), 'utf8')
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

const attaching: readonly Journey[] = [
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
    name: 'attach to the pipeline of a commit that has none',
    simulator: {scenario: green},
    inputs: {pipeline: 'commit', timeout: '4s'},
    verdict: '1 timed_out timeout',
    says: [COMMIT.slice(0, 7), 'There is no pipeline of that commit at all'],
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
  }
]

const holding: readonly Journey[] = [
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
    name: 'approve nothing that was not named',
    simulator: {scenario: held},
    inputs: {approve: 'other-*', 'on-hold': 'fail'},
    verdict: '1 action_required on-hold',
    says: ['"approve-deploy"']
  }
]

const rerunning: readonly Journey[] = [
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
  }
]

const telling: readonly Journey[] = [
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
    name: 'a GitHub that is not there',
    simulator: {scenario: failsSoon},
    event: pullRequest,
    env: {GITHUB_API_URL: 'http://127.0.0.1:9'},
    inputs: {'commit-status': 'circleci', comment: 'true'},
    verdict: '1 failure workflow-failed'
  }
]

const fetching: readonly Journey[] = [
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

async function travel(journey: Journey): Promise<Arrived> {
  const github = await startFakeGitHub(journey.github)
  afterwards(() => github.close())
  const simulator = await simulate(journey.simulator)
  const played = await actOn(simulator, {
    ...journey,
    githubToken: github.token,
    env: {GITHUB_API_URL: github.url, ...journey.env}
  })
  return {...played, github}
}

describe('journeys', () => {
  const journeys = [...attaching, ...holding, ...rerunning, ...telling, ...fetching]
  const arrived = playAll(journeys, travel, 26)

  it.each(journeys)('$name: $verdict', journey => {
    const played = arrived(journey)
    const {step} = played
    expect(verdictOf(step)).toBe(journey.verdict)
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
    for (const words of journey.says ?? []) expect(step.printed).toMatch(words)
    journey.check?.(played)
  })
})
