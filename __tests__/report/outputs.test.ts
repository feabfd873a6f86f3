import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'

import {parseKeyValueFile} from '../../scripts/runner/file-commands.ts'
import {
  MAX_OUTPUT_CHARACTERS,
  OUTPUT_NAMES,
  pipelineOutputs,
  reportDocument,
  resultOutputs
} from '../../src/report/outputs.ts'
import {writeOutputs} from '../../src/report/delivery.ts'
import {aJob, anArtifact, aPipeline, aResult, aTest, aVerdict, aWorkflow} from './builders.ts'
import {cpuTime} from '../support/cpu-time.ts'
import {anyText} from '../support/any-text.ts'

const parse = (text: string | undefined): unknown[] => JSON.parse(text ?? '') as unknown[]
const keys = (text: string | undefined): string[] => Object.keys(parse(text)[0] as object)
const total = (outputs: object): number => Object.values(outputs).join('').length

const full = aResult({
  verdict: aVerdict({conclusion: 'failure', reason: 'workflow-failed', passes: false}),
  workflows: [aWorkflow({attempt: 1, latest: false}), aWorkflow({id: 'rerun', attempt: 2})],
  jobs: [aJob({latest: false, status: 'failed'}), aJob({name: 'e2e', status: 'failed'})],
  failedTests: [aTest()],
  artifacts: [anArtifact()],
  artifactsPath: '/tmp/artifacts'
})

describe('resultOutputs', () => {
  it('sets every output of a run with a verdict', () => {
    const {outputs, cuts} = resultOutputs(full, '/tmp/report.json')
    const document: Readonly<Record<string, unknown>> = reportDocument(full)
    const missing = OUTPUT_NAMES.filter(name => !(name in outputs))
    expect(missing.filter(name => document[name] !== null)).toEqual([])
    expect(outputs).toMatchObject({
      conclusion: 'failure',
      'failure-reason': 'workflow-failed',
      'failed-jobs': 'e2e',
      report: '/tmp/report.json'
    })
    expect(cuts).toEqual([])
  })

  it('gives each listing its fields, of workflows and jobs the latest attempts', () => {
    const {outputs} = resultOutputs(full, undefined)
    expect(parse(outputs.workflows)).toMatchObject([{id: 'rerun', attempt: 2}])
    expect(parse(outputs.jobs)).toMatchObject([{name: 'e2e'}])
    expect(keys(outputs.workflows).join()).toBe('id,name,status,url,attempt,created_at,stopped_at')
    expect(keys(outputs.jobs).join()).toBe('workflow,name,number,status,url,started_at,stopped_at')
    expect(keys(outputs['failed-tests']).join()).toBe('job,name,classname,file,line,message,flaky')
    expect(keys(outputs.artifacts).join()).toBe('job,job_number,node_index,path,url')
  })

  it('sets only the outputs of the pipeline without a verdict', () => {
    const result = aResult({verdict: undefined, workflows: [], jobs: []})
    const {outputs} = resultOutputs(result, undefined)
    expect(outputs).toEqual(pipelineOutputs(result))
    const names = Object.keys(outputs)
    expect(names).toEqual(expect.arrayContaining(['pipeline-id', 'triggered', 'pipelines']))
    const atTheEnd = /^(conclusions?|failure-reason|duration|workflows|(failed-)?jobs|artifact.*)$/
    expect(names.filter(name => atTheEnd.test(name))).toEqual([])
  })

  it('says that nothing was triggered when there is no pipeline', () => {
    const nothing = aResult({pipeline: undefined, triggered: false, workflows: [], jobs: []})
    expect(resultOutputs(nothing, undefined).outputs).toMatchObject({triggered: 'false'})
  })

  it('of several pipelines gives each row its pipeline, and each pipeline its row', () => {
    const of = (name: string, number: number, rest: object = {}) =>
      aResult({
        name,
        pipeline: aPipeline({id: `id-${number}`, number}),
        workflows: [aWorkflow({id: `w${number}`})],
        jobs: [aJob({name: 'unit', status: 'failed'}), aJob({name})],
        artifacts: [anArtifact({url: `https://a/${number}`})],
        ...rest
      })
    const refused = aResult({
      name: 'api',
      triggered: false,
      pipeline: undefined,
      verdict: aVerdict({conclusion: 'failure', reason: 'rejected', passes: false}),
      ...{workflows: [], jobs: [], artifacts: []}
    })
    const pipelines = [of('web', 8), refused, of('load', 9), of('web', 7, {verdict: undefined})]
    const {outputs} = resultOutputs(
      aResult({...refused, pipelines, conclusions: {web: 'success', api: 'failure', load: null}}),
      undefined
    )
    expect(parse(outputs.pipelines)).toMatchObject([
      {name: 'web', number: 7, id: 'id-7', conclusion: null, duration: null},
      {name: 'web', number: 8, id: 'id-8', conclusion: 'success', duration: 252},
      {name: 'api', number: null, id: null, url: null, failure_reason: 'rejected', duration: null},
      {name: 'load', number: 9, project_slug: 'gh/acme/shop', triggered: true, state: 'created'}
    ])
    expect(outputs.conclusions).toBe('{"web":"success","api":"failure","load":null}')
    expect(outputs['pipeline-id']).toBeUndefined()
    expect(keys(outputs.workflows)[0]).toBe('pipeline_id')
    for (const name of ['workflows', 'artifacts'] as const) {
      expect(parse(outputs[name])).toMatchObject([8, 9, 7].map(id => ({pipeline_id: `id-${id}`})))
    }
    expect(outputs['artifact-urls']).toBe('https://a/8\nhttps://a/9\nhttps://a/7')
    expect(outputs['failed-jobs']).toBe('unit')
  })

  const many = {
    artifacts: Array.from({length: 3000}, () => anArtifact()),
    jobs: Array.from({length: 500}, () => aJob()),
    failedTests: Array.from({length: 500}, () => aTest())
  }

  it.each([
    {share: 0.9, cut: ['artifacts']},
    {share: 0.35, cut: ['artifacts', 'artifact-urls']},
    {share: 0.05, cut: ['artifacts', 'artifact-urls', 'jobs', 'failed-tests']}
  ])('cuts whole items in order to $share of what there is', ({share, cut}) => {
    const all = resultOutputs(aResult(many), undefined, Infinity).outputs
    const max = Math.floor(total(all) * share)
    const {outputs, cuts} = resultOutputs(aResult(many), undefined, max)
    expect(total(outputs)).toBeLessThanOrEqual(max)
    expect(cuts.map(sentence => /^Output "(.+?)" holds/.exec(sentence)?.[1])).toEqual(cut)
    for (const name of ['artifacts', 'jobs', 'failed-tests'] as const) {
      const before = parse(all[name])
      const after = parse(outputs[name])
      expect(after).toEqual(before.slice(0, after.length))
      expect(after.length < before.length).toBe(cut.includes(name))
    }
  })

  it('stays under the limit of GitHub', () => {
    const result = aResult({artifacts: Array.from({length: 20_000}, () => anArtifact())})
    const {outputs, cuts} = resultOutputs(result, '/tmp/report.json')
    expect(total(outputs)).toBeLessThanOrEqual(MAX_OUTPUT_CHARACTERS)
    expect(MAX_OUTPUT_CHARACTERS).toBeLessThan(500_000)
    expect(cuts.join('\n')).toContain('All of them are in the report file.')
  })

  it('says what was cut, and of what nothing was lost says nothing', () => {
    const result = aResult({
      artifacts: [],
      jobs: Array.from({length: 9}, () => aJob({status: 'success'})),
      failedTests: []
    })
    const whole = total(resultOutputs(result, undefined, Infinity).outputs)
    expect(resultOutputs(result, undefined, whole).cuts).toEqual([])
    expect(resultOutputs(result, undefined, whole - 1).cuts).toEqual([
      `Output "jobs" holds 8 of 9 items: all outputs together are limited to ${whole - 1} characters, because GitHub drops a job's outputs above 1 MB.`
    ])
  })

  it('cuts even the failed jobs and the workflows when nothing else is left', () => {
    const jobs = Array.from({length: 400}, (_, index) =>
      aJob({name: `job-${index}-${'x'.repeat(500)}`, status: 'failed'})
    )
    const workflows = Array.from({length: 400}, (_, index) =>
      aWorkflow({id: String(index), name: `w-${index}-${'y'.repeat(2000)}`})
    )
    const {outputs, cuts} = resultOutputs(aResult({jobs, workflows}), undefined)
    expect(total(outputs)).toBeLessThanOrEqual(MAX_OUTPUT_CHARACTERS)
    expect(cuts).toHaveLength(3)
    expect(outputs.jobs).toBe('[]')
    expect(outputs['failed-jobs']).toBe('')
    const kept = parse(outputs.workflows)
    expect(kept.length).toBeGreaterThan(200)
    const few = resultOutputs(aResult({jobs, workflows: workflows.slice(0, 150)}), undefined)
    const names = few.outputs['failed-jobs']?.split('\n') ?? []
    expect(names).toEqual(jobs.slice(0, names.length).map(({name}) => name))
    expect(names.length).toBeGreaterThan(50)
    const attached = resultOutputs(aResult({verdict: undefined, workflows, jobs: []}), undefined)
    expect(parse(attached.outputs.workflows)).toHaveLength(kept.length)
    expect(attached.cuts).toHaveLength(1)
  })

  it('counts in the units that GitHub counts, whatever the names hold', () => {
    const name = anyText({maxLength: 12})
    const size = fc.integer({min: 0, max: 3000})
    fc.assert(
      fc.property(fc.array(name, {maxLength: 12}), size, (names, max) => {
        const result = aResult({
          artifacts: names.map(path => anArtifact({path, url: `https://x/${path}`})),
          jobs: names.map(job => aJob({name: job})),
          failedTests: names.map(test => aTest({name: test, message: test}))
        })
        const all = resultOutputs(result, undefined, Infinity).outputs
        const {outputs, cuts} = resultOutputs(result, undefined, max)
        const lists = ['artifacts', 'jobs', 'failed-tests', 'workflows'] as const
        for (const list of lists) {
          const kept = parse(outputs[list])
          expect(kept).toEqual(parse(all[list]).slice(0, kept.length))
        }
        // What is left over max has nothing in it that could be cut.
        const empty = lists.every(list => outputs[list] === '[]') && outputs['artifact-urls'] === ''
        expect(total(outputs) <= max || empty).toBe(true)
        expect(cuts.length > 0).toBe(total(all) > max)
        // No item more than had to go: of the last that was cut one more would not have fit.
        const last = /^Output "(.+?)"/.exec(cuts.at(-1) ?? '')?.[1]
        for (const list of lists.filter(each => each === last)) {
          const kept = parse(outputs[list]).length
          const next = JSON.stringify(parse(all[list])[kept])
          expect(total(outputs) + next.length + Math.min(1, kept)).toBeGreaterThan(max)
        }
      }),
      {numRuns: 40}
    )
  })

  it('bears a hundred thousand artifacts, in a time that grows as they do', () => {
    const outputsOf = (count: number, tries: number) => {
      const artifacts = Array.from({length: count}, (_, index) =>
        anArtifact({path: `coverage/${index}.html`})
      )
      const result = aResult({artifacts})
      const made: ReturnType<typeof resultOutputs>[] = []
      // The best of them: the others may have met a garbage collection, or code not yet compiled.
      const times = Array.from({length: tries}, () =>
        cpuTime(() => made.push(resultOutputs(result, '/tmp/report.json')))
      )
      return {ms: Math.min(...times), outputs: made[0]?.outputs ?? {}, cuts: made[0]?.cuts ?? []}
    }
    const some = outputsOf(10_000, 3)
    const many = outputsOf(100_000, 1)
    expect(total(many.outputs)).toBeLessThan(500_000)
    expect(total(many.outputs)).toBeGreaterThan(490_000)
    expect(many.cuts).toHaveLength(2)
    expect(many.cuts[0]).toContain('Output "artifacts" holds 0 of 100000 items')
    // Ten times as many took a hundred times as long if it were quadratic.
    expect(many.ms).toBeLessThan(40 * Math.max(some.ms, 25))
  })
})

describe('pipelineOutputs', () => {
  it('are what is known of a pipeline', () => {
    const {pipeline} = aResult()
    expect(pipelineOutputs(aResult({pipeline}))).toMatchObject({
      pipelines: '[]',
      'pipeline-id': pipeline?.id,
      'pipeline-number': String(pipeline?.number),
      'pipeline-url': pipeline?.url,
      'pipeline-state': pipeline?.state,
      'created-at': pipeline?.createdAt,
      triggered: 'true'
    })
    expect(pipelineOutputs(aResult({pipeline: undefined, triggered: false}))).toEqual({
      pipelines: '[]',
      triggered: 'false'
    })
  })
})

describe('outputs of one item a line', () => {
  it.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    'hold a space for a %j inside a name',
    end => {
      const {outputs} = resultOutputs(
        aResult({
          jobs: [`a${end}b`, 'c'].map(name => aJob({name, status: 'failed'})),
          artifacts: [anArtifact({url: `https://x.example/1${end}https://y.example/2`})]
        }),
        undefined
      )
      expect(outputs['failed-jobs']).toBe('a b\nc')
      expect(outputs['artifact-urls']).toBe('https://x.example/1 https://y.example/2')
    }
  )
})

describe('writeOutputs', () => {
  const environment = process.env
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'outputs-'))
    writeFileSync(path.join(folder, 'output'), '')
    process.env = {GITHUB_OUTPUT: path.join(folder, 'output')}
  })

  afterEach(() => {
    process.env = environment
    rmSync(folder, {recursive: true})
  })

  it('sets each as the runner reads it, the last value of each, whatever is in them', () => {
    writeOutputs(pipelineOutputs(aResult()))
    const {outputs} = resultOutputs(full, '/tmp/report.json')
    writeOutputs({...outputs, 'failed-jobs': 'a\nb<<EOF\nEOF\nconclusion=success'})
    const read = parseKeyValueFile(readFileSync(path.join(folder, 'output'), 'utf8'))
    expect(read).toEqual({...outputs, 'failed-jobs': 'a\nb<<EOF\nEOF\nconclusion=success'})
  })
})
