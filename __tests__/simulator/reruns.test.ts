import {afterEach, describe, expect, it} from '@jest/globals'
import {scenarios} from '../../simulator/index.ts'
import {type Item, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

async function startFlaky(name: 'flaky' | 'auto-rerun' = 'flaky') {
  const rig = await startRig({scenario: name})
  const pipeline = await rig.trigger()
  rig.seconds(6)
  const first = await rig.workflow(pipeline)
  const rerun = async (body: unknown, id = first.id): Promise<string> =>
    ((await rig.post(`/workflow/${id}/rerun`, body)).json as {workflow_id: string}).workflow_id
  return {...rig, pipeline, first, rerun}
}

describe('a rerun from failed', () => {
  it('is a new workflow of the same name and pipeline that shares the jobs that succeeded', async () => {
    const {first, rerun, get, jobs, seconds, pipeline, items} = await startFlaky()
    expect(first.status).toBe('failed')
    const id = await rerun({from_failed: true})
    expect(id).not.toBe(first.id)
    expect((await get(`/workflow/${id}`)).json).toMatchObject({
      name: first.name,
      pipeline_id: pipeline,
      status: 'running'
    })
    const [before, after] = [await jobs(first.id), await jobs(id)]
    expect(after['lint']).toEqual(before['lint'])
    expect(after['e2e']?.id).not.toBe(before['e2e']?.id)
    seconds(5)
    expect((await get(`/workflow/${id}`)).json).toMatchObject({status: 'success'})
    expect((await get(`/workflow/${first.id}`)).json).toEqual(first)
    expect((await items(`/pipeline/${pipeline}/workflow`)).map(item => item.id)).toEqual([
      id,
      first.id
    ])
  })

  it('of one that has succeeded runs nothing again', async () => {
    const {get, rerun, seconds} = await startFlaky()
    const second = await rerun({from_failed: true})
    seconds(5)
    const third = await rerun({from_failed: true}, second)
    expect((await get(`/workflow/${third}`)).json).toMatchObject({status: 'success'})
  })
})

describe('a rerun', () => {
  it('from the start runs every job again', async () => {
    const {first, rerun, jobs, get, seconds} = await startFlaky()
    const id = await rerun({})
    expect((await jobs(id))['lint']?.id).not.toBe((await jobs(first.id))['lint']?.id)
    seconds(1)
    expect((await get(`/workflow/${id}`)).json).toMatchObject({status: 'running'})
    seconds(10)
    expect((await get(`/workflow/${id}`)).json).toMatchObject({status: 'success'})
  })

  const refusal = {
    status: 400,
    json: {message: 'Workflow must be in a terminal state to be rerun'}
  }

  it('of any kind is refused while the workflow is not finished', async () => {
    const scenario = scenarios['on-hold']
    const {post, trigger, workflow, seconds} = await startRig({scenario})
    const pipeline = await trigger()
    const bodies = [{}, {from_failed: true}, {jobs: []}]
    for (const status of ['running', 'on_hold']) {
      seconds(status === 'running' ? 1 : 6)
      const {id} = await workflow(pipeline)
      expect(await workflow(pipeline)).toMatchObject({status})
      for (const body of bodies)
        expect(await post(`/workflow/${id}/rerun`, body)).toMatchObject(refusal)
    }
  })

  it.each(['failing', 'queued'])('is refused while the workflow is %s', async status => {
    const {simulator, post, first} = await startFlaky()
    simulator.force(first.id, status)
    expect(await post(`/workflow/${first.id}/rerun`, {})).toMatchObject(refusal)
  })

  it('is refused for a moment after a cancel', async () => {
    const {post, trigger, workflow, seconds} = await startRig()
    const pipeline = await trigger()
    seconds(1)
    const {id} = await workflow(pipeline)
    expect((await post(`/workflow/${id}/cancel`)).status).toBe(202)
    expect(await post(`/workflow/${id}/rerun`, {})).toMatchObject(refusal)
    seconds(0.4)
    expect(await post(`/workflow/${id}/rerun`, {})).toMatchObject({status: 202})
  })

  it('of some jobs runs those and what depends on them', async () => {
    const {first, rerun, jobs} = await startFlaky()
    const before = await jobs(first.id)
    const after = await jobs(await rerun({jobs: [before['build-image']?.id]}))
    const again = Object.keys(after).filter(name => after[name]?.id !== before[name]?.id)
    expect(again).toEqual(['build-image', 'e2e'])
  })

  it.each([
    ['from_failed and jobs', {from_failed: true, jobs: ['x']}],
    ['from_failed and enable_ssh', {from_failed: true, enable_ssh: true}],
    ['enable_ssh without jobs', {enable_ssh: true}],
    ['a job of another workflow', {jobs: ['00000000-0000-4000-8000-000000000000']}],
    ['jobs that are no list', {jobs: 'lint'}],
    ['a string for a boolean', {from_failed: 'true'}]
  ])('refuses %s', async (_, body) => {
    const {post, first} = await startFlaky()
    expect((await post(`/workflow/${first.id}/rerun`, body)).status).toBe(400)
  })

  it('is refused beyond the limit, and after 90 days', async () => {
    const rig = await startRig({scenario: {...scenarios.failing, behaviour: {rerunLimit: 2}}})
    const pipeline = await rig.trigger()
    rig.seconds(6)
    const {id} = await rig.workflow(pipeline, 'build-and-test')
    const rerun = async () => (await rig.post(`/workflow/${id}/rerun`, {})).status
    expect([await rerun(), await rerun(), await rerun()]).toEqual([202, 202, 400])
    rig.seconds(91 * 86_400)
    const docs = await rig.workflow(pipeline, 'docs')
    expect((await rig.post(`/workflow/${docs.id}/rerun`, {})).status).toBe(400)
  })
})

describe('an automatic rerun', () => {
  it('follows a failure after a delay and says how often it may', async () => {
    const {first, pipeline, workflow, items, seconds} = await startFlaky('auto-rerun')
    expect(first).toMatchObject({status: 'running', max_auto_reruns: 2, auto_rerun_number: 1})
    const [, original] = await items(`/pipeline/${pipeline}/workflow`)
    expect(original).toMatchObject({status: 'failed', max_auto_reruns: 2})
    expect(original).not.toHaveProperty('auto_rerun_number')
    const gap =
      Date.parse(String(first['created_at'])) - Date.parse(String(original?.['stopped_at']))
    expect(gap).toBe(1000)
    seconds(60)
    expect(await workflow(pipeline)).toMatchObject({status: 'success', auto_rerun_number: 1})
    expect(await items(`/pipeline/${pipeline}/workflow`)).toHaveLength(2)
  })

  it('comes as often as the workflow allows and no more, not after a cancel, not after a manual one', async () => {
    const jobs = [{name: 'one', outcome: 'failed'}]
    const workflows = [{name: 'w', jobs, maxAutoReruns: 2}]
    const rig = await startRig({scenario: {...scenarios.flaky, pipeline: {workflows}}})
    const counts = async (id: string) => (await rig.items(`/pipeline/${id}/workflow`)).length
    const [thrice, canceled, manual] = [
      await rig.trigger(),
      await rig.trigger(),
      await rig.trigger()
    ]
    rig.seconds(0.8)
    await rig.post(`/workflow/${(await rig.workflow(canceled)).id}/cancel`)
    rig.seconds(1.5)
    await rig.post(`/workflow/${(await rig.workflow(manual)).id}/rerun`, {from_failed: true})
    rig.seconds(600)
    expect([await counts(thrice), await counts(canceled), await counts(manual)]).toEqual([3, 1, 2])
    const numbers = (await rig.items(`/pipeline/${thrice}/workflow`)).map(
      (workflow: Item) => workflow['auto_rerun_number']
    )
    expect(numbers).toEqual([2, 1, undefined])
  })
})
