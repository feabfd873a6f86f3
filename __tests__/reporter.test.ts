import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'

import {systemClock} from '../src/clock.ts'
import {readContext} from '../src/github/context.ts'
import type {Inputs} from '../src/inputs.ts'
import {Reporter} from '../src/reporter.ts'
import {aJob, aPipeline, aResult, aVerdict} from './report/builders.ts'
import {startFakeGitHub, type FakeGitHub} from './support/fake-github.ts'
import {someInputs} from './support/story.ts'

const SHA = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'
const slug = {provider: 'gh', organization: 'acme', project: 'shop'} as const
const environment = process.env
let folder: string
let github: FakeGitHub
let lines: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reporter-'))
  github = await startFakeGitHub({})
  lines = []
  process.env = {...environment, RUNNER_TEMP: folder}
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) {
    process.env[name] = join(folder, name)
    await writeFile(join(folder, name), '')
  }
})

afterEach(async () => {
  process.env = environment
  await github.close()
  await rm(folder, {recursive: true})
})

function aReporter(inputs: Partial<Inputs> = {}): Reporter {
  const say =
    (level: string) =>
    (text: string): void => {
      lines.push(`${level}: ${text}`)
    }
  return new Reporter({
    inputs: {
      ...someInputs({url: 'https://circleci.com', token: 'token', slug: 'gh/acme/shop'}),
      githubToken: github.token,
      commitStatuses: [{context: 'CircleCI', artifactGlob: undefined}],
      ...inputs
    },
    context: readContext(
      {
        GITHUB_API_URL: github.url,
        GITHUB_REPOSITORY: github.repository,
        GITHUB_EVENT_NAME: 'push',
        GITHUB_SHA: SHA
      },
      () => ''
    ),
    log: {
      debug: say('debug'),
      info: say('info'),
      notice: say('notice'),
      warning: say('warning'),
      error: say('error'),
      group: say('group'),
      annotate: () => undefined
    },
    signal: new AbortController().signal,
    circleci: {serverNow: () => 0},
    clock: systemClock
  })
}

const facts = {slug, owned: true, triggered: true}
const failed = {verdict: aVerdict({conclusion: 'failure', passes: false, message: 'It failed.'})}

describe('Reporter', () => {
  it('ends the commit status that it began', async () => {
    const reporter = aReporter()
    reporter.pipeline(aPipeline(), facts)
    await reporter.finish(aResult(failed))
    expect(github.statuses.at(-1)).toMatchObject({sha: SHA, state: 'failure'})
  })

  it.each([{dryRun: true}, {wait: false}])('begins no commit status with %j', async inputs => {
    const reporter = aReporter(inputs)
    reporter.pipeline(aPipeline(), {...facts, owned: false, triggered: false})
    await reporter.finish(aResult({verdict: undefined}))
    expect(github.requests).toEqual([])
  })

  it('says the verdict and ends the commit status whatever cannot be shown', async () => {
    const result = aResult({...failed, jobs: [aJob({status: 'failed'})]})
    Object.defineProperty(result, 'logTails', {
      get: () => {
        throw new TypeError('no tails')
      }
    })
    await aReporter().finish(result)
    expect(
      lines.filter(line => line.startsWith('warning: What failed could not be shown.'))
    ).toHaveLength(1)
    expect(lines.at(-1)).toMatch(/^error: It failed\./)
    expect(github.statuses.at(-1)).toMatchObject({state: 'failure'})
  })

  it('takes what a poll found for shown when it cannot be, with one warning', () => {
    const reporter = aReporter()
    const progress = {} as Parameters<Reporter['progress']>[0]
    reporter.progress(progress, aPipeline())
    reporter.progress(progress, aPipeline())
    expect(lines).toEqual([expect.stringMatching(/^warning: The progress could not be shown\./)])
  })

  it('says the verdict even where the outputs cannot be written, and rejects', async () => {
    process.env['GITHUB_OUTPUT'] = join(folder, 'no', 'such', 'file')
    await expect(aReporter().finish(aResult(failed))).rejects.toThrow(/no.such.file/)
    expect(lines.at(-1)).toMatch(/^error: It failed\./)
    expect(github.statuses.at(-1)).toMatchObject({state: 'failure'})
  })

  it('keeps a claimed pipeline in state until it is given up', async () => {
    const reporter = aReporter()
    const write = jest.spyOn(process.stdout, 'write')
    reporter.claim({id: '11111111-2222-4333-8444-555555555555', number: 7, slug})
    reporter.claim(undefined)
    const state = await readFile(join(folder, 'GITHUB_STATE'), 'utf8')
    expect(state).toMatch(
      /pipeline<<\S+\n\{"id":"1{8}.*"slug":"gh\/acme\/shop"\}\n.*pipeline<<\S+\n\n/s
    )
    expect(write).not.toHaveBeenCalled()
  })
})
