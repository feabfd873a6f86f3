import {describe, expect, it} from '@jest/globals'

import {UnavailableError} from '../../src/circleci/faults.ts'
import {firstReadPatienceMs} from '../../src/trigger/first-read.ts'
import {howToReach} from '../../src/trigger/failure.ts'

const CLOUD = 'https://circleci.com'
const SERVER = 'https://ci.exmaple.com'

describe('a host that does not answer', () => {
  it.each<
    [string, string, {unresolved?: boolean; final?: boolean; foreign?: boolean}, number, RegExp]
  >([
    [
      'by hand, no such name',
      SERVER,
      {unresolved: true},
      60,
      /^Check the input "host" \(https:\/\/ci\.exmaple\.com\) for typos/
    ],
    [
      'by hand, no answer',
      SERVER,
      {},
      300,
      /^Check the input "host", and that this runner can reach/
    ],
    [
      'with a bad certificate',
      SERVER,
      {final: true},
      300,
      /^Check the input "host", .* trusts the certificate/
    ],
    [
      'in whose place something else answers',
      SERVER,
      {foreign: true},
      60,
      /^Check the input "host"/
    ],
    ['CircleCI, without a name server', CLOUD, {unresolved: true}, 300, /status\.circleci\.com/],
    [
      'CircleCI, no answer',
      CLOUD,
      {},
      300,
      /^Check that this runner can reach https:\/\/circleci\.com/
    ]
  ])('%s', (_, host, details, seconds, advice) => {
    const fault = new UnavailableError('GET /x', 'failed', {processed: 'no', ...details})
    expect(firstReadPatienceMs(fault, host)).toBe(seconds * 1000)
    expect(howToReach(host, fault)).toMatch(advice)
  })
})
