import {afterEach, describe, expect, it} from '@jest/globals'
import {scenarios} from '../../simulator/index.ts'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

describe('cancelling a workflow', () => {
  it('is accepted at once and takes effect a moment later', async () => {
    const {trigger, workflow, jobs, post, seconds, simulator, get} = await startRig()
    const pipeline = await trigger()
    seconds(1.5)
    const {id} = await workflow(pipeline, 'build-and-test')
    expect((await post(`/workflow/${id}/cancel`)).status).toBe(202)
    expect((await workflow(pipeline, 'build-and-test')).status).toBe('running')
    seconds(0.5)
    const me = (await get('/me')).json as {id: string}
    expect(await workflow(pipeline, 'build-and-test')).toMatchObject({
      status: 'canceled',
      canceled_by: me.id,
      stopped_at: '2026-03-02T09:00:01.900Z'
    })
    const {lint, 'unit-tests': tests, 'build-image': image} = await jobs(id)
    expect([lint?.status, tests?.status, image?.status]).toEqual(['success', 'canceled', 'not_run'])
    expect(simulator.running().map(({name}) => name)).toEqual(['docs'])
  })

  it('stops one that waits on hold', async () => {
    const {trigger, workflow, post, seconds, simulator} = await startRig({scenario: 'on-hold'})
    const pipeline = await trigger()
    seconds(30)
    const {id, status} = await workflow(pipeline)
    expect(status).toBe('on_hold')
    await post(`/workflow/${id}/cancel`)
    seconds(1)
    expect((await workflow(pipeline)).status).toBe('canceled')
    expect(simulator.running()).toEqual([])
  })

  it('changes nothing once it has finished, and is refused only when the scenario says so', async () => {
    const {trigger, workflow, post, seconds, simulator} = await startRig()
    const pipeline = await trigger()
    seconds(30)
    const before = await workflow(pipeline, 'docs')
    expect((await post(`/workflow/${before.id}/cancel`)).status).toBe(202)
    simulator.use({...scenarios.passing, behaviour: {cancelFinished: 'refused'}})
    expect((await post(`/workflow/${before.id}/cancel`)).status).toBe(400)
    seconds(30)
    expect(await workflow(pipeline, 'docs')).toEqual(before)
  })

  it('that is unknown is a 404', async () => {
    const {post} = await startRig()
    expect((await post('/workflow/00000000-0000-4000-8000-000000000000/cancel')).status).toBe(404)
  })
})

describe('cancelling a job', () => {
  it('works by number and by id, and cancels its workflow', async () => {
    const {trigger, workflow, jobs, post, seconds} = await startRig()
    const pipeline = await trigger()
    seconds(1)
    const {id} = await workflow(pipeline, 'build-and-test')
    const {lint, 'unit-tests': tests} = await jobs(id)
    const number = String(lint?.['job_number'])
    expect((await post(`/project/gh/acme/shop/job/${number}/cancel`)).status).toBe(200)
    expect((await post(`/jobs/${String(tests?.id)}/cancel`)).status).toBe(200)
    seconds(10)
    const after = await jobs(id)
    expect(after['lint']).toMatchObject({status: 'canceled', canceled_by: expect.any(String)})
    expect(after['unit-tests']?.status).toBe('canceled')
    expect((await workflow(pipeline, 'build-and-test')).status).toBe('canceled')
  })

  it('that is unknown is a 404', async () => {
    const {post} = await startRig()
    expect((await post('/jobs/00000000-0000-4000-8000-000000000000/cancel')).status).toBe(404)
    expect((await post('/project/gh/acme/shop/job/9/cancel')).status).toBe(404)
    expect((await post('/project/gh/acme/shop/job/x/cancel')).status).toBe(404)
  })
})

describe('redundant pipelines', () => {
  it('are cancelled by a newer one on the same branch, by nobody in particular', async () => {
    const {trigger, workflow, seconds, simulator} = await startRig({scenario: 'superseded'})
    const pipeline = await trigger({branch: 'topic'})
    seconds(10)
    const stopped = await workflow(pipeline)
    expect(stopped.status).toBe('canceled')
    expect(stopped).not.toHaveProperty('canceled_by')
    seconds(10)
    const [, newer] = simulator.pipelines()
    expect(newer).toMatchObject({trigger: 'webhook', actor: 'octo-dev', ref: {branch: 'topic'}})
    expect(newer?.workflows[0]?.status).toBe('success')
  })

  it('can still be rerun by hand', async () => {
    const {trigger, workflow, post, seconds} = await startRig({scenario: 'superseded'})
    const pipeline = await trigger()
    seconds(10)
    const {id} = await workflow(pipeline)
    expect((await post(`/workflow/${id}/rerun`, {})).status).toBe(202)
    seconds(20)
    expect((await workflow(pipeline)).status).toBe('success')
  })

  it.each<['never' | 'non-default' | 'always', string, string]>([
    ['never', 'topic', 'success'],
    ['non-default', 'topic', 'canceled'],
    ['non-default', 'main', 'success'],
    ['always', 'main', 'canceled']
  ])('with auto-cancel %s on branch %s end %s', async (autoCancel, branch, expected) => {
    const {trigger, workflow, seconds} = await startRig({
      scenario: {...scenarios.passing, behaviour: {autoCancel}}
    })
    const pipeline = await trigger({branch})
    await trigger({branch: 'unrelated'})
    seconds(1)
    await trigger({branch})
    seconds(20)
    expect((await workflow(pipeline)).status).toBe(expected)
  })

  it('spares what was scheduled, and reruns that CircleCI made by itself', async () => {
    const {pipeline} = scenarios['auto-rerun']
    const behaviour = {autoCancel: 'non-default'} as const
    const rig = await startRig({scenario: {...scenarios['auto-rerun'], pipeline, behaviour}})
    const ref = {branch: 'topic'}
    const scheduled = rig.simulator.startPipeline({trigger: 'scheduled_pipeline', ref})
    rig.seconds(5.5)
    const rerun = rig.simulator.startPipeline({ref, createdAt: rig.clock.now() - 5_500})
    expect(await rig.items(`/pipeline/${rerun.id}/workflow`)).toHaveLength(2)
    rig.simulator.startPipeline({ref})
    rig.seconds(20)
    expect(await rig.items(`/pipeline/${scheduled.id}/workflow`)).toMatchObject([
      {status: 'success'},
      {status: 'failed'}
    ])
    expect(await rig.items(`/pipeline/${rerun.id}/workflow`)).toMatchObject([
      {status: 'success', auto_rerun_number: 1},
      {status: 'failed'}
    ])
  })
})
