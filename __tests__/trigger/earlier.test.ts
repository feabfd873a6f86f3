import {describe, expect, it} from '@jest/globals'
import type {TriggerRequest} from '../../src/circleci/client.ts'
import {AbortedError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {findEarlier, type EarlierResult} from '../../src/trigger/earlier.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {
  aPipeline,
  aRequest,
  denied,
  fakeCircleCI,
  lost,
  valuesOf,
  type FakeCircleCI,
  type Script
} from './fake-circleci.ts'

const SHA = 'c0ffee0000000000000000000000000000000000'

function find(
  script: Partial<Script>,
  request: TriggerRequest = aRequest()
): {result: Promise<EarlierResult>; fake: FakeCircleCI} {
  const fake = fakeCircleCI({clock: fakeClock(), ...script})
  const result = findEarlier(request, SHA, {circleci: fake.circleci, random: () => 0.5})
  return {result, fake}
}

const ours = (overrides: Partial<Pipeline> = {}): Pipeline =>
  aPipeline({revision: SHA, createdAt: '2026-02-01T00:00:00.000Z', ...overrides})

describe('findEarlier', () => {
  it('finds the newest that fits, however old', async () => {
    const {result, fake} = find({
      mine: () => [
        ours({number: 20, triggerType: 'webhook'}),
        ours({number: 19, branch: 'next'}),
        ours({number: 18, revision: 'beef'}),
        ours({number: 17, triggerType: 'explicit'}),
        ours({number: 16}),
        ours({number: 15}),
        ours({number: 14})
      ],
      values: id => valuesOf({suite: id === 'pipeline-16' ? 'all' : 'unit'})
    })
    expect(await result).toEqual({kind: 'found', pipeline: ours({number: 15})})
    // Nothing is read of those that the listing rules out.
    expect(fake.calls).toEqual(['mine', 'values', 'values', 'values'])
  })

  it('looks among the values for a commit that is not listed', async () => {
    const {result} = find({
      mine: () => [ours({number: 2, revision: undefined}), ours({number: 1, revision: undefined})],
      values: id => ({
        ...valuesOf({suite: 'unit'}),
        'pipeline.git.revision': id === 'pipeline-1' ? SHA : 'beef'
      })
    })
    expect(await result).toEqual({kind: 'found', pipeline: ours({number: 1, revision: undefined})})
  })

  it('passes over one whose values are gone', async () => {
    const {result} = find({
      mine: () => [ours({number: 2}), ours({number: 1})],
      values: id => (id === 'pipeline-2' ? denied() : valuesOf({suite: 'unit'}))
    })
    expect(await result).toEqual({kind: 'found', pipeline: ours({number: 1})})
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
    expect(await find(script, request).result).toEqual({kind: 'none', reason})
  })

  it('ends with the signal', async () => {
    const {result} = find({mine: () => new AbortedError('GET /mine')})
    await expect(result).rejects.toThrow(AbortedError)
  })
})
