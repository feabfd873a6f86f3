import {describe, expect, it} from '@jest/globals'
import {AbortedError, RefusedError} from '../../src/circleci/faults.ts'
import type {PipelineDefinition} from '../../src/circleci/model.ts'
import {readDefinitions} from '../../src/trigger/target.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {denied, fakeCircleCI, SLUG, type FakeCircleCI, type Script} from './fake-circleci.ts'

const CLOUD = 'https://circleci.com'
const SERVER = 'https://circleci.example.com'
const missing = new RefusedError('GET /definitions', 404, 'Not found')

function read(
  host: string,
  definitions: Script['definitions'],
  cancelAt?: number
): {result: Promise<readonly PipelineDefinition[] | undefined>; fake: FakeCircleCI} {
  const clock = fakeClock()
  const controller = new AbortController()
  if (cancelAt !== undefined) {
    clock.alarm(cancelAt, () => {
      controller.abort()
    })
  }
  const fake = fakeCircleCI({clock, ...(definitions && {definitions})})
  const context = {circleci: fake.circleci, host, clock, log: recordedLog()}
  return {result: readDefinitions(SLUG, context, {signal: controller.signal}), fake}
}

/** From one request for the list to the next, in seconds. */
const gaps = ({times}: FakeCircleCI): number[] =>
  times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000)

describe('readDefinitions', () => {
  it.each([CLOUD, SERVER])('lists them, whatever one answer says: %s', async host => {
    const {result, fake} = read(host, count => (count === 0 ? missing : ['a', 'b']))
    expect((await result)?.map(({id}) => id)).toEqual(['a', 'b'])
    expect(gaps(fake)).toEqual([10])
  })

  it('believes a Server that has no list when it says so twice', async () => {
    const {result, fake} = read(SERVER, () => missing)
    expect(await result).toBeUndefined()
    expect(gaps(fake)).toEqual([10])
  })

  it('never believes it of CircleCI Cloud, and says what to do', async () => {
    const {result, fake} = read(CLOUD, () => missing)
    await expect(result).rejects.toMatchObject({
      reason: 'not-found',
      message:
        'CircleCI found the project gh/acme/shop, but not the list of its pipeline definitions (GET /definitions was answered 404: Not found): nothing was triggered. Run the job again. If that does not help, set "definition" to the definition\'s id, and "branch" or "tag": then the list is not needed.'
    })
    expect(gaps(fake)).toEqual([10, 10, 10])
  })

  it('passes any other refusal on at once', async () => {
    const {result, fake} = read(CLOUD, () => denied())
    await expect(result).rejects.toBeInstanceOf(RefusedError)
    expect(fake.calls).toEqual(['definitions'])
  })

  it('ends when the signal does', async () => {
    const {result, fake} = read(CLOUD, () => missing, 3_000)
    await expect(result).rejects.toBeInstanceOf(AbortedError)
    expect(fake.calls).toEqual(['definitions'])
  })
})
