import {setMaxListeners} from 'node:events'
import * as core from '@actions/core'
import {jest} from '@jest/globals'
import type {Runner} from '../../scripts/runner/step.ts'
import {lineSplitter} from '../../scripts/runner/lines.ts'
import {API_TIMEOUTS, type Timeouts} from '../../src/circleci/transport.ts'
import {perform} from '../../src/main.ts'
import {createLog} from '../../src/report/log.ts'
import {maskTokens, type World} from '../../src/play.ts'
import {actOn, simulate, type Act, type Played} from '../dist/stage.ts'
import {fakeClock} from './fake-clock.ts'

/** For steps in which a request stalls: the only thing that takes real time. */
export const IMPATIENT: Timeouts = {connectMs: 5_000, headersMs: 500, idleMs: 500, totalMs: 5_000}

let last: Promise<unknown> = Promise.resolve()

/**
 * Plays the whole step, from its inputs to its summary, in this process and in virtual time: what a step of the bundle
 * does, but for what only a process has. One after the other, since `process.env` is the step's.
 */
export function play(act: Act = {}, timeouts = API_TIMEOUTS): Promise<Played> {
  const next = last.then(async () => {
    const clock = fakeClock()
    const simulator = await simulate({clock, ...act.simulator})
    const world = {clock, random: () => 0.5, timeouts}
    const played = await actOn(simulator, {...act, runner: inThisProcess(world)})
    // What was cancelled has ended by the time that anybody looks.
    clock.advance(5_000)
    return played
  })
  last = next.catch(() => undefined)
  return next
}

function inThisProcess(world: World): Runner {
  return async (step, fileEnv, log) => {
    const environment = process.env
    setMaxListeners(0)
    process.env = {...step.env, ...fileEnv}
    // It keeps the file of the step before.
    Object.assign(core.summary, {_filePath: undefined})
    const printed: string[] = []
    const lines = lineSplitter(line => {
      log.read(line)
    })
    const write = (text: string): void => {
      printed.push(text)
      lines.write(Buffer.from(text))
    }
    try {
      const mask = maskedBy(write)
      const ourLog = createLog({mask, write, random: () => 'stop-token'})
      const {verdict} = await perform(ourLog, mask, new AbortController().signal, world)
      lines.end()
      const exitCode = verdict?.passes === false ? 1 : 0
      return {exitCode, signal: null, stdout: printed.join(''), stderr: '', cancelled: false}
    } finally {
      process.env = environment
    }
  }
}

/** What `maskTokens` prints, printed by `write`. */
function maskedBy(write: (text: string) => void): ReturnType<typeof maskTokens> {
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    write(String(text))
    return true
  })
  try {
    return maskTokens(process.env)
  } finally {
    stdout.mockRestore()
  }
}
