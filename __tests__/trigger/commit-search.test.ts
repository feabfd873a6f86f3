import {describe, expect, it} from '@jest/globals'
import type {CircleCI} from '../../src/circleci/client.ts'
import {AbortedError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {timeLimit} from '../../src/base/clock.ts'
import {CommitSearch} from '../../src/trigger/commit-search.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {aPipeline, SLUG} from './fake-circleci.ts'

const revision = 'c0ffee00'.repeat(5)

const notAsked = (): Promise<never> => Promise.reject(new Error('Only the list is needed.'))

/** Searches for as long as the step's time lasts; a look at the list takes the milliseconds given, the last of them over. */
const silent = (): void => undefined

function search(lookMs: readonly number[], pipelines: readonly Pipeline[], timeoutMs: number) {
  const clock = fakeClock()
  const {signal} = timeLimit(clock, timeoutMs)
  let looks = 0
  const circleci: Pick<CircleCI, 'pipelines'> = {
    pipelines: async function* () {
      const ms = lookMs[Math.min(looks, lookMs.length - 1)] ?? 0
      looks += 1
      await clock.sleep(ms, signal)
      if (signal.aborted) throw new AbortedError('GET /project/gh/acme/shop/pipeline')
      yield pipelines
    }
  }
  const choice = {
    revision,
    slug: SLUG,
    refs: undefined,
    definition: undefined,
    ownPipeline: undefined
  }
  const found = new CommitSearch(choice, {
    circleci: {...circleci, pipeline: notAsked, pipelineValues: notAsked},
    clock,
    random: () => 0,
    log: {
      debug: silent,
      info: silent,
      notice: silent,
      warning: silent,
      error: silent,
      group: silent
    },
    host: 'https://circleci.com',
    signal,
    deadline: clock.now() + timeoutMs
  })
  return found.find('found')
}

describe('the search for the pipelines of a commit', () => {
  const byHand = [aPipeline({number: 7, revision, triggerType: 'api'})]

  it.each([
    {name: 'between two looks', looks: [10], timeoutMs: 7_000},
    {name: 'in the moment of the last look', looks: [1000], timeoutMs: 13_000},
    {name: 'during a later look', looks: [10, 30_000], timeoutMs: 8_000}
  ])('tells what it saw when the time ends $name', async ({looks, timeoutMs}) => {
    await expect(search(looks, byHand, timeoutMs)).rejects.toMatchObject({
      reason: 'timeout',
      conclusion: 'timed_out',
      message: expect.stringContaining('#7 (api) https://app.circleci.com/') as unknown
    })
  })

  it('is aborted when the time ends during the first look: nothing was seen', async () => {
    await expect(search([30_000], byHand, 8_000)).rejects.toBeInstanceOf(AbortedError)
  })
})
