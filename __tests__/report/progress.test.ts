import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {
  renderChange,
  renderCounts,
  renderHeartbeat,
  renderVerdict
} from '../../src/report/progress-log.ts'
import type {WorkflowProgress} from '../../src/report/progress.ts'
import {readAsRunner} from '../support/runner-commands.ts'
import {hostileText} from './attacks.ts'
import type {Verdict} from '../../src/record/result.ts'
import {aResult, aVerdict} from './builders.ts'

function progress(overrides: Partial<WorkflowProgress> = {}): WorkflowProgress {
  return {
    id: 'one',
    name: 'build-test',
    status: 'running',
    attempt: 1,
    elapsedMs: 185_000,
    ...overrides
  }
}

describe('renderChange', () => {
  it.each([
    ['one that has just begun', {elapsedMs: 400}, '● build-test: running'],
    ['a running one', {}, '● build-test: running · for 3m 05s'],
    ['a rerun', {attempt: 2}, '● build-test: running · attempt 2 · for 3m 05s'],
    [
      'known jobs and history',
      {jobs: {done: 4, running: 2, waiting: 3}, remainingMs: 120_000},
      '● build-test: running · for 3m 05s · 4 of 9 jobs done, 2 running, 3 waiting · about 2m 00s left'
    ],
    [
      'one that takes long',
      {remainingMs: -61_000},
      '● build-test: running · for 3m 05s · 1m 01s longer than usual'
    ],
    ['one that is about to end', {remainingMs: 300}, '● build-test: running · for 3m 05s'],
    ['an unusable estimate', {remainingMs: Number.NaN}, '● build-test: running · for 3m 05s'],
    ['a success', {status: 'success', remainingMs: 9000}, '✓ build-test: success · after 3m 05s'],
    ['a failure', {status: 'failed'}, '✗ build-test: failed · after 3m 05s'],
    ['one that is failing', {status: 'failing'}, '✗ build-test: failing · for 3m 05s'],
    ['a hold', {status: 'on_hold'}, '⏸ build-test: on hold · for 3m 05s'],
    ['a cancelled one', {status: 'canceled'}, '⊘ build-test: canceled · after 3m 05s'],
    ['one not run', {status: 'not_run'}, '⊘ build-test: not run · after 3m 05s'],
    ['a queued one', {status: 'queued'}, '◌ build-test: queued · for 3m 05s'],
    ['a new status', {status: 'warming_up'}, '? build-test: warming up · for 3m 05s']
  ])('says of %s: %j', (_, overrides, line) => {
    expect(renderChange(progress(overrides))).toBe(line)
  })
})

describe('renderCounts', () => {
  it.each([
    [{done: 0, running: 1, waiting: 0}, '0 of 1 jobs done, 1 running'],
    [{done: 3, running: 0, waiting: 0}, '3 of 3 jobs done']
  ])('%j', (counts, text) => {
    expect(renderCounts(counts)).toBe(text)
  })
})

describe('renderHeartbeat', () => {
  it('names what is waited for', () => {
    const workflows = [
      progress({elapsedMs: 700_000}),
      progress({name: 'deploy', status: 'on_hold'})
    ]
    expect(renderHeartbeat(720_000, workflows)).toBe(
      '… still running after 12m 00s: build-test (running 11m 40s), deploy (on hold)'
    )
  })

  it('counts what it has no room for', () => {
    const workflows = Array.from({length: 11}, (_, index) => progress({name: `w${index}`}))
    expect(renderHeartbeat(1000, workflows)).toMatch(/w7 \(running 3m 05s\), 3 more$/)
  })

  it('says that there is nothing yet', () => {
    expect(renderHeartbeat(61_000, [])).toBe('… no workflow yet after 1m 01s')
  })
})

describe('renderVerdict', () => {
  const verdict = (overrides: Partial<Verdict>) => aVerdict({message: 'It is so.', ...overrides})

  it.each([
    ['success', true, '✓ Passed after 4m 12s: It is so.'],
    ['failure', false, '✗ Failed after 4m 12s: It is so.'],
    ['cancelled', false, '✗ Failed after 4m 12s, conclusion cancelled: It is so.'],
    ['skipped', false, '✗ Failed after 4m 12s, conclusion skipped: It is so.'],
    ['skipped', true, '✓ Passed after 4m 12s, conclusion skipped: It is so.'],
    ['timed_out', false, '✗ Failed after 4m 12s, conclusion timed_out: It is so.'],
    ['action_required', false, '✗ Failed after 4m 12s, conclusion action_required: It is so.']
  ] as const)('%s, which passes: %s', (conclusion, passes, line) => {
    expect(renderVerdict(aResult(), verdict({conclusion, passes}))).toBe(line)
  })

  it('says that GitHub cancelled the step', () => {
    const cancelled = verdict({conclusion: 'cancelled', reason: 'github-cancelled', passes: false})
    expect(renderVerdict(aResult(), cancelled)).toBe('⊘ Cancelled after 4m 12s: It is so.')
  })

  it('says how long the step took where that differs', () => {
    const result = aResult({startedAt: aResult().finishedAt - 61_000})
    expect(renderVerdict(result, verdict({}))).toBe(
      '✓ Passed after 4m 12s (this step took 1m 01s): It is so.'
    )
  })

  it('says no time without a pipeline', () => {
    const failed = verdict({conclusion: 'failure', passes: false})
    expect(renderVerdict(aResult({pipeline: undefined}), failed)).toBe('✗ Failed: It is so.')
  })
})

it('makes single lines without commands of whatever CircleCI sends', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (name, status) => {
      const workflow = progress({name, status})
      const lines = [
        renderChange(workflow),
        renderHeartbeat(1000, [workflow, workflow]),
        renderVerdict(aResult(), aVerdict({message: name}))
      ]
      const stdout = lines.join('\n')
      expect(readAsRunner(stdout)).toEqual({commands: [], shown: lines})
    })
  )
})
