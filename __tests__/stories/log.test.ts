import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import * as core from '@actions/core'

import {readContext} from '../../src/runner/context.ts'
import type {NamedPipeline} from '../../src/runner/inputs.ts'
import {Mask} from '../../src/base/mask.ts'
import {createLog} from '../../src/report/log.ts'
import {Reporter} from '../../src/report/reporter.ts'
import {scenarios, type JobSpec, type Scenario, type WorkflowSpec} from '../../simulator/index.ts'
import {history} from '../../simulator/scenarios/history.ts'
import {golden} from '../report/golden.ts'
import {tell, type Story, type StoryOptions} from '../support/story.ts'

const MINUTE = 60_000
const environment = process.env
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'story-log-'))
  process.env = {...environment, RUNNER_TEMP: folder}
  // It remembers the file of an earlier step.
  Object.assign(core.summary, {_filePath: undefined})
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) {
    process.env[name] = path.join(folder, name)
    writeFileSync(path.join(folder, name), '')
  }
})

afterAll(() => {
  process.env = environment
  rmSync(folder, {recursive: true})
})

interface LogStory extends StoryOptions {
  readonly name: string
  readonly scenario: Scenario
  readonly begin?: (story: Story) => void
}

/** Minutes of a workflow whose jobs run one after the other. */
function workflow(
  name: string,
  jobs: readonly (Partial<JobSpec> & {readonly name: string})[],
  changes: Partial<WorkflowSpec> = {}
): WorkflowSpec {
  return {
    name,
    jobs: jobs.map((job, index) => ({
      queue: 4,
      run: 3 * 60,
      requires: index === 0 ? [] : [jobs[index - 1]?.name ?? ''],
      ...job
    })),
    ...changes
  }
}

function scenario(workflows: readonly WorkflowSpec[], changes: Partial<Scenario> = {}): Scenario {
  return {...scenarios.passing, insights: {}, pipeline: {workflows}, ...changes}
}

const tenMinutes = [10, 11, 9, 10, 12, 10, 11, 10, 9, 14, 10, 10].map(minutes => minutes * 60)
const build = workflow('build', [{name: 'lint'}, {name: 'test', run: 6 * 60}, {name: 'package'}])

const several = scenario([], {
  project: {
    ...scenarios.passing.project,
    definitions: [
      {name: 'api', pipeline: {workflows: [build]}},
      {
        name: 'web',
        pipeline: {
          workflows: [
            workflow('build', [{name: 'test', run: 5 * 60, outcome: 'failed'}, {name: 'ship'}]),
            workflow('e2e', [{name: 'browsers', run: 14 * 60}])
          ]
        }
      },
      {name: 'docs', pipeline: {workflows: [workflow('docs', [{name: 'render', run: 90}])]}}
    ]
  }
})

const stories: readonly LogStory[] = [
  {
    name: 'a run as long as ever',
    scenario: scenario([build], {
      insights: {workflows: {build: history({seconds: tenMinutes})}}
    })
  },
  {
    name: 'a run past its p95 beside one without history',
    scenario: scenario(
      [
        workflow('build', [{name: 'test', run: 20 * 60}]),
        workflow('docs', [{name: 'render', run: 90}])
      ],
      {insights: {workflows: {build: history({seconds: tenMinutes})}}}
    )
  },
  {
    name: 'a setup workflow, then two, one of which comes late',
    scenario: scenario([], {
      pipeline: {
        setup: {workflow: workflow('setup', [{name: 'path-filtering', run: 20}]), after: 25},
        workflows: [
          workflow('build', [{name: 'test', run: 60}]),
          workflow('deploy', [{name: 'ship', run: 30}], {appears: 40})
        ]
      }
    })
  },
  {
    name: 'CircleCI in trouble for three minutes',
    scenario: scenario([workflow('build', [{name: 'test', run: 8 * 60}])]),
    begin: ({clock, simulator}) => {
      clock.alarm(2 * MINUTE, () => {
        const remove = simulator.faults.add({host: 'api', kind: 'status', status: 503})
        clock.alarm(3 * MINUTE, remove)
      })
    }
  },
  {
    name: 'a timeout',
    scenario: scenario([build, workflow('docs', [{name: 'render', run: 60}])]),
    inputs: {timeoutSeconds: 5 * 60}
  },
  {
    name: 'GitHub cancels',
    scenario: scenario([build]),
    begin: ({clock, cancel}) => {
      clock.alarm(3 * MINUTE, () => {
        cancel.abort()
      })
    }
  },
  {
    name: 'a hold that the step approves, and one that nobody does',
    scenario: scenario([
      workflow('release', [
        {name: 'hold-staging', type: 'approval'},
        {name: 'staging'},
        {name: 'hold-production', type: 'approval'},
        {name: 'production'}
      ])
    ]),
    inputs: {approve: ['hold-staging'], timeoutSeconds: 30 * 60}
  },
  {
    name: 'a failure that is rerun once',
    scenario: scenario([
      workflow('build', [
        {name: 'lint'},
        {name: 'test', outcome: 'failed', attempts: [{outcome: 'success'}]}
      ])
    ]),
    inputs: {rerunFailed: 1}
  },
  {
    name: 'fail fast',
    scenario: scenario([build, workflow('docs', [{name: 'render', run: 60, outcome: 'failed'}])]),
    inputs: {failFast: true}
  }
]

/** An entry of the input `pipelines` that differs in its definition. */
function entry(name: string): NamedPipeline {
  return {
    name,
    slug: undefined,
    branch: undefined,
    tag: undefined,
    definition: name,
    configRef: undefined,
    parameters: {},
    pipeline: {kind: 'new'},
    workflows: [],
    jobs: [],
    approve: []
  }
}

/** Everything a step prints from the trigger to its verdict, in virtual time. */
async function logOf({scenario: one, begin, ...options}: LogStory): Promise<string> {
  const printed: string[] = []
  const log = createLog({
    write: text => printed.push(text),
    random: () => 'stop',
    isDebug: () => false
  })
  let reporter: Reporter | undefined
  const story = await tell(
    {scenario: one},
    {
      ...options,
      log,
      listener: parts => {
        reporter = new Reporter({
          ...parts,
          log,
          mask: new Mask([]),
          context: readContext({}, () => '')
        })
        return reporter
      }
    },
    begin
  )
  await reporter?.finish()
  return printed.join('').replaceAll(story.simulator.url, 'https://circleci.example.com')
}

describe('the log of a step', () => {
  it.each(stories)('$name', async story => {
    const text = await logOf(story)
    const file = `log.${story.name.toLowerCase().replaceAll(/\W+/g, '-')}.txt`
    expect(text).toBe(golden(file, text))
  })
})

describe('the log of a step of several pipelines', () => {
  let lines: readonly string[] = []

  beforeAll(async () => {
    const pipelines = ['api', 'web', 'docs'].map(name => entry(name))
    const text = await logOf({name: 'several', scenario: several, inputs: {pipelines}})
    lines = text.replaceAll(/\d+m \d+s|[\d.]+s\b/g, '…').split('\n')
  })

  it('has the name of each before its lines', () => {
    const url = 'https://circleci.example.com/pipelines/github/acme/shop/'
    const of = (name: string): readonly string[] =>
      lines
        .filter(line => line.startsWith(`[${name}] `) && !line.includes('Triggering'))
        .map(line => line.slice(name.length + 3))
    expect(of('api')).toEqual([
      `Triggered pipeline #101: ${url}101`,
      '● build: running · for …',
      '✓ build: success · after …',
      `✓ Passed after …: Workflow "build" succeeded. ${url}101`
    ])
    expect(of('web')).toEqual([
      `Triggered pipeline #102: ${url}102`,
      '● build: running · for …',
      '● e2e: running · for …',
      '✗ build: failed · after …',
      '✓ e2e: success · after …',
      `✗ Failed after …: Workflow "build" failed. ${url}102`
    ])
  })

  it('has one sign of life for all of them', () => {
    const signs = new Set(lines.filter(line => line.startsWith('…')))
    expect([...signs]).toEqual([
      '… after …: 1 of 3 pipelines done · api: build (running …) · web: build (running …), e2e (running …)',
      '… after …: 1 of 3 pipelines done, 1 failing · api: build (running …) · web: e2e (running …)'
    ])
  })

  it('ends with the one verdict and where to look', () => {
    const verdict = '1 of 3 pipelines did not pass. "web": Workflow "build" failed.'
    expect(lines.at(-3)).toBe(`✗ Failed after …: ${verdict}`)
    expect(lines.at(-2)).toMatch(
      /^::error::1 of 3 .*%0A\[web\] Job "test" .*%0A\[web\] Pipeline #102: /
    )
  })
})
