import {rmSync} from 'node:fs'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import {Worker} from 'jest-worker'
import {compile} from './compile.js'

/** Files whose tests mostly wait for processes: for a poll, a time-out, a last look. */
const WAITS = /[\\/]__tests__[\\/](dist|examples|bench)[\\/]/

/**
 * Runs test files as Node runs any other, many in each worker. Jest's own runner makes a context and a registry of modules
 * for each file: with hundreds of files that is a third of the time, and what they load stays in memory. The files of one
 * worker share its globals and modules, so a test puts back what it changes there. Every other one begins with what
 * computes and the rest with what waits, so that the machine is busy from the first second to the last.
 */
export default class Runner {
  #config

  constructor(globalConfig) {
    this.#config = globalConfig
  }

  async runTests(tests, _watcher, onStart, onResult, onFailure) {
    const {maxWorkers, rootDir, testNamePattern} = this.#config
    const numWorkers = Math.min(maxWorkers, tests.length)
    const compiled = await compile(rootDir)
    // Also when the run is given up as one that hangs.
    process.once('exit', () => {
      rmSync(compiled, {recursive: true, force: true})
    })
    const workers = new Worker(fileURLToPath(new URL('./worker.js', import.meta.url)), {
      exposedMethods: ['run'],
      setupArgs: [{rootDir, compiled}],
      // Megabytes for what is young: with Node's 16 the stories spend a tenth of their time collecting it.
      forkOptions: {execArgv: ['--max-semi-space-size=32']},
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
      const queues = index % 2 === 1 ? [computing, waiting] : [waiting, computing]
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
