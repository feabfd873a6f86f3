import {beforeEach, describe, expect, it} from '@jest/globals'

import type {Log} from '../../src/base/log.ts'
import type {ProgressUpdate, WorkflowProgress} from '../../src/report/progress.ts'
import {aPipeline, aVerdict} from './builders.ts'
import {ProgressLog, type Followed} from '../../src/report/progress-log.ts'

let said: string[]
let log: Log
const only: Followed = {name: undefined, pipeline: undefined, verdict: undefined}
let show: (update: ProgressUpdate) => boolean

beforeEach(() => {
  said = []
  log = {info: (text: string) => said.push(text)} as unknown as Log
  const progressLog = new ProgressLog(log, [only])
  show = update => progressLog.show(update, only)
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
  failing: false,
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
    expect(seen.map(one => show(update({workflows: [one]})))).toEqual([
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
    show(update({workflows: both}))
    show(update({workflows: both}))
    expect(said).toHaveLength(2)
  })

  it('gives a sign of life every two minutes without a change, with the estimate', () => {
    const workflows = [workflow()]
    for (let minutes = 0; minutes <= 6; minutes += 0.5) {
      const elapsedMs = minutes * 60_000
      show(update({workflows, elapsedMs, eta: 'usually 12m 00s'}))
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
    show(update({state: 'created', remarks: ['x']}))
    show(update({state: 'setup', remarks: ['x', 'y']}))
    show(update({state: 'setup'}))
    show(update({state: 'pending', workflows: [workflow()]}))
    expect(said).toEqual([
      'x',
      '◌ The pipeline\'s state is "setup"',
      'y',
      expect.stringContaining('build')
    ])
  })
})

describe('the log of several pipelines', () => {
  const pipeline = (fields: Partial<Followed>): Followed => ({...only, ...fields})
  const api = pipeline({name: 'api', pipeline: aPipeline({number: 7})})
  const web = pipeline({name: 'web'})
  const failing = {failing: true, workflows: [workflow({status: 'failing', elapsedMs: 61_000})]}

  it('has the name of each before its lines', () => {
    const progressLog = new ProgressLog(log, [api, web])
    progressLog.show(update({workflows: [workflow()], remarks: ['x']}), api)
    progressLog.show(update({workflows: [workflow()]}), web)
    expect(said).toEqual(['[api] ● build: running', '[api] x', '[web] ● build: running'])
  })

  it('has its number where it has no name, or shares it', () => {
    const other = pipeline({name: 'api', pipeline: aPipeline({number: 8})})
    const nameless = pipeline({pipeline: aPipeline({number: 9})})
    const progressLog = new ProgressLog(log, [api, other, nameless])
    for (const one of [api, other, nameless]) progressLog.show(update({remarks: ['x']}), one)
    expect(said).toEqual(['[api #7] x', '[api #8] x', '[#9] x'])
  })

  it('has it on one line, in which the runner finds no command', () => {
    const hostile = pipeline({name: 'a\n::error::b'})
    new ProgressLog(log, [hostile, api]).show(update({remarks: ['x']}), hostile)
    expect(said).toEqual(['[a ::error::b] x'])
  })

  it('sums up in one sign of life for all of them', () => {
    const ended = pipeline({name: 'docs', verdict: aVerdict()})
    const red = pipeline({name: 'load', verdict: aVerdict({passes: false})})
    const progressLog = new ProgressLog(log, [api, web, ended, red])
    progressLog.show(update(failing), api)
    said = []
    for (let minutes = 1; minutes <= 4; minutes += 1) {
      const elapsedMs = minutes * 60_000
      progressLog.show(update({...failing, elapsedMs}), api)
      progressLog.show(update({elapsedMs}), web)
    }
    const line = (after: string) =>
      `… after ${after}: 2 of 4 pipelines done, 2 failing · api: build (failing 1m 01s) · web: no workflow yet`
    expect(said).toEqual([line('2m 00s'), line('4m 00s')])
  })

  it('lists no more than eight of those that are left', () => {
    const many = Array.from({length: 50}, (_, index) => pipeline({name: `p${index}`}))
    new ProgressLog(log, many).show(update({elapsedMs: 120_000}), api)
    expect(said[0]).toMatch(/^… after 2m 00s: 0 of 50 pipelines done · p0: .* · p7: .* · 42 more$/)
  })
})
