import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import type {Job, Workflow} from '../../src/circleci/model.ts'
import {jobMatcher} from '../../src/wait/jobs.ts'
import {decide} from '../../src/wait/verdict.ts'
import {aJob, aSituation, aWorkflow, type Facts} from './builders.ts'

/** A run of a workflow with its jobs, each as `aJob` reads it; without `jobs` they have not been read. */
interface Run extends Partial<Workflow> {
  readonly jobs?: readonly (string | Job)[]
}

interface Row {
  readonly name: string
  /** Input `jobs`; by default the job `e2e`. */
  readonly lines?: readonly string[]
  readonly runs: readonly Run[]
  /** Jobs that wait for nothing but this hold, by name. */
  readonly heldBy?: Readonly<Record<string, string>>
  readonly facts?: Facts
  /** `conclusion reason passes`, or `wait`. */
  readonly expected: string
  readonly says?: RegExp
}

const first = {id: '1', createdAt: '2026-03-02T09:00:00Z'}
const second = {id: '2', createdAt: '2026-03-02T09:10:00Z'}
/** A failure that the second run has from the first. */
const copiedFailure = aJob('e2e failed', {stoppedAt: '2026-03-02T09:05:00Z'})

const rows: readonly Row[] = [
  {
    name: 'a success while the rest runs',
    runs: [{status: 'running', jobs: ['e2e success', 'docs running']}],
    expected: 'success - passes',
    says: /^Job "e2e" of workflow "build" succeeded\. The pipeline is left running\.$/
  },
  {
    name: 'a success beside a failure that does not decide',
    runs: [{status: 'failed', jobs: ['e2e success', 'docs failed']}],
    expected: 'success - passes',
    says: /succeeded\.$/
  },
  {name: 'running', runs: [{status: 'running', jobs: ['e2e running']}], expected: 'wait'},
  {name: 'jobs not read', runs: [{status: 'success'}], expected: 'wait'},
  {name: 'a status nobody knows', runs: [{status: 'running', jobs: ['e2e odd']}], expected: 'wait'},
  {
    name: 'two lines, one still running',
    lines: ['e2e', 'docs'],
    runs: [{status: 'running', jobs: ['e2e success', 'docs queued']}],
    expected: 'wait'
  },
  {
    name: 'a success in one workflow, and the other that has the job still runs it',
    runs: [
      {name: 'a', status: 'success', jobs: ['e2e success']},
      {name: 'b', status: 'running', jobs: ['e2e running']}
    ],
    expected: 'wait'
  },
  {
    name: 'a success in one workflow, and another without the job runs',
    runs: [
      {name: 'a', status: 'success', jobs: ['e2e success']},
      {name: 'b', status: 'running', jobs: ['docs running']}
    ],
    expected: 'success - passes'
  },
  {
    name: 'a success in one workflow, and another has not listed its jobs yet',
    runs: [
      {name: 'a', status: 'success', jobs: ['e2e success']},
      {name: 'b', status: 'running', jobs: []}
    ],
    expected: 'wait'
  },
  {
    name: 'a workflow that does not decide',
    runs: [
      {name: 'a', status: 'success', jobs: ['e2e success']},
      {name: 'b', status: 'failed', jobs: ['e2e failed']}
    ],
    facts: {patterns: ['a']},
    expected: 'success - passes'
  },
  ...['failed', 'timedout', 'infrastructure_fail', 'terminated-unknown'].map(status => ({
    name: `${status} while the rest runs, and no rerun can follow`,
    runs: [{status: 'running', jobs: [`e2e ${status}`, 'docs running']}],
    expected: 'failure job-failed fails',
    says: /^Job "e2e" of workflow "build" failed\. The pipeline is left running\.$/
  })),
  {
    name: 'failed while a rerun may follow',
    runs: [{status: 'failing', jobs: ['e2e failed', 'docs running']}],
    facts: {rerunAhead: true},
    expected: 'wait'
  },
  {
    name: 'failed while an automatic rerun may follow',
    runs: [{status: 'failing', maxAutoReruns: 1, jobs: ['e2e failed', 'docs running']}],
    facts: {failFast: true},
    expected: 'wait'
  },
  {
    name: 'failed, and only holds are left, so that no rerun can follow',
    runs: [{status: 'failing', jobs: ['e2e failed', 'hold on_hold']}],
    facts: {rerunAhead: true, holds: {build: ['hold']}},
    expected: 'failure job-failed fails'
  },
  {
    name: 'failed, its workflow ended, rerun due',
    runs: [{status: 'failed', jobs: ['e2e failed']}],
    facts: {rerunAhead: true},
    expected: 'wait'
  },
  {
    name: 'failed, its workflow ended, automatic rerun due',
    runs: [{status: 'failed', maxAutoReruns: 1, jobs: ['e2e failed']}],
    facts: {stoppedForMs: 59_000},
    expected: 'wait'
  },
  {
    name: 'failed, its workflow ended, automatic rerun did not come',
    runs: [{status: 'failed', maxAutoReruns: 1, jobs: ['e2e failed']}],
    facts: {stoppedForMs: 60_000},
    expected: 'failure job-failed fails'
  },
  {
    name: 'failed beside one that runs',
    lines: ['e2e', 'docs'],
    runs: [{status: 'failing', jobs: ['e2e failed', 'docs running']}],
    expected: 'wait'
  },
  {
    name: 'failed beside one that runs, fail-fast',
    lines: ['e2e', 'docs'],
    runs: [{status: 'failing', jobs: ['e2e failed', 'docs running']}],
    facts: {failFast: true},
    expected: 'failure job-failed fails'
  },
  {
    name: 'a failing workflow in which no deciding job failed, fail-fast',
    runs: [{status: 'failing', jobs: ['e2e running', 'docs failed']}],
    facts: {failFast: true},
    expected: 'wait'
  },
  {
    name: 'a rerun that has it from the first run as a success',
    runs: [
      {...first, status: 'failed', jobs: ['e2e success', 'docs failed']},
      {...second, status: 'running', jobs: ['e2e success', 'docs running']}
    ],
    expected: 'success - passes',
    says: /^Job "e2e" of workflow "build" \(attempt 2\) succeeded\./
  },
  {
    name: 'a rerun that still has it from the first run as a failure',
    runs: [
      {...first, status: 'failed', jobs: ['e2e failed']},
      {...second, status: 'running', jobs: ['e2e failed']}
    ],
    expected: 'wait'
  },
  {
    name: 'a failure that ended before the workflow began',
    runs: [{...second, status: 'running', jobs: [copiedFailure]}],
    expected: 'wait'
  },
  {
    name: 'a rerun that ended and still has it from the first run as a failure',
    runs: [
      {...first, status: 'failed', jobs: ['e2e failed', 'docs failed']},
      {...second, status: 'failed', jobs: ['e2e failed', aJob('docs failed', {id: 'docs-2'})]}
    ],
    expected: 'failure job-failed fails'
  },
  {
    name: 'a rerun that lists the copy and its second run',
    runs: [
      {...first, status: 'failed', jobs: ['e2e failed']},
      {...second, status: 'running', jobs: ['e2e failed', aJob('e2e success', {id: 'e2e-2'})]}
    ],
    expected: 'success - passes'
  },
  {
    name: 'a rerun that fails it again',
    runs: [
      {...first, status: 'failed', jobs: ['e2e failed']},
      {...second, status: 'failing', jobs: [aJob('e2e failed', {id: 'e2e-2'}), 'docs running']}
    ],
    expected: 'failure job-failed fails'
  },
  {
    name: 'a rerun without it, which succeeded in the first run',
    runs: [
      {...first, status: 'failed', jobs: ['e2e success', 'docs failed']},
      {...second, status: 'running', jobs: [aJob('docs running', {id: 'docs-2'})]}
    ],
    expected: 'success - passes'
  },
  {
    name: 'a rerun without any job yet',
    runs: [
      {...first, status: 'failed', jobs: ['e2e success', 'docs failed']},
      {...second, status: 'running', jobs: []}
    ],
    expected: 'wait'
  },
  {
    name: 'a rerun without it, which failed in the first run',
    runs: [
      {...first, status: 'failed', jobs: ['e2e failed', 'docs failed']},
      {...second, status: 'running', jobs: [aJob('docs running', {id: 'docs-2'})]}
    ],
    expected: 'wait'
  },
  {
    name: 'a rerun that ended without it, which failed in the first run',
    runs: [
      {...first, status: 'failed', jobs: ['e2e failed', 'docs failed']},
      {...second, status: 'success', jobs: [aJob('docs success', {id: 'docs-2'})]}
    ],
    expected: 'failure job-failed fails'
  },
  {
    name: 'never ran, in a workflow that failed',
    runs: [{status: 'failed', jobs: ['lint failed', 'e2e blocked lint']}],
    expected: 'failure job-failed fails',
    says: /^Job "e2e" of workflow "build" was not run, because its workflow failed\.$/
  },
  {
    name: 'never ran, in a workflow that succeeded',
    runs: [{status: 'success', jobs: ['e2e not_run']}],
    expected: 'skipped not-run fails',
    says: /^Job "e2e" of workflow "build" was not run\.$/
  },
  {
    name: 'never ran, beside one that succeeded',
    lines: ['e2e', 'docs'],
    runs: [{status: 'success', jobs: ['e2e not_run', 'docs success']}],
    expected: 'success - passes',
    says: /^Job "docs"/
  },
  {
    name: 'never ran, in a workflow that was canceled',
    runs: [{status: 'canceled', jobs: ['e2e not_run']}],
    expected: 'cancelled canceled fails'
  },
  {
    name: 'canceled while the rest runs',
    runs: [{status: 'running', jobs: ['e2e canceled', 'docs running']}],
    expected: 'cancelled canceled fails',
    says: /^Job "e2e" of workflow "build" was canceled\./
  },
  {
    name: 'unauthorized',
    runs: [{status: 'running', jobs: ['e2e unauthorized', 'docs running']}],
    expected: 'failure unauthorized fails'
  },
  {
    name: 'failed counts more than canceled',
    lines: ['e2e', 'docs'],
    runs: [{status: 'failed', jobs: ['e2e canceled', 'docs failed']}],
    expected: 'failure job-failed fails'
  },
  {
    name: 'a workflow that could not run',
    runs: [
      {name: 'a', status: 'error', jobs: []},
      {name: 'b', status: 'running', jobs: ['e2e running']}
    ],
    expected: 'failure config-error fails'
  },
  {
    name: 'a workflow that was canceled before it listed a job',
    runs: [{status: 'canceled', jobs: []}],
    expected: 'cancelled canceled fails'
  },
  {
    name: 'a setup workflow that failed',
    runs: [{name: 'setup', setup: true, status: 'failed', jobs: []}],
    facts: {state: 'setup'},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'a success while the pipeline is pending',
    runs: [{status: 'running', jobs: ['e2e success']}],
    facts: {state: 'pending'},
    expected: 'wait'
  },
  {
    name: 'a success so early that other workflows may be late',
    runs: [{status: 'running', jobs: ['e2e success']}],
    facts: {newestAgeMs: 4_999},
    expected: 'wait'
  },
  {
    name: 'a success that one more listing has not confirmed',
    runs: [{status: 'running', jobs: ['e2e success']}],
    facts: {confirmed: false},
    expected: 'wait'
  },
  {
    name: 'held, while the rest runs',
    runs: [{status: 'running', jobs: ['hold on_hold', 'e2e blocked hold', 'docs running']}],
    heldBy: {e2e: 'hold'},
    facts: {onHold: 'fail'},
    expected: 'action_required on-hold fails',
    says: /^Job "e2e" of workflow "build" is on hold, waiting for approval: "hold"\./
  },
  {
    name: 'held, and that may take as long as it takes',
    runs: [{status: 'running', jobs: ['hold on_hold', 'e2e blocked hold', 'docs running']}],
    heldBy: {e2e: 'hold'},
    expected: 'wait'
  },
  {
    name: 'done, while the rest of its workflow is on hold',
    runs: [{status: 'on_hold', jobs: ['e2e success', 'hold on_hold', 'ship blocked hold']}],
    facts: {onHold: 'fail', holds: {build: ['hold']}},
    expected: 'success - passes'
  },
  {
    name: 'never to run, while only a hold keeps its workflow from failing',
    runs: [{status: 'failing', jobs: ['lint failed', 'e2e blocked lint', 'hold on_hold']}],
    facts: {holds: {build: ['hold']}},
    expected: 'failure job-failed fails'
  },
  {
    name: 'a line without a match while its workflow runs',
    lines: ['e2e', 'eee'],
    runs: [{status: 'running', jobs: ['e2e success', 'docs running']}],
    expected: 'wait'
  },
  {
    name: 'a line without a match',
    lines: ['e2e', 'eee'],
    runs: [{status: 'success', jobs: ['e2e success', 'hold success', 'docs success']}],
    expected: 'failure input fails',
    says: /^Input "jobs": "eee" matches no job of the workflows that decide\. Their jobs are "e2e", "docs"\.$/
  },
  {
    name: 'several names in one line',
    lines: ['e2e, docs'],
    runs: [{status: 'success', jobs: ['e2e success', 'docs success']}],
    expected: 'failure input fails',
    says: /Names go one a line, without commas\.$/
  },
  {
    name: 'a line without a match so early',
    lines: ['e2e', 'eee'],
    runs: [{status: 'success', jobs: ['e2e success']}],
    facts: {newestAgeMs: 59_000},
    expected: 'wait'
  },
  {
    name: 'a line without a match that need not run',
    lines: ['e2e', 'eee'],
    runs: [{status: 'success', jobs: ['e2e success']}],
    facts: {onNoWorkflows: 'succeed'},
    expected: 'success - passes'
  },
  {
    name: 'only lines without a match, none of which need run',
    lines: ['eee'],
    runs: [{status: 'success', jobs: ['e2e success']}],
    facts: {onNoWorkflows: 'succeed'},
    expected: 'skipped not-run passes',
    says: /^Input "jobs" matches no job of this pipeline\. Their jobs are "e2e"\.$/
  },
  {
    name: 'a line without a match while its workflow is on hold',
    lines: ['eee'],
    runs: [{status: 'on_hold', jobs: ['hold on_hold']}],
    facts: {onHold: 'fail', onNoWorkflows: 'succeed', holds: {build: ['hold']}},
    expected: 'action_required on-hold fails'
  },
  {
    name: 'exclusions that leave nothing',
    lines: ['!*'],
    runs: [{status: 'success', jobs: ['e2e success']}],
    expected: 'skipped not-run fails'
  },
  {
    name: 'exclusions that leave nothing while the workflow runs',
    lines: ['!*'],
    runs: [{status: 'running', jobs: ['e2e running']}],
    expected: 'wait'
  }
]

function withoutJobs(run: Run): Partial<Workflow> {
  return Object.fromEntries(Object.entries(run).filter(([key]) => key !== 'jobs'))
}

function decisionOf({lines = ['e2e'], runs, heldBy = {}, facts}: Omit<Row, 'expected' | 'name'>) {
  const workflows = runs.map(run => aWorkflow(withoutJobs(run)))
  const lists = new Map(
    workflows.map(({id}, index) => [
      id,
      runs[index]?.jobs?.map(job => (typeof job === 'string' ? aJob(job) : job))
    ])
  )
  const matcher = jobMatcher(lines)
  if (matcher === undefined) throw new Error('no lines')
  return decide(
    aSituation(workflows, {
      ...facts,
      jobs: {
        ...matcher,
        isElsewhere: false,
        of: ({id}) => lists.get(id),
        heldBy: (_, {name}) => (heldBy[name] === undefined ? undefined : [heldBy[name]])
      }
    })
  )
}

describe('jobs that decide', () => {
  it.each(rows)('$name: $expected', ({expected, says, ...row}) => {
    const decision = decisionOf(row)
    const told =
      decision.kind === 'wait'
        ? 'wait'
        : `${decision.verdict.conclusion} ${decision.verdict.reason ?? '-'} ${decision.verdict.passes ? 'passes' : 'fails'}`
    expect(told).toBe(expected)
    expect(decision.kind === 'verdict' ? decision.verdict.message : 'none').toMatch(says ?? /./)
  })

  it('are green only when each newest one that is listed succeeded, or never ran in a success', () => {
    const statuses = [
      'success',
      'success',
      'running',
      'failed',
      'canceled',
      'not_run',
      'blocked',
      'odd'
    ]
    const aRun = fc.record({
      name: fc.constantFrom('a', 'b'),
      status: fc.constantFrom('success', 'running', 'failing', 'failed', 'canceled', 'on_hold'),
      e2e: fc.option(fc.constantFrom(...statuses), {nil: undefined}),
      docs: fc.option(fc.constantFrom(...statuses), {nil: undefined})
    })
    fc.assert(
      fc.property(
        fc.array(aRun, {minLength: 1, maxLength: 4}),
        fc.boolean(),
        (specs, rerunAhead) => {
          const runs = specs.map(({name, status, e2e, docs}, index) => ({
            id: String(index),
            name,
            status,
            createdAt: `2026-03-02T09:0${index}:00Z`,
            jobs: [
              ...(e2e === undefined ? [] : [aJob(`e2e ${e2e}`, {id: `e2e-${index}`})]),
              ...(docs === undefined ? [] : [aJob(`docs ${docs}`, {id: `docs-${index}`})])
            ]
          }))
          const decision = decisionOf({runs, facts: {rerunAhead}})
          if (decision.kind === 'wait' || decision.verdict.conclusion !== 'success') return
          const newest = ['a', 'b'].flatMap(name => {
            const listing = runs.filter(run => run.name === name).reverse()
            const run = listing.find(({jobs}) => jobs.some(job => job.name === 'e2e'))
            const job = run?.jobs.find(one => one.name === 'e2e')
            return run === undefined || job === undefined ? [] : [{run, job}]
          })
          expect(newest.some(({job}) => job.status === 'success')).toBe(true)
          for (const {run, job} of newest) {
            if (job.status === 'success') continue
            expect(run.status).toBe('success')
            expect(['not_run', 'running', 'blocked', 'odd']).toContain(job.status)
          }
        }
      ),
      {numRuns: 3000}
    )
  })
})
