import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {decide} from '../../src/wait/verdict.ts'
import {aSituation, aWorkflow, type Facts} from './builders.ts'
import type {Workflow} from '../../src/circleci/model.ts'

interface Row {
  readonly name: string
  readonly workflows: readonly Partial<Workflow>[]
  readonly facts?: Facts
  /** `conclusion reason passes`, or `wait`. */
  readonly expected: string
  readonly says?: RegExp
}

const setup = {name: 'setup', setup: true}

const rows: readonly Row[] = [
  {name: 'one success', workflows: [{}], expected: 'success - passes'},
  {
    name: 'several successes',
    workflows: [{name: 'a'}, {name: 'b'}],
    expected: 'success - passes',
    says: /^Workflows "a" and "b" succeeded\.$/
  },
  {
    name: 'success beside running',
    workflows: [{name: 'a'}, {name: 'b', status: 'running'}],
    expected: 'wait'
  },
  {
    name: 'failed',
    workflows: [{name: 'a', status: 'failed'}, {name: 'b'}],
    expected: 'failure workflow-failed fails',
    says: /^Workflow "a" failed\.$/
  },
  {
    name: 'failed beside running',
    workflows: [
      {name: 'a', status: 'failed'},
      {name: 'b', status: 'running'}
    ],
    expected: 'wait'
  },
  {
    name: 'failed beside running, fail-fast',
    workflows: [
      {name: 'a', status: 'failed'},
      {name: 'b', status: 'running'}
    ],
    facts: {failFast: true},
    expected: 'failure workflow-failed fails'
  },
  {name: 'failing', workflows: [{status: 'failing'}], expected: 'wait'},
  {
    name: 'failing, fail-fast',
    workflows: [{status: 'failing'}],
    facts: {failFast: true},
    expected: 'failure workflow-failed fails',
    says: /is failing\. The pipeline is left running\./
  },
  {
    name: 'failing with automatic reruns left, fail-fast',
    workflows: [{status: 'failing', maxAutoReruns: 1}],
    facts: {failFast: true},
    expected: 'wait'
  },
  {
    name: 'failing manual rerun has no automatic one, fail-fast',
    workflows: [
      {id: '1', status: 'failed', maxAutoReruns: 1},
      {id: '2', status: 'failing', maxAutoReruns: 1, createdAt: '2026-03-02T09:05:00Z'}
    ],
    facts: {failFast: true},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'failing, and only holds are left of it',
    workflows: [{status: 'failing'}],
    facts: {holds: {build: ['approve']}},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'failed, automatic rerun due',
    workflows: [{status: 'failed', maxAutoReruns: 2}],
    facts: {stoppedForMs: 59_000},
    expected: 'wait'
  },
  {
    name: 'failed, automatic rerun did not come',
    workflows: [{status: 'failed', maxAutoReruns: 2}],
    facts: {stoppedForMs: 60_000},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'failed, last automatic rerun',
    workflows: [
      {id: '1', status: 'failed', maxAutoReruns: 1},
      {
        id: '2',
        status: 'failed',
        maxAutoReruns: 1,
        autoRerunNumber: 1,
        createdAt: '2026-03-02T09:05:00Z'
      }
    ],
    facts: {stoppedForMs: 0},
    expected: 'failure workflow-failed fails',
    says: /"build" \(attempt 2\) failed/
  },
  {
    name: 'failed manual rerun has no automatic one',
    workflows: [
      {id: '1', status: 'failed', maxAutoReruns: 1},
      {id: '2', status: 'failed', maxAutoReruns: 1, createdAt: '2026-03-02T09:05:00Z'}
    ],
    facts: {stoppedForMs: 0},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'failed, requested rerun ahead',
    workflows: [{status: 'failed'}],
    facts: {rerunAhead: true},
    expected: 'wait'
  },
  {
    name: 'failed, then rerun well',
    workflows: [
      {id: '1', status: 'failed'},
      {id: '2', createdAt: '2026-03-02T09:05:00Z'}
    ],
    expected: 'success - passes'
  },
  {
    name: 'success, then rerun and running',
    workflows: [{id: '1'}, {id: '2', status: 'running', createdAt: '2026-03-02T09:05:00Z'}],
    expected: 'wait'
  },
  {
    name: 'errored pipeline',
    workflows: [],
    facts: {state: 'errored', errors: [{type: 'config', message: 'Unexpected argument(s): x'}]},
    expected: 'failure config-error fails',
    says: /Unexpected argument\(s\): x \(config\)/
  },
  {
    name: 'errored pipeline whose workflows look fine',
    workflows: [{}],
    facts: {state: 'errored'},
    expected: 'failure config-error fails'
  },
  {
    name: 'workflow error ends at once',
    workflows: [
      {name: 'a', status: 'error'},
      {name: 'b', status: 'running'}
    ],
    expected: 'failure config-error fails',
    says: /CircleCI gave no reason; its page may have one\. The pipeline is left running\.$/
  },
  {
    name: 'an errored pipeline ends at once, too',
    workflows: [{status: 'running'}],
    facts: {state: 'errored'},
    expected: 'failure config-error fails',
    says: / The pipeline is left running\.$/
  },
  {
    name: 'a failure leaves a hold',
    workflows: [
      {name: 'a', status: 'failed'},
      {name: 'b', status: 'on_hold'}
    ],
    facts: {holds: {b: ['approve']}},
    expected: 'failure workflow-failed fails',
    says: /^Workflow "a" failed\. The pipeline is left running\.$/
  },
  {
    name: 'a cancel leaves what does not decide',
    workflows: [
      {name: 'a', status: 'canceled'},
      {name: 'b', status: 'running'}
    ],
    facts: {patterns: ['a']},
    expected: 'cancelled canceled fails',
    says: /^Workflow "a" was canceled\. The pipeline is left running\.$/
  },
  {
    name: 'unauthorized',
    workflows: [{status: 'unauthorized'}],
    expected: 'failure unauthorized fails'
  },
  {
    name: 'canceled',
    workflows: [{status: 'canceled'}],
    expected: 'cancelled canceled fails',
    says: /was canceled/
  },
  {name: 'not run alone', workflows: [{status: 'not_run'}], expected: 'skipped not-run fails'},
  {
    name: 'not run alone, tolerated',
    workflows: [{status: 'not_run'}],
    facts: {onNoWorkflows: 'succeed'},
    expected: 'skipped not-run passes'
  },
  {
    name: 'not run beside a success',
    workflows: [{name: 'a', status: 'not_run'}, {name: 'b'}],
    expected: 'success - passes'
  },
  {name: 'unknown status', workflows: [{status: 'quarantined'}], expected: 'wait'},
  {name: 'queued', workflows: [{status: 'queued'}], expected: 'wait'},
  {name: 'a prototype name is no status', workflows: [{status: 'constructor'}], expected: 'wait'},
  {
    name: 'on hold, wait',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['approve']}},
    expected: 'wait'
  },
  {
    name: 'on hold, fail',
    workflows: [{status: 'on_hold'}, {name: 'b'}],
    facts: {holds: {build: ['approve-prod']}, onHold: 'fail'},
    expected: 'action_required on-hold fails',
    says: /"build" is on hold, waiting for approval: "approve-prod"/
  },
  {
    name: 'on hold, succeed',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['approve']}, onHold: 'succeed'},
    expected: 'action_required on-hold passes'
  },
  {
    name: 'on hold, and another workflow may still be on its way',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['approve']}, onHold: 'succeed', newestAgeMs: 4_999},
    expected: 'wait'
  },
  {
    name: 'on hold while the pipeline still makes workflows',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['approve']}, onHold: 'succeed', state: 'pending'},
    expected: 'wait'
  },
  {
    name: 'on hold before the pipeline was read',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['approve']}, onHold: 'succeed', state: undefined},
    expected: 'wait'
  },
  {
    name: 'a setup workflow on hold: the pipeline makes no other until it ends',
    workflows: [{...setup, status: 'on_hold'}],
    facts: {holds: {setup: ['approve']}, onHold: 'fail', state: 'setup'},
    expected: 'action_required on-hold fails'
  },
  {
    name: 'on hold, and a pattern matches nothing',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['approve']}, onHold: 'succeed', patterns: ['build', 'deploy']},
    expected: 'failure input fails',
    says: /"deploy" matches no workflow/
  },
  {
    name: 'on hold and waited for, and a pattern matches nothing yet',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['approve']}, patterns: ['build', 'deploy']},
    expected: 'wait'
  },
  {
    name: 'on hold, approved a moment ago',
    workflows: [{status: 'on_hold'}],
    facts: {onHold: 'fail'},
    expected: 'wait'
  },
  {
    name: 'on hold beside running',
    workflows: [
      {name: 'a', status: 'on_hold'},
      {name: 'b', status: 'running'}
    ],
    facts: {holds: {a: ['approve']}, onHold: 'fail'},
    expected: 'wait'
  },
  {
    name: 'failed before on hold',
    workflows: [
      {name: 'a', status: 'on_hold'},
      {name: 'b', status: 'failed'}
    ],
    facts: {holds: {a: ['approve']}},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'failed before unauthorized before canceled',
    workflows: [
      {name: 'a', status: 'unauthorized'},
      {name: 'b', status: 'failed'},
      {name: 'c', status: 'canceled'}
    ],
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'unauthorized before canceled',
    workflows: [
      {name: 'a', status: 'unauthorized'},
      {name: 'c', status: 'canceled'}
    ],
    expected: 'failure unauthorized fails'
  },
  {
    name: 'canceled before on hold',
    workflows: [
      {name: 'a', status: 'canceled'},
      {name: 'c', status: 'on_hold'}
    ],
    facts: {holds: {c: ['approve']}},
    expected: 'cancelled canceled fails'
  },
  {name: 'no workflows yet', workflows: [], facts: {createdForMs: 59_999}, expected: 'wait'},
  {
    name: 'no workflows',
    workflows: [],
    facts: {createdForMs: 60_000},
    expected: 'skipped no-workflows fails'
  },
  {
    name: 'no workflows, tolerated',
    workflows: [],
    facts: {onNoWorkflows: 'succeed'},
    expected: 'skipped no-workflows passes'
  },
  {name: 'no workflows while pending', workflows: [], facts: {state: 'pending'}, expected: 'wait'},
  {
    name: 'no workflows, state not read',
    workflows: [],
    facts: {state: undefined},
    expected: 'wait'
  },
  {
    name: 'no workflows, state nobody knows',
    workflows: [],
    facts: {state: 'hibernating'},
    expected: 'wait'
  },
  {
    name: 'success while the pipeline is pending',
    workflows: [{}],
    facts: {state: 'pending'},
    expected: 'wait'
  },
  {name: 'success, state not read', workflows: [{}], facts: {state: undefined}, expected: 'wait'},
  {
    name: 'success so fresh that others may be late',
    workflows: [{}],
    facts: {newestAgeMs: 4_999},
    expected: 'wait'
  },
  {
    name: 'setup running',
    workflows: [{...setup, status: 'running'}],
    facts: {state: 'setup'},
    expected: 'wait'
  },
  {
    name: 'setup done, continuation pending',
    workflows: [setup],
    facts: {state: 'pending'},
    expected: 'wait'
  },
  {
    name: 'setup done, still in setup',
    workflows: [setup],
    facts: {state: 'setup'},
    expected: 'wait'
  },
  {
    name: 'setup done a moment ago, nothing yet',
    workflows: [setup],
    facts: {stoppedForMs: 59_000},
    expected: 'wait'
  },
  {
    name: 'setup done, nothing came of it',
    workflows: [setup],
    expected: 'skipped no-workflows fails',
    says: /after its setup workflow/
  },
  {
    name: 'setup failed',
    workflows: [{...setup, status: 'failed'}],
    facts: {state: 'setup'},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'setup canceled',
    workflows: [{...setup, status: 'canceled'}],
    facts: {state: 'setup'},
    expected: 'cancelled canceled fails'
  },
  {
    name: 'setup not run',
    workflows: [{...setup, status: 'not_run'}],
    facts: {state: 'setup'},
    expected: 'skipped not-run fails'
  },
  {
    name: 'setup and continuation',
    workflows: [setup, {}],
    expected: 'success - passes',
    says: /"setup" and "build" succeeded/
  },
  {
    name: 'a continued workflow that is called like the setup workflow is no rerun of it',
    workflows: [
      {...setup, name: 'ci', status: 'success'},
      {name: 'ci', status: 'failed', createdAt: '2026-03-02T08:00:00Z'}
    ],
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'patterns choose',
    workflows: [{name: 'build'}, {name: 'deploy', status: 'failed'}],
    facts: {patterns: ['build']},
    expected: 'success - passes'
  },
  {
    name: 'an exclusion chooses, and wins',
    workflows: [{name: 'build'}, {name: 'build-docs', status: 'failed'}],
    facts: {patterns: ['build*', '!*-docs']},
    expected: 'success - passes'
  },
  {
    name: 'two exclusions exclude both',
    workflows: [{name: 'a', status: 'failed'}, {name: 'b', status: 'running'}, {name: 'c'}],
    facts: {patterns: ['!a', '!b']},
    expected: 'success - passes',
    says: /^Workflow "c" succeeded\.$/
  },
  {
    name: 'exclusions that leave nothing',
    workflows: [{name: 'a'}, {name: 'b', status: 'failed'}],
    facts: {patterns: ['!*']},
    expected: 'skipped not-run fails',
    says: /^Input "workflows" excludes every workflow of this pipeline: "a", "b"\.$/
  },
  {
    name: 'exclusions that leave nothing, accepted',
    workflows: [{name: 'a'}],
    facts: {patterns: ['!a'], onNoWorkflows: 'succeed'},
    expected: 'skipped not-run passes'
  },
  {
    name: 'exclusions that leave nothing yet',
    workflows: [{name: 'a'}],
    facts: {patterns: ['!a'], createdForMs: 20_000},
    expected: 'wait'
  },
  {
    name: 'a name too long to be matched decides',
    workflows: [{name: 'build'}, {name: `x${'*'.repeat(5000)}`, status: 'failed'}],
    facts: {patterns: ['build', '!x*']},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'several names in one line',
    workflows: [{name: 'build'}, {name: 'test'}],
    facts: {patterns: ['build, test']},
    expected: 'failure input fails',
    says: /Its workflows are "build", "test"\. Names go one a line, without commas\.$/
  },
  {
    name: 'patterns do not wait for others',
    workflows: [{name: 'build'}, {name: 'deploy', status: 'running'}],
    facts: {patterns: ['b*']},
    expected: 'success - passes'
  },
  {
    name: 'a setup workflow decides by failing, whatever the patterns',
    workflows: [{...setup, status: 'failed'}, {name: 'build'}],
    facts: {patterns: ['build']},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'a pattern never matches a setup workflow',
    workflows: [setup, {name: 'build'}],
    facts: {patterns: ['setup']},
    expected: 'failure input fails',
    says: /"setup" matches no workflow of this pipeline\. Its workflows are "build"\./
  },
  {
    name: 'a pattern without a match',
    workflows: [{name: 'build'}],
    facts: {patterns: ['build', 'biuld']},
    expected: 'failure input fails',
    says: /"biuld" matches no workflow/
  },
  {
    name: 'a pattern without a match yet',
    workflows: [{name: 'build', status: 'running'}],
    facts: {patterns: ['deploy']},
    expected: 'wait'
  },
  {
    name: 'a pattern without a match while something that does not decide is on hold',
    workflows: [{name: 'build'}, {name: 'docs', status: 'on_hold'}],
    facts: {patterns: ['build', 'deploy']},
    expected: 'wait'
  },
  {
    name: 'a pattern without a match so early',
    workflows: [{name: 'build'}],
    facts: {patterns: ['deploy'], newestAgeMs: 59_000},
    expected: 'wait'
  },
  {
    name: 'a pattern without a match that need not run: the others decide',
    workflows: [{name: 'build'}, {name: 'docs', status: 'failed'}],
    facts: {patterns: ['build', 'deploy'], onNoWorkflows: 'succeed'},
    expected: 'success - passes'
  },
  {
    name: 'a pattern without a match that need not run, beside a failure',
    workflows: [{name: 'build', status: 'failed'}],
    facts: {patterns: ['build', 'deploy'], onNoWorkflows: 'succeed'},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'a pattern that need not run, while others may still be listed',
    workflows: [{name: 'build'}],
    facts: {patterns: ['build', 'deploy'], onNoWorkflows: 'succeed', newestAgeMs: 59_000},
    expected: 'wait'
  },
  {
    name: 'only patterns without a match, none of which need run',
    workflows: [{name: 'build'}, {name: 'docs'}],
    facts: {patterns: ['deploy'], onNoWorkflows: 'succeed'},
    expected: 'skipped not-run passes',
    says: /^Input "workflows" matches no workflow of this pipeline\. Its workflows are "build", "docs"\.$/
  },
  {
    name: 'a row without an id, listed a moment ago',
    workflows: [{}],
    facts: {anonymousForMs: 59_999},
    expected: 'wait'
  },
  {
    name: 'a row without an id, not listed for a minute',
    workflows: [{}],
    facts: {anonymousForMs: 60_000},
    expected: 'success - passes'
  },
  {
    name: 'a success that one more listing has not confirmed',
    workflows: [{}],
    facts: {confirmed: false},
    expected: 'wait'
  },
  {
    name: 'a hold that passes, and one more listing has not confirmed it',
    workflows: [{status: 'on_hold'}],
    facts: {holds: {build: ['go']}, onHold: 'succeed', confirmed: false},
    expected: 'wait'
  },
  {
    name: 'nothing ran, and one more listing has not confirmed it',
    workflows: [],
    facts: {onNoWorkflows: 'succeed', confirmed: false},
    expected: 'wait'
  },
  {
    name: 'a failure needs no confirmation',
    workflows: [{status: 'failed'}],
    facts: {confirmed: false},
    expected: 'failure workflow-failed fails'
  },
  {
    name: 'errors of several lines, of types nobody knows',
    workflows: [],
    facts: {
      state: 'errored',
      errors: [
        {type: 'config', message: 'In step 3 definition:\n|   Unexpected argument(s): x\n\n'},
        {type: 'config-deprecated-syntax', message: ''}
      ]
    },
    expected: 'failure config-error fails',
    says: /pipeline: In step 3 definition: Unexpected argument\(s\): x \(config\); no message \(config-deprecated-syntax\)\.$/
  },
  {
    name: 'a failure counts more than a pattern without a match',
    workflows: [{name: 'build', status: 'failed'}],
    facts: {patterns: ['build', 'deploy']},
    expected: 'failure workflow-failed fails'
  }
]

describe('decide', () => {
  it.each(rows)('$name: $expected', ({workflows, facts, expected, says}) => {
    const decision = decide(
      aSituation(
        workflows.map(fields => aWorkflow(fields)),
        facts
      )
    )
    const told =
      decision.kind === 'wait'
        ? 'wait'
        : `${decision.verdict.conclusion} ${decision.verdict.reason ?? '-'} ${decision.verdict.passes ? 'passes' : 'fails'}`
    expect(told).toBe(expected)
    expect(decision.kind === 'verdict' ? decision.verdict.message : 'none').toMatch(says ?? /./)
  })

  it('tells when waiting alone will change the decision', () => {
    expect(decide(aSituation([], {createdForMs: 10_000}))).toEqual({kind: 'wait', withinMs: 50_000})
    expect(decide(aSituation([aWorkflow()], {newestAgeMs: 4_000}))).toEqual({
      kind: 'wait',
      withinMs: 1_000
    })
    const due = aWorkflow({status: 'failed', maxAutoReruns: 1})
    expect(decide(aSituation([due], {stoppedForMs: 45_000}))).toEqual({
      kind: 'wait',
      withinMs: 15_000
    })
  })

  it.each([
    {first: 'success', second: 'failed'},
    {first: 'failed', second: 'success'},
    {first: 'success', second: 'running'},
    {first: 'running', second: 'success'},
    {first: 'on_hold', second: 'success'}
  ])(
    'lets no listing order turn $first and $second of the same moment into a success',
    ({first, second}) => {
      for (const createdAt of ['2026-03-02T09:00:00Z', '']) {
        const decision = decide(
          aSituation([
            aWorkflow({id: '1', status: first, createdAt}),
            aWorkflow({id: '2', status: second, createdAt})
          ])
        )
        expect(decision).not.toMatchObject({verdict: {passes: true}})
      }
    }
  )

  it('says when only holds are left', () => {
    const decision = decide(aSituation([aWorkflow({status: 'on_hold'})], {holds: {build: ['go']}}))
    expect(decision).toEqual({kind: 'wait', onHold: true})
  })

  it('is green only when every deciding workflow is a success (or not run) and the pipeline is created', () => {
    const statuses = [
      'success',
      'running',
      'not_run',
      'failed',
      'error',
      'failing',
      'on_hold',
      'canceled',
      'unauthorized',
      'queued',
      'constructor',
      ''
    ]
    const anyWorkflow = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      status: fc.constantFrom(...statuses),
      setup: fc.boolean(),
      minute: fc.integer({min: 0, max: 59}),
      maxAutoReruns: fc.integer({min: 0, max: 2}),
      autoRerunNumber: fc.integer({min: 0, max: 2})
    })
    const anyFacts = fc.record({
      state: fc.constantFrom('created', 'pending', 'setup', 'errored', 'other', undefined),
      failFast: fc.boolean(),
      onHold: fc.constantFrom('wait' as const, 'fail' as const, 'succeed' as const),
      onNoWorkflows: fc.constantFrom('fail' as const, 'succeed' as const),
      newestAgeMs: fc.integer({min: 0, max: 60_000}),
      rerunAhead: fc.boolean()
    })
    fc.assert(
      fc.property(fc.array(anyWorkflow, {maxLength: 6}), anyFacts, (specs, facts) => {
        const workflows = specs.map(({minute, ...spec}, index) =>
          aWorkflow({
            ...spec,
            id: String(index),
            createdAt: `2026-03-02T09:${String(minute).padStart(2, '0')}:${String(index).padStart(2, '0')}Z`
          })
        )
        const situation = aSituation(workflows, facts)
        const decision = decide(situation)
        if (decision.kind === 'wait' || decision.verdict.conclusion !== 'success') return
        const {deciding, setup: setups} = situation.rollup
        expect(facts.state).toBe('created')
        expect(
          [...deciding, ...setups].every(({status}) => status === 'success' || status === 'not_run')
        ).toBe(true)
        expect(deciding.some(({status}) => status === 'success')).toBe(true)
        expect(facts.newestAgeMs).toBeGreaterThanOrEqual(5_000)
      }),
      {numRuns: 3000}
    )
  })
})
