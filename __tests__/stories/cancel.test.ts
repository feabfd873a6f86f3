import {describe, expect, it} from '@jest/globals'

import {scenarios, startSimulator, type Simulator} from '../../simulator/index.ts'
import {tell, verdictOf} from '../support/story.ts'

const cancels = ({requests}: Simulator): number =>
  requests.filter(({method, path}) => method === 'POST' && path.endsWith('/cancel')).length

describe('a step that GitHub cancels', () => {
  it('cancels every unfinished workflow and says which, with the address', async () => {
    const {result, simulator, lines, cancelled} = await tell(
      {scenario: 'slow'},
      {
        onPoll: ({rollup}, {cancel}) => {
          if (rollup.deciding.length > 0) cancel.abort()
        }
      }
    )
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    expect(cancels(simulator)).toBeGreaterThan(0)
    expect(cancelled).toBe(true)
    expect(lines.join('\n')).toMatch(/notice: Pipeline #101: cancelled "build-and-test".*: http/)
  })

  it('leaves it with on-cancel: leave, and says so', async () => {
    const {simulator, lines, cancelled} = await tell(
      {scenario: 'slow'},
      {
        inputs: {onCancel: 'leave'},
        onPoll: (_, {cancel}) => {
          cancel.abort()
        }
      }
    )
    expect(cancels(simulator)).toBe(0)
    expect(cancelled).toBe(false)
    expect(lines.join('\n')).toMatch(
      /notice: Pipeline #101 is left running, because "on-cancel" is "leave": http/
    )
  })

  it('says which workflow could not be cancelled', async () => {
    const {lines} = await tell(
      {
        scenario: 'slow',
        faults: [
          {
            method: 'POST',
            path: '/api/v2/workflow/*/cancel',
            kind: 'status',
            status: 403,
            body: '{"message":"Permission denied."}'
          }
        ]
      },
      {
        onPoll: ({rollup}, {cancel}) => {
          if (rollup.deciding.length > 0) cancel.abort()
        }
      }
    )
    expect(lines.join('\n')).toMatch(
      /warning: Pipeline #101: workflow "build-and-test" could not be cancelled and may be running: .*Permission denied\.. http/
    )
  })
})

describe('a step that does not wait and that GitHub cancels', () => {
  const inputs = {wait: false}

  it('cancels the pipeline that it has just triggered', async () => {
    const {result, cancelled} = await tell(
      {scenario: 'slow'},
      {
        inputs,
        onPipeline: (_, {cancel}) => {
          cancel.abort()
        }
      }
    )
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    expect(result.verdict?.message).toBe('GitHub cancelled the step once it had pipeline #101.')
    // It has no workflows yet: the post step waits for them.
    expect(cancelled).toBe(true)
  })

  it('has saved the id before it looks for a second pipeline, and cancels the one it has', async () => {
    const {result, cancelled, claims} = await tell(
      {
        scenario: {...scenarios.slow, project: {...scenarios.slow.project, parameters: {}}},
        faults: [{method: 'POST', path: '/project/**/pipeline', kind: 'cut-before', nth: 1}]
      },
      {
        inputs,
        onClaim: ({cancel}) => {
          cancel.abort()
        }
      }
    )
    expect(claims).toEqual([101])
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    // It has no workflows yet: the post step waits for them.
    expect(cancelled).toBe(true)
  })
})

describe('a cancel whose listing of the workflows fails', () => {
  const listing = {method: 'GET', path: '/pipeline/*/workflow', kind: 'status'} as const

  it.each([
    {status: 429, headers: {'Retry-After': '3600'}},
    {status: 404, headers: {}},
    {status: 502, headers: {}}
  ])('cancels what the wait last saw unfinished, and says so: $status', async fault => {
    const {result, simulator, lines, clock} = await tell(
      {scenario: 'slow'},
      {
        onPoll: ({rollup}, {cancel, simulator: {faults}}) => {
          if (rollup.deciding.length === 0) return
          faults.add({...listing, ...fault})
          cancel.abort()
        }
      }
    )
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    clock.advance(5_000)
    expect(simulator.running()).toEqual([])
    expect(lines.join('\n')).toMatch(/notice: Pipeline #101: cancelled "build-and-test": http/)
    expect(lines.join('\n')).toMatch(
      /warning: Pipeline #101 .* may be running: its workflows could not be listed: .* http/
    )
  })

  it('cancels it at a timeout, too', async () => {
    const {result, simulator, clock} = await tell(
      {scenario: 'slow', faults: [{...listing, status: 404, after: 15}]},
      {inputs: {timeoutSeconds: 30}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    clock.advance(5_000)
    expect(simulator.running()).toEqual([])
  })
})

describe('a step that GitHub cancels before there is a pipeline', () => {
  const trigger = {method: 'POST', path: '/api/v2/project/**/pipeline'} as const

  it('says so', async () => {
    const {result, lines, intents} = await tell(
      clock => startSimulator({clock, faults: [{...trigger, kind: 'status', status: 429}]}),
      {},
      story =>
        story.clock.alarm(2_000, () => {
          story.cancel.abort()
        })
    )
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    expect(lines.join('\n')).toContain('GitHub cancelled the step before there was a pipeline.')
    expect(intents.at(-1)).toBeUndefined()
  })

  it('keeps the intent of a trigger whose answer is out for the post step, and says so', async () => {
    const {result, lines, intents} = await tell(
      clock => startSimulator({clock, faults: [{...trigger, kind: 'cut-after'}]}),
      {},
      story =>
        story.clock.alarm(500, () => {
          story.cancel.abort()
        })
    )
    expect(verdictOf(result)).toBe('cancelled github-cancelled fails')
    expect(lines.join('\n')).toMatch(
      /notice: .* before CircleCI had answered: the pipeline that may be running is looked for/
    )
    expect(intents.at(-1)).toBeDefined()
  })
})

describe('a timeout', () => {
  it('cancels the pipeline', async () => {
    const {result, simulator, cancelled} = await tell(
      {scenario: 'slow'},
      {inputs: {timeoutSeconds: 10}}
    )
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(cancels(simulator)).toBeGreaterThan(0)
    expect(cancelled).toBe(true)
  })

  it('leaves it with on-timeout: leave', async () => {
    const {simulator, lines, cancelled} = await tell(
      {scenario: 'slow'},
      {inputs: {timeoutSeconds: 10, onTimeout: 'leave'}}
    )
    expect(cancels(simulator)).toBe(0)
    expect(cancelled).toBe(false)
    expect(lines.join('\n')).toMatch(/left running, because "on-timeout" is "leave": http/)
  })
})

describe('fail-fast', () => {
  it('leaves the pipeline running', async () => {
    const {result, simulator} = await tell({scenario: 'failing'}, {inputs: {failFast: true}})
    expect(verdictOf(result)).toBe('failure workflow-failed fails')
    expect(cancels(simulator)).toBe(0)
  })
})
