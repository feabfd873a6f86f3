import {afterEach, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {Mask} from '../../src/base/mask.ts'
import {GitHub} from '../../src/github/client.ts'
import {keepComment, markerOf} from '../../src/github/comment.ts'
import type {PullRequestCommentOptions} from '../../src/github/comment.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {startFakeGitHub} from '../support/fake-github.ts'
import type {FakeGitHub, FakeGitHubOptions, GitHubRequest} from '../support/fake-github.ts'
import {anyText} from '../support/any-text.ts'

const KEY = {workflow: 'CI', job: 'build', project: 'gh/acme/shop', name: undefined}
const MARKER = markerOf(KEY)

const servers: FakeGitHub[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

interface Setup {
  readonly server: FakeGitHub
  readonly update: (body: string) => Promise<void>
  readonly infos: string[]
  readonly warnings: string[]
}

async function setUp(
  fake: FakeGitHubOptions = {},
  options: Partial<PullRequestCommentOptions> = {}
): Promise<Setup> {
  const server = await startFakeGitHub(fake)
  servers.push(server)
  const {url: apiUrl, repository} = server
  const token = 'ghs_fake'
  const github = new GitHub({apiUrl, token, repository, mask: new Mask([]), clock: fakeClock()})
  const infos: string[] = []
  const warnings: string[] = []
  const log = {
    info: (message: string): void => {
      infos.push(message)
    },
    warning: (message: string): void => {
      warnings.push(message)
    }
  }
  const all = {...{github, pullRequest: 12, key: KEY, log}, ...options}
  return {server, update: body => keepComment(all, body), infos, warnings}
}

function writes({server}: Setup): readonly string[] {
  return server.requests
    .filter(({method, path}) => method !== 'GET' && path !== '/graphql')
    .map(({method, path}) => `${method} ${path}`)
}

describe('keepComment', () => {
  it('is made once and updated from then on, by later runs too', async () => {
    const setup = await setUp()
    await setup.update('failed')
    const later = await setUp({}, {})
    later.server.comments.push(...setup.server.comments)
    await later.update('passed')
    expect(setup.server.comments).toMatchObject([{issue: 12, body: `${MARKER}\npassed`, edits: 1}])
    expect(setup.server.comments).toHaveLength(1)
    expect(later.warnings).toEqual([])
  })

  it('is not touched when it says the same already', async () => {
    const setup = await setUp()
    await setup.update('one\ntwo')
    const [comment] = setup.server.comments
    if (comment !== undefined) comment.body = `${comment.body.replaceAll('\n', '\r\n')}\r\n`
    await setup.update('one\ntwo')
    expect(writes(setup)).toEqual(['POST /repos/acme/shop/issues/12/comments'])
  })

  const spellings = ['github-actions[bot]', 'github-actions']

  it.each(spellings.flatMap(login => [...spellings, null].map(viewer => [login, viewer] as const)))(
    "is found when REST says %s and GraphQL %s of the workflow's own",
    async (login, viewer) => {
      const setup = await setUp({viewer})
      setup.server.addComment({body: `${MARKER}\nfailed`, login, type: 'Bot'})
      await setup.update('passed')
      expect(setup.server.comments).toMatchObject([{body: `${MARKER}\npassed`}])
    }
  )

  it.each([
    ["another app's", {}, 'shop[bot]', 'Bot'],
    ["the workflow's, with another app's token", {app: 'shop[bot]'}, 'github-actions[bot]', 'Bot'],
    ["a user's of an app's name", {app: 'shop[bot]'}, 'shop', 'User'],
    ["an app's, with a user's token", {login: 'ada'}, 'ada[bot]', 'Bot'],
    ["a deleted account's", {}, '', '']
  ] as const)('is another than %s, whatever that begins with', async (_, fake, login, type) => {
    const setup = await setUp(fake)
    const other = setup.server.addComment({body: `${MARKER}\nfailed`, login, type})
    await setup.update('passed')
    expect(other).toMatchObject({edits: 0})
    expect(setup.server.comments).toHaveLength(2)
    await setup.update('passed at last')
    expect(setup.server.comments).toMatchObject([{edits: 0}, {edits: 1}])
  })

  it('is one for each name', async () => {
    const setup = await setUp()
    for (const name of ['api', 'web', 'api']) {
      const {url: apiUrl, token, repository} = setup.server
      const github = new GitHub({
        ...{apiUrl, token, repository, mask: new Mask([]), clock: fakeClock()}
      })
      const log = {info: () => undefined, warning: () => undefined}
      const key = {...KEY, name}
      await keepComment({github, pullRequest: 12, key, log}, name)
    }
    expect(setup.server.comments.map(({body}) => body.split('\n')[1])).toEqual(['api', 'web'])
  })

  it('is found on the last page of a long conversation', async () => {
    const setup = await setUp()
    for (let n = 0; n < 230; n += 1)
      setup.server.addComment({body: `${n}`, login: 'ada', type: 'User'})
    setup.server.addComment({body: `${MARKER}\nfailed`, login: 'github-actions[bot]', type: 'Bot'})
    setup.server.addComment({issue: 13, body: MARKER, login: 'github-actions[bot]', type: 'Bot'})
    await setup.update('passed')
    expect(writes(setup)).toEqual(['PATCH /repos/acme/shop/issues/comments/1231'])
    // Three pages, who the token is, as GET /user and GraphQL tell, and the edit.
    expect(setup.server.requests).toHaveLength(6)
  })

  it.each<[string, string, string, 'Bot' | 'User']>([
    ["a user's that quotes the marker", `> ${MARKER}\n> failed`, 'mallory', 'User'],
    ["a user's that begins with the marker", `${MARKER}\nfailed`, 'mallory', 'User'],
    ["an app's that quotes the marker", `See ${MARKER}`, 'other[bot]', 'Bot'],
    [
      "another project's",
      `${markerOf({...KEY, project: 'gh/acme/other'})}\nfailed`,
      'github-actions[bot]',
      'Bot'
    ]
  ])('leaves alone %s', async (_, body, login, type) => {
    const setup = await setUp()
    const other = setup.server.addComment({body, login, type})
    await setup.update('passed')
    expect(other).toMatchObject({body, edits: 0})
    expect(setup.server.comments).toHaveLength(2)
  })

  it("is found again by a user's own token, and no other user's is taken for it", async () => {
    const setup = await setUp({login: 'ada'})
    const forged = setup.server.addComment({
      body: `${MARKER}\nfine`,
      login: 'mallory',
      type: 'User'
    })
    await setup.update('failed')
    await setup.update('passed')
    expect(forged.edits).toBe(0)
    expect(setup.server.comments.slice(1)).toMatchObject([{body: `${MARKER}\npassed`, edits: 1}])
    expect(setup.server.comments).toHaveLength(2)
  })

  it('asks once who it is, however many comments begin alike', async () => {
    const setup = await setUp({login: 'ada'})
    for (const login of ['eve', 'mallory', 'trent']) {
      setup.server.addComment({body: MARKER, login, type: 'User'})
    }
    await setup.update('passed')
    expect(setup.server.requests.filter(({path}) => path === '/user')).toHaveLength(1)
  })

  it('does nothing without a pull request but say so', async () => {
    const setup = await setUp({}, {pullRequest: undefined})
    await setup.update('failed')
    expect(setup.server.requests).toEqual([])
    expect(setup.infos).toEqual(['There is no pull request to comment on.'])
    expect(setup.warnings).toEqual([])
  })
})

describe('a comment whose making is left open', () => {
  const isPost = ({method}: GitHubRequest): boolean => method === 'POST'

  it.each([
    [true, 1],
    [false, 2]
  ])('is not made twice (processed: %p)', async (processed, posts) => {
    let isFirst = true
    const setup = await setUp({
      fault: request => {
        if (!isPost(request) || !isFirst) return undefined
        isFirst = false
        return {kind: 'cut', processed}
      }
    })
    await setup.update('failed')
    expect(setup.server.comments).toMatchObject([{body: `${MARKER}\nfailed`}])
    expect(setup.server.comments).toHaveLength(1)
    expect(writes(setup)).toHaveLength(posts)
    expect(setup.warnings).toEqual([])
  })

  it('is not made again when the conversation cannot be read afterwards', async () => {
    let isPosted = false
    const setup = await setUp({
      fault: request => {
        if (isPosted) return {kind: 'answer', status: 503}
        isPosted = isPost(request)
        return isPosted ? {kind: 'cut', processed: true} : undefined
      }
    })
    await setup.update('failed')
    expect(setup.server.comments).toHaveLength(1)
    expect(writes(setup)).toHaveLength(1)
    expect(setup.warnings).toEqual([
      'The pull request comment is not up to date: GitHub answered 503. The verdict does not depend on it.'
    ])
  })

  it('is not made when the list of comments was cut', async () => {
    const setup = await setUp({
      fault: ({method}) => (method === 'GET' ? {kind: 'cut-body'} : undefined)
    })
    setup.server.addComment({body: `${MARKER}\nfailed`, login: 'github-actions[bot]', type: 'Bot'})
    await setup.update('passed')
    expect(setup.server.comments).toHaveLength(1)
    expect(setup.warnings).toHaveLength(1)
  })
})

describe('a comment that cannot be written', () => {
  it.each<[string, FakeGitHubOptions, Partial<PullRequestCommentOptions>, string]>([
    [
      'without the permission',
      {denied: ['pull-requests']},
      {},
      'GitHub answered 403: Resource not accessible by integration. The job needs "permissions: pull-requests: write", which workflows for pull requests from forks do not get by default.'
    ],
    [
      'with a bad token',
      {token: 'another'},
      {},
      'GitHub answered 401: Bad credentials. Check input "github-token".'
    ],
    [
      'without a token',
      {},
      {github: undefined},
      'input "github-token" is empty. Leave that input out to use the token of the workflow.'
    ],
    [
      'that is too long',
      {},
      {},
      'GitHub answered 422: Validation Failed: [{"resource":"Status","code":"invalid","field":"body"}]. The verdict does not depend on it.'
    ],
    [
      'while GitHub is down',
      {fault: () => ({kind: 'answer', status: 502, body: '<html>'})},
      {},
      'GitHub answered 502. The verdict does not depend on it.'
    ]
  ])('%s warns', async (name, fake, options, problem) => {
    const body = name === 'that is too long' ? 'x'.repeat(70_000) : 'failed'
    const setup = await setUp(fake, options)
    await setup.update(body)
    expect(setup.warnings).toEqual([`The pull request comment is not up to date: ${problem}`])
    expect(setup.server.comments).toEqual([])
  })
})

describe('markerOf', () => {
  const text = anyText({maxLength: 8})
  const maybe = fc.option(text, {nil: undefined})
  const key = fc.record({workflow: maybe, job: maybe, project: text, name: maybe})

  it('is a short HTML comment that nothing in the key can end or lengthen', () => {
    fc.assert(
      fc.property(key, one => {
        expect(markerOf(one)).toMatch(/^<!-- circleci-pipeline-action: [0-9a-f]{32} -->$/)
      })
    )
    expect(markerOf({...KEY, workflow: 'w'.repeat(100_000)})).toHaveLength(67)
  })

  it('is the same for the same key, and another for every other', () => {
    const same = (one: typeof KEY | object, other: object): boolean =>
      JSON.stringify(one) === JSON.stringify(other)
    fc.assert(
      fc.property(key, key, (one, other) => {
        expect(markerOf(one)).toBe(markerOf({...one}))
        const blank = ({workflow = '', job = '', project, name = ''}: typeof one): object => ({
          ...{workflow, job, project, name}
        })
        expect(markerOf(one) === markerOf(other)).toBe(same(blank(one), blank(other)))
      })
    )
  })

  it.each(['workflow', 'job', 'project', 'name'] as const)('tells each %s', field => {
    expect(markerOf({...KEY, [field]: 'another'})).not.toBe(MARKER)
    // What moves from one field to the next is no longer the same.
    expect(markerOf({workflow: 'ab', job: 'c', project: '', name: ''})).not.toBe(
      markerOf({workflow: 'a', job: 'bc', project: '', name: ''})
    )
  })
})
