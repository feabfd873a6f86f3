import {afterEach, describe, expect, it} from '@jest/globals'
import {type Answer, type Rig, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

interface Entity {
  readonly id: string
  readonly attributes: Readonly<Record<string, unknown>>
}

const dataOf = ({json}: Answer): Entity => (json as {data: Entity}).data
const listOf = ({json}: Answer): Entity[] => (json as {data: Entity[]}).data
const filter = (name: string, value: string | number): string => `filter%5B${name}%5D=${value}`

async function startFailing() {
  const rig = await startRig({scenario: 'failing'})
  const pipeline = await rig.trigger()
  rig.seconds(6)
  const {id} = await rig.workflow(pipeline, 'build-and-test')
  return {rig, pipeline, workflow: id, jobs: await rig.jobs(id)}
}

const output = (job: string, step: number, kind = 'stdout'): string =>
  `/api/v3/jobs/${job}/${kind}?${filter('execution', 1)}&${filter('step_num', step)}`

describe('API v3', () => {
  it('shows the runs, workflows, jobs and steps that v2 shows', async () => {
    const {rig, pipeline, workflow, jobs} = await startFailing()
    const run = dataOf(await rig.get(`/api/v3/runs/${pipeline}`))
    expect(run.attributes).toMatchObject({phase: 'ended', current_outcome: 'failed', number: 101})
    expect(run.attributes).not.toHaveProperty('outcome')
    const workflows = listOf(await rig.get(`/api/v3/workflows?${filter('run_id', pipeline)}`))
    expect(workflows.map(({id}) => id)).toContain(workflow)
    const listed = listOf(await rig.get(`/api/v3/jobs?${filter('workflow_id', workflow)}`))
    expect(listed.map(({id, attributes}) => [id, attributes['outcome']])).toEqual(
      Object.values(jobs).map(({id, status}) => [id, status === 'success' ? 'succeeded' : status])
    )
    const job = dataOf(await rig.get(`/api/v3/jobs/${jobs['unit-tests']?.id}`))
    expect(job.attributes['parallel_executions']).toMatchObject([
      {steps: {length: 7}},
      {steps: {4: {num: 4, name: 'Run unit tests', phase: 'ended', outcome: 'failed'}}},
      {steps: {length: 7}}
    ])
  })

  it('calls a job that waits for a machine started in the list and queued by itself', async () => {
    const rig = await startRig({scenario: 'on-hold'})
    const pipeline = await rig.trigger()
    rig.seconds(0.7)
    const {id} = await rig.workflow(pipeline)
    const phases = async (): Promise<unknown[]> => {
      const listed = listOf(await rig.get(`/api/v3/jobs?${filter('workflow_id', id)}`))
      return listed.map(({attributes}) => attributes['phase'])
    }
    expect(await phases()).toContain('started')
    const [first] = listOf(await rig.get(`/api/v3/jobs?${filter('workflow_id', id)}`))
    expect(dataOf(await rig.get(`/api/v3/jobs/${first?.id}`)).attributes).toMatchObject({
      phase: 'queued',
      parallel_executions: []
    })
    rig.seconds(30)
    expect(await phases()).toContain('created')
    const run = dataOf(await rig.get(`/api/v3/runs/${pipeline}`))
    expect(run.attributes).toMatchObject({phase: 'started'})
  })

  it('sends what a step printed from any byte on, and says when that is all', async () => {
    const {rig, jobs} = await startFailing()
    const id = jobs['unit-tests']?.id ?? ''
    const whole = await rig.get(output(id, 4))
    expect(whole.text).toContain('rounds totals half to even')
    expect(whole.headers.get('x-terminal')).toBe('true')
    const size = Buffer.byteLength(whole.text)
    const from = (offset: number): Promise<Answer> =>
      rig.get(output(id, 4), {'Circle-Token': rig.simulator.token, Range: `bytes=${offset}-`})
    expect(await from(size - 20)).toMatchObject({status: 206, text: whole.text.slice(-20)})
    expect((await from(size)).status).toBe(416)
    expect((await rig.get(output(id, 4, 'stderr'))).text).toBe('npm error code 1\n')
    expect((await rig.get(output(id, 2, 'stderr'))).status).toBe(404)
  })

  it('has tests a line each and artifacts with their node', async () => {
    const {rig, jobs} = await startFailing()
    const id = jobs['unit-tests']?.id
    const lines = (await rig.get(`/api/v3/jobs/${id}/tests`)).text.trim().split('\n')
    expect(lines.map(line => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({name: 'Cart rounds totals half to even', result: 'failure'})
    )
    expect((await rig.get(`/api/v3/jobs/${jobs['lint']?.id}/tests`)).status).toBe(404)
    const artifacts = listOf(await rig.get(`/api/v3/jobs/${id}/artifacts`))
    expect(artifacts[0]?.attributes).toMatchObject({path: 'coverage/index.html', execution: 1})
  })

  it('reruns with names of its own, and ignores those of v2', async () => {
    const {rig, workflow, jobs} = await startFailing()
    const rerun = async (body: object): Promise<number> => {
      const answer = await rig.post(`/api/v3/workflows/${workflow}/rerun`, body)
      expect(answer.status).toBe(201)
      const again = await rig.jobs(dataOf(answer).id)
      return Object.values(again).filter(({id, name}) => id === jobs[name]?.id).length
    }
    expect(await rerun({is_from_failed: true})).toBe(1)
    expect(await rerun({from_failed: true})).toBe(0)
  })

  it('cancels, and refuses in its own words', async () => {
    const rig = await startRig()
    const pipeline = await rig.trigger()
    rig.seconds(1)
    const {id} = await rig.workflow(pipeline, 'build-and-test')
    const refused = await rig.post(`/api/v3/workflows/${id}/rerun`, {})
    expect(refused).toMatchObject({status: 400, json: {error: {type: 'validation_error'}}})
    expect((await rig.post(`/api/v3/workflows/${id}/cancel`)).status).toBe(202)
    rig.seconds(1)
    const after = dataOf(await rig.get(`/api/v3/workflows/${id}`))
    expect(after.attributes).toMatchObject({phase: 'ended', outcome: 'canceled'})
  })

  it('searches runs by branch, commit and status, a page at a time', async () => {
    const {rig, pipeline} = await startFailing()
    for (let count = 0; count < 3; count++) await rig.trigger({branch: 'topic'})
    expect(await found(rig, 'pipeline.status == "failed"')).toEqual([pipeline])
    const topic = await found(rig, 'pipeline.git.branch == "topic"', 2)
    expect(topic).toHaveLength(3)
    const revision = rig.simulator.pipelines()[0]?.revision ?? ''
    expect(await found(rig, `pipeline.git.revision == "${revision}"`)).toContain(pipeline)
    await expect(found(rig, '', 21)).rejects.toThrow('Invalid page size')
    expect(await found(rig, '', 20, 'another')).toEqual([])
  })
})

async function found(rig: Rig, text: string, limit = 20, project = ''): Promise<string[]> {
  const [own] = listOf(await rig.get(`/api/v3/projects?${filter('slug', 'gh/acme/shop')}`))
  const ids: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer = await rig.post('/api/v3/runs/search', {
      scope: {project_ids: [project === '' ? own?.id : project]},
      filter: text,
      page: {cursor, limit}
    })
    if (answer.status !== 200) throw new Error(answer.text)
    ids.push(...listOf(answer).map(({id}) => id))
    cursor = (answer.json as {page: {next: string | null}}).page.next
  }
  return ids
}
