import {afterEach, describe, expect, it} from '@jest/globals'
import {type Scenario, scenarios} from '../../simulator/index.ts'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

type Parameters = Record<'git' | 'github_app' | 'gitlab' | 'circleci', Record<string, unknown>>

describe('a push', () => {
  it('starts one pipeline of a project whose definitions say nothing', async () => {
    const {simulator, items} = await startRig()
    const [started, ...others] = simulator.push({ref: {branch: 'topic'}, login: 'octocat'})
    expect(others).toEqual([])
    expect(await items(`/project/${simulator.slug}/pipeline`)).toMatchObject([
      {id: started?.id, trigger: {type: 'webhook', actor: {login: 'octocat'}}}
    ])
  })

  it('starts one of each definition that starts on pushes, each when it is due', async () => {
    const {simulator, items, get, seconds} = await startRig({scenario: 'oauth-and-app'})
    const [oauth, app] = simulator.push({ref: {branch: 'topic'}})
    const list = `/project/${simulator.slug}/pipeline`
    expect(await items(list)).toMatchObject([{number: oauth?.number}])
    expect(await get(`/pipeline/${app?.id}`)).toMatchObject({status: 404})
    expect(await get(`${list}/${app?.number}`)).toMatchObject({status: 404})
    expect(simulator.pipelines()).toHaveLength(1)
    seconds(1)
    expect(await items(list)).toMatchObject([{number: app?.number}, {number: oauth?.number}])
    seconds(5)
    expect(await items(`/pipeline/${app?.id}/workflow`)).toMatchObject([{name: 'checks'}])
    expect(await items(`/pipeline/${oauth?.id}/workflow`)).toMatchObject([{name: 'build-and-test'}])
    const names = [oauth, app].map(pipeline => get(`/pipeline/${pipeline?.id}/values`))
    expect(await Promise.all(names)).toMatchObject([
      {json: {'pipeline.name': 'build', 'pipeline.trigger.type': 'github_oauth'}},
      {json: {'pipeline.name': 'app-checks', 'pipeline.trigger.type': 'github_app'}}
    ])
    expect(oauth?.revision).toBe(app?.revision)
  })
})

describe('a pipeline', () => {
  it('of a project with OAuth has vcs and no trigger parameters', async () => {
    const {simulator, get} = await startRig()
    const {id} = simulator.startPipeline({ref: {branch: 'topic'}})
    const {json} = await get(`/pipeline/${id}`)
    expect(json).toMatchObject({vcs: {branch: 'topic'}})
    expect(json).not.toHaveProperty('trigger_parameters')
  })

  it('of the GitHub App has git and github_app, as recorded, and no vcs', async () => {
    const {simulator, get, clock} = await startRig({scenario: 'github-app'})
    const {id, revision} = simulator.startPipeline({trigger: 'api', ref: {branch: 'topic'}})
    const {json} = await get(`/pipeline/${id}`)
    expect(json).not.toHaveProperty('vcs')
    const {git, github_app, circleci} = (json as {trigger_parameters: Parameters})
      .trigger_parameters
    expect(git).toMatchObject({branch: 'topic', ref: 'refs/heads/topic', checkout_sha: revision})
    expect(git).not.toHaveProperty('tag')
    expect(github_app).toMatchObject({ref: 'topic', full_ref: 'refs/heads/topic'})
    const time = new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')
    expect(circleci).toMatchObject({
      event_type: 'create pipeline run api',
      event_time: `${time}.000000000 +0000 UTC`
    })
  })

  it('of GitLab has git, with an empty tag, and gitlab, and a type of its own', async () => {
    const {simulator, get} = await startRig({scenario: 'gitlab'})
    const {id, revision} = simulator.startPipeline({ref: {branch: 'topic'}})
    const {json} = await get(`/pipeline/${id}`)
    expect(json).toMatchObject({
      trigger: {type: 'gitlab'},
      trigger_parameters: {
        git: {branch: 'topic', tag: '', checkout_sha: revision},
        gitlab: {branch: 'topic', ref: 'refs/heads/topic', commit_sha: revision}
      }
    })
    expect(json).not.toHaveProperty('vcs')
    expect(json).not.toHaveProperty(['trigger_parameters', 'github_app'])
  })

  it('can be of any type, and differ in any field', async () => {
    const {simulator, get} = await startRig()
    const {id} = simulator.startPipeline({
      trigger: 'Decoupled Ingestion System',
      fields: {trigger_parameters: {}, vcs: undefined, errors: null}
    })
    const {json} = await get(`/pipeline/${id}`)
    expect(json).toMatchObject({
      id,
      trigger: {type: 'Decoupled Ingestion System'},
      trigger_parameters: {},
      errors: null
    })
    expect(json).not.toHaveProperty('vcs')
  })
})

describe('definitions', () => {
  async function definitionsOf(scenario: Scenario): Promise<unknown> {
    const {simulator, get} = await startRig({scenario})
    const project = (await get(`/project/${simulator.slug}`)).json as {id: string}
    return (await get(`/projects/${project.id}/pipeline-definitions`)).json
  }

  it('have no created_at when CircleCI made them up', async () => {
    const {items} = (await definitionsOf(scenarios.passing)) as {items: object[]}
    expect(items).toMatchObject([{config_source: {provider: 'github_oauth'}}])
    expect(items[0]).not.toHaveProperty('created_at')
  })

  it('have the provider of what they build', async () => {
    expect(await definitionsOf(scenarios.gitlab)).toMatchObject({
      items: [{created_at: expect.any(String), checkout_source: {provider: 'gitlab'}}]
    })
    expect(await definitionsOf(scenarios['oauth-and-app'])).toMatchObject({
      items: [
        {config_source: {provider: 'github_oauth'}},
        {config_source: {provider: 'github_app'}}
      ]
    })
  })

  it('need not be there', async () => {
    const {project} = scenarios['github-app']
    const scenario = {...scenarios['github-app'], project: {...project, definitions: []}}
    expect(await definitionsOf(scenario)).toEqual({items: []})
  })
})
