import {describe, expect, it} from '@jest/globals'
import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {MAX_PAGES, OwnPipelines, type Listing} from '../../src/trigger/listing.ts'
import {intentOf} from '../../src/trigger/intent.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {
  aPipeline,
  aRequest,
  denied,
  fakeCircleCI,
  type FakeCircleCI,
  type Script
} from './fake-circleci.ts'

const numbered = (from: number, to: number): Pipeline[] =>
  Array.from({length: from - to + 1}, (_, index) => aPipeline({number: from - index}))

function fake(script: Partial<Script>): FakeCircleCI {
  return fakeCircleCI({clock: fakeClock(), ...script})
}

function ownPipelines(circleci: FakeCircleCI['circleci']): OwnPipelines {
  const context = {circleci, host: '', clock: fakeClock(), random: () => 0, log: recordedLog()}
  return new OwnPipelines(
    intentOf(aRequest(), {sentAt: 0}, () => 0),
    context,
    {}
  )
}

function list(
  {circleci}: FakeCircleCI,
  isPast: (pipeline: Pipeline) => boolean = () => false
): Promise<Listing> {
  const context = {circleci, host: '', clock: fakeClock(), random: () => 0, log: recordedLog()}
  return new OwnPipelines(
    intentOf(aRequest(), {sentAt: 0}, () => 0),
    context,
    {}
  ).list(isPast)
}

const numbers = ({rows}: Listing): number[] => rows.map(({pipeline}) => pipeline.number)
const users = ({rows}: Listing): string[] => rows.map(({user}) => user)

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
    const somebodys = aPipeline({number: 3, actorLogin: 'somebody'})
    const own = fake({...script, project: () => [somebodys, aPipeline({number: 2})]})
    const listing = await list(own)
    expect(numbers(listing)).toEqual([2])
    expect(users(listing)).toEqual(['yes'])
    expect(own.calls).toEqual(['mine', 'me', 'project'])
  })

  it.each<[string, readonly (string | undefined)[], string[]]>([
    ['is ours in another case', ['Robot'], ['yes']],
    ['is not told', [undefined, 'robot'], ['unsure', 'yes']],
    ['is empty', ['', 'robot'], ['unsure', 'yes']],
    ["is somebody else's", ['somebody', 'robot'], ['yes']],
    // Until ours is seen among them, it may be spelled otherwise there.
    ['is never ours', ['somebody', 'other'], ['unsure', 'unsure']]
  ])("in the project's list, an actor's login that %s", async (_what, logins, expected) => {
    const project = logins.map((actorLogin, index) => aPipeline({number: 9 - index, actorLogin}))
    expect(users(await list(fake({mine: () => denied(), project: () => project})))).toEqual(
      expected
    )
  })

  it.each<[string, string | undefined, string | undefined, string[]]>([
    ['is ours', 'robot', 'Robot', ['yes', 'yes']],
    ['is not told', 'robot', undefined, ['yes', 'unsure']],
    ["is somebody else's", 'robot', 'somebody', ['yes']],
    ['is spelled as pipeline/mine does', 'robot-on-github', 'robot-on-github', ['yes', 'yes']],
    ['may be ours: none of ours tells one', undefined, 'somebody', ['yes', 'unsure']]
  ])(
    'beside the entries of pipeline/mine, an actor whose login %s',
    async (_what, own, other, expected) => {
      const listing = await list(
        fake({
          mine: () => [aPipeline({number: 1, actorLogin: own})],
          project: () => [aPipeline({number: 2, actorLogin: other})]
        }),
        () => true
      )
      expect(users(listing)).toEqual(expected)
    }
  )

  it("has no doubt in the project's list of what pipeline/mine lists", async () => {
    const untold = aPipeline({actorLogin: undefined})
    const own = fake({mine: () => [untold], project: () => [untold]})
    const listing = await list(own, () => true)
    const row = {pipeline: untold, user: 'yes', mine: true}
    expect(listing.rows).toEqual([row, row])
  })

  it('reads on where the order does not tell that the rest is old', async () => {
    const shuffled = [40, 9, 38, 8, 37, 7].map(number => aPipeline({number}))
    const own = fake({mine: () => shuffled, pageSize: 2})
    expect(numbers(await list(own, ({number}) => number < 10))).toEqual([40, 9])
    const upwards = fake({mine: () => shuffled.slice(1), pageSize: 2})
    expect(numbers(await list(upwards, ({number}) => number < 40))).toEqual([9, 38, 8, 37, 7])
  })

  it('asks only once who the user is', async () => {
    const own = fake({mine: () => denied(), project: () => [aPipeline()]})
    const pipelines = ownPipelines(own.circleci)
    await pipelines.list(() => false)
    await pipelines.list(() => false)
    expect(own.calls).toEqual(['mine', 'me', 'project', 'mine', 'project'])
  })

  it.each<[string, Partial<Script>]>([
    ['the list', {project: () => denied('GET /project')}],
    ['the user', {me: () => denied('GET /me')}]
  ])('does without the project where %s is denied', async (_what, script) => {
    const own = fake({mine: () => [aPipeline({number: 1})], ...script})
    expect(numbers(await list(own, () => true))).toEqual([1])
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
