import {describe, expect, it} from '@jest/globals'
import {failureGroups, pickAnnotations, renderFailure} from '../../src/report/failures.ts'
import type {Result} from '../../src/record/result.ts'
import {aJob, aPipeline, aResult, aTail, aTest, aVerdict} from './builders.ts'
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

describe('several pipelines', () => {
  const red = (name: string, number: number, jobs: number, tests: number): Result =>
    aResult({
      name,
      pipeline: aPipeline({number, url: `https://ci.example/${number}`}),
      verdict: aVerdict({...FAILED, message: `${name} failed.`}),
      jobs: range(jobs).map(index => aJob({name: `job ${index}`, status: 'failed'})),
      failedTests: range(tests).map(index => aTest({name: `${name} ${index}`, classname: ''}))
    })
  const step = (pipelines: readonly Result[]): Result =>
    aResult({pipelines, verdict: aVerdict({...FAILED, message: 'Not all passed.'})})
  const titles = (pipelines: readonly Result[], limit?: number): string[] =>
    pickAnnotations(step(pipelines), limit).annotations.map(({title}) => title)
  const green = aResult({name: 'docs', failedTests: [aTest()], jobs: [aJob({status: 'failed'})]})

  it('take turns, those that do not pass first', () => {
    const all = [green, red('api', 1, 1, 2), red('web', 2, 0, 9), red('load', 3, 1, 0)]
    expect(titles(all)).toEqual([
      '[api] Test failed in unit: api 0',
      '[web] Test failed in unit: web 0',
      '[load] Job job 0 of workflow build-test: failed',
      '[api] Test failed in unit: api 1',
      '[web] Test failed in unit: web 1',
      '[api] Job job 0 of workflow build-test: failed',
      ...range(3).map(index => `[web] Test failed in unit: web ${index + 2}`)
    ])
    expect(pickAnnotations(step(all)).rest).toBe(
      'Not annotated: 5 more failed tests and 1 more failed job; GitHub shows 10 errors a step.'
    )
  })

  it('have one each before any has two, however many there are', () => {
    for (const count of [2, 5, 9, 50]) {
      const all = range(count).map(index => red(`p${index}`, index, 3, 3))
      const names = titles(all).map(title => /^\[(\w+)\]/.exec(title)?.[1])
      expect(new Set(names.slice(0, count)).size).toBe(Math.min(count, 9))
    }
  })

  it('warn only of one that passed', () => {
    const {annotations} = pickAnnotations(step([green, red('api', 1, 1, 0)]))
    expect(annotations.map(({level}) => level)).toEqual(['error', 'warning', 'warning'])
  })

  it('have their names before what failed of them in the log', () => {
    const groups = failureGroups(step([red('api', 1, 1, 0), green]))
    expect(groups.map(({title}) => title)).toEqual([
      '[api] ✗ job 0 (build-test): failed',
      '[docs] ✗ build (build-test): failed'
    ])
  })

  it('are named in the error with what failed and where to look, those that passed are not', () => {
    const refused = {
      ...red('load', 3, 0, 0),
      pipeline: undefined,
      verdict: aVerdict({...FAILED, message: 'CircleCI refused\nload.'})
    }
    const all = step([green, red('api', 1, 2, 0), red('web', 2, 0, 1), refused])
    const url = `${aPipeline().url}/workflows/w1/jobs/101`
    expect(renderFailure(all, FAILED).split('\n')).toEqual([
      FAILED.message,
      `[api] Job "job 0" of workflow "build-test": failed ${url}`,
      `[api] Job "job 1" of workflow "build-test": failed ${url}`,
      '[api] Pipeline #1: https://ci.example/1',
      '[web] Pipeline #2: https://ci.example/2',
      '[load] CircleCI refused load.'
    ])
  })

  it('are counted in the error beyond ten, which leaves room for all it says', () => {
    const all = step(range(50).map(index => red(`p${index}`, index, 300, 0)))
    const lines = renderFailure(all, FAILED).split('\n')
    expect(lines).toHaveLength(1 + 10 + 1 + 10 + 1)
    expect(lines[11]).toBe('and 14990 more failed jobs')
    expect(lines.at(-1)).toBe('and 40 more pipelines')
    expect(new Set(lines.slice(1, 11).map(line => line.split(' ')[0])).size).toBe(10)
  })
})
