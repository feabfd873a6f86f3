import {describe, expect, it} from '@jest/globals'

import {remainingDuty, type SavedState} from '../src/state.ts'

const pipeline = {
  id: '11111111-2222-4333-8444-555555555555',
  number: 7,
  slug: {provider: 'gh', organization: 'acme', project: 'shop'}
} as const
const intent = {
  version: 1,
  nonce: '0'.repeat(32),
  slug: 'gh/acme/shop',
  parameters: {},
  sentAt: 1
} as const

const aState = (fields: Partial<SavedState>): SavedState => ({
  isPost: true,
  settled: false,
  cancelling: false,
  intent: undefined,
  pipeline: undefined,
  ...fields
})

describe('remainingDuty', () => {
  it.each([
    {name: 'nothing was started', state: {}, onCancel: 'cancel', duty: 'nothing'},
    {
      name: 'came to its end',
      state: {pipeline, settled: true},
      onCancel: 'cancel',
      duty: 'nothing'
    },
    {name: 'killed', state: {pipeline}, onCancel: 'cancel', duty: 'cancel'},
    {name: 'killed, to be left', state: {pipeline}, onCancel: 'leave', duty: 'leave'},
    {name: 'killed in mid-trigger', state: {intent}, onCancel: 'cancel', duty: 'cancel'},
    {name: 'killed in mid-trigger, to be left', state: {intent}, onCancel: 'leave', duty: 'leave'},
    {
      name: 'timed out with on-timeout: cancel, whatever on-cancel says',
      state: {pipeline, settled: true, cancelling: true},
      onCancel: 'leave',
      duty: 'cancel'
    },
    {
      name: 'timed out with on-timeout: leave, whatever on-cancel says',
      state: {pipeline, settled: true},
      onCancel: 'cancel',
      duty: 'nothing'
    },
    {
      name: 'killed while it cancelled',
      state: {pipeline, cancelling: true},
      onCancel: 'cancel',
      duty: 'cancel'
    }
  ] as const)('$name: $duty', ({state, onCancel, duty}) => {
    expect(remainingDuty(aState(state), onCancel)).toBe(duty)
  })
})
