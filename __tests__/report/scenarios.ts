import type {JobRun, Result} from '../../src/record/result.ts'
import {ATTACKS} from './attacks.ts'
import {
  aHistory,
  aJob,
  aPipeline,
  aResult,
  aTail,
  aTest,
  aVerdict,
  aWorkflow,
  anArtifact,
  at,
  START
} from './builders.ts'

/** Failed jobs with failed tests and logs, beside a second workflow that is fine. */
export function failing(): Result {
  const jobs = [
    aJob({name: 'build', number: 101, startedAt: at(9), stoppedAt: at(75)}),
    aJob({name: 'lint', number: 102, startedAt: at(4), stoppedAt: at(31)}),
    aJob({
      name: 'unit',
      number: 103,
      status: 'failed',
      startedAt: at(96),
      stoppedAt: at(201),
      dependencies: ['job-build']
    }),
    aJob({
      name: 'e2e',
      number: 104,
      status: 'failed',
      startedAt: at(118),
      stoppedAt: at(371),
      dependencies: ['job-build']
    }),
    aJob({
      name: 'release',
      number: undefined,
      status: 'blocked',
      startedAt: undefined,
      stoppedAt: undefined,
      dependencies: ['job-unit', 'job-e2e']
    }),
    aJob({
      name: 'links',
      number: 105,
      workflow: 'docs',
      workflowId: 'w2',
      startedAt: at(5),
      stoppedAt: at(58)
    })
  ]
  return aResult({
    parameters: {deploy_env: 'staging', run_e2e: true, shards: 4},
    verdict: aVerdict({
      conclusion: 'failure',
      reason: 'workflow-failed',
      passes: false,
      message: 'Workflow "build-test" failed in jobs unit, e2e.'
    }),
    finishedAt: START + 374_000,
    workflows: [
      aWorkflow({status: 'failed', stoppedAt: at(371)}),
      aWorkflow({id: 'w2', name: 'docs', stoppedAt: at(58)})
    ],
    jobs,
    failedTests: [
      aTest(),
      aTest({
        name: 'keeps the cart when a session expires',
        classname: 'cart/session',
        file: 'src/cart/session.test.ts',
        line: 17,
        message:
          'Error: expect(received).toEqual(expected)\n\n- Expected  - 1\n+ Received  + 1\n\n  Array [\n-   "tea",\n+   "coffee",\n  ]\n    at Object.<anonymous> (/home/circleci/project/src/cart/session.test.ts:17:22)'
      }),
      aTest({
        job: 'e2e',
        jobNumber: 104,
        name: 'checkout › pays with a saved card',
        classname: '',
        file: 'e2e/checkout.spec.ts',
        line: undefined,
        message: 'TimeoutError: locator.click: Timeout 30000ms exceeded.',
        flaky: true,
        inRepository: false
      })
    ],
    logTails: [
      aTail({
        lines: [
          'FAIL src/cart/totals.test.ts (5.2 s)',
          '  ● cart/totals › adds the tax to every line',
          '',
          '    AssertionError: expected 119 to equal 118.99',
          '',
          '      40 |   const cart = aCart({lines: [aLine({net: 100})]})',
          '      41 |',
          '    > 42 |   expect(total(cart)).toEqual(118.99)',
          '         |                       ^',
          '',
          'Tests:       2 failed, 211 passed, 213 total'
        ]
      }),
      aTail({
        job: 'e2e',
        jobNumber: 104,
        nodeIndex: 2,
        step: 'Playwright',
        command: 'npx playwright test --shard=3/4',
        lines: [
          '  1) checkout.spec.ts:31:5 › pays with a saved card',
          '  1 failed',
          '  37 passed (3.9m)'
        ]
      })
    ],
    artifacts: [
      anArtifact(),
      anArtifact({
        job: 'e2e',
        jobNumber: 104,
        nodeIndex: 2,
        path: 'playwright-report/index.html',
        url: 'https://output.circle-artifacts.com/output/job/77aa/artifacts/2/playwright-report/index.html'
      })
    ],
    history: [
      aHistory(),
      aHistory({workflow: 'docs', medianSeconds: 55, p95Seconds: 80, successRate: 1, runs: 38})
    ]
  })
}

/** A first attempt that failed on known flaky tests, then a rerun from failed that passed. */
export function flaky(): Result {
  return aResult({
    verdict: aVerdict({message: 'Workflow "build-test" succeeded on attempt 2.'}),
    finishedAt: START + 512_000,
    workflows: [
      aWorkflow({status: 'failed', stoppedAt: at(252), latest: false}),
      aWorkflow({id: 'w2', attempt: 2, createdAt: at(262), stoppedAt: at(509)})
    ],
    jobs: [
      aJob({latest: false}),
      aJob({
        name: 'unit',
        number: 103,
        status: 'failed',
        startedAt: at(78),
        stoppedAt: at(252),
        dependencies: ['job-build'],
        latest: false
      }),
      aJob({workflowId: 'w2', attempt: 2}),
      aJob({
        name: 'unit',
        number: 107,
        startedAt: at(301),
        stoppedAt: at(509),
        dependencies: ['job-build'],
        workflowId: 'w2',
        attempt: 2
      })
    ],
    failedTests: [
      aTest({flaky: true}),
      aTest({flaky: true, name: 'retries the webhook', classname: 'hooks', line: undefined})
    ]
  })
}

/** An approval nobody gave before the wait ended. */
export function onHold(): Result {
  return aResult({
    verdict: aVerdict({
      conclusion: 'action_required',
      reason: 'on-hold',
      passes: false,
      message: 'Workflow "release" is on hold: approve the job "approve-production" in CircleCI.'
    }),
    finishedAt: START + 400_000,
    workflows: [aWorkflow({name: 'release', status: 'on_hold', stoppedAt: undefined})],
    jobs: [
      aJob({workflow: 'release'}),
      aJob({
        name: 'approve-staging',
        type: 'approval',
        number: undefined,
        workflow: 'release',
        startedAt: at(1),
        stoppedAt: at(140),
        dependencies: ['job-build']
      }),
      aJob({
        name: 'deploy-staging',
        number: 102,
        workflow: 'release',
        startedAt: at(152),
        stoppedAt: at(221),
        dependencies: ['job-approve-staging']
      }),
      aJob({
        name: 'approve-production',
        type: 'approval',
        status: 'on_hold',
        number: undefined,
        workflow: 'release',
        startedAt: at(1),
        stoppedAt: undefined,
        dependencies: ['job-deploy-staging']
      }),
      aJob({
        name: 'deploy-production',
        status: 'blocked',
        number: undefined,
        workflow: 'release',
        startedAt: undefined,
        stoppedAt: undefined,
        dependencies: ['job-approve-production']
      })
    ],
    history: []
  })
}

/** A setup workflow that continued the pipeline into two others. */
export function dynamicConfig(): Result {
  return aResult({
    ref: {tag: 'v2.4.0'},
    pipeline: aPipeline({branch: undefined, tag: 'v2.4.0'}),
    verdict: aVerdict({message: 'Workflows "api", "web" succeeded.'}),
    finishedAt: START + 300_000,
    workflows: [
      aWorkflow({id: 's', name: 'setup', setup: true, deciding: false, stoppedAt: at(24)}),
      aWorkflow({id: 'a', name: 'api', createdAt: at(29), stoppedAt: at(160)}),
      aWorkflow({id: 'b', name: 'web', createdAt: at(29), stoppedAt: at(296)})
    ],
    jobs: [
      aJob({
        name: 'generate-config',
        workflow: 'setup',
        workflowId: 's',
        startedAt: at(3),
        stoppedAt: at(24)
      }),
      aJob({
        name: 'test',
        number: 102,
        workflow: 'api',
        workflowId: 'a',
        startedAt: at(40),
        stoppedAt: at(160)
      }),
      aJob({
        name: 'build',
        number: 103,
        workflow: 'web',
        workflowId: 'b',
        startedAt: at(38),
        stoppedAt: at(120)
      }),
      aJob({
        name: 'test',
        number: 104,
        workflow: 'web',
        workflowId: 'b',
        startedAt: at(141),
        stoppedAt: at(296),
        dependencies: ['job-build']
      })
    ],
    history: []
  })
}

/** More of everything than a summary can hold. */
export function huge(): Result {
  const jobs = range(240).map(index => hugeJob(index))
  const failed = jobs.filter(({status}) => status === 'failed')
  return aResult({
    verdict: aVerdict({
      conclusion: 'failure',
      reason: 'workflow-failed',
      passes: false,
      message: `Workflow "monorepo" failed in ${failed.length} jobs.`
    }),
    finishedAt: START + 2_000_000,
    workflows: [aWorkflow({name: 'monorepo', status: 'failed', stoppedAt: at(1_980)})],
    jobs,
    failedTests: range(900).map(index =>
      aTest({
        name: `case ${index} of the generated suite`,
        job: `package-${index % 240}`,
        file: `packages/p${index % 240}/src/generated.test.ts`,
        line: index + 1,
        message: `AssertionError: expected ${index} to equal ${index + 1}\n`.repeat(6)
      })
    ),
    logTails: failed.map(({name, number}) =>
      aTail({
        job: name,
        jobNumber: number ?? 0,
        workflow: 'monorepo',
        lines: range(400).map(
          line => `${name}: line ${line} of a log that says a lot and means little`
        )
      })
    ),
    artifacts: range(6000).map(index =>
      anArtifact({
        path: `reports/shard-${index}/junit.xml`,
        url: `https://output.circle-artifacts.com/output/job/${index}/artifacts/0/reports/junit.xml`
      })
    ),
    history: [aHistory({workflow: 'monorepo', medianSeconds: 1500, p95Seconds: 2100})],
    omissions: ['Logs of 12 more failed jobs were not read: at most 20 are.']
  })
}

function hugeJob(index: number): JobRun {
  const wave = Math.floor(index / 40)
  const started = 5 + wave * 320 + (index % 40) * 3
  return aJob({
    name: `package-${index}`,
    number: 1000 + index,
    status: index % 12 === 5 ? 'failed' : 'success',
    workflow: 'monorepo',
    startedAt: at(started),
    stoppedAt: at(started + 60 + ((index * 37) % 200)),
    dependencies: wave === 0 ? [] : [`job-package-${index - 40}`]
  })
}

/** A step of several pipelines that does not pass if one of them does not; the first such one decides. */
function step(pipelines: readonly Result[]): Result {
  const red = pipelines.filter(({verdict}) => verdict?.passes === false)
  const [deciding = aResult()] = [...red, ...pipelines]
  const passes = red.length === 0
  return {
    ...deciding,
    pipelines,
    finishedAt: START + 374_000,
    verdict: aVerdict({
      ...deciding.verdict,
      message: passes
        ? `All ${pipelines.length} pipelines passed.`
        : `${red.length} of ${pipelines.length} pipelines did not pass. "${deciding.name ?? ''}": ${deciding.verdict?.message ?? ''}`
    })
  }
}

function named(name: string, number: number, slug = `gh/acme/${name}`): Partial<Result> {
  const url = `https://app.circleci.com/pipelines/${slug.replace('gh/', 'github/')}/${number}`
  return {name, slug, pipeline: aPipeline({id: name, number, url})}
}

/** Two pipelines of two projects, one of which fails. */
export function two(): Result {
  return step([aResult(named('web', 7)), {...failing(), ...named('shop', 4217)}])
}

/** Five pipelines that end in five ways. */
export function five(): Result {
  const refused = aResult({
    ...named('load', 0),
    pipeline: undefined,
    triggered: false,
    workflows: [],
    jobs: [],
    history: [],
    verdict: aVerdict({
      conclusion: 'failure',
      reason: 'rejected',
      passes: false,
      message: 'CircleCI rejected the trigger of gh/acme/load: Branch not found.'
    })
  })
  return step([
    {...flaky(), ...named('api', 12)},
    {...failing(), ...named('shop', 4217)},
    refused,
    {...onHold(), ...named('release', 8)},
    aResult(named('docs', 31))
  ])
}

/** Two pipelines that CircleCI itself started for one commit, which pass. */
export function commit(): Result {
  const of = (number: number): Result => aResult({...named('shop', number), name: undefined})
  return step([of(41), of(42)])
}

/** Fifty pipelines with hundreds of jobs each, every seventh of which fails. */
export function fifty(): Result {
  const all = huge()
  const pipelines = range(50).map(index => ({
    ...all,
    ...named(`package-${index}`, 100 + index, 'gh/acme/mono'),
    ...(index % 7 === 3 ? {} : {verdict: aVerdict()}),
    failedTests: index % 7 === 3 ? all.failedTests.slice(0, 200) : [],
    logTails: index % 7 === 3 ? all.logTails : [],
    artifacts: all.artifacts.slice(0, 100)
  }))
  return step(pipelines)
}

/** A step that ended before there was a pipeline. */
export function noPipeline(): Result {
  return aResult({
    triggered: false,
    pipeline: undefined,
    verdict: aVerdict({
      conclusion: 'failure',
      reason: 'input',
      passes: false,
      message: 'Input "timeout" must be a duration such as "30m", got "soon".'
    }),
    finishedAt: START,
    workflows: [],
    jobs: [],
    history: []
  })
}

export function range(count: number): number[] {
  return Array.from({length: count}, (_, index) => index)
}

/** Every text that CircleCI sends is an attack. */
export function hostile(attacks: readonly string[] = ATTACKS): Result {
  const attack = (index: number): string => attacks[index % attacks.length] ?? ''
  const jobs = range(attacks.length).map(index =>
    aJob({
      id: `j${index}`,
      name: attack(index),
      number: 200 + index,
      status: index % 3 === 0 ? 'failed' : index % 3 === 1 ? attack(index) : 'success',
      workflow: attack(index + 1),
      workflowId: `w${index % 4}`,
      url: attack(index + 2)
    })
  )
  return aResult({
    slug: 'gh/acme/shop',
    parameters: {[attack(0)]: attack(1)},
    pipeline: aPipeline({
      url: attack(2),
      branch: attack(3),
      revision: attack(4),
      state: attack(5),
      triggerType: attack(6),
      actorLogin: attack(7)
    }),
    triggered: false,
    attached: true,
    verdict: aVerdict({conclusion: 'failure', passes: false, message: attacks.join('\n')}),
    workflows: range(4).map(index =>
      aWorkflow({
        id: `w${index}`,
        name: attack(index + 1),
        status: attack(index),
        url: attack(index + 3),
        createdAt: attack(index)
      })
    ),
    jobs,
    failedTests: attacks.map((text, index) =>
      aTest({
        name: text,
        classname: text,
        file: text,
        message: text,
        job: text,
        jobNumber: 200 + index,
        flaky: index % 2 === 0
      })
    ),
    logTails: attacks.map((text, index) =>
      aTail({
        job: text,
        step: text,
        command: text,
        lines: [text, ...attacks],
        jobNumber: 200 + index
      })
    ),
    artifacts: attacks.map(text => anArtifact({job: text, path: text, url: text})),
    history: [aHistory({workflow: attack(1), branch: attack(2)})],
    omissions: [...attacks]
  })
}
