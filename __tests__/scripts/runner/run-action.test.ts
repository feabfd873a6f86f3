import {afterEach, describe, expect, it} from '@jest/globals'
import {existsSync} from 'node:fs'
import path from 'node:path'
import type {SignalPlan} from '../../../scripts/runner/cancellation.ts'
import {
  runAction,
  type ActionOptions,
  type ActionResult,
  type LogEvent
} from '../../../scripts/runner/run-action.ts'

const ACTION = path.join(import.meta.dirname, '../../fixtures/action/action.yml')
const SHORT = {afterInterrupt: 1000, afterTerminate: 1000}
const onUnix = process.platform === 'win32' ? [] : [true]

describe('runAction', () => {
  let result: ActionResult | undefined

  afterEach(() => {
    result?.dispose()
  })

  const run = async (script: string, options: ActionOptions = {}): Promise<ActionResult> => {
    result = await runAction({
      actionFile: ACTION,
      ...options,
      inputs: {script, ...options.inputs}
    })
    return result
  }

  const reported = (step: ActionResult): {env: Record<string, string>; cwd: string} =>
    JSON.parse(step.stdout) as {env: Record<string, string>; cwd: string}

  it('hands over inputs as the runner names them, defaults included', async () => {
    const {env} = reported(await run('report', {inputs: {'spaced name': ''}}))
    expect(env).toMatchObject({
      INPUT_SCRIPT: 'report',
      'INPUT_SOME-FLAG': 'false',
      INPUT_RETRIES: '1.10',
      INPUT_SPACED_NAME: '',
      INPUT_OLD: '',
      'INPUT_GITHUB-TOKEN': expect.stringMatching(/^ghs_/)
    })
  })

  it('lets nothing of the developer’s own environment in', async () => {
    process.env['CIRCLE_TOKEN'] = 'the-developers-own'
    process.env['GITHUB_TOKEN'] = 'the-developers-own'
    try {
      const step = await run('report', {env: {GIVEN: 'yes', GITHUB_RUN_ATTEMPT: '2'}})
      expect(step.stdout).not.toContain('the-developers-own')
      expect(reported(step).env).toMatchObject({
        GITHUB_ACTIONS: 'true',
        GIVEN: 'yes',
        GITHUB_RUN_ATTEMPT: '2'
      })
      expect(reported(step).cwd).toBe(step.folders.workspace)
    } finally {
      delete process.env['CIRCLE_TOKEN']
      delete process.env['GITHUB_TOKEN']
    }
  })

  it.each([
    ['push', {ref: 'refs/tags/v1'}, {REF: 'refs/tags/v1', REF_NAME: 'v1', REF_TYPE: 'tag'}],
    [
      'pull_request',
      {pull_request: {number: 7, head: {ref: 'topic'}, base: {ref: 'main'}}},
      {REF: 'refs/pull/7/merge', REF_NAME: '7/merge', HEAD_REF: 'topic', BASE_REF: 'main'}
    ],
    ['pull_request_target', {pull_request: {number: 7}}, {REF: 'refs/heads/main', HEAD_REF: ''}],
    ['release', {release: {tag_name: 'v2'}}, {REF: 'refs/tags/v2', REF_NAME: 'v2'}],
    ['schedule', {}, {REF: 'refs/heads/main', REF_NAME: 'main', REF_TYPE: 'branch'}]
  ])('derives the refs of %s', async (name, payload, expected) => {
    const {env} = reported(await run('report', {event: {name, payload}}))
    expect(env['GITHUB_EVENT_NAME']).toBe(name)
    for (const [key, value] of Object.entries(expected)) {
      expect([key, env[`GITHUB_${key}`]]).toEqual([key, value])
    }
  })

  it('collects outputs, state, summary, annotations and masks', async () => {
    const heard: LogEvent[] = []
    const step = await run('results', {onLine: event => heard.push(event)})
    expect(step).toMatchObject({
      exitCode: 3,
      signal: null,
      conclusion: 'failure',
      outputs: {answer: '42\nand more', plain: 'a=b', extra: 'by command'},
      state: {phase: 'main-started', 'pipeline-id': 'abc'},
      env: {EXPORTED: 'yes'},
      summary: '# Done with ***\n',
      masks: ['s3cret'],
      problems: [],
      annotationsDropped: 0
    })
    expect(step.annotations).toContainEqual({
      level: 'error',
      message: 'it broke\nbadly: ***',
      properties: {title: 'Build, failed', file: 'src/a.ts', line: '3'}
    })
    expect(step.annotations).toContainEqual({
      level: 'warning',
      message: 'from stderr',
      properties: {}
    })
    expect(heard).toEqual(step.events)
    expect(heard).toContainEqual({type: 'group', title: 'Details of ***'})
    expect(heard).toContainEqual({type: 'text', line: 'the *** is here'})
    expect(step.printed).toContain('the s3cret is here')
    expect(step.printed).not.toContain('add-mask')
  })

  it('runs the post step with the state and the inputs of main', async () => {
    const step = await run('results', {event: {name: 'push', payload: {ref: 'refs/heads/x'}}})
    const post = await step.post()
    expect(post).toMatchObject({exitCode: 0, conclusion: 'success', outputs: {}})
    expect(JSON.parse(post.stdout)).toEqual({id: 'abc', script: 'results', ref: 'refs/heads/x'})
  })

  it.each([
    ['refused', /"set-env".*disabled/],
    ['unfinished', /"END".*never comes/]
  ])('fails a step that the runner would fail: %s', async (script, problem) => {
    const step = await run(script)
    expect(step.exitCode).toBe(0)
    expect(step.conclusion).toBe('failure')
    expect(step.problems).toEqual([expect.stringMatching(problem)])
  })

  it('warns about unknown and deprecated inputs and hands them on', async () => {
    const step = await run('report', {inputs: {scirpt: 'x', old: 'y'}})
    expect(reported(step).env).toMatchObject({INPUT_SCIRPT: 'x', INPUT_OLD: 'y'})
    expect(step.annotations.map(annotation => annotation.message)).toEqual([
      'Input \'old\' has been deprecated with message: use "script"',
      expect.stringMatching(/^Unexpected input\(s\) 'scirpt', valid inputs are \['script', /)
    ])
  })

  it.each(onUnix)('interrupts, and reads what the step wrote on its way out', async () => {
    const step = await run('polite', {signalPlan: {when: /^ready$/}})
    expect(step).toMatchObject({
      exitCode: 7,
      conclusion: 'cancelled',
      outputs: {answer: 'interrupted'}
    })
  })

  it.each(onUnix)('becomes harsher when the step does not end', async () => {
    const plan: SignalPlan = {when: /^ready$/, waits: SHORT}
    const step = await run('stubborn', {signalPlan: plan})
    expect(step).toMatchObject({exitCode: null, signal: 'SIGKILL', conclusion: 'cancelled'})
    expect(step.stdout.split('\n')).toEqual(['ready', 'not now', 'never', ''])
    expect(step.durationMs).toBeGreaterThanOrEqual(2000)
  })

  it('kills at once when the runner is lost', async () => {
    const step = await run('polite', {signalPlan: {when: /^ready$/, kill: true}})
    expect(step.exitCode === 0).toBe(false)
    expect(step.outputs).toEqual({})
  })

  it('cancels when an abort signal says so', async () => {
    const abort = new AbortController()
    const step = await run('polite', {
      signalPlan: {when: abort.signal},
      onLine: () => {
        abort.abort()
      }
    })
    expect(step.conclusion).toBe('cancelled')
  })

  it('refuses to wait for ever', async () => {
    await expect(run('polite', {timeoutMs: 3000})).rejects.toThrow(
      /still running after 3000 ms.*ready/
    )
  })

  it('rejects when the program cannot be started', async () => {
    await expect(run('report', {node: '/nowhere/node'})).rejects.toThrow(/ENOENT/)
  })

  it('turns debug logging on, and removes its folders', async () => {
    const step = await run('report', {debug: true})
    expect(reported(step).env['RUNNER_DEBUG']).toBe('1')
    step.dispose()
    expect(existsSync(step.folders.workspace)).toBe(false)
  })
})
