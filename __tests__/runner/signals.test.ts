import {spawn} from 'node:child_process'
import {EventEmitter} from 'node:events'
import {fileURLToPath} from 'node:url'
import {describe, expect, it, jest} from '@jest/globals'
import {onCancel} from '../../src/runner/signals.ts'
import type {CancelSignal} from '../../src/runner/signals.ts'
import {fakeClock} from '../support/fake-clock.ts'

const SIGNALS: readonly CancelSignal[] = ['SIGINT', 'SIGTERM', 'SIGBREAK']

describe('onCancel', () => {
  it.each(SIGNALS)('aborts at the first %s and does not exit', signal => {
    const source = new EventEmitter()
    const clock = fakeClock()
    const exit = jest.fn<(code: number) => void>()
    const cancellation = onCancel(source, exit, clock)
    expect(cancellation.signal.aborted).toBe(false)
    source.emit(signal)
    expect(cancellation.signal.aborted).toBe(true)
    expect(cancellation.signal.reason).toMatchObject({message: 'GitHub cancelled the step'})
    expect(exit).not.toHaveBeenCalled()
  })

  it.each<[CancelSignal, CancelSignal, number]>([
    ['SIGINT', 'SIGINT', 130],
    ['SIGINT', 'SIGTERM', 143],
    ['SIGINT', 'SIGBREAK', 149],
    ['SIGTERM', 'SIGINT', 130]
  ])('%s, then %s: exits with %d a moment later', (first, second, code) => {
    const source = new EventEmitter()
    const clock = fakeClock()
    const exit = jest.fn<(code: number) => void>()
    const {signal} = onCancel(source, exit, clock)
    source.emit(first)
    source.emit(second)
    clock.advance(1_400)
    expect(exit).not.toHaveBeenCalled()
    clock.advance(200)
    expect(exit.mock.calls).toEqual([[code]])
    expect(signal.reason).toMatchObject({message: 'GitHub cancelled the step'})
  })

  it('exits at once at the third', () => {
    const source = new EventEmitter()
    const exit = jest.fn<(code: number) => void>()
    onCancel(source, exit, fakeClock())
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGTERM']) source.emit(signal)
    expect(exit.mock.calls).toEqual([[143]])
  })

  it('does not exit when the step has ended by itself meanwhile', () => {
    const source = new EventEmitter()
    const clock = fakeClock()
    const exit = jest.fn<(code: number) => void>()
    const cancellation = onCancel(source, exit, clock)
    source.emit('SIGINT')
    source.emit('SIGTERM')
    cancellation.dispose()
    clock.advance(10_000)
    expect(exit).not.toHaveBeenCalled()
  })

  it('listens no more once disposed of', () => {
    const source = new EventEmitter()
    const clock = fakeClock()
    const exit = jest.fn<(code: number) => void>()
    const other = jest.fn()
    source.on('SIGINT', other)
    const cancellation = onCancel(source, exit, clock)
    cancellation.dispose()
    cancellation.dispose()
    for (const signal of SIGNALS) {
      source.emit(signal)
      source.emit(signal)
    }
    expect(cancellation.signal.aborted).toBe(false)
    expect(exit).not.toHaveBeenCalled()
    expect(other).toHaveBeenCalledTimes(2)
    expect(SIGNALS.map(signal => source.listenerCount(signal))).toEqual([1, 0, 0])
  })

  it('takes process for a source, and leaves it as it was', () => {
    const before = SIGNALS.map(signal => process.listenerCount(signal))
    const cancellation = onCancel(process, code => process.exit(code), fakeClock())
    expect(SIGNALS.map(signal => process.listenerCount(signal))).toEqual(before.map(n => n + 1))
    cancellation.dispose()
    expect(SIGNALS.map(signal => process.listenerCount(signal))).toEqual(before)
  })

  it('ends a real process as the runner does: SIGINT, then SIGTERM', async () => {
    const signals = fileURLToPath(new URL('../../src/runner/signals.ts', import.meta.url))
    const clock = fileURLToPath(new URL('../../src/base/clock.ts', import.meta.url))
    const script = `
      import {onCancel} from ${JSON.stringify(signals)}
      import {systemClock} from ${JSON.stringify(clock)}
      const {signal} = onCancel(process, code => process.exit(code), systemClock)
      signal.addEventListener('abort', () => console.log('aborted'))
      setTimeout(() => {}, 20_000)
      console.log('ready')
    `
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      script
    ])
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      child.kill(printed.includes('aborted') ? 'SIGTERM' : 'SIGINT')
    })
    const code = await new Promise(resolve => child.once('exit', resolve))
    expect(printed).toBe('ready\naborted\n')
    expect(code).toBe(143)
  })
})
