import {beforeAll, describe, expect, it} from '@jest/globals'
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {marked} from 'marked'
import {markerOf} from '../../src/github/comment.ts'
import {attacks, hostile} from '../../simulator/scenarios/hostile.ts'
import {createFolders} from '../../scripts/runner/environment.ts'
import {startFakeGitHub, type FakeGitHub} from '../support/fake-github.ts'
import {pull} from '../support/events.ts'
import {readAsRunner} from '../support/runner-commands.ts'
import {actOn, afterwards, job, reportOf, simulate, workflow, type Played} from './stage.ts'

const TOKEN = 'CCIPAT_hostile_Zm9vYmFy_4f1d2e3c'
const GITHUB_TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'
const both = `${TOKEN} ${GITHUB_TOKEN}`

const repeatsTokens = workflow(both, [
  job(both, {
    outcome: 'failed',
    steps: [{name: both, command: both, output: `${both}\n`, fails: true}],
    tests: [{name: both, result: 'failure', message: both}]
  })
])

/** The comment of this very step, as anybody could write it. */
const forged = `${markerOf({workflow: 'CI', job: 'circleci', project: 'gh/acme/shop', name: undefined})}\nAll is well.`

/** What this action prints as commands; everything else would be an attack that got through. */
const OURS = new Set(['add-mask', 'debug', 'group', 'endgroup', 'stop-commands'])

describe('a CircleCI that says nothing but attacks', () => {
  let played: Played
  let github: FakeGitHub

  beforeAll(async () => {
    github = await startFakeGitHub({token: GITHUB_TOKEN})
    afterwards(() => github.close())
    github.addComment({body: forged, login: 'mallory', type: 'User'})
    github.addComment({body: forged, login: 'mallory[bot]', type: 'Bot'})
    const workflows = [...hostile.pipeline.workflows, repeatsTokens]
    const simulator = await simulate({
      token: TOKEN,
      scenario: {
        ...hostile,
        pipeline: {...hostile.pipeline, workflows},
        behaviour: {artifactHost: 'api'}
      }
    })
    played = await actOn(simulator, {
      debug: true,
      githubToken: github.token,
      env: {GITHUB_API_URL: github.url},
      event: {
        name: 'pull_request',
        payload: {number: 12, pull_request: pull({repo: {id: 1, full_name: 'acme/shop'}})}
      },
      inputs: {
        'artifacts-path': 'out',
        'commit-status': 'circleci',
        comment: 'true',
        artifacts: '**\n!**/*a*a*a*/**/*a*a*.html\nnothing, at, all',
        workflows: '*\n!*b*b*b*b*b',
        approve: '*a*a*a*b',
        'log-lines': '30'
      }
    })
  })

  it('gets the verdict it deserves', () => {
    const {step} = played
    expect(step.outputs).toMatchObject({
      conclusion: 'failure',
      'failure-reason': 'workflow-failed'
    })
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
  })

  it('makes the runner obey no command of its own', () => {
    const {step, simulator} = played
    const {commands} = readAsRunner(step.stdout)
    const masks = commands.filter(({name}) => name === 'add-mask')
    expect(masks.map(({data}) => data)).toEqual([simulator.token])
    const stops = new Set(
      commands.filter(({name}) => name === 'stop-commands').map(({data}) => data)
    )
    for (const token of stops) expect(token).toMatch(/^[0-9a-f-]{36}$/)
    const strange = commands.filter(
      ({name}) =>
        !OURS.has(name) && !stops.has(name) && !['error', 'warning', 'notice'].includes(name)
    )
    expect(strange).toEqual([])
    for (const {name, properties} of commands) {
      const known = ['title', 'file', 'line']
      expect([name, Object.keys(properties).filter(key => !known.includes(key))]).toEqual([
        name,
        []
      ])
      expect(properties['file'] ?? '').not.toMatch(/passwd|^\/|\.\./)
    }
    expect(step.outputs).not.toHaveProperty('pwned')
    expect(step.state).not.toHaveProperty('isPost')
    expect(step.masks).not.toContain('success')
    expect(step.annotations.map(({message}) => message)).not.toContain('pwned')
  })

  it('shows nothing that a terminal obeys', () => {
    expect(played.step.stdout).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029\u202e\u200b]/
    )
  })

  it.each(['summary', 'comment'] as const)('leaves no markup in the %s', where => {
    const text = where === 'summary' ? played.step.summary : (github.comments.at(-1)?.body ?? '')
    expect(text.length).toBeGreaterThan(200)
    const html = marked.parse(text, {async: false})
    // The chart is text to Markdown; the rest must hold no element but those the page is made of.
    const elements = new Set([...html.matchAll(/<([a-z][a-z\d]*)/gi)].map(([, name]) => name))
    const ours = [
      ...['h1', 'h2', 'h3', 'h4', 'p', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'code'],
      ...['pre', 'details', 'summary', 'strong', 'em', 'ul', 'ol', 'li', 'br', 'hr', 'blockquote'],
      ...['sub', 'sup', 'b', 'i']
    ]
    expect([...elements].filter(name => !ours.includes(name ?? ''))).toEqual([])
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address)
    expect(
      addresses.filter(
        address => !/^https?:\/\/(127\.0\.0\.1|github\.com\/acme\/shop)/.test(address ?? '')
      )
    ).toEqual([])
    expect(html).not.toMatch(/ on[a-z]+="/i)
    // Only the comment has a mark of its own to be found by.
    expect(html.split('<!--').length - 1).toBe(where === 'comment' ? 1 : 0)
    // Neither people nor issues are told.
    const prose = html.replaceAll(/<(code|pre)[^>]*>.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, '')
    expect(prose).not.toMatch(/(^|[^\w\u200b])@(acme|octocat)/)
    expect(prose).not.toMatch(/(^|[^\w\u200b&])#(123|7|1)\b/)
  })

  it('writes inside the download folder and nowhere else', () => {
    const {step, simulator} = played
    const job = path.dirname(step.folders.home)
    const out = path.join(step.folders.workspace, 'out')
    const files = readdirSync(job, {recursive: true, withFileTypes: true}).filter(entry =>
      entry.isFile()
    )
    const harmless = files
      .map(entry => path.join(entry.parentPath, entry.name))
      .filter(file => readFileSync(file, 'utf8') === 'harmless\n')
    expect(harmless.filter(file => !file.startsWith(out + path.sep))).toEqual([])
    expect(harmless.length).toBeGreaterThan(15)
    expect(existsSync('/etc/cron.d/pwned')).toBe(false)
    expect(existsSync(path.join(job, '..', 'escape.txt'))).toBe(false)
    const names = harmless.map(file => path.relative(out, file))
    expect(names.filter(name => /[\u0000-\u001f\\:]/.test(name))).toEqual([])
    expect(names.filter(name => /(^|\/)(con\.txt|lpt1)(\/|$)/i.test(name))).toEqual([])
    expect(simulator.pipelines()).toHaveLength(1)
  })

  it('is not kept busy by made-up text, which falls on the safe side', () => {
    const {step} = played
    const paths = (JSON.parse(step.outputs['artifacts'] ?? '') as {path: string}[]).map(
      ({path}) => path
    )
    expect(paths.some(path => path.startsWith('secret/'))).toBe(false)
    const warnings = step.annotations.filter(({level}) => level === 'warning')
    expect(warnings.map(({message}) => message).join('\n')).toMatch(
      /Line "nothing, at, all" of input "artifacts" matches none of the \d+ artifacts, among them .+ Names go one a line.*\n1 artifact was left out: a path or job name of more than 1000 characters/s
    )
    const workflows = (reportOf(step) as {workflows: {name: string; deciding: boolean}[]}).workflows
    expect(workflows.filter(({name}) => name.length > 1000)).toMatchObject([{deciding: true}])
  })

  it('has one line for each item of the line outputs, and as many of a log as were asked for', () => {
    const {step} = played
    expect(step.outputs['failed-jobs']?.split('\n')).toHaveLength(3)
    expect(step.outputs['failed-jobs']).toMatch(
      /^::set-output name=pwned::yes ::error::second line$/m
    )
    const shown = step.stdout.split('\n').filter(line => line.startsWith('| separated'))
    expect(shown.length).toBeLessThanOrEqual(30)
  })

  it('has the one test that says where it is annotated there, without a checkout', () => {
    const placed = played.step.annotations.filter(({properties}) => 'file' in properties)
    expect(placed).toMatchObject([{properties: {file: 'src/cart.test.ts', line: '7'}}])
  })

  it('repeats no token where the runner does not mask', () => {
    const {step} = played
    const sent = github.requests.map(({path: address, body}) => [address, body])
    const left = JSON.stringify([step.outputs, step.state, step.summary, sent, reportOf(step)])
    for (const token of [TOKEN, GITHUB_TOKEN]) {
      expect(left).not.toContain(token)
      // As Markdown is escaped.
      expect(left).not.toContain(token.replaceAll('_', '&#95;'))
    }
    expect(step.outputs['failed-jobs']?.split('\n')).toContain('*** ***')
  })

  it('gets a comment of its own, and leaves alone those that pretend to be it', () => {
    expect(github.comments).toMatchObject([
      {body: forged, edits: 0},
      {body: forged, edits: 0},
      {user: {login: 'github-actions[bot]'}}
    ])
    expect(github.comments[2]?.body.split('\n')[0]).toBe(forged.split('\n')[0])
  })

  it('keeps every word in the outputs and the report, where they are data', () => {
    const tests = JSON.parse(played.step.outputs['failed-tests'] ?? '') as {name: string}[]
    expect(tests.map(({name}) => name)).toEqual(expect.arrayContaining([attacks[0], attacks[15]]))
    expect(reportOf(played.step)).toMatchObject({conclusion: 'failure'})
  })
})

describe('jobs called like what lies in the workspace', () => {
  it.each(['scripts', '_github_workflow', '.github'])('replace nothing there: %s', async name => {
    const folders = createFolders()
    afterwards(() => {
      folders.remove()
    })
    const precious = path.join(folders.workspace, name, 'event.json')
    mkdirSync(path.dirname(precious))
    writeFileSync(precious, 'precious')
    const artifacts = [{path: 'event.json', content: 'harmless\n'}]
    const simulator = await simulate({
      scenario: {
        ...hostile,
        pipeline: {workflows: [{name: 'w', jobs: [{name, run: 0.1, artifacts}]}]}
      }
    })
    const {step} = await actOn(simulator, {folders, inputs: {'artifacts-path': '.'}})
    expect(step.exitCode).toBe(1)
    expect(step.outputs).toMatchObject({conclusion: 'failure', 'failure-reason': 'download'})
    expect(readFileSync(precious, 'utf8')).toBe('precious')
  })

  it.each(['${TEMP}', '${TEMP}/_github_workflow'])('get no way to the runner: %s', async where => {
    const folders = createFolders()
    afterwards(() => {
      folders.remove()
    })
    const simulator = await simulate()
    const folder = where.replace('${TEMP}', folders.temp)
    const {step} = await actOn(simulator, {folders, inputs: {'artifacts-path': folder}})
    expect(step.outputs).toMatchObject({'failure-reason': 'input'})
    expect(simulator.requests).toEqual([])
  })
})
