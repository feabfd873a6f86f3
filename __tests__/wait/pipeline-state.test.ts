import {describe, expect, it} from '@jest/globals'

import type {Pipeline} from '../../src/circleci/model.ts'
import {messageLine, PipelineState} from '../../src/wait/workflows.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'

function aPipeline(fields: Partial<Pipeline>): Pipeline {
  return {
    id: 'p',
    number: 1,
    projectSlug: 'gh/acme/shop',
    state: 'created',
    createdAt: '2001-01-01T00:00:00Z',
    errors: [],
    warnings: [],
    triggerType: 'api',
    actorLogin: undefined,
    branch: 'main',
    tag: undefined,
    defaultBranch: undefined,
    revision: undefined,
    ...fields
  }
}

describe('the state of a pipeline', () => {
  it('is `created` since that was first seen here, and anew after another state', () => {
    const clock = fakeClock()
    const state = new PipelineState({clock, log: recordedLog()})
    const seen = ['created', 'created', 'pending', 'created', 'created'].map(name => {
      clock.advance(10_000)
      state.take(aPipeline({state: name}), 'a')
      return state.createdForMs
    })
    expect(seen).toEqual([0, 10_000, 0, 0, 10_000])
  })

  it('is settled only with the workflows that were known when it was read', () => {
    const state = new PipelineState({clock: fakeClock(), log: recordedLog()})
    expect(state.isSettledWith('a success')).toBe(false)
    state.take(aPipeline({}), 'a success')
    expect(state.isSettledWith('a success')).toBe(true)
    expect(state.isSettledWith('a success\nb success')).toBe(false)
    state.take(aPipeline({state: 'pending'}), 'a success')
    expect(state.isSettledWith('a success')).toBe(false)
    state.take(aPipeline({}), '')
    expect(state.isSettledWith('')).toBe(false)
  })

  const warnings = [
    {type: 'config-deprecated-syntax', message: 'Use "when" instead.'},
    {type: 'unheard-of', message: 'In step 3:\n|   Orb is old\n'}
  ]

  it("shows CircleCI's warnings once, lines of several as they are, and each as one", () => {
    const log = recordedLog()
    const state = new PipelineState({clock: fakeClock(), log})
    state.take(aPipeline({warnings}), '')
    state.take(aPipeline({warnings}), '')
    expect(log.lines).toEqual([
      "group: CircleCI's warnings about the config",
      'config-deprecated-syntax:',
      'Use "when" instead.',
      'unheard-of:',
      'In step 3:',
      '|   Orb is old',
      '',
      'warning: CircleCI warns about the config: Use "when" instead. (config-deprecated-syntax); In step 3: Orb is old (unheard-of)'
    ])
  })

  it('keeps the lines of an error for the log, and leaves the rest to the verdict', () => {
    const log = recordedLog()
    const errors = [
      {type: 'config', message: 'Job "test":\n  - no such orb\n  - no steps'},
      {type: 'plan', message: 'No seats left.'}
    ]
    new PipelineState({clock: fakeClock(), log}).take(aPipeline({state: 'errored', errors}), '')
    expect(log.lines).toEqual([
      "group: CircleCI's messages about the config",
      'config:',
      'Job "test":',
      '  - no such orb',
      '  - no steps',
      'plan:',
      'No seats left.'
    ])
  })
})

describe('a message as one line', () => {
  it.each([
    {message: 'Unexpected argument(s): x', line: 'Unexpected argument(s): x (config)'},
    {message: 'a\r\n\n|  | b\n • c \n', line: 'a b c (config)'},
    {message: ' \n', line: 'no message (config)'}
  ])('$line', ({message, line}) => {
    expect(messageLine({type: 'config', message})).toBe(line)
  })
})
