import {availableParallelism} from 'node:os'
import {createDefaultEsmPreset} from 'ts-jest'

export default {
  ...createDefaultEsmPreset(),
  // ts-jest rewrites './x.ts' to './x.js'; this points it back at the source.
  moduleNameMapper: {'^(\\.{1,2}/.*)\\.js$': '$1'},
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // The bundle's tests mostly wait, for a poll or a time-out: twice the cores keeps the machine busy.
  maxWorkers: 2 * availableParallelism(),
  // What hangs is noticed all the same; five seconds, jest's default, can pass on a busy machine.
  testTimeout: 60_000,
  restoreMocks: true
}
