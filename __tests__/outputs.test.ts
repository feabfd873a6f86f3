import {describe, expect, it} from '@jest/globals'

import {MAX_OUTPUT_CHARACTERS, OUTPUT_NAMES, resultOutputs} from '../src/outputs.ts'
import {aJob, anArtifact, aResult, aTest, aVerdict, aWorkflow} from './report/builders.ts'

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
    expect(Object.keys(outputs).sort()).toEqual([...OUTPUT_NAMES].sort())
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
    const {outputs} = resultOutputs(aResult({verdict: undefined, workflows: []}), undefined)
    expect(Object.keys(outputs)).toEqual([
      'pipeline-id',
      'pipeline-number',
      'pipeline-url',
      'pipeline-state',
      'created-at',
      'triggered'
    ])
  })

  it('says that nothing was triggered when there is no pipeline', () => {
    const nothing = aResult({pipeline: undefined, triggered: false, workflows: [], jobs: []})
    expect(resultOutputs(nothing, undefined).outputs).toMatchObject({triggered: 'false'})
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
    expect(cuts.join('\n')).toContain('all of them are in the report file')
  })
})
