import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import {BACKOFF_CAP_MS, backoffMs, retry} from '../../src/circleci/retry.ts'
import {fakeClock} from '../support/fake-clock.ts'

describe('backoffMs', () => {
  it.each([
    [0, 500],
    [1, 1000],
    [2, 2000],
    [5, 16_000],
    [6, BACKOFF_CAP_MS],
    [1000, BACKOFF_CAP_MS]
  ])('draws from nothing up to a ceiling: attempt %i, %i ms', (attempt, ceiling) => {
    expect(backoffMs(attempt, () => 0)).toBe(0)
    expect(backoffMs(attempt, () => 0.5)).toBe(ceiling / 2)
  })

  it('never comes back before the server wants it, nor all at the same instant', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.double({min: 0, max: 0.999, noNaN: true}),
        fc.integer({min: 1, max: 10_000_000}),
        (attempt, random, asked) => {
          const pause = backoffMs(attempt, () => random, asked)
          return pause >= asked && pause <= asked + 1000
        }
      )
    )
    expect(backoffMs(3, () => 0.9, 5000)).toBeGreaterThan(backoffMs(3, () => 0.1, 5000))
  })
})

describe('retry', () => {
  const fault = (retryAfterMs?: number) =>
    new UnavailableError('GET /x', 'was answered 503', {processed: 'unknown', retryAfterMs})

  /** Retries for ten seconds what rejects with the given errors, one after the other. */
  function retried(errors: readonly Error[], signal?: AbortSignal) {
    const clock = fakeClock()
    const start = clock.now()
    const told: [string, number, number][] = []
    let attempts = 0
    const result = retry(
      'The reading',
      () => {
        const error = errors[attempts]
        attempts += 1
        return error === undefined ? Promise.resolve(attempts) : Promise.reject(error)
      },
      {
        clock,
        random: () => 0.5,
        signal,
        leftMs: () => start + 10_000 - clock.now(),
        onRetry: ({message}, pauseMs, leftMs) => told.push([message, pauseMs, leftMs])
      }
    )
    return {result, clock, told}
  }

  it('makes attempts until one goes through, and says what kept it', async () => {
    const {result, clock, told} = retried([fault(), fault(2000)])
    expect(await result).toBe(3)
    expect(clock.sleeps).toEqual([250, 2500])
    expect(told).toEqual([
      ['GET /x was answered 503', 250, 10_000],
      ['GET /x was answered 503', 2500, 9750]
    ])
  })

  it('makes the last attempt when the time is up, however long the server wants to be left alone', async () => {
    const {result, clock} = retried([fault(60_000), new RefusedError('GET /x', 404, '')])
    await expect(result).rejects.toThrow(RefusedError)
    expect(clock.sleeps).toEqual([10_000])
    const last = fault(1)
    await expect(retried([fault(60_000), last]).result).rejects.toBe(last)
  })

  it.each([
    new RefusedError('GET /x', 404, ''),
    new AbortedError('GET /x'),
    new TypeError('a bug')
  ])('is for faults only: $name', async error => {
    const {result, clock} = retried([error])
    await expect(result).rejects.toBe(error)
    expect(clock.sleeps).toEqual([])
  })

  it('ends with the signal', async () => {
    const {result} = retried([fault()], AbortSignal.abort())
    await expect(result).rejects.toThrow(new AbortedError('The reading'))
  })
})
