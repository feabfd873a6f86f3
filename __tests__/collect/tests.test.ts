import {describe, expect, it} from '@jest/globals'

import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {FlakyTest, TestResult} from '../../src/circleci/model.ts'
import {collectFailedTests} from '../../src/collect/tests.ts'
import {aJob, aTest, contextWith, pagesOf} from './builders.ts'

const workspace = {
  repository: 'shop',
  fileExists: (path: string) => Promise.resolve(path === 'src/cart.test.ts')
}

function contextOf(pages: readonly (readonly TestResult[])[], flaky: readonly FlakyTest[] = []) {
  let flakyAsked = 0
  const context = contextWith({
    tests: () => pagesOf(pages),
    flakyTests: () => {
      flakyAsked += 1
      return Promise.resolve(flaky)
    }
  })
  return {context, flakyAsked: () => flakyAsked}
}

const aFlake = (overrides: Partial<FlakyTest> = {}): FlakyTest => ({
  testName: 'adds items',
  classname: 'cart',
  file: undefined,
  jobName: 'test',
  ...overrides
})

describe('collectFailedTests', () => {
  it('collects the failures of all pages with file and line', async () => {
    const {context, flakyAsked} = contextOf([
      [
        aTest({name: 'ok', result: 'success'}),
        aTest({message: 'at /root/project/src/cart.test.ts:12:5'})
      ],
      [
        aTest({name: 'skipped', result: 'skipped'}),
        aTest({name: 'b', file: undefined, message: undefined})
      ]
    ])
    expect(await collectFailedTests([aJob()], workspace, context)).toEqual({
      failedTests: [
        {
          workflow: 'build',
          job: 'test',
          jobNumber: 11,
          name: 'adds items',
          classname: 'cart',
          file: 'src/cart.test.ts',
          line: 12,
          message: 'at /root/project/src/cart.test.ts:12:5',
          flaky: false,
          inRepository: true
        },
        {
          workflow: 'build',
          job: 'test',
          jobNumber: 11,
          name: 'b',
          classname: 'cart',
          file: undefined,
          line: undefined,
          message: '',
          flaky: false,
          inRepository: false
        }
      ],
      omissions: []
    })
    expect(flakyAsked()).toBe(1)
  })

  it.each(['failure', 'error', 'failed', 'timeout', '', 'SUCCESS?'])(
    'takes the result %j for a failure',
    async result => {
      const {context} = contextOf([[aTest({result})]])
      expect((await collectFailedTests([aJob()], workspace, context)).failedTests).toHaveLength(1)
    }
  )

  it('asks only failed build jobs of the latest attempt, and Insights not at all without failures', async () => {
    const {context, flakyAsked} = contextOf([[aTest({result: 'success'})]])
    const jobs = [
      aJob({status: 'success'}),
      aJob({status: 'canceled'}),
      aJob({type: 'approval'}),
      aJob({latest: false}),
      aJob({number: undefined})
    ]
    const none = contextWith({})
    expect((await collectFailedTests(jobs, workspace, none)).omissions).toEqual([])
    await collectFailedTests([aJob()], workspace, context)
    expect(flakyAsked()).toBe(0)
  })

  it.each([
    {name: 'same name and class', flake: {}, flaky: true},
    {name: 'same test in another job', flake: {jobName: 'other'}, flaky: true},
    {name: 'another class', flake: {classname: 'basket'}, flaky: false},
    {name: 'another name', flake: {testName: 'removes items'}, flaky: false},
    {name: 'no class known, same job', flake: {classname: undefined}, flaky: true},
    {name: 'no class known, another job', flake: {classname: '', jobName: 'other'}, flaky: false}
  ])('marks flaky tests: $name', async ({flake, flaky}) => {
    const {context} = contextOf([[aTest()]], [aFlake(flake)])
    expect((await collectFailedTests([aJob()], workspace, context)).failedTests).toMatchObject([
      {flaky}
    ])
  })

  it('stays silent, at debug, when Insights fails', async () => {
    const context = contextWith({
      tests: () => pagesOf([[aTest()]]),
      flakyTests: () => Promise.reject(new RefusedError('GET /insights', 403, 'Permission denied.'))
    })
    const {failedTests, omissions} = await collectFailedTests([aJob()], workspace, context)
    expect(failedTests).toMatchObject([{flaky: false}])
    expect(omissions).toEqual([])
    expect(context.log.lines).toEqual([
      'debug: Flaky tests are not known: GET /insights was answered 403: Permission denied.'
    ])
  })

  it('keeps the pages before one that fails, says so, and goes on with the next job', async () => {
    const context = contextWith({
      tests: (_slug, number) =>
        pagesOf([
          [aTest({name: `of ${number}`})],
          number === 1
            ? new UnavailableError('GET /tests', 'was answered 503', {processed: 'unknown'})
            : []
        ]),
      flakyTests: () => Promise.resolve([])
    })
    const jobs = [aJob({name: 'a', number: 1}), aJob({name: 'b', number: 2})]
    const {failedTests, omissions} = await collectFailedTests(jobs, workspace, context)
    expect(failedTests.map(({name}) => name)).toEqual(['of 1', 'of 2'])
    expect(omissions).toEqual([
      'The test report of job "a" could not be read: GET /tests was answered 503.'
    ])
    expect(context.log.of('warning')).toHaveLength(1)
  })

  it('looks each path up once, and takes a look-up that fails for no', async () => {
    const looked: string[] = []
    const {context} = contextOf([[aTest(), aTest(), aTest({file: 'src/broken.ts'})]])
    const {failedTests} = await collectFailedTests(
      [aJob()],
      {
        repository: 'shop',
        fileExists: path => {
          looked.push(path)
          return path === 'src/broken.ts' ? Promise.reject(new Error('EIO')) : Promise.resolve(true)
        }
      },
      context
    )
    expect(looked).toEqual(['src/cart.test.ts', 'src/broken.ts'])
    expect(failedTests.map(({inRepository}) => inRepository)).toEqual([true, true, false])
  })

  it('looks for so many files a test, and so many in all', async () => {
    const message = (prefix: string): string =>
      Array.from({length: 50}, (_, index) => `at /a/b/c/d/e/${prefix}/${index}/x.ts:1`).join('\n')
    const tests = Array.from({length: 60}, (_, index) =>
      aTest({file: undefined, classname: '', message: message(`f${index}`)})
    )
    const looked = new Set<string>()
    const fileExists = (path: string): Promise<boolean> => {
      looked.add(path)
      return Promise.resolve(false)
    }
    const located = async (some: typeof tests): Promise<number> => {
      looked.clear()
      const {context} = contextOf([some])
      await collectFailedTests([aJob()], {repository: 'shop', fileExists}, context)
      return looked.size
    }
    expect(await located(tests.slice(0, 1))).toBe(200)
    expect(await located(tests)).toBe(10_000)
  })

  it('stops locating at a signal', async () => {
    const abort = new AbortController()
    let looked = 0
    const fileExists = (): Promise<boolean> => {
      looked += 1
      abort.abort()
      return Promise.resolve(true)
    }
    const {context} = contextOf([[aTest(), aTest({file: 'src/other.ts'})]])
    await expect(
      collectFailedTests(
        [aJob()],
        {repository: 'shop', fileExists},
        {...context, signal: abort.signal}
      )
    ).rejects.toThrow(AbortedError)
    expect(looked).toBe(1)
  })

  it('passes an abort on, also from Insights', async () => {
    const aborted = new AbortedError('GET')
    await expect(
      collectFailedTests([aJob()], workspace, contextWith({tests: () => pagesOf([aborted])}))
    ).rejects.toThrow(AbortedError)
    await expect(
      collectFailedTests(
        [aJob()],
        workspace,
        contextWith({
          tests: () => pagesOf([[aTest()]]),
          flakyTests: () => Promise.reject(aborted)
        })
      )
    ).rejects.toThrow(AbortedError)
  })
})
