import {describe, expect, it} from '@jest/globals'
import type {TriggerRequest} from '../../src/circleci/trigger-request.ts'
import {AbortedError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {findEarlier} from '../../src/trigger/earlier.ts'
import {withRequestId} from '../../src/trigger/intent.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {
  aPipeline,
  aRequest,
  configOf,
  denied,
  fakeCircleCI,
  lost,
  SLUG,
  valuesOf,
  type FakeCircleCI,
  type Script
} from './fake-circleci.ts'

const run = {runId: '4711', attempt: 3}
const marked = aRequest({parameters: {id: '{request-id}'}})
/** The id that an attempt gave to a request. */
const idOf = (attempt: number, request = marked, runId = '4711'): string =>
  withRequestId(request, {runId, attempt}, () => 0.5).requestId ?? ''
/** As CircleCI tells values: without the parameters of a request. */
const builtIn = {'pipeline.number': 7}

const SHA = 'c0ffee0000000000000000000000000000000000'

function find(
  script: Partial<Script>,
  request: TriggerRequest = aRequest()
): {result: Promise<Pipeline | string>; fake: FakeCircleCI} {
  const clock = fakeClock()
  const fake = fakeCircleCI({clock, ...script})
  const result = findEarlier(
    {request, revision: SHA, run},
    {
      circleci: fake.circleci,
      clock,
      random: () => 0.5,
      log: recordedLog(),
      host: 'https://circleci.com'
    }
  )
  return {result, fake}
}

const ours = (overrides: Partial<Pipeline> = {}): Pipeline =>
  aPipeline({revision: SHA, createdAt: '2026-02-01T00:00:00.000Z', ...overrides})

describe('findEarlier', () => {
  it('finds the only one that fits, however old', async () => {
    const {result, fake} = find({
      mine: () => [
        ours({number: 20, triggerType: 'webhook'}),
        ours({number: 19, branch: 'next'}),
        ours({number: 18, revision: 'beef'}),
        ours({number: 16}),
        ours({number: 15})
      ],
      values: id => valuesOf({suite: id === 'pipeline-16' ? 'all' : 'unit'})
    })
    expect(await result).toEqual(ours({number: 15}))
    // Nothing is read of those that the listing rules out.
    expect(fake.calls).toEqual(['mine', 'values', 'values'])
  })

  it.each([
    ['the attempt before', idOf(2)],
    ['the first attempt', idOf(1)]
  ])(
    'finds the one that holds the id of %s, whatever cannot be told of others',
    async (_what, id) => {
      const {result} = find(
        {
          mine: () => [ours({number: 9}), ours({number: 8}), ours({number: 7})],
          values: () => builtIn,
          config: pipeline =>
            configOf({compiled: pipeline === 'pipeline-8' ? `echo ${id}` : 'echo'})
        },
        marked
      )
      expect(await result).toEqual(ours({number: 8}))
    }
  )

  const link = (number: number): string =>
    `https://app.circleci.com/pipelines/github/acme/shop/${number}`

  it.each<[string, (id: string) => string, string]>([
    [
      'two hold the id of earlier attempts',
      id => idOf(id === 'pipeline-8' ? 1 : 2),
      `it is not certain which of these belongs to the earlier attempt: #8 ${link(8)}, #7 ${link(7)}`
    ],
    [
      'none holds an id',
      () => '',
      `it is not certain which of these belongs to the earlier attempt: #8 ${link(8)}, #7 ${link(7)}`
    ],
    [
      'one holds none, one that of another run',
      id => (id === 'pipeline-8' ? idOf(1, marked, '4712') : ''),
      `it is not certain that #7 ${link(7)} belongs to the earlier attempt (CircleCI does not say which parameters it was triggered with)`
    ],
    [
      'all hold ids of other requests',
      () => idOf(1, aRequest({parameters: {id: 'x {request-id}'}})),
      'none of your 2 pipelines in gh/acme/shop was triggered by the API for branch main at c0ffee0 with these parameters'
    ]
  ])('is not certain when %s', async (_what, compiled, reason) => {
    const {result} = find(
      {
        mine: () => [ours({number: 8}), ours({number: 7})],
        values: () => builtIn,
        config: id => configOf({compiled: compiled(id)})
      },
      marked
    )
    expect(await result).toBe(reason)
  })

  it.each<[string, Partial<Script>, Partial<Pipeline>, string]>([
    [
      'its parameters are not told',
      {values: () => builtIn},
      {},
      'CircleCI does not say which parameters it was triggered with'
    ],
    [
      'its values are gone',
      {values: () => denied()},
      {},
      'CircleCI does not say which parameters it was triggered with'
    ],
    ['its trigger type is new', {}, {triggerType: 'new'}, 'its trigger type is "new"'],
    [
      'CircleCI does not say from which commit it was built',
      {},
      {revision: undefined},
      'CircleCI does not say from which commit it was built'
    ]
  ])('is not certain when %s', async (_what, script, pipeline, why) => {
    const {result} = find({mine: () => [ours(pipeline)], ...script})
    expect(await result).toBe(
      `it is not certain that #7 ${link(7)} belongs to the earlier attempt (${why})`
    )
  })

  it('does not take the pipeline of another definition of the same commit', async () => {
    const request: TriggerRequest = {
      endpoint: 'run',
      slug: SLUG,
      definitionId: 'ours',
      checkout: {branch: 'main'},
      config: {branch: 'main'},
      parameters: {}
    }
    const {result} = find(
      {
        mine: () => [ours({number: 8}), ours({number: 7})],
        values: id => ({'pipeline.definition.id': id === 'pipeline-8' ? 'theirs' : 'ours'}),
        config: () => configOf({source: 'jobs: {}'})
      },
      request
    )
    expect(await result).toEqual(ours({number: 7}))
  })

  it('looks among the values for a commit that is not listed', async () => {
    const {result} = find({
      mine: () => [ours({number: 2, revision: undefined}), ours({number: 1, revision: undefined})],
      values: id => ({
        ...valuesOf({suite: 'unit'}),
        'pipeline.git.revision': id === 'pipeline-1' ? SHA : 'beef'
      })
    })
    expect(await result).toEqual(ours({number: 1, revision: undefined}))
  })

  it.each<[string, Partial<Script>, TriggerRequest, string]>([
    ['there is nothing', {}, aRequest(), 'you have no pipelines in gh/acme/shop'],
    [
      'none fits',
      {mine: () => [ours({branch: 'next'}), ours({triggerType: 'webhook'})]},
      aRequest(),
      'none of your 2 pipelines in gh/acme/shop was triggered by the API for branch main at c0ffee0 with these parameters'
    ],
    [
      'none of the tag fits',
      {mine: () => [ours()]},
      aRequest({ref: {tag: 'v1'}}),
      'your only pipeline in gh/acme/shop was not triggered by the API for tag v1 at c0ffee0 with these parameters'
    ],
    [
      'there are more than are read',
      {
        mine: () => Array.from({length: 30}, (_, number) => ours({number, revision: 'beef'})),
        pageSize: 2
      },
      aRequest({ref: undefined}),
      'none of your newest 20 pipelines in gh/acme/shop was triggered by the API for the default branch at c0ffee0 with these parameters'
    ],
    [
      'it is denied',
      {mine: () => denied('GET /mine'), project: () => denied()},
      aRequest(),
      'the pipelines of gh/acme/shop could not be searched: GET /mine was answered 403: Permission denied.'
    ],
    [
      'CircleCI is unavailable',
      {mine: () => lost('was answered 503')},
      aRequest(),
      'the pipelines of gh/acme/shop could not be searched: POST /api/v2/project/gh/acme/shop/pipeline was answered 503'
    ]
  ])('gives a reason when %s', async (_what, script, request, reason) => {
    expect(await find(script, request).result).toBe(reason)
  })

  it('ends with the signal', async () => {
    const {result} = find({mine: () => new AbortedError('GET /mine')})
    await expect(result).rejects.toThrow(AbortedError)
  })
})
