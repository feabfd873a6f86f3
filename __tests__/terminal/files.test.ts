import {afterAll, describe, expect, it} from '@jest/globals'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {resultOutputs, reportDocument} from '../../src/report/outputs.ts'
import {prepareFiles, renderEnv, renderJson, writeOutputFile} from '../../src/terminal/files.ts'
import {aResult} from '../report/builders.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'files-'))
afterAll(() => {
  rmSync(folder, {recursive: true, force: true})
})

const file = (name: string): string => path.join(folder, name)
const result = aResult()
const {outputs} = resultOutputs(result, 'report.json')
const document = reportDocument(result)

describe('outputs', () => {
  it('are JSON under their own names, not cut', () => {
    const json = JSON.parse(renderJson(outputs, document)) as Record<string, unknown>
    expect(Object.keys(json)).toEqual(Object.keys(outputs))
    expect(json).toMatchObject({
      'pipeline-number': result.pipeline?.number,
      triggered: true,
      jobs: document.jobs,
      'failed-jobs': document['failed-jobs'],
      report: 'report.json'
    })
  })

  it('are variables of one line each', () => {
    const {text, left} = renderEnv(
      {...outputs, 'failed-jobs': 'one\ntwo\r\nEVIL=1', 'pipeline-state': 'a\u2028b\x1b[2J\nX=1'},
      document
    )
    const lines = text.trimEnd().split('\n')
    expect(left).toEqual([])
    expect(lines).toContain(`CIRCLECI_PIPELINE_ID=${outputs['pipeline-id'] ?? ''}`)
    expect(lines).toContain('CIRCLECI_FAILED_JOBS=one two EVIL=1')
    expect(lines).toContain('CIRCLECI_PIPELINE_STATE=a b X=1')
    expect(lines.filter(line => !/^CIRCLECI_[A-Z_]+=[^\x00-\x1f]*$/.test(line))).toEqual([])
  })

  it('leave lists out of a .env that GitLab would refuse, and say so', () => {
    const long = '[' + '"x",'.repeat(2_000) + '"x"]'
    const warnings: string[] = []
    const log = {warning: (text: string) => warnings.push(text)} as never
    writeOutputFile(
      {outputs: file('o.env'), summary: undefined, report: undefined},
      {...outputs, jobs: long},
      result,
      log
    )
    const text = readFileSync(file('o.env'), 'utf8')
    expect(text).not.toContain('CIRCLECI_JOBS=')
    expect(text).toContain('CIRCLECI_FAILED_JOBS=')
    expect(Buffer.byteLength(text)).toBeLessThan(5_000)
    expect(warnings).toEqual([expect.stringMatching(/leaves out jobs: GitLab takes at most 5000/)])
  })
})

describe('the files of a command', () => {
  it('hold nothing of an earlier run', () => {
    writeFileSync(file('old.env'), 'CIRCLECI_CONCLUSION=success\n')
    prepareFiles({outputs: file('old.env'), summary: file('s.md'), report: file('r.json')})
    expect(readFileSync(file('old.env'), 'utf8')).toBe('')
    expect(readFileSync(file('r.json'), 'utf8')).toBe('{}\n')
  })

  it('are refused before anything is triggered when they cannot be written', () => {
    const files = {outputs: file('nowhere/o.json'), summary: undefined, report: undefined}
    expect(() => {
      prepareFiles(files)
    }).toThrow(
      /^--outputs names .*o\.json, which cannot be written \(ENOENT.*\): nothing was triggered\.$/
    )
  })
})
