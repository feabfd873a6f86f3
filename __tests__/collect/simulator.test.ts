import {mkdtemp, readdir, readFile, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, describe, expect, it} from '@jest/globals'

import {CircleCI} from '../../src/circleci/client.ts'
import {parseSlug} from '../../src/circleci/slug.ts'
import {createTransport} from '../../src/circleci/transport.ts'
import {systemClock} from '../../src/base/clock.ts'
import {listArtifacts} from '../../src/collect/artifacts.ts'
import {downloadArtifacts, type RenamedArtifact} from '../../src/download/download.ts'
import {collectFailedTests} from '../../src/collect/tests.ts'
import {collectHistory} from '../../src/wait/history.ts'
import {collectJobs} from '../../src/collect/jobs.ts'
import {collectLogTails} from '../../src/collect/logs.ts'
import {selectArtifacts} from '../../src/collect/artifacts.ts'
import type {JobRun, WorkflowAttempt} from '../../src/record/result.ts'
import {
  scenarios,
  startSimulator,
  type ScenarioName,
  type SimulatorOptions
} from '../../simulator/index.ts'
import {aWorkflow, recordedLog} from './builders.ts'

const cleanups: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** A simulator with one finished pipeline of a scenario, and the real client for it. */
async function finished(name: ScenarioName, options: SimulatorOptions = {}) {
  let ahead = 0
  const scenario = scenarios[name]
  const simulator = await startSimulator({
    scenario: {...scenario, behaviour: {...scenario.behaviour, artifactHost: 'api'}},
    clock: {now: () => Date.now() + ahead},
    ...options
  })
  const transport = createTransport('test')
  cleanups.push(
    () => {
      transport.close()
    },
    () => simulator.stop()
  )
  const slug = parseSlug(simulator.slug)
  if (slug === undefined) throw new Error('The simulator has no slug.')
  const log = recordedLog()
  const shared = {clock: systemClock, random: () => 0, log}
  const circleci = new CircleCI({
    host: simulator.url,
    token: simulator.token,
    transport,
    ...shared
  })
  const reply = await circleci.trigger({
    endpoint: 'classic',
    slug,
    ref: {branch: 'main'},
    parameters: {}
  })
  if (reply.kind !== 'created') throw new Error(reply.message)
  ahead = 3_600_000
  const workflows = (await circleci.workflows(reply.pipeline.id)).map((workflow): WorkflowAttempt =>
    aWorkflow({...workflow})
  )
  const context = {circleci, slug, ...shared}
  const {jobs} = await collectJobs({workflows, host: simulator.url}, context)
  return {simulator, context, workflows, jobs}
}

async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'collect-')))
  cleanups.push(() => rm(folder, {recursive: true}))
  return folder
}

const workspace = {repository: 'shop', fileExists: () => Promise.resolve(true)}

function failedNames(jobs: readonly JobRun[]): string[] {
  return jobs.filter(({status}) => status === 'failed').map(({name}) => name)
}

describe('what a failing pipeline leaves', () => {
  it("is collected: the failed steps' logs, the failed tests with their lines, the history", async () => {
    const {context, jobs, simulator} = await finished('failing')
    const {logTails} = await collectLogTails(jobs, 10, context)
    expect(new Set(logTails.map(({job}) => job))).toEqual(new Set(failedNames(jobs)))
    expect(logTails.every(({lines}) => lines.length > 0 && lines.length <= 10)).toBe(true)
    expect(logTails.flatMap(({lines}) => lines).join()).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/)
    const {failedTests} = await collectFailedTests(jobs, workspace, context)
    expect(failedTests.map(({file, line}) => `${String(file)}:${String(line)}`)).toEqual([
      'src/cart.test.ts:42',
      'src/checkout.test.ts:88'
    ])
    const history = await collectHistory('build-and-test', 'main', context)
    expect(history?.runs).toBeGreaterThan(0)
    expect(context.log.of('warning')).toEqual([])
    // No credential may go to a presigned address.
    const outputs = simulator.requests.filter(({origin}) => origin === 'output')
    expect(outputs.length).toBeGreaterThan(0)
    expect(outputs.every(({headers}) => headers['circle-token'] === undefined)).toBe(true)
  })

  it.each([404, 410])('has the same logs from v3 once the v1.1 page answers %d', async status => {
    const {context, jobs, simulator} = await finished('failing')
    const before = await collectLogTails(jobs, 10, context)
    simulator.faults.add({kind: 'status', status, path: '/api/v1.1/**'})
    expect(await collectLogTails(jobs, 10, context)).toEqual(before)
    expect(context.log.of('warning')).toEqual([])
    simulator.faults.add({kind: 'status', status: 404, path: '/api/v3/**'})
    const {logTails, omissions} = await collectLogTails(jobs, 10, context)
    expect(logTails).toEqual([])
    expect(omissions.join()).toContain(`/api/v1.1/project/gh/acme/shop/1002 was answered ${status}`)
  })

  it('is downloaded into a folder for each job, and for each node', async () => {
    const {context, jobs, workflows, simulator} = await finished('failing')
    const listing = await listArtifacts({workflows, jobs}, context)
    const folder = await newFolder()
    const artifacts = await selectArtifacts(listing.artifacts, ['**'])
    const renamed: RenamedArtifact[] = []
    const report = await downloadArtifacts(
      {
        artifacts,
        jobs: listing.jobs,
        folder,
        isWorkspace: false,
        onRenamed: one => renamed.push(one)
      },
      context
    )
    expect(report.files).toBe(artifacts.length)
    expect(renamed).toEqual([])
    expect(await readFile(join(folder, 'unit-tests/1/logs/jest-debug.log'), 'utf8')).toBe(
      'debug: seed 4711\n'
    )
    const storage = simulator.requests.filter(({origin}) => origin === 'storage')
    expect(storage).toHaveLength(artifacts.length)
    expect(storage.every(({headers}) => headers['circle-token'] === undefined)).toBe(true)
  })
})

describe('what a hostile pipeline leaves', () => {
  it('stays inside the folder', async () => {
    const {context, jobs, workflows} = await finished('hostile')
    const listing = await listArtifacts({workflows, jobs}, context)
    const parent = await newFolder()
    const folder = join(parent, 'artifacts')
    const artifacts = await selectArtifacts(listing.artifacts, ['**'])
    expect(artifacts).toHaveLength(listing.artifacts.length)
    const renamed: RenamedArtifact[] = []
    await downloadArtifacts(
      {
        artifacts,
        jobs: listing.jobs,
        folder,
        isWorkspace: false,
        onRenamed: one => renamed.push(one)
      },
      context
    )
    expect(await readdir(parent)).toEqual(['artifacts'])
    const entries = await readdir(folder, {recursive: true, withFileTypes: true})
    expect(entries.filter(entry => entry.isFile())).toHaveLength(artifacts.length)
    expect(renamed.length).toBeGreaterThan(10)
    const {logTails} = await collectLogTails(jobs, 40, context)
    expect(logTails.length).toBeGreaterThan(0)
    const {failedTests} = await collectFailedTests(jobs, workspace, context)
    expect(failedTests.length).toBeGreaterThan(20)
  })
})

describe('20,000 artifacts of 50 jobs', () => {
  it('are listed with one request a page', async () => {
    const {context, jobs, workflows, simulator} = await finished('huge', {pageSize: 200})
    const before = simulator.requests.length
    const listing = await listArtifacts({workflows, jobs}, context)
    expect(listing.artifacts).toHaveLength(20_000)
    expect(listing.jobs).toHaveLength(50)
    expect(simulator.requests.length - before).toBe(100)
  })

  it('are downloaded whole although the network fails again and again', async () => {
    const {context, jobs, workflows} = await finished('huge', {
      pageSize: 200,
      faults: [
        {host: 'storage', kind: 'cut-body', bytes: 7, every: 5},
        {host: 'storage', kind: 'status', status: 503, every: 17},
        {host: 'api', path: '/output/**', kind: 'cut-before', every: 29}
      ]
    })
    const listing = await listArtifacts({workflows, jobs}, context)
    const artifacts = await selectArtifacts(listing.artifacts, [
      'shard-01:**/*[05].json',
      'shard-02:**/*[05].json'
    ])
    const folder = await newFolder()
    const report = await downloadArtifacts(
      {artifacts, jobs: listing.jobs, folder, isWorkspace: false},
      context
    )
    expect(report.files).toBe(160)
    const contents = await Promise.all(
      artifacts.map(({job, path}) => readFile(join(folder, job, path), 'utf8'))
    )
    expect(contents).toEqual(artifacts.map(({path}) => `${path}\n`))
  })
})
