import {afterEach, describe, expect, it} from '@jest/globals'
import {type JobSpec, type Scenario, type StepSpec, scenarios} from '../../simulator/index.ts'
import {type Item, fetchAnswer, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const {passing} = scenarios

function running(job: JobSpec, behaviour: Scenario['behaviour'] = {}): Scenario {
  return {...passing, pipeline: {workflows: [{name: 'w', jobs: [job]}]}, behaviour}
}

/** Runs a scenario with one job to its end and returns the rig, with the job's number. */
async function finished(scenario: Scenario) {
  const rig = await startRig({scenario})
  const pipeline = await rig.trigger()
  rig.seconds(30)
  const [job] = Object.values(await rig.jobs((await rig.workflow(pipeline)).id))
  return {...rig, number: String(job?.['job_number'])}
}

describe('a test', () => {
  it('has a message, which may be empty, null or missing, and a time that may be text', async () => {
    const tests = [
      {name: 'usual'},
      {name: 'null', fields: {message: null}},
      {name: 'bare', fields: {message: undefined, file: undefined}},
      {name: 'text', fields: {run_time: '0.25'}}
    ]
    const {items, number} = await finished(running({name: 'a', tests}))
    const [usual, none, bare, text] = await items(`/project/gh/acme/shop/${number}/tests`)
    expect(usual).toMatchObject({message: '', run_time: 0.01})
    expect(none).toMatchObject({message: null})
    expect(Object.keys(bare ?? {})).toEqual(expect.not.arrayContaining(['message', 'file']))
    expect(text).toMatchObject({run_time: '0.25'})
  })
})

describe('a step that was tried again', () => {
  const step: StepSpec = {
    name: 'Flaky',
    output: 'third\n',
    fails: true,
    exitCode: 3,
    tries: [
      {output: 'first\n', exitCode: 1},
      {output: 'second\n', exitCode: 2}
    ]
  }

  async function actionsOf(layout: 'each' | 'last', outcome: string) {
    const job = {name: 'a', outcome, steps: [step]}
    const {get, number} = await finished(running(job, {tries: layout}))
    const {json} = await get(`/api/v1.1/project/gh/acme/shop/${number}`)
    const {steps} = json as {steps: {name: string; actions: Record<string, unknown>[]}[]}
    return steps.find(({name}) => name === 'Flaky')?.actions ?? []
  }

  it.each([
    ['each', 'failed', ['0 failed 1', '1 failed 2', '2 failed 3'], ['first', 'second', 'third']],
    ['each', 'success', ['0 failed 1', '1 failed 2', '2 success 0'], ['first', 'second', 'third']],
    ['last', 'failed', ['2 failed 3'], ['third']]
  ] as const)('shows %s try when it ends %s', async (layout, outcome, expected, outputs) => {
    const actions = await actionsOf(layout, outcome)
    const fields = ['auto_rerun_number', 'status', 'exit_code'] as const
    expect(actions.map(action => fields.map(name => String(action[name])).join(' '))).toEqual(
      expected
    )
    expect(actions.every(action => action['max_auto_reruns'] === 2)).toBe(true)
    const texts = actions.map(
      async action => (await fetchAnswer(String(action['output_url']))).text
    )
    for (const [at, text] of (await Promise.all(texts)).entries()) {
      expect(text).toContain(`"message":"${outputs[at]}\\n"`)
    }
  })
})

describe('the build page', () => {
  it('can be gone', async () => {
    const {simulator, get, number} = await finished(running({name: 'a'}))
    simulator.faults.add({kind: 'status', status: 410, path: '/api/v1.1/**'})
    expect((await get(`/api/v1.1/project/gh/acme/shop/${number}`)).status).toBe(410)
    expect((await get(`/project/gh/acme/shop/job/${number}`)).status).toBe(200)
  })
})

describe('errors and warnings', () => {
  it('come several at once, of several lines, of types nobody listed', async () => {
    const {get, trigger, seconds} = await startRig({scenario: 'config-errors'})
    const id = await trigger()
    seconds(5)
    const {state, errors, warnings} = (await get(`/pipeline/${id}`)).json as {
      state: string
      errors: {type: string; message: string}[]
      warnings: {type: string}[]
    }
    expect(state).toBe('errored')
    expect(errors.map(({type, message}) => [type, message.split('\n').length])).toEqual([
      ['config-deprecated-syntax', 4],
      ['config', 3],
      ['config', 1],
      ['quota', 1]
    ])
    expect(warnings).toMatchObject([{type: 'orb-version'}])
  })

  it('of the second kind stop nothing', async () => {
    const {get, trigger, seconds, workflow} = await startRig({scenario: 'config-warning'})
    const id = await trigger()
    seconds(5)
    expect((await get(`/pipeline/${id}`)).json).toMatchObject({
      state: 'created',
      errors: [],
      warnings: [{type: 'config-deprecated-syntax'}]
    })
    expect(await workflow(id)).toMatchObject({status: 'success'})
  })
})

describe('a commit that says to skip CI, on the classic endpoint', () => {
  const path = '/project/gh/acme/shop/pipeline'
  const message = scenarios['skip-ci'].behaviour?.skipCi

  it.each([
    ['message', 200, 0, 404],
    ['ghost', 201, 0, 404],
    ['empty', 201, 1, 200]
  ] as const)('gets a %s', async (skipCiClassic, status, count, found) => {
    const scenario = scenarios['skip-ci']
    const {post, get, items, seconds, simulator} = await startRig({
      scenario: {...scenario, behaviour: {...scenario.behaviour, skipCiClassic}}
    })
    const answer = await post(path, {})
    expect(answer.status).toBe(status)
    expect(simulator.pipelines()).toHaveLength(count)
    expect(await items(path)).toHaveLength(count)
    seconds(60)
    const {id = 'none'} = answer.json as Partial<Item>
    expect((await get(`/pipeline/${id}`)).status).toBe(found)
    expect(simulator.running()).toEqual([])
  })

  it('has the words of the run endpoint', async () => {
    const {post} = await startRig({scenario: 'skip-ci'})
    expect((await post(path, {})).json).toEqual({message})
  })
})

describe('what comes late, or at once', () => {
  it('is a workflow', async () => {
    const {name, jobs} = passing.pipeline.workflows[0] ?? {name: '', jobs: []}
    const scenario = {...passing, pipeline: {workflows: [{name, jobs, appears: 50}]}}
    const {get, items, trigger, seconds} = await startRig({scenario})
    const id = await trigger()
    seconds(50)
    expect((await get(`/pipeline/${id}`)).json).toMatchObject({state: 'created'})
    expect(await items(`/pipeline/${id}/workflow`)).toEqual([])
    seconds(1)
    expect(await items(`/pipeline/${id}/workflow`)).toMatchObject([{name}])
  })

  it.each([0, 50])('is an automatic rerun, %s s after the failure', async autoRerunDelay => {
    const jobs = [{name: 'a', outcome: 'failed'}]
    const workflow = {name: 'w', jobs, maxAutoReruns: 1, autoRerunDelay}
    const scenario = {...passing, pipeline: {workflows: [workflow]}}
    const rig = await startRig({scenario})
    const id = await rig.trigger()
    const path = `/pipeline/${id}/workflow`
    rig.seconds(1.799)
    expect(await rig.items(path)).toMatchObject([{status: 'running', max_auto_reruns: 1}])
    rig.seconds(autoRerunDelay)
    expect(await rig.items(path)).toHaveLength(1)
    rig.seconds(0.001)
    expect(await rig.items(path)).toMatchObject([{auto_rerun_number: 1}, {status: 'failed'}])
  })

  it('is a serial group’s turn', async () => {
    const {trigger, seconds, workflow} = await startRig({scenario: 'serial-group'})
    const id = await trigger()
    const statuses = []
    for (const pause of [0.7, 0.5, 2, 3]) {
      seconds(pause)
      statuses.push((await workflow(id)).status)
    }
    expect(statuses).toEqual(['running', 'queued', 'running', 'success'])
  })
})

describe('a status', () => {
  it('can be null, in a list and by itself', async () => {
    const {simulator, get, trigger, workflow, seconds} = await startRig()
    const id = await trigger()
    seconds(2)
    const {id: workflowId} = await workflow(id)
    simulator.faults.add({kind: 'fields', path: '/workflow/*', fields: {status: null}, times: 1})
    expect((await get(`/workflow/${workflowId}`)).json).toMatchObject({
      id: workflowId,
      status: null
    })
    expect((await get(`/workflow/${workflowId}`)).json).toMatchObject({status: 'running'})
  })
})
