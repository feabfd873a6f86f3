import {readFileSync} from 'node:fs'
import {beforeAll, describe, expect, it} from '@jest/globals'
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {OUTPUT_NAMES, reportDocument} from '../../src/report/outputs.ts'
import {aJob, aResult, aTest, aWorkflow, anArtifact} from './builders.ts'
import * as scenarios from './scenarios.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')
) as {readonly required: readonly string[]; readonly properties: object}
let validate: ValidateFunction

beforeAll(() => {
  validate = new Ajv2020({strict: true, allowUnionTypes: true, allErrors: true}).compile(schema)
})

describe('the report file', () => {
  it('has every output under its own name', () => {
    const result = aResult({
      failedTests: [aTest()],
      artifacts: [anArtifact()],
      artifactsPath: 'out',
      omissions: ['Logs of 2 jobs were not read.']
    })
    expect(reportDocument(result)).toEqual({
      pipelines: [],
      conclusions: null,
      'pipeline-id': '5034460f-c7c4-4c43-9457-de07e2029e7b',
      'pipeline-number': 4217,
      'pipeline-url': 'https://app.circleci.com/pipelines/github/acme/shop/4217',
      'pipeline-state': 'created',
      'created-at': '2026-03-05T09:30:00.000Z',
      triggered: true,
      conclusion: 'success',
      'failure-reason': null,
      duration: 252,
      workflows: [
        {
          id: 'w1',
          name: 'build-test',
          status: 'success',
          url: 'https://app.circleci.com/pipelines/github/acme/shop/4217/workflows/w1',
          attempt: 1,
          latest: true,
          deciding: true,
          created_at: '2026-03-05T09:30:01.000Z',
          stopped_at: '2026-03-05T09:34:12.000Z'
        }
      ],
      jobs: [
        expect.objectContaining({
          workflow: 'build-test',
          workflow_id: 'w1',
          attempt: 1,
          latest: true,
          deciding: true,
          name: 'build',
          type: 'build',
          number: 101,
          status: 'success',
          url: 'https://app.circleci.com/pipelines/github/acme/shop/4217/workflows/w1/jobs/101',
          started_at: '2026-03-05T09:30:06.000Z',
          stopped_at: '2026-03-05T09:31:06.000Z'
        }),
        expect.objectContaining({name: 'lint'}),
        expect.objectContaining({name: 'unit'})
      ],
      'failed-jobs': [],
      'failed-tests': [
        {
          workflow: 'build-test',
          job: 'unit',
          job_number: 103,
          name: 'adds the tax to every line',
          classname: 'cart/totals',
          file: 'src/cart/totals.test.ts',
          line: 42,
          message: 'AssertionError: expected 119 to equal 118.99',
          flaky: false
        }
      ],
      artifacts: [
        {
          workflow: 'build-test',
          job: 'unit',
          job_number: 103,
          node_index: 0,
          path: 'coverage/index.html',
          url: 'https://output.circle-artifacts.com/output/job/5f0e/artifacts/0/coverage/index.html'
        }
      ],
      'artifact-urls': [
        'https://output.circle-artifacts.com/output/job/5f0e/artifacts/0/coverage/index.html'
      ],
      'artifacts-path': 'out',
      omissions: ['Logs of 2 jobs were not read.']
    })
  })

  it('is uncut and keeps every attempt', () => {
    const {artifacts, 'failed-tests': tests} = reportDocument(scenarios.huge())
    expect(artifacts).toHaveLength(6000)
    expect(tests).toHaveLength(900)
    const {workflows, jobs} = reportDocument(scenarios.flaky())
    expect(workflows).toMatchObject([
      {attempt: 1, latest: false},
      {attempt: 2, latest: true}
    ])
    expect(jobs).toHaveLength(4)
  })

  it('has no duration before there is a verdict', () => {
    expect(reportDocument(aResult({verdict: undefined})).duration).toBeNull()
  })

  it('measures a pipeline that has not ended until the step has', () => {
    const result = aResult({workflows: [aWorkflow(), aWorkflow({id: 'w2', stoppedAt: undefined})]})
    expect(reportDocument(result).duration).toBe(255)
  })
})

describe('failed-jobs', () => {
  it('names the failed jobs of the latest attempts once', () => {
    const jobs = [
      aJob({name: 'a', status: 'failed'}),
      aJob({name: 'a', status: 'timedout', workflowId: 'w2'}),
      aJob({name: 'b', status: 'failed', latest: false}),
      aJob({name: 'c', status: 'canceled'}),
      aJob({name: 'd', status: 'infrastructure_fail'})
    ]
    expect(reportDocument(aResult({jobs}))['failed-jobs']).toEqual(['a', 'd'])
  })
})

describe('docs/report.schema.json', () => {
  it('has every output of the code', () => {
    const {required, properties} = schema
    const names = [...OUTPUT_NAMES.filter(name => name !== 'report'), 'omissions']
    expect(required).toEqual(names)
    expect(Object.keys(properties)).toEqual(names)
  })

  it.each([
    ['failing', scenarios.failing],
    ['flaky', scenarios.flaky],
    ['on-hold', scenarios.onHold],
    ['dynamic-config', scenarios.dynamicConfig],
    ['huge', scenarios.huge],
    ['no-pipeline', scenarios.noPipeline],
    ['hostile', () => scenarios.hostile()],
    ['not waited for', () => aResult({verdict: undefined, workflows: [], jobs: []})]
  ])('describes the report of %s', (_, scenario) => {
    validate(JSON.parse(JSON.stringify(reportDocument(scenario()))))
    expect(validate.errors).toBeNull()
  })

  it.each([
    ['a missing output', 'artifact-urls', undefined],
    ['an unknown conclusion', 'conclusion', 'neutral'],
    ['an unknown reason', 'failure-reason', 'bad luck'],
    ['JSON as a string', 'workflows', '[]'],
    ['a number as a string', 'pipeline-number', '4217'],
    ['a boolean as a string', 'triggered', 'true'],
    ['a negative duration', 'duration', -1],
    ['a job without its workflow', 'jobs', [{name: 'build'}]],
    ['an output nobody knows', 'pipeline', {}]
  ])('refuses %s', (_, name, value) => {
    const report = {...reportDocument(scenarios.failing()), [name]: value}
    expect(validate(JSON.parse(JSON.stringify(report)))).toBe(false)
  })
})
