import {beforeAll, describe, expect, it} from '@jest/globals'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {marked} from 'marked'
import {attacks, hostile} from '../../simulator/scenarios/hostile.ts'
import {startFakeGitHub, type FakeGitHub} from '../support/fake-github.ts'
import {pull} from '../support/events.ts'
import {readAsRunner} from '../support/runner-commands.ts'
import {actOn, afterwards, reportOf, simulate, type Played} from './stage.ts'

/** What this action prints as commands; everything else would be an attack that got through. */
const OURS = new Set(['add-mask', 'debug', 'group', 'endgroup', 'stop-commands'])

describe('a CircleCI that says nothing but attacks', () => {
  let played: Played
  let github: FakeGitHub

  beforeAll(async () => {
    github = await startFakeGitHub()
    afterwards(() => github.close())
    const simulator = await simulate({
      scenario: {...hostile, behaviour: {artifactHost: 'api'}}
    })
    played = await actOn(simulator, {
      debug: true,
      githubToken: github.token,
      env: {GITHUB_API_URL: github.url},
      event: {
        name: 'pull_request',
        payload: {number: 12, pull_request: pull({repo: {id: 1, full_name: 'acme/shop'}})}
      },
      inputs: {'artifacts-path': 'out', 'commit-status': 'circleci', comment: 'true'}
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
    const text =
      where === 'summary' ? played.step.summary : github.comments.map(({body}) => body).join('\n')
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

  it('keeps every word in the outputs and the report, where they are data', () => {
    const tests = JSON.parse(played.step.outputs['failed-tests'] ?? '') as {name: string}[]
    expect(tests.map(({name}) => name)).toEqual(expect.arrayContaining([attacks[0], attacks[15]]))
    expect(reportOf(played.step)).toMatchObject({conclusion: 'failure'})
  })
})
