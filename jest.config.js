import {availableParallelism} from 'node:os'
import process from 'node:process'
import {rings} from './scripts/jest/rings.js'
import {runsOn} from './scripts/jest/windows.js'

/** `npm test -- --selectProjects unit` runs one ring. */
const projects = Object.entries(await rings()).map(([displayName, files]) => ({
  displayName,
  testMatch: files.filter(file => runsOn(process.platform, file)).map(file => `<rootDir>/${file}`),
  runner: '<rootDir>/scripts/jest/runner.js',
  transform: {}
}))

export default {
  projects,
  // The bundle's tests mostly wait, for a poll or a time-out: twice the cores keeps the machine busy.
  maxWorkers: 2 * availableParallelism(),
  reporters: ['default', '<rootDir>/scripts/jest/reporter.js']
}
