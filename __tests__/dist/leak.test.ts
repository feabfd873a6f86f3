import {describe, expect, it} from '@jest/globals'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {scenarios, type ScenarioName} from '../../simulator/index.ts'
import {startFakeGitHub} from '../support/fake-github.ts'
import {pull} from '../support/events.ts'
import {actOn, afterwards, job, playAll, scenario, simulate, workflow} from './stage.ts'
import type {Act, Played} from './stage.ts'

interface Watched extends Played {
  readonly github: readonly unknown[]
  readonly everyFile: readonly {readonly file: string; readonly content: string}[]
  readonly postPrinted: string
}

const TOKEN = 'CCIPAT_leak_Zm9vYmFy_4f1d2e3c'
const names = Object.keys(scenarios) as ScenarioName[]
/** Where it matters: artifacts on a host of their own, which must not see the token, and on the API's, which must. */
const runs = names.flatMap(name =>
  (['own', 'api'] as const)
    .filter(host => host === 'own' || ['passing', 'failing', 'hostile'].includes(name))
    .map(host => ({name, host}))
)

async function watch({name, host}: (typeof runs)[number]): Promise<Watched> {
  const scenario = scenarios[name]
  const github = await startFakeGitHub()
  afterwards(() => github.close())
  const simulator = await simulate({
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
  })
  const {step} = await actOn(simulator, {
    debug: true,
    githubToken: github.token,
    env: {GITHUB_API_URL: github.url},
    event: {
      name: 'pull_request',
      payload: {
        number: 12,
        pull_request: pull({repo: {id: 1, full_name: 'acme/shop'}})
      }
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
  const post = await step.post()
  return {
    step,
    simulator,
    github: github.requests,
    everyFile: filesBelow(path.dirname(step.folders.home)),
    postPrinted: post.printed + post.stderr
  }
}

function filesBelow(folder: string): {file: string; content: string}[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(entry => {
      const file = path.join(entry.parentPath, entry.name)
      return {file, content: readFileSync(file, 'latin1')}
    })
}

describe('the token', () => {
  const played = playAll(runs, watch, 24)

  it.each(runs)('is nowhere in a debug run of $name (artifacts on the $host host)', run => {
    const {step, simulator, github, everyFile, postPrinted} = played(run)
    expect(step.problems).toEqual([])
    expect(step.masks).toContain(TOKEN)
    expect(step.printed).not.toContain(TOKEN)
    expect(step.stderr).not.toContain(TOKEN)
    expect(postPrinted).not.toContain(TOKEN)
    expect(JSON.stringify([step.outputs, step.state, step.env])).not.toContain(TOKEN)
    expect(everyFile.length).toBeGreaterThan(3)
    expect(everyFile.filter(({content}) => content.includes(TOKEN))).toEqual([])
    expect(JSON.stringify(github)).not.toContain(TOKEN)
    const elsewhere = simulator.requests.filter(({origin}) => origin !== 'api')
    expect(JSON.stringify(elsewhere)).not.toContain(TOKEN)
    const inAddress = simulator.requests.filter(
      ({url, body}) => url.includes(TOKEN) || body.includes(TOKEN)
    )
    expect(inAddress).toEqual([])
    // Not for want of asking: the API did get it, in its header.
    const shown = simulator.requests.filter(({headers}) => headers['circle-token'] === TOKEN)
    expect(shown.length).toBeGreaterThan(0)
    expect(step.printed).toMatch(/^::debug::/m)
  })

  it('is masked before anything else is printed', () => {
    for (const run of runs) {
      const [first] = played(run).step.stdout.split('\n')
      expect(first).toBe(`::add-mask::${TOKEN}`)
    }
  })

  it("of GitHub is not shown either, and goes to GitHub's API only", () => {
    for (const run of runs) {
      const {step, simulator, everyFile} = played(run)
      expect(step.printed).not.toContain('ghs_fake')
      expect(everyFile.filter(({content}) => content.includes('ghs_fake'))).toEqual([])
      expect(JSON.stringify(simulator.requests)).not.toContain('ghs_fake')
    }
  })
})

describe('a CircleCI that repeats the tokens', () => {
  const GITHUB_TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'
  const both = `${TOKEN} and ${GITHUB_TOKEN}`
  const secrets = [TOKEN, GITHUB_TOKEN, Buffer.from(TOKEN).toString('base64').slice(0, -4)]

  const cases: readonly (Act & {readonly name: string; readonly reason: string})[] = [
    {
      name: 'in names, tests, logs and artifacts',
      reason: 'workflow-failed',
      simulator: {
        scenario: scenario([
          workflow(`build ${both}`, [
            job(`test ${both}`, {
              outcome: 'failed',
              steps: [
                {
                  name: `curl ${both}`,
                  command: `curl -H 'Circle-Token: ${TOKEN}'`,
                  output: `> Authorization: Basic ${Buffer.from(`${TOKEN}:`).toString('base64')}\n${both}\n`,
                  fails: true
                }
              ],
              tests: [
                {
                  name: both,
                  classname: both,
                  file: `src/${TOKEN}.ts`,
                  result: 'failure',
                  message: both
                }
              ],
              artifacts: [{path: `${GITHUB_TOKEN}/${TOKEN}.txt`, content: ''}]
            })
          ])
        ])
      }
    },
    {
      name: 'in the error of a config',
      reason: 'config-error',
      simulator: {
        scenario: scenario([], {pipeline: {errors: [{type: 'config', message: `no ${both}`}]}})
      }
    },
    {
      // Cut at 140 characters, as the description of a commit status is, all but one of the token would be left.
      name: 'in a refusal, where a commit status is cut',
      reason: 'rejected',
      simulator: {
        faults: [
          {
            method: 'POST',
            path: '/project/*/*/*/pipeline',
            kind: 'status',
            status: 400,
            body: JSON.stringify({message: `${'x'.repeat(45)} ${both}`}),
            nth: 1
          }
        ]
      }
    },
    {name: 'in an input', reason: 'input', inputs: {timeout: both}}
  ]

  const played = playAll(cases, async act => {
    const github = await startFakeGitHub({token: GITHUB_TOKEN})
    afterwards(() => github.close())
    const simulator = await simulate({...act.simulator, token: TOKEN})
    const {step} = await actOn(simulator, {
      debug: true,
      githubToken: GITHUB_TOKEN,
      env: {GITHUB_API_URL: github.url},
      event: {
        name: 'pull_request',
        payload: {number: 12, pull_request: pull({repo: {id: 1, full_name: 'acme/shop'}})}
      },
      inputs: {'commit-status': 'circleci', comment: 'true', ...act.inputs}
    })
    return {step, github, everyFile: filesBelow(path.dirname(step.folders.home))}
  })

  it.each(cases)('$name: they are three stars wherever they would leave', one => {
    const {step, github, everyFile} = played(one)
    expect(step.outputs).toMatchObject({conclusion: 'failure', 'failure-reason': one.reason})
    const said = github.requests.map(({path: address, body}) => ({address, body}))
    const left = JSON.stringify([step.outputs, step.state, step.summary, said, everyFile])
    for (const secret of secrets) expect(left).not.toContain(secret)
    // The runner masks only what it was told.
    expect(step.printed).not.toContain(GITHUB_TOKEN)
    expect(step.summary).toContain('&#42;&#42;&#42;')
    if (one.reason === 'input') return
    expect(github.comments[0]?.body).toContain('&#42;&#42;&#42;')
    expect(github.statuses.at(-1)?.description).not.toContain(TOKEN.slice(0, 8))
    expect(said.length).toBeGreaterThan(2)
  })
})
