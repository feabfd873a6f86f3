import {afterEach, describe, expect, it} from '@jest/globals'
import {type Scenario, scenarios} from '../../simulator/index.ts'
import {type Rig, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const {passing} = scenarios

function withBehaviour(behaviour: Scenario['behaviour']): Scenario {
  return {...passing, ...(behaviour === undefined ? {} : {behaviour})}
}

async function valuesOf({get}: Rig, id: string): Promise<Record<string, unknown>> {
  return (await get(`/pipeline/${id}/values`)).json as Record<string, unknown>
}

describe('the values of a pipeline', () => {
  it('are built-in ones only, empty ones among them, and none of its parameters', async () => {
    const rig = await startRig()
    const id = await rig.trigger({branch: 'topic', parameters: {retries: 3}})
    expect(await valuesOf(rig, id)).toEqual({
      'pipeline.id': id,
      'pipeline.number': 101,
      'pipeline.definition.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'pipeline.name': 'build',
      'pipeline.project.git_url': 'https://github.com/acme/shop',
      'pipeline.project.slug': 'gh/acme/shop',
      'pipeline.project.type': 'github',
      'pipeline.git.tag': '',
      'pipeline.git.branch': 'topic',
      'pipeline.git.branch.is_default': false,
      'pipeline.git.revision': expect.stringMatching(/^[0-9a-f]{40}$/),
      'pipeline.trigger.type': 'api',
      'pipeline.event.name': 'api',
      'pipeline.schedule.name': '',
      'pipeline.schedule.id': ''
    })
  })

  it('tell the parameters, with the defaults of those not sent, where a scenario says so', async () => {
    const rig = await startRig({scenario: withBehaviour({values: 'with-parameters'})})
    const values = await valuesOf(rig, await rig.trigger({parameters: {retries: 3}}))
    expect(values).toMatchObject({
      'pipeline.parameters.retries': 3,
      'pipeline.parameters.environment': 'staging',
      'pipeline.parameters.deploy': false
    })
  })

  it('can be refused, and can leave out any of them', async () => {
    const rig = await startRig({scenario: withBehaviour({values: 'refused'})})
    const id = await rig.trigger()
    expect(await rig.get(`/pipeline/${id}/values`)).toMatchObject({status: 403})
    rig.simulator.use(withBehaviour({valuesWithout: ['pipeline.definition.id', 'pipeline.name']}))
    const values = await valuesOf(rig, id)
    expect(values).toHaveProperty(['pipeline.git.branch'])
    expect(values).not.toHaveProperty(['pipeline.definition.id'])
    expect(values).not.toHaveProperty(['pipeline.name'])
  })

  it('have their own refusals for an id that is none and one that is nobody’s', async () => {
    const {get} = await startRig()
    expect(await get('/pipeline/nonsense/values')).toMatchObject({
      status: 400,
      json: {message: 'Invalid pipeline ID.'}
    })
    expect(await get('/pipeline/00000000-0000-4000-8000-000000000000/values')).toMatchObject({
      status: 404,
      json: {message: 'pipeline not found'}
    })
  })

  it.each([
    ['webhook', {}, 'github_oauth', 'push'],
    ['Decoupled Ingestion System', {}, 'github_oauth', 'push'],
    ['scheduled_pipeline', {}, 'schedule', 'schedule'],
    ['webhook', {'pipeline.event.name': 'custom_webhook'}, 'github_oauth', 'custom_webhook']
  ])('of a pipeline of type %s with %j name its origin', async (trigger, values, type, name) => {
    const rig = await startRig()
    const {id} = rig.simulator.startPipeline({trigger, values})
    expect(await valuesOf(rig, id)).toMatchObject({
      'pipeline.trigger.type': type,
      'pipeline.event.name': name
    })
  })

  it('name the definition that made it', async () => {
    const rig = await startRig({scenario: 'github-app-definitions'})
    const {id, definitionId} = rig.simulator.startPipeline({definition: 'nightly'})
    rig.seconds(1)
    expect(await valuesOf(rig, id)).toMatchObject({
      'pipeline.definition.id': definitionId,
      'pipeline.name': 'nightly'
    })
    expect(await rig.items(`/pipeline/${id}/workflow`)).toMatchObject([{name: 'browsers'}])
    expect(() => rig.simulator.startPipeline({definition: 'none'})).toThrow('no definition none')
  })
})
