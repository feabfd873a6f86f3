import {describe, expect, it} from '@jest/globals'
import type {TriggerRequest} from '../../src/circleci/trigger-request.ts'
import {
  earlierIds,
  MAX_REQUEST_ID_LENGTH,
  requestIdsIn,
  withRequestId
} from '../../src/trigger/intent.ts'
import {aRequest, configOf, SLUG} from './fake-circleci.ts'

const run = {runId: '4711', attempt: 2}
const marked = aRequest({parameters: {suite: 'unit', id: '{request-id}'}})
const idOf = (request: TriggerRequest, of = run, random = 0.5): string =>
  withRequestId(request, of, () => random).requestId ?? ''

describe('withRequestId', () => {
  it('replaces the placeholder wherever a string parameter holds it, by one id', () => {
    const parameters = {a: 'x{request-id}', b: '{request-id} {request-id}', c: 3, d: true, e: 'y'}
    const {request, requestId} = withRequestId(aRequest({parameters}), run, () => 0.5)
    expect(requestId).toMatch(/^ccp-4711-2-[0-9a-f]{12}-800000000000$/)
    expect(request).toEqual(
      aRequest({
        parameters: {a: `x${requestId}`, b: `${requestId} ${requestId}`, c: 3, d: true, e: 'y'}
      })
    )
  })

  it('leaves a request without the placeholder as it is', () => {
    const request = aRequest({parameters: {suite: 'unit', id: '{request-ID}', n: 1}})
    expect(withRequestId(request, run, () => 0.5)).toEqual({request, requestId: undefined})
  })

  it('makes a new one for each trigger, of bounded length', () => {
    expect(idOf(marked, run, 0)).not.toBe(idOf(marked, run, 0.1))
    const longest = idOf(marked, {runId: '9'.repeat(20), attempt: 999_999_999}, 1 - 2 ** -53)
    expect(longest.length).toBeLessThanOrEqual(MAX_REQUEST_ID_LENGTH)
    expect(idOf(marked, run, 0)).toHaveLength(idOf(marked, run, 0.5).length)
  })
})

describe('earlierIds', () => {
  const isEarlier = earlierIds(marked, {runId: '4711', attempt: 3})

  it.each<[string, string, boolean]>([
    ['the attempt before', idOf(marked, {runId: '4711', attempt: 2}), true],
    ['the first attempt', idOf(marked, {runId: '4711', attempt: 1}), true],
    ['this attempt', idOf(marked, {runId: '4711', attempt: 3}), false],
    ['another run', idOf(marked, {runId: '4712', attempt: 1}), false],
    [
      'another parameter',
      idOf(aRequest({parameters: {suite: 'all', id: '{request-id}'}}), {runId: '4711', attempt: 1}),
      false
    ],
    [
      'another ref',
      idOf(aRequest({ref: {branch: 'next'}, parameters: marked.parameters}), {
        runId: '4711',
        attempt: 1
      }),
      false
    ],
    [
      'the same parameters in another order',
      idOf(aRequest({parameters: {id: '{request-id}', suite: 'unit'}}), {
        runId: '4711',
        attempt: 1
      }),
      true
    ]
  ])('%s', (_what, id, expected) => {
    expect(isEarlier(id)).toBe(expected)
  })

  it('tells definitions apart', () => {
    const of = (definitionId: string): TriggerRequest => ({
      endpoint: 'run',
      slug: SLUG,
      definitionId,
      checkout: {branch: 'main'},
      config: {branch: 'main'},
      parameters: {id: '{request-id}'}
    })
    const first = idOf(of('a'), {runId: '1', attempt: 1})
    expect(earlierIds(of('a'), {runId: '1', attempt: 2})(first)).toBe(true)
    expect(earlierIds(of('b'), {runId: '1', attempt: 2})(first)).toBe(false)
  })

  it('knows none where the request takes none', () => {
    expect(earlierIds(aRequest(), {runId: '4711', attempt: 3})('ccp-4711-1-a-b')).toBe(false)
  })
})

describe('requestIdsIn', () => {
  it('finds them in values and both compiled configs, not in the source', () => {
    const config = configOf({
      source: '# ccp-1-1-aa-bb',
      compiled: 'run: "echo ccp-2-1-aa-bb"',
      compiledSetup: 'ccp-3-1-aa-bb ccp-4-1-aa-bb,'
    })
    expect(requestIdsIn({'pipeline.parameters.id': 'ccp-5-1-aa-bb', n: 7}, config)).toEqual([
      'ccp-5-1-aa-bb',
      'ccp-2-1-aa-bb',
      'ccp-3-1-aa-bb',
      'ccp-4-1-aa-bb'
    ])
    expect(requestIdsIn(undefined, undefined)).toEqual([])
  })

  it('passes over what only looks alike', () => {
    expect(requestIdsIn({a: 'ccp-x', b: 'ccp-1-2', c: 'ccp-1-two-a-b'}, undefined)).toEqual([])
  })
})
