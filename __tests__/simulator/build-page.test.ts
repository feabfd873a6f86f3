import {afterEach, describe, expect, it} from '@jest/globals'
import {fetchAnswer, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

interface Action {
  readonly index: number
  readonly step: number
  readonly status: string
  readonly failed: boolean | null
  readonly exit_code: number | null
  readonly output_url: string
}

interface Build {
  readonly steps: readonly {readonly name: string; readonly actions: readonly Action[]}[]
}

async function startFailing() {
  const rig = await startRig({scenario: 'failing'})
  const pipeline = await rig.trigger()
  rig.seconds(6)
  const {id} = await rig.workflow(pipeline, 'build-and-test')
  const jobs = await rig.jobs(id)
  const build = async (name: string, slug = 'gh/acme/shop'): Promise<Build> => {
    const number = String(jobs[name]?.['job_number'])
    return (await rig.get(`/api/v1.1/project/${slug}/${number}`)).json as Build
  }
  return {...rig, id, jobs, build}
}

describe('the build page', () => {
  it('has the steps of each node, and where one failed', async () => {
    const {build, id, jobs} = await startFailing()
    const page = await build('unit-tests')
    expect(page).toMatchObject({
      status: 'failed',
      lifecycle: 'finished',
      outcome: 'failed',
      vcs_type: 'github',
      workflows: {workflow_id: id, job_id: jobs['unit-tests']?.id, job_name: 'unit-tests'}
    })
    const step = page.steps.find(({name}) => name === 'Run unit tests')
    expect(step?.actions.map(({index, status, failed}) => [index, status, failed])).toEqual([
      [0, 'success', null],
      [1, 'failed', true],
      [2, 'success', null]
    ])
    expect(page.steps.at(-1)).toMatchObject({name: 'Uploading artifacts', actions: {length: 3}})
  })

  it('leaves failed null on some failed steps', async () => {
    const {build} = await startFailing()
    const step = (await build('typecheck', 'github/acme/shop')).steps.at(-1)
    expect(step?.actions).toMatchObject([{status: 'failed', failed: null, exit_code: 2}])
  })

  it('shows only the steps that have begun', async () => {
    const {trigger, seconds, workflow, jobs, get} = await startRig()
    const pipeline = await trigger()
    seconds(1.5)
    const {id} = await workflow(pipeline, 'build-and-test')
    const number = String((await jobs(id))['unit-tests']?.['job_number'])
    const page = (await get(`/api/v1.1/project/gh/acme/shop/${number}`)).json as Build
    expect(page).toMatchObject({lifecycle: 'running', outcome: null, stop_time: null})
    expect(page.steps).toHaveLength(3)
    expect(page.steps.at(-1)?.actions).toMatchObject([{status: 'running'}, {status: 'running'}])
  })

  it('knows no other builds, nor people without access', async () => {
    const {get} = await startFailing()
    expect((await get('/api/v1.1/project/gh/acme/shop/9')).status).toBe(404)
    expect((await get('/api/v1.1/project/gh/acme/shop/1002', {})).status).toBe(401)
  })
})

describe('the output of a step', () => {
  it('is a list of messages behind a presigned address that takes no token', async () => {
    const {build, simulator, seconds} = await startFailing()
    const step = (await build('unit-tests')).steps.find(({name}) => name === 'Run unit tests')
    const url = String(step?.actions[1]?.output_url)
    expect(url.startsWith(simulator.output)).toBe(true)
    const messages = (await fetchAnswer(url)).json as {
      type: string
      message: string
      time: string
    }[]
    const out = messages.filter(({type}) => type === 'out').map(({message}) => message)
    expect(out.length).toBeGreaterThan(1)
    expect(out.join('')).toContain('● Cart › rounds totals half to even')
    expect(messages.at(-1)).toMatchObject({type: 'err', message: 'npm error code 1\n'})
    const refused = await fetchAnswer(url, {headers: {'Circle-Token': simulator.token}})
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('Only one auth mechanism allowed')
    expect((await fetchAnswer(url.split('?', 1)[0] ?? '')).status).toBe(403)
    seconds(3600)
    expect((await fetchAnswer(url)).status).toBe(403)
  })
})

describe('job details', () => {
  it('tell where a job ran and how long', async () => {
    const {jobs, get, id} = await startFailing()
    const number = String(jobs['unit-tests']?.['job_number'])
    expect((await get(`/project/gh/acme/shop/job/${number}`)).json).toMatchObject({
      name: 'unit-tests',
      status: 'failed',
      duration: 1600,
      parallelism: 3,
      parallel_runs: [{status: 'success'}, {status: 'failed'}, {status: 'success'}],
      latest_workflow: {id},
      web_url: `https://app.circleci.com/pipelines/github/acme/shop/101/workflows/${id}/jobs/${number}`
    })
  })

  it('and tests are there in pages, failed ones with their message', async () => {
    const {jobs, items} = await startFailing()
    const number = String(jobs['unit-tests']?.['job_number'])
    const tests = await items(`/project/gh/acme/shop/${number}/tests`)
    expect(tests.map(test => test['result'])).toEqual([
      ...Array<string>(5).fill('success'),
      'failure',
      'failure',
      'skipped'
    ])
    expect(tests[5]).toMatchObject({
      name: 'Cart rounds totals half to even',
      file: '/home/circleci/project/src/cart.test.ts',
      message: expect.stringContaining('cart.test.ts:42:31')
    })
  })
})

describe('the raw output of a step', () => {
  it('is what it printed, as plain text, where it ran', async () => {
    const {get, jobs, build} = await startFailing()
    const number = String(jobs['unit-tests']?.['job_number'])
    const step = (await build('unit-tests')).steps.findIndex(({name}) => name === 'Run unit tests')
    const raw = `/api/private/output/raw/gh/acme/shop/${number}`
    const [output, error] = [
      await get(`${raw}/output/1/${step}`),
      await get(`${raw}/error/1/${step}`)
    ]
    expect(output.headers.get('content-type')).toBe('text/plain')
    expect(output.text).toContain('rounds totals half to even')
    expect(error.text).toBe('npm error code 1\n')
    expect((await get(`${raw}/output/7/${step}`)).status).toBe(404)
    expect((await get(`${raw}/output/1/99`)).status).toBe(404)
  })
})
