import {describe, expect, it} from '@jest/globals'
import {pipelineDurationMs, timeJobs, workflowDurationMs} from '../../src/report/timeline.ts'
import type {JobRun, Result} from '../../src/record/result.ts'
import {aJob, aResult, aWorkflow, at, START} from './builders.ts'
import {dynamicConfig, failing, flaky, hostile, onHold} from './scenarios.ts'

function only(
  job: Partial<JobRun>,
  others: readonly JobRun[] = []
): ReturnType<typeof timeJobs>[number] | undefined {
  return timeJobs(aResult({jobs: [aJob(job), ...others]}))[0]
}

describe('the queue time of a job', () => {
  const build = aJob({name: 'build', stoppedAt: at(66)})
  const lint = aJob({name: 'lint', stoppedAt: at(90)})

  it.each([
    ['counts from the creation of its workflow', {name: 'x', startedAt: at(11)}, 10_000],
    [
      'counts from the end of its last dependency',
      {name: 'x', startedAt: at(100), dependencies: ['job-build', 'job-lint']},
      10_000
    ],
    ['is never negative', {name: 'x', startedAt: at(80), dependencies: ['job-lint']}, 0],
    [
      'ignores dependencies nobody knows',
      {name: 'x', startedAt: at(11), dependencies: ['gone']},
      10_000
    ],
    [
      'goes on while it is queued',
      {name: 'x', status: 'queued', startedAt: undefined, stoppedAt: undefined},
      254_000
    ],
    [
      'is unknown while it is blocked',
      {name: 'x', status: 'blocked', startedAt: undefined, stoppedAt: undefined},
      undefined
    ],
    ['is unknown for a time that is none', {name: 'x', startedAt: 'soon'}, undefined],
    ['does not exist for an approval', {name: 'x', type: 'approval', startedAt: at(11)}, undefined]
  ])('%s', (_, job, expected) => {
    expect(only(job, [build, lint])?.queuedMs).toBe(expected)
  })
})

describe('the time a job ran', () => {
  it.each([
    ['ends when it stopped', {startedAt: at(6), stoppedAt: at(66)}, 60_000],
    ['goes on until now', {status: 'running', startedAt: at(6), stoppedAt: undefined}, 249_000],
    [
      'is unknown before it started, whatever the API says',
      {status: 'blocked', startedAt: at(1), stoppedAt: undefined},
      undefined
    ],
    [
      'is the hold of an approval',
      {type: 'approval', status: 'on_hold', startedAt: at(1), stoppedAt: undefined},
      254_000
    ],
    [
      'is none for an approval that is not due',
      {type: 'approval', status: 'blocked', stoppedAt: undefined},
      undefined
    ]
  ])('%s', (_, job, expected) => {
    expect(only(job)?.ranMs).toBe(expected)
  })

  it('belongs to the attempt in which it ran', () => {
    const timings = timeJobs(flaky())
    expect(timings.map(({job, carriedOver}) => [job.attempt, job.name, carriedOver])).toEqual([
      [1, 'build', false],
      [1, 'unit', false],
      [2, 'build', true],
      [2, 'unit', false]
    ])
  })
})

describe('the critical path', () => {
  const path = (result: Result): string[] =>
    timeJobs(result)
      .filter(({critical}) => critical)
      .map(({job}) => `${job.workflow}/${job.name}${job.attempt > 1 ? ` ${job.attempt}` : ''}`)

  it.each([
    [
      'goes through the dependencies that ended last',
      failing(),
      ['build-test/build', 'build-test/e2e']
    ],
    [
      'goes through approvals',
      onHold(),
      [
        'release/build',
        'release/approve-staging',
        'release/deploy-staging',
        'release/approve-production'
      ]
    ],
    [
      'goes through earlier attempts',
      flaky(),
      ['build-test/build', 'build-test/unit', 'build-test/unit 2']
    ],
    [
      'goes through the setup workflow',
      dynamicConfig(),
      ['setup/generate-config', 'web/build', 'web/test']
    ],
    ['is empty without jobs', aResult({jobs: []}), []],
    ['is empty when nothing has started', aResult({jobs: [aJob({status: 'blocked'})]}), []]
  ])('%s', (_, result, expected) => {
    expect(path(result)).toEqual(expected)
  })

  it('ends even when jobs wait for each other', () => {
    const jobs = [
      aJob({name: 'a', dependencies: ['job-b']}),
      aJob({name: 'b', dependencies: ['job-a', 'job-b']})
    ]
    expect(path(aResult({jobs})).sort()).toEqual(['build-test/a', 'build-test/b'])
  })

  it('survives nonsense', () => {
    expect(() => path(hostile())).not.toThrow()
  })
})

describe('pipelineDurationMs', () => {
  it.each([
    ['from creation to the last end', {}, 252_000],
    [
      'to now when one has not ended',
      {workflows: [aWorkflow(), aWorkflow({stoppedAt: undefined})]},
      255_000
    ],
    ['to now without workflows', {workflows: []}, 255_000],
    ['of the step without a pipeline', {pipeline: undefined, workflows: []}, 257_000],
    ['never negative', {finishedAt: START - 5000, workflows: []}, 0]
  ])('%s', (_, overrides, expected) => {
    expect(pipelineDurationMs(aResult(overrides))).toBe(expected)
  })
})

it('tells how long a workflow has taken so far', () => {
  expect(workflowDurationMs(aWorkflow(), START)).toBe(251_000)
  expect(workflowDurationMs(aWorkflow({stoppedAt: undefined}), START + 5000)).toBe(4000)
  expect(workflowDurationMs(aWorkflow({createdAt: 'soon'}), START)).toBeUndefined()
})
