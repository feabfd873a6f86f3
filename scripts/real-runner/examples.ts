import {readFileSync} from 'node:fs'
import path from 'node:path'
import {isMap, parseDocument} from 'yaml'
import {
  EXAMPLES,
  type Example,
  type Scene,
  playAttempt,
  setScene
} from '../../__tests__/examples/scenes.ts'
import {ROOT} from '../runner/action-file.ts'
import {type Workspace, createWorkspace} from './act.ts'
import type {Row} from './row.ts'

/** Plays every example on act and on scripts/runner, each with a CircleCI of its own, and compares what came of them. */
export async function playExamples(online: boolean): Promise<Row[]> {
  const rows: Row[] = []
  for (const [name, example] of Object.entries<Example>(EXAMPLES)) {
    const real = await onAct(name, example, online)
    const own = await onOurRunner(name, example)
    const results = (lines: readonly string[]): string =>
      lines.map(line => line.split(' {', 1)[0]).join(', ')
    const same = real.join('\n') === own.join('\n')
    const told = results(real) === results(own) ? own.find(line => !real.includes(line)) : undefined
    rows.push({
      what: `examples/${name}`,
      came: results(real),
      differs: same ? '' : `here: ${told ?? results(own)}`
    })
  }
  return rows
}

async function onAct(name: string, example: Example, online: boolean): Promise<string[]> {
  const files = {'deploy.sh': '#!/bin/sh\necho deployed\n', 'workflow.yml': ''}
  const workspace = createWorkspace(files, {online})
  const scene = await setScene(name, example, workspace.commit)
  try {
    const lines: string[] = []
    for (let attempt = 1; attempt <= (example.attempts ?? 1); attempt += 1) {
      lines.push(...(await attemptOnAct(scene, workspace, attempt)))
    }
    return lines
  } finally {
    await scene.end()
    workspace.remove()
  }
}

async function attemptOnAct(
  {name, example, simulators, github}: Scene,
  workspace: Workspace,
  attempt: number
): Promise<string[]> {
  const [simulator] = Object.values(simulators)
  const {jobs, printed} = await workspace.run({
    files: {'workflow.yml': pointedAt(name, simulators)},
    event: example.event.name,
    payload: withHead(example.event.payload ?? {}, workspace.commit),
    secrets: {CIRCLECI_TOKEN: simulator?.token ?? '', GITHUB_TOKEN: github.token},
    env: {GITHUB_API_URL: github.url, GITHUB_RUN_ATTEMPT: String(attempt)}
  })
  if (jobs.length === 0) throw new Error(printed)
  return jobs
    .map(({id, result, steps}) => {
      const ours = steps.filter(({outputs}) => 'conclusion' in outputs)
      return lineOf(
        id,
        result,
        ours.map(({outputs}) => outputs)
      )
    })
    .sort()
}

async function onOurRunner(name: string, example: Example): Promise<string[]> {
  const scene = await setScene(name, example)
  try {
    const lines: string[] = []
    for (let attempt = 1; attempt <= (example.attempts ?? 1); attempt += 1) {
      const ends = await playAttempt(scene, attempt)
      const played = ends.map(({job, result, steps}) => {
        const outputs = steps.map(step => step.outputs)
        for (const step of steps) step.dispose()
        return lineOf(job, result, outputs)
      })
      lines.push(...played.sort())
    }
    return lines
  } finally {
    await scene.end()
  }
}

type Outputs = Readonly<Record<string, string>>

/** Says how a job ended, and all outputs of its steps of this action but for what is another each time. */
function lineOf(job: string, result: string, outputs: readonly Outputs[]): string {
  const told = outputs.map(values => {
    const kept = Object.entries(values).filter(([name]) => name !== 'duration' && name !== 'report')
    return JSON.stringify(Object.fromEntries(kept.sort()))
      .replaceAll(/127\.0\.0\.1:\d+/g, 'host')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
      .replaceAll(/"artifacts-path":"[^"]+"/g, '"artifacts-path":"folder"')
  })
  return [`${job} ${result}`, ...told].join(' ')
}

/** The text of an example's workflow whose steps ask the simulators. */
function pointedAt(name: string, simulators: Scene['simulators']): string {
  const file = path.join(ROOT, 'examples', name, 'workflow.yml')
  const document = parseDocument(readFileSync(file, 'utf8'))
  const urls = Object.fromEntries(Object.entries(simulators).map(([slug, {url}]) => [slug, url]))
  const workflow = document.toJS() as {jobs: Record<string, {steps: {with?: Outputs}[]}>}
  for (const [job, {steps}] of Object.entries(workflow.jobs)) {
    for (const [index, step] of steps.entries()) {
      const given = document.getIn(['jobs', job, 'steps', index, 'with'])
      if (!isMap(given) || !given.has('token')) continue
      const slug = step.with?.['project-slug'] ?? 'gh/acme/shop'
      const expression = /^\$\{\{(.*)\}\}$/.exec(slug)?.[1]
      const chosen = expression ?? `'${slug}'`
      given.set('host', `\${{ fromJSON('${JSON.stringify(urls)}')[${chosen}] }}`)
      given.set('poll-interval', '1s')
    }
  }
  return document.toString({lineWidth: 0})
}

/** The event as it would be for the commit of the workspace. */
function withHead(payload: Readonly<Record<string, unknown>>, sha: string): object {
  const text = JSON.stringify(payload)
  return JSON.parse(text.replaceAll('2'.repeat(40), sha)) as object
}
