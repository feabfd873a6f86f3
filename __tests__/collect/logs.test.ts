import {describe, expect, it} from '@jest/globals'

import type {StepAction} from '../../src/circleci/steps.ts'
import {AbortedError, RefusedError} from '../../src/circleci/faults.ts'
import {collectLogTails, MAX_LOG_BYTES} from '../../src/collect/logs.ts'
import {aJob, anAction, contextWith} from './builders.ts'

function contextOf(actions: readonly StepAction[], text = 'one\ntwo\nthree\n', cut = false) {
  const asked: string[] = []
  const context = contextWith({
    stepActions: (_slug, number) => {
      asked.push(`steps of ${number}`)
      return Promise.resolve(actions)
    },
    stepOutput: (url, maxBytes) => {
      asked.push(`${url} ${maxBytes}`)
      return Promise.resolve({text, cut})
    }
  })
  return {asked, context}
}

describe('collectLogTails', () => {
  it("shows the end of each failed step's log", async () => {
    const {asked, context} = contextOf([
      anAction({stepName: 'Spin up', failed: false, status: 'success'}),
      anAction({nodeIndex: 1, outputUrl: 'https://s/1'}),
      anAction({nodeIndex: 0, outputUrl: 'https://s/0', exitCode: 2})
    ])
    const {logTails, omissions} = await collectLogTails([aJob()], 2, context)
    const shared = {
      workflow: 'build',
      job: 'test',
      jobNumber: 11,
      step: 'npm test',
      command: 'npm test',
      lines: ['two', 'three'],
      cut: true
    }
    expect(logTails).toEqual([
      {...shared, nodeIndex: 0, exitCode: 2},
      {...shared, nodeIndex: 1, exitCode: 1}
    ])
    expect(omissions).toEqual([])
    expect(asked).toEqual([
      'steps of 11',
      `https://s/0 ${MAX_LOG_BYTES}`,
      `https://s/1 ${MAX_LOG_BYTES}`
    ])
    expect(context.log.lines).toEqual([])
  })

  it.each([
    {failed: undefined, status: 'failed', shown: 1},
    {failed: undefined, status: 'timedout', shown: 1},
    {failed: undefined, status: 'infrastructure_fail', shown: 1},
    {failed: undefined, status: 'success', shown: 0},
    {failed: undefined, status: 'canceled', shown: 0},
    {failed: undefined, status: 'running', shown: 0},
    {failed: true, status: 'success', shown: 1},
    {failed: false, status: 'failed', shown: 0}
  ])(
    'takes a step with failed $failed and status $status as told',
    async ({failed, status, shown}) => {
      const {context} = contextOf([anAction({failed, status})])
      expect((await collectLogTails([aJob()], 5, context)).logTails).toHaveLength(shown)
    }
  )

  it.each([
    {name: 'with log-lines 0', jobs: [aJob()], lines: 0},
    {
      name: 'when nothing failed',
      jobs: [aJob({status: 'success'}), aJob({status: 'canceled'})],
      lines: 40
    },
    {name: 'for a job without a number', jobs: [aJob({number: undefined})], lines: 40},
    {name: 'for an approval', jobs: [aJob({type: 'approval'})], lines: 40},
    {name: 'for an earlier attempt', jobs: [aJob({latest: false})], lines: 40}
  ])('asks for nothing $name', async ({jobs, lines}) => {
    const {asked, context} = contextOf([anAction()])
    expect(await collectLogTails(jobs, lines, context)).toEqual({logTails: [], omissions: []})
    expect(asked).toEqual([])
  })

  it.each([
    {outputUrl: undefined, hasOutput: true},
    {outputUrl: 'https://s/0', hasOutput: false}
  ])('names a step that has no output (%j)', async overrides => {
    const {asked, context} = contextOf([anAction(overrides)])
    const {logTails} = await collectLogTails([aJob()], 5, context)
    expect(logTails).toMatchObject([{step: 'npm test', lines: [], cut: false}])
    expect(asked).toEqual(['steps of 11'])
  })

  it('says what it left out: parallel runs and further jobs', async () => {
    const {asked, context} = contextOf(
      Array.from({length: 6}, (_, nodeIndex) => anAction({nodeIndex}))
    )
    const jobs = Array.from({length: 22}, (_, index) => aJob({name: `j${index}`, number: index}))
    const {logTails, omissions} = await collectLogTails(jobs, 5, context)
    expect(logTails).toHaveLength(40)
    expect(asked).toHaveLength(50)
    expect(omissions).toHaveLength(11)
    expect(omissions).toContain('2 more failed steps\' logs of job "j3" were left out.')
    expect(omissions).toContain("12 more failed jobs' logs were left out.")
  })

  it('drops the half line a cut log begins with', async () => {
    const {context} = contextOf([anAction()], 'alf\nwhole', true)
    expect((await collectLogTails([aJob()], 5, context)).logTails).toMatchObject([
      {lines: ['whole'], cut: true}
    ])
  })

  it('goes on without what cannot be read, and warns once', async () => {
    const context = contextWith({
      stepActions: (_slug, number) =>
        number === 1
          ? Promise.reject(
              new RefusedError('GET /api/v1.1/project/gh/acme/shop/1', 404, 'Build not found')
            )
          : Promise.resolve([anAction()]),
      hasV3: () => false,
      stepOutput: () =>
        Promise.reject(new RefusedError('GET https://storage.example/output', 403, ''))
    })
    const jobs = [aJob({name: 'a', number: 1}), aJob({name: 'b', number: 2})]
    const {logTails, omissions} = await collectLogTails(jobs, 5, context)
    expect(logTails).toMatchObject([{job: 'b', step: 'npm test', lines: []}])
    expect(omissions).toEqual([
      'The log of job "a" could not be read: GET /api/v1.1/project/gh/acme/shop/1 was answered 404: Build not found.',
      'The output of step "npm test" of job "b" could not be read: GET https://storage.example/output was answered 403.'
    ])
    expect(context.log.of('warning')).toHaveLength(1)
  })

  it('keeps at most four requests in flight', async () => {
    let running = 0
    let most = 0
    const context = contextWith({
      stepActions: async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise(resolve => setImmediate(resolve))
        running -= 1
        return []
      }
    })
    await collectLogTails(
      Array.from({length: 10}, (_, index) => aJob({number: index})),
      5,
      context
    )
    expect(most).toBe(4)
  })

  it('passes an abort on', async () => {
    const context = contextWith({stepActions: () => Promise.reject(new AbortedError('GET'))})
    await expect(collectLogTails([aJob()], 5, context)).rejects.toThrow(AbortedError)
  })
})
