import path from 'node:path'
import {describe, expect, it} from '@jest/globals'
import {scenarios, type ScenarioName} from '../../simulator/index.ts'
import {afterwards, job, playAll, scenario, workflow, type Act} from '../dist/stage.ts'
import {pull} from '../support/events.ts'
import {startFakeGitHub} from '../support/fake-github.ts'
import {expectNoLeak, filesBelow, TOKEN, watch, type Run} from '../support/leak.ts'
import {play} from '../support/step.ts'

/** All but `huge`, which is more of what others have. */
const names = (Object.keys(scenarios) as ScenarioName[]).filter(name => name !== 'huge')
const runs = names.flatMap<Run>(name =>
  (['own', 'api'] as const)
    .filter(host => host === 'own' || ['passing', 'failing', 'hostile'].includes(name))
    .map(host => ({name, host}))
)

describe('the token', () => {
  it.each(runs)('is nowhere in a debug run of $name (artifacts on the $host host)', async run => {
    const watched = await watch(run, play)
    expectNoLeak(watched)
    expect(watched.step.summary).not.toBe('')
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
    const {step} = await play({
      simulator: {...act.simulator, token: TOKEN},
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
