import {describe, expect, it} from '@jest/globals'
import {failureGroups, pickAnnotations} from '../../src/report/failures.ts'
import {aJob, aResult, aTail, aTest, aVerdict} from './builders.ts'
import {failing, huge, range} from './scenarios.ts'

const FAILED = aVerdict({conclusion: 'failure', passes: false})

describe('pickAnnotations', () => {
  it('takes tests with a file first, then other tests, then jobs', () => {
    const {annotations, rest} = pickAnnotations(failing())
    expect(annotations.map(({title, file, line}) => [title, file, line])).toEqual([
      [
        'Test failed in unit: cart/totals › adds the tax to every line',
        'src/cart/totals.test.ts',
        42
      ],
      [
        'Test failed in unit: cart/session › keeps the cart when a session expires',
        'src/cart/session.test.ts',
        17
      ],
      ['Flaky test failed in e2e: checkout › pays with a saved card', undefined, undefined],
      ['Job unit of workflow build-test: failed', undefined, undefined],
      ['Job e2e of workflow build-test: failed', undefined, undefined]
    ])
    expect(rest).toBeUndefined()
  })

  it('moves tests with a file in the workspace before the others', () => {
    const failedTests = [
      aTest({name: 'a', inRepository: false}),
      aTest({name: 'b'}),
      aTest({name: 'c', inRepository: false})
    ]
    const {annotations} = pickAnnotations(aResult({verdict: FAILED, failedTests}))
    expect(annotations.map(({title}) => title.at(-1))).toEqual(['b', 'a', 'c'])
  })

  it('leaves one of ten errors to the verdict and counts the rest', () => {
    const {annotations, rest} = pickAnnotations(huge())
    expect(annotations).toHaveLength(9)
    expect(rest).toBe(
      'Not annotated: 891 more failed tests and 20 more failed jobs; GitHub shows 10 errors a step.'
    )
  })

  it.each([
    [2, 1, 2, 'Not annotated: 1 more failed job; GitHub shows 10 errors a step.'],
    [1, 3, 2, 'Not annotated: 2 more failed jobs; GitHub shows 10 errors a step.'],
    [
      1,
      1,
      0,
      'Not annotated: 1 more failed test and 1 more failed job; GitHub shows 10 errors a step.'
    ],
    [1, 1, 2, undefined]
  ])('of %d tests and %d jobs with room for %d says: %s', (tests, jobs, limit, rest) => {
    const result = aResult({
      verdict: FAILED,
      failedTests: range(tests).map(() => aTest()),
      jobs: range(jobs).map(() => aJob({status: 'failed'}))
    })
    expect(pickAnnotations(result, limit).rest).toBe(rest)
  })

  it('names the class once', () => {
    const failedTests = [aTest({classname: 'Cart', name: 'Cart adds the tax'})]
    const [annotation] = pickAnnotations(aResult({verdict: FAILED, failedTests})).annotations
    expect(annotation?.title).toBe('Test failed in unit: Cart adds the tax')
  })

  it('says how a job failed, with the end of its log', () => {
    const [annotation] = pickAnnotations(
      aResult({
        verdict: FAILED,
        jobs: [aJob({name: 'unit', number: 103, status: 'failed', url: 'https://a.example/103'})],
        logTails: [aTail({lines: range(20).map(index => `line ${index}`)})]
      })
    ).annotations
    expect(annotation?.message.split('\n')).toEqual([
      'Step "Run unit tests" failed with exit code 1.',
      ...range(12).map(index => `line ${index + 8}`),
      'https://a.example/103'
    ])
  })

  it('says something of a job and a test that say nothing', () => {
    const {annotations} = pickAnnotations(
      aResult({
        verdict: FAILED,
        failedTests: [aTest({message: ' ', classname: '', name: 'adds'})],
        jobs: [aJob({status: 'timedout', url: undefined})]
      })
    )
    expect(annotations.map(({message}) => message)).toEqual([
      'adds failed without a message.',
      'Job "build" ended: timed out.'
    ])
  })

  it('warns only when the verdict passes all the same', () => {
    const {annotations} = pickAnnotations(aResult({failedTests: [aTest()]}))
    expect(annotations.map(({level}) => level)).toEqual(['warning'])
  })

  it('says nothing of earlier attempts and of jobs that were cancelled', () => {
    const jobs = [aJob({status: 'failed', latest: false}), aJob({status: 'canceled'})]
    expect(pickAnnotations(aResult({verdict: FAILED, jobs}))).toEqual({
      annotations: [],
      rest: undefined
    })
  })
})

describe('failureGroups', () => {
  it('has one group a failed job, with its tests and logs', () => {
    const [unit, e2e] = failureGroups(failing())
    expect(unit?.title).toBe('✗ unit (build-test): failed')
    expect(unit?.lines.slice(0, 7)).toEqual([
      'https://app.circleci.com/pipelines/github/acme/shop/4217/workflows/w1/jobs/103',
      '✗ adds the tax to every line (src/cart/totals.test.ts:42)',
      '✗ keeps the cart when a session expires (src/cart/session.test.ts:17)',
      '',
      '── Run unit tests exited with code 1',
      '$ npm test',
      '(earlier lines left out)'
    ])
    expect(e2e?.lines).toContain(
      '✗ checkout › pays with a saved card (e2e/checkout.spec.ts), known to be flaky'
    )
    expect(e2e?.lines).toContain('── Playwright (parallel run 2) exited with code 1')
  })

  it('counts the tests beyond fifty', () => {
    const [group] = failureGroups(
      aResult({
        jobs: [aJob({number: 103, status: 'failed', url: undefined})],
        failedTests: range(53).map(index => aTest({name: `test ${index}`}))
      })
    )
    expect(group?.lines).toHaveLength(51)
    expect(group?.lines.at(-1)).toBe('✗ and 3 more failed tests')
  })

  it('has none for jobs of which nothing is known', () => {
    expect(failureGroups(aResult({jobs: [aJob({status: 'failed', url: undefined})]}))).toEqual([])
  })
})
