import {describe, expect, it} from '@jest/globals'

import {mapBounded} from '../../src/base/concurrency.ts'

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

describe('mapBounded', () => {
  it('keeps the order, and never runs more than the limit at once', async () => {
    let running = 0
    let most = 0
    const results = await mapBounded([5, 1, 4, 2, 3], 2, async turns => {
      running += 1
      most = Math.max(most, running)
      for (let i = 0; i < turns; i += 1) await turn()
      running -= 1
      return turns * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30])
    expect(most).toBe(2)
  })

  it('starts nothing more after a rejection, waits for what is under way, and passes the first one on', async () => {
    const started: number[] = []
    let finished = 0
    const all = mapBounded([0, 1, 2, 3], 2, async index => {
      started.push(index)
      await turn()
      if (index === 0) throw new Error('first')
      await turn()
      finished += 1
    })
    await expect(all).rejects.toThrow('first')
    expect(started).toEqual([0, 1])
    expect(finished).toBe(1)
  })

  it('resolves with nothing for nothing', async () => {
    await expect(mapBounded([], 4, () => Promise.reject(new Error('never')))).resolves.toEqual([])
  })
})
