import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {createInterface} from 'node:readline'
import {ROOT} from '../runner/action-file.ts'
import {createWorkspace} from './act.ts'
import {type Row, rowOf, says, stepsOf} from './row.ts'

/** Runs what this repository itself says and does: the page for who has no account, and the workflow Dogfood. */
export async function playOwn(online: boolean): Promise<Row[]> {
  return [await tryOut(online), await dogfood(online)]
}

/** What docs/try-without-an-account.md says, with its own workflow: the simulator in one terminal, act in another. */
async function tryOut(online: boolean): Promise<Row> {
  const page = readFileSync(path.join(ROOT, 'docs/try-without-an-account.md'), 'utf8')
  const block = /^ {3}```yaml\n(.*?)^ {3}```/ms.exec(page)?.[1] ?? ''
  const token = 'any-text'
  const workspace = createWorkspace({'README.md': 'x\n'}, {online})
  const args = ['run', '--silent', 'simulator', '--', '--token', token, '--scenario', 'failing']
  const server = spawn('npm', args, {cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore']})
  try {
    const {url} = JSON.parse(await firstLine(server)) as {url: string}
    const own = block.replaceAll(/^ {3}/gm, '').replace('http://127.0.0.1:4567', url)
    const run = await workspace.run({
      event: 'push',
      files: {'workflow.yml': own},
      secrets: {CIRCLECI_TOKEN: token}
    })
    return rowOf('docs/try-without-an-account.md', run, [
      !says(run, /^It came to failure$/) && 'it came to something else'
    ])
  } finally {
    server.kill()
    workspace.remove()
  }
}

function firstLine({stdout}: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stdout === null) throw new Error('It has no output.')
    const lines = createInterface({input: stdout})
    lines.once('line', resolve)
    lines.once('close', () => {
      reject(new Error('The simulator did not start.'))
    })
  })
}

/** The workflow of this repository that runs the action from its own checkout; it installs packages, so it needs npm. */
async function dogfood(online: boolean): Promise<Row> {
  const tracked = execFileSync('git', ['ls-files', '-z'], {cwd: ROOT, encoding: 'utf8'})
  const copy = tracked.split('\0').filter(Boolean)
  const workspace = createWorkspace({}, {copy, online})
  try {
    const run = await workspace.run({
      event: 'push',
      workflow: '.github/workflows/dogfood.yml',
      more: ['--matrix', 'os:ubuntu-24.04']
    })
    const red = stepsOf(run).filter(({result, id}) => result === 'failure' && id !== 'pipeline')
    const said = red.flatMap(({id, lines}) => [`step ${id}`, ...lines.slice(-3)])
    return rowOf('.github/workflows/dogfood.yml', run, [run.exitCode !== 0 && 'it failed', ...said])
  } finally {
    workspace.remove()
  }
}
