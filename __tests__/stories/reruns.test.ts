import {describe, expect, it} from '@jest/globals'

import {
  scenarios,
  startSimulator,
  type Fault,
  type Scenario,
  type Simulator
} from '../../simulator/index.ts'
import {twice} from '../../simulator/listings.ts'
import type {Inputs} from '../../src/runner/inputs.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {aPush, tell, verdictOf, type Story} from '../support/story.ts'

const posts = ({requests}: Simulator, part: string): number =>
  requests.filter(({method, path}) => method === 'POST' && path.includes(part)).length

const always = (outcome: string): Scenario => ({
  ...scenarios.flaky,
  pipeline: {workflows: [{name: 'ci', jobs: [{name: 'test', outcome}]}]}
})

describe('rerun-failed', () => {
  it('reruns a failed workflow from failed and tells the attempts', async () => {
    const {result, simulator, lines} = await tell({scenario: 'flaky'}, {inputs: {rerunFailed: 2}})
    expect(verdictOf(result)).toBe('success - passes')
    expect(posts(simulator, '/rerun')).toBe(1)
    expect(
      result.workflows.map(({attempt, status, latest}) => ({attempt, status, latest}))
    ).toEqual([
      {attempt: 1, status: 'failed', latest: false},
      {attempt: 2, status: 'success', latest: true}
    ])
    expect(result.verdict?.message).toContain('(attempt 2)')
    expect(lines.join('\n')).toMatch(
      /"build-and-test" failed: rerunning it from failed \(1 of 2\): http/
    )
  })

  it('comes before fail-fast, which ends the step once no rerun is left', async () => {
    const statuses = new Set<string | undefined>()
    const test = {name: 'test', run: 2, outcome: 'failed'} as const
    const slow = {name: 'slow', run: 30}
    const scenario: Scenario = {
      ...scenarios.flaky,
      pipeline: {workflows: [{name: 'ci', jobs: [test, slow]}]}
    }
    const {result, simulator} = await tell(
      {scenario},
      {
        inputs: {rerunFailed: 1, failFast: true},
        onPoll: ({rollup}) => statuses.add(rollup.deciding[0]?.status)
      }
    )
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
    expect(statuses).toContain('failing')
    expect(posts(simulator, '/rerun')).toBe(1)
    expect(result.workflows.map(({status}) => status)).toEqual(['failed', 'failed'])
  })

  it('stops after N reruns', async () => {
    const {result, simulator} = await tell({scenario: always('failed')}, {inputs: {rerunFailed: 3}})
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
    expect(posts(simulator, '/rerun')).toBe(3)
    expect(result.workflows.filter(({latest}) => latest)).toMatchObject([{attempt: 4}])
  })

  it('never competes with an automatic rerun', async () => {
    const {result, simulator} = await tell({scenario: 'auto-rerun'}, {inputs: {rerunFailed: 3}})
    expect(verdictOf(result)).toBe('success - passes')
    expect(posts(simulator, '/rerun')).toBe(0)
  })

  it('begins when the automatic reruns are used up', async () => {
    const scenario: Scenario = {
      ...always('failed'),
      pipeline: {
        workflows: [{name: 'ci', maxAutoReruns: 1, jobs: [{name: 'test', outcome: 'failed'}]}]
      }
    }
    const {result, simulator} = await tell({scenario}, {inputs: {rerunFailed: 1}})
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
    expect(posts(simulator, '/rerun')).toBe(1)
    expect(result.workflows.at(-1)).toMatchObject({attempt: 3})
  })

  it("shows CircleCI's refusal and fails", async () => {
    const {result, lines} = await tell(
      {scenario: {...always('failed'), behaviour: {rerunLimit: 0}}},
      {inputs: {rerunFailed: 3}}
    )
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
    expect(
      lines.filter(line => line.startsWith('warning: CircleCI refused to rerun'))
    ).toHaveLength(1)
  })

  it.each([
    {name: 'a refusal', status: 403, times: 3},
    {name: 'a 429', status: 429, headers: {'Retry-After': '45'}, times: 2}
  ])('asks again after $name, whatever the poll interval', async ({status, headers, times}) => {
    const rerun = {method: 'POST', path: '/workflow/*/rerun', kind: 'status', status} as const
    const body = '{"message":"Rate limit exceeded."}'
    const faults = [{...rerun, ...(headers === undefined ? {} : {headers, body}), times}]
    const {result, simulator} = await tell(
      {scenario: 'flaky', faults},
      {inputs: {rerunFailed: 1, pollIntervalSeconds: 300}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(posts(simulator, '/rerun')).toBe(times + 1)
    expect(result.finishedAt - result.startedAt).toBeLessThan(900_000)
  })

  it.each([
    {kind: 'cut-after', expected: 1},
    {kind: 'cut-before', expected: 2}
  ] as const)(
    'finds out what became of a rerun whose answer was lost ($kind)',
    async ({kind, expected}) => {
      const {result, simulator} = await tell(
        {
          scenario: 'flaky',
          faults: [{method: 'POST', path: '/api/v2/workflow/*/rerun', kind, nth: 1}]
        },
        {inputs: {rerunFailed: 1}}
      )
      expect(verdictOf(result)).toBe('success - passes')
      expect(posts(simulator, '/rerun')).toBe(expected)
      expect(result.workflows).toHaveLength(2)
    }
  )

  it('lets a rerun by somebody else supersede', async () => {
    const [ci] = scenarios.flaky.pipeline.workflows
    if (ci === undefined) throw new Error('The scenario has no workflow')
    const scenario: Scenario = {
      ...scenarios.flaky,
      pipeline: {workflows: [ci, {name: 'docs', jobs: [{name: 'build-docs', run: 90}]}]}
    }
    let rerun: Promise<unknown> | undefined
    const {result} = await tell(
      {scenario},
      {
        onPoll: ({rollup}, {simulator}) => {
          const failed = rollup.deciding.find(({status}) => status === 'failed')
          if (failed === undefined) return
          rerun ??= fetch(`${simulator.url}/api/v2/workflow/${failed.id}/rerun`, {
            method: 'POST',
            headers: {'circle-token': simulator.token, 'content-type': 'application/json'},
            body: '{"from_failed": true}'
          })
        }
      }
    )
    await rerun
    expect(verdictOf(result)).toBe('success - passes')
    expect(
      result.workflows.map(({name, attempt, status}) => `${name} ${attempt} ${status}`)
    ).toEqual(expect.arrayContaining(['build-and-test 1 failed', 'build-and-test 2 success']))
  })
})

describe('on-rerun: from-failed', () => {
  const inputs = {onRerun: 'from-failed'} as const

  /** A config that takes no parameters leaves no doubt with which a pipeline was triggered. */
  const withoutParameters = (scenario: Scenario | keyof typeof scenarios): Scenario => {
    const found = typeof scenario === 'string' ? scenarios[scenario] : scenario
    return {...found, project: {...found.project, parameters: {}}}
  }

  /** A simulator in which an earlier attempt of the run has triggered `scenario` and some time has passed. */
  const after =
    (scenario: Scenario | keyof typeof scenarios, ms: number) => async (clock: FakeClock) => {
      const simulator = await startSimulator({clock, scenario: withoutParameters(scenario)})
      await fetch(`${simulator.url}/api/v2/project/${simulator.slug}/pipeline`, {
        method: 'POST',
        headers: {'circle-token': simulator.token, 'content-type': 'application/json'},
        body: JSON.stringify({branch: 'main'})
      })
      clock.advance(ms)
      return simulator
    }

  const again = async (
    scenario: Scenario | keyof typeof scenarios,
    ms: number,
    runAttempt = 2,
    onClaim?: (story: Story) => void,
    more: Partial<Inputs> = {},
    faults: readonly Fault[] = []
  ) => {
    let headSha = ''
    return tell(
      async clock => {
        const simulator = await after(scenario, ms)(clock)
        simulator.faults.add(...faults)
        headSha = String(simulator.pipelines()[0]?.revision)
        return simulator
      },
      {
        inputs: {...inputs, ...more},
        ...(onClaim === undefined ? {} : {onClaim}),
        event: Object.defineProperty(aPush({runAttempt}), 'headSha', {get: () => headSha})
      }
    )
  }

  it('reruns what failed in the pipeline of the earlier attempt', async () => {
    const {result, simulator, lines} = await again('flaky', 60_000)
    expect(verdictOf(result)).toBe('success - passes')
    expect(simulator.pipelines()).toHaveLength(1)
    expect(posts(simulator, '/rerun')).toBe(1)
    expect(result).toMatchObject({triggered: false, pipeline: {number: 101}})
    expect(lines.join('\n')).toMatch(/Resuming pipeline #101 of the earlier attempt: http/)
  })

  it.each([
    {name: 'lost, and under way', kinds: ['cut-after'], sent: 1, listed: true},
    {name: 'lost, and not taken', kinds: ['cut-before'], sent: 2, listed: true},
    {name: 'lost twice', kinds: ['cut-before', 'cut-before'], sent: 2, listed: false}
  ] as const)('sends a rerun again at most once: $name', async ({kinds, sent, listed}) => {
    const {result, simulator} = await again('flaky', 60_000, 2, ({simulator: {faults}}) => {
      for (const [index, kind] of kinds.entries()) {
        faults.add({method: 'POST', path: '/api/v2/workflow/*/rerun', kind, nth: index + 1})
      }
    })
    expect(posts(simulator, '/rerun')).toBe(sent)
    expect(verdictOf(result)).toBe(listed ? 'success - passes' : 'failure workflow-failed fails')
    expect(simulator.pipelines()).toHaveLength(1)
    expect(simulator.pipelines()[0]?.workflows).toHaveLength(listed ? 2 : 1)
  })

  it('takes a failed workflow that is listed twice for one', async () => {
    const {result, simulator} = await again('flaky', 60_000, 2, ({simulator: {faults}}) => {
      faults.add(
        {
          method: 'GET',
          path: '/pipeline/*/workflow',
          kind: 'rows',
          change: twice({status: 'failed'}, {})
        },
        {method: 'POST', path: '/workflow/*/rerun', kind: 'cut-before', nth: 1}
      )
    })
    expect(verdictOf(result)).toBe('success - passes')
    expect(posts(simulator, '/rerun')).toBe(2)
  })

  it('triggers a new pipeline when a rerun that was not taken at first is refused', async () => {
    const rerun = {method: 'POST', path: '/api/v2/workflow/*/rerun'} as const
    const {result, simulator, lines} = await again('flaky', 60_000, 2, ({simulator: {faults}}) => {
      faults.add(
        {...rerun, kind: 'status', status: 429, body: '{"message":"Too Many Requests"}', nth: 1},
        {...rerun, kind: 'status', status: 400, body: '{"message":"No."}'}
      )
    })
    expect(lines.find(line => line.startsWith('notice: "on-rerun"'))).toMatch(
      /CircleCI refused to rerun its workflow "build-and-test": No\./
    )
    expect(simulator.pipelines()).toHaveLength(2)
    expect(result.triggered).toBe(true)
  })

  it('asks again for a rerun that was not taken', async () => {
    const {result, simulator} = await again('flaky', 60_000, 2, ({simulator: {faults}}) => {
      faults.add({
        method: 'POST',
        path: '/api/v2/workflow/*/rerun',
        kind: 'status',
        status: 429,
        body: '{"message":"Too Many Requests"}',
        nth: [1, 2, 3, 4]
      })
    })
    expect(verdictOf(result)).toBe('success - passes')
    expect(posts(simulator, '/rerun')).toBe(5)
    expect(simulator.pipelines()).toHaveLength(1)
  })

  it('starts no pipeline beside a rerun that may be under way', async () => {
    const rerun = {method: 'POST', path: '/api/v2/workflow/*/rerun'} as const
    const {result, simulator} = await again('flaky', 60_000, 2, ({simulator: {faults}}) => {
      faults.add(
        {...rerun, kind: 'cut-before', nth: 1},
        {...rerun, kind: 'status', status: 400, body: '{"message":"Already rerun."}'}
      )
    })
    expect(simulator.pipelines()).toHaveLength(1)
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
  })

  const rerun = {method: 'POST', path: '/workflow/*/rerun'} as const
  const listing = {method: 'GET', path: '/pipeline/*/workflow'} as const

  it('asks again for a rerun that is refused, before it triggers anything', async () => {
    const {result, simulator} = await again('flaky', 60_000, 2, ({simulator: {faults}}) => {
      faults.add({...rerun, kind: 'status', status: 400, times: 3})
    })
    expect(verdictOf(result)).toBe('success - passes')
    expect(posts(simulator, '/rerun')).toBe(4)
    expect(simulator.pipelines()).toHaveLength(1)
  })

  it('fails without wait when it cannot be told whether it is rerun, naming the pipeline', async () => {
    const {result, simulator} = await again(
      'flaky',
      60_000,
      2,
      ({simulator: {faults}}) => {
        faults.add({...rerun, kind: 'cut-before'})
      },
      {wait: false}
    )
    expect(verdictOf(result)).toBe('failure api-unavailable fails')
    expect(result.verdict?.message).toMatch(/"build-and-test" of pipeline #101 .*http.*101/)
    expect(result.pipeline?.number).toBe(101)
    expect(simulator.pipelines()).toHaveLength(1)
  })

  it.each([
    {status: 503, ends: 'failure api-unavailable fails', says: /#101 continues without.*http.*101/},
    {status: 404, ends: 'failure not-found fails', says: /#101 .* continues? without this step/}
  ])('names the pipeline when a lost rerun cannot be looked for: $status', async row => {
    const {result, simulator, cancelled} = await again('flaky', 60_000, 2, ({simulator: it}) => {
      it.faults.add({...rerun, kind: 'cut-after'}, {...listing, kind: 'status', status: row.status})
    })
    expect(verdictOf(result)).toBe(row.ends)
    expect(result.verdict?.message).toMatch(row.says)
    expect(result.verdict?.message).not.toContain('project-slug')
    expect(result.pipeline?.number).toBe(101)
    expect(simulator.pipelines()).toHaveLength(1)
    expect(cancelled).toBe(false)
  })

  it('cancels the pipeline when GitHub cancels the step while a lost rerun is looked for', async () => {
    const {result, cancelled} = await again('flaky', 60_000, 2, story => {
      story.simulator.faults.add({...rerun, kind: 'cut-after'})
      story.clock.alarm(2_000, () => {
        story.cancel.abort()
      })
    })
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    expect(result.pipeline?.number).toBe(101)
    expect(cancelled).toBe(true)
  })

  it('passes at once when everything has succeeded meanwhile', async () => {
    const {result, simulator} = await again('passing', 600_000)
    expect(verdictOf(result)).toBe('success - passes')
    expect(simulator.pipelines()).toHaveLength(1)
    expect(posts(simulator, '/rerun')).toBe(0)
  })

  it('waits for what is still running', async () => {
    const {result, simulator} = await again('slow', 2_000)
    expect(verdictOf(result)).toBe('success - passes')
    expect(simulator.pipelines()).toHaveLength(1)
  })

  it('is an ordinary trigger on the first attempt', async () => {
    const {simulator} = await again('flaky', 60_000, 1)
    expect(simulator.pipelines()).toHaveLength(2)
  })

  it('claims the pipeline before it reruns anything, for the post step', async () => {
    const {claims, simulator, result} = await again('flaky', 60_000, 2, ({cancel}) => {
      cancel.abort()
    })
    expect(claims).toEqual([101])
    expect(posts(simulator, '/rerun')).toBe(0)
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
  })

  it('gives a claim up when the rerun is refused', async () => {
    const {claims} = await again({...always('failed'), behaviour: {rerunLimit: 0}}, 60_000)
    expect(claims).toEqual([101, undefined])
  })

  const brokenSetup: Scenario = {
    ...scenarios['dynamic-config'],
    pipeline: {
      setup: {workflow: {name: 'setup', jobs: [{name: 'generate', outcome: 'failed'}]}},
      workflows: []
    }
  }

  /** A workflow that failed while an approval job is on hold, or that only is on hold. */
  const held = (outcome: 'failed' | 'success'): Scenario => ({
    ...scenarios.passing,
    pipeline: {
      workflows: [
        {
          name: 'build-and-test',
          jobs: [
            {name: 'test', outcome},
            {name: 'hold', type: 'approval'},
            {name: 'deploy', requires: ['hold']}
          ]
        }
      ]
    }
  })

  const waitingSetup: Scenario = {
    ...scenarios['dynamic-config'],
    pipeline: {
      setup: {
        workflow: {
          name: 'setup',
          jobs: [
            {name: 'hold', type: 'approval'},
            {name: 'generate', requires: ['hold']}
          ]
        }
      },
      workflows: []
    }
  }
  const notRun: Scenario = {
    ...scenarios.passing,
    pipeline: {workflows: [{name: 'nightly', jobs: [{name: 'test'}], ends: 'not_run'}]}
  }
  const refused = {...listing, kind: 'status', status: 404} as const

  it.each<[string, Scenario | 'passing', readonly Fault[], string]>([
    ['a setup workflow on hold', waitingSetup, [], 'action_required on-hold fails'],
    ['a workflow that did not run', notRun, [], 'skipped not-run fails'],
    ['one that is refused once', 'passing', [{...refused, nth: 1}], 'success - passes'],
    [
      'one that lists nothing once',
      'passing',
      [{...listing, kind: 'rows', change: () => [], nth: 1}],
      'success - passes'
    ],
    [
      'jobs that cannot be read',
      {
        ...scenarios.passing,
        pipeline: {
          workflows: [
            {
              name: 'build-and-test',
              jobs: [
                {name: 'test', outcome: 'failed'},
                {name: 'slow', run: 100}
              ]
            }
          ]
        }
      },
      [{method: 'GET', path: '/workflow/*/job', kind: 'status', status: 403}],
      'failure workflow-failed fails'
    ]
  ])('takes for the pipeline that was found, as it is: %s', async (_, scenario, faults, ends) => {
    const {result, simulator} = await again(
      scenario,
      60_000,
      2,
      undefined,
      {onHold: 'fail'},
      faults
    )
    expect(simulator.pipelines()).toHaveLength(1)
    expect(verdictOf(result)).toBe(ends)
  })

  it('triggers a new one when what was found is refused for a minute, saying which', async () => {
    const {simulator, lines} = await again('passing', 60_000, 2, undefined, {wait: false}, [
      refused
    ])
    expect(simulator.pipelines()).toHaveLength(2)
    expect(lines.find(line => line.startsWith('notice: "on-rerun"'))).toMatch(
      /#101 .* its workflows cannot be read .*404.*http.*101/
    )
  })

  it('takes one that is on hold as it is', async () => {
    const {simulator, result} = await again(held('success'), 60_000, 2, undefined, {onHold: 'fail'})
    expect(simulator.pipelines()).toHaveLength(1)
    expect(verdictOf(result)).toBe('action_required on-hold fails')
  })

  it.each([
    {
      name: 'failing behind a hold',
      scenario: held('failed'),
      ms: 60_000,
      says: /"build-and-test" has failed behind an approval job on hold/
    },
    {name: 'too old', scenario: 'flaky', ms: 91 * 24 * 3600_000, says: /older than 90 days/},
    {name: 'errored', scenario: 'config-error', ms: 60_000, says: /it is errored/},
    {name: 'canceled', scenario: 'canceled', ms: 60_000, says: /"build-and-test" is canceled/},
    {name: 'setup', scenario: brokenSetup, ms: 60_000, says: /setup workflow "setup" is failed/},
    {
      name: 'refused',
      scenario: {...always('failed'), behaviour: {rerunLimit: 0}},
      ms: 60_000,
      says: /CircleCI refused to rerun/
    }
  ] as const)('falls back to a new pipeline, saying why: $name', async ({scenario, ms, says}) => {
    const {simulator, lines, result} = await again(scenario, ms)
    expect(simulator.pipelines()).toHaveLength(2)
    const notice = lines.find(line => line.startsWith('notice: "on-rerun"'))
    expect(notice).toMatch(says)
    expect(notice).toContain(`${simulator.url}/pipelines/github/acme/shop/101`)
    expect(result.triggered).toBe(true)
  })

  describe('of a config that takes parameters', () => {
    const flaky: Scenario = {
      ...scenarios.flaky,
      project: {
        ...scenarios.flaky.project,
        parameters: {
          suite: {type: 'string', default: 'all'},
          'request-id': {type: 'string', default: '', used: true}
        }
      }
    }
    const marked = {suite: 'unit', 'request-id': '{request-id}'}

    /** Two attempts of one GitHub run against one simulator; `between` happens after the first has ended. */
    const attempts = async (
      parameters: Readonly<Record<string, string>>,
      between: (simulator: Simulator) => void = () => undefined,
      runIds: readonly [string, string] = ['4711', '4711']
    ) => {
      let headSha = ''
      const event = (runAttempt: number) =>
        Object.defineProperty(aPush({runAttempt, runId: runIds[runAttempt - 1]}), 'headSha', {
          get: () => headSha
        })
      const clock = fakeClock()
      const simulator = await startSimulator({clock, scenario: flaky})
      const lasting = Object.create(simulator, {
        stop: {value: () => Promise.resolve()}
      }) as Simulator
      const first = await tell(
        () => Promise.resolve(lasting),
        {
          inputs: {...inputs, parameters},
          event: event(1)
        },
        undefined,
        clock
      )
      headSha = String(simulator.pipelines()[0]?.revision)
      between(simulator)
      const second = await tell(
        () => Promise.resolve(simulator),
        {
          inputs: {...inputs, parameters},
          event: event(2)
        },
        undefined,
        clock
      )
      return {first, second, simulator}
    }

    it('reruns the pipeline that holds the id of the attempt before', async () => {
      const {first, second, simulator} = await attempts(marked, it => {
        // A person runs the same thing at the same commit.
        it.startPipeline({
          ref: {branch: 'main'},
          trigger: 'api',
          login: 'developer',
          parameters: {suite: 'unit'}
        })
      })
      expect(verdictOf(first.result)).toBe('failure workflow-failed fails')
      expect(verdictOf(second.result)).toBe('success - passes')
      expect(second.result.pipeline?.number).toBe(101)
      expect(simulator.pipelines()).toHaveLength(2)
    })

    it.each<[string, Readonly<Record<string, string>>, readonly [string, string], RegExp]>([
      [
        'no id was sent',
        {suite: 'unit'},
        ['4711', '4711'],
        /it is not certain that #101 http\S+ belongs to the earlier attempt \(CircleCI does not say which parameters/
      ],
      [
        'the id is of another run',
        marked,
        ['4710', '4711'],
        /your only pipeline .+ was not triggered/
      ]
    ])('triggers a new one when %s', async (_what, parameters, runIds, says) => {
      const {second, simulator} = await attempts(parameters, undefined, runIds)
      expect(second.lines.find(line => line.startsWith('notice: "on-rerun"'))).toMatch(says)
      expect(simulator.pipelines()).toHaveLength(2)
    })
  })

  it('falls back when there is nothing to be found', async () => {
    const {simulator, lines} = await tell(
      {scenario: 'passing'},
      {inputs, event: aPush({runAttempt: 2, headSha: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'})}
    )
    expect(simulator.pipelines()).toHaveLength(1)
    expect(lines.find(line => line.startsWith('notice: "on-rerun"'))).toMatch(
      /you have no pipelines/
    )
  })
})
