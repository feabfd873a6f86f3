import {ChildProcess} from 'node:child_process'
import process from 'node:process'

/** How many of the slowest tests are named. */
const NAMED = 10
const TITLE = 'The ten slowest tests, and hooks of a file together:'

/** The one limit on the wall clock that the tests have: a run in which nothing ends for so long hangs. */
const HANGS_AFTER_MINUTES = 10

/** Names the slowest tests at the end of a run, and ends a run that hangs. */
export default class Reporter {
  #running = new Set()
  #ended = []
  #guard

  onRunStart() {
    this.#ended = []
    this.#goesOn()
  }

  onTestFileStart(test) {
    this.#running.add(nameOf(test))
  }

  onTestFileResult(test, {testResults, perfStats}) {
    const file = nameOf(test)
    this.#goesOn()
    this.#running.delete(file)
    const tests = testResults.map(({fullName, duration}) => [duration ?? 0, `${file}: ${fullName}`])
    const all = tests.reduce((sum, [duration]) => sum + duration, 0)
    this.#ended.push(...tests, [perfStats.runtime - all, `${file}: before and after its tests`])
  }

  onRunComplete() {
    clearTimeout(this.#guard)
    if (this.#ended.length <= 2 * NAMED) return
    const slowest = this.#ended.sort(([one], [other]) => other - one).slice(0, NAMED)
    const lines = slowest.map(([ms, name]) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`)
    process.stderr.write(`\n${TITLE}\n${lines.join('\n')}\n`)
  }

  #goesOn() {
    clearTimeout(this.#guard)
    this.#guard = setTimeout(() => {
      this.#giveUp()
    }, HANGS_AFTER_MINUTES * 60_000).unref()
  }

  #giveUp() {
    const files = [...this.#running].join('\n')
    process.stderr.write(`\nNothing has ended for ${HANGS_AFTER_MINUTES} minutes in\n${files}\n`)
    // Jest's workers would live on.
    for (const handle of process._getActiveHandles()) {
      if (handle instanceof ChildProcess) handle.kill('SIGKILL')
    }
    process.exit(1)
  }
}

function nameOf({path, context}) {
  return path.slice(context.config.rootDir.length + 1)
}
