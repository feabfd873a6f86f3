import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync, type Dirent} from 'node:fs'
import path from 'node:path'
import {marked} from 'marked'
import {isMap, parseDocument} from 'yaml'
import {lintSyntax} from '../../scripts/lint/syntax.ts'
import {lintInputs, lintPins} from '../../scripts/lint/workflow-lint.ts'
import {readActionFile, ROOT} from '../../scripts/runner/action-file.ts'
import type {ActionResult} from '../../scripts/runner/run-action.ts'
import {jobsWithoutTags, readConfig} from './circleci-config.ts'
import {evaluate} from './expression.ts'
import {EXAMPLES, HEAD, type Example, type Scene, playAttempt, setScene} from './scenes.ts'
import {isOurs, readWorkflow, type JobEnd} from './workflow-file.ts'

type ExampleName = keyof typeof EXAMPLES

interface Played extends Scene {
  /** How the jobs ended, for each of GitHub's run attempts. */
  readonly runs: readonly (readonly JobEnd<ActionResult>[])[]
}

const played = new Map<string, Played>()
const cleanUps: (() => unknown)[] = []

beforeAll(async () => {
  await Promise.all(
    Object.entries(EXAMPLES).map(async ([name, example]) => {
      played.set(name, await play(name, example))
    })
  )
})

afterAll(async () => {
  await Promise.all(cleanUps.map(cleanUp => cleanUp()))
})

async function play(name: string, example: Example): Promise<Played> {
  const scene = await setScene(name, example)
  cleanUps.push(scene.end)
  const runs: (readonly JobEnd<ActionResult>[])[] = []
  for (let attempt = 1; attempt <= (example.attempts ?? 1); attempt += 1) {
    runs.push(await playAttempt(scene, attempt))
  }
  for (const next of example.next ?? []) {
    const pipelines = Object.values(scene.simulators).flatMap(simulator => simulator.pipelines())
    runs.push(await playAttempt(scene, 1, next(pipelines)))
  }
  for (const step of runs.flat().flatMap(({steps}) => steps)) {
    cleanUps.push(() => {
      step.dispose()
    })
  }
  return {...scene, runs}
}

const {inputs: known} = readActionFile()

describe.each(folders())('examples/%s', name => {
  it('is played below, and told of in the README', () => {
    expect(Object.keys(EXAMPLES)).toContain(name)
    const readme = readFileSync(path.join(ROOT, 'examples', 'README.md'), 'utf8')
    expect(readme).toContain(`](${name}/workflow.yml)`)
  })

  it('is a workflow that GitHub accepts, with inputs that this action has and pinned actions', async () => {
    const file = `examples/${name}/workflow.yml`
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    expect(await lintSyntax(file, text)).toEqual([])
    expect(lintInputs(text, new Set(Object.keys(known)))).toEqual([])
    expect(lintPins(text).filter(({message}) => !message.includes('"OWNER/'))).toEqual([])
  })

  it('asks for no permission that it does not need', () => {
    const {permissions, jobs} = readWorkflow(name)
    expect(permissions).toEqual({})
    for (const job of Object.values(jobs)) {
      const {steps} = job
      const given = Object.assign({}, ...steps.map(step => step.with ?? {})) as object
      const calls = (what: string): boolean => steps.some(({run = ''}) => run.includes(what))
      const uses = (action: string): boolean =>
        steps.some(step => step.uses?.startsWith(`${action}@`) === true)
      const needed = {
        ...(uses('dorny/paths-filter') ? {'pull-requests': 'read'} : {}),
        ...('comment' in given ? {'pull-requests': 'write'} : {}),
        ...('commit-status' in given || calls('/statuses/') ? {statuses: 'write'} : {}),
        ...(uses('actions/checkout') || calls('/commits?') ? {contents: 'read'} : {})
      }
      expect(job.permissions ?? {}).toEqual(needed)
    }
  })

  it('gives its jobs more time than its steps', () => {
    for (const job of Object.values(readWorkflow(name).jobs)) {
      const minutes = job.steps
        .filter(isOurs)
        .map(step => minutesOf(step.with?.['timeout'] ?? '1h'))
      expect(job['timeout-minutes']).toBeGreaterThan(Math.max(0, ...minutes))
    }
  })

  it('has CircleCI configs that are sound', () => {
    const configs = readdirSync(path.join(ROOT, 'examples', name)).filter(file =>
      /^circleci[\w-]*\.yml$/.test(file)
    )
    expect(configs.length).toBeGreaterThan(0)
    for (const config of configs) {
      const text = readFileSync(path.join(ROOT, 'examples', name, config), 'utf8')
      const document = parseDocument(text)
      expect(document.errors).toEqual([])
      expect(isMap(document.contents)).toBe(true)
      expect(readConfig(`${name}/${config}`).pipeline.workflows).not.toHaveLength(0)
    }
  })
})

describe('the examples, played', () => {
  it('gate a pull request: the guarded workflow runs on its branch', () => {
    const {steps, pipelines} = look('gate-pull-request')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines).toMatchObject([{ref: {branch: 'feature/cart'}, parameters: {gate: true}}])
    expect(names(steps[0], 'workflows')).toEqual(['checks'])
  })

  it('release: the tag is built, its name stays text', () => {
    const {steps, pipelines} = look('release-with-parameters')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines).toMatchObject([
      {ref: {tag: '1.10'}, parameters: {publish: true, version: '1.10'}}
    ])
    expect(jobsWithoutTags('release-with-parameters/circleci.yml')).toEqual([])
  })

  it('GitHub App: the definition is found by its name', () => {
    const {steps, pipelines, simulator} = look('github-app-definition')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines).toHaveLength(1)
    expect(pipelines[0]?.definitionId).toMatch(/^[\da-f-]{36}$/)
    expect(simulator.requests.some(({path: asked}) => asked.endsWith('/pipeline/run'))).toBe(true)
    expect(steps[0]?.stdout).toContain('definition "nightly"')
  })

  it('wait for the pipeline of the commit: nothing is triggered, the coverage is where the next step reads it, and only text there', () => {
    const {steps, pipelines} = look('wait-for-commit-pipeline')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines).toMatchObject([{trigger: 'webhook'}])
    const [step] = steps
    expect(step?.outputs['triggered']).toBe('false')
    expect(names(step, 'artifacts', 'path')).toEqual(['coverage/summary.md'])
    const [, script] = readWorkflow('wait-for-commit-pipeline').jobs['coverage']?.steps ?? []
    const folder = step?.outputs['artifacts-path'] ?? ''
    const summary = path.join(folder, 'summary')
    execFileSync('bash', ['-e', '-c', script?.run ?? ''], {
      env: {...process.env, FOLDER: folder, GITHUB_STEP_SUMMARY: summary}
    })
    const html = marked.parse(readFileSync(summary, 'utf8'), {async: false})
    expect(html.match(/<[^>]+>/g)).toEqual(['<pre>', '</pre>'])
    expect(html).toContain('All lines: 94.2 %\n&lt;/pre>&lt;img src=x> &lt;b>&amp;lt;\n\n# [no]')
  })

  it('approve behind an environment: held, then approved and green, in one pipeline', () => {
    const {steps, pipelines, simulator} = look('approve-behind-environment')
    expect(conclusions(steps)).toEqual(['action_required', 'success'])
    expect(steps.map(({outputs}) => outputs['triggered'])).toEqual(['true', 'false'])
    expect(pipelines).toMatchObject([{workflows: [{name: 'deploy', status: 'success'}]}])
    expect(simulator.requests.filter(({path: asked}) => asked.includes('/approve/'))).toHaveLength(
      1
    )
  })

  it('monorepo: each project builds the branch and has a verdict of its own', () => {
    const {ends, simulators} = look('monorepo-matrix')
    expect(ends.map(({result}) => result).sort()).toEqual(['failure', 'success'])
    for (const simulator of Object.values(simulators)) {
      expect(simulator.pipelines()).toMatchObject([{ref: {branch: 'feature/cart'}}])
    }
    const failed = ends.find(({result}) => result === 'failure')?.steps[0]
    expect(failed?.outputs).toMatchObject({conclusion: 'failure', 'failed-jobs': 'test-web'})
  })

  it('nightly: default branches of other repositories, and the numbers handed on as integers', () => {
    const {ends, simulators} = look('nightly-cross-repo')
    expect(ends.map(({job, result}) => `${job} ${result}`).sort()).toEqual([
      'api success',
      'end-to-end success',
      'web success'
    ])
    const [api, web, last] = ['api', 'web', 'end-to-end'].map(
      project => simulators[`gh/acme/${project}`]?.pipelines() ?? []
    )
    expect([api, web, last].map(pipelines => pipelines?.[0]?.ref)).toEqual(
      [1, 2, 3].map(() => ({branch: 'main'}))
    )
    expect(last?.[0]?.parameters).toEqual({
      'api-build': api?.[0]?.number,
      'web-build': web?.[0]?.number
    })
  })

  it('deploy after green: the failed benchmarks do not decide, and the deployment runs', () => {
    const {ends, steps, pipelines} = look('deploy-after-green')
    expect(conclusions(steps)).toEqual(['success'])
    expect(names(steps[0], 'workflows').sort()).toEqual(['benchmarks', 'build-and-test'])
    expect(ends.map(({job, result}) => `${job} ${result}`)).toEqual([
      'circleci success',
      'deploy success'
    ])
    expect(pipelines).toHaveLength(1)
  })

  it('preview: one comment with the pages, a status that links to the first', () => {
    const {steps, github} = look('preview-links-comment')
    expect(conclusions(steps)).toEqual(['success'])
    expect(github.comments).toHaveLength(1)
    expect(github.comments[0]).toMatchObject({issue: 12})
    expect(github.comments[0]?.body).toContain('docs/guide.html')
    expect(github.comments[0]?.body).not.toContain('404.html')
    const last = github.statuses.at(-1)
    expect(last).toMatchObject({sha: HEAD, context: 'docs preview', state: 'success'})
    expect(last?.target_url).toMatch(/\/docs\/index\.html$/)
    expect(github.statuses[0]?.state).toBe('pending')
  })

  it('approve after a review: the hold of the reviewed commit', () => {
    const {steps, pipelines, simulator} = look('approve-after-review')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines).toMatchObject([{trigger: 'webhook', workflows: [{status: 'success'}]}])
    expect(simulator.requests.filter(({method}) => method === 'POST')).toHaveLength(1)
  })

  it('test by comment: the head of the pull request, and a comment with the result', () => {
    const {steps, pipelines, github} = look('test-by-comment')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines).toMatchObject([
      {ref: {branch: 'pull/12/head'}, parameters: {'long-tests': true}}
    ])
    expect(github.comments).toMatchObject([{issue: 12}])
  })

  it('merge queue: the branch that GitHub made', () => {
    const {steps, pipelines} = look('merge-queue')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines).toMatchObject([
      {ref: {branch: expect.stringMatching(/^gh-readonly-queue\/main\/pr-12-/)}}
    ])
  })

  it('parallel steps: a pipeline, a comment and files each', () => {
    const {steps, pipelines, github} = look('parallel-steps')
    expect(conclusions(steps)).toEqual(['success', 'success'])
    expect(new Set(steps.map(({outputs}) => outputs['pipeline-id'])).size).toBe(2)
    expect(pipelines).toHaveLength(2)
    expect(github.comments).toHaveLength(2)
    const files = steps.flatMap(({outputs}) => {
      const folder = outputs['artifacts-path'] ?? ''
      return readdirSync(folder, {recursive: true, encoding: 'utf8'})
        .filter(file => file.endsWith('.txt'))
        .map(file => readFileSync(path.join(folder, file), 'utf8'))
    })
    expect(files.sort()).toEqual(['browser\n', 'unit\n'])
  })

  it('wait without a runner: called back with the failure, and looked at again by the schedule', () => {
    const {runs, github} = at('wait-without-runner')
    const {pipelines} = look('wait-without-runner')
    const ran = runs.map(run => run.filter(({result}) => result !== 'skipped'))
    expect(ran.map(run => run.map(({job, result}) => `${job} ${result}`))).toEqual([
      ['start success'],
      ['called-back failure'],
      ['overdue failure']
    ])
    expect(pipelines).toHaveLength(1)
    expect(github.statuses.at(-1)).toMatchObject({sha: HEAD, context: 'CircleCI', state: 'failure'})
  })

  it('monorepo in one step: what changed, each a pipeline', () => {
    const {steps, pipelines} = look('monorepo-pipelines')
    expect(conclusions(steps)).toEqual(['success'])
    expect(pipelines.map(({parameters}) => parameters)).toEqual([{api: true}, {web: true}])
    expect(names(steps[0], 'pipelines')).toEqual(['api', 'web'])
  })

  it('rerun from failed: once at once, then on "Re-run jobs", all in one pipeline', () => {
    const {runs} = at('rerun-from-failed')
    const {pipelines} = look('rerun-from-failed')
    expect(runs.map(run => run.map(({result}) => result))).toEqual([['failure'], ['success']])
    expect(pipelines).toHaveLength(1)
    expect(pipelines[0]?.workflows.map(({status}) => status)).toEqual([
      'failed',
      'failed',
      'success'
    ])
    const attempts = runs.map(
      run => JSON.parse(run[0]?.steps[0]?.outputs['workflows'] ?? '[]') as unknown
    )
    expect(attempts).toMatchObject([[{attempt: 2}], [{attempt: 3}]])
  })

  it('write nothing to GitHub unless asked to', () => {
    const speaks = [
      'preview-links-comment',
      'test-by-comment',
      'parallel-steps',
      'wait-without-runner'
    ]
    const silent = Object.keys(EXAMPLES).filter(name => !speaks.includes(name))
    for (const name of silent) expect(at(name as ExampleName).github.requests).toEqual([])
  })

  it('warn of nothing but the benchmarks that may fail', () => {
    const warnings = [...played].flatMap(([name, {runs}]) =>
      runs
        .flat()
        .flatMap(({steps}) =>
          steps.flatMap(({annotations}) =>
            annotations
              .filter(({level}) => level === 'warning')
              .map(({message}) => `${name}: ${message}`)
          )
        )
    )
    // A failed job that does not decide is told all the same.
    expect(warnings).toEqual([expect.stringMatching(/^deploy-after-green: Step .+ failed/)])
  })
})

describe('expressions', () => {
  const contexts = {needs: {build: {outputs: {'pipeline-id': 'x'}}}, steps: {}}

  it.each([
    ["needs.build.outputs.pipeline-id == 'x'", true],
    ["needs.build.outputs.pipeline-id != 'x' || !cancelled()", true],
    ["!cancelled() && needs.build.outputs.nothing == 'x'", false],
    ['contains(fromJSON(\'["x", "y"]\'), needs.build.outputs.pipeline-id)', true],
    ['contains(fromJSON(\'["y"]\'), needs.build.outputs.pipeline-id)', false],
    ['steps.none.outputs.x', undefined]
  ])('%s', (expression, value) => {
    expect(evaluate(expression, contexts)).toBe(value)
  })

  it.each(['always()', 'nonsense.a.b', 'toJSON(needs)'])('refuses %s', expression => {
    expect(() => evaluate(expression, contexts)).toThrow(/context|expression/)
  })
})

function folders(): string[] {
  return readdirSync(path.join(ROOT, 'examples'), {withFileTypes: true})
    .filter((entry: Dirent) => entry.isDirectory())
    .map(({name}) => name)
}

function at(name: ExampleName): Played {
  const found = played.get(name)
  if (found === undefined) throw new Error(`${name} was not played.`)
  return found
}

/** An example that has been played, with what most tests look at: its last run, its first project. */
function look(name: ExampleName) {
  const {runs, simulators, github} = at(name)
  const [simulator] = Object.values(simulators)
  if (simulator === undefined) throw new Error(`${name} has no project.`)
  const ends = runs.at(-1) ?? []
  const steps = ends.flatMap(end => end.steps)
  return {ends, steps, simulators, simulator, github, pipelines: simulator.pipelines()}
}

function conclusions(steps: readonly ActionResult[]): (string | undefined)[] {
  return steps.map(({outputs}) => outputs['conclusion'])
}

/** A field of each item of an output that is a JSON list. */
function names(step: ActionResult | undefined, output: string, field = 'name'): unknown[] {
  const items = JSON.parse(step?.outputs[output] ?? '[]') as Record<string, unknown>[]
  return items.map(item => item[field])
}

function minutesOf(duration: string | number | boolean): number {
  const [, hours = '0', minutes = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(String(duration)) ?? []
  return Number(hours) * 60 + Number(minutes)
}
