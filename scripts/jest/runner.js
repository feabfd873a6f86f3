import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {Worker} from 'jest-worker'

/**
 * Runs test files as Node runs any other, many in each worker. Jest's own runner makes a context and a registry of modules
 * for each file: with hundreds of files that is a third of the time, and what they load stays in memory. The files of one
 * worker share its globals and modules, so a test puts back what it changes there.
 */
export default class Runner {
  #config

  constructor(globalConfig) {
    this.#config = globalConfig
  }

  async runTests(tests, _watcher, onStart, onResult, onFailure) {
    const {maxWorkers, rootDir, testNamePattern} = this.#config
    const numWorkers = Math.min(maxWorkers, tests.length)
    const workers = new Worker(fileURLToPath(new URL('./worker.js', import.meta.url)), {
      exposedMethods: ['run'],
      numWorkers
    })
    workers.getStdout().pipe(process.stdout)
    workers.getStderr().pipe(process.stderr)
    const queue = tests.values()
    const runNext = async () => {
      for (const test of queue) {
        await onStart(test)
        try {
          await onResult(test, await workers.run(test.path, {rootDir, testNamePattern}))
        } catch (error) {
          await onFailure(test, error)
        }
      }
    }
    await Promise.all(Array.from({length: numWorkers}, runNext))
    await workers.end()
  }
}
