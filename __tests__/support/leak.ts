import {expect} from '@jest/globals'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {scenarios, type ScenarioName} from '../../simulator/index.ts'
import {afterwards, type Act, type Played} from '../dist/stage.ts'
import {pull} from './events.ts'
import {startFakeGitHub} from './fake-github.ts'

/** A step that has ended, and every place to which it could have carried a token. */
export interface Watched extends Played {
  readonly github: readonly unknown[]
  readonly everyFile: readonly {readonly file: string; readonly content: string}[]
}

export const TOKEN = 'CCIPAT_leak_Zm9vYmFy_4f1d2e3c'

/** A run of a scenario whose artifacts are on a host of their own, which must not see the token, or on the API's, which must. */
export interface Run {
  readonly name: ScenarioName
  readonly host: 'own' | 'api'
}

/** Plays a whole run with everything on that shows or sends something. */
export async function watch(
  {name, host}: Run,
  play: (act: Act) => Promise<Played>
): Promise<Watched> {
  const scenario = scenarios[name]
  const github = await startFakeGitHub()
  afterwards(() => github.close())
  const {step, simulator} = await play({
    simulator: {
      token: TOKEN,
      scenario: {
        ...scenario,
        behaviour: {...('behaviour' in scenario ? scenario.behaviour : {}), artifactHost: host}
      },
      faults: [
        // The token must not go where a redirect leads.
        {
          method: 'GET',
          path: '/pipeline/*/workflow',
          nth: 2,
          kind: 'redirect',
          location: 'http://127.0.0.1:9/'
        },
        {method: 'GET', path: '/pipeline/*/workflow', nth: 3, kind: 'status', status: 503}
      ]
    },
    debug: true,
    githubToken: github.token,
    env: {GITHUB_API_URL: github.url},
    event: {
      name: 'pull_request',
      payload: {number: 12, pull_request: pull({repo: {id: 1, full_name: 'acme/shop'}})}
    },
    inputs: {
      'artifacts-path': 'out',
      artifacts: '**\n!**/case-*.json',
      timeout: '15s',
      'commit-status': 'circleci',
      comment: 'true',
      'on-hold': 'fail',
      ...(name === 'github-app-definitions' || name === 'skip-ci' ? {definition: 'build'} : {})
    }
  })
  const everyFile = filesBelow(path.dirname(step.folders.home))
  return {step, simulator, github: github.requests, everyFile}
}

/** Every file below a folder. */
export function filesBelow(folder: string): {file: string; content: string}[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => {
      const file = path.join(entry.parentPath, entry.name)
      return {file, content: readFileSync(file, 'latin1')}
    })
}

/** Expects CircleCI's token to be nowhere but in the header of requests to its API, and GitHub's at GitHub's only. */
export function expectNoLeak({step, simulator, github, everyFile}: Watched): void {
  expect(step.problems).toEqual([])
  expect(step.masks).toContain(TOKEN)
  // Before anything else.
  expect(step.stdout.split('\n')[0]).toBe(`::add-mask::${TOKEN}`)
  expect(everyFile.length).toBeGreaterThan(3)
  const elsewhere = simulator.requests.filter(({origin}) => origin !== 'api')
  const left = [step.outputs, step.state, step.env, github, elsewhere]
  for (const text of [step.printed, step.stderr, JSON.stringify(left)]) {
    expect(text).not.toContain(TOKEN)
  }
  expect(everyFile.filter(({content}) => content.includes(TOKEN))).toEqual([])
  const inAddress = simulator.requests.filter(
    ({url, body}) => url.includes(TOKEN) || body.includes(TOKEN)
  )
  expect(inAddress).toEqual([])
  // Not for want of asking: the API did get it, in its header.
  const shown = simulator.requests.filter(({headers}) => headers['circle-token'] === TOKEN)
  expect(shown.length).toBeGreaterThan(0)
  expect(step.printed).toMatch(/^::debug::/m)
  expect(step.printed).not.toContain('ghs_fake')
  expect(everyFile.filter(({content}) => content.includes('ghs_fake'))).toEqual([])
  expect(JSON.stringify(simulator.requests)).not.toContain('ghs_fake')
}
