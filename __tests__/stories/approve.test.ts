import {describe, expect, it} from '@jest/globals'

import {scenarios, type JobSpec, type Scenario, type WorkflowSpec} from '../../simulator/index.ts'
import {resultOutputs} from '../../src/report/outputs.ts'
import {tell, verdictOf, type StoryOptions} from '../support/story.ts'

const release = (...jobs: readonly JobSpec[]): WorkflowSpec => ({name: 'release', jobs})
const scenario = (...workflows: readonly WorkflowSpec[]): Scenario => ({
  ...scenarios['on-hold'],
  pipeline: {workflows}
})

const test: JobSpec = {name: 'test', run: 30}
const hold: JobSpec = {name: 'hold', type: 'approval', requires: ['test']}
const deploy: JobSpec = {name: 'deploy', requires: ['hold'], run: 900}

const approving = (
  inputs: StoryOptions['inputs'],
  more: Omit<StoryOptions, 'inputs'> = {}
): StoryOptions => ({...more, inputs: {wait: false, approve: ['hold'], ...inputs}})
const seconds = ({startedAt, finishedAt}: {startedAt: number; finishedAt: number}): number =>
  (finishedAt - startedAt) / 1000

describe('approve without wait', () => {
  it('ends when everything it lists is approved, and lets the pipeline go on', async () => {
    const {result, simulator, lines} = await tell(
      {scenario: scenario(release(test, hold, deploy))},
      approving({})
    )
    expect(verdictOf(result)).toBe('none')
    expect(seconds(result)).toBeGreaterThan(30)
    expect(seconds(result)).toBeLessThan(60)
    expect(simulator.running().map(({name}) => name)).toEqual(['release'])
    expect(lines.filter(line => line.includes('Approved'))).toEqual([
      'info: Approved "hold" of workflow "release" as "developer".',
      'info: Approved: "hold" of workflow "release".'
    ])
    const {outputs} = resultOutputs(result, undefined)
    expect(outputs.conclusion).toBeUndefined()
    expect(JSON.parse(outputs.jobs ?? '')).toEqual(
      expect.arrayContaining([expect.objectContaining({name: 'hold', status: 'success'})])
    )
  })

  it('waits for each of several, in all workflows that decide', async () => {
    const {result, simulator} = await tell(
      {
        scenario: scenario(
          release(
            test,
            hold,
            {...deploy, run: 20},
            {...hold, name: 'hold-2', requires: ['deploy']}
          ),
          {
            name: 'docs',
            jobs: [
              {...test, run: 100},
              {...hold, name: 'hold-docs'}
            ]
          }
        )
      },
      approving({approve: ['hold*']})
    )
    expect(verdictOf(result)).toBe('none')
    expect(simulator.requests.filter(({path}) => path.includes('/approve/'))).toHaveLength(3)
    expect(seconds(result)).toBeGreaterThan(100)
  })

  it('takes what somebody else approved', async () => {
    const {result} = await tell(
      {
        scenario: {
          ...scenario(release(test, {...hold, approved: {after: 20}}, deploy)),
          behaviour: {approvalRefusal: {status: 403, message: 'Permission denied.'}}
        }
      },
      approving({})
    )
    expect(verdictOf(result)).toBe('none')
  })

  it('ends at once for what was approved long ago', async () => {
    const {result} = await tell(
      async clock => {
        const {startSimulator} = await import('../../simulator/index.ts')
        const simulator = await startSimulator({
          clock,
          scenario: scenario(release({...hold, requires: [], approved: {after: 1}}, deploy))
        })
        simulator.startPipeline()
        clock.advance(60_000)
        return simulator
      },
      approving({pipeline: {kind: 'number', number: 101}})
    )
    expect(verdictOf(result)).toBe('none')
    expect(seconds(result)).toBeLessThan(15)
  })

  it.each([
    {
      name: 'what it requires failed, while the rest runs',
      workflow: release({...test, outcome: 'failed'}, hold, {name: 'docs', run: 600}),
      verdict: 'failure workflow-failed fails',
      says: 'Approval job "hold" of workflow "release" can no longer be approved: "test", which has to end before it, is failed.'
    },
    {
      name: 'its workflow failed',
      workflow: release({...test, outcome: 'failed'}, hold),
      verdict: 'failure workflow-failed fails',
      says: 'can no longer be approved'
    },
    {
      name: 'what it requires may not run',
      workflow: release({...test, outcome: 'unauthorized'}, hold, {name: 'docs', run: 600}),
      verdict: 'failure unauthorized fails',
      says: 'is unauthorized.'
    },
    {
      name: 'there is none of that name',
      workflow: release({name: 'other', type: 'approval', approved: {after: 5}}),
      verdict: 'failure input fails',
      says: 'Input "approve": "hold" matches no approval job of this pipeline, which has succeeded. Its approval jobs are "other".'
    },
    {
      name: 'there is none at all',
      workflow: release(test),
      verdict: 'failure input fails',
      says: 'It has no approval jobs.'
    }
  ])('fails at once when $name', async ({workflow, verdict, says}) => {
    const {result, simulator} = await tell({scenario: scenario(workflow)}, approving({}))
    expect(verdictOf(result)).toBe(verdict)
    expect(result.verdict?.message).toContain(says)
    expect(seconds(result)).toBeLessThan(150)
    expect(simulator.requests.filter(({path}) => path.endsWith('/cancel'))).toEqual([])
  })

  it('says that the workflow was canceled', async () => {
    const {result} = await tell(
      {scenario: scenario(release(test, hold))},
      approving(
        {},
        {
          onPoll: ({rollup}, {simulator}) => {
            for (const {id} of rollup.deciding) simulator.force(id, 'canceled')
          }
        }
      )
    )
    expect(verdictOf(result)).toBe('cancelled canceled fails')
  })

  it('says that the pipeline could not run', async () => {
    const {result} = await tell({scenario: scenarios['config-errors']}, approving({}))
    expect(verdictOf(result)).toBe('failure config-error fails')
    expect(result.verdict?.message).toContain('Not approved: "hold".')
  })

  it('waits for the automatic rerun of what failed', async () => {
    const {result} = await tell(
      {
        scenario: scenario({
          ...release({...test, outcome: 'failed', attempts: [{outcome: 'success'}]}, hold, deploy),
          maxAutoReruns: 1,
          autoRerunDelay: 20
        })
      },
      approving({})
    )
    expect(verdictOf(result)).toBe('none')
  })

  it('is bound by the timeout, which leaves the pipeline and names what waits', async () => {
    const {result, simulator, lines} = await tell(
      {scenario: scenario(release(test, {...hold, name: 'hold-production'}))},
      approving({timeoutSeconds: 120})
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    const gap =
      'Input "approve": "hold" matches no approval job of this pipeline so far. Its approval jobs are "hold-production".'
    expect(result.verdict?.message).toContain(
      `Not everything that "approve" lists was approved within 2m 00s. Not finished: "release" (on hold: "hold-production"). ${gap}`
    )
    expect(lines.filter(line => line === `warning: ${gap}`)).toHaveLength(1)
    expect(simulator.requests.filter(({path}) => path.endsWith('/cancel'))).toEqual([])
  })

  it('does not approve in a dry run', async () => {
    const {simulator} = await tell(
      {scenario: scenario(release(test, hold))},
      approving({dryRun: true})
    )
    expect(simulator.requests.filter(({method}) => method === 'POST')).toEqual([])
  })
})

describe('a line of approve that matches no approval job', () => {
  it('is told when the workflow has ended', async () => {
    const {result, lines} = await tell(
      {scenario: scenario(release(test))},
      {inputs: {approve: ['hold, hold-2']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(lines).toContain(
      'warning: Input "approve": "hold, hold-2" matches no approval job of this pipeline so far. It has no approval jobs. Names go one a line, without commas.'
    )
  })

  it('is not told while another workflow may still have it', async () => {
    const {result, lines} = await tell(
      {
        scenario: scenario(release(test), {
          name: 'docs',
          jobs: [{...test, run: 60}, hold]
        })
      },
      {inputs: {approve: ['hold']}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(lines.filter(line => line.startsWith('warning'))).toEqual([])
  })
})
