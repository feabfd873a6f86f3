import {describe, expect, it} from '@jest/globals'

import {AbortedError, RefusedError} from '../../src/circleci/faults.ts'
import {collectHistory, percentile, summarizeRuns} from '../../src/wait/history.ts'
import {aRun, contextWith} from '../collect/builders.ts'

describe('percentile', () => {
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  it.each([
    {values: [7], share: 0.5, expected: 7},
    {values: [7], share: 0.95, expected: 7},
    {values: [1, 2], share: 0.5, expected: 1},
    {values: [1, 2, 3], share: 0.5, expected: 2},
    {values: ten, share: 0.5, expected: 5},
    {values: ten, share: 0.95, expected: 10},
    {values: ten, share: 0.9, expected: 9},
    {values: ten, share: 0, expected: 1},
    {values: ten, share: 1, expected: 10}
  ])('is $expected for $share of $values', ({values, share, expected}) => {
    expect(percentile(values, share)).toBe(expected)
  })
})

describe('summarizeRuns', () => {
  it('counts finished runs with a duration only, in ascending order', () => {
    const runs = [
      aRun({duration: 300}),
      aRun({duration: 100, status: 'failed'}),
      aRun({duration: 5, status: 'canceled'}),
      aRun({duration: 6, status: 'error'}),
      aRun({duration: 7, status: undefined}),
      aRun({duration: undefined}),
      aRun({duration: Number.NaN}),
      aRun({duration: -1}),
      aRun({duration: 200}),
      aRun({duration: 0})
    ]
    expect(summarizeRuns('build', 'main', runs)).toEqual({
      workflow: 'build',
      branch: 'main',
      runs: 4,
      durations: [0, 100, 200, 300],
      medianSeconds: 100,
      p95Seconds: 300,
      successRate: 0.75
    })
  })

  it('tells nothing from nothing', () => {
    expect(summarizeRuns('build', undefined, [aRun({status: 'canceled'})])).toBeUndefined()
  })
})

describe('collectHistory', () => {
  const runsOf = (own: number, all: number) => {
    const asked: (string | undefined)[] = []
    const context = contextWith({
      workflowRuns: (_slug, _name, branch) => {
        asked.push(branch)
        return Promise.resolve(Array.from({length: branch === undefined ? all : own}, () => aRun()))
      }
    })
    return {asked, context}
  }

  it.each([
    {
      name: 'the branch when it has enough runs',
      own: 3,
      all: 9,
      branch: 'main',
      runs: 3,
      asked: ['main']
    },
    {
      name: 'all branches when it has too few',
      own: 2,
      all: 9,
      branch: undefined,
      runs: 9,
      asked: ['main', undefined]
    },
    {
      name: 'the few of the branch when there are no others',
      own: 2,
      all: 0,
      branch: 'main',
      runs: 2,
      asked: ['main', undefined]
    }
  ])('takes $name', async ({own, all, branch, runs, asked}) => {
    const made = runsOf(own, all)
    expect(await collectHistory('build', 'main', made.context)).toMatchObject({branch, runs})
    expect(made.asked).toEqual(asked)
  })

  it('asks once when no branch is given', async () => {
    const made = runsOf(0, 1)
    expect(await collectHistory('build', undefined, made.context)).toMatchObject({runs: 1})
    expect(made.asked).toEqual([undefined])
  })

  it('is undefined, with a word at debug only, when Insights refuses', async () => {
    const context = contextWith({
      workflowRuns: () =>
        Promise.reject(new RefusedError('GET /insights', 404, 'Project not found'))
    })
    expect(await collectHistory('build', 'main', context)).toBeUndefined()
    expect(context.log.lines).toEqual([
      'debug: No history of workflow "build": GET /insights was answered 404: Project not found'
    ])
  })

  it('keeps the runs of the branch when only the second request fails', async () => {
    const context = contextWith({
      workflowRuns: (_slug, _name, branch) =>
        branch === undefined ? Promise.reject(new Error('gone')) : Promise.resolve([aRun()])
    })
    expect(await collectHistory('build', 'main', context)).toMatchObject({branch: 'main', runs: 1})
  })

  it('passes an abort on', async () => {
    const context = contextWith({
      workflowRuns: () => Promise.reject(new AbortedError('GET /insights'))
    })
    await expect(collectHistory('build', 'main', context)).rejects.toThrow(AbortedError)
  })
})
