import {describe, expect, it} from '@jest/globals'
import {dynamicConfig} from '../../simulator/scenarios/dynamic-config.ts'
import type {Scenario} from '../../simulator/index.ts'
import {
  failsSoon,
  job,
  longRunning,
  playAll,
  said,
  scenario,
  triggers,
  verdictOf,
  workflow,
  type Act
} from '../dist/stage.ts'
import {play} from '../support/step.ts'

interface Row extends Act {
  readonly name: string
  readonly verdict: string
  /** What the errors (or, of a step that passes, the log) must say. */
  readonly says?: readonly (string | RegExp)[]
  readonly outputs?: Readonly<Record<string, unknown>>
  /** Pipelines that must be there afterwards; 1 by default. */
  readonly pipelines?: number
}

const hold = job('hold', {type: 'approval'})
const green = scenario([workflow('build'), workflow('docs')])
const of = (one: Scenario): Act => ({simulator: {scenario: one}})
const flaky = job('e2e', {outcome: 'failed', attempts: [{outcome: 'success'}]})

const rows: readonly Row[] = [
  {
    name: 'every workflow succeeds',
    ...of(green),
    verdict: '0 success',
    says: [/Triggered pipeline #\d+: http/, 'succeeded'],
    outputs: {triggered: 'true', 'pipeline-state': 'created', 'failed-jobs': ''}
  },
  {
    name: 'a workflow fails beside one that succeeds',
    ...of(scenario([workflow('build'), workflow('e2e', [job('cypress', {outcome: 'failed'})])])),
    verdict: '1 failure workflow-failed',
    says: ['"e2e"', '"cypress"', /Job "cypress" of workflow "e2e": failed http/],
    outputs: {'failed-jobs': 'cypress', triggered: 'true'}
  },
  {
    name: 'a workflow that comes late fails',
    ...of(
      scenario([
        workflow('build'),
        workflow('late', [job('x', {outcome: 'failed'})], {appears: 2.5})
      ])
    ),
    verdict: '1 failure workflow-failed',
    says: ['"late"']
  },
  {
    name: 'a failed workflow is rerun by CircleCI and passes',
    ...of(scenario([workflow('build', [flaky], {maxAutoReruns: 1, autoRerunDelay: 1})])),
    verdict: '0 success',
    says: ['attempt 2']
  },
  {
    name: 'the config is not valid',
    simulator: {scenario: 'config-error'},
    verdict: '1 failure config-error',
    says: ['Cannot find a definition for command named node/install-packages', 'build-imagee'],
    outputs: {'pipeline-state': 'errored'}
  },
  {
    name: 'a workflow ends in error',
    ...of(
      scenario([
        workflow('build', [job('x', {run: 600})]),
        workflow('nightly', [], {before: [{status: 'running', seconds: 0.3}], ends: 'error'})
      ])
    ),
    verdict: '1 failure config-error',
    says: ['"nightly"']
  },
  {
    name: 'a context may not be used',
    ...of(scenario([workflow('deploy', [job('ship', {outcome: 'unauthorized'})])])),
    verdict: '1 failure unauthorized',
    says: ['"deploy"', /context/]
  },
  {
    name: 'somebody cancels it',
    ...of(scenario([workflow('build', [job('test', {run: 60})], {canceled: {after: 0.5}})])),
    verdict: '1 cancelled canceled',
    says: ['"build"']
  },
  {
    name: 'a newer pipeline cancels it',
    ...of(
      scenario([workflow('build', [job('test', {run: 60})])], {
        pipeline: {followedBy: [{after: 0.5}]},
        behaviour: {autoCancel: 'always'}
      })
    ),
    verdict: '1 cancelled superseded',
    says: [/newer pipeline #\d+/, /http/],
    pipelines: 2
  },
  {
    name: 'failed counts more than unauthorized, canceled and on hold',
    ...of(
      scenario([
        workflow('a', [job('x', {outcome: 'unauthorized'})]),
        workflow('b', [job('x', {run: 60})], {canceled: {after: 0.3}}),
        workflow('c', [hold]),
        workflow('d', [job('x', {outcome: 'failed'})])
      ])
    ),
    verdict: '1 failure workflow-failed',
    says: ['"d"']
  },
  {
    name: 'the run endpoint makes no pipeline',
    simulator: {scenario: 'skip-ci'},
    inputs: {definition: 'build'},
    verdict: '1 skipped no-pipeline',
    says: ['Ignoring pipeline due to CI skip in the commit'],
    outputs: {triggered: 'false'},
    pipelines: 0
  },
  {
    name: 'only not_run is left',
    ...of(scenario([workflow('deploy', [job('x', {outcome: 'not_run'})])])),
    verdict: '1 skipped not-run',
    says: ['"deploy"']
  },
  {
    name: 'only not_run is left, which is fine here',
    ...of(scenario([workflow('deploy', [job('x', {outcome: 'not_run'})])])),
    inputs: {'on-no-workflows': 'succeed'},
    verdict: '0 skipped not-run'
  },
  {
    name: 'not_run beside a success',
    ...of(scenario([workflow('a', [job('x', {outcome: 'not_run'})]), workflow('b')])),
    verdict: '0 success'
  },
  {
    name: 'only a hold is left, which fails here',
    ...of(scenario([workflow('release', [job('build'), {...hold, requires: ['build']}])])),
    inputs: {'on-hold': 'fail'},
    verdict: '1 action_required on-hold',
    says: ['"hold"', '"release"']
  },
  {
    name: 'only a hold is left, which is fine here',
    ...of(scenario([workflow('release', [job('build'), {...hold, requires: ['build']}])])),
    inputs: {'on-hold': 'succeed'},
    verdict: '0 action_required on-hold',
    says: ['"hold"']
  },
  {
    name: 'a hold that is waited for until the timeout',
    ...of(scenario([workflow('release', [hold])])),
    inputs: {timeout: '15s'},
    verdict: '1 timed_out timeout',
    says: ['"release"']
  },
  {
    name: 'a timeout',
    ...of(longRunning),
    inputs: {timeout: '15s'},
    verdict: '1 timed_out timeout',
    says: ['"build"', '15s']
  },
  {
    name: 'a timeout that leaves the pipeline running',
    ...of(longRunning),
    inputs: {timeout: '15s', 'on-timeout': 'leave'},
    verdict: '1 timed_out timeout'
  },
  {
    name: 'the branch does not exist',
    inputs: {branch: 'no-such-branch'},
    verdict: '1 failure rejected',
    says: ['Branch not found'],
    outputs: {triggered: 'false'},
    pipelines: 0
  },
  {
    name: 'parameters that the config does not declare',
    ...of({...failsSoon, behaviour: {badParameters: 'refused'}}),
    inputs: {parameters: 'surprise: 1'},
    verdict: '1 failure rejected',
    says: ['surprise', '"parameters"'],
    pipelines: 0
  },
  {
    name: 'parameters that the config does not declare, found out later',
    ...of(failsSoon),
    inputs: {parameters: 'surprise: 1'},
    verdict: '1 failure config-error',
    says: ['surprise']
  },
  {
    name: 'a token CircleCI does not know',
    inputs: {token: 'CCIPAT_revoked_0123456789'},
    verdict: '1 failure auth',
    says: ['token is not valid', 'personal API token'],
    pipelines: 0
  },
  {
    name: 'a token without access to the project',
    simulator: {users: [{login: 'guest', token: 'CCIPAT_guest_0123456789', access: 'none'}]},
    inputs: {token: 'CCIPAT_guest_0123456789'},
    verdict: '1 failure not-found',
    says: ['"guest"', 'gh/acme/shop'],
    pipelines: 0
  },
  {
    name: 'a token that may only look',
    simulator: {users: [{login: 'guest', token: 'CCIPAT_guest_0123456789', access: 'read'}]},
    inputs: {token: 'CCIPAT_guest_0123456789'},
    verdict: '1 failure auth',
    says: ['"guest"'],
    pipelines: 0
  },
  {
    name: 'a project that is not there',
    inputs: {'project-slug': 'gh/acme/shpo'},
    verdict: '1 failure not-found',
    says: ['gh/acme/shpo', '"developer"', '"project-slug"'],
    pipelines: 0
  },
  {
    name: 'a GitHub App project under its old slug',
    simulator: {scenario: 'github-app'},
    inputs: {'project-slug': 'gh/acme/shop'},
    verdict: '1 failure not-found',
    says: ['GitHub App', '"circleci/"'],
    pipelines: 0
  },
  {
    name: 'an artifact that cannot be downloaded',
    simulator: {
      scenario: scenario([workflow('build', [job('test', {artifacts: [{path: 'a/report.txt'}]})])]),
      faults: [{host: 'artifacts', kind: 'status', status: 404}]
    },
    inputs: {'artifacts-path': 'out'},
    verdict: '1 failure download',
    says: ['a/report.txt', '404']
  },
  {
    name: 'a status nobody has heard of, for a while',
    ...of(
      scenario([workflow('build', [job('x')], {before: [{status: 'quarantined', seconds: 3}]})])
    ),
    verdict: '0 success',
    says: ['quarantined']
  },
  {
    name: 'a status nobody has heard of, for ever',
    ...of(
      scenario([workflow('build', [job('x')], {before: [{status: 'quarantined', seconds: 600}]})])
    ),
    inputs: {timeout: '15s'},
    verdict: '1 timed_out timeout',
    says: ['quarantined']
  },
  {
    name: 'a setup workflow continues into workflows that succeed',
    ...of({
      ...green,
      pipeline: {
        ...green.pipeline,
        setup: {workflow: workflow('setup', [job('generate')]), after: 1.5}
      }
    }),
    verdict: '0 success',
    says: ['"build"', '"docs"']
  },
  {
    name: 'a setup workflow fails',
    ...of({
      ...dynamicConfig,
      pipeline: {
        ...green.pipeline,
        setup: {workflow: workflow('setup', [job('generate', {outcome: 'failed'})])}
      }
    }),
    verdict: '1 failure workflow-failed',
    says: ['"setup"']
  },
  {
    name: 'only some workflows decide',
    ...of(scenario([workflow('build'), workflow('nightly', [job('x', {outcome: 'failed'})])])),
    inputs: {workflows: 'bu*'},
    verdict: '0 success'
  },
  {
    name: 'fail-fast ends while the workflow is failing',
    ...of(
      scenario([
        workflow('build', [job('lint', {outcome: 'failed'}), job('slow', {run: 600})]),
        workflow('docs', [job('x', {run: 600})])
      ])
    ),
    inputs: {'fail-fast': 'true'},
    verdict: '1 failure workflow-failed',
    says: ['"lint"', 'left running']
  },
  {
    name: 'no workflow ever appears',
    simulator: {scenario: 'no-workflows'},
    verdict: '1 skipped no-workflows',
    says: ['ran no workflows']
  },
  {
    name: 'no workflow ever appears, which is fine here',
    simulator: {scenario: 'no-workflows'},
    inputs: {'on-no-workflows': 'succeed'},
    verdict: '0 skipped no-workflows'
  },
  {
    name: 'a setup workflow continues into nothing',
    ...of(scenario([], {pipeline: {setup: {workflow: workflow('setup'), after: 0.1}}})),
    verdict: '1 skipped no-workflows',
    says: ['setup']
  },
  {
    name: 'a pattern that matches no workflow',
    ...of(green),
    inputs: {workflows: 'biuld'},
    verdict: '1 failure input',
    says: ['"workflows"', '"biuld"', '"build"', '"docs"']
  }
]

describe('the verdict table', () => {
  const played = playAll(rows, play)

  it.each(rows)('$name: $verdict', row => {
    const {step, simulator} = played(row)
    expect(verdictOf(step)).toBe(row.verdict)
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
    const passes = row.verdict.startsWith('0')
    expect(step.conclusion).toBe(passes ? 'success' : 'failure')
    expect(said(step, 'error') === '').toBe(passes)
    for (const words of row.says ?? []) {
      expect(passes ? step.printed : said(step, 'error')).toMatch(words)
    }
    expect(step.outputs).toMatchObject(row.outputs ?? {})
    expect(simulator.pipelines()).toHaveLength(row.pipelines ?? 1)
    expect(triggers(simulator)).toHaveLength(1)
    expect(step.outputs['duration']).toMatch(/^\d+(\.\d+)?$/)
    expect(step.summary).not.toBe('')
  })

  it('says once that it does not know a status', () => {
    for (const row of rows.filter(({name}) => name.startsWith('a status nobody'))) {
      const {step} = played(row)
      expect(step.printed.match(/^::warning.*quarantined/gm)).toHaveLength(1)
    }
  })

  it('cancels what timed out, and leaves what it was told to leave', () => {
    const stopped = rows.find(({name}) => name === 'a timeout')
    const left = rows.find(({name}) => name === 'a timeout that leaves the pipeline running')
    if (stopped === undefined || left === undefined) throw new Error('The rows have other names.')
    expect(played(stopped).simulator.running()).toEqual([])
    expect(said(played(stopped).step, 'notice')).toMatch(/cancelled "build": http/)
    expect(played(left).simulator.running()).toHaveLength(1)
    expect(said(played(left).step, 'notice')).toMatch(/left running.*"on-timeout" is "leave": http/)
  })
})

describe('without a verdict', () => {
  const green = scenario([workflow('build')])
  const cases = {
    fireAndForget: {simulator: {scenario: green}, inputs: {wait: 'false'}},
    dryRun: {
      simulator: {scenario: green},
      inputs: {'dry-run': 'true', parameters: 'image-tag: "007"'}
    },
    dryRunElsewhere: {inputs: {'dry-run': 'true', 'project-slug': 'gh/acme/shpo'}},
    dryRunBadToken: {inputs: {'dry-run': 'true', token: 'CCIPAT_revoked_0123456789'}},
    idle: {
      simulator: {scenario: green},
      inputs: {wait: 'false', workflows: 'build', comment: 'true'}
    }
  } satisfies Record<string, Act>
  const played = playAll<Act, Awaited<ReturnType<typeof play>>>(Object.values(cases), play)

  it('without wait sets the outputs of the pipeline and nothing else', () => {
    const {step, simulator} = played(cases.fireAndForget)
    const [pipeline] = simulator.pipelines()
    expect(step.exitCode).toBe(0)
    expect(step.outputs).toEqual({
      'pipeline-id': pipeline?.id,
      'pipeline-number': String(pipeline?.number),
      'pipeline-url': expect.stringMatching(/^http.*\d+$/),
      'pipeline-state': expect.stringMatching(/^(created|pending)$/),
      'created-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      triggered: 'true',
      pipelines: expect.stringMatching(/^\[\{"name":null,.*"conclusion":null,/)
    })
    // Beside the trigger one look at what there was before it.
    expect(simulator.requests.map(({method}) => method)).toEqual(['GET', 'POST'])
  })

  it('a dry run shows the request and triggers nothing', () => {
    const {step, simulator} = played(cases.dryRun)
    expect(verdictOf(step)).toBe('0 - -')
    expect(simulator.pipelines()).toEqual([])
    expect(simulator.requests.map(({method}) => method)).not.toContain('POST')
    expect(step.printed).toMatch(
      /POST http:\/\/127\.0\.0\.1:\d+\/api\/v2\/project\/gh\/acme\/shop\/pipeline$/m
    )
    expect(step.printed).toContain('"image-tag": "007"')
    expect(step.printed).toContain('"developer"')
    expect(step.outputs['triggered']).toBe('false')
  })

  it('a dry run finds a wrong project and a wrong token', () => {
    expect(verdictOf(played(cases.dryRunElsewhere).step)).toBe('1 failure not-found')
    expect(verdictOf(played(cases.dryRunBadToken).step)).toBe('1 failure auth')
  })

  it('warns of inputs that do nothing without wait', () => {
    const {step} = played(cases.idle)
    expect(step.exitCode).toBe(0)
    expect(said(step, 'warning')).toMatch(
      /"workflows", "poll-interval", "comment" have no effect without "wait: true"/
    )
  })
})
