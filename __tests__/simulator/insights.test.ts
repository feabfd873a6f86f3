import {afterEach, describe, expect, it} from '@jest/globals'
import {type RunSpec, scenarios} from '../../simulator/index.ts'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const runs: readonly RunSpec[] = [
  {branch: 'main', seconds: 100, hoursAgo: 1},
  {branch: 'main', seconds: 40, hoursAgo: 30, status: 'failed'},
  {branch: 'main', seconds: 200, hoursAgo: 60},
  {branch: 'topic', seconds: 300, hoursAgo: 2},
  {branch: 'main', seconds: 900, hoursAgo: 24 * 100}
]

const base = '/insights/gh/acme/shop'

async function startWith() {
  const insights = {workflows: {'build-and-test': runs}}
  return startRig({scenario: {...scenarios.passing, insights}})
}

describe('insights', () => {
  it('list the runs of the default branch, of a branch, or of all, for 90 days', async () => {
    const {get} = await startWith()
    const durations = async (query: string): Promise<unknown> => {
      const {json} = await get(`${base}/workflows/build-and-test${query}`)
      return (json as {items: {duration: number}[]}).items.map(({duration}) => duration)
    }
    expect(await durations('')).toEqual([100, 40, 200])
    expect(await durations('?branch=topic')).toEqual([300])
    expect(await durations('?all-branches=true')).toEqual([100, 300, 40, 200])
    expect(await durations('?start-date=2026-03-01T09:00:00Z')).toEqual([100])
    expect((await get(`${base}/workflows/unknown`)).json).toEqual({
      items: [],
      next_page_token: null
    })
    expect((await get(`${base}/workflows/x?branch=a&all-branches=true`)).status).toBe(400)
  })

  it('sum up a workflow', async () => {
    const {get} = await startWith()
    const metrics = {
      total_runs: 3,
      successful_runs: 2,
      failed_runs: 1,
      mttr: 104_400,
      duration_metrics: {min: 40, mean: 113, median: 100, p95: 200, max: 200}
    }
    expect((await get(`${base}/workflows`)).json).toMatchObject({
      items: [{name: 'build-and-test', metrics}]
    })
    expect((await get(`${base}/workflows/build-and-test/summary`)).json).toMatchObject({metrics})
    expect((await get(`${base}/workflows?reporting-window=last-24-hours`)).json).toMatchObject({
      items: [{metrics: {total_runs: 1}}]
    })
    expect((await get(`${base}/workflows?reporting-window=last-year`)).status).toBe(400)
    expect((await get(`${base}/workflows/unknown/summary`)).status).toBe(404)
  })

  it('give each job its share', async () => {
    const {get} = await startWith()
    expect((await get(`${base}/workflows/build-and-test/jobs?job-name=unit`)).json).toMatchObject({
      items: [{name: 'unit-tests', metrics: {total_runs: 3, duration_metrics: {max: 89}}}]
    })
  })

  it('know the branches, and the tests', async () => {
    const {get} = await startWith()
    expect((await get(`${base}/branches`)).json).toMatchObject({branches: ['main', 'topic']})
    expect((await get(`${base}/branches?workflow-name=docs`)).json).toMatchObject({branches: []})
    const metrics = await get(`${base}/workflows/build-and-test/test-metrics`)
    expect(metrics.json).toMatchObject({average_test_count: 5, total_test_runs: 3})
  })

  it('name flaky tests with underscores, as the real replies do', async () => {
    const {get, trigger, seconds, workflow, jobs} = await startRig({scenario: 'flaky'})
    expect((await get(`${base}/flaky-tests`)).json).toMatchObject({
      total_flaky_tests: 1,
      flaky_tests: [{test_name: 'test_order_survives_a_reload', times_flaked: 7, job_name: 'e2e'}]
    })
    const pipeline = await trigger()
    seconds(6)
    const {id} = await workflow(pipeline)
    const job_number = Number((await jobs(id))['e2e']?.['job_number'])
    expect((await get(`${base}/flaky-tests`)).json).toMatchObject({
      flaky_tests: [{workflow_id: id, job_number, pipeline_number: 101}]
    })
  })

  it('are closed to those without access', async () => {
    const {get} = await startWith()
    expect((await get('/insights/gh/acme/other/flaky-tests')).status).toBe(404)
  })
})
