import {describe, expect, it} from '@jest/globals'
import {ActionError, InputError, errorMessage} from '../../src/base/errors.ts'

describe('ActionError', () => {
  it('carries a reason, and fails unless told otherwise', () => {
    const error = new ActionError('timeout', 'It took too long.')
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({name: 'ActionError', reason: 'timeout', conclusion: 'failure'})
    expect(error.message).toBe('It took too long.')
    expect('cause' in error).toBe(false)
  })

  it('keeps its cause and its conclusion', () => {
    const cause = new Error('why')
    const error = new ActionError('timeout', 'Late.', {cause, conclusion: 'timed_out'})
    expect(error).toMatchObject({cause, conclusion: 'timed_out'})
  })
})

describe('InputError', () => {
  it('names the input', () => {
    const error = new InputError('timeout', 'must be a duration, got "soon".', {cause: 1})
    expect(error).toBeInstanceOf(ActionError)
    expect(error.message).toBe('Input "timeout" must be a duration, got "soon".')
    expect(error).toMatchObject({
      input: 'timeout',
      reason: 'input',
      conclusion: 'failure',
      cause: 1
    })
  })
})

describe('errorMessage', () => {
  const refused = [
    new Error('connect ECONNREFUSED ::1:80'),
    new Error('connect ECONNREFUSED 127.0.0.1:80')
  ]

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('no'), 'no'],
    ['an error without a message', new TypeError(), 'TypeError'],
    [
      'both addresses of a host',
      new AggregateError(refused),
      'connect ECONNREFUSED ::1:80; connect ECONNREFUSED 127.0.0.1:80'
    ],
    [
      'several errors with a message of their own',
      new AggregateError(refused, 'all failed'),
      'all failed'
    ],
    ['several errors of which there are none', new AggregateError([]), 'AggregateError'],
    ['errors within errors', new AggregateError([new AggregateError(['a', 'b']), 'c']), 'a; b; c'],
    ['a text', 'no', 'no'],
    ['an empty text', '', 'an empty text'],
    ['a number', 3, '3'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('no'), 'Symbol(no)'],
    ['an object with a message', {message: 'no'}, 'no'],
    ['an object without a message', {}, 'an error without a message'],
    ['an object that cannot be text', Object.create(null), 'an error without a message'],
    ['an object whose message is none', {message: 3}, 'an error without a message']
  ])('of %s', (_, error, expected) => {
    expect(errorMessage(error)).toBe(expected)
  })
})
