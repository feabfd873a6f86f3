import {describe, expect, it} from '@jest/globals'

import type {Job} from '../../src/circleci/model.ts'
import {learnJobs, onlyHeld} from '../../src/wait/jobs.ts'

/** A job as `name status dependency+dependency`; one that is called `hold…` is an approval. */
function job(text: string, requires?: Job['requires']): Job {
  const [name = '', status = '', dependencies = ''] = text.split(' ')
  return {
    id: name,
    name,
    type: name.startsWith('hold') ? 'approval' : 'build',
    status,
    number: undefined,
    startedAt: undefined,
    stoppedAt: undefined,
    dependencies: dependencies === '' ? [] : dependencies.split('+'),
    requires,
    approvalRequestId: undefined
  }
}

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
    expect(onlyHeld(jobs.map(text => job(text)))).toBe(expected)
  })

  it.each([
    {end: 'failed', expected: false},
    {end: 'success', expected: true}
  ])('a job that requires a failure after $end', ({end, expected}) => {
    const jobs = [
      job(`build ${end}`),
      job('hold on_hold'),
      job('notify blocked build', {build: ['failed', 'canceled']})
    ]
    expect(onlyHeld(jobs)).toBe(expected)
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
      known.map(text => job(text)),
      listed.map(text => job(text))
    )
    expect(jobs.map(({name, status}) => `${name} ${status}`)).toEqual(expected)
  })
})
