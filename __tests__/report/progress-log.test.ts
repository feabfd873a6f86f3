import {beforeEach, describe, expect, it} from '@jest/globals'

import type {Log} from '../../src/base/log.ts'
import type {ProgressUpdate, WorkflowProgress} from '../../src/report/progress.ts'
import {ProgressLog} from '../../src/report/progress-log.ts'

let said: string[]
let log: Log
let progressLog: ProgressLog

beforeEach(() => {
  said = []
  log = {info: (text: string) => said.push(text)} as unknown as Log
  progressLog = new ProgressLog(log)
})

const workflow = (fields: Partial<WorkflowProgress> = {}): WorkflowProgress => ({
  id: 'one',
  name: 'build',
  status: 'running',
  attempt: 1,
  elapsedMs: 0,
  ...fields
})

const update = (fields: Partial<ProgressUpdate> = {}): ProgressUpdate => ({
  workflows: [],
  state: undefined,
  open: fields.workflows ?? [],
  remarks: [],
  eta: undefined,
  elapsedMs: 0,
  ...fields
})

describe('ProgressLog', () => {
  it('says a change once, and a rerun as one', () => {
    const seen = [
      workflow(),
      workflow(),
      workflow({status: 'failed'}),
      workflow({id: 'two', attempt: 2}),
      workflow({id: 'two', attempt: 2})
    ]
    expect(seen.map(one => progressLog.show(update({workflows: [one]})))).toEqual([
      true,
      false,
      true,
      true,
      false
    ])
    expect(said).toHaveLength(3)
    expect(said.at(-1)).toContain('attempt 2')
  })

  it('tells a setup workflow from one of the same name', () => {
    const both = [workflow({status: 'success'}), workflow({id: 'two'})]
    progressLog.show(update({workflows: both}))
    progressLog.show(update({workflows: both}))
    expect(said).toHaveLength(2)
  })

  it('gives a sign of life every two minutes without a change, with the estimate', () => {
    const workflows = [workflow()]
    for (let minutes = 0; minutes <= 6; minutes += 0.5) {
      const elapsedMs = minutes * 60_000
      progressLog.show(update({workflows, elapsedMs, eta: 'usually 12m 00s'}))
    }
    expect(said.map(line => line.slice(0, 22))).toEqual([
      expect.stringContaining('build: running'),
      '… still running after ',
      '… still running after ',
      '… still running after '
    ])
    expect(said.at(-1)).toMatch(/ · usually 12m 00s$/)
  })

  it('says the state only before there are workflows, and each remark once', () => {
    progressLog.show(update({state: 'created', remarks: ['x']}))
    progressLog.show(update({state: 'setup', remarks: ['x', 'y']}))
    progressLog.show(update({state: 'setup'}))
    progressLog.show(update({state: 'pending', workflows: [workflow()]}))
    expect(said).toEqual([
      'x',
      '◌ The pipeline\'s state is "setup"',
      'y',
      expect.stringContaining('build')
    ])
  })

  it('puts the name of a pipeline before every line, on one line', () => {
    new ProgressLog(log, 'api\n::error::').show(update({workflows: [workflow()], remarks: ['x']}))
    expect(said).toEqual(['[api ::error::] ● build: running', '[api ::error::] x'])
  })
})
