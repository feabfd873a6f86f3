import {describe, expect, it} from '@jest/globals'

import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import {ActionError} from '../../src/base/errors.ts'
import {Patience, Refusals, type RetryOptions} from '../../src/wait/patience.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {aWaitContext} from './builders.ts'

const SECOND = 1_000

describe('a refusal', () => {
  it.each([
    {times: [0], lasts: false},
    {times: [0, 10, 20, 30, 40, 50], lasts: false},
    {times: [0, 10, 20, 30, 40, 50, 60], lasts: true},
    {times: [0, 30, 60], lasts: false},
    {times: [0, 20, 40, 60], lasts: true},
    {times: [0, 1, 2, 3, 4, 5], lasts: false}
  ])('after $times seconds lasts: $lasts', ({times, lasts}) => {
    const clock = fakeClock()
    const start = clock.now()
    const refusals = new Refusals(clock)
    const added = times.map(seconds => {
      clock.advance(start + seconds * SECOND - clock.now())
      return refusals.add()
    })
    expect(added.at(-1)).toBe(lasts)
  })

  it('is asked about again ten seconds later, and has lasted after a minute', () => {
    const clock = fakeClock()
    const refusals = new Refusals(clock)
    refusals.add()
    clock.advance(2 * SECOND)
    expect([refusals.askAgainInMs, refusals.leftMs]).toEqual([8 * SECOND, 58 * SECOND])
    clock.advance(99 * SECOND)
    expect([refusals.askAgainInMs, refusals.leftMs]).toEqual([0, 0])
  })
})

describe('the patience of a wait', () => {
  /**
   * Asks a CircleCI that answers by this script, one answer every ten seconds and the last one for ever: `o` an answer,
   * `e` an error, `r` a refusal, `t` a refusal that is the token's. Tells how each question ended, and after how many seconds.
   */
  async function ask(script: string, questions = 1): Promise<string[]> {
    const clock = fakeClock()
    const start = clock.now()
    const next = (): string =>
      script[Math.floor((clock.now() - start) / SECOND / 10)] ?? script.at(-1) ?? 'o'
    const me = (): Promise<never> =>
      Promise.reject(
        next() === 't'
          ? new RefusedError('GET /me', 401, '')
          : new UnavailableError('GET /me', 'failed', {processed: 'no'})
      )
    const answer = async ({patienceMs, onRetry}: RetryOptions): Promise<string> => {
      const until = clock.now() + patienceMs
      for (;;) {
        if (next() === 'o') return 'answered'
        if (next() !== 'e') throw new RefusedError('GET /pipeline', 404, '')
        const fault = new UnavailableError('GET /pipeline', 'failed', {processed: 'no'})
        if (clock.now() >= until) throw fault
        onRetry(fault, 10 * SECOND, until - clock.now())
        await clock.sleep(10 * SECOND)
      }
    }
    const patience = new Patience(aWaitContext({clock, circleci: {me}}))
    const told: string[] = []
    for (let question = 0; question < questions; question += 1) {
      const end = await patience
        .ask(answer, new AbortController().signal)
        .catch((error: unknown) =>
          error instanceof ActionError
            ? error.reason
            : error instanceof RefusedError
              ? 'refused'
              : 'bug'
        )
      told.push(`${end} ${(clock.now() - start) / SECOND}`)
      await clock.sleep(10 * SECOND)
    }
    return told
  }

  it.each([
    {script: 'o', told: 'answered 0'},
    {script: 'rrrrrro', told: 'answered 60'},
    {script: 'r', told: 'refused 60'},
    {script: 'rrrrrrer', told: 'refused 130'},
    {script: 'er', told: 'refused 70'},
    {script: 'e', told: 'api-unavailable 300'},
    {script: 'er'.repeat(20), told: 'api-unavailable 300'},
    {script: `${'re'.repeat(14)}o`, told: 'answered 280'},
    {script: 't', told: 'refused 10'},
    {script: 'trtro', told: 'answered 40'},
    {script: 'rrtt', told: 'refused 30'}
  ])('$script: $told s', async ({script, told}) => {
    expect(await ask(script)).toEqual([told])
  })

  it('begins anew after an answer', async () => {
    expect(await ask('rrrrrrorrrrrro', 2)).toEqual(['answered 60', 'answered 130'])
    expect(await ask('eeeeeeeeeeeeeeeeeeeeeeeeeo' + 'e'.repeat(40), 2)).toEqual([
      'answered 250',
      'api-unavailable 560'
    ])
    expect(await ask('tototo', 3)).toEqual(['answered 10', 'answered 30', 'answered 50'])
  })
})
