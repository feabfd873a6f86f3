import {afterEach, describe, expect, it} from '@jest/globals'
import {type ParameterSpec, type Scenario, scenarios} from '../../simulator/index.ts'
import {parse} from 'yaml'
import {type Rig, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const {passing} = scenarios
const marker: ParameterSpec = {type: 'string', default: '', used: true}
const parameters = {...passing.project.parameters, 'request-id': marker}
const marked: Scenario = {...passing, project: {...passing.project, parameters}}

async function configOf({get}: Rig, id: string): Promise<Record<string, string>> {
  return (await get(`/pipeline/${id}/config`)).json as Record<string, string>
}

describe('the config of a pipeline', () => {
  it('has four keys with underscores, those of a setup config empty without one', async () => {
    const rig = await startRig()
    const config = await configOf(rig, await rig.trigger())
    expect(Object.keys(config).sort()).toEqual([
      'compiled',
      'compiled_setup_config',
      'setup_config',
      'source'
    ])
    expect(config).toMatchObject({setup_config: '', compiled_setup_config: ''})
    expect(config['source']).not.toBe('')
  })

  it('can have the keys of the document', async () => {
    const rig = await startRig({
      scenario: {...scenarios['dynamic-config'], behaviour: {configKeys: 'hyphen'}}
    })
    const id = await rig.trigger()
    expect(await configOf(rig, id)).toMatchObject({
      'setup-config': expect.stringContaining('setup: true')
    })
    rig.simulator.use({...passing, behaviour: {configKeys: 'hyphen'}})
    expect(Object.keys(await configOf(rig, await rig.trigger()))).toEqual(['source', 'compiled'])
  })

  it('declares the parameters there are, and when compiled holds the values that jobs use', async () => {
    const rig = await startRig({scenario: marked})
    const sent = {'request-id': 'ccp-1-1-x', 'image-tag': 'v9'}
    const {source, compiled} = await configOf(rig, await rig.trigger({parameters: sent}))
    expect(parse(source ?? '')).toMatchObject({
      parameters: {
        'request-id': {type: 'string', default: ''},
        'image-tag': {type: 'string', default: 'latest'},
        environment: {type: 'enum', enum: ['staging', 'production']}
      },
      jobs: {lint: {environment: {REQUEST_ID: '<< pipeline.parameters.request-id >>'}}}
    })
    expect(parse(compiled ?? '')).toMatchObject({
      jobs: {lint: {environment: {REQUEST_ID: 'ccp-1-1-x'}}}
    })
    expect(parse(compiled ?? '')).not.toHaveProperty('parameters')
    expect(compiled).not.toContain('v9')
  })

  it('declares none where the project has none', async () => {
    const {parameters: declared, ...project} = passing.project
    expect(declared).toBeDefined()
    const rig = await startRig({scenario: {...passing, project}})
    const {source} = await configOf(rig, await rig.trigger())
    expect(parse(source ?? '')).not.toHaveProperty('parameters')
  })

  it('is a setup config first, and then both', async () => {
    const rig = await startRig({
      scenario: {...scenarios['dynamic-config'], project: marked.project}
    })
    const id = await rig.trigger({parameters: {'request-id': 'ccp-1-1-x'}})
    expect(await configOf(rig, id)).toMatchObject({
      setup_config: expect.stringMatching(/^setup: true\n[^]*request-id/),
      compiled_setup_config: expect.stringContaining('ccp-1-1-x')
    })
    expect(await configOf(rig, id)).toMatchObject({source: '', compiled: ''})
    rig.seconds(1)
    expect(await configOf(rig, id)).toMatchObject({source: '', compiled: ''})
    rig.seconds(10)
    expect(await configOf(rig, id)).toMatchObject({
      source: expect.stringContaining('web-tests'),
      compiled: expect.stringContaining('ccp-1-1-x')
    })
  })

  it('is empty while CircleCI compiles, and never compiled when it is in error', async () => {
    const rig = await startRig({scenario: {...marked, behaviour: {configDelay: 3}}})
    const id = await rig.trigger()
    expect(Object.values(await configOf(rig, id))).toEqual(['', '', '', ''])
    rig.seconds(3)
    expect((await configOf(rig, id))['compiled']).not.toBe('')
    const wrong = await rig.trigger({parameters: {nope: 1}})
    rig.seconds(3)
    expect(await configOf(rig, wrong)).toMatchObject({
      source: expect.stringContaining('version: 2.1'),
      compiled: ''
    })
  })
})
