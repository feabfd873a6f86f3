import {describe, expect, it} from '@jest/globals'
import type {Scenario} from '../../simulator/index.ts'
import {
  failsSoon,
  job,
  longRunning,
  play,
  playAll,
  reportOf,
  said,
  scenario,
  verdictOf,
  workflow,
  type Act
} from './stage.ts'

/** One step of each conclusion; `stories/verdict` has all there is to conclude, in virtual time. */
interface Row extends Act {
  readonly verdict: string
  readonly says: RegExp
}

const of = (one: Scenario): Act => ({simulator: {scenario: one}})
const hold = job('hold', {type: 'approval'})

const rows: readonly Row[] = [
  {...of(scenario([workflow('build')])), verdict: '0 success', says: /succeeded/},
  {...of(failsSoon), verdict: '1 failure workflow-failed', says: /"test"/},
  {
    ...of(scenario([workflow('build', [job('test', {run: 60})], {canceled: {after: 0.5}})])),
    verdict: '1 cancelled canceled',
    says: /"build"/
  },
  {
    simulator: {scenario: 'skip-ci'},
    inputs: {definition: 'build'},
    verdict: '1 skipped no-pipeline',
    says: /Ignoring pipeline/
  },
  {
    ...of(scenario([workflow('release', [hold])])),
    inputs: {'on-hold': 'fail'},
    verdict: '1 action_required on-hold',
    says: /"hold"/
  },
  {...of(longRunning), inputs: {timeout: '4s'}, verdict: '1 timed_out timeout', says: /"build"/},
  {inputs: {token: 'CCIPAT_revoked_0123456789'}, verdict: '1 failure auth', says: /token/},
  {inputs: {timeout: 'soon'}, verdict: '1 failure input', says: /"timeout"/},
  {
    inputs: {pipelines: 'api: {}\nweb: {branches: main}'},
    verdict: '1 failure input',
    says: /"pipelines".*"web".*"branches".*"branch"/
  },
  {inputs: {'dry-run': 'true'}, verdict: '0 - -', says: /POST http/}
]

describe('a step of the bundle', () => {
  const played = playAll(rows, play)

  it.each(rows)('$verdict, for $says', row => {
    const {step} = played(row)
    expect(verdictOf(step)).toBe(row.verdict)
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
    const passes = row.verdict.startsWith('0')
    expect(step.conclusion).toBe(passes ? 'success' : 'failure')
    expect(said(step, 'error') === '').toBe(passes)
    expect(passes ? step.printed : said(step, 'error')).toMatch(row.says)
    if (row.verdict === '0 - -') return
    expect(step.summary).not.toBe('')
    expect(reportOf(step)).toMatchObject({conclusion: step.outputs['conclusion']})
  })
})
