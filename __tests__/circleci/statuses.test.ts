import {describe, expect, it} from '@jest/globals'

import type {JobRun} from '../../src/record/result.ts'
import {
  isFailed,
  isUnfinished,
  JOB_STATUSES,
  jobStatus,
  phaseOf,
  provesLess,
  UnknownStatuses,
  WORKFLOW_STATUSES,
  type Status,
  type StatusOf
} from '../../src/circleci/statuses.ts'
import {failedBuildJobs, finishedBuildJobs} from '../../src/collect/jobs.ts'
import {lookOf} from '../../src/report/views.ts'
import {onlyHoldsLeft} from '../../src/wait/jobs.ts'

/** Every row as `phase, ended or open, started or not, kind, words`, those that prove least last. */
const WORKFLOWS = {
  success: 'success ended started passed success',
  not_run: 'not-run ended - stopped not run',
  canceled: 'canceled ended started stopped canceled',
  unauthorized: 'unauthorized ended - failed unauthorized',
  failed: 'failed ended started failed failed',
  error: 'error ended - failed error',
  on_hold: 'on-hold open - held on hold',
  failing: 'failing open started failed failing',
  queued: 'running open - waiting queued',
  running: 'running open started running running'
}
const JOBS = {
  success: 'success ended started passed success',
  retried: 'not-run ended started stopped retried',
  not_run: 'not-run ended - stopped not run',
  canceled: 'canceled ended started stopped canceled',
  unauthorized: 'unauthorized ended - failed unauthorized',
  'terminated-unknown': 'failed ended started failed terminated',
  infrastructure_fail: 'failed ended started failed infrastructure failure',
  timedout: 'failed ended started failed timed out',
  failed: 'failed ended started failed failed',
  on_hold: 'on-hold open - held on hold',
  blocked: 'blocked open - waiting blocked',
  not_running: 'queued open - waiting not running yet',
  queued: 'queued open - waiting queued',
  running: 'running open started running running'
}

function told([status, {phase, ended, started, kind}]: [string, Status]): [string, string] {
  const words = [phase, ended ? 'ended' : 'open', started ? 'started' : '-', kind]
  return [status, [...words, lookOf(status).words].join(' ')]
}

describe('the statuses', () => {
  it.each([
    {of: 'workflow', table: WORKFLOW_STATUSES, expected: WORKFLOWS},
    {of: 'job', table: JOB_STATUSES, expected: JOBS}
  ])('of a $of mean what they mean, and stand in order', ({table, expected}) => {
    expect(Object.entries(table).map(told)).toEqual(Object.entries(expected))
  })

  it('have one look where a job and a workflow have the same', () => {
    const both = Object.keys(WORKFLOWS).filter(status => status in JOBS)
    for (const status of both) {
      const [workflow, job] = [WORKFLOW_STATUSES[status], JOB_STATUSES[status]]
      expect([status, workflow?.kind, workflow?.words]).toEqual([status, job?.kind, job?.words])
    }
  })

  it.each(['quarantined', '', 'toString', 'SUCCESS'])(
    'do not include %j: it never ends',
    status => {
      expect([phaseOf(status), isUnfinished(status)]).toEqual(['unknown', true])
      expect([jobStatus(status).ended, isFailed(status)]).toEqual([false, false])
      expect(lookOf(status).kind).toBe('unknown')
    }
  )

  it.each<{of: StatusOf; other: string}>([
    {of: 'workflow', other: 'timedout'},
    {of: 'workflow', other: 'blocked'},
    {of: 'job', other: 'failing'},
    {of: 'job', other: 'error'}
  ])('of a $of do not include $other', ({of, other}) => {
    const phase = of === 'workflow' ? phaseOf(other) : jobStatus(other).phase
    expect(phase).toBe('unknown')
  })

  it.each<{of: StatusOf; weaker: string; stronger: string}>([
    {of: 'workflow', weaker: 'failed', stronger: 'success'},
    {of: 'workflow', weaker: 'running', stronger: 'failed'},
    {of: 'workflow', weaker: 'unheard-of', stronger: 'running'},
    {of: 'job', weaker: 'failed', stronger: 'success'},
    {of: 'job', weaker: 'running', stronger: 'on_hold'}
  ])('$weaker of a $of proves less than $stronger', ({of, weaker, stronger}) => {
    expect(provesLess(of, weaker, stronger)).toBe(true)
    expect(provesLess(of, stronger, weaker)).toBe(false)
    expect(provesLess(of, weaker, weaker)).toBe(false)
  })

  it('are warned about once each when they are not known', () => {
    const warnings: string[] = []
    const unknown = new UnknownStatuses({warning: text => warnings.push(text)})
    const rows = ['quarantined', 'running', 'quarantined', 'lost'].map(status => ({
      name: 'a',
      status
    }))
    for (const of of ['workflow', 'job', 'job'] as const)
      for (const row of rows) unknown.note(of, row)
    expect(warnings.map(text => /^(\w+) "a" .* "(\w+)"/.exec(text)?.slice(1).join(' '))).toEqual([
      'Workflow quarantined',
      'Workflow lost',
      'Job quarantined',
      'Job lost'
    ])
  })
})

describe('a job of each status', () => {
  const aJob = (status: string): JobRun => ({
    id: 'id',
    name: 'name',
    type: 'build',
    status,
    number: 1,
    startedAt: undefined,
    stoppedAt: undefined,
    dependencies: [],
    requires: undefined,
    approvalRequestId: undefined,
    workflow: 'workflow',
    workflowId: 'workflow-id',
    attempt: 1,
    latest: true,
    deciding: true,
    url: undefined
  })
  const hold = {...aJob('on_hold'), id: 'hold', type: 'approval'}

  it.each(Object.entries(JOB_STATUSES))('%s', (status, {ended, started, kind}) => {
    const job = aJob(status)
    expect(finishedBuildJobs([job])).toHaveLength(ended && started ? 1 : 0)
    expect(failedBuildJobs([job])).toHaveLength(started && kind === 'failed' ? 1 : 0)
    expect(onlyHoldsLeft([hold, job])).toBe(ended || ['on_hold', 'blocked'].includes(status))
  })
})
