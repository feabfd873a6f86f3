import {afterEach, describe, expect, it} from '@jest/globals'
import {type ScenarioName, scenarios, startSimulator} from '../../simulator/index.ts'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

describe('the controls', () => {
  it('start pipelines as a stranger would', async () => {
    const {simulator, get, items} = await startRig({users: [{login: 'octo-dev'}]})
    const revision = 'a'.repeat(40)
    const {id} = simulator.startPipeline({revision, ref: {branch: 'topic'}})
    simulator.startPipeline({trigger: 'scheduled_pipeline', login: 'developer', parameters: {x: 1}})
    expect((await get(`/pipeline/${id}`)).json).toMatchObject({
      vcs: {revision, branch: 'topic'},
      trigger: {type: 'webhook', actor: {login: 'octo-dev'}}
    })
    expect(await items('/project/gh/acme/shop/pipeline/mine')).toHaveLength(1)
  })

  it('put any status on a workflow and take it off again', async () => {
    const {simulator, trigger, workflow, seconds} = await startRig()
    const pipeline = await trigger()
    seconds(30)
    const before = await workflow(pipeline)
    simulator.force(before.id, 'quarantined')
    expect(await workflow(pipeline)).toMatchObject({status: 'quarantined', stopped_at: null})
    simulator.force(before.id, undefined)
    expect(await workflow(pipeline)).toEqual(before)
    expect(() => {
      simulator.force('nobody', 'failed')
    }).toThrow('There is no workflow nobody.')
  })

  it('record every request, whatever its host', async () => {
    const {simulator, post, clock} = await startRig()
    await post('/project/gh/acme/shop/pipeline?x=1', {branch: 'topic'})
    await fetch(`${simulator.storage}/nothing`)
    expect(simulator.requests).toMatchObject([
      {
        origin: 'api',
        method: 'POST',
        url: '/api/v2/project/gh/acme/shop/pipeline?x=1',
        path: '/api/v2/project/gh/acme/shop/pipeline',
        headers: {'circle-token': simulator.token},
        body: '{"branch":"topic"}',
        at: clock.now(),
        status: 201
      },
      {origin: 'storage', method: 'GET', path: '/nothing', status: 403}
    ])
  })

  it('give the same ids under the same seed, and others under another', async () => {
    const ids: string[] = []
    for (const seed of [1, 1, 2]) ids.push(await (await startRig({seed})).trigger())
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
    expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })
})

describe('time', () => {
  it('is CircleCI’s own in the Date header and everywhere else', async () => {
    const {get, trigger, clock} = await startRig({skewMs: 90_000})
    const id = await trigger()
    const answer = await get(`/pipeline/${id}`)
    const server = clock.now() + 90_000
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(server)
    expect(answer.json).toMatchObject({created_at: new Date(server).toISOString()})
  })

  it('can run faster', async () => {
    const {trigger, workflow, seconds} = await startRig({scenario: 'slow', speed: 20})
    const pipeline = await trigger()
    seconds(3)
    expect((await workflow(pipeline)).status).toBe('success')
  })

  it('is the machine’s when no clock is given', async () => {
    const simulator = await startSimulator()
    const before = Date.now()
    const response = await fetch(`${simulator.url}/api/v2/me`)
    const after = Date.now()
    await simulator.stop()
    const told = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds.
    expect(told).toBeGreaterThan(before - 1000)
    expect(told).toBeLessThanOrEqual(after)
  })
})

describe('scenarios', () => {
  const ends: Record<ScenarioName, [seconds: number, ...statuses: string[]]> = {
    passing: [6, 'success', 'success'],
    failing: [6, 'failed', 'success'],
    'dynamic-config': [6, 'success', 'success', 'success'],
    'on-hold': [6, 'on_hold'],
    flaky: [6, 'failed'],
    'auto-rerun': [9, 'failed', 'success'],
    'config-error': [6],
    'config-errors': [6],
    'config-warning': [6, 'success'],
    'no-workflows': [6],
    slow: [45, 'success'],
    huge: [9, 'failed'],
    'github-app': [6, 'success'],
    'github-app-definitions': [6, 'success'],
    'oauth-and-app': [6, 'success'],
    gitlab: [6, 'success'],
    commit: [6, 'success'],
    several: [6, 'success'],
    superseded: [6, 'canceled', 'running'],
    canceled: [6, 'canceled'],
    unauthorized: [6, 'unauthorized'],
    'not-run': [6, 'not_run'],
    'workflow-error': [6, 'success', 'error'],
    'serial-group': [6, 'success'],
    'unknown-status': [6, 'success'],
    'skip-ci': [6],
    hostile: [6, 'failed', 'success', 'failed']
  }

  it.each(Object.keys(scenarios) as ScenarioName[])('%s ends as it says', async name => {
    const {simulator, post, get, seconds} = await startRig({scenario: name})
    const project = (await get(`/project/${simulator.slug}`)).json as {id: string}
    const {items} = (await get(`/projects/${project.id}/pipeline-definitions`)).json as {
      items: {id: string}[]
    }
    const classic = simulator.slug.startsWith('gh/')
    if (classic) await post(`/project/${simulator.slug}/pipeline`, {})
    else await post(`/project/${simulator.slug}/pipeline/run`, {definition_id: items[0]?.id})
    const [duration, ...statuses] = ends[name]
    seconds(duration)
    const workflows = simulator.pipelines().flatMap(pipeline => pipeline.workflows)
    expect(workflows.map(({status}) => status)).toEqual(statuses)
    expect(scenarios[name]).toMatchObject({name, description: expect.stringMatching(/\.$/)})
  })

  it.each([
    ['twice', [{name: 'a'}, {name: 'a'}], 'two jobs have the same name'],
    ['nowhere', [{name: 'a', requires: ['b']}], 'job a requires b, which does not exist'],
    [
      'circle',
      [
        {name: 'a', requires: ['b']},
        {name: 'b', requires: ['a']}
      ],
      'a, b require each other'
    ]
  ])('that cannot happen are refused: %s', async (_, jobs, message) => {
    const pipeline = {workflows: [{name: 'w', jobs}]}
    await expect(startSimulator({scenario: {...scenarios.passing, pipeline}})).rejects.toThrow(
      message
    )
  })

  it('show statuses nobody knows before they end', async () => {
    const {trigger, workflow, seconds} = await startRig({scenario: 'unknown-status'})
    const pipeline = await trigger()
    const seen: string[] = []
    seconds(0.7)
    for (let tenths = 0; tenths < 60; tenths += 1) {
      const {status} = await workflow(pipeline)
      if (seen.at(-1) !== status) seen.push(status)
      seconds(0.1)
    }
    expect(seen).toEqual(['queued', 'quarantined', 'running', 'success'])
  })
})
