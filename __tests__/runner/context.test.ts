import {describe, expect, it} from '@jest/globals'
import {readContext} from '../../src/runner/context.ts'
import {DEFAULT, EVENTS, HEAD, environmentOf} from '../support/events.ts'

describe('readContext', () => {
  it.each(EVENTS.map(event => [event.name, event] as const))('%s', (_, event) => {
    const context = readContext(environmentOf(event, '/event.json'), path => {
      expect(path).toBe('/event.json')
      return JSON.stringify(event.payload)
    })
    expect(context.headSha).toBe(event.headSha)
    expect(context.payloadProblem).toBeUndefined()
    const pull = context.pullRequest
    expect(pull && {number: pull.number, fork: pull.fork}).toEqual(event.pullRequest)
  })

  it('reads the environment', () => {
    const context = readContext(
      {
        GITHUB_EVENT_NAME: 'push',
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_SHA: DEFAULT,
        GITHUB_WORKFLOW: 'CI',
        GITHUB_JOB: 'build',
        GITHUB_RUN_ATTEMPT: '2',
        GITHUB_RUN_ID: '4711',
        GITHUB_WORKSPACE: '/work',
        RUNNER_TEMP: '/tmp',
        GITHUB_API_URL: 'https://ghe.example/api/v3/'
      },
      () => '{}'
    )
    expect(context).toMatchObject({
      eventName: 'push',
      repository: 'acme/shop',
      ref: 'refs/heads/main',
      headSha: DEFAULT,
      pullRequest: undefined,
      workflow: 'CI',
      job: 'build',
      runId: '4711',
      runAttempt: 2,
      workspace: '/work',
      runnerTemp: '/tmp',
      apiUrl: 'https://ghe.example/api/v3'
    })
  })

  it('knows nothing in an empty environment', () => {
    const readNothing = (): string => {
      throw new Error('read something')
    }
    expect(readContext({}, readNothing)).toMatchObject({
      eventName: '',
      repository: undefined,
      ref: undefined,
      headSha: undefined,
      pullRequest: undefined,
      workflow: undefined,
      job: undefined,
      runId: undefined,
      runAttempt: 1,
      workspace: undefined,
      apiUrl: 'https://api.github.com',
      payloadProblem: 'GITHUB_EVENT_PATH is not set'
    })
  })

  it.each(['0', '-1', 'two', '1.5', '99999999999', ''])('takes run attempt "%s" for 1', attempt => {
    expect(readContext({GITHUB_RUN_ATTEMPT: attempt}, () => '{}').runAttempt).toBe(1)
  })

  it('falls back to the repository of the payload', () => {
    const payload = {repository: {full_name: 'acme/shop'}}
    const context = readContext({GITHUB_EVENT_PATH: '/e'}, () => JSON.stringify(payload))
    expect(context.repository).toBe('acme/shop')
  })

  it('says why the payload could not be read', () => {
    const missing = readContext({GITHUB_EVENT_PATH: '/e'}, () => {
      throw new Error("ENOENT: no such file or directory, open '/e'")
    })
    expect(missing.payloadProblem).toBe(
      "the event payload, /e (GITHUB_EVENT_PATH), could not be read: ENOENT: no such file or directory, open '/e'"
    )
    const broken = readContext({GITHUB_EVENT_PATH: '/e'}, () => '{"ref": ')
    expect(broken.payloadProblem).toMatch(/could not be read: .*JSON/)
    const empty = readContext({GITHUB_EVENT_PATH: '/e'}, () => '\n')
    expect(empty.payloadProblem).toMatch(/could not be read: it is empty$/)
    for (const json of ['null', '[]', '"text"', '12']) {
      const none = readContext({GITHUB_EVENT_PATH: '/e'}, () => json)
      expect(none.payloadProblem).toMatch(/could not be read: it does not contain a JSON object$/)
    }
  })

  it.each([
    'null',
    '[]',
    '"text"',
    '12',
    '{"pull_request": null, "issue": [], "workflow_run": 3, "repository": "x"}',
    '{"workflow_run": {"pull_requests": [null, 1, {"number": 1}, {"number": 1, "base": {"repo": 3}}]}}',
    '{"workflow_run": {"pull_requests": {"0": 1}, "head_repository": "acme/shop"}}',
    '{"deployment": {"ref": {}, "sha": "../../user"}}',
    '{"__proto__": {"pull_request": {"number": 1}}}'
  ])('survives the payload %s', json => {
    for (const {event} of EVENTS) {
      const environment = {GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: '/e'}
      const context = readContext(environment, () => json)
      expect(context.pullRequest).toBeUndefined()
      expect(context.headSha).toBeUndefined()
    }
  })

  it.each(['main', HEAD.slice(1), `${HEAD}/../x`, HEAD.toUpperCase().replaceAll('2', 'G'), 3])(
    'takes no commit called %s',
    sha => {
      const payload = {pull_request: {number: 12, head: {sha}}}
      const environment = {GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: '/e'}
      expect(readContext(environment, () => JSON.stringify(payload)).headSha).toBeUndefined()
    }
  )

  describe('the pull requests listed with a run', () => {
    function pullRequestOf(base: unknown, repository: unknown): unknown {
      const pull = {number: 12, head: {ref: 'x', sha: HEAD}, base: {repo: base}}
      const payload = {repository, workflow_run: {head_sha: HEAD, pull_requests: [pull]}}
      const environment = {GITHUB_EVENT_PATH: '/e', GITHUB_REPOSITORY: 'acme/shop'}
      return readContext(environment, () => JSON.stringify(payload)).pullRequest
    }
    const ours = {number: 12, fork: undefined}
    const url = 'https://ghe.example/api/v3/repos/Acme/Shop'

    it.each<[unknown, unknown]>([
      [{id: 1, url: 'https://api.github.com/repos/x/y'}, {id: 1}],
      [{id: 1, url}, undefined],
      [{url}, {id: 1}]
    ])('base %j in %j is ours', (base, repository) => {
      expect(pullRequestOf(base, repository)).toEqual(ours)
    })

    it.each<[unknown, unknown]>([
      [{id: 3, url}, {id: 1}],
      [{url: 'https://api.github.com/repos/origin/shop'}, {id: 1}],
      [{url: 'https://api.github.com/repos/acme/shop/x'}, undefined],
      [{}, {id: 1}],
      [null, {id: 1}],
      [undefined, {}]
    ])('base %j in %j is not', (base, repository) => {
      expect(pullRequestOf(base, repository)).toBeUndefined()
    })
  })

  it('takes a SHA-256 commit', () => {
    const sha = 'a'.repeat(64)
    const payload = {pull_request: {number: 12, head: {sha}}}
    const environment = {GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: '/e'}
    expect(readContext(environment, () => JSON.stringify(payload)).headSha).toBe(sha)
  })
})
