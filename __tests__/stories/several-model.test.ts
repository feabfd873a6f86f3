import {expect, it} from '@jest/globals'
import fc from 'fast-check'

import {scenarios, type Scenario} from '../../simulator/index.ts'
import {someInputs, tell} from '../support/story.ts'

/** What a workflow may come to, and whether that is green. */
const ENDS = {
  quick: {run: 2, outcome: 'success'},
  long: {run: 90, outcome: 'success'},
  red: {run: 5, outcome: 'failed'},
  late: {run: 60, outcome: 'failed'}
} as const
type End = keyof typeof ENDS

const scenario: Scenario = {
  ...scenarios.passing,
  pipeline: {
    workflows: Object.entries(ENDS).map(([name, {run, outcome}]) => ({
      name,
      jobs: [{name, run, outcome}]
    }))
  }
}

/** Bad answers to anything but a trigger, and triggers whose answer is refused. */
const fault = fc.oneof(
  fc.record({
    method: fc.constant('GET'),
    path: fc.constant('/api/v2/pipeline/**'),
    kind: fc.constant('status' as const),
    status: fc.constantFrom(429, 500, 503),
    nth: fc.integer({min: 1, max: 30})
  }),
  fc.record({
    method: fc.constant('POST'),
    path: fc.constant('/api/v2/project/**'),
    kind: fc.constant('status' as const),
    status: fc.constant(400),
    nth: fc.integer({min: 1, max: 8})
  })
)

it('is green only when every pipeline proved green, and triggers each once at most', async () => {
  const workflows = fc.subarray(Object.keys(ENDS) as End[], {minLength: 1})
  await fc.assert(
    fc.asyncProperty(
      fc.array(workflows, {minLength: 1, maxLength: 6}),
      fc.array(fault, {maxLength: 3}),
      fc.constantFrom(20, 75, 3600),
      fc.boolean(),
      async (entries, faults, timeoutSeconds, failFast) => {
        const own = {...someInputs({url: '', token: '', slug: ''}), slug: undefined}
        const pipelines = entries.map((workflows, index) => ({
          ...own,
          workflows,
          name: `p${index}`
        }))
        const {result, simulator} = await tell(
          {scenario, faults},
          {inputs: {pipelines, timeoutSeconds, failFast}}
        )
        const triggers = simulator.requests.filter(
          ({method, path}) => method === 'POST' && path.endsWith('/pipeline')
        )
        expect(triggers.length).toBeLessThanOrEqual(entries.length)
        const made = simulator.pipelines().map(({number}) => number)
        const known = result.pipelines.flatMap(({pipeline}) => pipeline?.number ?? [])
        expect(made).toEqual(expect.arrayContaining(known))
        expect(new Set(known).size).toBe(known.length)
        // The time may be up while CircleCI's answer to a trigger is out: its intent is left to the post step then.
        const isOut = result.pipelines.filter(
          ({pipeline, verdict}) => pipeline === undefined && verdict?.reason === 'timeout'
        )
        expect(made.length - known.length).toBeLessThanOrEqual(isOut.length)
        const ends = result.pipelines.map(({verdict}) => verdict?.conclusion)
        const isProven = (workflows: readonly End[]): boolean =>
          workflows.every(name => ENDS[name].outcome === 'success')
        const falsely = entries.filter((one, index) => ends[index] === 'success' && !isProven(one))
        expect(falsely).toEqual([])
        const isGreen = ends.every(end => end === 'success')
        expect(result.verdict?.passes).toBe(isGreen)
        expect(result.verdict?.conclusion === 'success').toBe(isGreen)
      }
    ),
    {numRuns: 15, seed: 7}
  )
})
