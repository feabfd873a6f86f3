import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {Worker} from 'jest-worker'

/** Files whose tests mostly wait for processes: for a poll, a time-out, a last look. */
const WAITS = /[\\/]__tests__[\\/](dist|examples|bench)[\\/]/

/**
 * Runs test files as Node runs any other, many in each worker. Jest's own runner makes a context and a registry of modules
 * for each file: with hundreds of files that is a third of the time, and what they load stays in memory. The files of one
 * worker share its globals and modules, so a test puts back what it changes there. All workers but one begin with what
 * waits, so that the one that computes has a core to itself and nothing is left to be waited for in the end.
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
    const run = async test => {
      await onStart(test)
      try {
        await onResult(test, await workers.run(test.path, {rootDir, testNamePattern}))
      } catch (error) {
        await onFailure(test, error)
      }
    }
    const waiting = tests.filter(({path}) => WAITS.test(path))
    const computing = tests.filter(({path}) => !WAITS.test(path))
    const lane = async (_, index) => {
      const queues = index === 0 ? [computing, waiting] : [waiting, computing]
      for (;;) {
        const test = queues[0].shift() ?? queues[1].shift()
        if (test === undefined) return
        await run(test)
      }
    }
    await Promise.all(Array.from({length: numWorkers}, lane))
    await workers.end()
  }
}
