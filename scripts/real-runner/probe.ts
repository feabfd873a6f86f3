import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {runAction} from '../runner/run-action.ts'
import {type ActRun, createWorkspace} from './act.ts'
import type {Row} from './row.ts'

/** An action that looks around and tries out what a runner may do with it; its `post` tells what reached it. */
const ACTION = `name: probe
description: x
inputs: {given: {description: x}, usual: {description: x, default: 'the default'}, 'with blanks': {description: x, default: b}}
runs: {using: node24, main: main.js, post: post.js}
`

const MAIN = `const {appendFileSync: add} = require('node:fs')
const {env} = process
const fact = (name, value) => console.log('fact ' + name + ' = ' + value)
const names = pattern => Object.keys(env).filter(name => pattern.test(name)).sort().join(' ')
fact('works in', process.cwd() === env.GITHUB_WORKSPACE ? 'GITHUB_WORKSPACE' : 'another folder')
fact('stdout', process.stdout.isTTY ? 'a terminal' : 'a pipe')
fact('stdin', process.stdin.isTTY ? 'a terminal' : 'no terminal')
fact('inputs', names(/^INPUT_/))
fact('default', env.INPUT_USUAL)
fact('variables', names(/^(GITHUB|RUNNER|ACTIONS|CI)/))
fact('branch', env.GITHUB_REF + ' ' + env.GITHUB_REF_NAME + ' ' + env.GITHUB_REF_TYPE)
fact('event file', Object.keys(require(env.GITHUB_EVENT_PATH)).includes('ref') ? 'has the payload' : 'has not')
add(env.GITHUB_OUTPUT, 'plain=a=b\\nlong<<E\\none\\ntwo\\nE\\n')
add(env.GITHUB_STATE, 'kept<<E\\none\\ntwo\\nE\\n')
add(env.GITHUB_ENV, 'FROM_FILE=yes\\n')
add(env.GITHUB_STEP_SUMMARY, '# summary\\n')
console.log('::add-mask::hidden-word')
console.log('a hidden-word is here')
console.log('text ##[set-output name=inline]taken')
console.log('::set-output name=command::taken')
console.log('::save-state name=printed::taken')
console.log('::stop-commands::token-of-ours')
console.log('::set-output name=stopped::taken')
console.log('::token-of-ours::')
console.log('  ::set-output name=indented::taken')
console.log('::set-output name=escaped::a%0Ab')
`

const POST = `const {env} = process
console.log('fact state of a file = ' + JSON.stringify(env.STATE_kept ?? null))
console.log('fact state of a command = ' + JSON.stringify(env.STATE_printed ?? null))
console.log('fact inputs in post = ' + JSON.stringify(env.INPUT_GIVEN ?? null))
console.log('fact variable of GITHUB_ENV in post = ' + JSON.stringify(env.FROM_FILE ?? null))
`

const OUTPUTS = ['plain', 'long', 'inline', 'command', 'stopped', 'indented', 'escaped']

/** Runs the probe on act and on scripts/runner; a row for each thing on which they do not agree. */
export async function playProbe(online: boolean): Promise<Row[]> {
  const [real, own] = [await onAct(online), await onOurRunner()]
  const names = [...new Set([...Object.keys(real), ...Object.keys(own)])]
  return names.map(name => {
    const [here, there] = [own[name] ?? 'nothing', real[name] ?? 'nothing']
    const lists = name === 'variables' || name === 'inputs'
    return {
      what: `a step: ${name}`,
      came: lists ? `${there.split(' ').length} names` : JSON.stringify(there).slice(0, 60),
      differs: here === there ? '' : lists ? difference(here, there) : `here: ${here}`
    }
  })
}

function difference(here: string, there: string): string {
  const [own, real] = [here.split(' '), there.split(' ')]
  const only = (some: readonly string[], others: readonly string[]): string =>
    some.filter(name => !others.includes(name)).join(' ') || 'none'
  return `only here: ${only(own, real)}; only act: ${only(real, own)}`
}

type Facts = Readonly<Record<string, string>>

async function onAct(online: boolean): Promise<Facts> {
  const workflow = `name: W
on: push
jobs:
  probe:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - uses: ./probe
        id: probe
        with: {given: x, unheard-of: x}
      - run: echo "fact variable of GITHUB_ENV in the next step = $FROM_FILE"
`
  const workspace = createWorkspace({...files('probe/'), 'workflow.yml': workflow}, {online})
  try {
    return factsOf(await workspace.run({event: 'push'}))
  } finally {
    workspace.remove()
  }
}

function factsOf({jobs, printed}: ActRun): Facts {
  const steps = jobs.flatMap(job => job.steps)
  if (steps.length === 0) throw new Error(printed)
  const [main] = steps.filter(({id, stage}) => id === 'probe' && stage === 'Main')
  const lines = steps.flatMap(step => step.lines)
  return {
    ...told(lines),
    ...outputs(main?.outputs ?? {}),
    'a masked word': lines.find(line => line.endsWith('is here')) ?? '',
    summary: main?.summary ?? '',
    'an input it does not know': /[Uu]nexpected input/.test(printed) ? 'is warned of' : 'passes'
  }
}

async function onOurRunner(): Promise<Facts> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'probe-'))
  for (const [name, content] of Object.entries(files(''))) {
    writeFileSync(path.join(folder, name), content)
  }
  const main = await runAction({
    actionFile: path.join(folder, 'action.yml'),
    inputs: {given: 'x', 'unheard-of': 'x'}
  })
  try {
    // A runner hands on what a step wrote to GITHUB_ENV.
    const post = await main.post({env: main.env})
    const lines = [...main.events, ...post.events].flatMap(event =>
      event.type === 'text' ? [event.line] : []
    )
    const warned = main.annotations.some(({message}) => message.startsWith('Unexpected input'))
    return {
      ...told(lines),
      ...outputs(main.outputs),
      'variable of GITHUB_ENV in the next step': main.env['FROM_FILE'] ?? '',
      'a masked word': lines.find(line => line.endsWith('is here')) ?? '',
      summary: main.summary,
      'an input it does not know': warned ? 'is warned of' : 'passes'
    }
  } finally {
    main.dispose()
    rmSync(folder, {recursive: true, force: true})
  }
}

function files(prefix: string): Record<string, string> {
  return {
    [`${prefix}action.yml`]: ACTION,
    [`${prefix}main.js`]: MAIN,
    [`${prefix}post.js`]: POST,
    // Without it, the package.json of a folder above decides what kind of module they are.
    [`${prefix}package.json`]: '{"type": "commonjs"}\n'
  }
}

function told(lines: readonly string[]): Record<string, string> {
  const found = lines.flatMap(line => {
    const [, name, value] = /^fact (.+?) = (.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found)
}

function outputs(values: Facts): Record<string, string> {
  return Object.fromEntries(
    OUTPUTS.map(name => [`output ${name}`, JSON.stringify(values[name] ?? null)])
  )
}
