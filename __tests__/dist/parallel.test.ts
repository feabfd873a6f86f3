import {beforeAll, describe, expect, it} from '@jest/globals'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {createFolders, type RunnerFolders} from '../../scripts/runner/environment.ts'
import {runAction, type ActionResult} from '../../scripts/runner/run-action.ts'
import type {Simulator} from '../../simulator/index.ts'
import {pull} from '../support/events.ts'
import {startFakeGitHub, type FakeGitHub} from '../support/fake-github.ts'
import {
  afterwards,
  inputsFor,
  job,
  longRunning,
  reportOf,
  scenario,
  simulate,
  triggers,
  verdictOf,
  workflow
} from './stage.ts'

const event = {name: 'pull_request', payload: {number: 12, pull_request: pull()}}

/** Each runs the workflow that its parameter names; all have a job and a file of the same name. */
const SUITES = ['unit', 'browser', 'load', 'lint', 'docs']
/** The steps take turns with them, so that two projects have three and two. */
const PROJECTS = ['gh/acme/shop', 'gh/acme/docs']
const suites = scenario(
  SUITES.map(name =>
    workflow(name, [job('test', {artifacts: [{path: 'result.txt', content: `${name}\n`}]})], {
      when: {parameter: 'suite', equals: name}
    })
  ),
  {behaviour: {artifactHost: 'api'}}
)
const declared = {suite: {type: 'string' as const, default: 'none', used: true}}
const project = (slug: string, base = suites) => ({
  scenario: {...base, project: {...base.project, slug, parameters: declared}}
})

interface Side {
  readonly suite: string
  readonly simulator: Simulator
  readonly step: ActionResult
}

interface Job {
  readonly sides: readonly Side[]
  readonly simulators: readonly Simulator[]
  readonly folders: RunnerFolders
  readonly github: FakeGitHub
}

/** Runs steps side by side as parallel steps of one job: one event, one temporary folder, one workspace. */
async function sideBySide(): Promise<Job> {
  const simulators = await Promise.all(PROJECTS.map(slug => simulate(project(slug))))
  const github = await startFakeGitHub()
  const folders = createFolders()
  afterwards(() => {
    folders.remove()
    return github.close()
  })
  const sides = await Promise.all(
    SUITES.map(async (suite, index): Promise<Side> => {
      const simulator = nth(simulators, index)
      const step = await runAction({
        event,
        folders,
        githubToken: github.token,
        env: {GITHUB_API_URL: github.url},
        inputs: {
          ...inputsFor(simulator),
          parameters: `suite: ${suite}`,
          comment: suite,
          'commit-status': suite,
          'artifacts-path': `out/${suite}`
        }
      })
      return {suite, simulator, step}
    })
  )
  return {sides, simulators, folders, github}
}

describe('five steps of two projects at the same time', () => {
  let played: Job

  beforeAll(async () => {
    played = await sideBySide()
  })

  it('trigger one pipeline each, and end with its verdict', () => {
    const {sides, simulators} = played
    expect(sides.map(({step}) => verdictOf(step))).toEqual(SUITES.map(() => '0 success'))
    expect(simulators.flatMap(triggers)).toHaveLength(SUITES.length)
    for (const {suite, simulator, step} of sides) {
      const own = simulator.pipelines().find(({id}) => id === step.outputs['pipeline-id'])
      expect(own?.parameters).toEqual({suite})
      expect(step.summary).toContain(`(${step.outputs['pipeline-url']})`)
      expect(step.problems).toEqual([])
      expect(step.stderr).toBe('')
    }
  })

  it('leave outputs, reports and files of their own', () => {
    const {sides, folders} = played
    expect(new Set(sides.map(({step}) => step.outputs['report'])).size).toBe(SUITES.length)
    for (const {suite, step} of sides) {
      expect(reportOf(step)).toMatchObject({workflows: [{name: suite}]})
      expect(step.outputs['artifacts-path']).toBe(path.join(folders.workspace, 'out', suite))
      const file = path.join(folders.workspace, 'out', suite, 'test', 'result.txt')
      expect(readFileSync(file, 'utf8')).toBe(`${suite}\n`)
    }
  })

  it('keep a comment and a status each', () => {
    const {sides, github} = played
    expect(github.comments).toHaveLength(SUITES.length)
    for (const {suite, step} of sides) {
      const url = step.outputs['pipeline-url'] ?? ''
      expect(github.comments.filter(({body}) => body.includes(`(${url})`))).toHaveLength(1)
      const status = github.statuses.filter(({context}) => context === suite).at(-1)
      expect(status).toMatchObject({state: 'success', target_url: url})
    }
  })

  it('leave their post steps nothing to do', async () => {
    const asked = played.simulators.map(({requests}) => requests.length)
    const posts = await Promise.all(played.sides.map(({step}) => step.post()))
    expect(posts.map(({exitCode, printed}) => ({exitCode, printed}))).toEqual(
      SUITES.map(() => ({exitCode: 0, printed: ''}))
    )
    expect(played.simulators.map(({requests}) => requests.length)).toEqual(asked)
  })
})

describe('five steps that are killed together', () => {
  it('are cleaned up by their post steps, each its own pipeline, what is known first', async () => {
    const simulators = await Promise.all(PROJECTS.map(slug => simulate(project(slug, longRunning))))
    const folders = createFolders()
    afterwards(() => {
      folders.remove()
    })
    const running = (): string[] => simulators.flatMap(one => one.running().map(({id}) => id))
    const killed = new AbortController()
    const all = when(
      () => simulators.flatMap(polled).length + running().length === 2 * SUITES.length
    )
    void all.then(() => {
      killed.abort()
    })
    const steps = await Promise.all(
      SUITES.map((suite, index) =>
        runAction({
          event,
          folders,
          inputs: {
            ...inputsFor(nth(simulators, index)),
            parameters: `suite: ${suite}`
          },
          signalPlan: {when: killed.signal, kill: true}
        })
      )
    )
    expect(steps.map(({conclusion}) => conclusion)).toEqual(SUITES.map(() => 'cancelled'))
    expect(running()).toHaveLength(SUITES.length)

    // A post step looks for late workflows for 20 seconds more, which others test.
    const enough = new AbortController()
    const posts = steps.map(step => step.post({signalPlan: {when: enough.signal, kill: true}}))
    const before = simulators.map(({requests}) => requests.length)
    await when(() => running().length === 0)
    enough.abort()
    await Promise.all(posts)
    expect(running()).toEqual([])
    // One look and then the cancel, without a pause in between; and none cancels what is another's.
    for (const [index, simulator] of simulators.entries()) {
      const asked = simulator.requests.slice(before[index]).map(({path: one}) => one)
      const own = simulator.pipelines()
      for (const {id, workflows} of own) {
        const cancel = asked.indexOf(`/api/v2/workflow/${workflows[0]?.id}/cancel`)
        const looks = asked
          .slice(0, cancel)
          .filter(one => one === `/api/v2/pipeline/${id}/workflow`)
        expect(looks).toHaveLength(1)
      }
      expect(asked.filter(one => one.endsWith('/cancel'))).toHaveLength(own.length)
    }
  })
})

/** The next of a list that goes round. */
function nth(simulators: readonly Simulator[], index: number): Simulator {
  const simulator = simulators[index % simulators.length]
  if (simulator === undefined) throw new Error('There is no simulator.')
  return simulator
}

/** The pipelines whose workflows were asked for. */
function polled({requests}: Simulator): string[] {
  const listings = requests.filter(({path: asked}) => /\/pipeline\/[^/]+\/workflow$/.test(asked))
  return [...new Set(listings.map(({path: asked}) => asked))]
}

/** Resolves once it is so. */
async function when(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 1200 && !isSo(); look += 1) {
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
