import {describe, expect, it} from '@jest/globals'

import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {JobArtifact} from '../../src/circleci/model.ts'
import {listArtifacts, sortArtifacts} from '../../src/collect/artifacts.ts'
import {cpuTime} from '../support/cpu-time.ts'
import {aJob, anArtifact, aWorkflow, contextWith, pagesOf} from './builders.ts'

const file = (path: string, nodeIndex = 0): JobArtifact => ({
  path,
  nodeIndex,
  url: `https://a/${nodeIndex}/${path}`
})

describe('listArtifacts', () => {
  it('reads all pages of all finished build jobs, in a fixed order', async () => {
    const pages: Record<number, JobArtifact[][]> = {
      1: [
        [file('b'), file('a', 1)],
        [file('b'), file('a')]
      ],
      2: [[file('z')]],
      3: [[]]
    }
    const context = contextWith({artifacts: (_slug, number) => pagesOf(pages[number] ?? [])})
    const listing = await listArtifacts(
      {
        workflows: [aWorkflow()],
        jobs: [
          aJob({name: 'test', number: 1, status: 'failed'}),
          aJob({name: 'build', number: 2, status: 'success'}),
          aJob({name: 'lint', number: 3, status: 'canceled'})
        ]
      },
      context
    )
    expect(
      listing.artifacts.map(({job, nodeIndex, path}) => `${job} ${nodeIndex} ${path}`)
    ).toEqual(['build 0 z', 'test 0 a', 'test 0 b', 'test 1 a'])
    expect(listing.artifacts[0]).toEqual({
      workflow: 'build',
      job: 'build',
      jobNumber: 2,
      nodeIndex: 0,
      path: 'z',
      url: 'https://a/0/z'
    })
    expect(listing.jobs).toEqual([
      {workflow: 'build', job: 'test', jobNumber: 1, parallel: true},
      {workflow: 'build', job: 'build', jobNumber: 2, parallel: false},
      {workflow: 'build', job: 'lint', jobNumber: 3, parallel: false}
    ])
    expect([listing.unlisted, listing.omissions, context.log.lines]).toEqual([[], [], []])
  })

  it.each([
    {name: 'a workflow that does not decide', workflow: {deciding: false}, job: {}},
    {name: 'an earlier attempt', workflow: {}, job: {latest: false}},
    {name: 'a superseded workflow', workflow: {latest: false}, job: {}},
    {name: 'another workflow', workflow: {}, job: {workflowId: 'w9'}},
    {name: 'an approval', workflow: {}, job: {type: 'approval'}},
    {name: 'a job that did not start', workflow: {}, job: {number: undefined, status: 'blocked'}},
    {name: 'a job that runs', workflow: {}, job: {status: 'running'}},
    {name: 'a job whose status is not known', workflow: {}, job: {status: 'dreaming'}}
  ])('does not ask for the artifacts of $name', async ({workflow, job}) => {
    const listing = await listArtifacts(
      {workflows: [aWorkflow(workflow)], jobs: [aJob(job)]},
      contextWith({})
    )
    expect(listing).toEqual({artifacts: [], jobs: [], unlisted: [], omissions: []})
  })

  it('keeps what it got of a job whose listing breaks off, and names the job', async () => {
    const lost = new UnavailableError('GET /artifacts', 'was answered 503', {processed: 'unknown'})
    const context = contextWith({
      artifacts: (_slug, number) =>
        number === 1
          ? pagesOf([[file('first')], [file('a')], lost])
          : pagesOf([new RefusedError('GET /artifacts', 404, 'Job not found')])
    })
    const jobs = [aJob({name: 'circular', number: 1}), aJob({name: 'gone', number: 2})]
    const listing = await listArtifacts({workflows: [aWorkflow()], jobs}, context)
    expect(listing.artifacts.map(({path}) => path)).toEqual(['a', 'first'])
    expect(listing.unlisted).toEqual(['job "circular"', 'job "gone"'])
    expect(listing.omissions.toSorted()).toEqual([
      'The artifact list of job "circular" could not be read: GET /artifacts was answered 503.',
      'The artifact list of job "gone" could not be read: GET /artifacts was answered 404: Job not found.'
    ])
    expect(context.log.of('warning')).toHaveLength(1)
  })

  it('keeps at most sixteen requests in flight', async () => {
    let running = 0
    let most = 0
    const context = contextWith({
      artifacts: async function* () {
        running += 1
        most = Math.max(most, running)
        await new Promise(resolve => setImmediate(resolve))
        running -= 1
        yield []
      }
    })
    const jobs = Array.from({length: 30}, (_, index) => aJob({name: `j${index}`, number: index}))
    await listArtifacts({workflows: [aWorkflow()], jobs}, context)
    expect(most).toBe(16)
  })

  it('passes an abort on', async () => {
    const context = contextWith({artifacts: () => pagesOf([new AbortedError('GET')])})
    await expect(
      listArtifacts({workflows: [aWorkflow()], jobs: [aJob()]}, context)
    ).rejects.toThrow(AbortedError)
  })
})

describe('sortArtifacts', () => {
  it('orders by workflow, job, number, node and path, by code units', () => {
    const ordered = [
      anArtifact({workflow: 'a', job: 'z'}),
      anArtifact({workflow: 'b', job: 'a', jobNumber: 2, path: 'Z'}),
      anArtifact({workflow: 'b', job: 'a', jobNumber: 2, path: 'a'}),
      anArtifact({workflow: 'b', job: 'a', jobNumber: 2, path: 'é'}),
      anArtifact({workflow: 'b', job: 'a', jobNumber: 2, nodeIndex: 2, path: 'A'}),
      anArtifact({workflow: 'b', job: 'a', jobNumber: 2, nodeIndex: 10, path: 'A'}),
      anArtifact({workflow: 'b', job: 'a', jobNumber: 10})
    ]
    expect(sortArtifacts(ordered.toReversed())).toEqual(ordered)
  })

  it('is quick with 100,000', () => {
    const many = Array.from({length: 100_000}, (_, index) =>
      anArtifact({job: `job-${index % 50}`, path: `p/${(index * 7919) % 100_000}`})
    )
    const spent = cpuTime(() => {
      sortArtifacts(many)
    })
    expect(spent).toBeLessThan(2000)
  })
})
