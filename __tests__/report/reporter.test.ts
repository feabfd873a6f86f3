import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'
import * as core from '@actions/core'

import {systemClock} from '../../src/base/clock.ts'
import {readContext} from '../../src/runner/context.ts'
import type {Inputs} from '../../src/runner/inputs.ts'
import {Mask} from '../../src/base/mask.ts'
// Loaded before time is driven: the reporter loads them when it needs them, which takes no time of a fake clock.
import '../../src/collect/artifacts.ts'
import '../../src/report/failures.ts'
import type {PipelineRecord, StepRecord} from '../../src/record/record.ts'
import {Reporter, type ReporterContext} from '../../src/report/reporter.ts'
import {
  aJob,
  anArtifact,
  aPipeline,
  aRecord,
  aTail,
  aTest,
  aVerdict,
  aWorkflow
} from './builders.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {startFakeGitHub, type FakeGitHub, type FakeGitHubOptions} from '../support/fake-github.ts'
import {someInputs} from '../support/story.ts'

const SHA = '1f6a2b9c3d4e5f60718293a4b5c6d7e8f9012345'
const environment = process.env
let folder: string
let github: FakeGitHub
let lines: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reporter-'))
  github = await startFakeGitHub({})
  lines = []
  process.env = {...environment, RUNNER_TEMP: folder}
  // It remembers the file of an earlier step.
  Object.assign(core.summary, {_filePath: undefined})
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

function aReporter(
  inputs: Partial<Inputs> = {},
  context: Partial<ReporterContext> = {},
  event: Readonly<Record<string, string>> = {}
): Reporter {
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
        GITHUB_SHA: SHA,
        ...event
      },
      () => JSON.stringify({issue: {number: 12, pull_request: {}}})
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
    mask: new Mask([]),
    clock: systemClock,
    step: aRecord(),
    ...context
  })
}

/** The only pipeline of a step. */
function only({pipelines: [pipeline]}: StepRecord): PipelineRecord {
  if (pipeline === undefined) throw new Error('There is none.')
  return pipeline
}

const failed = {verdict: aVerdict({conclusion: 'failure', passes: false, message: 'It failed.'})}

describe('Reporter', () => {
  it('ends the commit status that it began', async () => {
    const step = aRecord(failed)
    const reporter = aReporter({}, {step})
    reporter.known(only(step))
    await reporter.finish()
    expect(github.statuses.at(-1)).toMatchObject({sha: SHA, state: 'failure'})
  })

  it.each([{dryRun: true}, {wait: false}])('begins no commit status with %j', async inputs => {
    const step = aRecord({verdict: undefined})
    const reporter = aReporter(inputs, {step})
    reporter.known(only(step))
    await reporter.finish()
    expect(github.requests).toEqual([])
  })

  it('says the verdict and ends the commit status whatever cannot be shown', async () => {
    const jobs = [aJob({status: 'failed'})]
    const step = aRecord({...failed, jobs, logTails: [null as never]})
    await aReporter({}, {step}).finish()
    expect(
      lines.filter(line => line.startsWith('warning: What failed could not be shown.'))
    ).toHaveLength(1)
    expect(lines.at(-1)).toMatch(/^error: It failed\./)
    expect(github.statuses.at(-1)).toMatchObject({state: 'failure'})
  })

  it('takes what a poll found for shown when it cannot be, with one warning', () => {
    const reporter = aReporter()
    const progress = {} as Parameters<Reporter['progress']>[0]
    reporter.progress(progress, only(aRecord()))
    reporter.progress(progress, only(aRecord()))
    expect(lines).toEqual([expect.stringMatching(/^warning: The progress could not be shown\./)])
  })

  it('says the verdict even where the outputs cannot be written, and rejects', async () => {
    process.env['GITHUB_OUTPUT'] = join(folder, 'no', 'such', 'file')
    const reporter = aReporter({}, {step: aRecord(failed)})
    await expect(reporter.finish()).rejects.toThrow(/no.such.file/)
    expect(lines.at(-1)).toMatch(/^error: It failed\./)
    expect(github.statuses.at(-1)).toMatchObject({state: 'failure'})
  })

  it('leaves nothing to cancel to the post step where the outputs cannot be written', async () => {
    const step = aRecord(failed)
    const reporter = aReporter({}, {step})
    reporter.known(only(step))
    const state = join(folder, 'GITHUB_STATE')
    expect(await readFile(state, 'utf8')).toContain(aPipeline().id)
    await writeFile(state, '')
    process.env['GITHUB_OUTPUT'] = join(folder, 'no', 'such', 'file')
    await expect(reporter.finish()).rejects.toThrow(/no.such.file/)
    expect(await readFile(state, 'utf8')).toMatch(/left<<(\S+)\n\n\1\n$/)
  })

  it('keeps a claimed pipeline in state until it is given up', async () => {
    const step = aRecord({workflows: []})
    const reporter = aReporter({}, {step})
    const write = jest.spyOn(process.stdout, 'write')
    only(step).pipeline = aPipeline({id: '11111111-2222-4333-8444-555555555555', number: 7})
    reporter.save()
    only(step).owned = false
    reporter.save()
    const state = await readFile(join(folder, 'GITHUB_STATE'), 'utf8')
    expect(state).toMatch(
      /left<<\S+\n.*"pipelines":\[\{"id":"1{8}.*"slug":"gh\/acme\/shop"\}\]\}\n.*left<<\S+\n\n/s
    )
    expect(write).not.toHaveBeenCalled()
  })
})

describe('a step of several pipelines', () => {
  const onPullRequest = {GITHUB_EVENT_NAME: 'issue_comment', GITHUB_EVENT_PATH: '/event.json'}

  beforeEach(async () => {
    await github.close()
    github = await startFakeGitHub({heads: {12: SHA}})
  })

  /** Two pipelines, the second of which has the verdict. */
  function twoOf(verdict: PipelineRecord['verdict'], revision = SHA): StepRecord {
    const api = {...only(aRecord()), name: 'api'}
    const web = {
      ...only(aRecord({verdict, pipeline: aPipeline({number: 7, revision})})),
      name: 'web'
    }
    return {...aRecord({verdict}), eventCommit: SHA, pipelines: [api, web], decidedBy: web}
  }

  it('has one status and one comment', async () => {
    const step = twoOf(failed.verdict)
    const reporter = aReporter({comment: true, pipelines: []}, {step}, onPullRequest)
    for (const pipeline of step.pipelines) reporter.known(pipeline)
    await reporter.finish()
    expect(github.statuses.at(-1)).toMatchObject({state: 'failure', description: 'It failed.'})
    expect(new Set(github.statuses.map(({sha, context}) => `${sha} ${context}`)).size).toBe(1)
    expect(github.comments).toHaveLength(1)
    expect(github.comments[0]?.body).toContain('### ❌ 2 CircleCI pipelines: 1 did not pass')
  })

  it('has a pending status that sums up', async () => {
    const step = twoOf(undefined)
    aReporter({}, {step}).known(step.pipelines[1] ?? only(step))
    while (github.statuses.length === 0) await new Promise(resolve => setImmediate(resolve))
    expect(github.statuses.at(-1)).toMatchObject({
      state: 'pending',
      description: '1 of 2 pipelines done'
    })
  })

  it("has a green status only when all of the event's ref built its commit", async () => {
    await aReporter({}, {step: twoOf(aVerdict())}).finish()
    expect(github.statuses.at(-1)).toMatchObject({state: 'success'})
    await aReporter({}, {step: twoOf(aVerdict(), '0'.repeat(40))}).finish()
    expect(github.statuses.at(-1)).toMatchObject({
      state: 'error',
      description: expect.stringMatching(/^CircleCI built commit 0000000000, not this one\./)
    })
  })

  it('finds its comment again whatever its projects and definition are', async () => {
    const step = twoOf(failed.verdict)
    await aReporter({comment: true, pipelines: []}, {step}, onPullRequest).finish()
    const other = {...step, decidedBy: step.pipelines[0]}
    const inputs = {comment: true, pipelines: [], definition: 'nightly'} as const
    await aReporter(inputs, {step: other}, onPullRequest).finish()
    expect(github.comments).toHaveLength(1)
    await aReporter({comment: 'mine', pipelines: []}, {step}, onPullRequest).finish()
    expect(github.comments).toHaveLength(2)
  })
})

describe('the tokens', () => {
  const token = 'CCIPAT_Zm9vYmFy_4f1d2e3c5b6a'
  const event = {GITHUB_EVENT_NAME: 'issue_comment', GITHUB_EVENT_PATH: '/event.json'}

  function aMaskingReporter(step: StepRecord): Reporter {
    const mask = new Mask([token, github.token])
    return aReporter({comment: true}, {mask, step}, event)
  }

  beforeEach(async () => {
    await github.close()
    github = await startFakeGitHub({token: 'ghs_16C7e42F292c6912', heads: {12: SHA}})
  })

  it('are in nothing that is written or sent, whatever repeats them', async () => {
    const both = `${token} ${github.token}`
    const pipeline = aPipeline({branch: both, url: `https://app.circleci.com/?${token}`})
    const step = aRecord({
      pipeline,
      verdict: aVerdict({conclusion: 'failure', passes: false, message: both}),
      workflows: [aWorkflow({name: both, url: `https://app.circleci.com/${token}`})],
      jobs: [aJob({name: both, workflow: both, status: 'failed'})],
      failedTests: [aTest({name: both, classname: both, file: `${token}.ts`, message: both})],
      logTails: [aTail({step: both, command: both, lines: [both]})],
      artifacts: [anArtifact({path: token, url: `https://x.test/${github.token}`})],
      artifactsPath: `/tmp/${token}`,
      omissions: [both]
    })
    const reporter = aMaskingReporter(step)
    reporter.known(only(step))
    await reporter.finish()
    const files = await Promise.all(
      (await readdir(folder)).map(name => readFile(join(folder, name), 'utf8'))
    )
    const sent = github.requests.map(({path, body}) => JSON.stringify([path, body]))
    const left = [...files, ...sent].join('\n')
    expect(left).toContain('*** ***')
    expect(left).not.toContain(token)
    expect(left).not.toContain(github.token)
    // As Markdown is escaped.
    expect(left).not.toContain('Zm9vYmFy')
    expect(github.comments).toHaveLength(1)
    expect(github.statuses.at(-1)).toMatchObject({state: 'failure', description: '*** ***'})
  })

  it('are hidden before a description is cut, wherever it is', async () => {
    for (let before = 100; before < 140; before += 3) {
      const message = `${'x'.repeat(before)}${token}${'y'.repeat(40)}`
      const step = aRecord({verdict: aVerdict({passes: false, message})})
      await aMaskingReporter(step).finish()
      expect(github.statuses.at(-1)?.description).not.toMatch(/C|\dd/)
    }
  })
})

describe('a GitHub that does not answer', () => {
  const onPullRequest = {GITHUB_EVENT_NAME: 'issue_comment', GITHUB_EVENT_PATH: '/event.json'}
  const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

  /** Everything that reaches GitHub from now on gets no answer; the first `count` requests if it is given. */
  async function mute(count = Infinity): Promise<void> {
    const fault: FakeGitHubOptions['fault'] = () =>
      github.requests.length > count ? undefined : {kind: 'stall'}
    await github.close()
    github = await startFakeGitHub({fault, heads: {12: SHA}})
  }

  async function arrived(count: number): Promise<void> {
    while (github.requests.length < count) await turn()
  }

  /** Lets the clock run to `ms` after its start, with time for requests in between, and no further. */
  async function runTo(ms: number, clock: FakeClock, start: number): Promise<void> {
    while (clock.now() < start + ms) {
      await turn()
      clock.advance(Math.min(100, start + ms - clock.now()))
    }
    for (let count = 0; count < 20; count += 1) await turn()
  }

  it('has fifteen seconds for commit status and comment together', async () => {
    await mute()
    const clock = fakeClock()
    const start = clock.now()
    let ended = false
    const finished = aReporter(
      {comment: true, summary: false},
      {clock, step: aRecord(failed)},
      onPullRequest
    )
      .finish()
      .then(() => {
        ended = true
      })
    await arrived(2)
    await runTo(14_999, clock, start)
    expect(ended).toBe(false)
    clock.advance(1)
    await finished
    expect(clock.now() - start).toBe(15_000)
    expect(clock.pending()).toBe(0)
    const why =
      'GitHub could not be reached: no answer within the 15 s that a finished step waits. The verdict does not depend on it.'
    expect(lines.filter(line => line.startsWith('warning')).sort()).toEqual([
      `warning: The commit status "CircleCI" is not up to date: ${why}`,
      `warning: The pull request comment is not up to date: ${why}`
    ])
    expect(lines.at(-1)).toMatch(/^error: It failed\./)
  })

  it('has one second once the step is cancelled, also in the middle of its fifteen', async () => {
    await mute()
    const clock = fakeClock()
    const start = clock.now()
    const cancel = new AbortController()
    const context = {clock, signal: cancel.signal, step: aRecord(failed)}
    const finished = aReporter({comment: true, summary: false}, context, onPullRequest).finish()
    await arrived(2)
    await runTo(5_000, clock, start)
    cancel.abort()
    clock.advance(1_000)
    await finished
    expect(clock.now() - start).toBe(6_000)
    expect(lines.filter(line => line.includes('1 s that a cancelled step'))).toHaveLength(2)
  })

  it('is not asked again for what has become old meanwhile', async () => {
    await mute(1)
    const clock = fakeClock()
    const step = aRecord(failed)
    const reporter = aReporter({summary: false}, {clock, step})
    reporter.known(only(step))
    await arrived(1)
    const finished = reporter.finish()
    // The end loads what it needs before it says anything.
    await import('../../src/report/failures.ts')
    await import('../../src/collect/artifacts.ts')
    for (let count = 0; count < 20; count += 1) await turn()
    clock.advance(10_000)
    await finished
    expect(github.requests.map(({body}) => (body as {state: string}).state)).toEqual([
      'pending',
      'failure'
    ])
    expect(github.statuses).toMatchObject([{state: 'failure'}])
    expect(lines.filter(line => line.startsWith('warning'))).toEqual([])
  })
})
