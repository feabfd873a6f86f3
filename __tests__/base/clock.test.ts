import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {systemClock, timeLimit} from '../../src/base/clock.ts'
import {fakeClock} from '../support/fake-clock.ts'

const DAY_MS = 86_400_000

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

describe('systemClock.now', () => {
  beforeEach(() => {
    jest.useRealTimers()
  })

  it('is the time in whole milliseconds, as of the start of the process', () => {
    const before = Math.floor(performance.timeOrigin + performance.now())
    const now = systemClock.now()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(performance.timeOrigin + performance.now())
    expect(Number.isInteger(now)).toBe(true)
  })

  it.each([-3_600_000, 3_600_000])(
    "does not move when the machine's clock is set by %d ms",
    shift => {
      const before = systemClock.now()
      const time = Date.now()
      const spy = jest.spyOn(Date, 'now').mockReturnValue(time + shift)
      const passed = systemClock.now() - before
      spy.mockRestore()
      expect(passed).toBeGreaterThanOrEqual(0)
      // Not a limit for a busy machine: far less than what the clock was set by.
      expect(passed).toBeLessThan(1_800_000)
    }
  )
})

describe('systemClock.sleep', () => {
  async function isAwakeAfter(sleep: Promise<void>, ms: number): Promise<boolean> {
    const awake = jest.fn()
    void sleep.then(awake)
    await jest.advanceTimersByTimeAsync(ms)
    return awake.mock.calls.length > 0
  }

  it('resolves when the time has passed, not before', async () => {
    const sleep = systemClock.sleep(1_000)
    expect(await isAwakeAfter(sleep, 999)).toBe(false)
    expect(await isAwakeAfter(sleep, 1)).toBe(true)
  })

  it.each([0, -5])('resolves at once for %d ms', async ms => {
    expect(await isAwakeAfter(systemClock.sleep(ms), 0)).toBe(true)
  })

  it('sleeps longer than a timer can', async () => {
    const sleep = systemClock.sleep(60 * DAY_MS)
    expect(await isAwakeAfter(sleep, 60 * DAY_MS - 1)).toBe(false)
    expect(await isAwakeAfter(sleep, 1)).toBe(true)
  })

  it('wakes when the signal aborts, and leaves neither timer nor listener', async () => {
    const controller = new AbortController()
    const removed = jest.spyOn(controller.signal, 'removeEventListener')
    const sleep = systemClock.sleep(60 * DAY_MS, controller.signal)
    expect(await isAwakeAfter(sleep, 30 * DAY_MS)).toBe(false)
    controller.abort()
    expect(await isAwakeAfter(sleep, 0)).toBe(true)
    expect(jest.getTimerCount()).toBe(0)
    expect(removed).toHaveBeenCalledWith('abort', expect.any(Function))
  })

  it('does not sleep when the signal was aborted before', async () => {
    expect(await isAwakeAfter(systemClock.sleep(1_000, AbortSignal.abort()), 0)).toBe(true)
    expect(jest.getTimerCount()).toBe(0)
  })

  it('gives up its listener when it wakes by itself', async () => {
    const controller = new AbortController()
    const removed = jest.spyOn(controller.signal, 'removeEventListener')
    expect(await isAwakeAfter(systemClock.sleep(10, controller.signal), 10)).toBe(true)
    expect(removed).toHaveBeenCalledWith('abort', expect.any(Function))
  })
})

describe('systemClock.alarm', () => {
  it('goes off once, when the time has passed', () => {
    const action = jest.fn()
    systemClock.alarm(1_000, action)
    jest.advanceTimersByTime(999)
    expect(action).not.toHaveBeenCalled()
    jest.advanceTimersByTime(5_000)
    expect(action).toHaveBeenCalledTimes(1)
  })

  it('does not go off early when it is further away than a timer can be set', () => {
    const action = jest.fn()
    systemClock.alarm(60 * DAY_MS, action)
    jest.advanceTimersByTime(60 * DAY_MS - 1)
    expect(action).not.toHaveBeenCalled()
    jest.advanceTimersByTime(1)
    expect(action).toHaveBeenCalledTimes(1)
  })

  it.each([0, 30 * DAY_MS])('can be taken back after %d ms', passed => {
    const action = jest.fn()
    const cancel = systemClock.alarm(60 * DAY_MS, action)
    jest.advanceTimersByTime(passed)
    cancel()
    jest.advanceTimersByTime(90 * DAY_MS)
    expect(action).not.toHaveBeenCalled()
    expect(jest.getTimerCount()).toBe(0)
  })

  it('does not keep the process alive, whereas a sleep does', () => {
    jest.useRealTimers()
    const clock = fileURLToPath(new URL('../../src/base/clock.ts', import.meta.url))
    const script = `
      import {systemClock} from ${JSON.stringify(clock)}
      systemClock.alarm(60_000, () => console.log('alarm'))
      await systemClock.sleep(30)
      console.log('slept')
    `
    const arguments_ = ['--import', 'tsx', '--input-type=module', '--eval', script]
    const run = spawnSync(process.execPath, arguments_, {encoding: 'utf8'})
    expect(run.stderr).toBe('')
    expect(run.stdout).toBe('slept\n')
    expect(run.status).toBe(0)
  })
})

describe('timeLimit', () => {
  it('aborts when the time has passed, not before', () => {
    const clock = fakeClock()
    const {signal} = timeLimit(clock, 1_000)
    clock.advance(999)
    expect(signal.aborted).toBe(false)
    clock.advance(1)
    expect(signal.aborted).toBe(true)
  })

  it.each(['before', 'after'])('aborts with its parent, aborted %s', when => {
    const parent = new AbortController()
    if (when === 'before') parent.abort()
    const {signal} = timeLimit(fakeClock(), 1_000, parent.signal)
    parent.abort()
    expect(signal.aborted).toBe(true)
  })

  it('aborts at its end', () => {
    const {signal, end} = timeLimit(fakeClock(), 1_000)
    end()
    expect(signal.aborted).toBe(true)
  })
})
