import {describe, expect, it} from '@jest/globals'

import type {JobSpec, RecordedRequest} from '../../simulator/index.ts'
import {job, scenario, workflow} from '../dist/stage.ts'
import {play} from '../support/step.ts'

const ten = (changes: (index: number) => Partial<JobSpec>): readonly JobSpec[] =>
  Array.from({length: 10}, (_, index) => job(`job-${index}`, changes(index)))

/** What the step asks for once it has its verdict, as `method path`. */
async function askedAtTheEnd(jobs: readonly JobSpec[]): Promise<readonly string[]> {
  const {simulator} = await play({simulator: {scenario: scenario([workflow('build', jobs)])}})
  const isListing = ({path}: RecordedRequest): boolean => /\/pipeline\/[^/]+\/workflow$/.test(path)
  const end = simulator.requests.findLastIndex(isListing)
  expect(end).toBeGreaterThan(0)
  return simulator.requests.slice(end + 1).map(({method, url}) => `${method} ${url}`)
}

describe('the end of a step', () => {
  it('costs at most 12 requests for a pipeline of 10 jobs that passed, none of them twice', async () => {
    const asked = await askedAtTheEnd(ten(() => ({artifacts: [{path: 'a.txt', content: 'a'}]})))
    expect(asked.filter(url => url.includes('/artifacts'))).toHaveLength(10)
    expect(asked.length).toBeLessThanOrEqual(12)
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('asks for the tests and the log of what failed, and for nothing twice', async () => {
    const asked = await askedAtTheEnd(ten(index => (index === 0 ? {outcome: 'failed'} : {})))
    expect(asked.filter(url => /\/tests|\/v1\.1\//.test(url))).toHaveLength(2)
    expect(new Set(asked).size).toBe(asked.length)
  })
})
