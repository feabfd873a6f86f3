import {beforeAll, describe, expect, it} from '@jest/globals'
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {createFolders} from '../../scripts/runner/environment.ts'
import {parseKeyValueFile} from '../../scripts/runner/file-commands.ts'
import {
  actOn,
  afterwards,
  job,
  longRunning,
  play,
  playAll,
  reportOf,
  said,
  scenario,
  simulate,
  workflow,
  type Act,
  type Played
} from './stage.ts'

const OUTPUTS = [
  ...['pipeline-id', 'pipeline-number', 'pipeline-url', 'pipeline-state', 'created-at'],
  ...['triggered', 'conclusion', 'failure-reason', 'duration', 'workflows', 'jobs', 'failed-jobs'],
  ...['pipelines', 'conclusions'],
  ...['failed-tests', 'artifacts', 'artifact-urls', 'artifacts-path', 'report']
].sort()

const withArtifacts = scenario(
  [
    workflow('build', [
      job('lint', {artifacts: [{path: 'lint.txt', content: 'clean\n'}]}),
      job('test', {
        parallelism: 2,
        outcome: 'failed',
        failedNodes: [1],
        steps: [{name: 'Run', command: 'npm test', output: 'one\ntwo\nBOOM\n', fails: true}],
        tests: [
          {
            name: 'adds',
            classname: 'Sum',
            file: '/home/circleci/project/src/sum.test.ts',
            result: 'failure',
            message: 'Error: no\n    at /home/circleci/project/src/sum.test.ts:7:3'
          }
        ],
        artifacts: [
          {path: 'log.txt', content: 'zero\n', node: 0},
          {path: 'log.txt', content: 'one\n', node: 1}
        ]
      })
    ])
  ],
  {behaviour: {artifactHost: 'api'}}
)

const cases = {
  success: {
    simulator: {scenario: scenario([workflow('build', [job('test', {artifacts: [{path: 'a'}]})])])}
  },
  failure: {simulator: {scenario: withArtifacts}, inputs: {'artifacts-path': 'out/nested'}},
  timeout: {simulator: {scenario: longRunning}, inputs: {timeout: '8s'}},
  cancel: {simulator: {scenario: longRunning}, signalPlan: {when: /build: running/}},
  huge: {
    simulator: {
      scenario: scenario([
        workflow('build', [
          job('test', {
            outcome: 'failed',
            artifacts: Array.from({length: 4000}, (_, index) => ({
              path: `${'deep/'.repeat(20)}file-${index}.txt`
            }))
          })
        ])
      ]),
      pageSize: 500
    }
  },
  quiet: {
    simulator: {scenario: withArtifacts},
    inputs: {summary: 'false', annotations: 'false', 'log-lines': '0', artifacts: ''}
  }
} satisfies Record<string, Act>

const played = playAll<Act, Played>(Object.values(cases), play)
let validate: ValidateFunction

beforeAll(() => {
  const schema = new URL('../../docs/report.schema.json', import.meta.url)
  validate = new Ajv2020({strict: true, allowUnionTypes: true, allErrors: true}).compile(
    JSON.parse(readFileSync(schema, 'utf8')) as object
  )
})

describe('outputs, report and summary', () => {
  const all = Object.entries(cases).map(([name, act]) => ({name, act}))

  it.each(all)('of $name: every output is there, and the report fits its schema', ({act}) => {
    const {step} = played(act)
    expect(Object.keys(step.outputs).sort()).toEqual(OUTPUTS)
    for (const name of ['workflows', 'jobs', 'failed-tests', 'artifacts']) {
      expect(Array.isArray(JSON.parse(step.outputs[name] ?? ''))).toBe(true)
    }
    const report = reportOf(step)
    validate(report)
    expect(validate.errors).toBeNull()
    expect(report).toMatchObject({
      'pipeline-id': step.outputs['pipeline-id'],
      conclusion: step.outputs['conclusion']
    })
    expect(step.outputs['report']?.startsWith(step.folders.temp)).toBe(true)
    expect(step.problems).toEqual([])
  })

  it.each(all.filter(({name}) => name !== 'quiet'))('of $name: a summary', ({act}) => {
    const {step} = played(act)
    expect(step.summary.includes(step.outputs['pipeline-url'] ?? '?')).toBe(true)
    expect(Buffer.byteLength(step.summary)).toBeLessThan(1_000_000)
  })

  it('of a failure: jobs, tests, artifacts and the log', () => {
    const {step} = played(cases.failure)
    const outputs = step.outputs
    expect(outputs).toMatchObject({
      conclusion: 'failure',
      'failure-reason': 'workflow-failed',
      'failed-jobs': 'test',
      triggered: 'true',
      'artifacts-path': path.join(step.folders.workspace, 'out/nested')
    })
    expect(JSON.parse(outputs['workflows'] ?? '')).toEqual([
      {
        id: expect.any(String),
        name: 'build',
        status: 'failed',
        url: expect.stringMatching(/^http.*\/workflows\//),
        attempt: 1,
        created_at: expect.any(String),
        stopped_at: expect.any(String)
      }
    ])
    expect(JSON.parse(outputs['jobs'] ?? '')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({workflow: 'build', name: 'lint', status: 'success'}),
        expect.objectContaining({workflow: 'build', name: 'test', status: 'failed'})
      ])
    )
    expect(JSON.parse(outputs['failed-tests'] ?? '')).toEqual([
      {
        job: 'test',
        name: 'adds',
        classname: 'Sum',
        file: 'src/sum.test.ts',
        line: 7,
        message: expect.stringContaining('Error: no'),
        flaky: false
      }
    ])
    expect(JSON.parse(outputs['artifacts'] ?? '')).toHaveLength(3)
    expect(outputs['artifact-urls']?.split('\n')).toHaveLength(3)
    expect(step.printed).toContain('| BOOM')
    const file = (name: string): string =>
      readFileSync(path.join(step.folders.workspace, 'out/nested', name), 'utf8')
    expect(file('lint/lint.txt')).toBe('clean\n')
    expect(file('test/0/log.txt')).toBe('zero\n')
    expect(file('test/1/log.txt')).toBe('one\n')
  })

  it('too long for GitHub are cut at whole items, with a warning, and whole in the report', () => {
    const {step} = played(cases.huge)
    const length = Object.values(step.outputs).reduce((sum, value) => sum + value.length, 0)
    expect(length).toBeLessThan(500_000)
    expect((JSON.parse(step.outputs['artifacts'] ?? '') as unknown[]).length).toBeLessThan(4000)
    expect(said(step, 'warning')).toMatch(/Output "artifacts" holds \d+ of 4000 items/)
    expect(reportOf(step)).toMatchObject({artifacts: {length: 4000}})
  })

  it('are quiet when they are told to be', () => {
    const {step} = played(cases.quiet)
    expect(step.summary).toBe('')
    expect(step.printed).not.toContain('BOOM')
    expect(step.outputs['artifacts']).toBe('[]')
    expect(step.annotations.filter(({properties}) => 'file' in properties)).toEqual([])
  })

  it('of the pipeline are written right after the trigger, long before the verdict', async () => {
    const simulator = await simulate({scenario: longRunning})
    const folders = createFolders()
    afterwards(() => {
      folders.remove()
    })
    const commands = path.join(folders.temp, '_runner_file_commands')
    let early: Record<string, string> = {}
    await actOn(simulator, {
      folders,
      onLine: event => {
        if ('line' in event && event.line.includes('build: running')) {
          const file = readdirSync(commands).find(name => name.startsWith('set_output'))
          early = parseKeyValueFile(readFileSync(path.join(commands, file ?? ''), 'utf8'))
        }
      },
      signalPlan: {when: /build: running/}
    })
    const [pipeline] = simulator.pipelines()
    expect(early).toMatchObject({
      'pipeline-id': pipeline?.id,
      'pipeline-number': String(pipeline?.number),
      'pipeline-url': expect.stringContaining(`/${pipeline?.number}`),
      triggered: 'true'
    })
    expect(early['conclusion']).toBeUndefined()
  })
})
