import {describe, expect, it} from '@jest/globals'
import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {MAX_PAGES, OwnPipelines, type Listing} from '../../src/trigger/listing.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {
  aPipeline,
  denied,
  fakeCircleCI,
  SLUG,
  type FakeCircleCI,
  type Script
} from './fake-circleci.ts'

const numbered = (from: number, to: number): Pipeline[] =>
  Array.from({length: from - to + 1}, (_, index) => aPipeline({number: from - index}))

function fake(script: Partial<Script>): FakeCircleCI {
  return fakeCircleCI({clock: fakeClock(), ...script})
}

function list(
  {circleci}: FakeCircleCI,
  isPast: (pipeline: Pipeline) => boolean = () => false,
  isEnough: (pipelines: readonly Pipeline[]) => boolean = pipelines => pipelines.length > 0
): Promise<Listing> {
  return new OwnPipelines(SLUG, circleci, {}).list(isPast, isEnough)
}

const numbers = ({pipelines}: Listing): number[] => pipelines.map(({number}) => number)

describe('OwnPipelines', () => {
  it('reads every page of pipeline/mine', async () => {
    const own = fake({mine: () => numbered(50, 1), pageSize: 20})
    const listing = await list(own)
    expect(numbers(listing)).toEqual(numbered(50, 1).map(({number}) => number))
    expect(listing.complete).toBe(true)
    expect(own.calls).toEqual(['mine', 'mine', 'mine'])
  })

  it('stops after a page that ends with one that is old enough', async () => {
    const own = fake({mine: () => numbered(50, 1), pageSize: 20})
    const listing = await list(own, ({number}) => number <= 31)
    expect(numbers(listing)).toHaveLength(20)
    expect(listing.complete).toBe(true)
    expect(own.calls).toEqual(['mine'])
  })

  it('reads a bounded number of pages, and says that there are more', async () => {
    const own = fake({mine: () => numbered(500, 1), pageSize: 2})
    const listing = await list(own)
    expect(numbers(listing)).toHaveLength(2 * MAX_PAGES)
    expect(listing.complete).toBe(false)
  })

  it.each<[string, Partial<Script>]>([
    ['is denied', {mine: () => denied()}],
    ['is empty', {mine: () => []}]
  ])("when pipeline/mine %s, takes the user's from the project's list", async (_what, script) => {
    const others = [
      aPipeline({number: 3, actorLogin: 'somebody'}),
      aPipeline({number: 1, actorLogin: undefined})
    ]
    const own = fake({...script, project: () => [...others, aPipeline({number: 2})]})
    expect(numbers(await list(own))).toEqual([2])
    expect(own.calls).toEqual(['mine', 'me', 'project'])
  })

  it('asks only once who the user is', async () => {
    const own = fake({mine: () => denied(), project: () => [aPipeline()]})
    const pipelines = new OwnPipelines(SLUG, own.circleci, {})
    await pipelines.list(
      () => false,
      () => true
    )
    await pipelines.list(
      () => false,
      () => true
    )
    expect(own.calls).toEqual(['mine', 'me', 'project', 'mine', 'project'])
  })

  it.each<[string, Partial<Script>]>([
    ['the list', {project: () => denied('GET /project')}],
    ['the user', {me: () => denied('GET /me')}]
  ])('does without the project where %s is denied', async (_what, script) => {
    const own = fake({mine: () => [aPipeline({number: 1})], ...script})
    expect(
      numbers(
        await list(
          own,
          () => true,
          () => false
        )
      )
    ).toEqual([1])
  })

  it.each<[string, Partial<Script>, string]>([
    [
      'both are denied',
      {mine: () => denied('GET /mine'), project: () => denied('GET /project')},
      'GET /mine'
    ],
    // An empty list may be one that is not kept for this user.
    [
      'one is empty, the other denied',
      {mine: () => [], project: () => denied('GET /project')},
      'GET /project'
    ]
  ])('is refused when %s', async (_what, script, request) => {
    const refusal = await list(fake(script)).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(RefusedError)
    expect((refusal as RefusedError).request).toBe(request)
  })

  it('passes on that CircleCI is unavailable', async () => {
    const fault = new UnavailableError('GET /mine', 'was answered 503', {processed: 'unknown'})
    const own = fake({mine: () => fault, project: () => [aPipeline()]})
    await expect(list(own)).rejects.toBe(fault)
    expect(own.calls).toEqual(['mine'])
  })
})
