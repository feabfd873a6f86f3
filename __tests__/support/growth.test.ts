import {describe, expect, it} from '@jest/globals'

import {growth, LINEAR} from './growth.ts'

const dots = (length: number): string => `${'.'.repeat(length)}x`

function steps(count: number): number {
  let sum = 0
  for (let step = 0; step < count; step += 1) sum += step % 7
  return sum
}

describe('growth', () => {
  it.each([
    // Of a thirtieth of the text, as ten looks at all of it would take long.
    ['looks for an end at each dot', (text: string) => /\.+$/.test(text.slice(-text.length / 30))],
    ['takes quadratic time', (text: string) => steps((text.length / 30) ** 2)]
  ])('tells a reader that %s', async (_, read) => {
    expect(await growth(dots, read, 0)).toBeGreaterThan(2 * LINEAR)
  })

  it('accepts a linear reader that was disturbed at first', async () => {
    let reads = 0
    const read = (text: string): number => {
      reads += 1
      return steps(text.length * (reads < 8 && text.length > 25_000 ? 400 : 40))
    }
    expect(await growth(dots, read, 0)).toBeLessThanOrEqual(LINEAR)
    expect(reads).toBeGreaterThan(8)
  })

  it('takes for linear what takes no time worth measuring', async () => {
    expect(await growth(dots, text => text.length)).toBe(0)
  })
})
