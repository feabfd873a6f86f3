import {afterEach, describe, expect, it} from '@jest/globals'
import {type Scenario, scenarios} from '../../simulator/index.ts'
import {type Item, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const classic = '/project/gh/acme/shop/pipeline'
const run = '/project/gh/acme/shop/pipeline/run'

describe('the classic trigger endpoint', () => {
  it('makes a pipeline and says little about it', async () => {
    const {post, get} = await startRig()
    const answer = await post(classic, {branch: 'topic', parameters: {deploy: true, retries: 3}})
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({number: 101, state: 'created'})
    const {id} = answer.json as Item
    expect((await get(`/pipeline/${id}`)).json).toMatchObject({
      trigger: {type: 'api', actor: {login: 'developer'}},
      vcs: {branch: 'topic', provider_name: 'GitHub'}
    })
    expect((await get(`${classic}/101`)).json).toMatchObject({id})
  })

  it('builds the default branch with default parameters when the body is not declared as JSON', async () => {
    const {post, simulator} = await startRig()
    const headers = {'Circle-Token': simulator.token, 'Content-Type': 'text/plain'}
    const answer = await post(classic, {branch: 'topic', parameters: {deploy: true}}, headers)
    expect(answer.status).toBe(201)
    expect(simulator.pipelines()[0]).toMatchObject({ref: {branch: 'main'}, parameters: {}})
  })

  it('builds a tag, and the head of a pull request', async () => {
    const {get, trigger} = await startRig()
    const tagged = await trigger({tag: 'v1.2.3'})
    expect((await get(`/pipeline/${tagged}`)).json).toMatchObject({vcs: {tag: 'v1.2.3'}})
    const pull = await trigger({branch: 'pull/7/head'})
    expect((await get(`/pipeline/${pull}`)).json).toMatchObject({vcs: {review_id: '7'}})
  })

  const long = 'x'.repeat(600)
  const many = Object.fromEntries(Array.from({length: 101}, (_, index) => [`p${index}`, 1]))
  it.each([
    ['an unknown branch', {branch: 'no-such-branch'}, 'Branch not found'],
    ['a pull request without head', {branch: 'pull/7'}, 'Branch not found'],
    ['an unknown tag', {tag: 'no-such-tag'}, 'Tag not found'],
    ['an empty branch', {branch: ''}, 'Branch must not be empty.'],
    ['branch and tag', {branch: 'a', tag: 'b'}, 'Branch and tag cannot both be given.'],
    ['a number as branch', {branch: 1}, "Field 'branch' should be 'string', but was 'number'."],
    ['a list', [], 'Unexpected request body provided.'],
    ['broken JSON', '{', 'Unexpected request body provided.'],
    ['too many parameters', {parameters: many}, 'At most 100 parameters can be given.'],
    ['a long key', {parameters: {[long]: 1}}, 'Parameter names have at most 128 characters.'],
    ['a long value', {parameters: {a: long}}, 'Parameter values have at most 512 characters.'],
    [
      'a null parameter',
      {parameters: {a: null}},
      "Field 'parameters.a' should be 'string', but was 'null'."
    ],
    [
      'a nested parameter',
      {parameters: {a: {}}},
      "Field 'parameters.a' should be 'string', but was 'object'."
    ]
  ])('refuses %s', async (_, body, message) => {
    const {post, simulator} = await startRig()
    const answer = await post(classic, body)
    expect([answer.status, answer.json]).toEqual([400, {message}])
    expect(simulator.pipelines()).toEqual([])
  })

  it('refuses a project of the GitHub App', async () => {
    const {post, simulator} = await startRig({scenario: 'github-app'})
    expect((await post(`/project/${simulator.slug}/pipeline`, {})).status).toBe(404)
    simulator.use({...scenarios['github-app'], behaviour: {classicRefusal: 400}})
    expect((await post(`/project/${simulator.slug}/pipeline`, {})).status).toBe(400)
  })

  it('knows the branches a scenario names and no others', async () => {
    const {project} = scenarios.passing
    const scenario: Scenario = {...scenarios.passing, project: {...project, branches: ['topic']}}
    const {post} = await startRig({scenario})
    expect((await post(classic, {branch: 'topic'})).status).toBe(201)
    expect((await post(classic, {branch: 'main'})).status).toBe(201)
    expect((await post(classic, {branch: 'another'})).status).toBe(400)
  })
})

describe('pipeline parameters', () => {
  it.each([
    ['undeclared ones', {nope: 1, nada: 'x'}, /^Unexpected argument\(s\): nope, nada$/],
    [
      'a string for a boolean',
      {deploy: 'true'},
      /^Type error for argument deploy: expected type: boolean/
    ],
    ['a string for an integer', {retries: '1'}, /expected type: integer/],
    ['a value out of an enum', {environment: 'qa'}, /expected type: enum \(staging, production\)/]
  ])('end in an errored pipeline when they are %s', async (_, parameters, message) => {
    const {get, trigger, seconds, items} = await startRig()
    const id = await trigger({parameters})
    seconds(5)
    const pipeline = (await get(`/pipeline/${id}`)).json as {errors: Item[]}
    expect(pipeline).toMatchObject({state: 'errored', errors: [{type: 'config'}]})
    expect(pipeline.errors[0]?.['message']).toMatch(message)
    expect(await items(`/pipeline/${id}/workflow`)).toEqual([])
  })

  it('are refused when the scenario says so', async () => {
    const {post, simulator} = await startRig({
      scenario: {...scenarios.passing, behaviour: {badParameters: 'refused'}}
    })
    const answer = await post(classic, {parameters: {nope: 1}})
    expect([answer.status, answer.json]).toEqual([400, {message: 'Unexpected argument(s): nope'}])
    expect(simulator.pipelines()).toEqual([])
  })

  it('choose workflows', async () => {
    const {trigger, seconds, items} = await startRig({
      scenario: {
        ...scenarios.passing,
        pipeline: {
          workflows: [
            {name: 'deploy', jobs: [], when: {parameter: 'deploy', equals: true}},
            {name: 'build', jobs: []}
          ]
        }
      }
    })
    const without = await trigger()
    const including = await trigger({parameters: {deploy: true}})
    seconds(2)
    expect(await items(`/pipeline/${without}/workflow`)).toHaveLength(1)
    expect(await items(`/pipeline/${including}/workflow`)).toHaveLength(2)
  })
})

describe('the run endpoint', () => {
  it('needs no definition in an OAuth project, which has a made-up one', async () => {
    const {post, get, simulator} = await startRig()
    const refs = {config: {branch: 'main'}, checkout: {branch: 'topic'}}
    expect((await post(run, refs)).status).toBe(201)
    expect(simulator.pipelines()[0]).toMatchObject({ref: {branch: 'topic'}})
    const {id} = (await get('/project/gh/acme/shop')).json as Item
    expect((await get(`/projects/${id}/pipeline-definitions`)).json).toMatchObject({
      items: [{name: 'build', checkout_source: {repo: {full_name: 'acme/shop'}}}]
    })
  })

  it('runs what the definition says', async () => {
    const {post, get, simulator, seconds, workflow} = await startRig({
      scenario: 'github-app-definitions'
    })
    const project = (await get(`/project/${simulator.slug}`)).json as Item
    const path = `/projects/${project.id}/pipeline-definitions`
    const {items} = (await get(path)).json as {items: Item[]}
    expect(items.map(({name}) => name)).toEqual(['build', 'nightly', 'compliance'])
    const nightly = items.find(({name}) => name === 'nightly')
    expect((await get(`${path}/${nightly?.id ?? ''}`)).json).toEqual(nightly)
    const answer = await post(`/project/${simulator.slug}/pipeline/run`, {
      definition_id: nightly?.id,
      checkout: {tag: 'v1'},
      config: {branch: 'main'}
    })
    seconds(2)
    const {id} = answer.json as Item
    expect((await workflow(id)).name).toBe('browsers')
    const pipeline = (await get(`/pipeline/${id}`)).json as Record<string, unknown>
    expect(pipeline['vcs']).toBeUndefined()
    expect(pipeline).toMatchObject({trigger_parameters: {git: {tag: 'v1', ref: 'refs/tags/v1'}}})
  })

  const opaque = '/project/circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat/pipeline/run'
  it.each([
    ['an unknown definition', {definition_id: '00000000-0000-4000-8000-000000000000'}, 404],
    ['an unknown field', {branch: 'main'}, 400],
    ['an unknown field inside', {checkout: {revision: 'abc'}}, 400],
    ['branch and tag', {checkout: {branch: 'a', tag: 'b'}}, 400],
    ['an unknown branch', {config: {branch: 'no-such-branch'}}, 400]
  ])('refuses %s', async (_, body, status) => {
    const {post, simulator} = await startRig({scenario: 'github-app'})
    expect((await post(opaque, body)).status).toBe(status)
    expect(simulator.pipelines()).toEqual([])
  })

  it('takes the first definition of an App project when none is named, or refuses', async () => {
    const {post, simulator, seconds, get} = await startRig({scenario: 'github-app-definitions'})
    const path = `/project/${simulator.slug}/pipeline/run`
    const {id} = (await post(path, {checkout: {branch: 'topic'}})).json as Item
    seconds(1)
    expect((await get(`/pipeline/${id}/values`)).json).toMatchObject({'pipeline.name': 'build'})
    const {project} = scenarios['github-app']
    const behaviour = {noDefinition: 'refused'} as const
    simulator.use({...scenarios['github-app'], behaviour})
    expect((await post(path, {})).status).toBe(400)
    simulator.use({...scenarios['github-app'], project: {...project, definitions: []}})
    expect((await post(path, {})).status).toBe(404)
  })

  it('takes the content of a config, which OAuth projects ignore, and refuses another type', async () => {
    const {post, workflow, seconds} = await startRig()
    const content = 'version: 2.1\n'
    const answer = await post(run, {config: {branch: 'topic', content}})
    expect(answer.status).toBe(201)
    seconds(2)
    expect(await workflow((answer.json as Item).id, 'docs')).toMatchObject({name: 'docs'})
    expect(await post(run, {config: {content: 1}})).toMatchObject({
      status: 400,
      json: {message: "Field 'config.content' should be 'string', but was 'number'."}
    })
    expect(await post(run, {config: {other: 1}})).toMatchObject({
      status: 400,
      json: {message: "Unexpected field 'config.other'."}
    })
  })

  it('knows neither escaped slugs nor other providers', async () => {
    const {post} = await startRig()
    expect((await post('/project/gh%2Facme%2Fshop/pipeline/run', {})).status).toBe(404)
    expect((await post('/project/gitlab/acme/shop/pipeline/run', {})).status).toBe(404)
  })

  it('answers 200 with a message and no pipeline when the commit says to skip CI', async () => {
    const {post, simulator} = await startRig({scenario: 'skip-ci'})
    const answer = await post(run, {})
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({message: 'Ignoring pipeline due to CI skip in the commit'})
    expect(simulator.pipelines()).toEqual([])
  })
})
