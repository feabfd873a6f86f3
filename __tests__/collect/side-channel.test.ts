import {describe, expect, it} from '@jest/globals'

import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import {SideChannel} from '../../src/collect/side-channel.ts'
import {contextWith} from './builders.ts'

const unavailable = new UnavailableError('GET /x', 'was answered 503', {processed: 'unknown'})

describe('a side channel', () => {
  it('says nothing when all went well', async () => {
    const context = contextWith({})
    const channel = new SideChannel('Some logs', context)
    expect(await channel.attempt('a', () => Promise.resolve(1))).toBe(1)
    expect(channel.finish()).toEqual([])
    expect(context.log.lines).toEqual([])
  })

  it('turns failures into sentences and one warning', async () => {
    const context = contextWith({})
    const channel = new SideChannel('Some logs', context)
    const refused = new RefusedError('GET /x', 404, 'Job not found')
    const read = channel.attempt<string>('the log of job "a"', () => Promise.reject(refused))
    await expect(read).resolves.toBeUndefined()
    const odd = new Error('odd.')
    await channel.attempt<string>('the log of job "b"', () => Promise.reject(odd))
    expect(channel.finish()).toEqual([
      'The log of job "a" could not be read: GET /x was answered 404: Job not found.',
      'The log of job "b" could not be read: odd.'
    ])
    expect(context.log.lines).toEqual([
      'warning: Some logs could not be read; this does not change the verdict. The log of job "a" could not be read: GET /x was answered 404: Job not found. (and 1 more like it)'
    ])
  })

  it('does not ask on when three requests in a row were not answered', async () => {
    const channel = new SideChannel('Some logs', contextWith({}))
    let asked = 0
    const ask = (): Promise<never> => {
      asked += 1
      return Promise.reject(unavailable)
    }
    for (let i = 0; i < 5; i += 1) await channel.attempt(`log ${i}`, ask)
    expect(asked).toBe(3)
    expect(channel.finish()).toHaveLength(5)
    expect(channel.finish()[4]).toBe('Log 4 was not requested: CircleCI did not answer.')
  })

  it('asks on after an answer, even a refusal', async () => {
    const channel = new SideChannel('Some logs', contextWith({}))
    const refused = new RefusedError('GET /x', 404, '')
    const faults = [unavailable, unavailable, refused, unavailable, unavailable]
    for (const fault of faults) await channel.attempt('it', () => Promise.reject(fault))
    expect(await channel.attempt('it', () => Promise.resolve('here'))).toBe('here')
  })

  it('passes an abort on', async () => {
    const aborted = new SideChannel('Some logs', contextWith({}))
    await expect(
      aborted.attempt('it', () => Promise.reject(new AbortedError('GET /x')))
    ).rejects.toThrow(AbortedError)
    const signalled = new SideChannel('Some logs', contextWith({}, AbortSignal.abort()))
    await expect(signalled.attempt('it', () => Promise.reject(new Error('odd')))).rejects.toThrow(
      'odd'
    )
  })
})
