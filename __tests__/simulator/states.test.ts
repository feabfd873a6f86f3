import {afterEach, describe, expect, it} from '@jest/globals'
import {type Scenario, type SetupSpec, scenarios} from '../../simulator/index.ts'
import {dynamicSetup} from '../../simulator/scenarios/dynamic-config.ts'
import {type Item, type Rig, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

async function stateOf({get}: Rig, id: string): Promise<unknown> {
  return ((await get(`/pipeline/${id}`)).json as Record<string, unknown>)['state']
}

/** Every state in turn, looked at ten times a second. */
async function statesOf(rig: Rig, id: string, seconds: number): Promise<unknown[]> {
  const states: unknown[] = []
  for (let tenths = 0; tenths < seconds * 10; tenths += 1) {
    const state = await stateOf(rig, id)
    if (states.at(-1) !== state) states.push(state)
    rig.seconds(0.1)
  }
  return states
}

describe('a pipeline', () => {
  it('is created for a moment before it is pending, and created again at the end', async () => {
    const rig = await startRig()
    expect(await statesOf(rig, await rig.trigger(), 2)).toEqual(['created', 'pending', 'created'])
  })

  it('has no workflows at first, and late ones later', async () => {
    const {trigger, items, seconds} = await startRig()
    const id = await trigger()
    expect(await items(`/pipeline/${id}/workflow`)).toEqual([])
    seconds(0.65)
    expect((await items(`/pipeline/${id}/workflow`)).map(({name}) => name)).toEqual([
      'build-and-test'
    ])
    seconds(0.5)
    expect((await items(`/pipeline/${id}/workflow`)).map(({name}) => name)).toEqual([
      'docs',
      'build-and-test'
    ])
  })

  it('never has any in no-workflows', async () => {
    const rig = await startRig({scenario: 'no-workflows'})
    const id = await rig.trigger()
    rig.seconds(3600)
    expect(await stateOf(rig, id)).toBe('created')
    expect(await rig.items(`/pipeline/${id}/workflow`)).toEqual([])
  })

  it('shows its errors once it is errored', async () => {
    const rig = await startRig({scenario: 'config-error'})
    const id = await rig.trigger()
    expect((await rig.get(`/pipeline/${id}`)).json).toMatchObject({state: 'created', errors: []})
    expect(await statesOf(rig, id, 2)).toEqual(['created', 'pending', 'errored'])
    expect((await rig.get(`/pipeline/${id}`)).json).toMatchObject({
      errors: [{type: 'config'}, {type: 'config'}]
    })
  })
})

describe('dynamic config', () => {
  const {workflow} = dynamicSetup
  const withSetup = (setup: Partial<SetupSpec>): Scenario => {
    const scenario = scenarios['dynamic-config']
    return {...scenario, pipeline: {...scenario.pipeline, setup: {...dynamicSetup, ...setup}}}
  }

  it('goes through setup and continues in the same pipeline', async () => {
    const rig = await startRig({scenario: 'dynamic-config'})
    const id = await rig.trigger()
    expect(await statesOf(rig, id, 6)).toEqual([
      'created',
      'setup-pending',
      'setup',
      'pending',
      'created'
    ])
    const workflows = await rig.items(`/pipeline/${id}/workflow`)
    expect(workflows.map(({name, tag}) => [name, tag])).toEqual([
      ['web', undefined],
      ['api', undefined],
      ['setup', 'setup']
    ])
  })

  it('stays in setup when the setup workflow fails or never continues', async () => {
    const jobs = workflow.jobs.map(job => ({...job, outcome: 'failed'}))
    for (const setup of [{workflow: {...workflow, jobs}}, {continuation: 'never'} as const]) {
      const rig = await startRig({scenario: withSetup(setup)})
      const id = await rig.trigger()
      rig.seconds(60)
      expect(await stateOf(rig, id)).toBe('setup')
      expect(await rig.items(`/pipeline/${id}/workflow`)).toHaveLength(1)
    }
  })

  it('continues on request, once, and not in conflict with the parameters of the trigger', async () => {
    const rig = await startRig({scenario: withSetup({continuation: 'request'})})
    const id = await rig.trigger({parameters: {deploy: true}})
    rig.seconds(1)
    const continueWith = (body: object) =>
      rig.post('/pipeline/continue', {
        'continuation-key': rig.simulator.pipelines()[0]?.continuationKey,
        configuration: 'version: 2.1',
        ...body
      })
    expect((await continueWith({parameters: {deploy: false}})).json).toEqual({
      message: 'Conflicting pipeline parameters.'
    })
    expect((await continueWith({configuration: null})).status).toBe(400)
    expect((await continueWith({'continuation-key': 'other'})).status).toBe(404)
    expect((await continueWith({parameters: {retries: 1}})).status).toBe(200)
    expect((await continueWith({})).json).toEqual({message: 'Pipeline is not in setup state.'})
    rig.seconds(2)
    expect(await rig.items(`/pipeline/${id}/workflow`)).toHaveLength(3)
  })

  it('cannot rerun the setup workflow once it has continued', async () => {
    const rig = await startRig({scenario: 'dynamic-config'})
    const id = await rig.trigger()
    rig.seconds(10)
    const {id: setup} = await rig.workflow(id, 'setup')
    const {workflow_id: again} = (await rig.post(`/workflow/${setup}/rerun`, {})).json as Item
    rig.seconds(10)
    expect((await rig.get(`/workflow/${String(again)}`)).json).toMatchObject({
      tag: 'setup',
      status: 'failed'
    })
    expect(await stateOf(rig, id)).toBe('created')
  })
})
