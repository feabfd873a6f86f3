import {describe, expect, it} from '@jest/globals'
import type {CircleCI} from '../../src/circleci/client.ts'
import {AbortedError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {findSuperseding} from '../../src/pipeline/ending.ts'
import {aPipeline, denied, lost, SLUG} from '../trigger/fake-circleci.ts'

const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds)).toISOString()
const on = (number: number, seconds: number, branch = 'feature'): Pipeline =>
  aPipeline({number, branch, createdAt: at(seconds)})

function look(
  pages: readonly (readonly Pipeline[] | Error)[],
  options: {
    branch?: string | undefined
    canceledAt?: string | undefined
  } = {}
): {result: Promise<Pipeline | undefined>; asked: string[]} {
  const asked: string[] = []
  const circleci: Pick<CircleCI, 'pipelines'> = {
    pipelines: async function* (_slug, {branch, mine}) {
      for (const page of pages) {
        asked.push(`${mine === true ? 'mine' : 'all'} of ${branch ?? 'any branch'}`)
        if (page instanceof Error) await Promise.reject(page)
        else yield page
      }
    }
  }
  const branch = 'branch' in options ? options.branch : 'feature'
  const result = findSuperseding(
    {number: 10, branch},
    SLUG,
    'canceledAt' in options ? options.canceledAt : at(30),
    {circleci}
  )
  return {result, asked}
}

describe('findSuperseding', () => {
  it('finds the first newer one that was there when the cancel came', async () => {
    const {result, asked} = look([[on(13, 50), on(12, 29), on(11, 28), on(10, 0), on(9, 0)]])
    expect((await result)?.number).toBe(11)
    expect(asked).toEqual(['all of feature'])
  })

  it('reads a second page at most', async () => {
    const {result, asked} = look([[on(40, 90), on(39, 80)], [on(12, 31), on(11, 70)], [on(10, 0)]])
    expect((await result)?.number).toBe(12)
    expect(asked).toEqual(['all of feature', 'all of feature'])
  })

  it('takes any newer one when it is not known when the cancel came', async () => {
    expect((await look([[on(11, 900), on(10, 0)]], {canceledAt: undefined}).result)?.number).toBe(
      11
    )
  })

  it.each<[string, readonly (readonly Pipeline[] | Error)[], object]>([
    ['nothing is newer', [[on(10, 0), on(9, 0)]], {}],
    ['the newer one came after the cancel', [[on(11, 33), on(10, 0)]], {}],
    ['the newer one is on another branch', [[on(11, 10, 'next'), on(10, 0)]], {}],
    ['the list is empty', [[]], {}],
    ['it is a tag', [[on(11, 10)]], {branch: undefined}],
    ['the look-up is denied', [denied()], {}],
    ['CircleCI is unavailable', [lost()], {}]
  ])('finds none when %s', async (_what, pages, options) => {
    expect(await look(pages, options).result).toBeUndefined()
  })

  it('asks nothing when nothing can explain it', async () => {
    const {result, asked} = look([[on(11, 10)]], {branch: undefined})
    await result
    expect(asked).toEqual([])
  })

  it('ends with the signal', async () => {
    await expect(look([new AbortedError('GET /pipeline')]).result).rejects.toThrow(AbortedError)
  })
})
