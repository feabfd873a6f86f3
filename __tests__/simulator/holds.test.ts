import {afterEach, describe, expect, it} from '@jest/globals'
import {type Scenario, scenarios} from '../../simulator/index.ts'
import {type Item, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const scenario = scenarios['on-hold']

async function startRelease(options: {scenario?: Scenario} = {}) {
  const rig = await startRig({scenario, ...options})
  const pipeline = await rig.trigger()
  rig.seconds(0.7)
  const {id} = await rig.workflow(pipeline)
  const hold = String((await rig.jobs(id))['hold-production']?.id)
  const status = async () => (await rig.workflow(pipeline)).status
  return {...rig, id, hold, status}
}

describe('an approval job', () => {
  it('is blocked, then on hold while its workflow still runs, then all that is left', async () => {
    const {jobs, id, seconds, status} = await startRelease()
    expect((await jobs(id))['hold-production']).toMatchObject({status: 'blocked', type: 'approval'})
    seconds(2.6)
    expect((await jobs(id))['hold-production']).toMatchObject({status: 'on_hold'})
    expect((await jobs(id))['browser-tests']).toMatchObject({status: 'running'})
    expect(await status()).toBe('running')
    seconds(60)
    expect(await status()).toBe('on_hold')
  })

  it('can be approved, and approved again', async () => {
    const {post, jobs, id, hold, seconds, status} = await startRelease()
    seconds(10)
    const approval = `/workflow/${id}/approve/${hold}`
    expect((await post(approval)).status).toBe(202)
    expect((await post(approval)).status).toBe(202)
    expect((await jobs(id))['hold-production']).toMatchObject({
      status: 'success',
      approval_request_id: hold,
      approved_by: expect.any(String)
    })
    expect((await jobs(id))['deploy-production']).toMatchObject({status: 'queued'})
    seconds(10)
    expect(await status()).toBe('success')
  })

  it('cannot be approved before it is on hold, nor can what is no approval', async () => {
    const {post, jobs, id, hold} = await startRelease()
    expect((await post(`/workflow/${id}/approve/${hold}`)).status).toBe(400)
    const lint = String((await jobs(id))['lint']?.id)
    expect((await post(`/workflow/${id}/approve/${lint}`)).status).toBe(404)
    expect((await post(`/workflow/${hold}/approve/${id}`)).status).toBe(404)
  })

  it('can refuse to be approved again', async () => {
    const behaviour = {approveAgain: 'refused'} as const
    const {post, id, hold, seconds} = await startRelease({scenario: {...scenario, behaviour}})
    seconds(10)
    expect((await post(`/workflow/${id}/approve/${hold}`)).status).toBe(202)
    expect((await post(`/workflow/${id}/approve/${hold}`)).status).toBe(400)
  })

  it('can be all that is left of a workflow that says it is running', async () => {
    const behaviour = {holdStatus: 'running'} as const
    const {jobs, id, seconds, status} = await startRelease({scenario: {...scenario, behaviour}})
    seconds(60)
    expect(await status()).toBe('running')
    expect((await jobs(id))['hold-production']).toMatchObject({status: 'on_hold'})
  })

  it('can refuse approvals', async () => {
    const approvalRefusal = {status: 403, message: 'You may not approve this job.'}
    const {post, id, hold, seconds} = await startRelease({
      scenario: {...scenario, behaviour: {approvalRefusal}}
    })
    seconds(10)
    const answer = await post(`/workflow/${id}/approve/${hold}`)
    expect([answer.status, answer.json]).toEqual([403, {message: 'You may not approve this job.'}])
  })

  it('can be approved by a person of the scenario, and has no job details even with a number', async () => {
    const jobs = [
      {name: 'hold', type: 'approval', numbered: true, approved: {after: 3}},
      {name: 'deploy', requires: ['hold']}
    ]
    const rig = await startRig({
      scenario: {...scenario, pipeline: {workflows: [{name: 'w', jobs}]}}
    })
    const pipeline = await rig.trigger()
    rig.seconds(2)
    const {id} = await rig.workflow(pipeline)
    const {hold} = await rig.jobs(id)
    const started_at = (await rig.workflow(pipeline))['created_at']
    expect(hold).toMatchObject({status: 'on_hold', job_number: expect.any(Number), started_at})
    expect(hold).toMatchObject({stopped_at: null})
    const number = String(hold?.['job_number'])
    expect((await rig.get(`/project/gh/acme/shop/job/${number}`)).status).toBe(404)
    rig.seconds(5)
    expect((await rig.workflow(pipeline)).status).toBe('success')
    expect((await rig.jobs(id))['hold']).toMatchObject({stopped_at: expect.any(String)})
  })

  it('keeps a workflow failing when something else has failed', async () => {
    const jobs = [
      {name: 'hold', type: 'approval'},
      {name: 'lint', outcome: 'failed'}
    ]
    const rig = await startRig({
      scenario: {...scenario, pipeline: {workflows: [{name: 'w', jobs}]}}
    })
    const pipeline = await rig.trigger()
    rig.seconds(30)
    expect(await rig.workflow(pipeline)).toMatchObject({status: 'failing', stopped_at: null})
  })
})

describe('jobs', () => {
  it('go from blocked to queued to running to their end, and have a number from queued on', async () => {
    const rig = await startRig()
    const pipeline = await rig.trigger()
    const seen: string[] = []
    for (let tenths = 0; tenths < 50; tenths += 1) {
      const workflow = (await rig.items(`/pipeline/${pipeline}/workflow`)).at(-1)
      const job = workflow && (await rig.jobs(workflow.id))['build-image']
      const state = job && `${job.status} ${job['job_number'] === undefined ? '-' : '#'}`
      if (state !== undefined && seen.at(-1) !== state) seen.push(state)
      rig.seconds(0.1)
    }
    expect(seen).toEqual(['blocked -', 'queued #', 'running #', 'success #'])
  })

  it('can be blocked for a moment although all they require has succeeded', async () => {
    const jobs = [
      {name: 'hold', type: 'approval'},
      {name: 'one'},
      {name: 'two', requires: ['one'], waiting: 'blocked', queue: 5}
    ] as const
    const rig = await startRig({
      scenario: {...scenario, pipeline: {workflows: [{name: 'w', jobs}]}}
    })
    const pipeline = await rig.trigger()
    rig.seconds(4)
    const {id, status} = await rig.workflow(pipeline)
    expect(await rig.jobs(id)).toMatchObject({one: {status: 'success'}, two: {status: 'blocked'}})
    expect(status).toBe('running')
    rig.seconds(5)
    expect(await rig.workflow(pipeline)).toMatchObject({status: 'on_hold'})
  })

  it.each<[string, string]>([
    ['failed', 'failed'],
    ['timedout', 'failed'],
    ['infrastructure_fail', 'failed'],
    ['terminated-unknown', 'failed'],
    ['unauthorized', 'unauthorized'],
    ['canceled', 'canceled'],
    ['not_run', 'not_run'],
    ['success', 'success']
  ])('that end %s make their workflow %s', async (outcome, expected) => {
    const jobs = [
      {name: 'one', outcome},
      {name: 'two', requires: ['one']}
    ]
    const only = {...scenario, pipeline: {workflows: [{name: 'w', jobs}]}}
    const rig = await startRig({scenario: only})
    const pipeline = await rig.trigger()
    rig.seconds(30)
    const workflow: Item = await rig.workflow(pipeline)
    expect(workflow).toMatchObject({status: expected, stopped_at: expect.any(String)})
    const {one, two} = await rig.jobs(workflow.id)
    expect([one?.status, two?.status]).toEqual([
      outcome,
      outcome === 'success' ? 'success' : 'not_run'
    ])
  })

  it('can require that another job failed, and keep a workflow failing meanwhile', async () => {
    const cleanup = {name: 'cleanup', requires: [{job: 'one', statuses: ['failed']}], run: 5}
    const jobs = [{name: 'one', outcome: 'failed'}, cleanup]
    const only = {...scenario, pipeline: {workflows: [{name: 'w', jobs}]}}
    const rig = await startRig({scenario: only})
    const pipeline = await rig.trigger()
    rig.seconds(4)
    expect((await rig.workflow(pipeline)).status).toBe('failing')
    rig.seconds(10)
    expect((await rig.workflow(pipeline)).status).toBe('failed')
  })
})
