import {describe, expect, it} from '@jest/globals'

import {
  holdsBefore,
  JobLists,
  jobMatcher,
  learnJobs,
  obstacleTo,
  onlyHoldsLeft
} from '../../src/wait/jobs.ts'
import {aJob, aWorkflow} from './builders.ts'

describe('whether only holds are left', () => {
  it.each([
    {jobs: ['hold on_hold'], expected: true},
    {jobs: ['build success', 'hold on_hold build', 'deploy blocked hold'], expected: true},
    {jobs: ['build failed', 'hold on_hold', 'deploy blocked build+hold'], expected: true},
    {jobs: ['hold on_hold', 'test running'], expected: false},
    {jobs: ['hold on_hold', 'test queued'], expected: false},
    {jobs: ['hold on_hold', 'test not_running'], expected: false},
    {jobs: ['hold on_hold', 'test unheard-of'], expected: false},
    {jobs: ['build success', 'hold success', 'deploy blocked hold'], expected: false},
    {jobs: ['build running'], expected: false},
    {
      name: 'a blocked job whose dependencies have succeeded is about to run',
      jobs: ['hold-a success', 'hold-b on_hold', 'deploy blocked hold-a'],
      expected: false
    },
    {
      name: 'one of its dependencies is held',
      jobs: ['hold-a success', 'hold-b on_hold', 'deploy blocked hold-a+hold-b'],
      expected: true
    },
    {
      name: 'a dependency that is not listed has not succeeded',
      jobs: ['hold on_hold', 'deploy blocked gone'],
      expected: true
    },
    {
      name: 'what a blocked job without dependencies waits for cannot be seen',
      jobs: ['hold on_hold', 'deploy blocked'],
      expected: true
    }
  ])('$name $jobs: $expected', ({jobs, expected}) => {
    expect(onlyHoldsLeft(jobs.map(text => aJob(text)))).toBe(expected)
  })

  it.each([
    {end: 'failed', expected: false},
    {end: 'success', expected: true}
  ])('a job that requires a failure after $end', ({end, expected}) => {
    const jobs = [
      aJob(`build ${end}`),
      aJob('hold on_hold'),
      aJob('notify blocked build', {requires: {build: ['failed', 'canceled']}})
    ]
    expect(onlyHoldsLeft(jobs)).toBe(expected)
  })
})

describe('the jobs known after a listing', () => {
  it.each([
    {name: 'new', known: [], listed: ['a running'], expected: ['a running']},
    {
      name: 'missing',
      known: ['a running', 'b running'],
      listed: ['b success'],
      expected: ['a running', 'b success']
    },
    {name: 'ended', known: ['a success'], listed: ['a running'], expected: ['a success']},
    {
      name: 'twice',
      known: [],
      listed: ['a success', 'a running', 'a success'],
      expected: ['a running']
    },
    {
      name: 'twice on hold',
      known: [],
      listed: ['hold success', 'hold on_hold'],
      expected: ['hold on_hold']
    }
  ])('$name: $listed after $known', ({known, listed, expected}) => {
    const jobs = learnJobs(
      known.map(text => aJob(text)),
      listed.map(text => aJob(text))
    )
    expect(jobs.map(({name, status}) => `${name} ${status}`)).toEqual(expected)
  })
})

describe('the input jobs', () => {
  it.each([
    {lines: ['e2e'], job: aJob('e2e running'), decides: true},
    {lines: ['e2e'], job: aJob('e2e-slow running'), decides: false},
    {lines: ['e2e*'], job: aJob('e2e-slow running'), decides: true},
    {lines: ['e2e*', '!*-slow'], job: aJob('e2e-slow running'), decides: false},
    {lines: ['!e2e*'], job: aJob('deploy running'), decides: true},
    {lines: ['!e2e*'], job: aJob('e2e-slow running'), decides: false},
    {lines: ['release'], job: aJob('release running', {type: 'release'}), decides: true},
    {lines: ['rel*'], job: aJob('release running', {type: 'release'}), decides: false},
    {lines: ['!e2e'], job: aJob('release running', {type: 'release'}), decides: false},
    {lines: ['hold'], job: aJob('hold on_hold'), decides: false},
    {lines: ['*'], job: aJob('hold on_hold'), decides: false},
    {lines: ['!e2e'], job: aJob('hold on_hold'), decides: false},
    {lines: ['e2e*'], job: aJob(`x${'x'.repeat(1000)} running`), decides: true}
  ])('$lines and $job.type "$job.name": $decides', ({lines, job, decides}) => {
    expect(jobMatcher(lines)?.decides(job)).toBe(decides)
  })

  it('tells which lines match none, approvals and kinds that are not meant by a glob left aside', () => {
    const jobs = [aJob('e2e running'), aJob('hold on_hold'), aJob('ship queued', {type: 'release'})]
    expect(jobMatcher(['e*', 'hold', 's*', 'ship', '!x'])?.unmatched(jobs)).toEqual(['hold', 's*'])
  })

  it('is none when it is empty', () => {
    expect(jobMatcher([])).toBeUndefined()
  })
})

describe('what a job waits for', () => {
  it.each([
    {jobs: ['hold on_hold', 'deploy blocked hold', 'test running'], expected: ['hold']},
    {jobs: ['hold on_hold', 'a blocked hold', 'deploy blocked a'], expected: ['hold']},
    {jobs: ['test running', 'hold on_hold', 'deploy blocked hold+test'], expected: undefined},
    {jobs: ['test success', 'hold on_hold', 'deploy blocked hold+test'], expected: ['hold']},
    {jobs: ['test failed', 'hold on_hold', 'deploy blocked hold+test'], expected: undefined},
    {jobs: ['test running', 'hold blocked test', 'deploy blocked hold'], expected: undefined},
    {jobs: ['hold on_hold', 'deploy running hold'], expected: undefined},
    {jobs: ['hold on_hold', 'deploy blocked'], expected: undefined}
  ])('$jobs: $expected', ({jobs, expected}) => {
    const all = jobs.map(text => aJob(text))
    const deploy = all.find(({name}) => name === 'deploy') ?? aJob('')
    expect(holdsBefore(all, deploy)?.map(({name}) => name)).toEqual(expected)
  })

  it.each([
    {jobs: ['test failed', 'hold blocked test'], expected: 'test'},
    {jobs: ['test canceled', 'a blocked test', 'hold blocked a'], expected: 'test'},
    {jobs: ['test failed', 'a not_run test', 'hold not_run a'], expected: 'test'},
    {jobs: ['a not_run b', 'b not_run a', 'hold blocked a'], expected: 'b'},
    {jobs: ['test running', 'hold blocked test'], expected: undefined},
    {jobs: ['x failed', 'test success x', 'hold blocked test'], expected: undefined}
  ])('$jobs: never to come after $expected', ({jobs, expected}) => {
    const all = jobs.map(text => aJob(text))
    expect(obstacleTo(all, all.at(-1) ?? aJob(''))?.name).toBe(expected)
  })
})

describe('whether the jobs of a workflow are as they will stay', () => {
  it.each([
    {status: 'running', jobs: ['a success'], stoppedForMs: 0, expected: false},
    {status: 'success', jobs: ['a success'], stoppedForMs: 0, expected: true},
    {status: 'success', jobs: ['a running'], stoppedForMs: 9_999, expected: false},
    {status: 'success', jobs: ['a running'], stoppedForMs: 10_000, expected: true},
    {status: 'failed', jobs: ['a failed', 'b blocked'], stoppedForMs: 0, expected: true}
  ])('$status with $jobs', async ({status, jobs, stoppedForMs, expected}) => {
    const circleci = {jobs: () => Promise.resolve(jobs.map(text => aJob(text)))}
    const lists = new JobLists(circleci, () => stoppedForMs)
    const attempt = {...aWorkflow({status}), attempt: 1, latest: true, deciding: true}
    expect(lists.isFinal(attempt)).toBe(false)
    await lists.read(attempt, {})
    expect(lists.isFinal(attempt)).toBe(expected)
  })

  it('is not known of one that was read before it ended', async () => {
    const circleci = {jobs: () => Promise.resolve([aJob('a success')])}
    const lists = new JobLists(circleci, () => 60_000)
    const attempt = {...aWorkflow({status: 'running'}), attempt: 1, latest: true, deciding: true}
    await lists.read(attempt, {})
    expect(lists.isFinal({...attempt, status: 'success'})).toBe(false)
  })
})
