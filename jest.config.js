import {createDefaultEsmPreset} from 'ts-jest'

export default {
  ...createDefaultEsmPreset(),
  // ts-jest rewrites './x.ts' to './x.js'; this points it back at the source.
  moduleNameMapper: {'^(\\.{1,2}/.*)\\.js$': '$1'},
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  restoreMocks: true
}
