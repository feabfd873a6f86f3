import {writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {systemRandom, systemClock} from '../src/base/clock.ts'
import {command} from '../src/command.ts'
import {startSimulator} from '../simulator/index.ts'
import {failing} from '../simulator/scenarios/failing.ts'
import {ROOT} from './runner/action-file.ts'

// `npm run record`: runs the command on a terminal against an embedded CircleCI and writes what it prints to
// docs/terminal.cast, a recording for asciinema (https://docs.asciinema.org/manual/asciicast/v2/).

const simulator = await startSimulator({scenario: failing})
const started = performance.now()
const size = {width: 100, height: 24}
const args = ['--project-slug', simulator.slug, '--branch', 'main', '--wait']
const shown = (text: string): string => text.replaceAll(simulator.url, 'https://app.circleci.com')
const frames: unknown[] = [
  {version: 2, ...size, title: `circleci-pipeline ${args.join(' ')}`},
  [0, 'o', `$ circleci-pipeline ${args.join(' ')}\r\n`]
]
const write = (text: string): void => {
  const seconds = Math.round(performance.now() - started) / 1000
  frames.push([seconds, 'o', shown(text).replaceAll('\n', '\r\n')])
}
try {
  await command(
    ['--host', simulator.url, ...args],
    {signal: new AbortController().signal, lastWords: () => undefined},
    {
      env: {CIRCLE_TOKEN: simulator.token, TERM: 'xterm-256color'},
      stdout: {write, isTTY: true, rows: size.height},
      stderr: {write},
      cwd: () => process.cwd()
    },
    {clock: systemClock, random: systemRandom}
  )
} finally {
  await simulator.stop()
}
const file = path.join(ROOT, 'docs/terminal.cast')
writeFileSync(file, frames.map(frame => `${JSON.stringify(frame)}\n`).join(''))
console.log(`${file} has ${frames.length} frames.`)
