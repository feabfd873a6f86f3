import {describe, expect, it} from '@jest/globals'

import {scenarios, startSimulator, type Scenario} from '../../simulator/index.ts'
import {rowsWith} from '../../simulator/listings.ts'
import {tell, verdictOf} from '../support/story.ts'

const approvals = (requests: readonly {path: string}[]): string[] =>
  requests.filter(({path}) => path.includes('/approve/')).map(({path}) => path)

const two: Scenario = {
  ...scenarios['on-hold'],
  pipeline: {
    workflows: [
      {
        name: 'release',
        jobs: [
          {name: 'hold-staging', type: 'approval'},
          {name: 'staging', requires: ['hold-staging']},
          {name: 'hold-production', type: 'approval', requires: ['staging']},
          {name: 'production', requires: ['hold-production']}
        ]
      }
    ]
  }
}

describe('approve', () => {
  it('approves a hold while the workflow still says that it is running', async () => {
    const statuses: string[] = []
    const scenario: Scenario = {
      ...two,
      pipeline: {
        workflows: [
          {
            name: 'release',
            jobs: [
              {name: 'hold-production', type: 'approval'},
              {name: 'deploy', requires: ['hold-production']},
              {name: 'browser-tests', run: 60}
            ]
          }
        ]
      }
    }
    const {result, simulator, lines} = await tell(
      {scenario},
      {
        inputs: {approve: ['hold-*']},
        onPoll: ({rollup}) => {
          statuses.push(rollup.deciding[0]?.status ?? '')
        }
      }
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(approvals(simulator.requests)).toHaveLength(1)
    expect(statuses).not.toContain('on_hold')
    expect(lines).toContain(
      'info: Approved "hold-production" of workflow "release" as "developer".'
    )
  })

  it('approves each matching job once, as it comes on hold', async () => {
    const {result, simulator} = await tell(
      {scenario: two},
      {inputs: {approve: ['hold-staging', 'hold-prod*']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(new Set(approvals(simulator.requests)).size).toBe(2)
    expect(approvals(simulator.requests)).toHaveLength(2)
  })

  it('leaves the others to on-hold, naming them', async () => {
    const {result, simulator} = await tell(
      {scenario: two},
      {inputs: {approve: ['hold-staging'], onHold: 'fail'}}
    )
    expect(verdictOf(result)).toBe('action_required on-hold fails')
    expect(result.verdict?.message).toContain('"hold-production"')
    expect(approvals(simulator.requests)).toHaveLength(1)
  })

  it.each([
    {approve: ['*', '!hold-production'], holds: ['hold-staging']},
    {approve: ['hold-staging', '!nothing'], holds: ['hold-staging']}
  ])('leaves what $approve excludes', async ({approve, holds}) => {
    const {result, lines} = await tell({scenario: two}, {inputs: {approve, onHold: 'fail'}})
    expect(verdictOf(result)).toBe('action_required on-hold fails')
    expect(lines.filter(line => line.startsWith('info: Approved'))).toEqual(
      holds.map(name => `info: Approved "${name}" of workflow "release" as "developer".`)
    )
  })

  it('never approves a name too long to be held against the lines', async () => {
    const scenario: Scenario = {
      ...two,
      pipeline: {
        workflows: [{name: 'release', jobs: [{name: 'h'.repeat(1001), type: 'approval'}]}]
      }
    }
    const {result, simulator} = await tell({scenario}, {inputs: {approve: ['h*'], onHold: 'fail'}})
    expect(verdictOf(result)).toBe('action_required on-hold fails')
    expect(approvals(simulator.requests)).toEqual([])
  })

  it("asks again for a minute when it is refused, then shows CircleCI's words once and goes on waiting", async () => {
    const {result, simulator, lines} = await tell(
      {
        scenario: {
          ...two,
          behaviour: {approvalRefusal: {status: 403, message: 'Permission denied.'}}
        }
      },
      {inputs: {approve: ['*'], timeoutSeconds: 120}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(approvals(simulator.requests)).toHaveLength(7)
    expect(
      lines.filter(line => line.startsWith('warning') && line.includes('Permission denied.'))
    ).toHaveLength(1)
  })

  it('leaves a hold that CircleCI refuses to approve to on-hold', async () => {
    const {result, lines} = await tell(
      {
        scenario: {
          ...two,
          behaviour: {approvalRefusal: {status: 400, message: 'You may not approve this.'}}
        }
      },
      {inputs: {approve: ['hold-staging'], onHold: 'fail'}}
    )
    expect(verdictOf(result)).toBe('action_required on-hold fails')
    expect(result.verdict?.message).toContain('"hold-staging"')
    expect(lines.join('\n')).toContain('You may not approve this')
  })

  it('is fine with a refusal because somebody else was faster', async () => {
    const {result, lines} = await tell(
      {
        scenario: two,
        faults: [
          {
            method: 'POST',
            path: '/api/v2/workflow/*/approve/*',
            kind: 'status',
            status: 400,
            body: '{"message":"Job is not on hold."}',
            processed: true
          }
        ]
      },
      {inputs: {approve: ['*']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(lines.filter(line => line.startsWith('warning'))).toEqual([])
  })

  it('is fine with a hold that somebody else approves first', async () => {
    const scenario: Scenario = {
      ...two,
      pipeline: {
        workflows: [
          {
            name: 'release',
            jobs: [
              {name: 'hold', type: 'approval', approved: {after: 3}},
              {name: 'deploy', requires: ['hold']}
            ]
          }
        ]
      }
    }
    const {result} = await tell({scenario})
    expect(verdictOf(result)).toBe('success - passes')
  })

  it('approves again what is still on hold a minute after its approval was acknowledged', async () => {
    const {result, simulator, lines} = await tell(
      {
        scenario: two,
        faults: [
          {
            method: 'POST',
            path: '/workflow/*/approve/*',
            kind: 'status',
            status: 202,
            body: '',
            nth: 1
          }
        ]
      },
      {inputs: {approve: ['*']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    const [first, second, ...others] = approvals(simulator.requests)
    expect(second).toBe(first)
    expect(others).toHaveLength(1)
    expect(result.finishedAt - result.startedAt).toBeGreaterThan(60_000)
    expect(lines).toContain(
      'info: Approved "hold-staging" of workflow "release" as "developer" again: it was still on hold a minute later.'
    )
  })
})

describe('a hold that was seen a while ago', () => {
  const approvedAfter = (seconds: number): Scenario => ({
    ...two,
    pipeline: {
      workflows: [
        {
          name: 'release',
          jobs: [
            {name: 'hold', type: 'approval', approved: {after: seconds}},
            {name: 'deploy', requires: ['hold'], run: 240, outcome: 'failed'}
          ]
        },
        {name: 'test', jobs: [{name: 'test', run: 90}]}
      ]
    }
  })

  it('counts for nothing once its workflow runs and its jobs cannot be read', async () => {
    const {result} = await tell(
      {
        scenario: approvedAfter(60),
        faults: [
          {
            method: 'GET',
            path: '/workflow/*/job',
            kind: 'status',
            status: 503,
            after: 55,
            lasts: 150
          }
        ]
      },
      {inputs: {onHold: 'succeed'}}
    )
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
  })

  it('is seen under a rate limit that is far from its reset', async () => {
    const {result, lines} = await tell(
      {
        scenario: two,
        faults: [
          {
            method: 'GET',
            path: '/workflow/*/job',
            kind: 'headers',
            headers: {'RateLimit-Remaining': '0', 'RateLimit-Reset': '3000'}
          }
        ]
      },
      {inputs: {approve: ['*']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(lines.join('\n')).not.toContain('Looking for approval jobs fails')
  })
})

describe('on-hold', () => {
  it('tells the log once which job waits for a person, and where', async () => {
    const holds: string[] = []
    await tell(
      {scenario: two},
      {
        inputs: {timeoutSeconds: 300},
        onPoll: ({holdsOf, rollup}) => {
          holds.push(...rollup.deciding.flatMap(({id}) => holdsOf(id)))
        }
      }
    )
    expect(new Set(holds)).toEqual(new Set(['hold-staging']))
  })

  it.each([
    {onHold: 'fail', verdict: 'action_required on-hold fails'},
    {onHold: 'succeed', verdict: 'action_required on-hold passes'}
  ] as const)(
    'finds a hold that is all that is left, though the workflow says that it is running: $onHold',
    async ({onHold, verdict}) => {
      const {result, clock} = await tell(
        {scenario: two},
        {
          inputs: {onHold},
          onPoll: ({rollup}, {simulator}) => {
            for (const {id} of rollup.deciding) simulator.force(id, 'running')
          }
        }
      )
      expect(verdictOf(result)).toBe(verdict)
      expect(result.verdict?.message).toContain('"hold-staging"')
      // Not at first sight: between two jobs a workflow looks like that, too.
      const waited = clock.sleeps.reduce((sum, ms) => sum + ms, 0)
      expect(waited).toBeGreaterThanOrEqual(5_000)
      expect(waited).toBeLessThan(15_000)
    }
  )

  it.each([
    {onHold: 'fail', verdict: 'action_required on-hold fails'},
    {onHold: 'succeed', verdict: 'action_required on-hold passes'}
  ] as const)(
    'finds it in a pipeline of which no poll has seen less: $onHold',
    async ({onHold, verdict}) => {
      const {result} = await tell(
        async clock => {
          const simulator = await startSimulator({clock, scenario: two})
          simulator.startPipeline()
          clock.advance(60_000)
          for (const workflow of simulator.running()) simulator.force(workflow.id, 'running')
          return simulator
        },
        {inputs: {onHold, pipeline: {kind: 'number', number: 101}, timeoutSeconds: 600}}
      )
      expect(verdictOf(result)).toBe(verdict)
    }
  )

  it('does not take for held what runs on after an approval', async () => {
    const scenario: Scenario = {
      ...two,
      pipeline: {
        workflows: [
          {
            name: 'release',
            jobs: [
              {name: 'hold-a', type: 'approval', approved: {after: 3}},
              {name: 'hold-b', type: 'approval', approved: {after: 40}},
              {name: 'deploy', requires: ['hold-a'], run: 20}
            ]
          }
        ]
      }
    }
    // CircleCI may show a job as blocked for a moment after what it requires has succeeded.
    const {result} = await tell(
      {
        scenario,
        faults: [
          {
            method: 'GET',
            path: '/workflow/*/job',
            kind: 'rows',
            change: rowsWith({name: 'deploy'}, {status: 'blocked', started_at: null}),
            lasts: 15
          },
          {
            method: 'GET',
            path: '/pipeline/*/workflow',
            kind: 'rows',
            change: rowsWith({status: 'running'}, {status: 'on_hold'}),
            after: 5,
            lasts: 10
          }
        ]
      },
      {inputs: {onHold: 'fail', pollIntervalSeconds: 7}}
    )
    expect(result.verdict?.message).toContain('"hold-b"')
    expect(verdictOf(result)).toBe('action_required on-hold fails')
    expect(result.finishedAt - result.startedAt).toBeGreaterThan(24_000)
  })

  it('polls rarely while a person thinks, and reads the jobs only once', async () => {
    const {simulator} = await tell({scenario: two}, {inputs: {timeoutSeconds: 600}})
    const jobs = simulator.requests.filter(({path}) => path.endsWith('/job'))
    const polls = simulator.requests.filter(({path}) => path.endsWith('/workflow'))
    expect(jobs.length).toBeLessThanOrEqual(3)
    expect(polls.length).toBeLessThan(100)
  })

  it('fails a failing workflow that only a hold keeps open', async () => {
    const scenario: Scenario = {
      ...two,
      pipeline: {
        workflows: [
          {
            name: 'release',
            jobs: [
              {name: 'test', outcome: 'failed'},
              {name: 'hold', type: 'approval'},
              {name: 'deploy', requires: ['hold']}
            ]
          }
        ]
      }
    }
    const {result, clock} = await tell({scenario})
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
    expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(120_000)
  })
})
