import {afterEach, describe, expect, it, jest} from '@jest/globals'
import {Mask} from '../../src/base/mask.ts'
import {GitHub} from '../../src/github/client.ts'
import type {GitHubOptions} from '../../src/github/client.ts'
import type {GitHubFault} from '../../src/github/fault.ts'
import {HEAD} from '../support/events.ts'
import {fakeClock} from '../support/fake-clock.ts'
import type {FakeClock} from '../support/fake-clock.ts'
import {startFakeGitHub} from '../support/fake-github.ts'
import type {FakeGitHub, FakeGitHubOptions, GitHubFaultPlan} from '../support/fake-github.ts'

const STATUS = {
  context: 'ci',
  state: 'pending',
  description: 'running',
  targetUrl: 'https://app.circleci.com/pipelines/1'
} as const

const servers: FakeGitHub[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

interface Setup {
  readonly server: FakeGitHub
  readonly github: GitHub
  readonly clock: FakeClock
}

async function setUp(
  fake: FakeGitHubOptions = {},
  options: Partial<GitHubOptions> = {}
): Promise<Setup> {
  const server = await startFakeGitHub(fake)
  servers.push(server)
  const clock = fakeClock()
  const {url: apiUrl, token, repository} = server
  const github = new GitHub({
    ...{apiUrl, token, repository, clock, mask: new Mask([])},
    ...options
  })
  return {server, github, clock}
}

/** Faults for the first requests, one each; later ones are answered. */
function first(...plans: readonly (GitHubFaultPlan | undefined)[]): FakeGitHubOptions {
  let count = 0
  return {
    fault: () => {
      count += 1
      return plans[count - 1]
    }
  }
}

async function faultOf(promise: Promise<unknown>): Promise<GitHubFault> {
  return promise.then(
    () => {
      throw new Error('it did not fail')
    },
    (error: unknown) => error as GitHubFault
  )
}

/** Resolves when as many requests have arrived. */
async function arrived(server: FakeGitHub, count: number): Promise<void> {
  while (server.requests.length < count) await new Promise(resolve => setImmediate(resolve))
}

describe('GitHub', () => {
  it('sets a commit status', async () => {
    const {server, github} = await setUp()
    await github.createStatus(HEAD, STATUS)
    expect(server.statuses).toEqual([
      {
        sha: HEAD,
        context: 'ci',
        state: 'pending',
        description: 'running',
        target_url: 'https://app.circleci.com/pipelines/1'
      }
    ])
    const [request] = server.requests
    expect(request).toMatchObject({method: 'POST', path: `/repos/acme/shop/statuses/${HEAD}`})
    expect(request?.headers['authorization']).toBe('token ghs_fake')
    expect(request?.headers['user-agent']).toMatch(/^circleci-pipeline-action\/\d/)
  })

  it('leaves out a link there is none of', async () => {
    const {server, github} = await setUp()
    await github.createStatus(HEAD, {...STATUS, targetUrl: undefined})
    expect(server.statuses).toMatchObject([{target_url: null}])
    expect(server.requests[0]?.body).toEqual({
      context: 'ci',
      state: 'pending',
      description: 'running'
    })
  })

  it('works below the path of GitHub Enterprise Server', async () => {
    const {server, github} = await setUp({basePath: '/api/v3', heads: {12: HEAD}})
    expect(server.url).toMatch(/\/api\/v3$/)
    await github.createStatus(HEAD, STATUS)
    expect(await github.pullRequest(12)).toMatchObject({number: 12, headSha: HEAD})
    expect(server.statuses).toHaveLength(1)
  })

  it('reads comments page by page, each from the configured host', async () => {
    const {server, github} = await setUp()
    for (let n = 1; n <= 150; n += 1) {
      server.addComment({body: `comment ${n}`, login: 'ada', type: 'User'})
    }
    const one = await github.commentPage(12, 1)
    const two = await github.commentPage(12, 2)
    expect([one.items.length, one.isLast, two.items.length, two.isLast]).toEqual([
      100,
      false,
      50,
      true
    ])
    expect(two.items.at(-1)).toMatchObject({body: 'comment 150', author: 'ada'})
    expect(server.requests.map(({path}) => path)).toEqual([
      '/repos/acme/shop/issues/12/comments?per_page=100&page=1',
      '/repos/acme/shop/issues/12/comments?per_page=100&page=2'
    ])
  })

  it('reads odd comments', async () => {
    const body = [{id: 1, body: null, user: null}, {id: 2}]
    const {github} = await setUp(first({kind: 'answer', status: 200, body}))
    const {items} = await github.commentPage(12, 1)
    const odd = {body: '', author: ''}
    expect(items).toEqual([
      {id: 1, ...odd},
      {id: 2, ...odd}
    ])
  })

  it('writes and edits a comment', async () => {
    const {server, github} = await setUp()
    await github.createComment(12, 'one')
    const [comment] = server.comments
    await github.updateComment(comment?.id ?? 0, 'two')
    expect(server.comments).toMatchObject([
      {issue: 12, body: 'two', edits: 1, user: {login: 'github-actions[bot]', type: 'Bot'}}
    ])
  })

  it.each<[string, FakeGitHubOptions, string, number]>([
    ["a user's token", {login: 'ada'}, 'ada', 1],
    ["the workflow's own token", {}, 'github-actions[bot]', 2],
    ['a token of which GraphQL leaves the mark of an app out', {viewer: 'shop'}, 'shop[bot]', 2],
    ["another app's token", {app: 'shop[bot]'}, 'shop[bot]', 2],
    ['a token that GraphQL refuses', {app: 'shop[bot]', viewer: null}, 'github-actions[bot]', 2],
    ['a token of which GraphQL says nothing', {viewer: ''}, 'github-actions[bot]', 2],
    ["an app's token on Enterprise Server", {basePath: '/api/v3'}, 'github-actions[bot]', 2]
  ])('knows whose %s is', async (_, fake, login, requests) => {
    const {server, github} = await setUp(fake)
    expect(await github.ownLogin()).toBe(login)
    expect(server.requests).toHaveLength(requests)
  })
})

describe('a call that fails', () => {
  const calls: readonly [string, number, (github: GitHub) => Promise<unknown>][] = [
    ['createStatus', 3, github => github.createStatus(HEAD, STATUS)],
    ['pullRequest', 3, github => github.pullRequest(12)],
    ['commentPage', 3, github => github.commentPage(12, 1)],
    ['createComment', 1, github => github.createComment(12, 'x')],
    ['updateComment', 3, github => github.updateComment(1, 'x')],
    ['ownLogin', 3, github => github.ownLogin()]
  ]
  const plans: readonly [string, GitHubFaultPlan][] = [
    ['a 502 of HTML', {kind: 'answer', status: 502, body: '<html>Bad Gateway</html>'}],
    ['a connection cut before', {kind: 'cut', processed: false}],
    ['a connection cut after', {kind: 'cut', processed: true}]
  ]
  const grid = calls.flatMap(([name, attempts, call]) =>
    plans.map(([what, plan]) => [name, what, attempts, call, plan] as const)
  )

  it.each(grid)('%s after %s: given up after %d attempts', async (_, __, attempts, call, plan) => {
    const {server, github, clock} = await setUp({fault: () => plan})
    expect(await faultOf(call(github))).toMatchObject({name: 'GitHubFault', kind: 'unavailable'})
    expect(server.requests).toHaveLength(attempts)
    expect(clock.sleeps).toEqual([1_000, 3_000].slice(0, attempts - 1))
  })

  it.each(calls)('%s: refusals are not tried again', async (_, __, call) => {
    const body = {message: 'Bad credentials'}
    const {server, github} = await setUp({fault: () => ({kind: 'answer', status: 401, body})})
    const fault = await faultOf(call(github))
    expect(fault).toMatchObject({
      kind: 'credentials',
      message: 'GitHub answered 401: Bad credentials'
    })
    expect(server.requests).toHaveLength(1)
  })

  it.each(calls.filter(([, attempts]) => attempts > 1))(
    '%s: works when the third attempt does',
    async (_, __, call) => {
      const {server, github} = await setUp({
        ...first({kind: 'cut', processed: false}, {kind: 'answer', status: 503}),
        login: 'ada',
        heads: {12: HEAD}
      })
      server.addComment({body: 'x', login: 'ada', type: 'User'})
      Object.assign(server.comments[0] ?? {}, {id: 1})
      await call(github)
      expect(server.requests).toHaveLength(3)
    }
  )

  it.each(calls.filter(([name]) => name !== 'createStatus' && name !== 'updateComment'))(
    '%s: an answer cut in the middle is no answer',
    async (name, attempts, call) => {
      const {server, github} = await setUp({
        fault: () => ({kind: 'cut-body'}),
        login: 'ada',
        heads: {12: HEAD}
      })
      const outcome = await call(github).then(
        () => 'settled',
        (error: unknown) => (error as GitHubFault).kind
      )
      // Only its status matters of the answer to a new comment.
      expect(outcome).toBe(name === 'createComment' ? 'settled' : 'unavailable')
      expect(server.requests).toHaveLength(attempts)
    }
  )

  it.each<[string, unknown, (github: GitHub) => Promise<unknown>]>([
    ['a list that is an object', {message: 'ok'}, github => github.commentPage(12, 1)],
    ['a comment that is null', [null], github => github.commentPage(12, 1)],
    ['a page of HTML', '<html>', github => github.commentPage(12, 1)],
    ['a pull request without a head', {number: 12}, github => github.pullRequest(12)],
    [
      'a head that is no commit',
      {number: 12, head: {sha: '../x'}},
      github => github.pullRequest(12)
    ],
    ['a user without a login', {}, github => github.ownLogin()]
  ])('does not take %s for an answer', async (_, body, call) => {
    const {github} = await setUp({fault: () => ({kind: 'answer', status: 200, body})})
    expect(await faultOf(call(github))).toMatchObject({kind: 'unavailable'})
  })

  it.each<[string, (github: GitHub) => Promise<unknown>]>([
    ['a status', github => github.createStatus(HEAD, STATUS)],
    ['a comment', github => github.createComment(12, 'x')]
  ])('does not take a 200 for %s that was made', async (_, call) => {
    const {github} = await setUp({fault: () => ({kind: 'answer', status: 200, body: []})})
    expect(await faultOf(call(github))).toMatchObject({
      kind: 'refused',
      message: 'GitHub answered 200 instead of 201'
    })
  })

  it.each<[string, number, number[], number]>([
    ['5', 3, [5_000, 5_000], 503],
    ['0', 3, [1_000, 3_000], 503],
    ['60', 1, [], 429],
    // A limit without an end: GitHub asks for a minute.
    ['soon', 1, [], 429]
  ])(
    'waits as Retry-After %s says, unless that is too long',
    async (after, requests, sleeps, status) => {
      const headers = {'retry-after': after}
      const {server, github, clock} = await setUp({
        fault: () => ({kind: 'answer', status, headers})
      })
      await faultOf(github.createStatus(HEAD, STATUS))
      expect(server.requests).toHaveLength(requests)
      expect(clock.sleeps).toEqual(sleeps)
    }
  )

  it('sends nothing at all while a longer limit lasts, and then goes on', async () => {
    const headers = {'retry-after': '60'}
    const {server, github, clock} = await setUp(first({kind: 'answer', status: 403, headers}))
    const limited = {kind: 'unavailable', message: 'GitHub answered 403'}
    expect(await faultOf(github.createStatus(HEAD, STATUS))).toMatchObject(limited)
    clock.advance(59_999)
    expect(await faultOf(github.createComment(12, 'x'))).toMatchObject(limited)
    expect(server.requests).toHaveLength(1)
    clock.advance(1)
    await github.createStatus(HEAD, STATUS)
    expect(server.statuses).toHaveLength(1)
  })

  it('does not wait for an answer longer than ten seconds', async () => {
    const {server, github, clock} = await setUp({fault: () => ({kind: 'stall'})})
    const failing = faultOf(github.createComment(12, 'x'))
    await arrived(server, 1)
    clock.advance(9_999)
    // A whole exchange with another server later it would have failed, had the time been up.
    const other = await setUp()
    await other.github.createStatus(HEAD, STATUS)
    expect(await Promise.race([failing, Promise.resolve('waits')])).toBe('waits')
    clock.advance(1)
    expect(await failing).toMatchObject({
      kind: 'unavailable',
      message: 'GitHub could not be reached: no answer within 10 s'
    })
  })

  it('says why there is no connection', async () => {
    const {server, github} = await setUp()
    await server.close()
    const fault = await faultOf(github.createComment(12, 'x'))
    expect(fault.message).toMatch(/^GitHub could not be reached: .*ECONNREFUSED/)
  })
})

describe('a redirect', () => {
  it('is followed within GitHub, as after a repository was renamed', async () => {
    const location = `/repos/acme/shop/statuses/${HEAD}`
    const {server, github} = await setUp(
      first({kind: 'answer', status: 307, headers: {location}}),
      {repository: 'acme/old'}
    )
    await github.createStatus(HEAD, STATUS)
    expect(server.requests.map(({method, path}) => `${method} ${path}`)).toEqual([
      `POST /repos/acme/old/statuses/${HEAD}`,
      `POST /repos/acme/shop/statuses/${HEAD}`
    ])
    expect(server.statuses).toHaveLength(1)
  })

  it('that turns a write into a read is not taken for done', async () => {
    const location = '/repos/acme/shop/issues/12/comments'
    const {server, github} = await setUp(
      first({kind: 'answer', status: 301, headers: {location}}),
      {repository: 'acme/old'}
    )
    expect(await faultOf(github.createComment(12, 'x'))).toMatchObject({kind: 'refused'})
    expect(server.comments).toEqual([])
  })

  it('to another host does not carry the token', async () => {
    const other = await setUp()
    const location = `${other.server.url}/repos/acme/shop/issues/12/comments`
    const {github} = await setUp(first({kind: 'answer', status: 302, headers: {location}}))
    expect(await faultOf(github.commentPage(12, 1))).toMatchObject({kind: 'credentials'})
    expect(other.server.requests).toHaveLength(1)
    expect(JSON.stringify(other.server.requests)).not.toContain('ghs_fake')
  })
})

describe('once the step is cancelled', () => {
  it('a call has two seconds and one attempt', async () => {
    const {server, github, clock} = await setUp(
      {fault: () => ({kind: 'stall'})},
      {cancelled: AbortSignal.abort()}
    )
    const failing = faultOf(github.createStatus(HEAD, STATUS))
    await arrived(server, 1)
    clock.advance(2_000)
    expect((await failing).message).toBe('GitHub could not be reached: no answer within 2 s')
    expect(server.requests).toHaveLength(1)
  })

  it('a call under way has two seconds left', async () => {
    const controller = new AbortController()
    const {server, github, clock} = await setUp(
      {fault: () => ({kind: 'stall'})},
      {cancelled: controller.signal}
    )
    const failing = faultOf(github.createStatus(HEAD, STATUS))
    await arrived(server, 1)
    clock.advance(1_000)
    controller.abort()
    clock.advance(2_000)
    expect((await failing).message).toBe('GitHub could not be reached: no answer within 2 s')
    expect(server.requests).toHaveLength(1)
  })

  it('a call that fails is not tried again', async () => {
    const controller = new AbortController()
    const fault = (): GitHubFaultPlan => {
      controller.abort()
      return {kind: 'answer', status: 503}
    }
    const {server, github} = await setUp({fault}, {cancelled: controller.signal})
    expect(await faultOf(github.createStatus(HEAD, STATUS))).toMatchObject({kind: 'unavailable'})
    expect(server.requests).toHaveLength(1)
  })

  it('a pause between two attempts ends, and one more attempt is made', async () => {
    const controller = new AbortController()
    const clock = fakeClock()
    const sleep: FakeClock['sleep'] = (ms, signal) => {
      expect(signal?.aborted).toBe(false)
      controller.abort()
      expect(signal?.aborted).toBe(true)
      return clock.sleep(ms, signal)
    }
    const {server, github} = await setUp(
      {fault: () => ({kind: 'answer', status: 503})},
      {cancelled: controller.signal, clock: {...clock, sleep}}
    )
    expect(await faultOf(github.createStatus(HEAD, STATUS))).toMatchObject({kind: 'unavailable'})
    expect(server.requests).toHaveLength(2)
  })

  it('leaves no alarm behind, and no listener on the signal', async () => {
    const clock = fakeClock()
    const alarms = new Set<number>()
    let count = 0
    const alarm: FakeClock['alarm'] = (ms, action) => {
      count += 1
      const id = count
      alarms.add(id)
      const stop = clock.alarm(ms, action)
      return () => {
        alarms.delete(id)
        stop()
      }
    }
    const controller = new AbortController()
    const added = jest.spyOn(controller.signal, 'addEventListener')
    const removed = jest.spyOn(controller.signal, 'removeEventListener')
    const {github} = await setUp({}, {cancelled: controller.signal, clock: {...clock, alarm}})
    await github.createStatus(HEAD, STATUS)
    expect([count, alarms.size]).toEqual([1, 0])
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener)
    )
  })
})

describe('once there is no time left', () => {
  const late = new Error('no answer in time')

  it('nothing is sent', async () => {
    const {server, github} = await setUp({}, {closed: AbortSignal.abort(late)})
    expect(await faultOf(github.createStatus(HEAD, STATUS))).toMatchObject({
      kind: 'unavailable',
      message: 'GitHub could not be reached: no answer in time'
    })
    expect(server.requests).toEqual([])
  })

  it('what is under way is given up at once, and not tried again', async () => {
    const controller = new AbortController()
    const {server, github, clock} = await setUp(
      {fault: () => ({kind: 'stall'})},
      {closed: controller.signal}
    )
    const failing = [faultOf(github.createStatus(HEAD, STATUS)), faultOf(github.ownLogin())]
    await arrived(server, 2)
    controller.abort(late)
    for (const fault of await Promise.all(failing)) {
      expect(fault).toMatchObject({message: 'GitHub could not be reached: no answer in time'})
    }
    expect(server.requests).toHaveLength(2)
    expect(clock.pending()).toBe(0)
  })

  it('a pause between two attempts is the end', async () => {
    const controller = new AbortController()
    const clock = fakeClock()
    const sleep: FakeClock['sleep'] = (ms, signal) => {
      controller.abort(late)
      return clock.sleep(ms, signal)
    }
    const {server, github} = await setUp(
      {fault: () => ({kind: 'answer', status: 503})},
      {closed: controller.signal, clock: {...clock, sleep}}
    )
    expect(await faultOf(github.createStatus(HEAD, STATUS))).toMatchObject({kind: 'unavailable'})
    expect(server.requests).toHaveLength(1)
  })
})

describe('what Octokit would print', () => {
  it('is not printed', async () => {
    const headers = {deprecation: 'true', sunset: 'soon', link: '<::error::x>; rel="deprecation"'}
    const printed = [
      jest.spyOn(console, 'warn'),
      jest.spyOn(console, 'error'),
      jest.spyOn(console, 'log')
    ]
    const {github} = await setUp(first({kind: 'answer', status: 200, body: [], headers}))
    await github.commentPage(12, 1)
    for (const method of printed) expect(method).not.toHaveBeenCalled()
  })
})
