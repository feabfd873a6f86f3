import {execFileSync} from 'node:child_process'
import process from 'node:process'
import {actVersion} from './act.ts'
import {playCases} from './cases.ts'
import {playExamples} from './examples.ts'
import {playOwn} from './own.ts'
import {playProbe} from './probe.ts'
import type {Row} from './row.ts'

// `npm run real-runner` gives the action, as a release holds it, to a runner of workflows that others wrote, and shows
// where that does otherwise than scripts/runner, by which the tests go. It is no part of the tests.

const version = actVersion()
if (version === undefined) {
  process.stderr
    .write(`There is no act on the PATH: https://github.com/nektos/act. Where Go is, this installs it:
  go install github.com/nektos/act@latest && export PATH="$PATH:$(go env GOPATH)/bin"\n`)
  process.exitCode = 1
} else {
  const online = isOnline()
  const others = online ? 'fetched' : 'replaced by an action that does nothing: no network'
  process.stdout.write(`${version}, on this machine; actions of others are ${others}\n`)
  // The bundle of what is here, whatever is committed.
  execFileSync('npm', ['run', '--silent', 'build'], {stdio: ['ignore', 'ignore', 'inherit']})
  for (const play of [playProbe, playExamples, playCases, playOwn]) {
    process.stdout.write(`\n${table(await play(online))}`)
  }
}

function isOnline(): boolean {
  const address = 'https://github.com/actions/checkout'
  try {
    execFileSync('git', ['ls-remote', address, 'HEAD'], {timeout: 10_000, stdio: 'ignore'})
    return true
  } catch {
    return false
  }
}

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({what}) => what.length))
  const lines = rows.map(({what, came, differs}) => {
    const mark = differs === '' ? 'same   ' : 'DIFFERS'
    const detail = differs === '' ? '' : `\n${' '.repeat(10)}${differs}`
    return `${mark}  ${what.padEnd(width)}  ${came}${detail}\n`
  })
  return lines.join('')
}
