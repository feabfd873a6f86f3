import {register} from 'node:module'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import {createEmptyTestResult} from '@jest/test-result'
import {addEventHandler, getState, resetState, run as runTests} from 'jest-circus'
import {formatResultsErrors} from 'jest-message-util'
import {expect, jest} from './globals.js'

process.setSourceMapsEnabled(true)

for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, error => getState().unhandledErrors.push(error))
}

addEventHandler(({name, test}) => {
  if (name === 'test_start') {
    expect.setState({
      assertionCalls: 0,
      suppressedErrors: [],
      testPath: '',
      currentTestName: test.name
    })
  }
  if (name === 'test_done') {
    test.errors.push(...expect.extractExpectedAssertionsErrors().map(({error}) => error))
    test.errors.push(...expect.getState().suppressedErrors)
    jest.restoreAllMocks()
  }
})

/** Has files loaded as `compile` has made them. */
export function setup(folders) {
  register('./hooks.js', import.meta.url, {data: folders})
}

/** Runs one file. Resolves with jest's account of it. */
export async function run(file, {rootDir, testNamePattern}) {
  const start = Date.now()
  resetState()
  const state = getState()
  // None: how long a test takes says how fast the machine is. The reporter ends a run that hangs.
  state.testTimeout = 2 ** 31 - 1
  if (testNamePattern) state.testNamePattern = new RegExp(testNamePattern, 'i')
  await import(pathToFileURL(file).href)
  const {testResults: ran, unhandledErrors} = await runTests()
  const testResults = ran.map(resultOf)
  const number = status => testResults.filter(test => test.status === status).length
  const stray = unhandledErrors.map(
    text => `  ● An error of no test\n\n    ${text.replaceAll('\n', '\n    ')}\n`
  )
  const failures = formatResultsErrors(
    testResults,
    {rootDir, testMatch: []},
    {noStackTrace: false},
    file
  )
  const end = Date.now()
  return {
    ...createEmptyTestResult(),
    failureMessage: [failures ?? [], stray].flat().join('\n') || null,
    numFailingTests: number('failed'),
    numPassingTests: number('passed'),
    numPendingTests: number('pending'),
    numTodoTests: number('todo'),
    perfStats: {start, end, runtime: end - start, slow: false},
    testExecError: unhandledErrors.length === 0 ? undefined : {message: unhandledErrors.join('\n')},
    testFilePath: file,
    testResults
  }
}

function resultOf({testPath: [, ...names], status, errors, errorsDetailed, ...rest}) {
  return {
    ...rest,
    ancestorTitles: names.slice(0, -1),
    title: names.at(-1),
    fullName: names.join(' '),
    failureDetails: errorsDetailed,
    failureMessages: errors,
    status: {skip: 'pending', todo: 'todo', done: errors.length > 0 ? 'failed' : 'passed'}[status]
  }
}
