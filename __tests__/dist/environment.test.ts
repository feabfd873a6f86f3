import {describe, expect, it} from '@jest/globals'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'
import {startFakeGitHub} from '../support/fake-github.ts'
import {
  actOn,
  afterwards,
  failsSoon,
  longRunning,
  playAll,
  said,
  simulate,
  triggers,
  verdictOf
} from './stage.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'environment-'))
afterwards(() => {
  rmSync(folder, {recursive: true, force: true})
})

const payloads = [
  {name: 'missing', text: undefined},
  {name: 'cut', text: '{"ref":'}
] as const

function pathOf({name, text}: (typeof payloads)[number]): string {
  const file = path.join(folder, `${name}.json`)
  if (text !== undefined) writeFileSync(file, text)
  return file
}

/** Changes the environment inside the process, after the harness has set it. */
function changed(variables: Readonly<Record<string, string>>): Record<string, string> {
  const script = `Object.assign(process.env, ${JSON.stringify(variables)})`
  return {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`}
}

const played = playAll(payloads, async payload => {
  const GITHUB_EVENT_PATH = pathOf(payload)
  const simulator = await simulate({scenario: failsSoon})
  const github = await startFakeGitHub()
  afterwards(() => github.close())
  const env = {GITHUB_EVENT_PATH, GITHUB_API_URL: github.url}
  const inputs = {'commit-status': 'CircleCI', 'github-token': github.token}
  const {step: push} = await actOn(simulator, {inputs, env})
  const {step: comment} = await actOn(simulator, {env, event: {name: 'issue_comment'}})
  const long = await simulate({scenario: longRunning})
  const {id, number} = long.startPipeline({login: 'developer', trigger: 'api'})
  const left = {pipelines: [{id, number, slug: 'gh/acme/shop'}]}
  const entry = path.join(ROOT, 'dist/post/index.js')
  // It would look for late workflows for 20 seconds more, which others test.
  const signalPlan = {when: /cancelled "build"/, kill: true}
  const {step: post} = await actOn(long, {
    entry,
    env: {...env, STATE_left: JSON.stringify(left)},
    signalPlan
  })
  return {GITHUB_EVENT_PATH, simulator, github, push, comment, post}
})

describe.each(payloads)('an event payload that is $name', payload => {
  it('does not matter to an event that needs none', () => {
    const {push, github} = played(payload)
    expect(verdictOf(push)).toBe('1 failure workflow-failed')
    expect(push.stderr).toBe('')
    expect(github.statuses.at(-1)).toMatchObject({context: 'CircleCI', state: 'failure'})
  })

  it('is named where it is needed, and nothing is triggered', () => {
    const {comment, simulator, GITHUB_EVENT_PATH} = played(payload)
    expect(verdictOf(comment)).toBe('1 failure input')
    expect(comment.stderr).toBe('')
    expect(said(comment, 'error')).toContain(
      `the event payload, ${GITHUB_EVENT_PATH} (GITHUB_EVENT_PATH), could not be read`
    )
    expect(triggers(simulator)).toHaveLength(1)
  })

  it('does not keep the post step from its work', () => {
    const {post} = played(payload)
    expect(post).toMatchObject({stderr: '', problems: []})
    expect(said(post, 'notice')).toContain('cancelled "build"')
  })
})

describe('a file that GitHub names and did not make', () => {
  const names = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']
  const playedName = playAll(names, async name => {
    const simulator = await simulate({scenario: failsSoon})
    const {step} = await actOn(simulator, {env: changed({[name]: path.join(folder, 'not-made')})})
    return {step, simulator}
  })

  it.each(names)('is told before anything is triggered: %s', name => {
    const {step, simulator} = playedName(name)
    expect(step.exitCode).toBe(1)
    expect(step.stderr).toBe('')
    expect(said(step, 'error')).toContain(`${name} names ${path.join(folder, 'not-made')}`)
    expect(simulator.requests).toEqual([])
  })
})
