import {jestExpect} from '@jest/expect'
import {ModernFakeTimers} from '@jest/fake-timers'
import * as circus from 'jest-circus'
import {ModuleMocker} from 'jest-mock'

// What tests import from '@jest/globals', a package that works in jest's own contexts only.

export const {afterAll, afterEach, beforeAll, beforeEach, describe, it, test} = circus
export const expect = jestExpect

const mocks = new ModuleMocker(globalThis)
const timers = new ModernFakeTimers({config: {fakeTimers: {}}, global: globalThis})

export const jest = {
  fn: mocks.fn.bind(mocks),
  spyOn: mocks.spyOn.bind(mocks),
  restoreAllMocks: mocks.restoreAllMocks.bind(mocks),
  useFakeTimers: timers.useFakeTimers.bind(timers),
  useRealTimers: timers.useRealTimers.bind(timers),
  getTimerCount: timers.getTimerCount.bind(timers),
  advanceTimersByTime: timers.advanceTimersByTime.bind(timers),
  advanceTimersByTimeAsync: timers.advanceTimersByTimeAsync.bind(timers)
}
